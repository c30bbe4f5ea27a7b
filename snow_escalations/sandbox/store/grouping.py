"""Figures over rows, grouped or not: what the Aggregate API asks of the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.query.sql import Compiler, quoted
from snow_escalations.sandbox.query.tree import Node, Path, simplified
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import NUMERIC, Kind
from snow_escalations.sandbox.store.database import Database

_ADDING = frozenset({"avg", "sum"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figure:
    """A function (count, avg, sum, min, max) over the filled values of a field; `name` is the field as asked for.

    Sums and averages are of numbers and of durations, these in seconds; text, date-times and all else have none.
    """

    function: str
    path: Path | None
    name: str = ""

    @property
    def is_length(self) -> bool:
        """Whether the figure is a length of time, in seconds."""
        return self.function in _ADDING and self.path is not None and self.path.field.kind is Kind.DURATION


@dataclass(frozen=True, slots=True)
class Group:
    """One group: the values that it has in common, and its figures; None where no row of it has a value."""

    values: tuple[str, ...]
    figures: Mapping[Figure, int | float | str | None]

    def number(self, figure: Figure) -> float | None:
        """A figure to compare or sort by."""
        value = self.figures[figure]
        return float(value) if isinstance(value, int | float) else None

    def text(self, figure: Figure) -> str:
        """A figure as the API says it."""
        value = self.figures[figure]
        if value is None:
            return ""
        if figure.is_length:
            return _length(int(value))
        if figure.function == "avg":
            return f"{value:.4f}"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else str(value)
        return str(value)


def _length(seconds: int) -> str:
    """A length of time as it is stored; "" for one that is too long for it."""
    try:
        return stored(_EPOCH + timedelta(seconds=seconds))
    except OverflowError:
        return ""


def groups(
    schema: Schema, database: Database, table: Table, where: Node, *, figures: Sequence[Figure], by: Sequence[Path]
) -> list[Group]:
    """The groups of the rows that match; without `by` exactly one."""
    compiler = Compiler(schema)
    keys = [compiler.value(path) for path in by]
    columns = [*keys, *(_expression(compiler, figure) for figure in figures)] or ["count(*)"]
    condition = compiler.where(table, simplified(where))
    sql = f"SELECT {', '.join(columns)} FROM {quoted(table.base)} AS r"
    if condition.text:
        sql += f" WHERE {condition.text}"
    if keys:
        sql += f" GROUP BY {', '.join(keys)}"
    return [
        Group(tuple(row[: len(keys)]), dict(zip(figures, row[len(keys) :], strict=False)))
        for row in database.rows(sql, condition.parameters)
    ]


def _expression(compiler: Compiler, figure: Figure) -> str:
    if figure.path is None:
        return "count(*)"
    value = compiler.value(figure.path)
    if figure.is_length:
        return f"{figure.function}(CAST(strftime('%s', nullif({value}, '')) AS INTEGER))"
    if figure.path.field.kind in NUMERIC:
        return f"{figure.function}(CASE WHEN {value} <> '' THEN CAST({value} AS REAL) END)"
    return "NULL" if figure.function in _ADDING else f"{figure.function}(nullif({value}, ''))"
