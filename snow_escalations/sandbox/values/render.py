"""Rows of a table in one of the three modes of `sysparm_display_value`, ready for JSON or XML."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from snow_escalations.sandbox.query.paths import table_of
from snow_escalations.sandbox.query.tree import Path
from snow_escalations.sandbox.schema.model import Field, Table
from snow_escalations.sandbox.schema.types import JOURNALS, Kind
from snow_escalations.sandbox.store import Store
from snow_escalations.sandbox.values import journals
from snow_escalations.sandbox.values.cells import Cell, Style, display_of
from snow_escalations.sandbox.values.display import shown
from snow_escalations.sandbox.values.hashmap import ordered

Rendered: TypeAlias = dict[str, Cell]
Values: TypeAlias = Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """One key of a rendered row: its name, as asked for, and the path to its value."""

    name: str
    path: Path


class Renderer:
    """Renders rows of `table` with `columns`.

    Rows must be selected by `paths`: the columns in the order in which they are rendered, then what else rendering
    needs to know (the record's sys_id, the table of a document_id).
    """

    def __init__(self, store: Store, table: Table, columns: Sequence[Column], style: Style) -> None:
        self._store = store
        self._table = table
        self._style = style
        by_name = {column.name: column for column in columns}
        self._columns = [by_name[name] for name in ordered([column.name for column in columns])]
        self._names = [column.name for column in self._columns]
        self._extra: dict[Path, int] = {}
        self._id = self._need(Path((), table.fields["sys_id"]))
        self._makers = [self._maker(column) for column in self._columns]
        self.paths: list[Path] = [*(column.path for column in self._columns), *self._extra]

    def rows(self, selected: Sequence[Values]) -> list[Rendered]:
        """The rows as mappings, keys in the order of the wire."""
        if not selected:
            return []
        if not self._columns:
            return [{} for _ in selected]
        page = list(zip(*selected, strict=True))
        cells = [make(page[index], page) for index, make in enumerate(self._makers)]
        return [dict(zip(self._names, row, strict=True)) for row in zip(*cells, strict=True)]

    def _need(self, path: Path) -> int:
        """The position, among the selected values, of something that is not a column."""
        return self._extra.setdefault(path, len(self._columns) + len(self._extra))

    def _maker(self, column: Column) -> "Maker":
        field, style = column.path.field, self._style
        if field.kind is Kind.DOCUMENT:
            return self._documents(column)
        if field.kind is Kind.REFERENCE:
            return lambda values, _: self._references(column, values)
        if style.mode == "false":
            return lambda values, _: values
        if field.kind is Kind.LIST:
            return lambda values, _: self._lists(column, values)
        if field.kind in JOURNALS:
            return lambda values, page: self._journals(column, values, page)
        owner = table_of(self._store.schema, self._table, column.path)
        return lambda values, _: self._plain(owner, field, values)

    def _plain(self, owner: Table, field: Field, values: Values) -> Sequence[Cell]:
        choices = self._store.choices.of(owner, field.element)
        show = shown(field, self._store.schema, self._style.locale, choices)
        return [self._style.scalar(value, show(value)) for value in values]

    def _references(self, column: Column, values: Values) -> Sequence[Cell]:
        field, style = column.path.field, self._style
        if style.mode == "false":
            start = style.link(field.reference, "", field.reference_key)
            if not style.links:
                return values
            return [{"link": start + value, "value": value} if value else "" for value in values]
        known = self._displays(field.reference, field.reference_key, values)
        return [
            style.reference(value, display_of(value, known), field.reference, field.reference_key) for value in values
        ]

    def _documents(self, column: Column) -> "Maker":
        field, style = column.path.field, self._style
        owner = table_of(self._store.schema, self._table, column.path)
        at = self._need(Path(column.path.hops, owner.fields[field.dependent]))

        def make(values: Values, page: Sequence[Values]) -> Sequence[Cell]:
            tables = page[at]
            wanted: dict[str, list[str]] = defaultdict(list)
            if style.mode != "false":
                for value, table in zip(values, tables, strict=True):
                    wanted[table].append(value)
            known = {table: self._document_displays(table, keys) for table, keys in wanted.items()}
            return [
                style.reference(value, display_of(value, known.get(table, {})), table)
                if table
                else style.scalar(value, value)
                for value, table in zip(values, tables, strict=True)
            ]

        return make

    def _lists(self, column: Column, values: Values) -> Sequence[Cell]:
        field = column.path.field
        items = [item for value in values for item in value.split(",") if item]
        known = self._displays(field.reference, field.reference_key, items)
        return [
            self._style.scalar(value, ", ".join(known.get(item, item) for item in value.split(",") if item))
            for value in values
        ]

    def _journals(self, column: Column, values: Values, page: Sequence[Values]) -> Sequence[Cell]:
        if column.path.hops:
            return [self._style.scalar(value, value) for value in values]
        records = page[self._id]
        entries = self._store.journals(records, journals.elements_of(self._table, column.path.field))
        names = self._names_of(entry.user_name for found in entries.values() for entry in found)
        return [
            self._style.scalar(
                "",
                journals.text(entries.get(record, ()), self._table, column.path.field, self._style.locale, names),
            )
            for record in records
        ]

    def _names_of(self, user_names: Iterable[str]) -> Callable[[str], str]:
        known = self._displays("sys_user", "user_name", list(user_names))
        return lambda user_name: known.get(user_name) or user_name

    def _displays(self, table: str, key: str, values: Values) -> dict[str, str]:
        target = self._store.schema.find(table)
        if target is None or key not in target.fields:
            return {}
        return self._store.displays(target, target.fields[key], [value for value in values if value])

    def _document_displays(self, table: str, values: Values) -> dict[str, str]:
        target = self._store.schema.find(table)
        label = "" if target is None else f"{target.label}: "
        return {key: label + display for key, display in self._displays(table, "sys_id", values).items()}


Maker: TypeAlias = Callable[[Values, Sequence[Values]], Sequence[Cell]]
