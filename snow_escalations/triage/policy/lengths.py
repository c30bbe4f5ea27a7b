"""Times as a policy writes them: `90 minutes`, `16 business hours`, `3 days`, `2 weeks`, and days, `2026-12-01`."""

import datetime as dt
import re
from typing import NamedTuple

LONGEST_DAYS = 3650
"""The longest length that a policy may name."""
_WRITTEN = re.compile(r"(?P<count>[0-9]+(?:\.[0-9]+)?) (?P<unit>minute|hour|business hour|day|week)s?")
_BUSINESS = re.compile(r"(?P<count>[0-9.]+) ?(?:business|working) ?(?:minute|day|week)s?", re.IGNORECASE)
_HOURS = {"minute": 1 / 60, "hour": 1.0, "business hour": 1.0, "day": 24.0, "week": 168.0}
EXAMPLE = "write it like `90 minutes`, `16 business hours`, `3 days` or `2 weeks`"


class Length(NamedTuple):
    """A length of time: hours by the wall clock, or hours of business; `text` is how it was written."""

    hours: float
    is_business: bool
    text: str

    def __str__(self) -> str:
        return self.text


def length(text: object) -> Length:
    """A written length of time.

    Raises:
        ValueError: it is not written like that, or longer than LONGEST_DAYS.
    """
    match = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        if isinstance(text, str) and _BUSINESS.fullmatch(text):
            raise ValueError(
                f"`{text}` depends on how long a business day is; write business hours, such as `16 business hours`"
            )
        raise ValueError(f"{shown(text)} is not a duration; {EXAMPLE}")
    hours = float(match["count"]) * _HOURS[match["unit"]]
    if hours > LONGEST_DAYS * 24:
        raise ValueError(f"a duration of {hours / 24:.6g} days is longer than {LONGEST_DAYS}, the limit")
    return Length(hours, match["unit"] == "business hour", match.string)


_EXACT = 1e-9


def written(hours: float, *, is_business: bool = False) -> Length:
    """Hours as a length that a policy could write."""
    if is_business:
        unit = "business hour"
    elif hours >= 48 and hours % 24 == 0:
        unit = "day"
    else:
        unit = "hour" if abs(hours - round(hours)) < _EXACT else "minute"
    count = f"{hours / _HOURS[unit]:.10g}"
    return Length(hours, is_business, f"{count} {unit}{'' if count == '1' else 's'}")


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(value: object) -> dt.date:
    """A written day, `2026-12-01`.

    Raises:
        ValueError: it is not written like that, or is no day of the calendar.
    """
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError(f"{shown(value)} is not a date; write it like `2026-12-01`")
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"`{value}` is no day of the calendar ({error})") from error


def shown(value: object) -> str:
    """A value of a document for a message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"`{value}`"
