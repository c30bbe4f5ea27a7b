"""Operators on time: ON, RELATIVE, DATEPART, MORETHAN and their kin."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from snow_escalations.sandbox.query import javascript
from snow_escalations.sandbox.query.moments import UNITS, Unit, end_of, moved, start_of
from snow_escalations.sandbox.query.operand import DAY, Invalid, Operand
from snow_escalations.sandbox.query.paths import resolve
from snow_escalations.sandbox.query.tree import (
    DATE_PARTS,
    AllOf,
    Beside,
    Between,
    Constant,
    DatePartIs,
    Leaf,
    Node,
    Ordered,
    Relation,
)
from snow_escalations.sandbox.schema.types import Kind

_NOTHING = Constant(truth=False)


def on(*, negated: bool) -> Callable[[Operand], Node]:
    """`ONToday@<start>@<end>` and `ON2026-11-23`: between the first and the last second, or the complement."""

    def build(operand: Operand) -> Node:
        _need_time(operand)
        parts = operand.value.split("@")
        if len(parts) == 3:
            low, high = operand.text(parts[1]), operand.text(parts[2])
        elif DAY.fullmatch(parts[0]):
            low, high = operand.text(f"{parts[0]} 00:00:00"), operand.text(f"{parts[0]} 23:59:59")
        else:
            raise Invalid
        if low is None or high is None:
            return Constant(truth=negated)
        return Leaf(operand.path, Between(low, high), negated=negated)

    return build


def _need_time(operand: Operand) -> None:
    if operand.kind not in {Kind.DATE_TIME, Kind.DATE}:
        raise Invalid


# What condition builders write for days; nearly every published relative query has it.
_UNIT_NAMES: Mapping[str, str] = {"dayofweek": "day"}


def _unit(text: str) -> Unit:
    singular = _UNIT_NAMES.get(text, text.removesuffix("s"))
    if singular not in UNITS:
        raise Invalid
    return singular


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise Invalid
    return int(text)


def relative(relation: Relation) -> Callable[[Operand], Node]:
    """`RELATIVEGT@hour@ago@1`: against now, moved by so many units; EE means in the same unit."""

    def build(operand: Operand) -> Node:
        _need_time(operand)
        parts = operand.value.removeprefix("@").split("@")
        if len(parts) != 3 or parts[1] not in {"ago", "ahead"}:
            raise Invalid
        unit, count = _unit(parts[0]), _count(parts[2])
        try:
            edge = moved(operand.context.now, unit, -count if parts[1] == "ago" else count, operand.context.zone)
            if relation is not Relation.EQUAL:
                return Leaf(operand.path, Ordered(relation, operand.instant_text(edge)))
            first, last = start_of(edge, unit, operand.context.zone), end_of(edge, unit, operand.context.zone)
            return Leaf(operand.path, Between(operand.instant_text(first), operand.instant_text(last)))
        except (OverflowError, ValueError):
            return _NOTHING

    return build


_PART_VALUE = re.compile(r"[-+]?[0-9]{1,6}")
_PART_RELATIONS = {
    "EE": (Relation.EQUAL, False),
    "NE": (Relation.EQUAL, True),
    "GT": (Relation.GREATER, False),
    "GE": (Relation.GREATER_OR_EQUAL, False),
    "LT": (Relation.LESS, False),
    "LE": (Relation.LESS_OR_EQUAL, False),
}
_NAMES = {
    name: number
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
    )
    for number, name in enumerate(names, start=1)
}


def date_part(operand: Operand) -> Node:
    """`DATEPARTMonday@javascript:gs.datePart('dayofweek','monday','GE')`."""
    _need_time(operand)
    _, _, script = operand.value.partition("@")
    asked = javascript.evaluate(script, operand.context) if javascript.is_script(script) else None
    if not isinstance(asked, javascript.DatePart):
        raise Invalid
    part, relation = asked.part.lower(), _PART_RELATIONS.get(asked.relation)
    number = _NAMES.get(asked.value.lower(), int(asked.value) if _PART_VALUE.fullmatch(asked.value) else None)
    if part not in DATE_PARTS or relation is None or number is None:
        raise Invalid
    return Leaf(operand.path, DatePartIs(part, relation[0], number, operand.context.zone), negated=relation[1])


def apart(*, more: bool) -> Callable[[Operand], Node]:
    """`aMORETHANb@day@before@1`: a lies more than a day before b; LESSTHAN: at most a day before it, and not after."""

    def build(operand: Operand) -> Node:
        _need_time(operand)
        parts = operand.value.split("@")
        other = resolve(operand.schema, operand.table, parts[0])
        if other is None or other.field.kind not in {Kind.DATE_TIME, Kind.DATE} or len(parts) != 4:
            raise Invalid
        unit, count = _unit(parts[1]), _count(parts[3])
        if unit not in _DISTANCES or parts[2] not in {"before", "after"}:
            raise Invalid
        before = parts[2] == "before"
        distance = _DISTANCES[unit] * (-count if before else count)
        if more:
            beyond = Relation.LESS if before else Relation.GREATER
            return Beside(operand.path, beyond, other, shift=distance)
        near, far = Relation.LESS_OR_EQUAL, Relation.GREATER_OR_EQUAL
        if not before:
            near, far = far, near
        return AllOf((Beside(operand.path, near, other), Beside(operand.path, far, other, shift=distance)))

    return build


_DISTANCES: Mapping[Unit, timedelta] = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "quarter": timedelta(days=91),
    "year": timedelta(days=365),
}
