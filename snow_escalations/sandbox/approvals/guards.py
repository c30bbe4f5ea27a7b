"""What the engine refuses before it is written: decisions by others, and what a switch turns into a business rule."""

from collections.abc import Mapping

from snow_escalations.sandbox.approvals import properties as switches
from snow_escalations.sandbox.approvals.deciders import may_decide
from snow_escalations.sandbox.approvals.vocabulary import (
    APPROVED,
    CANCELLED,
    CLOSED,
    DECLINED,
    ESCALATED,
    ESCALATION,
    OPEN_STATES,
    REJECTED,
    REQUESTED,
    REQUESTED_STATE,
    VOTES,
)
from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.hooks import Abort, Change, Instance, Refused
from snow_escalations.sandbox.identifiers import named

REJECTION_COMMENT_RULE = "Rejection needs a comment"
SECOND_DECISION_RULE = "Approval was already decided"
ONE_OPEN_RULE = "One open escalation per record"

_ITIL = "itil"
_APPROVAL_OF = {ESCALATED: APPROVED, DECLINED: REJECTED, CLOSED: CANCELLED}
_SIGNED_BY = {ESCALATED: "approved_by", DECLINED: "declined_by", CLOSED: "de_escalated_by"}


def guard_approval(change: Change, instance: Instance) -> Mapping[str, str] | None:
    """Before an approval is updated.

    Raises:
        Refused: the actor may not decide this approval.
        Abort: a rule that a property has switched on.
    """
    before = change.before
    if before is None:
        return None
    votes = change.changed("state")
    # Holders of itil may write an approval, but not its state (KB0677278).
    if (votes or _ITIL not in change.actor.roles) and not may_decide(change.actor, before, instance):
        raise Refused(
            f"user `{change.actor.user_name}` may not decide approval {change.sys_id}: only its approver, a delegate "
            "within the dates of the delegation, and holders of approval_admin may"
        )
    if votes and change.after["state"] in VOTES:
        _check_vote(change, before, instance)
    return None


def _check_vote(change: Change, before: Mapping[str, str], instance: Instance) -> None:
    if before["state"] != REQUESTED and instance.properties.get(switches.SECOND_DECISION) == "aborted":
        raise _abort(SECOND_DECISION_RULE)
    silent = not change.journals.get("comments", "").strip()
    if change.after["state"] == REJECTED and silent and instance.properties.boolean(switches.REJECTION_COMMENT):
        raise _abort(REJECTION_COMMENT_RULE)


def guard_escalation(change: Change, instance: Instance) -> Mapping[str, str] | None:
    """Before an escalation is written: a second open one is aborted if so switched; who takes a step signs it.

    Raises:
        Abort: another escalation of the same record is open.
    """
    if instance.properties.boolean(switches.ONE_OPEN) and _opens(change) and _has_other_open(change, instance):
        raise _abort(ONE_OPEN_RULE)
    return _signed(change, instance) if change.before is not None and change.changed("state") else None


def _opens(change: Change) -> bool:
    """Whether the write makes an escalation open for its source record: a new one, one reopened, or one moved there."""
    if change.after["state"] not in OPEN_STATES:
        return False
    was_open = change.before is not None and change.before["state"] in OPEN_STATES
    return not was_open or change.changed("source_record")


def _signed(change: Change, instance: Instance) -> dict[str, str]:
    """Who takes a step, and when it ends the escalation; what the write itself says goes first."""
    state = change.after["state"]
    values = {_SIGNED_BY[state]: change.actor.sys_id} if state in _SIGNED_BY else {}
    now = stored(instance.clock.now())
    if change.before is not None and change.before["state"] == REQUESTED_STATE and state in _APPROVAL_OF:
        values |= {"approval": _APPROVAL_OF[state], "approval_set": now}
    if state in (DECLINED, CLOSED):
        values |= {"active": "false", "closed_at": now, "closed_by": change.actor.sys_id}
    return {name: value for name, value in values.items() if name in change.after and not change.changed(name)}


def _has_other_open(change: Change, instance: Instance) -> bool:
    source_record = change.after["source_record"]
    rows = instance.store.find(ESCALATION, source_record=source_record) if source_record else []
    return any(row["state"] in OPEN_STATES and row["sys_id"] != change.sys_id for row in rows)


def _abort(rule: str) -> Abort:
    return Abort(rule, named(f"rule/{rule}"))
