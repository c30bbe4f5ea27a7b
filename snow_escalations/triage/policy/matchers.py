"""Matchers: which fit a fact, and what they compare with."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias, cast

from snow_escalations.documents import suggest
from snow_escalations.model.explanation import Wanted as WantedJson
from snow_escalations.model.facts import FactSpec, Kind
from snow_escalations.model.items import DeadlineItem
from snow_escalations.triage.policy.lengths import Length, day, length, shown

MOST_ITEMS = 1000
"""The largest number that the length of a list may be compared with: texts name no more of anything."""
ORDERED = ("at_least", "at_most", "more_than", "less_than")
MATCHERS: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("equals", "one_of", "is_known"),
    Kind.NAME: ("equals", "one_of", "is_known"),
    Kind.BOOLEAN: ("equals", "is_known"),
    Kind.NUMBER: ("equals", "one_of", *ORDERED, "between", "is_known"),
    Kind.DURATION: (*ORDERED, "between", "is_known"),
    Kind.DATE: ("equals", *ORDERED, "between", "is_known"),
    Kind.LIST: ("contains", "equals", *ORDERED, "within", "is_known"),
}
Single: TypeAlias = str | int | float | bool | dt.date | Length
Wanted: TypeAlias = Single | tuple[Single, ...]


class Condition(NamedTuple):
    """One fact and what is asked of it."""

    fact: str
    matcher: str
    wanted: Wanted

    @property
    def wanted_json(self) -> WantedJson:
        """What it compares with, as the policy writes it."""
        if not isinstance(self.wanted, tuple) or isinstance(self.wanted, Length):
            return cast("WantedJson", _plain(self.wanted))
        if self.matcher == "contains" and len(self.wanted) == 1:
            return cast("WantedJson", self.wanted[0])
        return cast("WantedJson", [_plain(item) for item in self.wanted])


def _plain(value: Single) -> str | int | float | bool:
    if isinstance(value, Length):
        return value.text
    return value.isoformat() if isinstance(value, dt.date) else value


def matchers_of(spec: FactSpec) -> tuple[str, ...]:
    """The matchers that fit a fact."""
    has_deadline = spec.item is DeadlineItem
    return tuple(name for name in MATCHERS[spec.kind] if name != "within" or has_deadline)


class UnfitItems(ValueError):
    """Items of a list do not fit: `troubles` says of each, by its place, why not."""

    def __init__(self, troubles: Mapping[int, str]) -> None:
        super().__init__("; ".join(troubles.values()))
        self.troubles = troubles


def wanted_of(spec: FactSpec, matcher: str, value: Any) -> Wanted:
    """What a matcher compares with.

    Raises:
        ValueError: it does not fit the matcher or the fact; UnfitItems where items of it do not.
    """
    if matcher == "is_known":
        if not isinstance(value, bool):
            raise ValueError(f"`is_known` takes true or false, not {shown(value)}")
        return value
    if matcher == "within":
        return length(value)
    if matcher == "contains":
        return _several(spec, _key, value if isinstance(value, list) else [value])
    if matcher == "one_of":
        return _several(spec, _single, value)
    if matcher == "between":
        return _between(spec, value)
    return _count(spec, value) if spec.kind is Kind.LIST else _single(spec, value)


def _several(spec: FactSpec, single: Callable[[FactSpec, Any], Single], value: Any) -> tuple[Single, ...]:
    if not isinstance(value, list) or not value:
        what = "an empty one" if isinstance(value, list) else shown(value)
        matcher = "contains" if single is _key else "one_of"
        raise ValueError(f"`{matcher}` takes a list that is not empty, not {what}")
    return _each(spec, single, value, once=True)


def _each(
    spec: FactSpec, single: Callable[[FactSpec, Any], Single], items: list[Any], *, once: bool
) -> tuple[Single, ...]:
    """What is made of each item, or what is wrong with each that does not fit, or stands there again unless it may."""
    made: list[Single] = []
    troubles: dict[int, str] = {}
    seen: set[Any] = set()
    for place, item in enumerate(items):
        try:
            made.append(single(spec, item))
        except ValueError as error:
            troubles[place] = str(error)
            continue
        if once and item in seen:
            troubles[place] = f"{shown(item)} is listed twice"
        seen.add(item)
    if troubles:
        raise UnfitItems(troubles)
    return tuple(made)


def _between(spec: FactSpec, value: Any) -> tuple[Single, ...]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("`between` takes a list of the lowest and the highest value, both included")
    low, high = _each(spec, _single, value, once=False)
    if isinstance(low, Length) and isinstance(high, Length) and low.is_business is not high.is_business:
        raise ValueError("`between` takes two durations of one measure: business hours, or hours of the clock")
    if cast("Any", low) > high:
        raise ValueError(f"`between` is from low to high, and {_plain(low)} is more than {_plain(high)}")
    return low, high


def _key(spec: FactSpec, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"`contains` takes a key of `{spec.name}`, or a list of keys, not {shown(value)}")
    if not spec.values:
        return day(value).isoformat()
    return value


def _count(spec: FactSpec, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"`{spec.name}` is a list; this compares the number of its items, and {shown(value)} is none")
    if value > MOST_ITEMS:
        raise ValueError(
            f"`{spec.name}` is a list; this compares the number of its items, and {value} is more than {MOST_ITEMS}, "
            "the limit; write a number that a list may have"
        )
    return value


def _single(spec: FactSpec, value: Any) -> Single:
    if spec.kind is Kind.DURATION:
        return length(value)
    if spec.kind is Kind.DATE:
        return day(value)
    if spec.kind is Kind.BOOLEAN and not isinstance(value, bool):
        raise ValueError(f"`{spec.name}` is true or false, it cannot be compared with {shown(value)}")
    if spec.kind is Kind.NUMBER:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"`{spec.name}` is a number, it cannot be compared with {shown(value)}")
        if value < 0:
            raise ValueError(f"`{spec.name}` is never negative")
    if spec.kind in {Kind.TEXT, Kind.NAME} and (not isinstance(value, str) or not value.strip()):
        quote = "; quote it if it is meant as text" if isinstance(value, int | float) else ""
        raise ValueError(f"`{spec.name}` is a text, it cannot be compared with {shown(value)}{quote}")
    return cast("Single", value)


def unknown_matcher(spec: FactSpec, matcher: str) -> str:
    """What to say of a matcher that does not fit a fact."""
    known = matchers_of(spec)
    hint = suggest(matcher, known) or f"; known: {', '.join(known)}"
    return f"`{matcher}` cannot be asked of `{spec.name}`, which is a {spec.kind.value}{hint}"
