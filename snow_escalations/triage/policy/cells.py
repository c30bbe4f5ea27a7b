"""The values of facts, cut into as few cells as the conditions of a policy can tell apart.

A cell is one bit of an integer. The first is "could not be read", the second "there is none", the others are values. A
duration has two *aspects*, hours of the clock and business hours; a list one for its length, one for each key and one
for each measure of its first deadline. Aspects are taken to be independent, of one fact or of several. So there seem to
be more combinations than there are, and what is proven of all of them is true of those that occur.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from snow_escalations.model.facts import FACTS, FactSpec, Kind
from snow_escalations.triage.policy.lengths import Length
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.steps import bounds_of, fitting, folded, listed, places_of, stretches

UNREADABLE, NONE = 1, 2
_FIRST_VALUE = 2
Aspect: TypeAlias = tuple[str, str]
"""A fact, and which of its aspects; `""` is the whole of it."""


class Truth(NamedTuple):
    """The cells of an aspect of which a condition is true, and those of which it is not false."""

    aspect: Aspect
    true: int
    live: int


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of all aspects that conditions look at."""

    domains: Mapping[Aspect, int]
    _places: Mapping[Aspect, Mapping[Any, int]]
    _truths: dict[Condition, Truth] = field(default_factory=dict)

    def truth(self, condition: Condition) -> Truth:
        """Where a condition with one aspect is true, and where it is not false."""
        known = self._truths.get(condition)
        if known is None:
            known = self._truths[condition] = self._truth(condition)
        return known

    def _truth(self, condition: Condition) -> Truth:
        aspect = aspect_of(condition)
        domain = self.domains[aspect]
        if condition.matcher == "is_known":
            true = domain & ~UNREADABLE if condition.wanted is True else domain & UNREADABLE
            return Truth(aspect, true, true)
        places = self._places[aspect]
        if condition.matcher == "contains":
            true = 1 << _FIRST_VALUE
        elif FACTS[condition.fact].kind in _BY_STEP:
            true = 0
            for first, last in fitting(condition, places):
                true |= ((1 << (last - first + 1)) - 1) << (first + _FIRST_VALUE)
        else:
            true = 0
            for wanted in listed(condition):
                text = folded(wanted) if FACTS[condition.fact].kind is Kind.NAME else wanted
                true |= 1 << (places[text] + _FIRST_VALUE)
        true &= domain
        return Truth(aspect, true, true | domain & UNREADABLE)


def aspect_of(condition: Condition) -> Aspect:
    """What a condition looks at; of several keys it looks at several, and `single` parts it first."""
    kind = FACTS[condition.fact].kind
    if condition.matcher == "is_known" or kind not in {Kind.DURATION, Kind.LIST}:
        return condition.fact, ""
    first = listed(condition)[0]
    if condition.matcher == "contains":
        return condition.fact, f"key {first}"
    if isinstance(first, Length):
        return condition.fact, "business hours" if first.is_business else "hours"
    return condition.fact, "length"


def single(condition: Condition) -> tuple[Condition, ...]:
    """Conditions of one aspect each, of which any must hold for this one to hold."""
    if condition.matcher != "contains":
        return (condition,)
    return tuple(Condition(condition.fact, "contains", (key,)) for key in listed(condition))


def cells_of(conditions: Iterable[Condition]) -> Cells:
    """The cells that conditions can tell apart."""
    by_aspect: dict[Aspect, list[Condition]] = {}
    for condition in dict.fromkeys(conditions):
        for part in single(condition):
            by_aspect.setdefault(aspect_of(part), []).append(part)
    domains: dict[Aspect, int] = {}
    places: dict[Aspect, Mapping[Any, int]] = {}
    for aspect, asked in by_aspect.items():
        spec = FACTS[aspect[0]]
        places[aspect], occurs = _values(spec, aspect[1], [item for item in asked if item.matcher != "is_known"])
        domain = UNREADABLE | (NONE if spec.none else 0)
        for place, found in enumerate(occurs, start=_FIRST_VALUE):
            domain |= found << place
        domains[aspect] = domain
    return Cells(domains, places)


_BY_STEP = frozenset({Kind.NUMBER, Kind.DATE, Kind.DURATION, Kind.LIST})


def _values(spec: FactSpec, aspect: str, asked: list[Condition]) -> tuple[Mapping[Any, int], list[bool]]:
    """The places of the values that conditions name, and of all places whether such a value occurs."""
    if spec.kind is Kind.BOOLEAN:
        return {True: 0, False: 1}, [True, True]
    if spec.kind in {Kind.TEXT, Kind.NAME}:
        fold = spec.kind is Kind.NAME
        named = [folded(text) if fold else text for item in asked for text in listed(item)]
        is_closed = spec.kind is Kind.TEXT and not spec.is_open
        texts = tuple(dict.fromkeys([*spec.values, *named]))
        return {text: place for place, text in enumerate(texts)}, [
            *(not is_closed or text in spec.values for text in texts),
            not is_closed,  # a text that nobody names
        ]
    if aspect.startswith("key "):
        return {}, [True, True]  # the list has it, or not
    bounds = bounds_of(asked)
    occurs = [_occurs(value, is_whole=aspect == "length") for value in stretches(bounds)]
    # A list may have no first deadline, or one that has passed.
    return places_of(bounds), [*occurs, spec.kind is Kind.LIST and aspect not in {"", "length"}]


def _occurs(value: Any, *, is_whole: bool) -> bool:
    """Whether there is such a value: none is negative, and lengths of lists are whole."""
    if value is None or isinstance(value, dt.date):
        return value is not None
    return bool(value >= 0) and (not is_whole or value == int(value))
