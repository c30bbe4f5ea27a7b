"""What our own staff write into a justification is told of the customer only where it is about the customer."""

import pytest

from snow_escalations.model import AuthorKind, DeadlineItem, Dossier, ExecutiveItem, Person
from tests.support.dossiers import (
    CONTACT,
    CUSTOMER,
    NOW,
    ago,
    case,
    choice,
    comment,
    dossier,
    escalation,
    shipped_reader,
)

COLLEAGUE = Person(sys_id="7" * 32, name="Camille Petit", user_name="camille.petit", side=AuthorKind.US, active=True)
DATE = "27 November 2026"


def _by_us(text: str, *said: str, source: str | None = "internal") -> Dossier:
    comments = [comment(CUSTOMER, ago(hours=3), text=each) for each in said]
    from_whom = choice(source) if source is not None else None
    asked = escalation(justification=text, requested_by=COLLEAGUE, request_source=from_whom)
    return dossier(*comments, escalation=asked, case=case(short_description="The export stops"))


def _ranks(of: Dossier) -> list[str]:
    value = shipped_reader().read(of, NOW).fact("executives").value
    assert isinstance(value, tuple)
    return [item.title for item in value if isinstance(item, ExecutiveItem)]


def _imposed_by(of: Dossier) -> list[str]:
    value = shipped_reader().read(of, NOW).fact("deadlines").value
    assert isinstance(value, tuple)
    return [item.imposed_by for item in value if isinstance(item, DeadlineItem)]


@pytest.mark.parametrize(
    "text",
    [
        "Our VP of sales and our CTO are watching this case. Please take it.",
        "Our VP of sales asked me to escalate this before our quarter ends.",
        "Per our CFO we want this closed.",
        "I am the head of support, please escalate.",
        "My director is asking for it every day.",
        "Please take it.\n\nRegards,\nCamille Petit\nVP Customer Support",
        "Our CEO, CFO and CTO want this closed.",
        "My manager, the VP of Support, wants this closed.",
        "Exec sponsor on our side, the CTO, asks for it daily.",
        "CEO (ours) is watching this.",
        "Our (internal) CTO asks every day.",
        "The COO of our company asks every day.",
    ],
)
def test_people_of_rank_on_our_own_side_are_none_of_the_customers(text: str) -> None:
    assert _ranks(_by_us(text)) == []


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("The customer's CTO is watching this case.", "CTO"),
        ("Their CIO called me this morning and asks for an answer.", "CIO"),
        ("Our customer's CFO asks every day.", "CFO"),
        ("The CEO of Boxeo is asking for a call.", "CEO"),
        ("Boxeo's COO calls daily.", "COO"),
        ("The CTO is watching this.", "CTO"),
        ("The CFO of our customer asks every day.", "CFO"),
        ("The VP of Operations at Boxeo calls every day.", "VP"),
        ("The customer's VP Support is watching this.", "VP"),
        ("No movement on our side, the CTO of Boxeo calls daily.", "CTO"),
    ],
)
def test_people_of_rank_on_the_customers_side_are_told_by_our_staff(text: str, rank: str) -> None:
    assert _ranks(_by_us(text)) == [rank]


@pytest.mark.parametrize(
    "text",
    [
        f"Per our CFO we want this closed by {DATE}, please do not mention it to the customer.",
        f"This needs to be fixed by {DATE}. Do not tell them that we know.",
        f"We need a fix by {DATE}.",
        f"Please fix it by {DATE}.",
        f"We promised the customer a fix by {DATE}.",
        f"We told the customer that we deliver by {DATE}.",
        f"My manager said he wants it closed by {DATE}.",
        f"The customer waits, and we will have it by {DATE}.",
    ],
)
def test_a_date_that_our_staff_set_is_ours(text: str) -> None:
    assert _imposed_by(_by_us(text)) == ["us"]


@pytest.mark.parametrize(
    "text",
    [
        f"The customer needs a fix by {DATE}.",
        f"They go live on {DATE} and need a fix before.",
        f"Boxeo must have it by {DATE}.",
        f"Sousa wants an answer by {DATE}.",
        f"Our customer needs a fix by {DATE}.",
        f"The customer told us that they need it by {DATE}.",
        f"The customer asks that we fix it by {DATE}.",
        f"The customer goes live on {DATE} and we have nothing to offer.",
        f"They expect us to have it by {DATE}.",
        f"By {DATE} the customer must have it, as we know.",
    ],
)
def test_a_date_that_our_staff_tell_of_the_customer_is_the_customers(text: str) -> None:
    assert _imposed_by(_by_us(text)) == ["customer"]


def test_the_customers_own_words_are_read_as_ever_beside_those_of_our_staff() -> None:
    told = f"We need it by {DATE}, our CIO is watching this."
    both = _by_us("Our VP asked me to escalate this.", told)
    assert _imposed_by(both) == ["customer"]
    assert _ranks(both) == ["CIO"]


def test_of_two_dates_in_a_sentence_each_is_whose_it_is() -> None:
    both = _by_us("We need it by 20 November 2026 because the customer goes live on 27 November 2026.")
    value = shipped_reader().read(both, NOW).fact("deadlines").value
    assert isinstance(value, tuple)
    told = {str(item.date): item.imposed_by for item in value if isinstance(item, DeadlineItem)}
    assert told == {"2026-11-20": "us", "2026-11-27": "customer"}


@pytest.mark.parametrize(
    "text",
    [
        "Nordwind's CEO asks for it daily.",
        "The COO of Nordwind asks for it daily.",
        "The VP of sales at Nordwind asks for it daily.",
        "VP Support wants an update every day.",
        "Our CTO and the CEO of Nordwind are watching this.",
    ],
)
def test_of_a_person_of_rank_who_may_be_anybodys_it_is_not_known(text: str) -> None:
    why = shipped_reader().read(_by_us(text), NOW).fact("executives").unreadable
    assert why is not None
    assert "is the customer's or ours is not told by the field justification" in why


def test_the_customers_people_are_known_beside_one_who_may_be_anybodys() -> None:
    fact = shipped_reader().read(_by_us("Nordwind's CEO and the customer's CIO are watching this."), NOW)
    assert _ranks(_by_us("Nordwind's CEO and the customer's CIO are watching this.")) == ["CIO"]
    assert (fact.fact("executives").note or "").startswith("not all could be read")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("executives", "Our CIO is watching this."),
        ("executives", "Please take it.\n\nRegards,\nCamille Petit\nCOO"),
        ("deadlines", f"We need it by {DATE}."),
    ],
)
def test_what_seems_ours_may_be_the_customers_words_where_it_was_filed_for_the_customer(name: str, text: str) -> None:
    read = shipped_reader().read
    assert read(_by_us(text, source="customer"), NOW).fact(name).unreadable is not None
    for source in ("internal", "other", None):
        assert read(_by_us(text, source=source), NOW).fact(name).unreadable is None


@pytest.mark.parametrize("requester", [CONTACT, None])
def test_a_justification_that_is_not_known_to_be_by_our_staff_is_read_as_the_customers(
    requester: Person | None,
) -> None:
    asked = escalation(justification=f"Our CIO needs it by {DATE}.", requested_by=requester)
    assert _ranks(dossier(escalation=asked)) == ["CIO"]
    assert _imposed_by(dossier(escalation=asked)) == ["customer"]
