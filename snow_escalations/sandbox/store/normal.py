"""Values as their fields keep them: one written form for each value of a type, as a GlideRecord stores it.

Booleans are `true` or `false`, whole numbers have no leading zeros, date-times are `YYYY-MM-DD HH:MM:SS` in UTC, dates
`YYYY-MM-DD`, durations date-times counted from 1970-01-01 00:00:00, passwords digests. Text, references and lists stay
as they are written.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.schema.model import Field
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store import passwords

_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_WHOLE = re.compile(r"([+-]?)0*([0-9]{1,19})(?:\.[0-9]*)?")
_NUMBER = re.compile(r"([+-]?)0*([0-9]{1,40})(\.[0-9]{1,40})?\.?")
_BITS = {"integer": 32}
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_STORED = re.compile(_DAY + r" [0-9]{2}:[0-9]{2}:[0-9]{2}")
_MOMENT = re.compile(_DAY + r"(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?")
_LENGTH = re.compile(r"(?:([0-9]{1,6}) )?([0-9]{1,2}):([0-9]{2}):([0-9]{2})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def normal(field: Field, value: str) -> str | None:
    """The value as the field keeps it, or None for one that its type cannot hold.

    Empty stays empty, but for booleans, whose empty text is `false`.
    """
    if field.kind is Kind.PASSWORD:
        return passwords.kept(value)
    reader = _READERS.get(field.kind)
    if reader is None:
        return value
    text = value.strip()
    if text == "":
        return "false" if field.kind is Kind.BOOLEAN else ""
    return reader(field, text)


def has_form(field: Field) -> bool:
    """Whether the field's type has a form, so that `normal` may change or refuse a value."""
    return field.kind in _READERS or field.kind is Kind.PASSWORD


def _boolean(_: Field, text: str) -> str | None:
    word = text.lower()
    if word in _TRUE:
        return "true"
    if word in _FALSE:
        return "false"
    number = _WHOLE.fullmatch(text)
    if number is None:
        return None
    return "false" if number[2] == "0" else "true"


def _integer(field: Field, text: str) -> str | None:
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    number = int(found[1] + found[2])
    limit = 1 << (_BITS.get(field.type, 64) - 1)
    return str(number) if -limit <= number < limit else None


def _decimal(_: Field, text: str) -> str | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    digits = found[2] + (found[3] or "")
    return f"-{digits}" if found[1] == "-" and digits.strip("0.") else digits


def _moment(_: Field, text: str) -> str | None:
    if _STORED.fullmatch(text):
        return text if _exists(text) else None
    instant = _instant(text)
    return None if instant is None else stored(instant)


def _day(_: Field, text: str) -> str | None:
    return None if _instant(text) is None else text[:10]


def _duration(_: Field, text: str) -> str | None:
    """A date-time from 1970 on, or `[days ]HH:MM:SS`."""
    found = _LENGTH.fullmatch(text)
    if found is not None:
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return stored(_EPOCH + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))
    return _moment(_, text)


def _exists(moment: str) -> bool:
    """Whether there is such a day and time; loading takes this way for every date of every row."""
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        return False
    return True


def _instant(text: str) -> datetime | None:
    """An instant that a text names, in UTC where it names no zone; None where there is no such day or time."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        written = datetime.fromisoformat(text)
        return written.replace(tzinfo=UTC) if written.tzinfo is None else written.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_READERS: Mapping[Kind, Callable[[Field, str], str | None]] = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE_TIME: _moment,
    Kind.DATE: _day,
    Kind.DURATION: _duration,
}
