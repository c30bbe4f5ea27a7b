"""The rows of sys_db_object, sys_dictionary and sys_choice: what the schema says, as the platform stores it."""

from collections.abc import Iterator

from snow_escalations.sandbox.identifiers import named
from snow_escalations.sandbox.schema.model import Field, Schema, Table

Values = dict[str, str]


def table_id(name: str) -> str:
    """The sys_id of a table's row in sys_db_object."""
    return named(f"sys_db_object/{name}")


def table_rows(schema: Schema) -> Iterator[Values]:
    """One row a table."""
    for table in schema.tables.values():
        sys_id = table_id(table.name)
        yield {
            "sys_id": sys_id,
            "name": table.name,
            "label": table.label,
            "super_class": table_id(table.parent) if table.parent else "",
            "is_extendable": "true" if "sys_class_name" in table.fields else "false",
            "sys_name": table.label,
            "sys_update_name": f"sys_db_object_{sys_id}",
        }


def dictionary_rows(schema: Schema) -> Iterator[Values]:
    """One row a table for the collection itself, and one for each field that the table defines."""
    for table in schema.tables.values():
        yield _entry(table.name, "", "collection", table.label)
        for field in table.fields.values():
            if field.table == table.name:
                yield _field_entry(table, field)


def choice_rows(schema: Schema) -> Iterator[Values]:
    """One row a choice, under the table that defines the list: a child has rows only where it changes them."""
    for table in schema.tables.values():
        parent = schema.find(table.parent)
        for field in table.fields.values():
            inherited = None if parent is None else parent.fields.get(field.element)
            if inherited is not None and inherited.choices == field.choices:
                continue
            for choice in field.choices:
                yield {
                    "sys_id": named(f"sys_choice/{table.name}/{field.element}/{choice.value}"),
                    "name": table.name,
                    "element": field.element,
                    "value": choice.value,
                    "label": choice.label,
                    "sequence": str(choice.sequence),
                    "sys_name": choice.label,
                }


def _field_entry(table: Table, field: Field) -> Values:
    entry = _entry(table.name, field.element, field.type, field.label)
    entry |= {
        "reference": field.reference,
        "max_length": str(field.max_length),
        "default_value": field.default,
        "dependent": field.dependent,
        "choice": "1" if field.choices else "0",
        "read_only": "true" if field.read_only else "false",
        "display": "true" if table.display == field.element else "false",
        "primary": "true" if field.element == "sys_id" else "false",
        "unique": "true" if field.element == "sys_id" else "false",
        "calculation": "true" if field.lookup else "",
    }
    return entry


def _entry(name: str, element: str, kind: str, label: str) -> Values:
    sys_id = named(f"sys_dictionary/{name}/{element}")
    return {
        "sys_id": sys_id,
        "name": name,
        "element": element,
        "internal_type": kind,
        "column_label": label,
        "sys_name": label,
        "sys_update_name": f"sys_dictionary_{name}_{element or 'null'}",
    }
