"""Encoded queries that are built, never pasted together, and that judge every row which comes back.

    query = (
        Queries(dialect)
        .of(dialect.tables.approval)
        .where("state", Operator.EQUALS, "requested")
        .where("approver", Operator.IN, sys_ids)
    )
    query.encoded()      # state=requested^approverIN...^ORDERBYsys_id
    query.mismatch(row)  # None, or the condition that the row does not meet

A query is a conjunction of blocks, each block a disjunction: exactly what `^` and `^OR` can say without `^NQ`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from snow_escalations.servicenow.conditions import TEXT_OPERATORS, Condition, Operator, Test, Value, condition
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import QueryError, UnexpectedRow
from snow_escalations.servicenow.vocabulary import Vocabulary

Cell: TypeAlias = str | Mapping[str, str | None]
Row: TypeAlias = Mapping[str, Cell]
Judge: TypeAlias = Callable[[Row], str | None]


def value_of(cell: Cell | None) -> str | None:
    """The stored value of a cell in any display mode; None where the instance did not return the field."""
    if cell is None or isinstance(cell, str):
        return cell
    return cell.get("value") or ""


@dataclass(frozen=True)
class Query:
    """An encoded query over one table. Immutable: each method gives a new one."""

    table: str
    vocabulary: Vocabulary = field(repr=False)
    escape_caret: bool = field(default=False, repr=False)
    blocks: tuple[tuple[Condition, ...], ...] = ()
    order: tuple[tuple[str, bool], ...] = ()

    def where(self, name: str, operator: Operator, value: Value | Iterable[Value] | None = None) -> "Query":
        """The query with one more condition, which must hold besides all others.

        Raises:
            QueryError: the field is not in the dialect, or the value is unsafe.
        """
        return replace(self, blocks=(*self.blocks, (self._condition(name, operator, value),)))

    def where_any(self, *alternatives: tuple[str, Operator, Value | Iterable[Value] | None]) -> "Query":
        """The query with one more block of conditions, of which at least one must hold.

        Raises:
            QueryError: as `where`, or no alternative is given.
        """
        if not alternatives:
            raise QueryError(f"a query over `{self.table}` asks for any of no conditions")
        block = tuple(self._condition(name, operator, value) for name, operator, value in alternatives)
        return replace(self, blocks=(*self.blocks, block))

    def order_by(self, name: str, *, descending: bool = False) -> "Query":
        """The query with one more order; `sys_id` always follows as the last, so that the order is total.

        Raises:
            QueryError: the field is not in the dialect.
        """
        self.vocabulary.check_field(self.table, name)
        return replace(self, order=(*self.order, (name, descending)))

    def _condition(self, name: str, operator: Operator, value: Value | Iterable[Value] | None) -> Condition:
        self.vocabulary.check_field(self.table, name)
        if operator in TEXT_OPERATORS and self.vocabulary.is_reference(self.table, name):
            raise QueryError(f"`{name}` is a reference: {operator.value} would compare display values, not sys_ids")
        return condition(name, operator, value, escape_caret=self.escape_caret)

    def encoded(self) -> str:
        """The query as `sysparm_query`, ending in `ORDERBYsys_id`."""
        parts = ["^OR".join(str(item) for item in block) for block in self.blocks]
        parts += [f"ORDERBY{'DESC' if descending else ''}{name}" for name, descending in self.order if name != "sys_id"]
        return "^".join([*parts, "ORDERBYsys_id"])

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the conditions name: they must be read, or no row could be judged."""
        return tuple(dict.fromkeys(item.field for block in self.blocks for item in block))

    def judge(self) -> Judge:
        """A function that gives the condition which a row does not meet, or None. Compiled once, for many rows."""
        compiled = [([(item.field, item.test()) for item in block], block) for block in self.blocks]

        def mismatch(row: Row) -> str | None:
            for tests, block in compiled:
                if not _meets(row, tests):
                    return "^OR".join(str(item) for item in block)
            return None

        return mismatch

    def verify(self, rows: Iterable[Row]) -> None:
        """Check rows against the query that asked for them.

        Raises:
            UnexpectedRow: a row does not meet a condition, or lacks the field that the condition is about.
        """
        mismatch = self.judge()
        for row in rows:
            failed = mismatch(row)
            if failed is not None:
                raise self.unexpected(row, failed)

    def unexpected(self, row: Row, failed: str) -> UnexpectedRow:
        """The error for a row that does not meet a condition, with what the row has instead."""
        names = [item.field for block in self.blocks for item in block if "^OR".join(map(str, block)) == failed]
        seen = ", ".join(f"{name}={_shown(row.get(name))}" for name in names)
        return UnexpectedRow(self.table, _cut(failed), value_of(row.get("sys_id")) or "", seen)


class Queries:
    """Starts queries in the words of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._vocabulary = Vocabulary.of(dialect)
        self._escape_caret = dialect.caret_is_escaped

    def of(self, table: str) -> Query:
        """A query over a table, with no condition yet.

        Raises:
            QueryError: the table is not in the dialect.
        """
        self._vocabulary.check_table(table)
        return Query(table, self._vocabulary, self._escape_caret)


def _meets(row: Row, tests: list[tuple[str, Test]]) -> bool:
    for name, test in tests:
        seen = value_of(row.get(name))
        if seen is not None and test(seen):
            return True
    return False


def _shown(cell: Cell | None) -> str:
    seen = value_of(cell)
    return "(not returned)" if seen is None else f"`{_cut(seen)}`"


def _cut(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
