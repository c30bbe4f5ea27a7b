"""Rows of data files checked against the schema: strings and references only, known fields, unique sys_ids."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from snow_escalations.documents import suggest
from snow_escalations.sandbox.content.batch import Batch, normalise
from snow_escalations.sandbox.content.files import RawRow
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import JOURNALS, Kind

_REFERENCES = frozenset({Kind.REFERENCE, Kind.DOCUMENT})
_TEXT_ONLY = frozenset({str})


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the keys of a row mean for a table; the rows of one file mostly share one."""

    unknown: tuple[str, ...]
    journals: tuple[str, ...]
    names: tuple[str, ...]
    pick: Callable[[RawRow], tuple[str, ...]]


class RowReader:
    """Turns the rows of all files into batches, and notes every problem."""

    def __init__(self, schema: Schema, identifiers: Identifiers) -> None:
        self._schema = schema
        self._identifiers = identifiers
        self.problems: list[str] = []
        self._seen: dict[tuple[str, str], str] = {}

    def read(self, table: Table, source: str, rows: Sequence[RawRow]) -> list[Batch]:
        """The rows of one file as batches, by class and fields."""
        batches: dict[tuple[str, tuple[str, ...]], Batch] = {}
        shapes: dict[tuple[str, ...], _Shape] = {}
        unknown: dict[str, list[int]] = {}
        has_class = "sys_class_name" in table.fields and table.fields["sys_class_name"].kind is Kind.CLASS
        for index, row in enumerate(rows):
            if not (row.get("sys_id") and _TEXT_ONLY.issuperset(map(type, row.values()))) or (
                has_class and row.get("sys_class_name") == ""
            ):
                row = self._completed(table, source, index, row)  # noqa: PLW2901 - the row with what it lacks
            keys = tuple(row)
            shape = shapes.get(keys)
            if shape is None:
                shape = shapes[keys] = _shape(table, keys)
            for name in shape.unknown:
                unknown.setdefault(name, []).append(index)
            for name in shape.journals:
                if row[name]:
                    self.problems.append(_journal_complaint(source, index, name))
            own = self._class(table, source, index, row) if has_class else table
            if own is None or not self._claim(own, source, index, row["sys_id"]):
                continue
            batch = batches.get((own.name, shape.names))
            if batch is None:
                batch = batches[own.name, shape.names] = Batch(own, shape.names)
            batch.rows.append(shape.pick(row))
            batch.places.append(index)
        self.problems += list(_unknown_fields(table, source, unknown))
        for batch in batches.values():
            self.problems += normalise(batch, source)
        return list(batches.values())

    def _completed(self, table: Table, source: str, index: int, row: RawRow) -> RawRow:
        """A row as text, references by their sys_ids, with a sys_id; what is no text is a problem."""
        values: dict[str, str] = {}
        for name, value in row.items():
            known = table.fields.get(name)
            reference = known is not None and known.kind in _REFERENCES
            if isinstance(value, str):
                values[name] = value
            elif reference and (found := _referenced(value)) is not None:
                values[name] = found
            else:
                values[name] = ""
                if known is not None:
                    complaint = _complaint(value, reference=reference)
                    self.problems.append(f"{source}: row {index}, field `{name}`: {complaint}")
        if not values.get("sys_id"):
            values["sys_id"] = self._identifiers.loaded_row(table.name, index)
        if values.get("sys_class_name") == "":
            values["sys_class_name"] = table.name
        return values

    def _class(self, table: Table, source: str, index: int, row: RawRow) -> Table | None:
        name = row.get("sys_class_name", table.name)
        if name == table.name:
            return table
        if name in self._schema.family(table.name):
            return self._schema[name]
        near = suggest(name, self._schema.family(table.name))
        self.problems.append(
            f"{source}: row {index}, field `sys_class_name`: `{name}` does not extend `{table.name}`{near}"
        )
        return None

    def _claim(self, table: Table, source: str, index: int, sys_id: str) -> bool:
        here = f"{source}: row {index}"
        earlier = self._seen.setdefault((table.base, sys_id.lower()), here)
        if earlier != here:
            self.problems.append(f"{here}, field `sys_id`: {sys_id} is already taken by {earlier}")
        return earlier == here


def _shape(table: Table, keys: tuple[str, ...]) -> _Shape:
    kinds = {key: table.fields[key].kind for key in keys if key in table.fields}
    names = tuple(key for key, kind in kinds.items() if kind not in JOURNALS)
    pick: Callable[[RawRow], Any] = itemgetter(*names)
    return _Shape(
        unknown=tuple(key for key in keys if key not in kinds),
        journals=tuple(key for key, kind in kinds.items() if kind in JOURNALS),
        names=names,
        pick=pick if len(names) > 1 else lambda row: (row[names[0]],),
    )


def _referenced(value: Any) -> str | None:
    """The sys_id of a reference as the Table API writes it: `{"link": ..., "value": ...}`."""
    if isinstance(value, dict) and set(value) == {"link", "value"} and isinstance(value["value"], str):
        return value["value"]
    return None


def _complaint(value: Any, *, reference: bool) -> str:
    written = 'a reference is a sys_id or {"link", "value"}' if reference else "every value is a string"
    if value is None:
        return f'null; {written}, and empty is ""'
    return f"{type(value).__name__} {str(value)[:40]}; {written}"


def _journal_complaint(source: str, index: int, name: str) -> str:
    return f'{source}: row {index}, field `{name}`: journal texts are rows of sys_journal_field.json; write ""'


def _unknown_fields(table: Table, source: str, found: dict[str, list[int]]) -> Iterator[str]:
    for name, indexes in found.items():
        more = f" (and in {len(indexes) - 1} more rows)" if len(indexes) > 1 else ""
        near = suggest(name, table.fields)
        yield f"{source}: row {indexes[0]}{more}: table `{table.name}` has no field `{name}`{near}"
