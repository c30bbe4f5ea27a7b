"""Evidence against a policy: three-valued, first match wins, and the explanation is what was compared.

A matcher over a fact that could not be read is unknown. A rule that would match but for unknown clauses ends the search
with a hold: it never falls through to a later rule, which might reject.
"""

import operator
from collections.abc import Callable
from typing import Any, Literal

from snow_escalations.model import Clause, Evidence, Explanation, Fact, HoldCause, Outcome, RuleTrace, Verdict
from snow_escalations.triage.policy.model import Condition, Policy, Rule

Result = Literal["matched", "not_matched", "unknown"]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "equals": operator.eq,
    "one_of": lambda seen, wanted: seen in wanted,
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "less_than": operator.lt,
}
_DONE = {Outcome.APPROVE: "approved", Outcome.REJECT: "rejected", Outcome.HOLD: "held"}


def judge(evidence: Evidence, policy: Policy) -> Verdict:
    """The verdict of the first rule that matches; without one, a hold."""
    traces: list[RuleTrace] = []
    for rule in policy.rules:
        trace = _trace(rule, evidence)
        traces.append(trace)
        if trace.result == "matched":
            return _decided(rule, tuple(traces))
        if trace.result == "unknown":
            return _missing(rule, trace, tuple(traces))
    sentence = "held because no rule matches"
    return Verdict(
        outcome=Outcome.HOLD,
        rule=None,
        cause=HoldCause.NO_RULE,
        explanation=Explanation(sentence=sentence, rules=tuple(traces)),
    )


def _decided(rule: Rule, traces: tuple[RuleTrace, ...]) -> Verdict:
    return Verdict(
        outcome=rule.verdict,
        rule=rule.name,
        cause=HoldCause.POLICY if rule.verdict is Outcome.HOLD else None,
        explanation=Explanation(sentence=f"{_DONE[rule.verdict]} because {rule.name}", rules=traces),
        reply=rule.reply,
    )


def _missing(rule: Rule, trace: RuleTrace, traces: tuple[RuleTrace, ...]) -> Verdict:
    unknown = [clause for clause in trace.clauses if clause.result == "unknown"]
    reasons = "; ".join(f"{clause.fact}: {clause.because}" for clause in unknown)
    sentence = f'held because the rule "{rule.name}" depends on what could not be read ({reasons})'
    return Verdict(
        outcome=Outcome.HOLD,
        rule=rule.name,
        cause=HoldCause.MISSING_EVIDENCE,
        explanation=Explanation(sentence=sentence, rules=traces),
    )


def _trace(rule: Rule, evidence: Evidence) -> RuleTrace:
    clauses = tuple(_compared(condition, evidence.fact(condition.fact)) for condition in rule.when)
    results = {clause.result for clause in clauses}
    result: Result = "matched"
    if "not_matched" in results:
        result = "not_matched"
    elif "unknown" in results:
        result = "unknown"
    return RuleTrace(rule=rule.name, result=result, clauses=clauses)


def _compared(condition: Condition, fact: Fact) -> Clause:
    if condition.matcher == "is_known":
        result: Result = "matched" if fact.is_known is condition.wanted else "not_matched"
        because = ""
    elif fact.unreadable is not None:
        result, because = "unknown", fact.unreadable
    else:
        holds = _COMPARE[condition.matcher](fact.value, condition.wanted)
        result, because = ("matched" if holds else "not_matched"), ""
    return Clause(
        fact=condition.fact,
        matcher=condition.matcher,
        wanted=condition.wanted,
        seen=fact.value,
        unit=fact.unit,
        result=result,
        because=because,
    )
