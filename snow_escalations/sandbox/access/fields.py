"""Fields that a caller may name: what a name leads to, where the caller may read it, dot-walks included.

A field that the caller may not read is to the caller what an unknown one is, wherever rows or figures show values.
"""

from snow_escalations.sandbox.access.rights import NOTHING, AccessRules, TableRights
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.query.paths import resolve
from snow_escalations.sandbox.query.tree import EVERYTHING, Path
from snow_escalations.sandbox.schema.model import Schema, Table


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
    owners = [table, *(schema[hop.table] for hop in path.hops)]
    fields = [*(hop.field for hop in path.hops), path.field]
    for owner, field in zip(owners, fields, strict=True):
        rights = access.of(owner, actor)
        if owner is not table and rights.row("read") == NOTHING:
            return None
        if not _is_visible(rights, field.element, on_every_row=on_every_row):
            return None
    return path


def _is_visible(rights: TableRights, element: str, *, on_every_row: bool) -> bool:
    if element in rights.unreadable:
        return False
    return not on_every_row or rights.field(element, "read") == EVERYTHING
