"""What a set of votes amounts to. No table, no clock: states in, outcome out."""

from collections.abc import Sequence

from snow_escalations.sandbox.approvals.vocabulary import APPROVED, PENDING, REJECTED, VOTES

ANY, ALL = "any", "all"


def outcome(states: Sequence[str], latest: str, *, approve_when: str, reject_when: str) -> str | None:
    """`approved`, `rejected`, or None while it is open, or if no rule matches although everybody has voted.

    Args:
        states: the state of each approval of one escalation.
        latest: the vote that is being counted; it decides where approval and rejection are both reached.
        approve_when: `any` approver or `all` of them must approve.
        reject_when: `any` approver or `all` of them must reject.
    """
    counted = [state for state in states if state in VOTES or state in PENDING]
    reached = [
        vote
        for vote, when in ((APPROVED, approve_when), (REJECTED, reject_when))
        if vote in counted and (when == ANY or all(state == vote for state in counted))
    ]
    if not reached:
        return None
    return latest if latest in reached else reached[0]
