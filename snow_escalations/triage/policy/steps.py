"""Where comparisons change their answers: the bounds that conditions name, and the stretches between them.

Between n bounds there are 2n + 1 stretches: what is below the first, the first itself, what is before the second, and
so on to what is above the last. A value lies in the stretch `bisect_right(keys_of(bounds), value)`.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from operator import xor
from typing import Any
from unicodedata import normalize

from snow_escalations.triage.policy.lengths import Length
from snow_escalations.triage.policy.matchers import Condition

DAY = dt.timedelta(days=1)


def bounds_of(conditions: Iterable[Condition]) -> tuple[Any, ...]:
    """The values that conditions compare with, in order; of lengths their hours."""
    bounds: set[Any] = set()
    for condition in conditions:
        if condition.matcher != "is_known":
            bounds.update(_hours(item) for item in listed(condition))
    return tuple(sorted(bounds))


def listed(condition: Condition) -> tuple[Any, ...]:
    """What a condition compares with, as a tuple in any case."""
    wanted = condition.wanted
    return (wanted,) if not isinstance(wanted, tuple) or isinstance(wanted, Length) else wanted


def days_beside(day: dt.date) -> Iterator[dt.date]:
    """The day before and the day after, as far as the calendar has them."""
    if day > dt.date.min:
        yield day - DAY
    if day < dt.date.max:
        yield day + DAY


def _hours(value: Any) -> Any:
    return value.hours if isinstance(value, Length) else value


def places_of(bounds: Sequence[Any]) -> Mapping[Any, int]:
    """The stretches that are the bounds themselves."""
    return {bound: 2 * place + 1 for place, bound in enumerate(bounds)}


def fitting(condition: Condition, places: Mapping[Any, int]) -> Iterator[tuple[int, int]]:
    """The first and the last stretch of each run in which a condition holds."""
    last = 2 * len(places)
    found = [places[_hours(item)] for item in listed(condition)]
    match condition.matcher:
        case "at_least":
            yield found[0], last
        case "more_than":
            yield found[0] + 1, last
        case "at_most" | "within":
            yield 0, found[0]
        case "less_than":
            yield 0, found[0] - 1
        case "between":
            yield found[0], found[1]
        case _:
            yield from ((place, place) for place in found)


def masks_of(turns: Mapping[Condition, int], bounds: Sequence[Any], otherwise: int) -> list[int]:
    """The bits for each stretch: `otherwise`, with the bits of the conditions that hold turned around."""
    places = places_of(bounds)
    turned = [0] * (2 * len(bounds) + 2)
    for condition, bits in turns.items():
        for first, last in fitting(condition, places):
            turned[first] ^= bits
            turned[last + 1] ^= bits
    return list(accumulate(turned[:-1], xor, initial=otherwise))[1:]


def keys_of(bounds: Sequence[Any]) -> list[Any]:
    """Each bound and the next value after it, so that one search in them finds a stretch."""
    return [key for bound in bounds for key in (bound, _next(bound))]


def _next(bound: Any) -> Any:
    if isinstance(bound, dt.date):
        return min(bound, dt.date.max - DAY) + DAY
    return math.nextafter(bound, math.inf)


def stretches(bounds: Sequence[Any]) -> list[Any]:
    """A value of each stretch, None where nothing lies between two bounds, as between days that follow each other."""
    if not bounds:
        return [Fraction(0)]
    values = [_below(bounds[0])]
    for bound, following in zip(bounds, [*bounds[1:], None], strict=True):
        values += [bound, _above(bound) if following is None else _between(bound, following)]
    return values


def _below(bound: Any) -> Any:
    if isinstance(bound, dt.date):
        return bound - DAY if bound > dt.date.min else None
    return Fraction(bound) - 1


def _above(bound: Any) -> Any:
    if isinstance(bound, dt.date):
        return bound + DAY if bound < dt.date.max else None
    return Fraction(bound) + 1


def _between(low: Any, high: Any) -> Any:
    if isinstance(low, dt.date):
        return low + DAY if high - low > DAY else None
    return (Fraction(low) + Fraction(high)) / 2


def folded(name: str) -> str:
    """A name as names are compared: in any case, without blanks around it, and however its accents are written."""
    name = name.strip()
    return name.casefold() if name.isascii() else normalize("NFC", name.casefold())
