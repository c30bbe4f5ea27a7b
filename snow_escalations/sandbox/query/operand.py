"""What an operator works on: the path, the value as written, and how values of that kind of field are read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.query import javascript
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.tree import Path
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import NUMERIC, Kind

NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_WHOLE = re.compile(r"([-+]?)0*([0-9]{1,19})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false", "": ""}


class Invalid(Exception):
    """The condition is invalid as a whole."""


@dataclass(frozen=True, slots=True)
class Operand:
    """One condition before its operator is applied; `table` is where the query starts."""

    schema: Schema
    table: Table
    path: Path
    value: str
    context: QueryContext

    @property
    def kind(self) -> Kind:
        """The kind of the field at the path."""
        return self.path.field.kind

    def text(self, value: str) -> str | None:
        """A value as it would be stored; None where nothing stored can equal it.

        Raises:
            Invalid: a script that is not on the list.
        """
        if javascript.is_script(value):
            answer = javascript.evaluate(value, self.context)
            if answer is None or isinstance(answer, javascript.DatePart):
                raise Invalid
            return answer if isinstance(answer, str) else _held(self.instant_text, answer)
        return _READERS.get(self.kind, _as_written)(self, value)

    def instant_text(self, instant: datetime) -> str:
        """An instant as the field stores it: a day of the caller's zone where it is a date.

        Raises:
            OverflowError: in that zone the instant lies beyond the calendar.
        """
        if self.kind is Kind.DATE:
            return instant.astimezone(self.context.zone).date().isoformat()
        return stored(instant)

    def bound(self, value: str) -> str | float | None:
        """A bound to order by: a number for numbers."""
        text = self.text(value)
        if text is None or self.kind not in NUMERIC:
            return text
        return float(text) if NUMBER.fullmatch(text) else None


def _as_written(_: Operand, value: str) -> str | None:
    return value


def _as_integer(_: Operand, value: str) -> str | None:
    if value == "":
        return ""
    found = _WHOLE.fullmatch(value)
    return str(int(found[1] + found[2])) if found else None


def _as_decimal(_: Operand, value: str) -> str | None:
    return value if value == "" or NUMBER.fullmatch(value) else None


def _as_boolean(_: Operand, value: str) -> str | None:
    return _BOOLEANS.get(value.lower())


def _as_moment(operand: Operand, value: str) -> str | None:
    if value == "":
        return ""
    text = f"{value} 00:00:00" if DAY.fullmatch(value) else value
    if not _MOMENT.fullmatch(text):
        return None
    try:
        local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=operand.context.literal_zone)
    except ValueError:
        return None
    return _held(stored, local)


def _held(text_of: Callable[[datetime], str], instant: datetime) -> str | None:
    """The text of an instant; None for one that its zone moves beyond the calendar, where nothing can be stored."""
    try:
        return text_of(instant)
    except OverflowError:
        return None


def _as_day(_: Operand, value: str) -> str | None:
    if value == "" or DAY.fullmatch(value):
        return value
    return value[:10] if _MOMENT.fullmatch(value) else None


_READERS: Mapping[Kind, Callable[[Operand, str], str | None]] = {
    Kind.INTEGER: _as_integer,
    Kind.DECIMAL: _as_decimal,
    Kind.BOOLEAN: _as_boolean,
    Kind.DATE_TIME: _as_moment,
    Kind.DATE: _as_day,
}
