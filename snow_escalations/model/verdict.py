"""Verdicts: what to do with one escalation, and why."""

from enum import StrEnum

from snow_escalations.model.base import Model
from snow_escalations.model.explanation import Branch, Clause, Explanation, Result, RuleTrace


class Outcome(StrEnum):
    """What a verdict says. There is no zero value: nothing is approved or rejected by default."""

    APPROVE = "approve"
    REJECT = "reject"
    HOLD = "hold"


class HoldCause(StrEnum):
    """Why a person must look."""

    POLICY = "policy"
    NO_RULE = "no_rule"
    MISSING_EVIDENCE = "missing_evidence"
    ERROR = "error"
    LIMIT = "limit"
    PAUSED = "paused"
    DRIFT = "drift"
    CONFLICT = "conflict"


class Verdict(Model):
    """What to do with one escalation; `cause` is set for a hold and for nothing else.

    `reply` names the template of the answer. `proposed` is what a rule would do where the policy leaves it to a person:
    the rule only proposes, or the account, severity or priority is never decided without one. The reply then stays.
    """

    outcome: Outcome
    rule: str | None
    cause: HoldCause | None
    explanation: Explanation
    reply: str | None = None
    proposed: Outcome | None = None

    @classmethod
    def trusted(  # noqa: PLR0917 called a hundred thousand times a second
        cls,
        outcome: Outcome,
        rule: str | None,
        cause: HoldCause | None,
        explanation: Explanation,
        reply: str | None,
        proposed: Outcome | None,
    ) -> "Verdict":
        """A verdict of parts that need no validation, as the judge's do not: made in a third of the time."""
        made = cls.__new__(cls)
        fields = {"outcome": outcome, "rule": rule, "cause": cause, "explanation": explanation}
        fields["reply"], fields["proposed"] = reply, proposed
        _set(made, "__dict__", fields)
        _set(made, "__pydantic_fields_set__", _FIELDS)
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made


_set = object.__setattr__
_FIELDS = set(Verdict.model_fields)

__all__ = ["Branch", "Clause", "Explanation", "HoldCause", "Outcome", "Result", "RuleTrace", "Verdict"]
