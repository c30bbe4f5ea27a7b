"""The choices of fields: the rows of `sys_choice`, as they are now."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from snow_escalations.sandbox.query.tree import folded
from snow_escalations.sandbox.schema.model import Table
from snow_escalations.sandbox.store.database import Database

TABLE = "sys_choice"
_ENGLISH = ("en", "")

Labels: TypeAlias = Mapping[str, str]


class Choices:
    """Labels by stored value, for a field as a table sees it: its own rows, or those of its nearest parent with any.

    A field without rows there has the choices of its schema file, so that data with a few rows of `sys_choice` need
    not hold them all. Labels are English where there is an English row.
    """

    def __init__(self, database: Database, versions: Counter[str]) -> None:
        self._database = database
        self._versions = versions
        self._version = -1
        self._rows: Mapping[tuple[str, str], Labels] = {}

    def of(self, table: Table, element: str) -> Labels:
        """Labels by stored value in the order of the list; empty for a field without choices."""
        if self._version != self._versions[TABLE]:
            self._version = self._versions[TABLE]
            self._rows = self._read()
        for name in table.lineage:
            labels = self._rows.get((name, element))
            if labels:
                return labels
        return {choice.value: choice.label for choice in table.fields[element].choices}

    def value_of(self, table: Table, element: str, label: str) -> str | None:
        """The stored value that a label means, compared without case; None where no choice has it."""
        for value, known in self.of(table, element).items():
            if folded(known) == folded(label):
                return value
        return None

    def _read(self) -> Mapping[tuple[str, str], Labels]:
        sql = (
            f"SELECT name, element, value, label FROM {TABLE} "
            "ORDER BY language NOT IN (?, ?), CAST(sequence AS INTEGER), sys_id"
        )
        found: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for name, element, value, label in self._database.rows(sql, _ENGLISH):
            found[name, element].setdefault(value, label)
        return found
