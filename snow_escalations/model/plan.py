"""A plan: the verdicts of one pass as one unit that a person can read, compare and hand to `apply`."""

from datetime import datetime
from typing import Literal

from pydantic import Field, model_validator

from snow_escalations.model.base import Model
from snow_escalations.model.evidence import Evidence
from snow_escalations.model.records import RecordKey
from snow_escalations.model.verdict import Outcome, Verdict


class ReplyTarget(Model):
    """A case on which the reply is to be posted, with the state that the plan saw.

    `comments_seen` is the number of customer-visible comments at planning; one more means that the case moved on.
    """

    case: RecordKey
    mod_count: int | None
    comments_seen: int | None


class Action(Model):
    """What is to be written for a decision.

    `approval` is the one row of `sysapproval_approver` that is to be set, and `reference` the line by which the reply
    is found again in the journal of each case that it goes to.
    """

    approval: RecordKey
    reply: str
    reference: str
    targets: tuple[ReplyTarget, ...] = Field(min_length=1)


class Decision(Model):
    """What the plan wants done for one escalation: nothing of a hold, an action of every other verdict."""

    escalation: RecordKey
    source: RecordKey
    verdict: Verdict
    evidence: Evidence
    evidence_digest: str
    action: Action | None = None

    @model_validator(mode="after")
    def _action_fits(self) -> "Decision":
        if (self.action is None) is not (self.verdict.outcome is Outcome.HOLD):
            raise ValueError(f"the verdict {self.verdict.outcome.value} and the action do not fit together")
        return self


class Plan(Model):
    """The decisions of one pass, bound to an instance, a policy and a span of time."""

    format: Literal["snow-escalations plan 1"] = "snow-escalations plan 1"
    instance: str
    created_at: datetime
    expires_at: datetime
    policy_digest: str
    decisions: tuple[Decision, ...]
    digest: str = ""
