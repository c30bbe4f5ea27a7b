"""Where our own staff requested an escalation, nothing that they wrote in its justification reaches the customer."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.model import AuthorKind, Dossier, Evidence, Person, Source
from snow_escalations.triage.explanation import for_customer
from snow_escalations.triage.policy import judge
from snow_escalations.triage.replies import ReplyTemplates, TemplateError
from snow_escalations.triage.replies.context import facts_told
from snow_escalations.triage.replies.tellable import MAY_BE_WITHHELD, tellable
from tests.support.dossiers import (
    CONTACT,
    CUSTOMER,
    NOW,
    UNKNOWN,
    US,
    ago,
    choice,
    comment,
    dossier,
    escalation,
    shipped_reader,
)
from tests.support.replies import BY_CUSTOMER, BY_US, FOR_CUSTOMER, deadline, draft, load, shipped, speaking
from tests.triage.policy.test_judge import policy, rule

TEMPLATES = shipped()
LETTERS = [(name, language) for name, letters in TEMPLATES.templates.items() for language in letters]
COLLEAGUE = Person(sys_id="7" * 32, name="Camille Petit", user_name="camille.petit", active=True)
LISTS = ("deadlines", "executives", "complaints", "impact", "asks")
SECRET = (
    "The customer goes live on {date} and needs it by {date}. Do not tell them that we know. Their CIO is watching. "
    "They have heard nothing for 5 days. Production is down for them, 300 users are affected at 4 sites and there is "
    "no workaround. They want a call."
)
SILENT = "Please look at it."
OWN = " ".join(
    f"{{% if evidence.{name} is defined and evidence.{name} %}}{{{{ evidence.{name}[0].words }}}}{{% endif %}}"
    for name in LISTS
) + "".join(f"{{{{ evidence.{name} | default('-') }}}}" for name in ("users_affected", "sites_affected", "workaround"))
"""A letter of a team's own that tells all that was read."""
EXPLAINED = policy(rule("{deadlines: {is_known: true}, executives: {is_known: true}}"))


def requested(by: AuthorKind, justification: str, *said: str, source: str = "") -> Dossier:
    """An escalation that a person of that side requested, and what the customer commented on the case.

    `source` is the request source, the one of that side if none is given.
    """
    comments = [comment(CUSTOMER, ago(hours=2), text=each) for each in said]
    asked = escalation(
        justification=justification,
        requested_by=CONTACT if by is CUSTOMER else COLLEAGUE.model_copy(update={"side": by}),
        request_source=choice(source or ("internal" if by is US else "customer")),
    )
    return dossier(comment(US, ago(hours=9), text="We are on it."), *comments, escalation=asked)


def read(of: Dossier) -> Evidence:
    return shipped_reader().read(of, NOW)


def letters(of: Dossier, templates: ReplyTemplates = TEMPLATES, names: Any = tuple(LETTERS)) -> dict[Any, str]:
    """Each letter on the case, with what the customer may read of an explanation."""
    facts = read(of)
    told = judge(facts, EXPLAINED).explanation

    def sentences(language: str) -> tuple[str, ...]:
        return for_customer(told, facts, language)

    return {
        (name, language): templates.render(name, of, facts, speaking(language), explanation=sentences).text
        + " ".join(sentences(language))
        for name, language in names
    }


def values(of: Dossier, name: str) -> tuple[Any, ...]:
    told = tellable(read(of), name)
    assert isinstance(told, tuple)
    return told


DAYS = st.dates(NOW.date() + dt.timedelta(days=1), NOW.date() + dt.timedelta(days=400))
SENTENCES = st.lists(st.sampled_from([each + "." for each in SECRET.rstrip(".").split(". ")]), min_size=1, unique=True)


NOT_THEIR_WORDS = [(US, "internal"), (US, "customer"), (US, "other"), (UNKNOWN, "customer"), (CUSTOMER, "internal")]
"""Where the justification may be our own staff's: on whose side the requester is, and the request source."""


@given(SENTENCES.map(" ".join), DAYS, st.sampled_from(NOT_THEIR_WORDS))
@settings(max_examples=40, deadline=None)
def test_no_letter_depends_on_what_our_own_staff_wrote(written: str, day: dt.date, by: tuple[AuthorKind, str]) -> None:
    """All letters in all languages read as if the justification had said nothing."""
    silent = letters(requested(by[0], SILENT, "Here are the logs.", source=by[1]))
    said = requested(by[0], written.format(date=f"{day.day} {day:%B %Y}"), "Here are the logs.", source=by[1])
    assert letters(said) == silent


@pytest.mark.parametrize(("by", "source"), NOT_THEIR_WORDS)
def test_no_word_or_date_of_a_justification_that_may_be_our_own_is_in_a_letter(by: AuthorKind, source: str) -> None:
    written = SECRET.format(date="27 November 2026")
    theirs, ours = requested(CUSTOMER, written), requested(by, written, source=source)
    for reply, text in letters(ours).items():
        assert not [words for words in ("27", "CIO", "300", "workaround", "goes live") if words in text], (reply, text)
    assert "27 November 2026" in letters(theirs)["approved", "en"]
    assert "2026-11-27" in letters(theirs)["approved", "en"]
    own = load(OWN)
    assert set(facts_told(read(theirs))) >= MAY_BE_WITHHELD
    assert not MAY_BE_WITHHELD & set(facts_told(read(ours)))
    names = [("t", "en")]
    assert "CIO" in letters(theirs, own, names)["t", "en"]
    assert letters(ours, own, names)["t", "en"].split() == ["---"]


@pytest.mark.parametrize("by", [US, UNKNOWN])
def test_what_the_customer_wrote_too_is_told_all_the_same(by: AuthorKind) -> None:
    said = "Our CFO is watching this. Nobody has answered us for 3 days. We need a fix by 4 December 2026."
    of = requested(by, SECRET.format(date="27 November 2026"), said)
    assert [item.date for item in values(of, "deadlines")] == [dt.date(2026, 12, 4)]
    assert [item.title for item in values(of, "executives")] == ["CFO"]
    assert {item.words for item in values(of, "complaints")} == {"Nobody has answered us"}
    text = letters(of)["approved", "en"]
    assert "We have noted 4 December 2026 as the date" in text
    assert "27 November" not in text


def test_the_quotes_of_a_list_have_the_order_of_its_items() -> None:
    """What is not for the customer is told from the rest by the place of its quote."""
    said = "Our CFO is watching, we lose revenue. Please call us by 4 December 2026. No answer for 3 days."
    facts = read(requested(CUSTOMER, SECRET.format(date="27 November 2026"), said)).facts
    for name in LISTS:
        items = facts[name].value
        assert isinstance(items, tuple)
        assert len(items) >= 1
        assert [quote.text for quote in facts[name].quotes] == [item.words for item in items]  # type: ignore[attr-defined]
    assert len({quote.source for name in LISTS for quote in facts[name].quotes}) == 2


def test_words_whose_place_was_not_kept_are_not_told_where_they_may_be_our_own() -> None:
    facts = dict(read(requested(US, SECRET.format(date="27 November 2026"))).facts)
    for name in (*LISTS, "users_affected", "workaround"):
        facts[name] = facts[name]._replace(quotes=())
    told = facts_told(Evidence(facts))
    assert all(told[name] == () for name in LISTS)
    assert {"users_affected", "workaround"} & set(told) == set()
    elsewhere = {**facts, "impact": facts["impact"]._replace(source=Source("sn_customerservice_case", "comments"))}
    assert facts_told(Evidence(elsewhere))["impact"]


def test_a_letter_that_takes_a_number_of_the_justification_for_granted_is_refused() -> None:
    """A rule that reads the number does not make it certain, as it may be our own staff's."""
    for name in sorted(MAY_BE_WITHHELD):
        use = f"{{{{ evidence.{name}{' | duration' if name == 'stalled_for' else ''} }}}}"
        (problem,) = load(use).check_for("t", {name}, rule="the rule `many are affected`")
        assert f"`evidence.{name}` may be missing when the rule `many are affected` decides" in problem.message
        assert load(f"{{% if evidence.{name} is defined %}}{use}{{% endif %}}").check_for("t", {name}) == ()


NEUTRAL = {
    "en": "What we know about the case itself does not",
    "de": "Was wir über den Fall selbst wissen, erfordert",
    "fr": "Ce que nous savons du dossier lui-même n'appelle pas",
    "es": "Lo que sabemos del caso en sí no requiere",
    "ja": "本ケースの状況そのものからは",
}
LOOKED = {
    "en": r"looked in your request|From what you have written",
    "de": r"Ihrem Antrag|Aus dem, was Sie geschrieben",
    "fr": r"votre demande et dans|D'après ce que vous avez écrit",
    "es": r"su solicitud y en|Por lo que nos ha escrito",
    "ja": r"お申し出の内容と|いただいた内容からは",
}
SIDES: tuple[dict[str, Any], ...] = ({}, {"requester_side": "us"}, BY_US, FOR_CUSTOMER)


@pytest.mark.parametrize("language", NEUTRAL)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("reason", ["customer_imposed_deadline", "executive_visibility"])
def test_a_rejection_does_not_say_what_the_customer_left_out_of_a_request_of_our_own(
    reason: str, side: dict[str, Any], language: str
) -> None:
    """The customer may have written it where our own staff wrote it too, so that nothing is said of it."""
    promise = deadline(imposed_by="us")
    for known in (
        {},
        {"deadlines": (), "executives": ()},
        {"deadlines": promise},
        {"deadlines": deadline(hours_left=-3.0)},
    ):
        text = draft(TEMPLATES, f"rejected_{reason}", speaking(language), **known, **side).text
        assert NEUTRAL[language] in text
        assert not [words for words in LOOKED[language].split("|") if words in text]
        assert "2026" not in text


@pytest.mark.parametrize(("name", "language"), LETTERS)
@pytest.mark.parametrize("side", [*SIDES, BY_CUSTOMER])
def test_a_promise_of_ours_is_no_date_of_the_customers(name: str, language: str, side: dict[str, Any]) -> None:
    for hours_left in (480.0, -5.0):
        promise = deadline(imposed_by="us", hours_left=hours_left)
        assert "2026" not in draft(TEMPLATES, name, speaking(language), deadlines=promise, **side).text


@pytest.mark.parametrize(
    ("letter", "where"),
    [
        ("evidence.requester_side == 'us'", "where `evidence.requester_side` is us"),
        ("evidence.requester_side == 'customer'", ""),
        (
            "evidence.requester_side == 'us' and evidence.waiting_on == 'unclear'",
            "where `evidence.waiting_on` is unclear and `evidence.requester_side` is us",
        ),
        (
            "evidence.requester_side == 'customer' and not evidence.deadlines",
            "where `evidence.deadlines` is empty",
        ),
    ],
)
def test_what_a_letter_cannot_say_fails_when_it_is_loaded_for_each_side_of_the_requester(
    letter: str, where: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        load(f"{{% if {letter} %}}{{{{ evidence.stalled }}}}{{% endif %}}")
    (problem,) = caught.value.problems
    assert problem.message.endswith(f" ({where})") if where else "(" not in problem.message
