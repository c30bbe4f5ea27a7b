"""An instance whose tables lack what no public source names: the engine does without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions

from .conftest import ESCALATION, NOW, World, actor, sys_id, world

PLAIN_TABLES = """
tables:
  sn_customerservice_escalation:
    replace: true
    label: Escalation
    extends: task
    number: {prefix: ESC, digits: 7, start: 10001}
    fields:
      reason: integer
      escalation_justification: string
      requested_by: reference sys_user
      source_record: string
      source_table: string
      type: reference sn_customerservice_escalation_template
    overrides:
      state: {default: "100"}
  sn_customerservice_escalation_template:
    replace: true
    label: Escalation Template
    fields:
      name: string
      approval_group: reference sys_user_group
  sn_customerservice_case:
    replace: true
    label: Case
    extends: task
    number: {prefix: CS, digits: 7, start: 10001}
    fields:
      account: reference customer_account
      active_escalation: reference sn_customerservice_escalation
      contact: reference customer_contact
"""


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[World]:
    """The small world without signatures, trend, links of account escalations, and most of the template."""
    schema = tmp_path / "plain.yaml"
    schema.write_text(PLAIN_TABLES, encoding="utf-8")
    rows = world()
    for row in rows["sn_customerservice_escalation_template"]:
        for name in ("add_group_manager", "skip_approval", "use_default_approval", "type"):
            row.pop(name, None)
    for row in rows["sn_customerservice_case"]:
        row.pop("active_account_escalation", None)
    instance = LocalInstance(SandboxOptions(now=NOW, rows=rows, schema=(schema,)))
    yield World(instance)
    instance.store.close()


@pytest.mark.parametrize(("vote", "state"), [("approved", "101"), ("rejected", "102")])
def test_requests_and_votes_work_without_those_fields(plain, vote, state):
    escalation = plain.escalate()
    assert plain.source("case1")["active_escalation"] == escalation["sys_id"]
    plain.vote(escalation, "ann", vote)
    plain.settle()
    assert plain.get(escalation)["state"] == state
    assert plain.states(escalation) == {"ann": vote, "bob": "not_required", "carl": "not_required"}


def test_a_step_by_hand_needs_no_signature(plain):
    escalation = plain.escalate()
    plain.store.update(ESCALATION, escalation["sys_id"], {"state": "103"}, actor("mia"))
    closed = plain.get(escalation)
    assert (closed["active"], closed["closed_by"]) == ("false", sys_id("mia"))
    assert plain.source("case1")["active_escalation"] == ""


def test_notes_name_nobody_where_nobody_signed(plain):
    escalation = plain.escalate()
    plain.vote(escalation, "ann", "approved")
    plain.settle()
    assert plain.case_notes()[-1] == f"Escalation {escalation['number']} has been approved."
