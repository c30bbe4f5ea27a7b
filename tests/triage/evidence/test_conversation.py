"""Time runs since people wrote, by their side and never by their words; what is open stays open."""

from datetime import UTC, datetime, timedelta

import pytest

from snow_escalations.model import Element, Journal, Span
from tests.support.dossiers import (
    CASE_ID,
    CUSTOMER,
    NOW,
    SYSTEM,
    TOOL,
    UNKNOWN,
    US,
    account_dossier,
    ago,
    case,
    choice,
    comment,
    dossier,
    is_open,
    seen,
)

# NOW is Wednesday at 10, one business hour into the day.
TURN = ("waiting_on", "waiting_for")


@pytest.mark.parametrize(
    ("comments", "span"),
    [
        ([], Span(240.0, 57.0)),
        ([comment(CUSTOMER, ago(hours=1))], Span(240.0, 57.0)),
        ([comment(US, ago(hours=50)), comment(US, ago(hours=1.5))], Span(1.5, 1.0)),
        ([comment(US, ago(hours=5)), comment(SYSTEM, ago(hours=1))], Span(5.0, 1.0)),
        ([comment(US, ago(hours=26)), comment(TOOL, ago(hours=1))], Span(26.0, 9.0)),
        ([comment(UNKNOWN, ago(hours=50)), comment(US, ago(hours=5))], Span(5.0, 1.0)),
        ([comment(US, ago(hours=5)), comment(US, NOW)], Span(0.0, 0.0)),
        ([comment(US, ago(hours=5)), comment(US, NOW + timedelta(minutes=5))], Span(0.0, 0.0)),
        ([comment(US, ago(hours=5)), comment(US, NOW + timedelta(hours=5))], Span(5.0, 1.0)),
        ([comment(US, ago(hours=5)), comment(US, ago(hours=1), element=Element.WORK_NOTES)], Span(5.0, 1.0)),
    ],
)
def test_time_counts_from_the_last_comment_of_our_people_or_from_the_opening(comments: list, span: Span) -> None:
    assert seen("since_last_reply", dossier(*comments)) == span


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 0, 3, 2)])
def test_comments_count_in_the_order_in_which_they_were_written(order: tuple[int, ...]) -> None:
    wrote = [
        comment(US, ago(hours=50)),
        comment(CUSTOMER, ago(hours=30)),
        comment(US, ago(hours=26)),
        comment(CUSTOMER, ago(hours=2)),
    ]
    of = dossier(*(wrote[index] for index in order))
    assert (seen("since_last_reply", of), seen("waiting_for", of)) == (Span(26.0, 9.0), Span(2.0, 1.0))


def test_of_comments_of_the_same_second_the_later_key_is_the_later_one() -> None:
    ours, theirs = (comment(kind, ago(hours=2)) for kind in (US, CUSTOMER))
    earlier, later = {"sys_id": "a" * 32}, {"sys_id": "b" * 32}
    for first, second in ((ours, theirs), (theirs, ours)):
        in_order = first.model_copy(update=earlier), second.model_copy(update=later)
        assert seen("last_word", dossier(*in_order)) == second.author_kind.value
        assert seen("last_word", dossier(*reversed(in_order))) == second.author_kind.value


@pytest.mark.parametrize(
    ("comments", "ever"),
    [
        ([], False),
        ([comment(CUSTOMER, ago(hours=2))], False),
        ([comment(TOOL, ago(hours=2)), comment(SYSTEM, ago(hours=1))], False),
        ([comment(US, ago(hours=2)), comment(UNKNOWN, ago(hours=1))], True),
        ([comment(US, ago(hours=2), element=Element.WORK_NOTES)], False),
    ],
)
def test_whether_we_ever_replied(comments: list, ever: bool) -> None:
    assert seen("ever_replied", dossier(*comments)) is ever


def test_whether_we_ever_replied_is_open_where_somebody_unknown_wrote() -> None:
    assert is_open("ever_replied", dossier(comment(UNKNOWN, ago(hours=3)), comment(CUSTOMER, ago(hours=2))))


def test_time_since_the_customer_wrote_is_none_where_the_customer_never_did() -> None:
    assert seen("since_customer_wrote", dossier(comment(US, ago(hours=5)))) is None
    wrote = dossier(comment(CUSTOMER, ago(hours=25)), comment(US, ago(hours=5)), comment(SYSTEM, ago(hours=1)))
    assert seen("since_customer_wrote", wrote) == Span(25.0, 9.0)
    assert is_open("since_customer_wrote", dossier(comment(CUSTOMER, ago(hours=5)), comment(UNKNOWN, ago(hours=1))))


@pytest.mark.parametrize(
    ("comments", "who"),
    [
        ([], "nobody"),
        ([comment(SYSTEM, ago(hours=1)), comment(TOOL, ago(hours=1))], "nobody"),
        ([comment(US, ago(hours=3)), comment(CUSTOMER, ago(hours=2)), comment(SYSTEM, ago(hours=1))], "customer"),
        ([comment(CUSTOMER, ago(hours=3)), comment(US, ago(hours=2)), comment(TOOL, ago(hours=1))], "us"),
    ],
)
def test_who_had_the_last_word_leaves_the_instance_and_this_program_out(comments: list, who: str) -> None:
    assert seen("last_word", dossier(*comments)) == who


THEIRS, OURS = comment(CUSTOMER, ago(hours=20)), comment(US, ago(hours=19))


@pytest.mark.parametrize(
    ("state", "comments", "turn", "hours"),
    [
        ("new", [], "us", 240.0),
        ("open", [THEIRS], "us", 20.0),
        ("awaiting_info", [THEIRS], "us", 20.0),
        ("other", [THEIRS], "us", 20.0),
        ("open", [OURS], "unclear", None),
        ("other", [OURS], "unclear", None),
        ("awaiting_info", [THEIRS, OURS], "customer", 19.0),
        ("resolved", [THEIRS, OURS], "customer", 19.0),
        ("resolved", [THEIRS], "unclear", None),
        ("awaiting_info", [], "unclear", None),
        ("resolved", [], "unclear", None),
        ("closed", [THEIRS], "unclear", None),
        ("cancelled", [OURS], "unclear", None),
    ],
)
def test_whose_turn_it_is(state: str, comments: list, turn: str, hours: float | None) -> None:
    of = dossier(*comments, case=case(state=choice(state)))
    span = seen("waiting_for", of)
    assert (seen("waiting_on", of), span.hours if isinstance(span, Span) else span) == (turn, hours)


def test_a_customer_who_wrote_again_waits_since_the_first_comment_without_an_answer() -> None:
    wrote = dossier(
        comment(CUSTOMER, ago(hours=90)),
        comment(US, ago(hours=80)),
        comment(CUSTOMER, ago(hours=70)),
        comment(TOOL, ago(hours=60)),
        comment(SYSTEM, ago(hours=50)),
        comment(CUSTOMER, ago(hours=3)),
    )
    span = seen("waiting_for", wrote)
    assert isinstance(span, Span)
    assert span.hours == 70.0


def test_since_when_the_customer_waits_is_open_where_somebody_unknown_wrote_before() -> None:
    wrote = dossier(comment(US, ago(hours=9)), comment(UNKNOWN, ago(hours=5)), comment(CUSTOMER, ago(hours=1)))
    assert (seen("waiting_on", wrote), is_open("waiting_for", wrote)) == ("us", True)


def test_an_unknown_author_after_our_last_reply_leaves_open_what_depends_on_it() -> None:
    why = "unreadable: it is not known who wrote the comment of 2026-11-18 09:00 UTC"
    of = dossier(comment(US, ago(hours=50)), comment(UNKNOWN, ago(hours=1)))
    for name in ("since_last_reply", "since_customer_wrote", "last_word", *TURN):
        assert seen(name, of) == why


def test_a_journal_that_could_not_be_read_is_not_silence() -> None:
    names = ("since_last_reply", "ever_replied", "since_customer_wrote", "last_word", *TURN)
    closed = dossier(journals={CASE_ID: Journal(unreadable="closed to the account")})
    assert {seen(name, closed) for name in names} == {"unreadable: closed to the account"}
    assert {seen(name, dossier(journals={})) for name in names} == {"unreadable: the journal was not read"}


def test_a_closed_state_leaves_open_whose_turn_it_is_whoever_wrote() -> None:
    closed = case(state=choice("other"), unreadable=frozenset({"state"}))
    for comments in ([], [OURS], [THEIRS]):
        of = dossier(*comments, case=closed)
        assert [is_open(name, of) for name in TURN] == [True, True]
        assert not is_open("last_word", of)


def test_without_an_opening_only_what_counts_from_it_is_open() -> None:
    closed = case(opened_at=None, unreadable=frozenset({"opened_at"}))
    assert seen("since_opened", dossier(case=closed)) == "unreadable: the field is closed to the account"
    assert seen("since_opened", dossier(case=case(opened_at=None))) == (
        "unreadable: when the case was opened is not known"
    )
    assert [is_open(name, dossier(case=closed)) for name in ("since_last_reply", "waiting_for")] == [True, True]
    assert not is_open("since_last_reply", dossier(OURS, case=closed))
    assert seen("since_opened", dossier()) == Span(240.0, 57.0)


@pytest.mark.parametrize("year", [1, 1899, 9999])
def test_a_year_beyond_all_calendars_is_told_and_breaks_nothing(year: int) -> None:
    strange = datetime(year, 1, 1, tzinfo=UTC)
    of = dossier(comment(US, min(strange, NOW)), case=case(opened_at=strange))
    assert seen("since_opened", of) == f"unreadable: {strange.date()} lies outside of all calendars"


def test_of_an_account_escalation_there_is_no_one_conversation() -> None:
    of = account_dossier(case())
    for name in ("since_opened", "since_last_reply", "last_word", *TURN):
        assert seen(name, of) == "unreadable: an account escalation has no one case"
