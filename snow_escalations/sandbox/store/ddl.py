"""Physical tables and indexes of a schema.

One physical table holds a class and everything that extends it, as on the platform. A column of the base class is
named as its field; one of a child is `child.field`, so that two children may each have a field of the same name. Text
compares without case (NOCASE folds A-Z only), which is how the platform's databases are mostly set up.
"""

from collections.abc import Iterator

from snow_escalations.sandbox.query.sql import quoted
from snow_escalations.sandbox.schema.model import Field, Schema, Table
from snow_escalations.sandbox.schema.types import Kind


def physical_tables(schema: Schema) -> Iterator[Table]:
    """The base classes: one physical table each."""
    return (table for table in schema.tables.values() if len(table.lineage) == 1)


def columns(schema: Schema, base: Table) -> dict[str, Field]:
    """Every column of a physical table with the field it belongs to."""
    return {
        field.column: field for name in (base.name, *schema.family(base.name)) for field in schema[name].stored.values()
    }


def create_table(schema: Schema, base: Table) -> str:
    """CREATE TABLE of a hierarchy."""
    definitions = ", ".join(
        f"{quoted(column)} TEXT COLLATE NOCASE NOT NULL DEFAULT ''" + (" PRIMARY KEY" if column == "sys_id" else "")
        for column in columns(schema, base)
    )
    return f"CREATE TABLE {quoted(base.name)} ({definitions})"


def create_indexes(schema: Schema, base: Table) -> Iterator[str]:
    """CREATE INDEX for the natural order and for the indexed fields of a hierarchy.

    A reference, empty on many rows, has an index of its filled values alone: a condition can use it where it also says
    that the field is filled. The few values of a state come with the natural order, so that one index does it all.
    """
    classes = ["sys_class_name"] if len(schema.family(base.name)) > 1 else []
    order = [base.fields[name].column for name in base.natural_order]
    if order:
        yield _index(base, f"{base.name} (order)", [*order, "sys_id"])
    if classes:
        yield _index(base, f"{base.name} (class)", [*classes, *order, "sys_id"])
    for column, field in columns(schema, base).items():
        if not is_indexed(schema, field):
            continue
        if is_sparse(field):
            yield _index(base, index_name(base, field), [column]) + f" WHERE {quoted(column)} <> ''"
        else:
            rest = [*order, "sys_id"] if field.element == "state" else []
            yield _index(base, index_name(base, field), [column, *classes, *rest])


def index_name(base: Table, field: Field) -> str:
    """The name of the index of an indexed field."""
    return f"{base.name} {field.column}"


def is_indexed(schema: Schema, field: Field) -> bool:
    """Whether a field has an index; references have one where the table that they lead to exists here."""
    if field.kind is Kind.REFERENCE:
        return field.type != "domain_id" and schema.find(field.reference) is not None
    return field.indexed


def is_sparse(field: Field) -> bool:
    """Whether the index of an indexed field leaves out the rows where it is empty."""
    return field.kind in {Kind.REFERENCE, Kind.DOCUMENT}


def _index(base: Table, name: str, names: list[str]) -> str:
    return f"CREATE INDEX {quoted(name)} ON {quoted(base.name)} ({', '.join(map(quoted, names))})"
