"""Named days of a year: fixed ones, weekdays of a month, days around Easter, and public holidays that move."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from snow_escalations.documents import suggest
from snow_escalations.triage.calendars.model import Weekday
from snow_escalations.triage.calendars.public import check_place, public_holidays

_FIXED = re.compile(r"(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"([1-4]|last) ([a-z]+) (\d{1,2})(?: ([+-]\d{1,2}))?")
_EASTER = re.compile(r"easter ([+-]\d{1,3})")
_ADVENT = re.compile(r"advent ([+-]\d{1,2})")
_PUBLIC = re.compile(r"([A-Z]{2}) (.+)")
_FROM_EASTER = 99
_ESTIMATED = " (estimated)"
_LOOKED_FOR = range(2020, 2036)
"""Years in one of which a public holiday must be known by its name."""
_WEEK = tuple(day.value for day in Weekday)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=1024)
def _day(rule: str, year: int) -> date | None:
    if fixed := _FIXED.fullmatch(rule):
        try:
            return date(year, int(fixed[1]), int(fixed[2]))
        except ValueError as error:
            raise ValueError(f"not every year has it ({error}); write month and day, such as `12-25`") from error
    if moved := _EASTER.fullmatch(rule):
        if abs(int(moved[1])) > _FROM_EASTER:
            raise ValueError(
                f"it is {abs(int(moved[1]))} days from Easter, and {_FROM_EASTER} are the most; write `easter -2` or "
                "`easter +60`, and for days that do not move with Easter their month and day, such as `12-25`"
            )
        return easter(year) + timedelta(days=int(moved[1]))
    if moved := _ADVENT.fullmatch(rule):
        fourth = date(year, 12, 24)
        return fourth - timedelta(days=(fourth.weekday() + 1) % 7 + 21) + timedelta(days=int(moved[1]))
    if (nth := _WEEKDAY.fullmatch(rule)) and nth[2] in _WEEK:
        weekday, month = _WEEK.index(nth[2]), int(nth[3])
        if nth[1] == "last":
            end = date(year, month, monthrange(year, month)[1])
            day = end - timedelta(days=(end.weekday() - weekday) % 7)
        else:
            start = date(year, month, 1)
            day = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (int(nth[1]) - 1))
        return day + timedelta(days=int(nth[4] or 0))
    if public := _PUBLIC.fullmatch(rule):
        check_place(public[1], None)
        return min((day for day, name in _named(public[1], year) if name.startswith(public[2])), default=None)
    raise ValueError(
        f"{rule!r} is no rule for a named day; write `12-25`, `4 thursday 11 +1`, `last monday 5`, `easter -2`, "
        "`advent +0` or `IN Diwali`"
    )


def _check_name(rule: str) -> None:
    """Refuse a public holiday that its country does not have."""
    public = _PUBLIC.fullmatch(rule)
    if public is None or any(_day(rule, year) is not None for year in _LOOKED_FOR):
        return
    names = sorted({name.removesuffix(_ESTIMATED) for year in _LOOKED_FOR for _, name in _named(public[1], year)})
    there_are = suggest(public[2], names) or f"; it has {', '.join(names)}."
    raise ValueError(
        f"{public[1]} has no public holiday whose name begins with {public[2]!r}{there_are} Write one that it has, or "
        "the month and day, such as `12-25`"
    )


def _named(country: str, year: int) -> Iterator[tuple[date, str]]:
    """The public holidays of a year, two that fall on one day each by its own name."""
    for day, names in public_holidays(country, None, year).items():
        for name in names.split("; "):
            yield day, name


@dataclass(frozen=True)
class NamedDay:
    """A named day by its rule, and by other rules in countries that keep it on another day."""

    rule: str
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse rules that name no day."""
        for rule in (self.rule, *self.elsewhere.values()):
            try:
                _day(rule, 2026)
                _check_name(rule)
            except (IndexError, ValueError) as error:
                raise ValueError(f"the named day {rule!r} cannot be used: {error}") from error

    def next(self, today: date, country: str | None) -> date | None:
        """The first such day from today on, or None where the library knows none."""
        rule = self.elsewhere.get(country, self.rule) if country is not None else self.rule
        # The day of a year may lie in the one after it: "last monday 12 +10".
        for year in (today.year - 1, today.year, today.year + 1):
            day = _day(rule, year)
            if day is not None and day >= today:
                return day
        return None
