"""What a single value shows (`sysparm_display_value=true`), apart from references, lists and journals."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

from snow_escalations.sandbox.clock import parse_stored
from snow_escalations.sandbox.schema.model import Field, Schema
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.values.durations import in_words
from snow_escalations.sandbox.values.java_dates import formatted

UNKNOWN_DUE = "UNKNOWN"
MASK = "********"
_INTEGER = re.compile(r"-?[0-9]{1,40}")


@dataclass(frozen=True, slots=True)
class Locale:
    """How a caller sees dates: zone, and date and time format in Java's pattern letters."""

    zone: ZoneInfo
    date_format: str
    time_format: str

    @property
    def pattern(self) -> str:
        """The pattern of a date-time."""
        return f"{self.date_format} {self.time_format}"

    def moment(self, value: str) -> str:
        """A stored date-time in the caller's zone and format; what is none stays as it is.

        So does one that the zone would move beyond the years 1 to 9999.
        """
        try:
            return formatted(parse_stored(value).astimezone(self.zone), self.pattern)
        except (ValueError, OverflowError):
            return value

    def day(self, value: str) -> str:
        """A stored date in the caller's format; what is none stays as it is."""
        try:
            return formatted(parse_stored(f"{value} 00:00:00"), self.date_format)
        except ValueError:
            return value


Shown: TypeAlias = Callable[[str], str | None]


def shown(field: Field, schema: Schema, locale: Locale, labels: Mapping[str, str]) -> Shown:
    """The function from a stored value of the field to what it shows; None is the null of an empty choice.

    Args:
        field: the field.
        schema: knows the labels of classes.
        locale: how the caller sees dates.
        labels: the choices of the field, empty for a field without.
    """
    if labels:
        return lambda value: labels.get(value, value) if value else None
    if field.type == "due_date":
        return lambda value: locale.moment(value) if value else UNKNOWN_DUE
    if field.kind is Kind.CLASS:
        return lambda value: table.label if (table := schema.find(value)) else value
    if field.kind is Kind.DATE_TIME:
        return lambda value: locale.moment(value) if value else ""
    if field.kind is Kind.DATE:
        return lambda value: locale.day(value) if value else ""
    return _SHOWN.get(field.kind, _itself)


def _itself(value: str) -> str:
    return value


def _grouped(value: str) -> str:
    return f"{int(value):,}" if _INTEGER.fullmatch(value) else value


def _grouped_decimal(value: str) -> str:
    whole, point, fraction = value.partition(".")
    return _grouped(whole) + point + fraction


_SHOWN: Mapping[Kind, Shown] = {
    Kind.INTEGER: _grouped,
    Kind.DECIMAL: _grouped_decimal,
    Kind.DURATION: lambda value: in_words(value) if value else "",
    Kind.PASSWORD: lambda value: MASK if value else "",
}
