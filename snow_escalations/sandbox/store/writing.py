"""What happens around a write: defaults, rules, hooks, audit fields, journal entries."""

from collections.abc import Callable, Mapping

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock, stored
from snow_escalations.sandbox.hooks import Change, Hooks, Instance
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.query.sql import quoted
from snow_escalations.sandbox.schema.model import Operation, Table
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store import journal
from snow_escalations.sandbox.store.database import Database
from snow_escalations.sandbox.store.normal import normal
from snow_escalations.sandbox.store.numbering import Numbers
from snow_escalations.sandbox.store.rules import Rules, substituted

NESTING_LIMIT = 30
_STAMPS = ("sys_mod_count", "sys_updated_on", "sys_updated_by")


class StoreError(SnowEscalationsError):
    """The store was asked for a table, field or row that does not exist, or for a row that already does."""


class Writer:
    """Writes rows of the class given; looks rows up by nothing but their sys_id."""

    def __init__(
        self,
        database: Database,
        *,
        rules: Rules,
        hooks: Hooks,
        numbers: Numbers,
        identifiers: Identifiers,
        clock: SandboxClock,
        instance: Callable[[], Instance],
    ) -> None:
        self._database = database
        self._rules = rules
        self._hooks = hooks
        self._numbers = numbers
        self._identifiers = identifiers
        self._clock = clock
        self._instance = instance
        self._nesting = 0

    def insert(self, table: Table, values: Mapping[str, str], actor: Actor) -> str:
        """Insert a row; its sys_id."""
        values = _kept(table, values)
        texts = _texts(table, values)
        row = self._new_row(table, values, actor)
        if self._exists(table, row["sys_id"]):
            raise StoreError(f"table `{table.base}` already holds a row with the sys_id {row['sys_id']}")
        change = self._decided(table, Change(table.name, row["sys_id"], None, row, texts, actor), "insert")
        columns = {table.fields[name].column: value for name, value in change.after.items() if value != ""}
        names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
        with self._database.transaction():
            sql = f"INSERT INTO {quoted(table.base)} ({names}) VALUES ({marks})"
            self._database.execute(sql, list(columns.values()))
            self._finish(table, change)
        return change.sys_id

    def update(self, table: Table, before: dict[str, str], values: Mapping[str, str], actor: Actor) -> None:
        """Update the row `before`; nothing happens where nothing would change."""
        values = _kept(table, values)
        texts = _texts(table, values)
        wanted = {name: value for name, value in values.items() if not table.fields[name].is_journal}
        _check_identity(table, before, wanted)
        if not texts and all(before[name] == value for name, value in wanted.items()):
            return
        proposed = Change(table.name, before["sys_id"], before, before | wanted, texts, actor)
        change = self._decided(table, proposed, "update")
        changed = {name: value for name, value in change.after.items() if value != before[name]}
        if not changed and not change.journals:
            return
        changed |= {name: value for name, value in self._stamps(table, before, actor).items() if name not in changed}
        final = Change(table.name, change.sys_id, before, before | changed, change.journals, actor)
        assignments = ", ".join(f"{quoted(table.fields[name].column)} = ?" for name in changed)
        with self._database.transaction():
            sql = f"UPDATE {quoted(table.base)} SET {assignments} WHERE sys_id = ?"
            self._database.execute(sql, [*changed.values(), final.sys_id])
            self._finish(table, final)

    def delete(self, table: Table, before: dict[str, str], actor: Actor) -> None:
        """Delete the row `before` and its journal entries."""
        change = Change(table.name, before["sys_id"], before, before, {}, actor)
        self._rules.apply(change, "delete")
        with self._database.transaction():
            self._database.execute(f"DELETE FROM {quoted(table.base)} WHERE sys_id = ?", [change.sys_id])
            if table.journals:
                journal.forget(self._database, table.lineage, change.sys_id)
            for hook in self._hooks.deleted_hooks(table.lineage):
                hook(change, self._instance())

    def append(self, table: Table, sys_id: str, element: str, text: str, actor: Actor) -> None:
        """Append a journal entry to a record, and do nothing else."""
        columns = {
            "sys_id": self._unused_id(journal.TABLE),
            "name": table.name,
            "element": element,
            "element_id": sys_id,
            "value": text,
            "sys_created_by": actor.user_name,
            "sys_created_on": stored(self._clock.now()),
        }
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        sql = f"INSERT INTO {journal.TABLE} ({names}) VALUES ({marks})"
        self._database.execute(sql, list(columns.values()))

    def _new_row(self, table: Table, values: Mapping[str, str], actor: Actor) -> dict[str, str]:
        now = stored(self._clock.now())
        written = {name: value for name, value in values.items() if not table.fields[name].is_journal}
        row = dict.fromkeys(table.fields, "")
        row["sys_id"] = written.get("sys_id") or self._unused_id(table.base)
        for name, field in table.fields.items():
            if name not in written and field.default != "":
                row[name] = substituted(field.default, row, actor, now)
        row |= written | {"sys_id": row["sys_id"]}
        for name, field in table.fields.items():
            if field.kind is Kind.CLASS:
                row[name] = table.name
        if "number" in row and row["number"] == "":
            row["number"] = self._numbers.next(table)
        stamps = {"sys_created_on": now, "sys_created_by": actor.user_name, "sys_mod_count": "0"}
        stamps |= {"sys_updated_on": row.get("sys_created_on") or now, "sys_updated_by": actor.user_name}
        return row | {name: value for name, value in stamps.items() if name in row and row[name] == ""}

    def _decided(self, table: Table, proposed: Change, operation: Operation) -> Change:
        """The change after rules and hooks."""
        change = proposed
        if not proposed.actor.is_system:
            for hook in self._hooks.before_hooks(table.lineage):
                more = hook(change, self._instance())
                if more:
                    _check_fields(table, more)
                    more = _kept(table, more)
                    texts = {**change.journals, **_texts(table, more)}
                    stays = {name: value for name, value in more.items() if not table.fields[name].is_journal}
                    change = _with(change, {**change.after, **stays}, texts)
        return _with(change, self._rules.apply(change, operation), change.journals)

    def _finish(self, table: Table, change: Change) -> None:
        for element, text in change.journals.items():
            self.append(table, change.sys_id, element, text, change.actor)
        self._nesting += 1
        try:
            if self._nesting > NESTING_LIMIT:
                raise StoreError(f"writes cause writes more than {NESTING_LIMIT} levels deep, at table `{table.name}`")
            for hook in self._hooks.after_hooks(table.lineage):
                hook(change, self._instance())
        finally:
            self._nesting -= 1

    def _stamps(self, table: Table, before: Mapping[str, str], actor: Actor) -> dict[str, str]:
        count = before.get("sys_mod_count", "")
        stamps = {
            "sys_mod_count": str(int(count) + 1 if count.isdigit() else 1),
            "sys_updated_on": stored(self._clock.now()),
            "sys_updated_by": actor.user_name,
        }
        return {name: stamps[name] for name in _STAMPS if name in table.fields}

    def _exists(self, table: Table, sys_id: str) -> bool:
        sql = f"SELECT 1 FROM {quoted(table.base)} WHERE sys_id = ?"
        return self._database.scalar(sql, [sys_id]) is not None

    def _unused_id(self, base: str) -> str:
        while True:
            sys_id = self._identifiers.row()
            sql = f"SELECT 1 FROM {quoted(base)} WHERE sys_id = ?"
            if self._database.scalar(sql, [sys_id]) is None:
                return sys_id


def _kept(table: Table, values: Mapping[str, str]) -> dict[str, str]:
    """The values as their fields keep them; one that its field cannot hold is left out, as a GlideRecord drops it."""
    kept = {name: normal(table.fields[name], value) for name, value in values.items()}
    return {name: value for name, value in kept.items() if value is not None}


def _with(change: Change, after: Mapping[str, str], journals: Mapping[str, str]) -> Change:
    return Change(change.table, change.sys_id, change.before, after, journals, change.actor)


def _texts(table: Table, values: Mapping[str, str]) -> dict[str, str]:
    """The journal texts among values; an empty text appends nothing."""
    return {name: value for name, value in values.items() if table.fields[name].kind is Kind.JOURNAL and value != ""}


def _check_identity(table: Table, before: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        fixed = name == "sys_id" or table.fields[name].kind is Kind.CLASS
        if fixed and value != before[name]:
            raise StoreError(f"`{name}` of a row of table `{table.name}` cannot change; insert another row")


def _check_fields(table: Table, values: Mapping[str, str]) -> None:
    unknown = [name for name in values if name not in table.fields]
    if unknown:
        raise StoreError(f"table `{table.name}` has no field `{unknown[0]}`")
