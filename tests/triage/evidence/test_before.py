"""Evidence says what the records say, where it was read, and what could not be."""

from datetime import timedelta

import pytest

from snow_escalations.model import AuthorKind, Dossier, Journal
from snow_escalations.triage.evidence import evidence_of
from snow_escalations.model.facts import FACTS
from tests.support.dossiers import (
    CASE_ID,
    MANAGER,
    NOW,
    account_dossier,
    ago,
    approval,
    case,
    choice,
    comment,
    dossier,
    escalation,
)

US, CUSTOMER, UNKNOWN, SYSTEM = AuthorKind.US, AuthorKind.CUSTOMER, AuthorKind.UNKNOWN, AuthorKind.SYSTEM


def value(name: str, of: Dossier) -> object:
    fact = evidence_of(of, NOW).fact(name)
    return fact.value if fact.is_known else f"unreadable: {fact.unreadable}"


def test_evidence_always_has_every_fact_with_its_unit_and_source() -> None:
    facts = evidence_of(dossier(), NOW).facts
    assert list(facts) == list(FACTS)
    for name, fact in facts.items():
        assert fact.unit == FACTS[name].unit
        assert fact.source.table
        assert (fact.value is None) is (fact.unreadable is not None)


def test_facts_of_a_case_escalation() -> None:
    plain = dossier(comment(US, ago(hours=30)), comment(CUSTOMER, ago(hours=2)))
    assert {name: fact.value for name, fact in evidence_of(plain, NOW).facts.items()} == {
        "reason": "inactivity",
        "source": "case",
        "case_state": "open",
        "priority": "moderate",
        "since_last_reply": 30.0,
        "last_word": "customer",
        "earlier_escalations": 0,
        "self_approval": False,
    }


@pytest.mark.parametrize(
    ("comments", "hours"),
    [
        ([], 240.0),
        ([comment(CUSTOMER, ago(hours=1))], 240.0),
        ([comment(US, ago(hours=50)), comment(US, ago(hours=1.5))], 1.5),
        ([comment(US, ago(hours=5)), comment(SYSTEM, ago(hours=1))], 5.0),
        ([comment(UNKNOWN, ago(hours=50)), comment(US, ago(hours=5))], 5.0),
        ([comment(US, ago(hours=5)), comment(US, NOW + timedelta(minutes=5))], 0.0),
        ([comment(US, ago(hours=5)), comment(US, NOW + timedelta(hours=5))], 5.0),
    ],
)
def test_time_counts_from_our_last_comment_or_from_the_opening_of_the_case(comments: list, hours: float) -> None:
    assert value("since_last_reply", dossier(*comments)) == hours


def test_an_unknown_author_after_our_last_reply_makes_it_unreadable() -> None:
    plain = dossier(comment(US, ago(hours=50)), comment(UNKNOWN, ago(hours=1)))
    assert value("since_last_reply", plain) == (
        "unreadable: it is not known who wrote the comment of 2026-11-18 09:00 UTC"
    )
    assert value("last_word", plain) == "unreadable: it is not known who wrote the last comment"


def test_a_journal_that_could_not_be_read_is_not_silence() -> None:
    closed = dossier(journals={CASE_ID: Journal(unreadable="closed to the account")})
    assert value("since_last_reply", closed) == "unreadable: closed to the account"
    assert value("last_word", closed) == "unreadable: closed to the account"
    assert value("last_word", dossier(journals={})) == "unreadable: the journal was not read"


@pytest.mark.parametrize(
    ("comments", "who"),
    [([], "nobody"), ([comment(SYSTEM, ago(hours=1))], "nobody"), ([comment(CUSTOMER, ago(hours=2))], "customer")],
)
def test_who_had_the_last_word_leaves_the_system_out(comments: list, who: str) -> None:
    assert value("last_word", dossier(*comments)) == who


def test_fields_that_did_not_come_are_unreadable_and_empty_ones_say_so() -> None:
    closed = "unreadable: the field is closed to the account"
    assert value("priority", dossier(case=case(unreadable=frozenset({"priority"})))) == closed
    assert value("case_state", dossier(case=case(unreadable=frozenset({"state"})))) == closed
    assert value("priority", dossier(case=case(priority=None))) == "unreadable: the case has no priority"
    assert value("reason", dossier(escalation=escalation(unreadable=frozenset({"reason"})))) == closed
    assert value("reason", dossier(escalation=escalation(reason=None))) == "unreadable: the escalation gives no reason"
    assert str(value("since_last_reply", dossier(case=case(opened_at=None)))).endswith("opened is not known")
    assert str(value("earlier_escalations", dossier(escalation=escalation(opened_at=None)))).startswith("unreadable")
    assert str(value("self_approval", dossier(escalation=escalation(requested_by=None)))).startswith("unreadable")


def test_an_account_escalation_has_no_one_case() -> None:
    facts = evidence_of(account_dossier(case()), NOW)
    assert facts.fact("source").value == "account"
    assert facts.fact("priority").unreadable == "an account escalation has no one case"


def test_a_missing_source_makes_its_facts_unreadable() -> None:
    gone = dossier(case=None, missing=("the source record is missing",))
    assert value("source", gone) == "unreadable: the source record is missing"
    assert value("case_state", gone) == "unreadable: the source record is missing"


def test_self_approval_is_the_requester_among_those_who_are_asked() -> None:
    asked = dossier(escalation=escalation(requested_by=MANAGER))
    assert value("self_approval", asked) is True
    decided = dossier(escalation=escalation(requested_by=MANAGER), approvals=(approval(state=choice("not_required")),))
    assert value("self_approval", decided) is False


def test_earlier_escalations_are_counted() -> None:
    assert value("earlier_escalations", dossier(earlier=(escalation(), escalation()))) == 2
