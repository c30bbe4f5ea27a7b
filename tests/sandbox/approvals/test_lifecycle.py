"""After the decision: close, de-escalation, notes on the case, copies of the escalation's journal."""

import pytest

from snow_escalations.sandbox.actor import Actor

from .conftest import ACCOUNT, CASE, ESCALATION, GROUP_APPROVAL, actor, sys_id


def _approved(engine, *source, **options):
    escalation = engine.escalate(*source, **options)
    engine.vote(escalation, "ann", "approved")
    engine.settle()
    return engine.get(escalation)


def test_closing_frees_the_case_signs_and_is_noted(engine):
    escalation = _approved(engine)
    values = {"state": "103", "de_escalation_justification": "Fixed."}
    engine.store.update(ESCALATION, escalation["sys_id"], values, actor("agent"))
    closed = engine.get(escalation)
    assert (closed["active"], closed["closed_by"], closed["de_escalated_by"]) == (
        "false",
        sys_id("agent"),
        sys_id("agent"),
    )
    assert engine.source("case1")["active_escalation"] == ""
    assert engine.case_notes()[-1] == f"Escalation {escalation['number']} has been closed."


def test_a_de_escalation_request_is_noted_and_frees_nothing(engine):
    escalation = _approved(engine)
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "104"}, actor("agent"))
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]
    assert engine.case_notes()[-1] == f"Escalation {escalation['number']} has updated: De-escalation Requested."
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "103"}, actor("agent"))
    assert engine.source("case1")["active_escalation"] == ""


def test_closing_an_account_escalation_frees_the_account_and_its_cases(engine):
    escalation = _approved(engine, "acme", template="account")
    engine.store.update(CASE, sys_id("related"), {"active_account_escalation": escalation["sys_id"]}, Actor.system())
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "103"}, actor("agent"))
    assert engine.source("acme")["active_escalation"] == ""
    assert engine.source("related")["active_account_escalation"] == ""
    assert engine.store.find("sys_journal_field", name=CASE) == []


def test_declining_an_account_escalation_frees_the_account(engine):
    escalation = engine.escalate("acme", template="account")
    engine.vote(escalation, "bob", "rejected")
    engine.settle()
    assert engine.get(escalation)["state"] == "102"
    assert engine.source("acme")["active_escalation"] == ""


def test_whoever_moves_a_request_on_by_hand_cancels_its_approvals_and_signs(engine):
    escalation = engine.escalate(template="plain")
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "102"}, actor("mia"))
    assert set(engine.states(escalation).values()) == {"cancelled"}
    assert engine.store.find(GROUP_APPROVAL, parent=escalation["sys_id"])[0]["approval"] == "cancelled"
    assert engine.get(escalation)["declined_by"] == sys_id("mia")
    assert engine.case_notes()[-1] == f"Mia Example has declined escalation {escalation['number']}."
    engine.settle()
    assert engine.get(escalation)["state"] == "102"


def test_who_signs_may_be_given(engine):
    escalation = engine.escalate()
    values = {"state": "101", "approved_by": sys_id("mia")}
    engine.store.update(ESCALATION, escalation["sys_id"], values, actor("agent"))
    assert engine.get(escalation)["approved_by"] == sys_id("mia")
    assert engine.case_notes()[-1] == f"Mia Example has approved escalation {escalation['number']}."


def test_an_escalation_that_comes_back_is_linked_again(engine):
    escalation = _approved(engine)
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "103"}, actor("agent"))
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "101"}, actor("agent"))
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]
    assert engine.get(escalation)["active"] == "true"


def test_a_trend_is_noted_by_its_label(engine):
    escalation = _approved(engine)
    engine.store.update(ESCALATION, escalation["sys_id"], {"trend": "declining"}, actor("agent"))
    assert engine.case_notes()[-1] == f"Escalation {escalation['number']} trend has changed to Declining."


def test_a_trend_without_a_label_is_noted_as_it_is(engine):
    escalation = _approved(engine)
    engine.store.update(ESCALATION, escalation["sys_id"], {"trend": "sideways"}, Actor.system())
    assert engine.case_notes()[-1].endswith("trend has changed to sideways.")


def test_other_changes_are_noted_by_the_labels_of_their_fields(engine):
    escalation = _approved(engine)
    values = {"escalation_justification": "More.", "assigned_to": sys_id("mia"), "correlation_id": "x"}
    engine.store.update(ESCALATION, escalation["sys_id"], values, actor("agent"))
    assert (
        engine.case_notes()[-1]
        == f"Escalation {escalation['number']} has updated: Escalation justification, Assigned to."
    )


def test_a_change_that_nobody_cares_for_is_not_noted(engine):
    escalation = _approved(engine)
    notes = engine.case_notes()
    engine.store.update(ESCALATION, escalation["sys_id"], {"correlation_id": "x"}, actor("agent"))
    assert engine.case_notes() == notes


@pytest.mark.parametrize("element", ["comments", "work_notes"])
def test_journal_entries_of_a_case_escalation_become_work_notes_of_the_case(engine, element):
    escalation = engine.escalate()
    engine.store.update(ESCALATION, escalation["sys_id"], {element: "Call at noon."}, actor("mia"))
    assert engine.journal(sys_id("case1"), "work_notes")[-1] == ("mia", "Call at noon.")
    assert engine.journal(sys_id("case1"), "comments") == []
    assert engine.source("case1")["sys_updated_by"] == "mia"


def test_both_journals_of_one_write_are_copied(engine):
    escalation = engine.escalate()
    engine.store.update(ESCALATION, escalation["sys_id"], {"comments": "One.", "work_notes": "Two."}, actor("mia"))
    assert engine.case_notes()[-2:] == ["One.", "Two."]


def test_entries_written_with_the_request_are_copied_too(engine):
    engine.escalate(comments="Please hurry.")
    assert engine.case_notes()[-1] == "Please hurry."


def test_entries_of_account_escalations_are_copied_nowhere(engine):
    escalation = engine.escalate("acme", template="account")
    engine.store.update(ESCALATION, escalation["sys_id"], {"comments": "Call at noon."}, actor("mia"))
    assert len(engine.store.find("sys_journal_field")) == 1


def test_copies_can_be_switched_off(make_world):
    engine = make_world({"sandbox.approval.copy_journals": "false"})
    escalation = engine.escalate()
    notes = engine.case_notes()
    engine.store.update(ESCALATION, escalation["sys_id"], {"comments": "Call at noon."}, actor("mia"))
    assert engine.case_notes() == notes


def test_a_closed_case_that_takes_no_notes_does_not_stop_the_escalations_own_entry(make_world):
    engine = make_world({"sandbox.case.closed_update_aborts": "true"})
    escalation = engine.escalate("shut")
    engine.store.update(ESCALATION, escalation["sys_id"], {"comments": "Too late?"}, actor("mia"))
    assert engine.journal(escalation["sys_id"], "comments") == [("mia", "Too late?")]
    assert "Too late?" not in engine.case_notes("shut")


def test_the_engine_counts_as_an_update_of_the_case(engine):
    """A client that watches sys_mod_count sees that the case moved on."""
    before = int(engine.source("case1")["sys_mod_count"])
    engine.escalate()
    assert int(engine.source("case1")["sys_mod_count"]) > before
    assert engine.source("case1")["sys_updated_by"] == "system"


def test_the_account_is_updated_by_the_system(engine):
    engine.escalate("acme", template="account")
    account = engine.store.get(ACCOUNT, sys_id("acme"))
    assert account is not None
    assert account["sys_updated_by"] == "system"


def test_going_back_to_requested_is_linked_but_not_noted_and_starts_no_approval(engine):
    escalation = _approved(engine)
    notes = engine.case_notes()
    engine.store.update(ESCALATION, escalation["sys_id"], {"state": "100"}, actor("agent"))
    engine.settle()
    assert engine.case_notes() == notes
    assert engine.source("case1")["active_escalation"] == escalation["sys_id"]
    assert "requested" not in engine.states(escalation).values()
