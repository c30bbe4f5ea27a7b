"""The schema's own behaviour around a write: calculated fields, business rules and data policies."""

from collections.abc import Mapping

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock, stored
from snow_escalations.sandbox.hooks import Abort, Change
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.query.bind import bind
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.javascript import PREFIX
from snow_escalations.sandbox.query.match import Fetch, Judge
from snow_escalations.sandbox.query.tree import EVERYTHING, Node
from snow_escalations.sandbox.schema.model import Operation, Rule, Schema, Table
from snow_escalations.sandbox.zones import UTC_ZONE


class PolicyViolation(SnowEscalationsError):
    """A data policy finds mandatory fields empty: HTTP 403, "Data Policy Exception", naming the labels."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        self.labels = labels
        super().__init__(f"the following fields are mandatory: {', '.join(labels)}")


def substituted(text: str, row: Mapping[str, str], actor: Actor, now: str) -> str:
    """The value that a schema file means: `$now`, `$user_id`, `$user_name`, `$<field>`; `$$` is a literal dollar."""
    if not text.startswith("$"):
        return text
    name = text[1:]
    if name.startswith("$"):
        return name
    named = {"now": now, "user_id": actor.sys_id, "user_name": actor.user_name}
    return named[name] if name in named else row.get(name, "")


class Rules:
    """Applies the rules of a schema to writes.

    Rules with the effect `set` apply whoever writes. The effects that refuse or undo (`abort`, `require`, `restore`)
    do not bind the system, as `setWorkflow(false)` writes are not bound on the platform.
    """

    def __init__(self, schema: Schema, properties: Properties, clock: SandboxClock, fetch: Fetch) -> None:
        self._schema = schema
        self._properties = properties
        self._clock = clock
        self._fetch = fetch
        self._bound: dict[tuple[str, str], Node] = {}

    def apply(self, change: Change, operation: Operation) -> dict[str, str]:
        """The row as it is to be stored.

        Raises:
            Abort: a business rule aborts the write.
            PolicyViolation: a data policy finds mandatory fields empty.
        """
        table = self._schema[change.table]
        row = dict(change.after)
        self._calculate(table, change.before, row)
        for rule in table.rules:
            if operation in rule.operations and self._applies(rule, table, change, row):
                self._run(rule, table, change, row)
                self._calculate(table, change.before, row)
        return row

    def _calculate(self, table: Table, before: Mapping[str, str] | None, row: dict[str, str]) -> None:
        for name, field in table.fields.items():
            if field.lookup is None:
                continue
            looked_at = (name, *field.lookup.sources)
            if before is not None and all(row[source] == before[source] for source in looked_at):
                continue
            key = ",".join(row[source] for source in field.lookup.sources)
            row[name] = field.lookup.values.get(key, field.default)

    def _applies(self, rule: Rule, table: Table, change: Change, row: Mapping[str, str]) -> bool:
        if rule.if_property and not self._properties.boolean(rule.if_property):
            return False
        if rule.before and (
            change.before is None or not Judge(change.before, self._fetch).holds(self._node(table, rule.before, change))
        ):
            return False
        judge = Judge({**row, **change.journals}, self._fetch, change.before)
        return judge.holds(self._node(table, rule.condition, change))

    def _run(self, rule: Rule, table: Table, change: Change, row: dict[str, str]) -> None:
        if rule.assign is not None:
            now = stored(self._clock.now())
            row.update({name: substituted(text, row, change.actor, now) for name, text in rule.assign.items()})
        if change.actor.is_system:
            return
        if rule.abort:
            raise Abort(rule.name, rule.sys_id)
        empty = [name for name in rule.require if not (row.get(name) or change.journals.get(name))]
        if empty:
            raise PolicyViolation(tuple(table.fields[name].label for name in empty))
        if change.before is not None:
            row.update({name: change.before[name] for name in rule.restore})

    def _node(self, table: Table, text: str, change: Change) -> Node:
        if not text:
            return EVERYTHING
        node = self._bound.get((table.name, text))
        if node is None:
            context = QueryContext(
                self._clock.now(), UTC_ZONE, UTC_ZONE, change.actor.sys_id, change.actor.user_name, changes=True
            )
            node = bind(self._schema, table, text, context).where
            if PREFIX not in text:
                self._bound[(table.name, text)] = node
        return node
