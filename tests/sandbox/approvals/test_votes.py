"""Votes: the history, the lag, the rules, and what becomes of the other approvals."""

from datetime import timedelta

import pytest

from snow_escalations.sandbox.actor import Actor

from .conftest import APPROVAL, CASE, ESCALATION, GROUP_APPROVAL, LAG, actor, sys_id


@pytest.mark.parametrize(
    ("vote", "state", "signed", "note"),
    [
        ("approved", "101", "approved_by", "Ann Example has approved escalation {}."),
        ("rejected", "102", "declined_by", "Ann Example has declined escalation {}."),
    ],
)
def test_one_vote_decides_after_the_lag(engine, vote, state, signed, note):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", vote)
    assert engine.get(escalation)["state"] == "100"
    engine.settle()
    decided = engine.get(escalation)
    assert decided["state"] == state
    assert decided["approval"] == vote
    assert decided[signed] == sys_id("ann")
    assert decided["approval_set"] == "2026-11-18 10:00:00"
    assert engine.states(escalation) == {"ann": vote, "bob": "not_required", "carl": "not_required"}
    assert engine.case_notes()[1:] == [note.format(escalation["number"])]


def test_the_lag_is_to_the_millisecond(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.clock.advance(LAG - timedelta(milliseconds=1))
    engine.run_due_jobs()
    assert engine.get(escalation)["state"] == "100"
    assert engine.states(escalation)["bob"] == "requested"
    engine.clock.advance(timedelta(milliseconds=1))
    engine.run_due_jobs()
    assert engine.get(escalation)["state"] == "101"


def test_the_lag_can_be_another(make_world):
    engine = make_world({"sandbox.approval.lag_ms": "45000"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    assert engine.jobs.pending == [(engine.clock.now() + timedelta(seconds=45), f"roll up {escalation['number']}")]


def test_a_decline_ends_the_escalation_and_frees_the_case(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected")
    engine.settle()
    declined = engine.get(escalation)
    assert (declined["active"], declined["closed_at"]) == ("false", "2026-11-18 10:00:00")
    assert engine.source("case1")["active_escalation"] == ""


def test_an_approval_keeps_the_case_linked(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.settle()
    assert engine.get(escalation)["active"] == "true"
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]


def test_the_reason_of_a_rejection_reaches_the_approval_and_the_history_but_never_the_customer(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected", "Answered this morning.")
    engine.settle()
    approval = engine.approval(escalation, "ann")
    assert engine.journal(approval["sys_id"], "comments") == [("ann", "Answered this morning.")]
    assert engine.journal(escalation["sys_id"], "approval_history") == [
        ("system", "Ann Example rejected the task.\n\nApproval comments:\nAnswered this morning.")
    ]
    assert engine.journal(sys_id("case1"), "comments") == []
    assert not any("Answered" in note for note in engine.case_notes())


def test_the_history_line_is_written_with_the_vote(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    assert engine.journal(escalation["sys_id"], "approval_history") == [("system", "Ann Example approved the task.")]


def test_the_history_can_be_switched_off(make_world):
    engine = make_world({"com.glide.hub.flow.approval.history_comment": "false"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    assert engine.journal(escalation["sys_id"], "approval_history") == []


@pytest.mark.parametrize(("column", "element"), [("work_notes", "work_notes"), ("priority", "approval_history")])
def test_an_approval_may_name_the_journal_for_its_history(engine, column, element):
    escalation = engine.escalate()
    row = engine.approval(escalation, "ann")
    engine.store.update(APPROVAL, row["sys_id"], {"approval_journal_column": column}, Actor.system())
    engine.vote(escalation, "ann", "approved")
    assert engine.journal(escalation["sys_id"], element) == [("system", "Ann Example approved the task.")]


def test_the_group_approval_is_decided_with_its_member(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected")
    engine.settle()
    (group,) = engine.store.find(GROUP_APPROVAL, parent=escalation["sys_id"])
    assert group["approval"] == "rejected"


def test_the_group_approval_is_no_longer_required_when_somebody_else_decides(engine):
    escalation = engine.escalate(template="plain")
    engine.vote(escalation, "mia", "approved")
    engine.settle()
    (group,) = engine.store.find(GROUP_APPROVAL, parent=escalation["sys_id"])
    assert group["approval"] == "not_required"


def test_all_approvers_must_approve_where_that_is_the_rule(make_world):
    engine = make_world({"sandbox.approval.approve_when": "all"})
    escalation = engine.escalate()
    assert engine.store.find(GROUP_APPROVAL, parent=escalation["sys_id"])[0]["wait_for"] == "all"
    for name in ("ann", "bob"):
        engine.vote(escalation, name, "approved")
        engine.settle()
        assert engine.get(escalation)["state"] == "100"
        assert engine.states(escalation)["carl"] == "requested"
    engine.vote(escalation, "carl", "approved")
    engine.settle()
    assert engine.get(escalation)["state"] == "101"
    assert engine.get(escalation)["approved_by"] == sys_id("carl")


def test_one_rejection_is_enough_where_all_must_approve(make_world):
    engine = make_world({"sandbox.approval.approve_when": "all"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.vote(escalation, "bob", "rejected")
    engine.settle()
    assert engine.get(escalation)["state"] == "102"
    assert engine.get(escalation)["declined_by"] == sys_id("bob")
    assert engine.states(escalation)["carl"] == "not_required"


def test_where_no_rule_matches_it_stays_requested_for_ever(make_world):
    engine = make_world({"sandbox.approval.approve_when": "all", "sandbox.approval.reject_when": "all"})
    escalation = engine.escalate()
    for name, vote in (("ann", "approved"), ("bob", "rejected"), ("carl", "approved")):
        engine.vote(escalation, name, vote)
    engine.settle()
    assert engine.get(escalation)["state"] == "100"


def test_of_two_votes_within_the_lag_the_first_decides(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected")
    engine.clock.advance(timedelta(milliseconds=100))
    engine.vote(escalation, "bob", "approved")
    engine.settle()
    assert engine.get(escalation)["state"] == "102"
    assert engine.states(escalation) == {"ann": "rejected", "bob": "approved", "carl": "not_required"}


def test_a_vote_taken_back_within_the_lag_decides_nothing(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.vote(escalation, "ann", "requested", by=actor("root"))
    engine.settle()
    assert engine.get(escalation)["state"] == "100"
    assert set(engine.states(escalation).values()) == {"requested"}


def test_a_vote_after_the_decision_changes_the_row_and_nothing_else(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.settle()
    before = engine.get(escalation), engine.case_notes()
    engine.vote(escalation, "bob", "rejected")
    engine.settle()
    assert engine.states(escalation)["bob"] == "rejected"
    assert (engine.get(escalation), engine.case_notes()) == before
    assert engine.jobs.pending == []


def test_siblings_can_stay_as_they_are(make_world):
    engine = make_world({"sandbox.approval.siblings_not_required": "false"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.settle()
    assert engine.get(escalation)["state"] == "101"
    assert engine.states(escalation) == {"ann": "approved", "bob": "requested", "carl": "requested"}


def test_without_a_listener_a_vote_is_stored_and_nothing_follows(engine):
    escalation = engine.escalate()
    engine.properties.set("sandbox.approval.listener", "false")
    engine.vote(escalation, "ann", "rejected", "No.")
    engine.settle()
    assert engine.states(escalation) == {"ann": "rejected", "bob": "requested", "carl": "requested"}
    assert engine.get(escalation)["state"] == "100"
    assert engine.journal(escalation["sys_id"], "approval_history") == []


@pytest.mark.parametrize("link", ["sysapproval", "document_id"])
def test_an_approval_linked_one_way_counts_as_well(engine, link):
    escalation = engine.escalate(template="foreign")
    engine.store.update(ESCALATION, escalation["sys_id"], {"type": ""}, Actor.system())
    values = {"approver": sys_id("ann"), "state": "requested", "source_table": ESCALATION, link: escalation["sys_id"]}
    row = engine.store.insert(APPROVAL, values, Actor.system())
    engine.store.update(APPROVAL, row["sys_id"], {"state": "approved"}, actor("ann"))
    engine.settle()
    assert engine.get(escalation)["state"] == "101"


def test_an_approval_of_something_else_is_none_of_the_engines_business(engine):
    values = {"approver": sys_id("ann"), "state": "requested", "source_table": CASE, "sysapproval": sys_id("case1")}
    row = engine.store.insert(APPROVAL, values, Actor.system())
    engine.store.update(APPROVAL, row["sys_id"], {"state": "approved"}, actor("ann"))
    assert engine.jobs.pending == []
    assert engine.source("case1")["approval"] == "not requested"


def test_who_signs_is_who_voted_not_whose_row_it_was(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected", by=actor("root"))
    engine.settle()
    assert engine.get(escalation)["declined_by"] == sys_id("root")
    assert engine.approval(escalation, "ann")["sys_updated_by"] == "root"
    assert engine.journal(escalation["sys_id"], "approval_history")[0][1].startswith("Ann Example")


def test_an_account_without_a_user_row_signs_as_the_approver(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved", by=Actor("integration", "", frozenset({"approval_admin"})))
    engine.settle()
    assert engine.get(escalation)["approved_by"] == sys_id("ann")


def test_a_declined_case_may_be_escalated_again_and_the_old_one_stays(engine):
    first = engine.escalate()
    engine.vote(first, "ann", "rejected")
    engine.settle()
    second = engine.escalate()
    assert engine.get(first)["state"] == "102"
    assert second["state"] == "100"
    assert engine.source("case1")["active_escalation"] == second["sys_id"]
    assert set(engine.states(first).values()) == {"rejected", "not_required"}
    assert set(engine.states(second).values()) == {"requested"}


def test_declining_an_older_escalation_leaves_the_link_to_the_newer(engine):
    first, second = engine.escalate(), engine.escalate()
    engine.vote(first, "ann", "rejected")
    engine.settle()
    assert engine.source("case1")["active_escalation"] == second["sys_id"]


def test_the_link_can_stay_after_a_decline(make_world):
    engine = make_world({"sandbox.approval.clear_active_escalation": "false"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected")
    engine.settle()
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]


def test_an_approval_that_vanished_before_the_roll_up_decides_nothing(engine):
    escalation = engine.escalate()
    row = engine.approval(escalation, "ann")
    engine.vote(escalation, "ann", "approved")
    engine.store.delete(APPROVAL, row["sys_id"], actor("root"))
    engine.settle()
    assert engine.get(escalation)["state"] == "100"
