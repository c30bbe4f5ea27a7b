"""What became of a decision."""

from enum import StrEnum

from snow_escalations.model import HoldCause, Model, Outcome, RecordKey


class Status(StrEnum):
    """How the carrying out of one decision ended."""

    DONE = "done"
    ALREADY_DONE = "already_done"
    HELD = "held"
    FAILED = "failed"


class CarriedOut(Model):
    """One decision after it was carried out, or was not.

    `comments` and `states` count what was written by this run; `detail` says in a sentence what happened. `rolled_up`
    is the state of the escalation after the engine had time to follow, None where nothing was to follow.
    """

    escalation: RecordKey
    source: RecordKey
    outcome: Outcome
    status: Status
    detail: str
    cause: HoldCause | None = None
    comments: int = 0
    states: int = 0
    rolled_up: str | None = None
