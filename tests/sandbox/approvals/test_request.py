"""A requested escalation: what follows at once, and which approvals it gets."""

import pytest

from .conftest import ACCOUNT, APPROVAL, CASE, ESCALATION, GROUP_APPROVAL, LAG, actor, case, sys_id, template, user


def test_the_case_is_linked_and_noted_at_once(engine):
    escalation = engine.store.insert(
        ESCALATION,
        {
            "source_table": CASE,
            "source_record": sys_id("case1"),
            "type": sys_id("group"),
            "requested_by": sys_id("agent"),
        },
        actor("agent"),
    )
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]
    notes = engine.journal(sys_id("case1"), "work_notes")
    assert notes == [("system", f"Agent Example has requested to escalate this Case. {escalation['number']} created.")]


def test_every_member_of_the_approval_group_is_asked(engine):
    escalation = engine.escalate()
    assert engine.states(escalation) == {"ann": "requested", "bob": "requested", "carl": "requested"}
    assert escalation["state"] == "100"
    assert escalation["approval"] == "requested"


def test_an_approval_is_linked_both_ways(engine):
    escalation = engine.escalate()
    row = engine.approval(escalation, "ann")
    assert row["sysapproval"] == row["document_id"] == escalation["sys_id"]
    assert row["source_table"] == ESCALATION
    assert row["sys_created_by"] == "system"


def test_the_group_is_asked_through_a_group_approval(engine):
    escalation = engine.escalate()
    (group,) = engine.store.find(GROUP_APPROVAL, parent=escalation["sys_id"])
    assert (group["assignment_group"], group["approval"], group["wait_for"]) == (
        sys_id("approvers"),
        "requested",
        "any",
    )
    assert engine.approval(escalation, "ann")["group"] == group["sys_id"]


def test_the_manager_of_the_cases_group_is_asked_too_where_the_template_says_so(engine):
    escalation = engine.escalate(template="plain")
    assert set(engine.states(escalation)) == {"ann", "bob", "carl", "mia"}
    assert engine.approval(escalation, "mia")["group"] == ""


def test_a_template_may_ask_the_manager_alone(engine):
    assert engine.states(engine.escalate(template="manager")) == {"mia": "requested"}
    assert engine.store.find(GROUP_APPROVAL) == []


def test_somebody_who_is_manager_and_member_is_asked_once(make_world):
    engine = make_world(sys_user_grmember=[{"group": sys_id("approvers"), "user": sys_id("mia")}])
    escalation = engine.escalate(template="plain")
    assert len(engine.store.find(APPROVAL, document_id=escalation["sys_id"])) == 4


def test_account_escalations_never_ask_a_manager(engine):
    assert set(engine.states(engine.escalate("acme", template="account"))) == {"ann", "bob", "carl"}


def test_an_account_is_linked_and_noted_nowhere(engine):
    escalation = engine.escalate("acme", template="account")
    assert engine.source("acme")["active_escalation"] == escalation["sys_id"]
    assert engine.store.find("sys_journal_field") == []


def test_inactive_approvers_can_be_left_out(make_world):
    engine = make_world({"com.glide.hub.flow.approval.allow_inactive_entity": "GROUP"})
    assert set(engine.states(engine.escalate())) == {"ann", "bob"}


def test_inactive_groups_are_asked_only_if_allowed(make_world):
    retired = {"sys_id": sys_id("retired"), "name": "Retired", "active": "false"}
    more = {
        "sys_user_group": [retired],
        "sys_user_grmember": [{"group": sys_id("retired"), "user": sys_id("ann")}],
        "sn_customerservice_escalation_template": [template("old", approval_group=sys_id("retired"))],
    }
    assert set(make_world(**more).states(make_world(**more).escalate(template="old"))) == set()
    engine = make_world(**more)
    assert set(engine.states(engine.escalate(template="old"))) == {"ann"}
    strict = make_world({"com.glide.hub.flow.approval.allow_inactive_entity": "INDIVIDUAL"}, **more)
    assert strict.escalate(template="old")["state"] == "101"


def test_members_that_do_not_exist_are_not_asked(make_world):
    engine = make_world(sys_user_grmember=[{"group": sys_id("approvers"), "user": sys_id("ghost")}])
    assert len(engine.store.find(APPROVAL, document_id=engine.escalate()["sys_id"])) == 3


@pytest.mark.parametrize("name", ["skip", "empty", ""], ids=["template-skips", "no-approvers", "no-template"])
def test_without_anybody_to_ask_it_is_approved(engine, name):
    escalation = engine.escalate(template=name)
    assert escalation["state"] == "101"
    assert escalation["approval"] == "approved"
    assert escalation["approved_by"] == ""
    assert engine.states(escalation) == {}
    assert engine.case_notes()[1:] == [f"Escalation {escalation['number']} has been approved."]
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]


def test_approvals_appear_after_the_lag_of_requests(make_world):
    engine = make_world({"sandbox.approval.request_lag_ms": "300"})
    escalation = engine.escalate()
    assert engine.states(escalation) == {}
    assert engine.jobs.pending == [(engine.clock.now() + LAG, f"start approval of {escalation['number']}")]
    engine.settle()
    assert set(engine.states(escalation)) == {"ann", "bob", "carl"}


def test_an_escalation_that_moved_on_before_its_approvals_were_made_gets_none(make_world):
    engine = make_world({"sandbox.approval.request_lag_ms": "300"})
    escalation = engine.escalate()
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "103"}, actor("agent"))
    engine.settle()
    assert engine.states(escalation) == {}


def test_an_escalation_that_was_deleted_gets_none(make_world):
    engine = make_world({"sandbox.approval.request_lag_ms": "300"})
    escalation = engine.escalate()
    engine.store.delete(ESCALATION, escalation["sys_id"], actor("root", "admin"))
    engine.settle()
    assert engine.store.find(APPROVAL) == []


def test_without_a_listener_nothing_follows(make_world):
    engine = make_world({"sandbox.approval.listener": "false"})
    escalation = engine.escalate(template="skip")
    assert escalation["state"] == "100"
    assert engine.states(escalation) == {}
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]


def test_a_template_with_a_flow_of_its_own_is_nobodys(engine):
    escalation = engine.escalate(template="foreign")
    assert escalation["state"] == "100"
    assert engine.states(escalation) == {}


def test_approvals_can_be_left_to_the_test(make_world):
    engine = make_world({"sandbox.approval.create_approvers": "false"})
    escalation = engine.escalate()
    assert escalation["state"] == "100"
    assert engine.states(escalation) == {}


def test_an_escalation_that_begins_as_escalated_is_linked_and_noted(engine):
    escalation = engine.escalate(state="101")
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]
    assert engine.case_notes() == [f"Escalation {escalation['number']} has been approved."]
    assert engine.states(escalation) == {}


def test_an_escalation_that_begins_as_closed_leaves_no_trace(engine):
    engine.escalate(state="103")
    assert engine.source("case1")["active_escalation"] == ""
    assert engine.case_notes() == []


@pytest.mark.parametrize(
    ("table", "record"),
    [(CASE, "no such case"), ("incident", "case1"), ("no_such_table", "case1"), ("", "case1"), (ACCOUNT, "case1")],
)
def test_a_source_that_is_none_is_neither_linked_nor_noted(engine, table, record):
    escalation = engine.escalate(source_table=table, source_record=sys_id(record))
    assert engine.source("case1")["active_escalation"] == ""
    assert engine.case_notes() == []
    assert set(engine.states(escalation)) == {"ann", "bob", "carl"}


def test_the_note_names_the_actor_where_nobody_is_said_to_have_asked(engine):
    escalation = engine.escalate(requested_by="")
    assert engine.case_notes() == [f"agent has requested to escalate this Case. {escalation['number']} created."]


def test_a_second_escalation_of_a_case_is_natively_accepted(engine):
    first, second = engine.escalate(), engine.escalate()
    assert first["number"] < second["number"]
    assert engine.source("case1")["active_escalation"] == second["sys_id"]


def test_notes_can_be_switched_off(make_world):
    engine = make_world({"sandbox.approval.case_notes": "false"})
    engine.escalate()
    assert engine.case_notes() == []
    assert engine.source("case1")["active_escalation"] != ""


def test_a_group_without_a_manager_adds_nobody(make_world):
    orphan = case("orphan", "CS0010009", assignment_group=sys_id("nobody"))
    loose = case("loose", "CS0010010", assignment_group="")
    engine = make_world(**{CASE: [orphan, loose]})
    assert engine.escalate("orphan", template="manager")["state"] == "101"
    assert engine.escalate("loose", template="manager")["state"] == "101"


def test_a_manager_who_left_can_be_left_out(make_world):
    engine = make_world(
        {"com.glide.hub.flow.approval.allow_inactive_entity": ""},
        sys_user=[user("gone", active="false")],
        sys_user_group=[{"sys_id": sys_id("left"), "name": "Left", "manager": sys_id("gone"), "active": "true"}],
        **{CASE: [case("late", "CS0010011", assignment_group=sys_id("left"))]},
    )
    assert engine.escalate("late", template="manager")["state"] == "101"
