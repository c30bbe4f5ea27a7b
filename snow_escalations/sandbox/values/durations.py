"""Durations: stored as a date-time counted from 1970-01-01 00:00:00, shown in words."""

import re
from datetime import UTC, datetime, timedelta

from snow_escalations.sandbox.clock import parse_stored, stored

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNITS = (("Day", 86400), ("Hour", 3600), ("Minute", 60))
_LENGTHS = {**dict(_UNITS), "Second": 1}
_COUNTED = re.compile(r"([0-9]{1,7}) (Day|Hour|Minute|Second)s?")
_WORDS = re.compile(rf"{_COUNTED.pattern}(?: {_COUNTED.pattern})*")


def in_words(value: str) -> str:
    """`1970-01-02 04:23:00` is "1 Day 4 Hours 23 Minutes"; seconds count only where there is no minute."""
    try:
        seconds = int((parse_stored(value) - _EPOCH).total_seconds())
    except ValueError:
        return value
    words = []
    rest = seconds
    for unit, length in _UNITS:
        count, rest = divmod(rest, length)
        if count:
            words.append(_counted(count, unit))
    return " ".join(words) or _counted(seconds, "Second")


def from_words(text: str) -> str | None:
    """The stored duration that `in_words` shows as this text, to the minute where it has one; None for other text."""
    if not _WORDS.fullmatch(text):
        return None
    seconds = sum(int(count) * _LENGTHS[unit] for count, unit in _COUNTED.findall(text))
    try:
        return stored(_EPOCH + timedelta(seconds=seconds))
    except OverflowError:
        return None


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
