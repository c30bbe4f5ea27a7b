"""What came before is counted where all of it could be read, and is open where not."""

from collections.abc import Callable

import pytest

from snow_escalations.model import AccountLoad, Dossier, EarlierItem, Journal, JournalEntry, Part, RecordKey, Span
from tests.support.dossiers import (
    CASE_ID,
    CUSTOMER,
    ESCALATION_ID,
    NOW,
    SYSTEM,
    TOOL,
    UNKNOWN,
    US,
    account_dossier,
    ago,
    case,
    comment,
    dossier,
    earlier,
    escalation,
    is_open,
    seen,
    shipped_reader,
)

BEFORE = ("earlier_escalations", "earlier", "last_outcome", "since_last_escalation", "last_rejection", "re_escalations")


def test_a_first_escalation_has_no_history() -> None:
    assert {name: seen(name, dossier()) for name in (*BEFORE, "duplicates")} == {
        "earlier_escalations": 0,
        "earlier": (),
        "last_outcome": None,
        "since_last_escalation": None,
        "last_rejection": None,
        "re_escalations": 0,
        "duplicates": 0,
    }


def test_earlier_escalations_come_with_outcome_and_age_the_latest_first() -> None:
    of = dossier(earlier=(earlier(30, "declined"), earlier(20, "closed"), earlier(5, "declined")))
    assert seen("earlier_escalations", of) == 3
    assert seen("earlier", of) == tuple(
        EarlierItem.from_json(
            {"number": f"ESC{days:07d}", "outcome": outcome, "opened_at": ago(days=days), "age_hours": 24.0 * days}
        )
        for days, outcome in ((5, "declined"), (20, "closed"), (30, "declined"))
    )
    assert (seen("last_outcome", of), seen("re_escalations", of)) == ("declined", 2)
    assert seen("since_last_escalation", of) == Span(120.0, 24.0)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"unread": {Part.EARLIER: "3 rows are hidden"}}, "3 rows are hidden"),
        ({"escalation": escalation(opened_at=None)}, "when ESC0010023 was opened is not known"),
        ({"earlier": (earlier(5, "closed", opened_at=None),)}, "when ESC0000005 was opened is not known"),
        (
            {"escalation": escalation(source=RecordKey(table="", sys_id=""))},
            "the escalation names no source record",
        ),
    ],
)
def test_what_is_hidden_of_the_history_is_not_none(changes: dict, why: str) -> None:
    assert {seen(name, dossier(**changes)) for name in BEFORE} == {f"unreadable: {why}"}


def test_hidden_escalations_leave_open_how_many_wait() -> None:
    assert is_open("duplicates", dossier(unread={Part.EARLIER: "hidden"}))
    assert seen("duplicates", dossier(duplicates=(earlier(1, "requested"),))) == 1


def test_a_closed_state_of_an_earlier_one_leaves_its_outcome_open_and_not_its_time() -> None:
    closed = earlier(5, "other", unreadable=frozenset({"state"}))
    of = dossier(earlier=(earlier(9, "declined"), closed))
    names = ("earlier", "last_outcome", "re_escalations", "last_rejection", "duplicates")
    assert {seen(name, of) for name in names} == {"unreadable: the state of ESC0000005 is closed to the account"}
    assert (seen("earlier_escalations", of), seen("since_last_escalation", of)) == (2, Span(120.0, 24.0))


FULL = "We declined the escalation ESC0000009 because ... Reference ESC0000009-7K3Q"


@pytest.mark.parametrize(
    ("entries", "outcome"),
    [
        ([comment(TOOL, ago(days=8), FULL)], "explained"),
        ([comment(US, ago(days=8), FULL)], "explained"),
        ([comment(CUSTOMER, ago(days=8), FULL)], "unexplained"),
        ([comment(SYSTEM, ago(days=8), FULL)], "unexplained"),
        ([comment(US, ago(days=10), FULL)], "unexplained"),
        ([comment(US, ago(days=8), "We look into it.")], "unexplained"),
        ([comment(UNKNOWN, ago(days=8), "We look into it.")], "unexplained"),
        ([comment(UNKNOWN, ago(days=8), FULL), comment(US, ago(days=7), FULL)], "explained"),
        ([], "unexplained"),
    ],
)
def test_whether_the_last_rejection_was_explained_is_told_by_what_we_wrote_after_it(
    entries: list[JournalEntry], outcome: str, explains: Callable[[Callable], None]
) -> None:
    explains(lambda text, rejected: rejected.number in text)
    of = dossier(*entries, earlier=(earlier(30, "declined"), earlier(9, "declined"), earlier(5, "escalated")))
    assert seen("last_rejection", of) == outcome


def test_who_explained_must_be_known(explains: Callable[[Callable], None]) -> None:
    explains(lambda text, rejected: rejected.number in text)
    of = dossier(comment(UNKNOWN, ago(days=8), FULL), earlier=(earlier(9, "declined"),))
    assert seen("last_rejection", of) == "unreadable: it is not known who explained the rejection of ESC0000009"
    closed = dossier(journals={CASE_ID: Journal(unreadable="closed")}, earlier=(earlier(9, "declined"),))
    assert seen("last_rejection", closed) == "unreadable: closed"
    assert seen("last_rejection", dossier(journals={}, earlier=(earlier(9, "closed"),))) is None


def test_what_else_is_open_of_the_account_leaves_this_escalation_out() -> None:
    load = AccountLoad(open_cases=4, escalations=frozenset({ESCALATION_ID, "x", "y"}))
    assert (seen("account_open_cases", dossier(account_load=load)), seen("account_escalations", dossier())) == (4, 0)
    assert seen("account_escalations", dossier(account_load=load)) == 2
    assert seen("account_escalations", account_dossier(case(), account_load=load)) == 2
    source = shipped_reader().read(account_dossier(case(), account_load=load), NOW).facts["account_escalations"].source
    assert (source.table, source.field) == ("customer_account", "name"), "an account has no field `account`"


@pytest.mark.parametrize("name", ["account_open_cases", "account_escalations"])
def test_the_load_of_an_account_that_is_hidden_is_open_and_without_an_account_there_is_none(name: str) -> None:
    assert seen(name, dossier(unread={Part.ACCOUNT_LOAD: "2 rows are hidden"})) == "unreadable: 2 rows are hidden"
    assert seen(name, dossier(account_load=None)) == "unreadable: the account cannot be read"
    without: dict = {"case": case(account=None), "account_load": None}
    assert seen(name, dossier(**without)) is None
    assert seen(name, dossier(**without, unread={Part.ACCOUNT_LOAD: "of another account"})) is None
    closed = case(account=None, unreadable=frozenset({"account"}))
    assert is_open(name, dossier(case=closed, account_load=None))
    assert is_open(name, dossier(case=None, account_load=None, missing=("gone",)))


@pytest.mark.parametrize(("name", "element"), [("reassignments", "reassignment_count"), ("reopenings", "reopen_count")])
def test_counts_of_the_case_tell_zero_from_empty_from_closed(name: str, element: str) -> None:
    assert seen(name, dossier(case=case(**{name: 0}))) == 0
    assert seen(name, dossier(case=case(**{name: 7}))) == 7
    for changes in ({}, {"unreadable": frozenset({element})}):
        assert seen(name, dossier(case=case(**changes))) == f"unreadable: the case shows no {element}"
    assert seen(name, account_dossier(case(**{name: 7}))) == "unreadable: an account escalation has no one case"


def test_the_order_of_earlier_escalations_does_not_matter() -> None:
    rows = (earlier(30, "declined"), earlier(20, "closed"), earlier(5, "escalated"))

    def all_of(of: Dossier) -> list[object]:
        return [seen(name, of) for name in BEFORE]

    assert all_of(dossier(earlier=rows)) == all_of(dossier(earlier=rows[::-1]))


def test_an_outcome_that_the_dialect_does_not_know_is_other() -> None:
    assert seen("last_outcome", dossier(earlier=(earlier(3, "other"),))) == "other"


EXPLAINED = (
    "We have declined your escalation ESC0000006, because we answered you on 12 November and have been waiting for "
    "the log files since. As soon as they are here, our engineer goes on with the analysis, and we write to you by "
    "Friday in any case. If you see it differently, please call the Escalation Desk at +1 555 0100."
)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (EXPLAINED, "explained"),
        ("Escalation ESC0000006 declined.", "unexplained"),
        (
            "Thank you for the logs of escalation ESC0000006, our engineer reads them now and calls you tomorrow.",
            "unexplained",
        ),
        (EXPLAINED.replace("declined", "approved"), "unexplained"),
    ],
)
def test_a_rejection_is_explained_by_a_comment_that_passes_the_reply_check(text: str, outcome: str) -> None:
    rejected = earlier(6, "declined")
    assert seen("last_rejection", dossier(comment(US, ago(days=5), text), earlier=(rejected,))) == outcome
