"""Numbers of new records: one more than the highest that the table holds."""

from snow_escalations.sandbox.query.sql import class_filter, quoted
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.store.database import Database


class Numbers:
    """Assigns numbers, table by table."""

    def __init__(self, schema: Schema, database: Database) -> None:
        self._schema = schema
        self._database = database
        self._next: dict[str, int] = {}

    def next(self, table: Table) -> str:
        """The next number, as `CS0010001`; "" for a table that numbers nothing."""
        numbering = table.numbering
        if numbering is None:
            return ""
        upcoming = self._next.get(table.name)
        if upcoming is None:
            upcoming = max(self._highest(table, numbering.prefix) + 1, numbering.start)
        self._next[table.name] = upcoming + 1
        return numbering.text(upcoming)

    def _highest(self, table: Table, prefix: str) -> int:
        number = f"r.{quoted(table.fields['number'].column)}"
        narrowed = class_filter(self._schema, table, "r")
        highest = self._database.scalar(
            f"SELECT max(CAST(substr({number}, ?) AS INTEGER)) FROM {quoted(table.base)} AS r "
            f"WHERE {number} >= ? AND {number} < ?" + (f" AND {narrowed}" if narrowed else ""),
            (len(prefix) + 1, prefix, prefix + ":"),
        )
        return 0 if highest is None else int(highest)
