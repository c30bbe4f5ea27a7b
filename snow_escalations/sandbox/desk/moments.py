"""Moments of the demo desk: ages before `now`, business hours by zone, and the stored form of date-times.

A moment is a whole number of seconds since 1970 in UTC, a length is a number of seconds: thousands of them are computed
whenever a sandbox starts.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import TypeAlias

from snow_escalations.sandbox.desk.texts.facts import MONTHS
from snow_escalations.sandbox.desk.texts.zones import OFFSETS

Moment: TypeAlias = int
Seconds: TypeAlias = int

MINUTE, HOUR, DAY = 60, 3600, 86400

_UNITS = {"d": DAY, "h": HOUR, "m": MINUTE}
_AGE = re.compile(r"(\d+)([dhm])(!?)")
_EPOCH = date(1970, 1, 1)
_EPOCH_WEEKDAY = _EPOCH.weekday()
_FRIDAY = 4
_DAY_BEGINS, _DAY_ENDS = 8 * HOUR, 18 * HOUR
_WORKS_AT_WEEKENDS = 0.08


def moment_of(instant: datetime) -> Moment:
    """An aware instant as a moment."""
    return int(instant.astimezone(UTC).timestamp())


def parse_age(text: str) -> tuple[Seconds, bool]:
    """An age like `9d`, `26h` or `40m`, and whether it is exact: written with `!`, or not in days.

    Raises:
        ValueError: `text` is no age.
    """
    match = _AGE.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` is no age such as 9d, 26h, 40m or 9d!")
    number, unit, mark = match.groups()
    return int(number) * _UNITS[unit], bool(mark) or unit != "d"


def stored(moment: Moment) -> str:
    """A moment as ServiceNow stores it: `YYYY-MM-DD HH:MM:SS`, UTC."""
    days, seconds = divmod(moment, DAY)
    return f"{_iso_date(days)} {seconds // HOUR:02}:{seconds // MINUTE % 60:02}:{seconds % 60:02}"


def stored_duration(length: Seconds) -> str:
    """A length as ServiceNow stores it: the epoch plus the length; never below zero."""
    return stored(max(length, 0))


def back_to_work(moment: Moment, zone: str, rng: Random) -> Moment:
    """`moment`, if people in `zone` work then, else a moment late on the last working day before it.

    Few people write at weekends. Exactly one number is drawn, so that the rest of the desk does not depend on the time
    of day at which it is built.
    """
    drawn = rng.random()
    offset = int(OFFSETS[zone] * HOUR)
    day, seconds = divmod(moment + offset, DAY)
    weekday = (day + _EPOCH_WEEKDAY) % 7
    if seconds >= _DAY_BEGINS and (drawn < _WORKS_AT_WEEKENDS if weekday > _FRIDAY else seconds < _DAY_ENDS):
        return moment
    if seconds < _DAY_BEGINS:
        day -= 1
    day -= max((day + _EPOCH_WEEKDAY) % 7 - _FRIDAY, 0)
    return day * DAY + _DAY_ENDS - int(drawn * 3 * HOUR) - 1 - offset


def day_of(moment: Moment) -> date:
    """The day of a moment, in UTC."""
    return _EPOCH + timedelta(days=moment // DAY)


def written_date(day: date, language: str) -> str:
    """A date as people write it in a sentence."""
    months = MONTHS.get(language)
    if language == "ja":
        return f"{day.year}年{day.month}月{day.day}日"
    if months is None:
        return day.isoformat()
    mark = "." if language == "de" else ""
    return f"{day.day}{mark} {months[day.month - 1]} {day.year}"


@cache
def _iso_date(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).isoformat()
