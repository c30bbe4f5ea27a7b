"""Checked rows stored in bulk: no rule and no hook sees them, as with an import set."""

from collections.abc import Iterable

from snow_escalations.sandbox.content.batch import Batch
from snow_escalations.sandbox.query.sql import quoted
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store import Store


def store_batches(store: Store, batches: Iterable[Batch], now: str) -> None:
    """Store batches of rows; what a row leaves out gets its default, audit fields included.

    Args:
        store: where to.
        batches: checked rows.
        now: the stored instant for rows that do not say when they were created.
    """
    for batch in batches:
        constants = _constants(batch, now)
        fields = batch.table.fields
        columns = [quoted(fields[name].column) for name in (*batch.names, *constants)]
        extra = tuple(constants.values())
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO {quoted(batch.table.base)} ({', '.join(columns)}) VALUES ({marks})"
        with store.writing(batch.table):
            store.database.execute_many(sql, ((*row, *extra) for row in batch.rows))


def _constants(batch: Batch, now: str) -> dict[str, str]:
    fields = batch.table.fields
    values: dict[str, str] = {}
    for name, field in fields.items():
        if field.kind is Kind.CLASS:
            values[name] = batch.table.name
        elif field.default and not field.default.startswith("$"):
            values[name] = field.default
    audit = {"sys_created_on": now, "sys_created_by": "system", "sys_updated_on": now, "sys_updated_by": "system"}
    values |= {name: value for name, value in (audit | {"sys_mod_count": "0"}).items() if name in fields}
    return {name: value for name, value in values.items() if name not in batch.names}
