"""The `javascript:` values of encoded queries: a closed list of calls, evaluated in the caller's session and zone.

Answered: `gs.getUserID()`, `gs.getUserName()`, `gs.now()`, `gs.nowDateTime()`, `gs.{minutes,hours,days,weeks,months,
quarters,years}Ago(n)` with `Start` and `End`, `gs.{beginning,end}Of{Today,Yesterday,Tomorrow}()`,
`gs.{beginning,end}Of{This,Last,Next}{Week,Month,Quarter,Year}()`, `gs.dateGenerate(date, time)` and
`gs.datePart(part, value, relation)`. Any other text is not understood, and its condition invalid.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeAlias, cast

from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.moments import UNITS, Unit, end_of, moved, start_of

PREFIX = "javascript:"


@dataclass(frozen=True, slots=True)
class DatePart:
    """The value of `gs.datePart`: a part of a date, the value it is compared with, and the relation (EE, GT, ...)."""

    part: str
    value: str
    relation: str


Value: TypeAlias = str | datetime | DatePart

_CALL = re.compile(r"\s*gs\.(?P<name>[A-Za-z]+)\((?P<arguments>[^()]*)\)\s*;?\s*")
_ARGUMENT = re.compile(r"\s*(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?[0-9]{1,6}))\s*")
_AGO = re.compile(r"(?P<unit>minute|hour|day|week|month|quarter|year)s?Ago(?P<edge>Start|End)?")
_DAY = re.compile(r"(?P<edge>beginning|end)Of(?P<day>Today|Yesterday|Tomorrow)")
_SPAN = re.compile(r"(?P<edge>beginning|end)Of(?P<which>This|Last|Next)(?P<unit>Week|Month|Quarter|Year)")
_DAYS = {"Yesterday": -1, "Today": 0, "Tomorrow": 1}
_WHICH = {"Last": -1, "This": 0, "Next": 1}
_TIMES = {"": "00:00:00", "start": "00:00:00", "end": "23:59:59"}


def is_script(value: str) -> bool:
    """Whether an operand is a script to evaluate."""
    return value.startswith(PREFIX)


def evaluate(value: str, context: QueryContext) -> Value | None:
    """What the call answers: text, an instant or a date part; None for a call that is not on the list."""
    call = _CALL.fullmatch(value.removeprefix(PREFIX))
    if call is None:
        return None
    arguments = _arguments(call["arguments"])
    if arguments is None:
        return None
    try:
        return _answer(call["name"], arguments, context)
    except (OverflowError, ValueError):
        return None


def _arguments(text: str) -> list[str] | None:
    if not text.strip():
        return []
    arguments = []
    for part in text.split(","):
        found = _ARGUMENT.fullmatch(part)
        if found is None:
            return None
        arguments.append(next(group for group in found.groups() if group is not None))
    return arguments


def _answer(name: str, arguments: list[str], context: QueryContext) -> Value | None:
    simple = _SIMPLE.get(name)
    if simple is not None:
        return simple(context) if not arguments else None
    if name == "dateGenerate":
        return _generated(arguments, context)
    if name == "datePart":
        return DatePart(*arguments) if len(arguments) == 3 else None
    if found := _AGO.fullmatch(name):
        return _ago(found, arguments, context)
    if arguments:
        return None
    if found := _DAY.fullmatch(name):
        return _edge(found["edge"], context.now + timedelta(days=_DAYS[found["day"]]), "day", context)
    if found := _SPAN.fullmatch(name):
        unit = cast("Unit", found["unit"].lower())
        first = start_of(context.now, unit, context.zone)
        return _edge(found["edge"], moved(first, unit, _WHICH[found["which"]], context.zone), unit, context)
    return None


def _ago(found: re.Match[str], arguments: list[str], context: QueryContext) -> datetime | None:
    unit = cast("Unit", found["unit"])
    if unit not in UNITS or len(arguments) != 1 or not re.fullmatch(r"-?[0-9]+", arguments[0]):
        return None
    instant = moved(context.now, unit, -int(arguments[0]), context.zone)
    return instant if found["edge"] is None else _edge(found["edge"], instant, unit, context)


def _edge(edge: str, instant: datetime, unit: Unit, context: QueryContext) -> datetime:
    find = start_of if edge in {"beginning", "Start"} else end_of
    return find(instant, unit, context.zone)


def _generated(arguments: list[str], context: QueryContext) -> datetime | None:
    if len(arguments) not in {1, 2}:
        return None
    written = arguments[1] if len(arguments) == 2 else ""
    text = f"{arguments[0]} {_TIMES.get(written, written)}"
    local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=context.zone)
    return local.astimezone(UTC)


_SIMPLE: Mapping[str, Callable[[QueryContext], Value]] = {
    "getUserID": lambda context: context.user_id,
    "getUserName": lambda context: context.user_name,
    "now": lambda context: context.now,
    "nowDateTime": lambda context: context.now,
}
