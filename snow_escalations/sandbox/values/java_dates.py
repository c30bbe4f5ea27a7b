"""Dates and times by Java's pattern letters, as user preferences write them: `dd/MM/yyyy`, `hh:mm:ss a`."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

_LETTERS = re.compile(r"'([^']*)'|([a-zA-Z])\2*")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIRECTIVES: Mapping[str, str] = {
    "yyyy": "%Y",
    "yy": "%y",
    "MMM": "%b",
    "MM": "%m",
    "M": "%m",
    "dd": "%d",
    "d": "%d",
    "HH": "%H",
    "H": "%H",
    "hh": "%I",
    "h": "%I",
    "mm": "%M",
    "m": "%M",
    "ss": "%S",
    "s": "%S",
    "a": "%p",
}
_OWN: Mapping[str, Callable[[datetime], int | str]] = {
    "yyyy": lambda value: f"{value.year:04}",  # strftime writes the years before 1000 with fewer digits
    "M": lambda value: value.month,
    "d": lambda value: value.day,
    "H": lambda value: value.hour,
    "h": lambda value: value.hour % 12 or 12,
    "m": lambda value: value.minute,
    "s": lambda value: value.second,
}


def formatted(value: datetime, pattern: str) -> str:
    """The date-time in a pattern; letters that are not known stand for themselves."""
    return _LETTERS.sub(lambda found: _part(value, found), pattern)


def parsed(text: str, pattern: str) -> datetime:
    """The naive date-time that a text in a pattern means.

    Raises:
        ValueError: the text does not fit the pattern.
    """
    return datetime.strptime(text.strip(), _directives(pattern))  # noqa: DTZ007 - the caller knows the zone


def _part(value: datetime, found: re.Match[str]) -> str:
    letters = found[0]
    if found[1] is not None:
        return found[1]
    if letters in _OWN:
        return str(_OWN[letters](value))
    if letters == "MMM":
        return _MONTHS[value.month - 1]
    if letters == "a":
        return "AM" if value.hour < 12 else "PM"
    return value.strftime(_DIRECTIVES[letters]) if letters in _DIRECTIVES else letters


@lru_cache(maxsize=64)
def _directives(pattern: str) -> str:
    return _LETTERS.sub(lambda found: _DIRECTIVES.get(found[0], found[1] or found[0]), pattern)
