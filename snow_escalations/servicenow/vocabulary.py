"""Which tables and fields a query may name: those of the dialect, and the system fields that every table has.

ServiceNow ignores a condition on a field that it does not know and returns more rows, so a name is checked here, before
anything is sent. A dot-walk is followed hop by hop through the references that are listed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from snow_escalations.documents import suggest
from snow_escalations.model import Model
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import QueryError

SYSTEM_FIELDS = frozenset(
    {"sys_id", "sys_created_on", "sys_created_by", "sys_updated_on", "sys_updated_by", "sys_mod_count"}
)
_TASK_FIELDS = SYSTEM_FIELDS | {"sys_class_name", "active", "number", "state"}
_PLAIN_TABLES: Mapping[str, frozenset[str]] = {
    "sys_properties": SYSTEM_FIELDS | {"name", "value"},
    "sys_user_role": SYSTEM_FIELDS | {"name"},
    "sys_user_has_role": SYSTEM_FIELDS | {"user", "role", "state"},
    "sys_user_role_contains": SYSTEM_FIELDS | {"role", "contains"},
    "sys_user_delegate": SYSTEM_FIELDS | {"user", "delegate", "starts", "ends", "approvals"},
}


@dataclass(frozen=True)
class Vocabulary:
    """Known fields by table, and the table that each reference field leads to."""

    fields: Mapping[str, frozenset[str]]
    references: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, dialect: Dialect) -> "Vocabulary":
        """The vocabulary of a dialect."""
        tables, names = dialect.tables, dialect.fields
        fields = {
            tables.escalation: _TASK_FIELDS | _elements(names.escalation),
            tables.case: _TASK_FIELDS | _elements(names.case),
            tables.account: SYSTEM_FIELDS | {"sys_class_name"} | _elements(names.account),
            tables.approval: SYSTEM_FIELDS | _elements(names.approval),
            # The journal has neither sys_updated_on nor sys_mod_count (eight keys in every recorded row).
            tables.journal: frozenset(
                {"sys_id", "sys_created_on", "sys_created_by", "name", "element", "element_id", "value"}
            ),
            tables.user: SYSTEM_FIELDS
            | {"user_name", "name", "active", "email", "time_zone", "sys_class_name", "preferred_language"},
            tables.service_level: SYSTEM_FIELDS | _elements(names.service_level),
            tables.choice: SYSTEM_FIELDS | {"name", "element", "value", "label", "inactive", "language"},
            **_PLAIN_TABLES,
        }
        references = {
            ("sys_user_has_role", "user"): tables.user,
            ("sys_user_has_role", "role"): "sys_user_role",
            (tables.approval, names.approval.approver): tables.user,
            (tables.approval, names.approval.sysapproval): tables.escalation,
            (tables.escalation, names.escalation.requested_by): tables.user,
            (tables.case, names.case.account): tables.account,
            (tables.case, names.case.contact): tables.user,
            (tables.case, names.case.assigned_to): tables.user,
            (tables.case, names.case.active_escalation): tables.escalation,
            (tables.case, names.case.active_account_escalation): tables.escalation,
            (tables.account, names.account.active_escalation): tables.escalation,
        }
        return cls(fields, references)

    def check_table(self, table: str) -> None:
        """Refuse a table that the dialect does not name.

        Raises:
            QueryError: with the nearest known name.
        """
        if table not in self.fields:
            raise QueryError(f"table `{table}` is not in the dialect{suggest(table, self.fields)}")

    def check_field(self, table: str, path: str) -> None:
        """Refuse a field, or a dot-walk, that the dialect does not know.

        Raises:
            QueryError: with the nearest known name.
        """
        self.check_table(table)
        *hops, last = path.split(".")
        for hop in hops:
            target = self.references.get((table, hop))
            if target is None:
                raise QueryError(f"`{path}`: `{hop}` is not a reference field of `{table}` in the dialect")
            table = target
        if last not in self.fields[table]:
            raise QueryError(
                f"field `{last}` of `{table}` is not in the dialect{suggest(last, self.fields[table])}"
                f" (set its name under dialect.fields in the settings)"
            )

    def is_reference(self, table: str, path: str) -> bool:
        """Whether the path ends in a reference field, whose text operators would compare display values."""
        *hops, last = path.split(".")
        for hop in hops:
            table = self.references[table, hop]
        return (table, last) in self.references


def _elements(names: Model) -> frozenset[str]:
    return frozenset(str(name) for name in names.model_dump().values())
