"""How the record stands, who asked, and who is asked: absent, empty and zero are three things."""

import pytest

from snow_escalations.model import AuthorKind, Dossier, Part, Person, RecordKey, Span
from tests.support.dossiers import (
    CONTACT,
    CUSTOMER,
    MANAGER,
    NOW,
    SYSTEM,
    UNKNOWN,
    US,
    account,
    account_dossier,
    ago,
    approval,
    case,
    choice,
    dossier,
    escalation,
    is_open,
    level,
    seen,
    shipped_reader,
)

CLOSED = "unreadable: the field is closed to the account"
SLA = ("sla_stage", "sla_percentage", "sla_breached")
GONE = dossier(case=None, missing=("the source record is missing",))


def asked(**changes: object) -> Dossier:
    return dossier(escalation=escalation(**changes))


@pytest.mark.parametrize("name", ["reason", "request_source", "severity", "template"])
def test_what_the_escalation_says_is_none_where_empty_and_open_where_closed(name: str) -> None:
    empty = "" if name in {"severity", "template"} else None
    assert seen(name, asked(**{name: empty})) is None
    assert seen(name, asked(**{name: empty, "unreadable": frozenset({name})})) == CLOSED


def test_what_the_escalation_says() -> None:
    names = ("reason", "request_source", "severity", "template", "requester", "requested_on", "since_requested")
    assert [seen(name, dossier()) for name in names] == [
        "inactivity",
        "customer",
        "High Severity",
        "Case escalation",
        "Ana Sousa",
        NOW.date(),
        Span(3.0, 1.0),
    ]


def test_when_it_was_requested_may_be_unknown_and_is_never_in_the_future() -> None:
    why = "unreadable: when the escalation was requested is not known"
    assert (seen("since_requested", asked(opened_at=None)), seen("requested_on", asked(opened_at=None))) == (why, why)
    assert seen("since_requested", asked(opened_at=NOW)) == Span(0.0, 0.0)
    assert seen("since_requested", asked(opened_at=ago(hours=-1))) == Span(0.0, 0.0)


@pytest.mark.parametrize(
    ("side", "contact", "expected"),
    [(US, None, "us"), (CUSTOMER, None, "customer"), (US, MANAGER, "customer"), (UNKNOWN, MANAGER, "customer")],
)
def test_the_requester_is_on_the_side_of_the_record_but_a_contact_is_the_customer(
    side: AuthorKind, contact: Person | None, expected: str
) -> None:
    requester = MANAGER.model_copy(update={"side": side})
    of = dossier(escalation=escalation(requested_by=requester), case=case(contact=contact))
    assert seen("requester_side", of) == expected
    of_account = account_dossier(case(contact=contact)).escalation.model_copy(update={"requested_by": requester})
    assert seen("requester_side", account_dossier(case(contact=contact), escalation=of_account)) == expected


@pytest.mark.parametrize("side", [UNKNOWN, SYSTEM])
def test_a_requester_on_nobodys_side_is_not_guessed(side: AuthorKind) -> None:
    assert is_open("requester_side", asked(requested_by=MANAGER.model_copy(update={"side": side})))


def test_a_closed_contact_leaves_open_whether_one_of_our_users_is_the_customer() -> None:
    requester = MANAGER.model_copy(update={"side": US})
    closed = case(contact=None, unreadable=frozenset({"contact"}))
    assert is_open("requester_side", dossier(escalation=escalation(requested_by=requester), case=closed))


def test_a_requester_without_a_name_or_none_at_all() -> None:
    assert seen("requester", asked(requested_by=Person(sys_id="9" * 32))) == (
        "unreadable: the name of the requester cannot be read"
    )
    for name in ("requester", "requester_side", "self_approval"):
        assert seen(name, asked(requested_by=None)) == "unreadable: who requested the escalation is not known"


def test_how_the_case_stands() -> None:
    names = ("source", "account", "case_state", "priority")
    assert [seen(name, dossier()) for name in names] == ["case", "Boxeo", "open", "moderate"]
    assert seen("priority", dossier(case=case(priority=None))) is None
    assert seen("account", dossier(case=case(account=None))) is None
    for name, field in (("case_state", "state"), ("priority", "priority"), ("account", "account")):
        assert seen(name, dossier(case=case(account=None, unreadable=frozenset({field})))) == CLOSED


def test_how_an_account_stands() -> None:
    of = account_dossier(case())
    assert [seen(name, of) for name in ("source", "account")] == ["account", "Boxeo"]
    for name in ("case_state", "priority"):
        assert seen(name, of) == "unreadable: an account escalation has no one case"


def test_a_name_that_is_hidden_is_no_empty_name() -> None:
    why = "unreadable: the name of the account cannot be read"
    hidden = case(account=RecordKey(table="customer_account", sys_id="d" * 32))
    assert seen("account", dossier(case=hidden)) == why
    assert seen("account", account_dossier(account=account(name="", unreadable=frozenset({"name"})))) == why


def test_a_missing_source_leaves_open_all_that_is_read_of_it() -> None:
    for name in ("source", "account", "case_state", "priority", *SLA, "approver_is_assignee", "reassignments"):
        assert seen(name, GONE) == "unreadable: the source record is missing"


def test_an_account_whose_record_is_closed_to_us_is_known_as_one_by_its_linked_cases() -> None:
    why = "the source record is missing"
    assert seen("source", account_dossier(case(), account=None, missing=(why,))) == "account"
    assert seen("account", account_dossier(case(), account=None, missing=(why,))) == f"unreadable: {why}"
    assert seen("source", account_dossier(account=None, missing=(why,))) == f"unreadable: {why}"


def test_without_service_levels_none_runs_and_none_was_breached() -> None:
    assert [seen(name, dossier()) for name in SLA] == [None, None, False]


def test_the_most_advanced_service_level_that_is_not_over_counts() -> None:
    levels = (
        level(70, "in_progress", name="first"),
        level(88.5, "paused", name="second"),
        level(140, "completed", name="over", has_breached=True),
        level(99, "cancelled", name="off"),
    )
    for order in (levels, levels[::-1]):
        of = dossier(service_levels=order)
        assert [seen(name, of) for name in SLA] == ["paused", 88.5, True]
        facts = shipped_reader().read(of, NOW)
        assert (facts.fact("sla_stage").note, facts.fact("sla_breached").note) == ("second", "over")


def test_a_stage_of_old_instances_says_that_the_level_was_breached() -> None:
    of = dossier(service_levels=(level(120, "breached", has_breached=None),))
    assert [seen(name, of) for name in SLA] == ["breached", 120, True]


def test_a_level_without_a_percentage_leaves_open_which_one_is_the_most_advanced() -> None:
    alone = dossier(service_levels=(level(None),))
    assert [is_open(name, alone) for name in SLA] == [False, True, False]
    beside = dossier(service_levels=(level(None), level(30)))
    assert [is_open(name, beside) for name in SLA] == [True, True, False]
    over = dossier(service_levels=(level(None, "completed"), level(30)))
    assert seen("sla_percentage", over) == 30


def test_closed_fields_of_service_levels_are_open_and_not_zero() -> None:
    no_stage = dossier(service_levels=(level(30, "closed to us"), level(50)))
    assert [is_open(name, no_stage) for name in SLA] == [True, True, True]
    no_breach = dossier(service_levels=(level(30, has_breached=None), level(50)))
    assert [is_open(name, no_breach) for name in SLA] == [False, False, True]
    assert seen("sla_percentage", dossier(service_levels=(level(0),))) == 0


def test_hidden_service_levels_are_not_none() -> None:
    of = dossier(unread={Part.SERVICE_LEVELS: "task_sla is closed"})
    assert {seen(name, of) for name in SLA} == {"unreadable: task_sla is closed"}


def test_self_approval_is_the_requester_among_those_who_are_still_asked() -> None:
    by_manager = escalation(requested_by=MANAGER)
    assert seen("self_approval", dossier(escalation=by_manager)) is True
    assert seen("self_approval", dossier()) is False
    not_required = (approval(state=choice("not_required")),)
    assert seen("self_approval", dossier(escalation=by_manager, approvals=not_required)) is False


def test_an_approver_who_is_assigned_to_the_case() -> None:
    assert seen("approver_is_assignee", dossier()) is False
    assert seen("approver_is_assignee", dossier(case=case(assigned_to=MANAGER))) is True
    assert seen("approver_is_assignee", dossier(case=case(assigned_to=CONTACT))) is False
    assert seen("approver_is_assignee", dossier(case=case(unreadable=frozenset({"assigned_to"})))) == CLOSED
    assert seen("approver_is_assignee", account_dossier(case(), case(assigned_to=MANAGER))) is True
    assert seen("approver_is_assignee", account_dossier()) is False
    hidden = account_dossier(unread={Part.LINKED_CASES: "2 rows are hidden"})
    assert seen("approver_is_assignee", hidden) == "unreadable: 2 rows are hidden"


APPROVERS = ("self_approval", "approver_is_assignee", "inactive_approvers", "delegated_approvers")


@pytest.mark.parametrize("hidden", [{"approvals": (approval(approver=None),)}, {"unread": {Part.APPROVALS: "hidden"}}])
def test_an_approver_who_is_hidden_is_not_nobody(hidden: dict) -> None:
    of = dossier(case=case(assigned_to=CONTACT), **hidden)
    assert [is_open(name, of) for name in APPROVERS] == [True] * 4
    assert seen("approver_is_assignee", dossier(case=case(assigned_to=None), **hidden)) is False


def test_who_is_known_to_be_asked_counts_whoever_else_is_hidden() -> None:
    rows = (approval(), approval(sys_id="b" * 32, approver=None))
    of = dossier(approvals=rows, escalation=escalation(requested_by=MANAGER), case=case(assigned_to=MANAGER))
    assert (seen("self_approval", of), seen("approver_is_assignee", of)) == (True, True)


@pytest.mark.parametrize(("active", "count"), [(True, 0), (False, 1)])
def test_inactive_approvers_are_counted_once_each(active: bool, count: int) -> None:
    person = MANAGER.model_copy(update={"active": active})
    rows = (approval(approver=person), approval(sys_id="b" * 32, approver=person))
    assert seen("inactive_approvers", dossier(approvals=rows)) == count


def test_whether_an_approver_is_active_may_be_closed() -> None:
    for name, shown in (("Mia", "Mia"), ("", "an approver")):
        rows = (approval(approver=Person(sys_id="1" * 32, name=name, active=None)),)
        assert seen("inactive_approvers", dossier(approvals=rows)) == (
            f"unreadable: whether {shown} is active cannot be read"
        )


def test_delegated_approvers() -> None:
    assert seen("delegated_approvers", dossier()) == 0
    assert seen("delegated_approvers", dossier(delegated=frozenset({MANAGER.sys_id, "else"}))) == 1
    hidden = dossier(delegated=frozenset({MANAGER.sys_id}), unread={Part.DELEGATIONS: "closed"})
    assert seen("delegated_approvers", hidden) == "unreadable: closed"
