"""The record of a judgement, spelled out: rule by rule what was asked, what was seen, and how that went."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from snow_escalations.model import Branch, Clause, Evidence, Explanation, Fact, Outcome, RuleTrace, Source
from snow_escalations.model.explanation import RESULTS, Made, Result
from snow_escalations.model.facts import FACTS
from snow_escalations.triage.policy.compiled import ABSENT, Compiled, CompiledRule, Guard
from snow_escalations.triage.policy.conditions import Node
from snow_escalations.triage.policy.matchers import Condition

_DONE = {Outcome.APPROVE: "approved", Outcome.REJECT: "rejected", Outcome.HOLD: "held"}
_NOWHERE = Source(table="", field="")


class Ending(StrEnum):
    """How the search for a rule ended."""

    DECIDED = "decided"
    PROPOSED = "proposed"
    MISSING = "missing"
    DOUBT = "doubt"
    NO_RULE = "no rule"
    BACKLOG = "backlog"
    BACKLOG_UNKNOWN = "backlog unknown"
    NEVER_AUTO = "never auto"
    NEVER_AUTO_UNKNOWN = "never auto unknown"


class Record(Explanation):
    """What was compared: the conditions that matched and those that are unknown, as the bits of `compiled`.

    `by` is the rule that ended the search, `doubtful` the one because of which a rejection was not believed.
    """

    __slots__ = ("by", "compiled", "doubtful", "ending", "evidence", "matched", "unknown")

    def __init__(  # noqa: PLR0917 called a hundred thousand times a second
        self,
        compiled: Compiled,
        evidence: Evidence,
        compared: tuple[int, int],
        ending: Ending,
        by: CompiledRule | None = None,
        doubtful: CompiledRule | None = None,
    ) -> None:
        self._made = None
        self.compiled = compiled
        self.evidence = evidence
        self.matched, self.unknown = compared
        self.ending = ending
        self.by = by
        self.doubtful = doubtful

    def _make(self) -> Made:
        rules = tuple(self._rules())
        return _sentence(self, rules), rules

    @property
    def first_doubt(self) -> int:
        """The place of the doubtful rule among the rules that were tried."""
        before = 0 if self.compiled.start is None else 1
        return before + (0 if self.doubtful is None else self.doubtful.place)

    def _rules(self) -> Iterator[RuleTrace]:
        compiled = self.compiled
        if compiled.start is not None:
            yield self._guard(compiled.start)
        if self.ending in {Ending.BACKLOG, Ending.BACKLOG_UNKNOWN}:
            return
        last = len(compiled.rules) if self.by is None else self.by.place + 1
        for item in compiled.rules[:last]:
            rule = item.rule
            parts = tuple(self._part(part) for part in rule.when.parts)
            yield RuleTrace(rule.name, _all(parts), parts, "rule", rule.mode.value, rule.verdict.value)
        if self.ending in {Ending.NEVER_AUTO, Ending.NEVER_AUTO_UNKNOWN} or (
            self.ending is Ending.DECIDED and self.by is not None and self.by.rule.verdict is not Outcome.HOLD
        ):
            for guard in compiled.never_auto:
                yield self._guard(guard)

    def _guard(self, guard: Guard) -> RuleTrace:
        clause = self._clause(guard.condition)
        return RuleTrace(guard.name, clause.result, (clause,), "guard")

    def _part(self, node: Node) -> Clause | Branch:
        if isinstance(node, Condition):
            return self._clause(node)
        parts = tuple(self._part(part) for part in node.parts)
        if node.kind == "any":
            return Branch("any", _any(parts), parts)
        return Branch(node.kind, _turned(_all(parts)) if node.kind == "not" else _all(parts), parts)

    def _clause(self, condition: Condition) -> Clause:
        state = self.compiled.state(condition, self.matched, self.unknown)
        return clause_of(condition, self.evidence.facts, RESULTS[state])


def clause_of(condition: Condition, facts: Mapping[str, Fact], result: Result) -> Clause:
    """A comparison with what was seen, and where."""
    fact = facts.get(condition.fact)
    return Clause(
        fact=condition.fact,
        matcher=condition.matcher,
        wanted=condition.wanted_json,
        result=result,
        seen=None if fact is None else fact.value,
        unit=FACTS[condition.fact].unit,
        source=_NOWHERE if fact is None else fact.source,
        quotes=() if fact is None else fact.quotes,
        because=ABSENT if fact is None else fact.unreadable or (fact.note if result == "unknown" else ""),
    )


def _all(parts: Iterable[Clause | Branch]) -> Result:
    results = {part.result for part in parts}
    if "not_matched" in results:
        return "not_matched"
    return "unknown" if "unknown" in results else "matched"


def _any(parts: Iterable[Clause | Branch]) -> Result:
    results = {part.result for part in parts}
    if "matched" in results:
        return "matched"
    return "unknown" if "unknown" in results else "not_matched"


def _turned(result: Result) -> Result:
    if result == "unknown":
        return "unknown"
    return "not_matched" if result == "matched" else "matched"


def _sentence(record: Record, rules: tuple[RuleTrace, ...]) -> str:
    if record.by is None:
        return _without_rule(record, rules)
    name, verdict = record.by.rule.name, record.by.rule.verdict
    if record.ending is Ending.DECIDED:
        return f"{_DONE[verdict]} because {name}"
    if record.ending is Ending.PROPOSED:
        return f"held because the rule only proposes; it would be {_DONE[verdict]} because {name}"
    if record.ending is Ending.MISSING:
        return f'held because the rule "{name}" depends on what could not be read ({_reasons(rules[-1])})'
    if record.doubtful is not None:
        return (
            f"held because no rejection may rest on what could not be read ({_reasons(rules[record.first_doubt])}; the "
            f'rule "{name}" would reject)'
        )
    wanted: Result = "matched" if record.ending is Ending.NEVER_AUTO else "unknown"
    guard = next(rule for rule in rules[len(rules) - len(record.compiled.never_auto) :] if rule.result == wanted)
    why = guard.rule if wanted == "matched" else f"it cannot be told whether {guard.rule} ({_reasons(guard)})"
    return f'held because {why} (the rule "{name}" would {verdict.value})'


def _without_rule(record: Record, rules: tuple[RuleTrace, ...]) -> str:
    if record.ending is Ending.BACKLOG:
        return f"held because {rules[0].rule}"
    if record.ending is Ending.BACKLOG_UNKNOWN:
        return f"held because it cannot be told whether {rules[0].rule} ({_reasons(rules[0])})"
    return "held because no rule matches"


def _reasons(rule: RuleTrace) -> str:
    unknown = dict.fromkeys(f"{clause.fact}: {clause.because}" for clause in unknown_clauses(rule.parts))
    return "; ".join(unknown)


def unknown_clauses(parts: Iterable[Clause | Branch]) -> Iterator[Clause]:
    """The comparisons because of which the whole is unknown."""
    for part in parts:
        if part.result == "unknown":
            if isinstance(part, Clause):
                yield part
            else:
                yield from unknown_clauses(part.parts)
