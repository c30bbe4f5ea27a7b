"""Journal entries of records: rows of `sys_journal_field`, and the text that they make on the record."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from snow_escalations.sandbox.store.database import Database

TABLE = "sys_journal_field"


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment or work note."""

    element: str
    created_on: str
    user_name: str
    text: str


def entries(database: Database, record_ids: Iterable[str], elements: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries of records in journal fields, by record, newest first; equal seconds, the later written first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    rows = database.rows(
        "SELECT element_id, element, sys_created_on, sys_created_by, value FROM sys_journal_field "
        "WHERE element_id IN (SELECT value FROM json_each(?)) AND element IN (SELECT value FROM json_each(?)) "
        "ORDER BY element_id, sys_created_on DESC, _rowid_ DESC",
        (json.dumps(sorted(set(record_ids))), json.dumps(sorted(set(elements)))),
    )
    for record_id, element, created_on, user_name, text in rows:
        found[record_id].append(Entry(element, created_on, user_name, text))
    return found


def forget(database: Database, tables: Sequence[str], record_id: str) -> None:
    """Delete the entries of a record, whichever class of its lineage they name."""
    marks = ", ".join("?" * len(tables))
    database.execute(f"DELETE FROM {TABLE} WHERE element_id = ? AND name IN ({marks})", [record_id, *tables])
