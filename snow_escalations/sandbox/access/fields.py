"""Fields that a caller may name: what a name leads to, where the caller may read it, dot-walks included.

A field that the caller may not read is to the caller what an unknown one is, wherever rows or figures show values.
Where a query ACL stands, so it is in conditions and orderings: what cannot be read cannot be found out by asking.
"""

from collections.abc import Iterator

from snow_escalations.sandbox.access.rights import NOTHING, AccessRules, TableRights
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.query.bind import Bound, Use
from snow_escalations.sandbox.query.paths import resolve
from snow_escalations.sandbox.query.tree import EVERYTHING, Path
from snow_escalations.sandbox.schema.model import Field, FieldRight, Schema, Table


def visible(
    schema: Schema, access: AccessRules, table: Table, name: str, actor: Actor, *, on_every_row: bool = False
) -> Path | None:
    """The path that `name` means from rows of `table`, or None where there is no such field for the actor.

    Args:
        schema: the tables.
        access: their access rules.
        table: where the path starts.
        name: an element, dot-walked or not.
        actor: who asks.
        on_every_row: a field that the actor may read on some rows only is not visible either: figures over many rows
            cannot leave it out row by row.
    """
    path = resolve(schema, table, name)
    if path is None:
        return None
    for owner, field in _steps(schema, table, path):
        rights = access.of(owner, actor)
        if _is_closed(rights, table) or not _is_visible(rights, field.element, on_every_row=on_every_row):
            return None
    return path


def query_refused(schema: Schema, access: AccessRules, bound: Bound, actor: Actor) -> bool:
    """Whether a query ACL refuses a query: it names a field that is unknown, or not the actor's to query.

    The ACL of the table asked guards every step of its dot-walks, that of another table the steps through that one.
    """
    if bound.table.access.query_acl and bound.invalid and not actor.is_admin:
        return True
    return any(_is_refused(schema, access, bound.table, use, actor) for use in bound.uses)


def _is_refused(schema: Schema, access: AccessRules, table: Table, use: Use, actor: Actor) -> bool:
    for owner, field in _steps(schema, table, use.path):
        if not (table.access.query_acl or owner.access.query_acl):
            continue
        rights = access.of(owner, actor)
        right: FieldRight = "query_range" if use.ranged else "query_match"
        if _is_closed(rights, table) or rights.field(field.element, right) != EVERYTHING:
            return True
    return False


def _steps(schema: Schema, table: Table, path: Path) -> Iterator[tuple[Table, Field]]:
    """Each field that a path leads through, its end included, with the table whose rows hold it."""
    owner = table
    for hop in path.hops:
        yield owner, hop.field
        owner = schema[hop.table]
    yield owner, path.field


def _is_closed(rights: TableRights, start: Table) -> bool:
    """Whether a dot-walk leads into a table of which the actor may read no row."""
    return rights.table is not start and rights.row("read") == NOTHING


def _is_visible(rights: TableRights, element: str, *, on_every_row: bool) -> bool:
    if element in rights.unreadable:
        return False
    return not on_every_row or rights.field(element, "read") == EVERYTHING
