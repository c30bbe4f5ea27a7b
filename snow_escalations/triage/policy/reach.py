"""Rules that can never decide: what they ask for cannot be, or an earlier rule takes all of it.

Each rule is reduced to what it accepts of each fact: a set of values, a range, and whether the fact may be unreadable.
Facts are taken to be independent of each other, and a rule is compared with one earlier rule at a time, so that what is
reported is certain and what is certain is not all reported.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from snow_escalations.model.evidence import FactValue
from snow_escalations.model.facts import FACTS, Kind
from snow_escalations.triage.policy.model import Condition, Policy, Rule


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a rule accepts of one fact.

    `values` is None where there are too many to list. The ends of the range are numbers, or hours, and belong to it
    unless they are open. `stops` says that the search ends with the rule if the fact is unreadable and all else fits.
    """

    values: frozenset[FactValue] | None = None
    low: float = 0.0
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    unreadable: bool = True
    stops: bool = True

    def holds(self, value: FactValue) -> bool:
        """Whether a readable value is accepted."""
        if self.values is not None and value not in self.values:
            return False
        if isinstance(value, str | bool) or value is None:
            return True
        above = value > self.low if self.low_open else value >= self.low
        return above and (value < self.high if self.high_open else value <= self.high)

    @property
    def readable(self) -> bool:
        """Whether any readable value is accepted."""
        if self.values is not None:
            return any(self.holds(value) for value in self.values)
        return self.low < self.high or (self.low == self.high and not self.low_open and not self.high_open)

    def within(self, other: "Accepted") -> bool:
        """Whether every readable value that is accepted here is accepted there."""
        if self.values is not None:
            return all(other.holds(value) for value in self.values if self.holds(value))
        if not self.readable:
            return True
        above = self.low > other.low or (self.low == other.low and (self.low_open or not other.low_open))
        below = self.high < other.high or (self.high == other.high and (self.high_open or not other.high_open))
        return other.values is None and above and below


def impossible(rule: Rule) -> Iterator[str]:
    """The facts of which a rule asks what cannot be."""
    for fact, accepted in _accepted(rule).items():
        if not accepted.readable and not accepted.unreadable:
            yield fact


def covered(policy: Policy) -> Iterator[tuple[int, int]]:
    """Pairs of a rule that can never decide and the earlier one that takes all of it, by their places in the list."""
    accepted = [_accepted(rule) for rule in policy.rules]
    for index, later in enumerate(accepted):
        first = next((place for place, earlier in enumerate(accepted[:index]) if _takes_all(earlier, later)), None)
        if first is not None:
            yield index, first


def _accepted(rule: Rule) -> dict[str, Accepted]:
    accepted: dict[str, Accepted] = {}
    for condition in rule.when:
        accepted[condition.fact] = _narrowed(accepted.get(condition.fact, _anything(condition.fact)), condition)
    return accepted


def _anything(fact: str) -> Accepted:
    spec = FACTS[fact]
    if spec.kind is Kind.BOOLEAN:
        return Accepted(values=frozenset({True, False}))
    closed = spec.kind is Kind.TEXT and not spec.is_open
    return Accepted(values=frozenset(spec.values) if closed else None)


def _narrowed(before: Accepted, condition: Condition) -> Accepted:
    wanted = condition.wanted
    if condition.matcher == "is_known":
        if wanted:
            return replace(before, unreadable=False, stops=False)
        return replace(before, values=frozenset())
    after = replace(before, unreadable=False)
    if isinstance(wanted, tuple) or condition.matcher == "equals":
        listed = frozenset(wanted if isinstance(wanted, tuple) else (wanted,))
        return replace(after, values=listed if after.values is None else after.values & listed)
    end, is_open = float(wanted or 0), condition.matcher in {"more_than", "less_than"}
    if condition.matcher in {"at_least", "more_than"}:
        narrower = (end, is_open) > (after.low, after.low_open)
        return replace(after, low=end, low_open=is_open) if narrower else after
    narrower = (-end, is_open) > (-after.high, after.high_open)
    return replace(after, high=end, high_open=is_open) if narrower else after


def _takes_all(earlier: dict[str, Accepted], later: dict[str, Accepted]) -> bool:
    """Whether the earlier rule matches, or ends the search unread, wherever the later one matches."""
    for fact, taken in earlier.items():
        wanted = later.get(fact, _anything(fact))
        if not wanted.within(taken) or (wanted.unreadable and not taken.stops):
            return False
    return True
