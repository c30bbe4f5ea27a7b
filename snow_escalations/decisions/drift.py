"""What changed since the plan was made. A person wins: what moved on is left alone."""

from snow_escalations.decisions.gate import GateRefusal
from snow_escalations.decisions.records import CaseNow, EscalationNow, Standing
from snow_escalations.model import Action, HoldCause, Outcome, RecordKey, ReplyTarget

WANTED = {Outcome.APPROVE: "approved", Outcome.REJECT: "rejected"}
_DECIDED = frozenset({"approved", "rejected"})
_CLOSED = frozenset({"closed", "cancelled"})


def is_decided_by_us(standing: Standing, outcome: Outcome, reference: str, own_user_name: str) -> bool:
    """Whether the approval has the wanted state by our own hand, in an earlier run.

    Our hand shows in the approval's own comments, which name the reply's reference, or else in the last writer: an API
    key or an OAuth client may not say under which user name it writes.
    """
    approval = standing.approval
    is_ours = reference in approval.comments or (
        own_user_name != "" and approval.updated_by.casefold() == own_user_name.casefold()
    )
    return approval.state.key == WANTED[outcome] and is_ours


def check_standing(escalation: RecordKey, standing: Standing, action: Action) -> None:
    """Refuse an escalation of which anything was decided or changed since the plan.

    Raises:
        GateRefusal: with what changed.
    """
    why = _changed_approval(standing, action) or _changed_escalation(standing.escalation, action.escalation_mod_count)
    if why is not None:
        raise GateRefusal(escalation.number, HoldCause.DRIFT, why, "Make a new plan")


def _changed_approval(standing: Standing, action: Action) -> str | None:
    approval, by = standing.approval, standing.approval.updated_by or "an unknown user"
    if approval.state.key != "requested":
        return f"the approval is {approval.state.value} now (last written by {by})"
    if approval.approver != action.approver:
        return f"the approval was given to another approver since the plan (by {by})"
    if _differs(action.approval_mod_count, approval.mod_count):
        return f"the approval was changed since the plan (by {by})"
    decided = next((row for row in standing.siblings if row.state.key in _DECIDED), None)
    if decided is not None:
        return f"another approver has {decided.state.value} it since the plan"
    count = len(standing.siblings) + 1
    if count != action.approvals:
        return f"the escalation has {count} approvals now, and had {action.approvals} when the plan was made"
    return None


def _changed_escalation(now: EscalationNow, expected: int | None) -> str | None:
    if now.state.key != "requested":
        return f"the escalation is {now.state.key} now"
    if _differs(expected, now.mod_count):
        return f"the escalation changed since the plan (sys_mod_count was {expected}, is {now.mod_count})"
    return None


def _differs(expected: int | None, seen: int | None) -> bool:
    return expected is not None and seen != expected


def check_case(escalation: RecordKey, target: ReplyTarget, case: CaseNow, expected_mod_count: int | None) -> None:
    """Refuse a case that changed since the plan, is closed, or whose comments cannot be read.

    Raises:
        GateRefusal: with what changed.
    """
    number = target.case.number
    if case.comments is None:
        raise GateRefusal(
            escalation.number,
            HoldCause.MISSING_EVIDENCE,
            f"the comments of {number} cannot be read, so it cannot be known whether it was already answered",
        )
    if case.state.key in _CLOSED:
        raise GateRefusal(escalation.number, HoldCause.DRIFT, f"{number} is {case.state.key} now and takes no comment")
    if expected_mod_count is not None and case.mod_count != expected_mod_count:
        raise GateRefusal(
            escalation.number,
            HoldCause.DRIFT,
            f"{number} changed since the plan (sys_mod_count was {expected_mod_count}, is {case.mod_count})",
            "Make a new plan",
        )
