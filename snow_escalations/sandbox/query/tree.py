"""The typed tree of a bound query: tests of single values, on paths, joined by AND and OR.

Stored values are text and never NULL, so each negative operator is exactly the complement of its positive one; a path
through an empty or dead reference has no value, and only negated tests hold for it. Each test judges a value itself
(`holds`), which is how rules are evaluated; `sql` writes the same tests as SQL.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from snow_escalations.sandbox.clock import parse_stored
from snow_escalations.sandbox.schema.model import Field


@dataclass(frozen=True, slots=True)
class Hop:
    """One step through a reference: the field, and the table whose rows it leads to."""

    field: Field
    table: str


@dataclass(frozen=True, slots=True)
class Path:
    """A field of a row, or of a row that the row refers to, over any number of hops."""

    hops: tuple[Hop, ...]
    field: Field


class Relation(Enum):
    """How two values compare."""

    EQUAL = "="
    LESS = "<"
    LESS_OR_EQUAL = "<="
    GREATER = ">"
    GREATER_OR_EQUAL = ">="

    def compare(self, left: str | float, right: str | float) -> bool:
        """Whether `left` stands in this relation to `right`; both text, or both numbers."""
        return _RELATIONS[self](left, right)


_RELATIONS: Mapping[Relation, Callable[[str | float, str | float], bool]] = {
    Relation.EQUAL: lambda left, right: left == right,
    Relation.LESS: lambda left, right: left < right,  # type: ignore[operator]
    Relation.LESS_OR_EQUAL: lambda left, right: left <= right,  # type: ignore[operator]
    Relation.GREATER: lambda left, right: left > right,  # type: ignore[operator]
    Relation.GREATER_OR_EQUAL: lambda left, right: left >= right,  # type: ignore[operator]
}


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of these, letters compared without case."""

    values: tuple[str, ...]

    def holds(self, value: str) -> bool:
        """Whether `value` passes."""
        return folded(value) in {folded(item) for item in self.values}


class Where(Enum):
    """Where a text must stand in a value."""

    ANYWHERE = "anywhere"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Holds:
    """The value holds a text, letters compared without case."""

    text: str
    where: Where

    def holds(self, value: str) -> bool:
        """Whether `value` passes."""
        value, text = folded(value), folded(self.text)
        if self.where is Where.START:
            return value.startswith(text)
        return value.endswith(text) if self.where is Where.END else text in value


@dataclass(frozen=True, slots=True)
class Ordered:
    """The value is not empty and stands in relation to a bound: numbers as numbers, all else as text."""

    relation: Relation
    bound: str | float

    def holds(self, value: str) -> bool:
        """Whether `value` passes."""
        if value == "":
            return False
        if isinstance(self.bound, str):
            return self.relation.compare(folded(value), folded(self.bound))
        return self.relation.compare(number_of(value), self.bound)


@dataclass(frozen=True, slots=True)
class Between:
    """The value is not empty and lies between two bounds, both included."""

    low: str | float
    high: str | float

    def holds(self, value: str) -> bool:
        """Whether `value` passes."""
        return (
            Ordered(Relation.GREATER_OR_EQUAL, self.low).holds(value)
            and Ordered(Relation.LESS_OR_EQUAL, self.high).holds(value)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """The value is not empty."""

    def holds(self, value: str) -> bool:
        """Whether `value` passes."""
        return value != ""


@dataclass(frozen=True, slots=True)
class DatePartIs:
    """A part of the date-time, read in a zone, stands in relation to a number."""

    part: str
    relation: Relation
    bound: int
    zone: ZoneInfo

    def holds(self, value: str) -> bool:
        """Whether `value` passes."""
        part = date_part(self.part, value, self.zone)
        return part is not None and self.relation.compare(part, self.bound)


Test: TypeAlias = OneOf | Holds | Ordered | Between | Filled | DatePartIs


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test of the value at a path, or its complement."""

    path: Path
    test: Test
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Two fields of the row compared: `left` in relation to `right` moved by `shift`, or the complement.

    Values are compared as numbers where `numeric`; a shift applies to date-times only.
    """

    left: Path
    relation: Relation
    right: Path
    numeric: bool = False
    shift: timedelta | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Below:
    """The reference at `path` leads to the row `root` of `table`, or below it in the tree of its field `parent`."""

    path: Path
    table: str
    parent: Field
    root: str


class Moment(Enum):
    """What VALCHANGES, CHANGESFROM and CHANGESTO look at."""

    ANY = "VALCHANGES"
    FROM = "CHANGESFROM"
    TO = "CHANGESTO"


@dataclass(frozen=True, slots=True)
class Changes:
    """The field changes by the write in hand. Conditions of rules only; never part of a list query."""

    field: Field
    moment: Moment
    value: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """True of every row, or of none."""

    truth: bool


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; an empty one holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; an empty one does not."""

    parts: tuple["Node", ...]


Node: TypeAlias = Leaf | Beside | Below | Changes | Constant | AllOf | AnyOf

EVERYTHING = AllOf(())


def paths_of(node: Node) -> Iterator[Path]:
    """Every path whose value the condition looks at: what is written, and what that stands for, as a display value."""
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from paths_of(part)
        case Leaf(path=path):
            yield path
        case Beside(left=left, right=right):
            yield from (left, right)
        case Below(path=path, table=table, parent=parent):
            yield from (path, Path((*path.hops, Hop(path.field, table)), parent))
        case Changes() | Constant():
            pass


_PARTS: Mapping[str, Callable[[datetime], int]] = {
    "dayofweek": lambda local: local.isoweekday(),
    "dayofmonth": lambda local: local.day,
    "dayofyear": lambda local: local.timetuple().tm_yday,
    "weekofyear": lambda local: local.isocalendar().week,
    "month": lambda local: local.month,
    "quarter": lambda local: (local.month - 1) // 3 + 1,
    "year": lambda local: local.year,
    "hour": lambda local: local.hour,
}
DATE_PARTS = frozenset(_PARTS)
_FOLD = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def folded(text: str) -> str:
    """The text with A-Z lowered: what SQLite's NOCASE compares."""
    return text.translate(_FOLD)


def number_of(value: str) -> float:
    """A stored number; text that is none counts as 0, as in the database."""
    try:
        return float(value)
    except ValueError:
        return 0.0


def date_part(part: str, value: str, zone: ZoneInfo) -> int | None:
    """A part of a stored date-time in a zone, or None where it is none, or beyond the zone's calendar."""
    try:
        return _PARTS[part](parse_stored(value).astimezone(zone))
    except (ValueError, OverflowError):
        return None


def simplified(node: Node) -> Node:
    """The same condition without constants inside: a part that never holds settles an AND, and so on."""
    if not isinstance(node, AllOf | AnyOf):
        return node
    settled = Constant(truth=isinstance(node, AnyOf))
    parts = [part for part in map(simplified, node.parts) if part != Constant(truth=not settled.truth)]
    if settled in parts:
        return settled
    if not parts:
        return Constant(truth=not settled.truth)
    return parts[0] if len(parts) == 1 else type(node)(tuple(parts))
