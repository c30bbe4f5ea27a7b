"""One condition of an encoded query: how it is written, and how a returned row is judged by it.

ServiceNow publishes no escape for `^`, evaluates values that start with `javascript:`, splits IN lists at `,` and
BETWEEN bounds at `@`. So a value that holds one of these where it would be read as syntax is refused, never sent.
"""

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeAlias

from snow_escalations.servicenow.errors import QueryError

Value: TypeAlias = str | int | bool | datetime
Test: TypeAlias = Callable[[str], bool]

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FIELD = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")


class Operator(StrEnum):
    """The operators that can be judged on a row; ServiceNow has more."""

    EQUALS = "="
    NOT_EQUALS = "!="
    IN = "IN"
    NOT_IN = "NOT IN"
    STARTS_WITH = "STARTSWITH"
    ENDS_WITH = "ENDSWITH"
    CONTAINS = "LIKE"
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="
    BETWEEN = "BETWEEN"
    IS_EMPTY = "ISEMPTY"
    IS_NOT_EMPTY = "ISNOTEMPTY"


TEXT_OPERATORS = frozenset({Operator.STARTS_WITH, Operator.ENDS_WITH, Operator.CONTAINS})
_WITHOUT_VALUE = frozenset({Operator.IS_EMPTY, Operator.IS_NOT_EMPTY})
_ORDERED: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.GREATER: operator.gt,
    Operator.AT_LEAST: operator.ge,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """`field operator values`, the values checked and as text: none for ISEMPTY, two for BETWEEN, any for IN."""

    field: str
    operator: Operator
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The condition as it is sent."""
        separator = "@" if self.operator is Operator.BETWEEN else ","
        # A caret is only here if the dialect says how it is escaped.
        return f"{self.field}{self.operator.value}{separator.join(self.values).replace('^', '^^')}"

    def test(self) -> Test:
        """A function that judges the field's value in a row, text without regard to case, as most instances do."""
        if self.operator is Operator.IS_EMPTY:
            return lambda seen: seen == ""
        if self.operator is Operator.IS_NOT_EMPTY:
            return lambda seen: seen != ""
        if self.operator in {Operator.EQUALS, Operator.IN, Operator.NOT_EQUALS, Operator.NOT_IN}:
            return self._membership()
        if self.operator in TEXT_OPERATORS:
            return self._text()
        return self._order()

    def _membership(self) -> Test:
        exact = frozenset(self.values)
        folded = frozenset(value.casefold() for value in self.values)
        if self.operator in {Operator.EQUALS, Operator.IN}:
            return lambda seen: seen in exact or seen.casefold() in folded
        return lambda seen: seen.casefold() not in folded

    def _text(self) -> Test:
        wanted = self.values[0].casefold()
        if self.operator is Operator.STARTS_WITH:
            return lambda seen: seen.casefold().startswith(wanted)
        if self.operator is Operator.ENDS_WITH:
            return lambda seen: seen.casefold().endswith(wanted)
        return lambda seen: wanted in seen.casefold()

    def _order(self) -> Test:
        if self.operator is Operator.BETWEEN:
            low = Condition(self.field, Operator.AT_LEAST, self.values[:1]).test()
            high = Condition(self.field, Operator.AT_MOST, self.values[1:]).test()
            return lambda seen: low(seen) and high(seen)
        compare, wanted = _ORDERED[self.operator], self.values[0]
        if self.field != "sys_id" and _NUMBER.fullmatch(wanted):
            number = float(wanted)
            return lambda seen: _NUMBER.fullmatch(seen) is not None and compare(float(seen), number)
        folded = wanted.casefold()
        return lambda seen: seen != "" and compare(seen.casefold(), folded)


def condition(
    field: str,
    kind: Operator,
    value: Value | Iterable[Value] | None = None,
    *,
    escape_caret: bool = False,
) -> Condition:
    """A condition with its values checked and quoted.

    Zero is a value, an empty text and None are not: ask for `IS_EMPTY` where emptiness is meant.

    Raises:
        QueryError: the field name is malformed, a value is missing or superfluous, or a value is unsafe.
    """
    if not _FIELD.fullmatch(field):
        raise QueryError(f"`{field}` is not a field name: lower-case letters, digits, `_` and dots only")
    if kind in _WITHOUT_VALUE:
        if value is not None:
            raise QueryError(f"{field}{kind.value} takes no value, {value!r} was given")
        return Condition(field, kind)
    if value is None:
        raise QueryError(f"{field}{kind.value} needs a value, None was given; ask for ISEMPTY to find empty ones")
    given = (value,) if isinstance(value, str | int | datetime) else tuple(value)
    _check_count(field, kind, len(given))
    separator = {Operator.BETWEEN: "@", Operator.IN: ",", Operator.NOT_IN: ","}.get(kind, "")
    return Condition(field, kind, tuple(_quoted(field, item, separator, escape_caret) for item in given))


def _check_count(field: str, kind: Operator, count: int) -> None:
    if kind is Operator.BETWEEN:
        wanted, right = "two bounds", count == 2
    elif kind in {Operator.IN, Operator.NOT_IN}:
        wanted, right = "at least one value", count >= 1
    else:
        wanted, right = "one value", count == 1
    if not right:
        raise QueryError(f"{field}{kind.value} takes {wanted}, {count} were given")


def _quoted(field: str, value: Value, separator: str, escape_caret: bool) -> str:  # noqa: FBT001
    text = literal(value)
    if text == "":
        raise QueryError(f"`{field}` is compared with an empty value; ask for ISEMPTY or ISNOTEMPTY")
    if any(ord(character) < 32 or character in "\x7f\x85\u2028\u2029" for character in text):
        raise QueryError(f"a value for `{field}` holds a line break or control character, which no query can carry")
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise QueryError(f"a value for `{field}` holds a byte that is not UTF-8, which no query can carry")
    if text.lstrip().lower().startswith("javascript:"):
        raise QueryError(f"a value for `{field}` starts with `javascript:`, which the instance would run")
    if separator and separator in text:
        raise QueryError(f"a value for `{field}` holds `{separator}`, which separates values and cannot occur in one")
    if "^" in text and not escape_caret:
        raise QueryError(
            f"a value for `{field}` holds `^`, which would end the condition; ServiceNow documents no way to "
            f"write it (dialect.caret_is_escaped: true sends `^^`, where the instance is known to take it)"
        )
    return text


def literal(value: Value) -> str:
    """A value as a query writes it: instants in UTC to the second, booleans as true and false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise QueryError(f"the instant {value.isoformat()} has no time zone; queries are written in UTC")
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return str(value)
