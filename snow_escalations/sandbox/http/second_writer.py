"""The second writer: somebody else changes a row between a client's read and its write."""

from collections.abc import Iterable, Mapping

from snow_escalations.sandbox.actor import ADMIN_ROLE, Actor
from snow_escalations.sandbox.faults.fault import Fault
from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.router import Route
from snow_escalations.sandbox.store import Store

_READS = frozenset({"GET", "HEAD"})


class SecondWriter:
    """Writes before a write and after a read; of a list, to the first row that it showed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def before(self, faults: Iterable[Fault], call: Call, asked: Route | None) -> None:
        """Write in front of a writing request."""
        if call.method not in _READS and asked is not None and asked.sys_id:
            self._write(faults, asked.table, asked.sys_id)

    def after(self, faults: Iterable[Fault], call: Call, asked: Route | None, answer: Answer) -> None:
        """Write behind a reading request."""
        if call.method not in _READS or asked is None or not isinstance(answer.value, dict):
            return
        result = answer.value.get("result")
        first = result[0] if isinstance(result, list) and result else result
        sys_id = asked.sys_id or (first.get("sys_id", "") if isinstance(first, dict) else "")
        if isinstance(sys_id, dict):
            sys_id = sys_id["value"]
        if sys_id:
            self._write(faults, asked.table, sys_id)

    def _write(self, faults: Iterable[Fault], table: str, sys_id: str) -> None:
        for fault in faults:
            row = self._store.get(table, sys_id)
            if row is not None:
                actor = Actor(fault.writer, "", frozenset({ADMIN_ROLE}))
                self._store.update(table, sys_id, dict(fault.values) or _touched(row), actor)


def _touched(row: Mapping[str, str]) -> dict[str, str]:
    """What writing a row without changing it leaves: one more update counted, where the table counts."""
    count = row.get("sys_mod_count")
    if count is None:
        return {}
    return {"sys_mod_count": str(int(count) + 1 if count.isdigit() else 1)}
