"""What is read beside the records of a dossier: service levels, what else is open of an account, delegations.

Each is in a table with ACLs of its own. Where a table is closed, or some of its rows are hidden, the part is not known,
and `unread` says why; nobody may read that as "there is none".
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from snow_escalations.model import Account, Part, ServiceLevel
from snow_escalations.servicenow import records
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.dossiers import Link, OpenCase
from snow_escalations.servicenow.errors import Forbidden, QueryRefused, UnknownTable
from snow_escalations.servicenow.query import Queries, Query, Row, value_of
from snow_escalations.servicenow.rights import DELEGATES, is_current
from snow_escalations.servicenow.tables import Display, Tables

_CLOSED = (Forbidden, QueryRefused, UnknownTable)


class Surroundings:
    """Reads these parts for many dossiers at once, by several readers; one object serves one gathering."""

    def __init__(self, tables: Tables, dialect: Dialect, now: datetime) -> None:
        self._tables, self._dialect, self._now = tables, dialect, now
        self._queries = Queries(dialect)
        self._lock = Lock()
        self._closed: dict[Part, set[str]] = defaultdict(set)
        self._hidden: dict[tuple[Part, str], int] = defaultdict(int)

    @property
    def unread(self) -> dict[Part, str]:
        """Why a part is not known, in words that do not depend on the order in which its reads ended."""
        found = {part: min(reasons) for part, reasons in sorted(self._closed.items())}
        for (part, table), count in sorted(self._hidden.items()):
            found.setdefault(part, f"{count} rows of {table} are hidden from the account")
        return found

    def service_levels(self, task_sys_ids: Sequence[str]) -> list[ServiceLevel]:
        """The service levels of cases and escalations.

        Raises:
            UnexpectedRow, InstanceError: the read failed for another reason than ACLs.
        """
        names = self._dialect.fields.service_level
        query = self._queries.of(self._dialect.tables.service_level).where(names.task, Operator.IN, task_sys_ids)
        rows = self.rows(Part.SERVICE_LEVELS, query, records.names_of(names), "all")
        return [records.service_level(row, self._dialect) for row in rows]

    def open_cases(self, account_sys_ids: Sequence[str]) -> list[OpenCase]:
        """The cases of accounts that are not resolved, closed or cancelled.

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
        links = (names.active_escalation, names.active_account_escalation)
        fields = [name for link in links for name in (link, self._state_of(link))]
        rows = self.rows(Part.ACCOUNT_LOAD, query, fields, "value")
        return [
            OpenCase(value_of(row.get(names.account)) or "", tuple(self._link(row, link) for link in links))
            for row in rows
        ]

    def accounts(self, sys_ids: Sequence[str]) -> list[tuple[Account, Link]]:
        """Accounts, each with the escalation that it is under.

        Raises:
            UnexpectedRow, InstanceError: the read failed for another reason than ACLs.
        """
        names = self._dialect.fields.account
        query = self._queries.of(self._dialect.tables.account).where("sys_id", Operator.IN, sys_ids)
        fields = [*records.names_of(names), self._state_of(names.active_escalation), *records.ACCOUNT_SYSTEM]
        rows = self.rows(Part.ACCOUNT_LOAD, query, fields, "value")
        return [self.account(row) for row in rows]

    def account(self, row: Row) -> tuple[Account, Link]:
        """An account, with the escalation that it is under."""
        return records.account(row, self._dialect), self._link(row, self._dialect.fields.account.active_escalation)

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
        if any(value_of(row.get(name)) is None for row in rows for name in ("starts", "ends")):
            self._close(Part.DELEGATIONS, f"the dates of {DELEGATES} are closed to the account")
        return [value_of(row.get("user")) or "" for row in rows if is_current(row, self._now)]

    def rows(
        self, part: Part, query: Query, fields: Sequence[str], display: Display, *, required: bool = False
    ) -> list[Row]:
        """The rows of a part that can be read; that the table is closed, or some rows are, is noted in `unread`.

        Of a `required` table it is an error that it is closed.

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
            if required:
                raise
            self._close(part, f"{query.table} is closed to the account ({error.instance_message or error.why})")
            return []
        if counted is None:
            self._close(part, f"the instance does not count the rows of {query.table}, so that some may be hidden")
        elif counted > len(rows):
            with self._lock:
                self._hidden[part, query.table] += counted - len(rows)
        return rows

    def _close(self, part: Part, why: str) -> None:
        with self._lock:
            self._closed[part].add(why)

    def _state_of(self, link: str) -> str:
        return f"{link}.{self._dialect.fields.escalation.state}"

    def _link(self, row: Row, name: str) -> Link:
        """A reference to an escalation. De-escalated and declined ones may stay named in their records."""
        sys_id, state = value_of(row.get(name)), value_of(row.get(self._state_of(name)))
        if sys_id == "":
            return Link("", is_open=False)
        states = self._dialect.states.escalation
        return Link(sys_id or "", is_open=state not in {states.declined, states.closed} if sys_id and state else None)
