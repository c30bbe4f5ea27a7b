"""What the approval engine and the escalation rules write into journals, word for word.

The notes on the case are those of `sn_customerservice.EscalationUtils` as published from live instances; that of a
decline is published in part (`...has declined escalation ...`). The history line is that of the base rule "approval
events".
"""


def requested(user: str, number: str) -> str:
    """The case was escalated by the person named `user`."""
    return f"{user} has requested to escalate this Case. {number} created."


def approved(number: str) -> str:
    """The escalation was approved without anybody's decision: its template skips approval, or it has no approvers."""
    return f"Escalation {number} has been approved."


def approved_by(user: str, number: str) -> str:
    """Somebody approved the escalation."""
    return f"{user} has approved escalation {number}."


def declined_by(user: str, number: str) -> str:
    """Somebody declined the escalation; the reason is not part of the note."""
    return f"{user} has declined escalation {number}."


def closed(number: str) -> str:
    """The escalation was closed: the case is no longer escalated."""
    return f"Escalation {number} has been closed."


def updated(number: str, what: str) -> str:
    """Something else about the escalation changed."""
    return f"Escalation {number} has updated: {what}."


def trend_changed(number: str, trend: str) -> str:
    """The escalation's trend changed."""
    return f"Escalation {number} trend has changed to {trend}."


def history(approver: str, state: str, comments: str) -> str:
    """The line in `approval_history` of the escalation after a vote."""
    line = f"{approver} {state} the task."
    return f"{line}\n\nApproval comments:\n{comments}" if comments else line
