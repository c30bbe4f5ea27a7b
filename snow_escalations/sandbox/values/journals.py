"""The text of journal fields: entries newest first, as the record shows them."""

from collections.abc import Callable, Mapping, Sequence

from snow_escalations.sandbox.schema.model import Field, Table
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store.journal import Entry
from snow_escalations.sandbox.values.display import Locale

_INPUT = "journal_input"


def elements_of(table: Table, field: Field) -> tuple[str, ...]:
    """The journal fields whose entries `field` shows: itself, or all inputs for comments and work notes together."""
    if field.kind is Kind.JOURNAL_UNION:
        return tuple(other.element for other in table.journals if other.type == _INPUT)
    return (field.element,)


def text(entries: Sequence[Entry], table: Table, field: Field, locale: Locale, name_of: Callable[[str], str]) -> str:
    """For each entry a line like `2026-11-23 09:00:00 - Abel Tuter (Work notes)`, its text, an empty line."""
    wanted = elements_of(table, field)
    labels: Mapping[str, str] = {element: table.fields[element].label for element in wanted}
    return "".join(
        f"{locale.moment(entry.created_on)} - {name_of(entry.user_name)} ({labels[entry.element]})\n{entry.text}\n\n"
        for entry in entries
        if entry.element in labels
    )
