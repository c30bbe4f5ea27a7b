"""The access rules of one table for one caller: conditions on rows, for the table and for each field.

A condition is a node of a bound query: `EVERYTHING` passes all rows, `NOTHING` none. A row passes for its own class, so
that a list of a parent table is thinned out class by class.
"""

from collections.abc import Hashable, Iterable
from functools import cached_property, lru_cache

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.query.bind import bind
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.javascript import PREFIX
from snow_escalations.sandbox.query.match import Judge, Row
from snow_escalations.sandbox.query.tree import EVERYTHING, AnyOf, Constant, Node
from snow_escalations.sandbox.schema.model import ALL_FIELDS, ANY_ROLE, EVERYONE, FieldRight, Grant, Right, Table
from snow_escalations.sandbox.store import Store
from snow_escalations.sandbox.zones import UTC_ZONE

NOTHING = Constant(truth=False)
_CACHED = 2000
_EMPTY_ROLES = frozenset({"snc_read_only"})
_FALLBACK: dict[FieldRight, FieldRight] = {"create": "write", "query_match": "read", "query_range": "read"}


class AccessRules:
    """The access rules of an instance."""

    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store = store
        self._clock = clock
        self._rights: dict[Hashable, TableRights] = {}

    def of(self, table: Table, actor: Actor) -> "TableRights":
        """The rights of an actor on a table."""
        key = (table.name, actor, self._clock.now() if _depends_on_time(table) else None)
        if key not in self._rights:
            if len(self._rights) > _CACHED:
                self._rights.clear()
            self._rights[key] = TableRights(self._store, self._clock, table, actor)
        return self._rights[key]

    def may(self, right: Right, row_table: Table, row: Row, actor: Actor) -> bool:
        """Whether the actor has a right on a row, which must hold the fields of its own class."""
        return self.of(row_table, actor).holds(self.of(row_table, actor).row(right), row)

    def is_total(self, table: Table, actor: Actor) -> bool:
        """Whether the actor may read every row of the table and of all that extend it."""
        return all(
            self.of(self._store.schema[name], actor).row("read") == EVERYTHING
            for name in self._store.schema.family(table.name)
        )


@lru_cache(maxsize=1000)
def _depends_on_time(table: Table) -> bool:
    """Whether a grant compares with a time that passes; what does not can be kept."""
    grants = [grant for right in table.access.rights.values() for grant in right]
    grants += [grant for rights in table.access.fields.values() for right in rights.values() for grant in right]
    scripts = [script for grant in grants for script in grant.rows.split(PREFIX)[1:]]
    relative = any("RELATIVE" in grant.rows for grant in grants)
    return relative or not all(script.startswith(("gs.getUserID()", "gs.getUserName()")) for script in scripts)


class TableRights:
    """The rights of one actor on one table."""

    def __init__(self, store: Store, clock: SandboxClock, table: Table, actor: Actor) -> None:
        self._store = store
        self._clock = clock
        self.table = table
        self.actor = actor
        self._rows: dict[Right, Node] = {}

    def row(self, right: Right) -> Node:
        """The condition on rows for a right."""
        if right not in self._rows:
            self._rows[right] = self._condition(self.table.access.rights[right])
        return self._rows[right]

    def field(self, name: str, right: FieldRight) -> Node:
        """The condition on rows under which a field may be read, written, or queried."""
        if self.actor.is_admin:
            return EVERYTHING
        for element in (name, ALL_FIELDS):
            rights = self.table.access.fields.get(element)
            if rights is None:
                continue
            asked: FieldRight | None = right
            while asked is not None:
                grants = rights.get(asked)
                if grants is not None:
                    return self._condition(grants)
                asked = _FALLBACK.get(asked)
        return EVERYTHING

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """The fields that the actor may never read: their keys are absent from rows."""
        return frozenset(name for name in self.table.fields if self.field(name, "read") == NOTHING)

    @cached_property
    def conditional(self) -> dict[str, Node]:
        """The fields that the actor may read on some rows only."""
        conditions = {name: self.field(name, "read") for name in self.table.fields}
        return {name: node for name, node in conditions.items() if node not in {EVERYTHING, NOTHING}}

    @property
    def refused(self) -> bool:
        """Whether reading the table is refused outright (403), instead of answered without rows."""
        return self.table.access.refuse_read and self.row("read") == NOTHING

    def holds(self, node: Node, row: Row) -> bool:
        """Whether a row passes a condition of these rights."""
        return node == EVERYTHING or Judge(row, self._store.fetch).holds(node)

    def _condition(self, grants: Iterable[Grant]) -> Node:
        if self.actor.is_admin:
            return EVERYTHING
        nodes: list[Node] = []
        for grant in grants:
            if not self._has(grant.role):
                continue
            if grant.rows == "":
                return EVERYTHING
            nodes.append(bind(self._store.schema, self.table, grant.rows, self._context()).where)
        return AnyOf(tuple(nodes)) if nodes else NOTHING

    def _has(self, role: str) -> bool:
        if role == EVERYONE:
            return True
        if role == ANY_ROLE:
            return bool(self.actor.roles - _EMPTY_ROLES)
        return role in self.actor.roles

    def _context(self) -> QueryContext:
        return QueryContext(self._clock.now(), UTC_ZONE, UTC_ZONE, self.actor.sys_id, self.actor.user_name)
