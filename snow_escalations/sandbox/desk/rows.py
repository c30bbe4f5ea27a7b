"""Collects the rows of the demo desk in Table API form, with the system fields that every record has."""

from random import Random
from typing import TypeAlias

from snow_escalations.sandbox.desk.moments import Moment, stored

Row: TypeAlias = dict[str, str]
Tables: TypeAlias = dict[str, list[Row]]


class Rows:
    """The tables under construction. Each row has a `sys_id` drawn from `rng`."""

    def __init__(self, rng: Random) -> None:
        self.tables: Tables = {}
        self._bits = rng.getrandbits

    def add(self, table: str, at: Moment, by: str, **values: str) -> Row:
        """Append a row created at `at` by the user named `by`."""
        moment = stored(at)
        row = {
            "sys_id": f"{self._bits(128):032x}",
            "sys_created_on": moment,
            "sys_created_by": by,
            "sys_updated_on": moment,
            "sys_updated_by": by,
            "sys_mod_count": "0",
            **values,
        }
        self.tables.setdefault(table, []).append(row)
        return row

    def journal(self, row: Row, at: Moment, by: str, *, table: str, element: str, text: str) -> None:
        """Append a journal entry to `row` of `table`: the entry's own row, and an update of the record."""
        moment = stored(at)
        self.tables.setdefault("sys_journal_field", []).append(
            {
                "sys_id": f"{self._bits(128):032x}",
                "sys_created_on": moment,
                "sys_created_by": by,
                "name": table,
                "element": element,
                "element_id": row["sys_id"],
                "value": text,
            }
        )
        _count(row, moment, by)


def touch(row: Row, at: Moment, by: str, **values: str) -> None:
    """Write `values` to a row as an update of `by`; updates may come in any order of time, the latest one counts."""
    row.update(values)
    _count(row, stored(at), by)


def _count(row: Row, moment: str, by: str) -> None:
    row["sys_mod_count"] = str(int(row["sys_mod_count"]) + 1)
    if moment >= row["sys_updated_on"]:
        row["sys_updated_on"] = moment
        row["sys_updated_by"] = by
