"""What is read beside the records of a dossier: service levels, what else is open of an account, delegations.

Each is in a table with ACLs of its own. Where a table is closed, or some of its rows are hidden, the part is not known,
and `unread` says why; nobody may read that as "there is none".
"""

from collections.abc import Sequence
from datetime import datetime

from snow_escalations.model import Part, ServiceLevel
from snow_escalations.servicenow import records
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Forbidden, QueryRefused, UnknownTable
from snow_escalations.servicenow.query import Queries, Query, Row, value_of
from snow_escalations.servicenow.rights import DELEGATES, is_current
from snow_escalations.servicenow.tables import Display, Tables

_CLOSED = (Forbidden, QueryRefused, UnknownTable)


class Surroundings:
    """Reads these parts for many dossiers at once; one object serves one gathering."""

    def __init__(self, tables: Tables, dialect: Dialect, now: datetime) -> None:
        self._tables, self._dialect, self._now = tables, dialect, now
        self._queries = Queries(dialect)
        self.unread: dict[Part, str] = {}

    def service_levels(self, task_sys_ids: Sequence[str]) -> list[ServiceLevel]:
        """The service levels of cases and escalations.

        Raises:
            UnexpectedRow, InstanceError: the read failed for another reason than ACLs.
        """
        names = self._dialect.fields.service_level
        query = self._queries.of(self._dialect.tables.service_level).where(names.task, Operator.IN, task_sys_ids)
        rows = self.rows(Part.SERVICE_LEVELS, query, records.names_of(names), "all")
        return [records.service_level(row, self._dialect) for row in rows]

    def open_cases(self, account_sys_ids: Sequence[str]) -> list[tuple[str, str, str]]:
        """The cases of accounts that are not resolved, closed or cancelled.

        Each as the sys_ids of the account, of the escalation that the case is under, and of the account escalation that
        it is linked to; the latter two may be empty.

        Raises:
            UnexpectedRow, InstanceError: the read failed for another reason than ACLs.
        """
        names, states = self._dialect.fields.case, self._dialect.states.case
        over = [states.resolved, states.closed, states.cancelled]
        query = (
            self._queries.of(self._dialect.tables.case)
            .where(names.account, Operator.IN, account_sys_ids)
            .where(names.state, Operator.NOT_IN, over)
        )
        fields = [names.account, names.active_escalation, names.active_account_escalation]
        return [
            (value_of(row.get(fields[0])) or "", value_of(row.get(fields[1])) or "", value_of(row.get(fields[2])) or "")
            for row in self.rows(Part.ACCOUNT_LOAD, query, fields, "value")
        ]

    def delegating(self, approver_sys_ids: Sequence[str]) -> list[str]:
        """Those of the approvers who have delegated their approvals now.

        Raises:
            UnexpectedRow, InstanceError: the read failed for another reason than ACLs.
        """
        query = (
            self._queries.of(DELEGATES)
            .where("user", Operator.IN, approver_sys_ids)
            .where("approvals", Operator.EQUALS, "true")
        )
        rows = self.rows(Part.DELEGATIONS, query, ["user", "starts", "ends"], "value")
        return [value_of(row.get("user")) or "" for row in rows if is_current(row, self._now)]

    def rows(self, part: Part, query: Query, fields: Sequence[str], display: Display) -> list[Row]:
        """The rows of a part that can be read; that the table is closed, or some rows are, is noted in `unread`.

        Raises:
            UnexpectedRow, InstanceError: the read failed for another reason than ACLs.
        """
        rows: list[Row] = []
        counted: int | None = None
        try:
            for page in self._tables.pages(query, fields, display=display):
                counted = page.total if counted is None else counted
                rows += page.rows
        except _CLOSED as error:
            self.unread[part] = f"{query.table} is closed to the account ({error.instance_message or error.why})"
            return []
        if counted is not None and counted > len(rows):
            self.unread[part] = f"{counted - len(rows)} rows of {query.table} are hidden from the account"
        return rows
