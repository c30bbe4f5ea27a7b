"""Numbers as people glue them: dates, ordinals, times of day, spans. Whole shapes only, so versions are not dates."""

import re
from datetime import date, time
from functools import lru_cache

_KEPT = 4096  # shapes that are remembered: people write few

_ISO = re.compile(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?:t(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?")
_COMPACT = re.compile(r"(20\d\d)([01]\d)([0-3]\d)")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(20\d\d|\d\d)")
_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-./]?([a-z]{3,9})(?:[-./,]?(20\d\d|\d\d))?")
_NAMED_FIRST = re.compile(r"([a-z]{3,9})[-./,]?(\d{1,2})(?:st|nd|rd|th)?(?:[-/.,](20\d\d))?")
_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th|er)?")
_DAYS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/](\d{1,2})(?:st|nd|rd|th)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?(am|pm|a|p|h|hrs)?(z|utc|gmt|cet|ist)?")
_MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)(h|hrs)?(z|utc|gmt|cet|ist)?")
_SPAN = re.compile(r"(\d{1,4})(?:[-/](\d{1,4}))?[-]?(?:(business|working)-)?([a-z]{1,8})?")
_COUNTDOWN = re.compile(r"[td]-(\d{1,3})")
_WEEK_NUMBER = re.compile(r"(?:cw|kw|wk|week)?-?(\d{1,2})")
_QUARTER = re.compile(r"q[1-4]|h[12]")
_YEAR = len("2026")
_CENTURIES = ("19", "20")


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None if there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=_KEPT)
def full_dates(code: str) -> tuple[date, ...]:
    """The dates that digits with a year can mean, month first at the head: `2026-12-01`, `25.11.2026`, `20261201`."""
    if iso := _ISO.fullmatch(code) or _COMPACT.fullmatch(code):
        found = [day_of(int(iso[1]), int(iso[2]), int(iso[3]))]
    elif numeric := _NUMERIC.fullmatch(code):
        one, mark, two, year = int(numeric[1]), numeric[2], int(numeric[3]), int(numeric[4])
        if year < 100 and mark != "/" and not (mark == "." and len(code) == len("02.12.26")):
            return ()
        year += 2000 if year < 100 else 0
        found = [day_of(year, one, two) if mark != "." else None, day_of(year, two, one)]
    else:
        return ()
    return tuple(dict.fromkeys(day for day in found if day is not None))


def iso_time(code: str) -> time | None:
    """The time of day of `2026-12-01T08:00`."""
    iso = _ISO.fullmatch(code)
    if iso is None or iso[4] is None or int(iso[4]) > 23 or int(iso[5]) > 59:
        return None
    return time(int(iso[4]), int(iso[5]))


@lru_cache(maxsize=_KEPT)
def short_dates(code: str) -> tuple[tuple[int, int], ...]:
    """Month and day of digits without a year, month first at the head: `12/11`, `30.11`."""
    short = _SHORT.fullmatch(code)
    if short is None:
        return ()
    one, two = int(short[1]), int(short[3])
    if short[2] == "-" and not (len(short[1]) == len(short[3]) == 2 and min(one, two) <= 12 < max(one, two)):
        return ()  # 11-27 and 27-11, not 2-3 or 10-12
    pairs = [(one, two) if short[2] in "/-" else None, (two, one)]
    return tuple(dict.fromkeys(pair for pair in pairs if pair and 1 <= pair[0] <= 12 and 1 <= pair[1] <= 31))


@lru_cache(maxsize=_KEPT)
def named_date(code: str) -> tuple[str, int, int | None] | None:
    """Month's name, day, year of `01-Dec-2026`, `4dec`, `Dec-4`; the name may be no month."""
    if named := _NAMED.fullmatch(code):
        year = int(named[3]) if named[3] else None
        return named[2], int(named[1]), year + 2000 if year is not None and year < 100 else year
    if named := _NAMED_FIRST.fullmatch(code):
        return named[1], int(named[2]), int(named[3]) if named[3] else None
    return None


@lru_cache(maxsize=_KEPT)
def day_number(code: str) -> tuple[int, bool] | None:
    """Day of the month, and whether it is written as an ordinal: `4`, `4th`."""
    day = _DAY.fullmatch(code)
    return (int(day[1]), day[2] is not None) if day and 1 <= int(day[1]) <= 31 else None


@lru_cache(maxsize=_KEPT)
def day_pair(code: str) -> tuple[int, int] | None:
    """Two days of a month: `5-6`, `5th/6th`."""
    days = _DAYS.fullmatch(code)
    return (int(days[1]), int(days[2])) if days and 1 <= int(days[1]) < int(days[2]) <= 31 else None


def year_number(code: str) -> int | None:
    """A year of this century or the last."""
    return int(code) if len(code) == _YEAR and code[:2] in _CENTURIES and code.isdecimal() else None


@lru_cache(maxsize=_KEPT)
def clock_time(code: str) -> tuple[time, bool, str | None] | None:
    """Time of day, whether it is surely one (`5pm`, `17:00`, not `5`), and its zone."""
    clock = _CLOCK.fullmatch(code) or _MILITARY.fullmatch(code)
    if clock is None:
        return None
    hour, minute, half = int(clock[1]), int(clock[2] or 0), clock[3]
    if half in ("am", "pm", "a", "p") and not 1 <= hour <= 12:
        return None
    if half in ("am", "a"):
        hour %= 12
    elif half in ("pm", "p"):
        hour = hour % 12 + 12
    if hour == 24 and minute == 0:
        hour, minute = 23, 59
    if hour > 23 or minute > 59 or (half == "hrs" and clock[2] is None):
        return None
    is_plain = "." in code or code[:4].isdecimal()  # 9.30 may be a version, 0600 a number
    sure = half in ("am", "pm", "a", "p") or (clock[2] is not None and not is_plain)
    return time(hour, minute), sure, clock[4]


@lru_cache(maxsize=_KEPT)
def span_number(code: str) -> tuple[int, int, bool, str] | None:
    """Least and most, whether business days are meant, and the glued unit, if any: `48hrs`, `2-3`, `5`."""
    span = _SPAN.fullmatch(code)
    if span is None:
        return None
    least = int(span[1])
    return least, int(span[2]) if span[2] else least, span[3] is not None, span[4] or ""


@lru_cache(maxsize=_KEPT)
def countdown(code: str) -> int | None:
    """Days of `T-6`."""
    days = _COUNTDOWN.fullmatch(code)
    return int(days[1]) if days else None


@lru_cache(maxsize=_KEPT)
def week_number(code: str) -> int | None:
    """A week of the year: `50`, `CW50`."""
    week = _WEEK_NUMBER.fullmatch(code)
    return int(week[1]) if week and 1 <= int(week[1]) <= 53 else None


@lru_cache(maxsize=_KEPT)
def may_be_time(code: str) -> bool:
    """Whether digits have any shape that is of time; most numbers of cases, versions and addresses have none."""
    return (
        _QUARTER.fullmatch(code) is not None
        or any(read(code) is not None for read in (day_number, clock_time, span_number, countdown, week_number))
        or any(read(code) is not None for read in (named_date, day_pair))
        or bool(full_dates(code) or short_dates(code))
    )
