"""What a told-out scene of the demo desk consists of: a source record, its thread, and the escalations about it.

Ages count back from the desk's `now`: `9d`, `26h`, `40m`. A thread is one line of beats, oldest first:

    "21d 20d:take 19d:give 9d!:update 4d:chase"

The first age is when the case was opened. Each further beat takes the topic's or the voice's next text of that kind
(`shapes.py` names the kinds). Ages in days count working days and hours of whoever writes, five sevenths of a working
day for each day, so that nobody writes at night or at a weekend; those in hours or minutes, or marked `!`, are exact.
"""

from typing import NamedTuple

INACTIVITY, LACK_OF_PROGRESS, DEADLINE, EXECUTIVE = "0", "1", "2", "3"
"""Values of `reason`: the three base ones, and the local choice "Executive Visibility"."""

REQUESTED, ESCALATED, DECLINED, CLOSED, DE_ESCALATION_REQUESTED = "100", "101", "102", "103", "104"
"""Values of the escalation's `state`."""

HIGH, MEDIUM = "High Severity", "Medium Severity"
"""Names of the two base severities."""


class Vote(NamedTuple):
    """One `sysapproval_approver` row of an escalation.

    Attributes:
        approver: user name; "" for the one whom the desk picks.
        state: state of the row.
        comment: what was written on the approval itself.
        actor: user name of who decided, if it was not the approver.
        document_only: linked by `document_id` alone, `sysapproval` stays empty.
    """

    approver: str = ""
    state: str = "requested"
    comment: str = ""
    actor: str = ""
    document_only: bool = False


class Request(NamedTuple):
    """One escalation. Empty ages mean that the step has not been taken; `requester` "" is the contact of the case."""

    name: str
    asked: str
    reason: str
    justification: str
    votes: tuple[Vote, ...] = (Vote(),)
    state: str = REQUESTED
    decided: str = ""
    closed: str = ""
    severity: str = MEDIUM
    template: str = "Case Escalation"
    requester: str = ""
    trend: str = ""
    ending: str = ""


class Said(NamedTuple):
    """Words of this scene alone: `who` is `agent`, `customer` or `note` (the agent, internally)."""

    age: str
    who: str
    text: str


class Scene(NamedTuple):
    """One source record, a case or (with `related` open cases) an account, and what was escalated about it.

    Attributes:
        topic: key of the topic that the thread tells.
        language: language of the account to pick; "" for that of the topic.
        executive: `first|last|gender|title` of a person of rank at the customer, who becomes a contact on the
            watch list.
        related: for an account escalation, how many cases it is about, that of the thread included.
        reassigned: how often the case changed hands.
    """

    topic: str
    thread: str
    requests: tuple[Request, ...]
    said: tuple[Said, ...] = ()
    priority: str = "2"
    state: str = "10"
    language: str = ""
    executive: str = ""
    related: int = 0
    reassigned: int = 0
