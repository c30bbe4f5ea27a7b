"""Rows of one class with the same fields, their values as the fields keep them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from snow_escalations.sandbox.schema.model import Table
from snow_escalations.sandbox.store.normal import has_form, normal

_EMPTY = frozenset({""})


@dataclass(slots=True)
class Batch:
    """Rows of one class with the same fields, ready to store; `places` are their indexes in the file."""

    table: Table
    names: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def normalise(batch: Batch, source: str) -> Iterator[str]:
    """Bring the values of a batch into the form that their fields keep; a problem for each that a field cannot hold.

    Text that is longer than its field is cut, as over HTTP.
    Columns are looked at value by value, not row by row: most hold few different ones. Empty values stay empty, and
    so does whatever a field with choices holds: an export may show labels.
    """
    for at, name in enumerate(batch.names):
        known = batch.table.fields[name]
        if any(len(row[at]) > known.max_length for row in batch.rows) and not has_form(known):
            batch.rows = [(*row[:at], row[at][: known.max_length], *row[at + 1 :]) for row in batch.rows]
        if known.choices or not has_form(known):
            continue
        written = set(map(itemgetter(at), batch.rows)) - _EMPTY
        changed = {value: form for value in written if (form := normal(known, value)) != value}
        if None in changed.values():
            for index, row in zip(batch.places, batch.rows, strict=True):
                if changed.get(row[at], "") is None:
                    yield f"{source}: row {index}, field `{name}`: `{row[at][:40]}` is no {known.kind.value}"
        elif changed:
            batch.rows = [(*row[:at], changed.get(row[at]) or row[at], *row[at + 1 :]) for row in batch.rows]
