"""Verdicts, and the explanation that is built where the comparison happens."""

from enum import StrEnum
from typing import Literal

from snow_escalations.model.base import Model
from snow_escalations.model.evidence import FactValue


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


class Clause(Model):
    """One comparison of a rule: the fact, what was seen, what it was compared with, and how that went."""

    fact: str
    matcher: str
    wanted: FactValue | tuple[FactValue, ...]
    seen: FactValue | None
    unit: str = ""
    result: Literal["matched", "not_matched", "unknown"]
    because: str = ""


class RuleTrace(Model):
    """One rule with its comparisons. Rules after the deciding one are not traced: first match wins."""

    rule: str
    result: Literal["matched", "not_matched", "unknown"]
    clauses: tuple[Clause, ...] = ()


class Explanation(Model):
    """Why the verdict is what it is: a sentence, and the rules in the order in which they were tried."""

    sentence: str
    rules: tuple[RuleTrace, ...] = ()


class Verdict(Model):
    """What to do with one escalation; `cause` is set for a hold and for nothing else."""

    outcome: Outcome
    rule: str | None
    cause: HoldCause | None
    explanation: Explanation
    reply: str | None = None
