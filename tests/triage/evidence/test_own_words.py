"""What our own staff write into a justification is told of the customer only where it is about the customer."""

import pytest

from snow_escalations.model import AuthorKind, DeadlineItem, Dossier, ExecutiveItem, Person
from tests.support.dossiers import CONTACT, CUSTOMER, NOW, ago, case, comment, dossier, escalation, shipped_reader

COLLEAGUE = Person(sys_id="7" * 32, name="Camille Petit", user_name="camille.petit", side=AuthorKind.US, active=True)
DATE = "27 November 2026"


def _by_us(text: str, *said: str) -> Dossier:
    comments = [comment(CUSTOMER, ago(hours=3), text=each) for each in said]
    asked = escalation(justification=text, requested_by=COLLEAGUE)
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
    ],
)
def test_a_date_that_our_staff_tell_of_the_customer_is_the_customers(text: str) -> None:
    assert _imposed_by(_by_us(text)) == ["customer"]


def test_the_customers_own_words_are_read_as_ever_beside_those_of_our_staff() -> None:
    told = f"We need it by {DATE}, our CIO is watching this."
    both = _by_us("Our VP asked me to escalate this.", told)
    assert _imposed_by(both) == ["customer"]
    assert _ranks(both) == ["CIO"]


@pytest.mark.parametrize("requester", [CONTACT, None])
def test_a_justification_that_is_not_known_to_be_by_our_staff_is_read_as_the_customers(
    requester: Person | None,
) -> None:
    asked = escalation(justification=f"Our CIO needs it by {DATE}.", requested_by=requester)
    assert _ranks(dossier(escalation=asked)) == ["CIO"]
    assert _imposed_by(dossier(escalation=asked)) == ["customer"]
