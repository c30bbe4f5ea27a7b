"""Field names of queries, `sysparm_fields` and orderings to paths: dot-walks of any depth."""

from snow_escalations.sandbox.query.tree import Hop, Path
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import Kind

# SQLite joins at most 64 tables.
DEPTH_LIMIT = 60
_EXTENDED = "ref_"


def resolve(schema: Schema, table: Table, name: str) -> Path | None:
    """The path that `name` means from rows of `table`, or None where some step of it is no field.

    A step leads through a reference to the table it points to. `ref_<class>` after a step narrows the rows to a class
    that extends that table, as in `sysapproval.ref_incident.caller_id`.
    """
    *steps, last = name.split(".")
    if len(steps) > DEPTH_LIMIT:
        return None
    hops: list[Hop] = []
    here = table
    for step in steps:
        if hops and step.startswith(_EXTENDED):
            narrowed = step.removeprefix(_EXTENDED)
            if narrowed not in schema.family(hops[-1].table):
                return None
            hops[-1] = Hop(hops[-1].field, narrowed)
            here = schema[narrowed]
            continue
        field = here.fields.get(step)
        if field is None or field.kind is not Kind.REFERENCE:
            return None
        target = schema.find(field.reference)
        if target is None or field.reference_key not in target.fields:
            return None
        hops.append(Hop(field, target.name))
        here = target
    field = here.fields.get(last)
    return None if field is None else Path(tuple(hops), field)


def table_of(schema: Schema, table: Table, path: Path) -> Table:
    """The table whose rows hold the path's field."""
    return schema[path.hops[-1].table] if path.hops else table


def display_path(schema: Schema, path: Path) -> Path | None:
    """The path on to the display field of the row that a reference leads to; None where there is none to see."""
    target = schema.find(path.field.reference)
    if path.field.kind is not Kind.REFERENCE or target is None or not target.display:
        return None
    display = target.fields[target.display]
    through = Path((*path.hops, Hop(path.field, target.name)), display)
    return display_path(schema, through) or through
