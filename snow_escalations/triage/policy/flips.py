"""The nearest flips: the smallest change of one fact that changes the verdict, found by judging again.

What is tried of a fact are the values that the policy tells apart: the bounds that it names and what lies just beside
them, the texts that it names, there being none. A change of a number is as large as its share of the larger number, one
of anything else is 1 for each thing that changes, and reading what could not be read is the largest.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeAlias, cast

from snow_escalations.model import Evidence, Fact, Outcome, Verdict
from snow_escalations.model.evidence import FactValue, Span
from snow_escalations.model.facts import FACTS, FactSpec, Kind
from snow_escalations.model.items import DeadlineItem, Item
from snow_escalations.triage.calendars import BusinessCalendar
from snow_escalations.triage.policy.compiled import ABSENT
from snow_escalations.triage.policy.evidence_words import deadline, instant_before, item_of_key, unread
from snow_escalations.triage.policy.judge import judge
from snow_escalations.triage.policy.lengths import Length
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.spans import Around
from snow_escalations.triage.policy.steps import days_beside, listed
from snow_escalations.triage.policy.values import shown_value

_MINUTE = 1 / 60
_UNREAD_SIZE = 2.0
_FAR = 720.0
"""Hours to a deadline of which only counts that there is one."""
_SENT = {Outcome.APPROVE: "be approved", Outcome.REJECT: "be rejected", Outcome.HOLD: "be held"}
Change: TypeAlias = tuple[FactValue | None, float]


class Flip(NamedTuple):
    """A change of one fact that changes the verdict: to which value, how large, to which outcome and by which rule."""

    fact: str
    value: FactValue | None
    size: float
    outcome: Outcome
    rule: str | None
    words: str


def nearest_flips(
    evidence: Evidence,
    policy: Policy,
    now: dt.datetime,
    calendar: BusinessCalendar | None = None,
    decide: Callable[[Evidence], Verdict] | None = None,
) -> tuple[Flip, ...]:
    """The smallest change of each fact for each other outcome, the smallest of all first.

    Args:
        evidence: the facts.
        policy: what they are judged by.
        now: the instant of the evidence, from which the dates of other deadlines follow.
        calendar: that of the account, so that a time has the business hours that it can have.
        decide: the whole verdict on such facts, where more than the policy can hold; it may only hold besides.
    """
    decide = decide or partial(judge, policy=policy)
    around, before = Around(now, calendar), decide(evidence).outcome
    nearest: dict[tuple[str, Outcome], Flip] = {}
    for name, conditions in _by_fact(policy).items():
        spec = FACTS[name]
        is_business = any(isinstance(item, Length) and item.is_business for one in conditions for item in listed(one))
        fact = evidence.facts.get(name) or unread(name, ABSENT)
        for value, size in _changes(spec, conditions, fact, around):
            other_fact = Fact(name, value, fact.unit, fact.source, since=instant_before(spec, value, now))
            changed = Evidence({**evidence.facts, name: other_fact})
            verdict = judge(changed, policy)
            known = nearest.get((name, verdict.outcome))
            if verdict.outcome is before or (known is not None and known.size <= size):
                continue
            if verdict.outcome is not Outcome.HOLD and decide(changed).outcome is not verdict.outcome:
                continue
            other = _shown(value, is_business=is_business)
            words = f"if {name} were {other} ({_seen(fact)}), it would {_SENT[verdict.outcome]}"
            nearest[name, verdict.outcome] = Flip(name, value, size, verdict.outcome, verdict.rule, words)
    return tuple(sorted(nearest.values(), key=lambda flip: (flip.size, flip.fact, flip.outcome.value)))


def _by_fact(policy: Policy) -> dict[str, list[Condition]]:
    found: dict[str, list[Condition]] = {}
    for condition, _ in policy.compiled.bits:
        found.setdefault(condition.fact, []).append(condition)
    return found


def _changes(spec: FactSpec, conditions: list[Condition], fact: Fact, around: Around) -> Iterator[Change]:
    """Values that a fact could have instead, each with the size of the change."""
    compared = [item for item in conditions if item.matcher != "is_known"]
    readable = fact.unreadable is None
    if spec.none and (not readable or fact.value is not None):
        yield None, 1.0 if readable else _UNREAD_SIZE
    values: Iterable[Change]
    now = cast("Any", fact.value)
    if spec.kind is Kind.DURATION:
        values = _spans(compared, now, around)
    elif spec.kind is Kind.LIST:
        values = _lists(spec, compared, now, around)
    elif spec.kind in {Kind.NUMBER, Kind.DATE}:
        values = ((value, _distance(now, value)) for item in compared for value in _beside(spec, item))
    elif spec.kind is Kind.BOOLEAN:
        values = ((value, 1.0) for value in (True, False))
    else:
        named = (text for item in compared for text in listed(item))
        values = ((text, 1.0) for text in dict.fromkeys([*(spec.values if spec.kind is Kind.TEXT else ()), *named]))
    for value, size in values:
        if not readable:
            yield value, _UNREAD_SIZE
        elif value != now:
            yield value, size


def _beside(spec: FactSpec, condition: Condition) -> Iterator[Any]:
    for bound in listed(condition):
        if spec.kind is Kind.DATE:
            yield bound
            yield from days_beside(bound)
        else:
            yield from (value for value in (bound - 1, bound, bound + 1) if value >= 0)


def _distance(now: Any, value: Any) -> float:
    """How far a value is from the present one, as a share of the larger."""
    if now is None:
        return 1.0
    if isinstance(value, dt.date):
        days = abs((value - now).days)
        return float(days / (days + 30))
    return float(abs(value - now) / max(abs(value), abs(now), 1))


def _spans(conditions: list[Condition], now: Span | None, around: Around) -> Iterator[Change]:
    for condition in conditions:
        for bound in listed(condition):
            for hours in (bound.hours - _MINUTE, bound.hours, bound.hours + _MINUTE):
                if hours < 0:
                    continue
                other = around.since(hours, now, is_business=bound.is_business)
                if other is not None:
                    is_now = None if now is None else now.business_hours if bound.is_business else now.hours
                    yield other, _distance(is_now, hours)


def _lists(
    spec: FactSpec, conditions: list[Condition], now: tuple[Item, ...] | None, around: Around
) -> Iterator[Change]:
    items = now or ()
    if items or now is None:
        yield (), float(max(len(items), 1))
    for condition in conditions:
        for wanted in listed(condition):
            if isinstance(wanted, Length):
                yield from _deadlines(wanted, items, around)
            elif isinstance(wanted, str):
                yield from _keys(spec, wanted, items)
            else:
                for count in (wanted - 1, wanted, wanted + 1):
                    if count >= 0 and count != len(items):
                        more = tuple(_another(spec, around) for _ in range(count - len(items)))
                        yield (*items[:count], *more), float(abs(count - len(items)))


def _another(spec: FactSpec, around: Around) -> Item:
    return (
        item_of_key(spec, spec.values[0])
        if spec.values
        else around.ahead(_FAR, None, is_business=False) or deadline(_FAR, now=around.instant)
    )


def _keys(spec: FactSpec, key: str, items: tuple[Item, ...]) -> Iterator[Change]:
    without = tuple(item for item in items if item.key != key)
    if len(without) < len(items):
        yield without, float(len(items) - len(without))
    elif spec.values:
        yield (*items, item_of_key(spec, key)), 1.0


def _deadlines(wanted: Length, items: tuple[Item, ...], around: Around) -> Iterator[Change]:
    first = items[0] if items and isinstance(items[0], DeadlineItem) else None
    for hours in (wanted.hours, wanted.hours + _MINUTE):
        moved = around.ahead(hours, first, is_business=wanted.is_business)
        if moved is not None:
            is_now = None if first is None else first.business_hours_left if wanted.is_business else first.hours_left
            yield (moved, *items[1:]), _distance(is_now, hours)


def _shown(value: FactValue | None, *, is_business: bool) -> str:
    """A value in words; of a time that is all business that it is, where the policy asks for business hours."""
    if is_business and isinstance(value, Span) and value.hours == value.business_hours:
        return f"{shown_value(value)}, all of them business hours"
    return shown_value(value)


def _seen(fact: Fact) -> str:
    return f"it is {shown_value(fact.value)}" if fact.unreadable is None else f"could not be read: {fact.unreadable}"
