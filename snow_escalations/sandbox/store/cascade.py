"""What goes with a deleted row: rows and fields that refer to it, as the cascade rules of the schema say."""

from collections.abc import Iterator
from dataclasses import dataclass

from snow_escalations.sandbox.schema.model import Cascade, Field, Schema, Table
from snow_escalations.sandbox.schema.types import Kind


@dataclass(frozen=True, slots=True)
class Referrer:
    """A field whose rows follow the row that they refer to; `table` is the highest class that says so."""

    table: Table
    field: Field
    cascade: Cascade

    def refers_to(self, target: Table) -> bool:
        """Whether the field may hold the sys_id of a row of a class; a document_id may, whatever the class."""
        return self.field.kind is Kind.DOCUMENT or self.field.reference in target.lineage

    def holds(self, row: dict[str, str], target: Table) -> bool:
        """Whether a row that holds the sys_id means a row of that class with it."""
        return self.field.kind is not Kind.DOCUMENT or row[self.field.dependent] in target.lineage


def referrers(schema: Schema) -> Iterator[Referrer]:
    """Every cascade rule once: children inherit those of their parents, whose rows include theirs."""
    for table in schema.tables.values():
        parent = schema.find(table.parent)
        for field in table.fields.values():
            if field.cascade is None:
                continue
            inherited = None if parent is None else parent.fields.get(field.element)
            if inherited is None or inherited.cascade is None:
                yield Referrer(table, field, field.cascade)
