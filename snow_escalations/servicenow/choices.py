"""Choice labels of an instance (`sys_choice`), by which reasons get their keys whatever the account's language is."""

from collections.abc import Mapping

from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Forbidden, QueryRefused, UnknownTable
from snow_escalations.servicenow.query import Queries, value_of
from snow_escalations.servicenow.tables import Tables

TASK = "task"
"""Where inherited fields keep their choices."""


def choice_labels(tables: Tables, dialect: Dialect, table: str, element: str) -> Mapping[str, str]:
    """Labels by stored value: those of the table itself, else those that it inherits; English ones before others.

    Empty where `sys_choice` is closed to the account, as it is to most (it then answers 403, or shows labels alone).

    Raises:
        InstanceError: the read failed for another reason.
    """
    query = (
        Queries(dialect)
        .of(dialect.tables.choice)
        .where("name", Operator.IN, [table, TASK])
        .where("element", Operator.EQUALS, element)
        .where("inactive", Operator.EQUALS, "false")
    )
    found: dict[str, dict[str, str]] = {table: {}, TASK: {}}
    try:
        for row in tables.rows(query, ["value", "label", "language"]):
            value, label = value_of(row.get("value")), value_of(row.get("label"))
            if value is not None and label is not None:
                labels = found[value_of(row.get("name")) or TASK]
                if value_of(row.get("language")) in {"en", "", None} or value not in labels:
                    labels[value] = label
    except (Forbidden, QueryRefused, UnknownTable):
        return {}
    return found[table] or found[TASK]
