"""Points and spans of time in a zone: starts and ends of days, weeks, months, quarters and years."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo

Unit: TypeAlias = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_SECOND = timedelta(seconds=1)
_FIXED: Mapping[Unit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_MONTHS: Mapping[Unit, int] = {"month": 1, "quarter": 3, "year": 12}


def moved(instant: datetime, unit: Unit, count: int, zone: ZoneInfo) -> datetime:
    """The instant `count` units later, negative for earlier; months keep the day of the month where it exists."""
    if unit in _FIXED:
        return instant + _FIXED[unit] * count
    local = instant.astimezone(zone)
    return _local(_plus_months(local.date(), _MONTHS[unit] * count), local.time(), zone)


def start_of(instant: datetime, unit: Unit, zone: ZoneInfo) -> datetime:
    """The first instant of the unit that `instant` lies in. Weeks start on Monday."""
    local = instant.astimezone(zone)
    if unit == "minute":
        return local.replace(second=0, microsecond=0).astimezone(UTC)
    if unit == "hour":
        return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    return _local(_FIRST_DAYS[unit](local.date()), time(0), zone)


def end_of(instant: datetime, unit: Unit, zone: ZoneInfo) -> datetime:
    """The last second of the unit that `instant` lies in."""
    first = start_of(instant, unit, zone)
    if unit in {"minute", "hour"}:
        return first + _FIXED[unit] - _SECOND
    day = first.astimezone(zone).date()
    following = day + _FIXED[unit] if unit in _FIXED else _plus_months(day, _MONTHS[unit])
    return _local(following, time(0), zone) - _SECOND


def _local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _plus_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        raise OverflowError(f"no year {year}")
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


_FIRST_DAYS: Mapping[Unit, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
