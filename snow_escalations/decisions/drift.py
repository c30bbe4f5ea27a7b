"""What changed since the plan was made. A person wins: what moved on is left alone."""

from snow_escalations.decisions.gate import GateRefusal
from snow_escalations.decisions.records import ApprovalNow, CaseNow
from snow_escalations.model import HoldCause, Outcome, RecordKey, ReplyTarget

WANTED = {Outcome.APPROVE: "approved", Outcome.REJECT: "rejected"}
_CLOSED = frozenset({"closed", "cancelled"})


def check_approval(escalation: RecordKey, approval: ApprovalNow, outcome: Outcome, own_user_name: str) -> bool:
    """Whether the approval already has the wanted state by our own hand, in an earlier run.

    Raises:
        GateRefusal: somebody else decided it, or it does not wait any more.
    """
    if approval.state.key == "requested":
        return False
    if approval.state.key == WANTED[outcome] and own_user_name and approval.updated_by == own_user_name:
        return True
    raise GateRefusal(
        escalation.number,
        HoldCause.DRIFT,
        f"the approval is {approval.state.value} now (last written by {approval.updated_by or 'an unknown user'})",
    )


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
