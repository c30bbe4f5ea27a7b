"""Rows, counts and display values."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from snow_escalations.sandbox.query.bind import Sort
from snow_escalations.sandbox.query.paths import display_path
from snow_escalations.sandbox.query.sql import SHUFFLE_FUNCTION, Compiler, class_filter, quoted
from snow_escalations.sandbox.query.tree import EVERYTHING, Node, Path, simplified
from snow_escalations.sandbox.schema.model import Field, Schema, Table
from snow_escalations.sandbox.store.database import Database
from snow_escalations.sandbox.store.planning import Plan, plan

Values: TypeAlias = tuple[str, ...]
_CACHED = 500


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows, in which order.

    Attributes:
        where: the condition.
        order: the orderings that the query asks for; the natural order of the table follows.
        limit: at most so many rows; None for all.
        offset: rows passed over.
        shuffled: rows that `order` leaves equal come in random order instead of the natural one.
    """

    where: Node = EVERYTHING
    order: Sequence[Sort] = ()
    limit: int | None = None
    offset: int = 0
    shuffled: bool = False


class Reader:
    """Reads rows of any table as tuples of text."""

    def __init__(self, schema: Schema, database: Database) -> None:
        self._schema = schema
        self._database = database
        self._selected: dict[tuple[Path, ...], str] = {}

    def select(self, table: Table, paths: Iterable[Path], selection: Selection) -> list[Values]:
        """The values at `paths` of the rows selected."""
        page = self._page(table, selection)
        columns = self._columns(tuple(paths))
        rows = self._database.rows(
            f"SELECT r._rowid_, {columns} FROM {quoted(table.base)} AS r "
            "WHERE r._rowid_ IN (SELECT value FROM json_each(?))",
            (json.dumps(page),),
        )
        values = {row[0]: row[1:] for row in rows}
        return [values[row_id] for row_id in page]

    def count(self, table: Table, where: Node) -> int:
        """The number of rows that match."""
        condition = simplified(where)
        chosen = plan(self._schema, table, condition)
        compiled = Compiler(self._schema).where(table, condition, loose=chosen.loose)
        sql = f"SELECT count(*) FROM {quoted(table.base)} AS r{chosen.source}"
        if compiled.text:
            sql += f" WHERE {compiled.text}"
        return int(self._database.scalar(sql, compiled.parameters))

    def _page(self, table: Table, selection: Selection) -> list[int]:
        """The rowids of the rows selected, in order: found by indexes alone where that is possible."""
        condition = simplified(selection.where)
        chosen = plan(self._schema, table, condition, selection.order)
        compiler = Compiler(self._schema)
        where = compiler.where(table, condition, loose=chosen.loose)
        sql = f"SELECT r._rowid_ FROM {quoted(table.base)} AS r{chosen.source}"
        if where.text:
            sql += f" WHERE {where.text}"
        sql += f" ORDER BY {self._order(compiler, table, selection, chosen)}"
        parameters: list[Any] = where.parameters
        if selection.limit is not None or selection.offset:
            sql += " LIMIT ? OFFSET ?"
            parameters += [-1 if selection.limit is None else selection.limit, selection.offset]
        return [row_id for (row_id,) in self._database.rows(sql, parameters)]

    def one(self, table: Table, key_field: Field, key: str) -> dict[str, str] | None:
        """The row whose `key_field` is `key`, with the fields of `table`; journals are ""."""
        stored = table.stored
        columns = ", ".join(f"r.{quoted(field.column)}" for field in stored.values())
        narrowed = class_filter(self._schema, table, "r")
        rows = self._database.rows(
            f"SELECT {columns} FROM {quoted(table.base)} AS r WHERE r.{quoted(key_field.column)} = ?"
            + (f" AND {narrowed}" if narrowed else "")
            + " LIMIT 1",
            (key,),
        )
        if not rows:
            return None
        return dict.fromkeys(table.fields, "") | dict(zip(stored, rows[0], strict=True))

    def displays(self, table: Table, key_field: Field, keys: Iterable[str]) -> dict[str, str]:
        """What rows show where something refers to them, by the key that refers."""
        wanted = json.dumps(sorted(set(keys)))
        if not table.display or wanted == "[]":
            return {}
        field = table.fields[table.display]
        path = display_path(self._schema, Path((), field)) or Path((), field)
        key = f"r.{quoted(key_field.column)}"
        value = Compiler(self._schema).value(path)
        rows = self._database.rows(
            f"SELECT {key}, {value} FROM {quoted(table.base)} AS r WHERE {key} IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
        return dict(rows)

    def _columns(self, paths: tuple[Path, ...]) -> str:
        """The expressions of a SELECT; lists of one shape ask for the same ones again and again."""
        text = self._selected.get(paths)
        if text is None:
            if len(self._selected) >= _CACHED:
                self._selected.clear()
            compiler = Compiler(self._schema)
            text = self._selected[paths] = ", ".join(map(compiler.value, paths))
        return text

    def _order(self, compiler: Compiler, table: Table, selection: Selection, chosen: Plan) -> str:
        """The ORDER BY: what the query asks for, then the natural order, in the direction of the last ordering."""
        terms = [compiler.order(selection.order)] if selection.order else []
        if any(not sort.path.hops and sort.path.field.element == "sys_id" for sort in selection.order):
            return terms[0]
        if selection.shuffled:
            return ", ".join([*terms, f"{SHUFFLE_FUNCTION}(r.sys_id)"])
        direction = " DESC" if selection.order and selection.order[-1].descending else ""
        sign = "+" if chosen.loose else ""
        names = (*table.natural_order, "sys_id")
        return ", ".join([*terms, *(f"{sign}r.{quoted(table.fields[name].column)}{direction}" for name in names)])
