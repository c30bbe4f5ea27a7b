"""Moments of the demo desk: ages before `now`, business hours by zone, and the stored form of date-times.

A moment is a whole number of seconds since 1970 in UTC, a length is a number of seconds: thousands of them are computed
whenever a sandbox starts.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
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
_WEEK, _WORKING_DAYS = 7, 5
_DAY_BEGINS, _DAY_ENDS = 8 * HOUR, 18 * HOUR
_WORKING_DAY = _DAY_ENDS - _DAY_BEGINS
_WORKING_WEEK = _WORKING_DAYS * _WORKING_DAY


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


def worked_before(now: Moment, age: Seconds, zone: str) -> Moment:
    """The moment since which people in `zone` have worked for as long as they do on average in `age`.

    A week of age is five working days of ten hours, a day is five sevenths of one. So what lies evenly in time lies
    evenly over working days and their hours, an older age never gives a later moment, and nothing lies after `now`.
    The moment is within working hours, and at most 2 days 14 hours before or after `now - age`.

    Args:
        now: the end of the age.
        age: calendar time, zero or more.
        zone: where the working hours are.
    """
    offset = int(OFFSETS[zone] * HOUR)
    worked = _worked_until(now + offset) - age * _WORKING_WEEK // (_WEEK * DAY) - 1
    days, seconds = divmod(worked, _WORKING_DAY)
    weeks, weekday = divmod(days, _WORKING_DAYS)
    return (weeks * _WEEK + weekday - _EPOCH_WEEKDAY) * DAY + _DAY_BEGINS + seconds - offset


def back_to_work(moment: Moment, zone: str, drawn: float) -> Moment:
    """`moment`, if people in `zone` work then, else one on the last working day that ended before it.

    Args:
        moment: when it would happen.
        zone: where the working hours are.
        drawn: from 0 up to 1: how far from the end of that working day.
    """
    offset = int(OFFSETS[zone] * HOUR)
    worked = _worked_until(moment + offset)
    if worked != _worked_until(moment + offset + 1):
        return moment
    weeks, weekday = divmod(worked // _WORKING_DAY - 1, _WORKING_DAYS)
    ended = (weeks * _WEEK + weekday - _EPOCH_WEEKDAY) * DAY + _DAY_ENDS
    return ended - 1 - int(drawn * _WORKING_DAY) - offset


def _worked_until(local: Moment) -> Seconds:
    """How much was worked until a local moment, since the first Monday before 1970."""
    day, seconds = divmod(local, DAY)
    weeks, weekday = divmod(day + _EPOCH_WEEKDAY, _WEEK)
    if weekday >= _WORKING_DAYS:
        return (weeks + 1) * _WORKING_WEEK
    return weeks * _WORKING_WEEK + weekday * _WORKING_DAY + min(max(seconds - _DAY_BEGINS, 0), _WORKING_DAY)


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
