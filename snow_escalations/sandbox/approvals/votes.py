"""A vote was cast: its line in the history, and later what it means for the escalation and the other approvals."""

from collections.abc import Mapping

from snow_escalations.sandbox.approvals import notes
from snow_escalations.sandbox.approvals import properties as switches
from snow_escalations.sandbox.approvals.outcome import outcome
from snow_escalations.sandbox.approvals.pending import Work, schedule
from snow_escalations.sandbox.approvals.request import is_listened_to
from snow_escalations.sandbox.approvals.rows import approvals_of, end_pending, escalation_of
from snow_escalations.sandbox.approvals.source import name_of
from snow_escalations.sandbox.approvals.vocabulary import (
    APPROVAL,
    APPROVED,
    ESCALATION,
    GROUP_APPROVAL,
    NOT_REQUIRED,
    PENDING,
    REJECTED,
    REQUESTED_STATE,
    STATE_OF_OUTCOME,
    VOTES,
)
from snow_escalations.sandbox.approvals.writes import update
from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.hooks import Change, Instance

_DEFAULT_HISTORY = "approval_history"


def after_approval(change: Change, instance: Instance) -> None:
    """After an approval was written: a vote on a waiting escalation is counted when the lag is over."""
    if change.before is None or not change.changed("state") or change.after["state"] not in VOTES:
        return
    escalation = escalation_of(change.after, instance)
    if escalation is None or escalation["state"] != REQUESTED_STATE or not is_listened_to(escalation, instance):
        return
    _write_history(change, escalation, instance)
    voter = change.actor.sys_id or change.after["approver"]
    work = Work("vote", escalation["sys_id"], change.sys_id, voter, f"roll up {escalation['number']}")
    schedule(work, switches.lag(instance.properties, switches.LAG), roll_up, instance)


def _write_history(change: Change, escalation: Mapping[str, str], instance: Instance) -> None:
    if not instance.properties.boolean(switches.HISTORY):
        return
    approver = name_of(change.after["approver"], instance, change.actor.user_name)
    line = notes.history(approver, change.after["state"], change.journals.get("comments", ""))
    element = change.after.get("approval_journal_column", "")
    field = instance.store.schema[ESCALATION].fields.get(element)
    target = element if field is not None and field.is_journal else _DEFAULT_HISTORY
    update(instance, ESCALATION, escalation["sys_id"], {target: line})


def roll_up(work: Work, instance: Instance) -> None:
    """Count the votes of an escalation that still waits, and carry out what they amount to."""
    escalation_id, approval_id = work.escalation, work.approval
    store, properties = instance.store, instance.properties
    escalation, approval = store.get(ESCALATION, escalation_id), store.get(APPROVAL, approval_id)
    if escalation is None or approval is None or escalation["state"] != REQUESTED_STATE:
        return
    result = outcome(
        [row["state"] for row in approvals_of(escalation_id, instance)],
        approval["state"],
        approve_when=properties.get(switches.APPROVE_WHEN),
        reject_when=properties.get(switches.REJECT_WHEN),
    )
    if result is None or result != approval["state"]:
        # Where another vote decides, it is carried out when its own lag is over.
        return
    if properties.boolean(switches.SIBLINGS):
        _settle_group(approval["group"], result, instance)
        end_pending(escalation_id, NOT_REQUIRED, instance)
    signed = "approved_by" if result == APPROVED else "declined_by"
    now = stored(instance.clock.now())
    values = {"state": STATE_OF_OUTCOME[result], "approval": result, signed: work.voter, "approval_set": now}
    if result == REJECTED:
        values |= {"active": "false", "closed_at": now, "closed_by": work.voter}
    update(instance, ESCALATION, escalation_id, values)


def _settle_group(group_id: str, result: str, instance: Instance) -> None:
    group = instance.store.get(GROUP_APPROVAL, group_id) if group_id else None
    if group is not None and group["approval"] in PENDING:
        update(instance, GROUP_APPROVAL, group_id, {"approval": result})
