"""A plan: the verdicts of one pass as one unit that a person can read, compare and hand to `apply`."""

from typing import Literal

from pydantic import AwareDatetime, Field, model_validator

from snow_escalations.model.base import Model
from snow_escalations.model.evidence import Evidence
from snow_escalations.model.records import RecordKey
from snow_escalations.model.verdict import Outcome, Verdict


class ReplyTarget(Model):
    """A case with the reply to be posted on it, and its `sys_mod_count` at planning: another one means drift."""

    case: RecordKey
    mod_count: int | None
    reply: str


class Action(Model):
    """What is to be written for a decision.

    `approval` is the one row of `sysapproval_approver` that is to be set, and `reference` the line by which the reply
    is found again in the journal of each case that it goes to. The rest is what the plan saw: `approver` (a sys_id) and
    `approval_mod_count` of that row, how many `approvals` the escalation had, and `escalation_mod_count`.
    """

    approval: RecordKey
    approver: str
    approval_mod_count: int | None
    approvals: int
    escalation_mod_count: int | None
    reference: str
    targets: tuple[ReplyTarget, ...] = Field(min_length=1)

    @property
    def reply(self) -> str:
        """The reply on the first case; on others it differs in the names of case and contact."""
        return self.targets[0].reply


class Decision(Model):
    """What the plan wants done for one escalation: nothing of a hold, an action of every other verdict."""

    escalation: RecordKey
    source: RecordKey
    verdict: Verdict
    evidence: Evidence
    action: Action | None = None

    @model_validator(mode="after")
    def _action_fits(self) -> "Decision":
        if (self.action is None) is not (self.verdict.outcome is Outcome.HOLD):
            raise ValueError(f"the verdict {self.verdict.outcome.value} and the action do not fit together")
        return self


class Unread(Model):
    """What waited beside the escalations of a pass and could not be read.

    `approvals` are the sys_ids of approvals whose escalation is missing or closed to the account. `withheld` counts
    further ones, which are hidden from it themselves; None where the instance does not say.
    """

    approvals: tuple[str, ...] = ()
    withheld: int | None = None

    @property
    def count(self) -> int:
        """How many approvals are known to wait for what could not be read."""
        return len(self.approvals) + (self.withheld or 0)


class Plan(Model):
    """The decisions of one pass, bound to an instance, a policy and a span of time.

    `judged_at` is the instant of which the records were judged, `created_at` when the plan was made; they differ where
    somebody asks what would have been decided at another time. `unread` is what waited and could not be read, None in
    a plan that is not about all that waits.
    """

    format: Literal["snow-escalations plan 2"] = "snow-escalations plan 2"
    instance: str
    created_at: AwareDatetime
    expires_at: AwareDatetime
    judged_at: AwareDatetime
    policy_digest: str
    decisions: tuple[Decision, ...]
    unread: Unread | None = None
    digest: str = ""
