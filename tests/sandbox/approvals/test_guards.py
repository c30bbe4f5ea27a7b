"""Who may decide an approval, and the rules that a property switches on."""

import pytest

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.hooks import Abort, Refused

from .conftest import APPROVAL, ESCALATION, actor, sys_id

ANN_IS_AWAY = {"user": sys_id("ann"), "delegate": sys_id("stranger"), "approvals": "true"}


@pytest.mark.parametrize("who", ["ann", "dora", "root"], ids=["approver", "delegate", "approval-admin"])
def test_they_may_decide(engine, who):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved", by=actor(who))
    assert engine.states(escalation)["ann"] == "approved"


def test_an_administrator_may_decide(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved", by=actor("agent", "admin"))
    assert engine.states(escalation)["ann"] == "approved"


@pytest.mark.parametrize("who", ["bob", "mia", "agent", "stranger", "carol"])
def test_nobody_else_may_decide_and_nothing_changes(engine, who):
    escalation = engine.escalate()
    before = engine.approval(escalation, "ann")
    with pytest.raises(Refused, match=f"user `{who}` may not decide approval {before['sys_id']}: only its approver"):
        engine.vote(escalation, "ann", "approved", "I say so.", by=actor(who, "approver_user"))
    assert engine.approval(escalation, "ann") == before
    assert engine.journal(before["sys_id"], "comments") == []
    assert engine.jobs.pending == []


def test_holders_of_itil_may_write_an_approval_but_not_its_state(engine):
    escalation = engine.escalate()
    row = engine.approval(escalation, "ann")
    itil = actor("agent", "itil")
    engine.store.update(APPROVAL, row["sys_id"], {"comments": "Ann is on a train."}, itil)
    with pytest.raises(Refused):
        engine.store.update(APPROVAL, row["sys_id"], {"state": "approved"}, itil)
    assert engine.journal(row["sys_id"], "comments") == [("agent", "Ann is on a train.")]


def test_an_approver_may_not_comment_on_somebody_elses_approval(engine):
    row = engine.approval(engine.escalate(), "ann")
    with pytest.raises(Refused):
        engine.store.update(APPROVAL, row["sys_id"], {"comments": "Approve, Ann!"}, actor("bob"))


@pytest.mark.parametrize(
    ("starts", "ends", "may"),
    [
        ("2026-11-18 10:00:00", "2026-11-18 10:00:00", True),
        ("2026-11-18 09:59:59", "2026-11-18 10:00:01", True),
        ("2026-11-18 10:00:01", "2026-11-25 00:00:00", False),
        ("2026-11-01 00:00:00", "2026-11-18 09:59:59", False),
        ("", "2026-11-25 00:00:00", False),
        ("2026-11-01 00:00:00", "", False),
    ],
    ids=["to-the-second", "around", "not-begun", "ended", "no-start", "no-end"],
)
def test_a_delegation_counts_within_its_dates(make_world, starts, ends, may):
    engine = make_world(sys_user_delegate=[{**ANN_IS_AWAY, "starts": starts, "ends": ends}])
    escalation = engine.escalate()
    if may:
        engine.vote(escalation, "ann", "approved", by=actor("stranger"))
    else:
        with pytest.raises(Refused):
            engine.vote(escalation, "ann", "approved", by=actor("stranger"))


def test_a_delegation_of_other_things_does_not_count(make_world):
    row = {**ANN_IS_AWAY, "starts": "2026-11-01 00:00:00", "ends": "2026-12-01 00:00:00", "approvals": "false"}
    engine = make_world(sys_user_delegate=[row])
    with pytest.raises(Refused):
        engine.vote(engine.escalate(), "ann", "approved", by=actor("stranger"))


def test_a_delegation_does_not_work_backwards(make_world):
    engine = make_world()
    escalation = engine.escalate()
    row = engine.approval(escalation, "ann")
    engine.store.update(APPROVAL, row["sys_id"], {"approver": sys_id("dora")}, Actor.system())
    with pytest.raises(Refused):
        engine.store.update(APPROVAL, row["sys_id"], {"state": "approved"}, actor("ann"))


def test_delegates_can_be_refused(make_world):
    engine = make_world({"sandbox.approval.delegates": "false"})
    with pytest.raises(Refused):
        engine.vote(engine.escalate(), "ann", "approved", by=actor("dora"))


def test_an_actor_without_a_user_row_is_no_approver_of_an_approval_without_one(engine):
    row = engine.store.insert(APPROVAL, {"state": "requested"}, Actor.system())
    with pytest.raises(Refused):
        engine.store.update(
            APPROVAL, row["sys_id"], {"state": "approved"}, Actor("x", "", frozenset({"approver_user"}))
        )


def test_a_rejection_without_a_comment_is_natively_accepted(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected")
    assert engine.states(escalation)["ann"] == "rejected"


@pytest.mark.parametrize("comment", ["", "   \n "])
def test_a_rule_can_demand_a_comment_on_a_rejection(make_world, comment):
    engine = make_world({"sandbox.approval.rejection_comment_required": "true"})
    escalation = engine.escalate()
    with pytest.raises(Abort) as aborted:
        engine.vote(escalation, "ann", "rejected", comment)
    assert aborted.value.rule_name == "Rejection needs a comment"
    assert engine.states(escalation)["ann"] == "requested"
    assert engine.journal(engine.approval(escalation, "ann")["sys_id"], "comments") == []


def test_with_a_comment_the_rule_is_content_and_approvals_never_need_one(make_world):
    engine = make_world({"sandbox.approval.rejection_comment_required": "true"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected", "We answered this morning.")
    engine.vote(escalation, "bob", "approved")
    assert engine.states(escalation) == {"ann": "rejected", "bob": "approved", "carl": "requested"}


def test_a_decided_row_can_natively_be_decided_again(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.settle()
    engine.vote(escalation, "ann", "rejected")
    assert engine.states(escalation)["ann"] == "rejected"


@pytest.mark.parametrize("name", ["ann", "bob"], ids=["decided", "not-required"])
def test_a_rule_can_abort_a_second_decision(make_world, name):
    engine = make_world({"sandbox.approval.second_decision": "aborted"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.settle()
    with pytest.raises(Abort, match="Approval was already decided"):
        engine.vote(escalation, name, "rejected")


def test_asking_again_is_no_second_decision(make_world):
    engine = make_world({"sandbox.approval.second_decision": "aborted"})
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "approved")
    engine.vote(escalation, "ann", "requested", by=actor("root"))
    engine.vote(escalation, "ann", "rejected")
    assert engine.states(escalation)["ann"] == "rejected"


@pytest.mark.parametrize("state", ["100", "101", "104"])
def test_a_rule_can_abort_a_second_open_escalation(make_world, state):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    first = engine.escalate()
    engine.store.update(ESCALATION, first["sys_id"], {"state": state}, Actor.system())
    with pytest.raises(Abort, match="One open escalation per record"):
        engine.escalate()
    assert len(engine.store.find(ESCALATION)) == 1
    engine.escalate("case2")


def test_after_a_decline_the_rule_lets_the_case_be_escalated_again(make_world):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    first = engine.escalate()
    engine.vote(first, "ann", "rejected")
    engine.settle()
    assert engine.escalate()["state"] == "100"


def test_escalations_of_nothing_are_not_each_others_second(make_world):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    engine.escalate(source_record="")
    engine.escalate(source_record="")
    assert len(engine.store.find(ESCALATION)) == 2


@pytest.mark.parametrize(("state", "approval"), [("101", "approved"), ("102", "rejected"), ("103", "cancelled")])
def test_moving_a_request_on_by_hand_ends_its_approval(engine, state, approval):
    escalation = engine.escalate()
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": state}, actor("mia"))
    moved = engine.get(escalation)
    assert (moved["approval"], moved["approval_set"]) == (approval, "2026-11-18 10:00:00")


def test_what_the_write_says_about_the_approval_goes_first(engine):
    escalation = engine.escalate()
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "102", "approval": "duplicate"}, actor("mia"))
    assert engine.get(escalation)["approval"] == "duplicate"


def test_a_rejection_is_closed_by_its_voter(engine):
    escalation = engine.escalate()
    engine.vote(escalation, "ann", "rejected")
    engine.settle()
    assert engine.get(escalation)["closed_by"] == sys_id("ann")


@pytest.mark.parametrize("state", ["102", "103"])
def test_a_closed_escalation_beside_an_open_one_is_no_second_open_one(make_world, state):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    engine.escalate()
    assert engine.escalate(state=state)["state"] == state


@pytest.mark.parametrize("state", ["100", "101", "104"])
def test_a_rule_can_abort_reopening_a_second_escalation(make_world, state):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    closed = engine.escalate(state="103")
    engine.escalate()
    with pytest.raises(Abort, match="One open escalation per record"):
        engine.store.update(ESCALATION, closed["sys_id"], {"state": state}, actor("mia"))
    assert engine.get(closed)["state"] == "103"


def test_a_rule_can_abort_moving_an_open_escalation_to_a_record_that_has_one(make_world):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    engine.escalate()
    other = engine.escalate("case2")
    with pytest.raises(Abort, match="One open escalation per record"):
        engine.store.update(ESCALATION, other["sys_id"], {"source_record": sys_id("case1")}, actor("mia"))


def test_the_only_open_escalation_moves_on_and_may_be_reopened(make_world):
    engine = make_world({"sandbox.approval.one_open_escalation": "true"})
    escalation = engine.escalate()
    for state in ("101", "104", "103", "100"):
        engine.store.update(ESCALATION, escalation["sys_id"], {"state": state}, actor("mia"))
        assert engine.get(escalation)["state"] == state
