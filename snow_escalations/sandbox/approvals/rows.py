"""The approvals of one escalation: how they are found, and how they end without a vote."""

from collections.abc import Mapping

from snow_escalations.sandbox.approvals.vocabulary import APPROVAL, ESCALATION, GROUP_APPROVAL, PENDING
from snow_escalations.sandbox.approvals.writes import update
from snow_escalations.sandbox.hooks import Instance


def escalation_of(approval: Mapping[str, str], instance: Instance) -> dict[str, str] | None:
    """The escalation that an approval is for, by `sysapproval` or `document_id`; None if it is for anything else."""
    for sys_id in (approval["sysapproval"], approval["document_id"]):
        if sys_id and (row := instance.store.get(ESCALATION, sys_id)) is not None:
            return row
    return None


def approvals_of(escalation_id: str, instance: Instance) -> list[dict[str, str]]:
    """The approvals of an escalation, linked either way, ordered by sys_id."""
    store = instance.store
    found = [*store.find(APPROVAL, sysapproval=escalation_id), *store.find(APPROVAL, document_id=escalation_id)]
    return sorted({row["sys_id"]: row for row in found}.values(), key=lambda row: row["sys_id"])


def end_pending(escalation_id: str, state: str, instance: Instance) -> None:
    """Approvals of an escalation that still wait for a vote, single and group ones, end in `state`."""
    for row in approvals_of(escalation_id, instance):
        if row["state"] in PENDING:
            update(instance, APPROVAL, row["sys_id"], {"state": state})
    for row in instance.store.find(GROUP_APPROVAL, parent=escalation_id):
        if row["approval"] in PENDING:
            update(instance, GROUP_APPROVAL, row["sys_id"], {"approval": state})
