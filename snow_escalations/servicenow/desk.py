"""Everything pending, gathered in bulk: dossiers by chunks of records, never one by one.

Requests grow with pages, not with escalations. For each 200 escalations: the escalations, their approvals (by the other
link only for those without), their cases with the accounts, the earlier escalations of the same sources, the journals,
the service levels, and the open cases of the accounts. Authors, delegations and roles are looked up once for each
person, and accounts by themselves only where none of their cases has come.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import partial

from snow_escalations.model import Approval, Case, Dossier, Escalation, Journal, Part, ReadTables
from snow_escalations.servicenow import records
from snow_escalations.servicenow.authors import Authors
from snow_escalations.servicenow.choices import choice_labels
from snow_escalations.servicenow.chunks import chunks
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.dossiers import Gathered, Pending, account_loads
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.parallel import Batch
from snow_escalations.servicenow.query import Queries, Row, value_of
from snow_escalations.servicenow.rights import DELEGATES
from snow_escalations.servicenow.surroundings import Surroundings
from snow_escalations.servicenow.tables import Tables


class Desk:
    """The escalations of one instance."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self._workers = connection.options.max_concurrency
        self._dialect = dialect
        self._tables = Tables(connection)
        self._queries = Queries(dialect)
        self._journals = Journals(self._tables, dialect, connection.options.journal_page_size)
        self._authors = Authors(self._tables, dialect)
        self._reasons: Mapping[str, str] | None = None

    def poll(self) -> tuple[list[Approval], int | None]:
        """The approvals of escalations that wait, by sys_id, and how many more ACLs hide: one request a page.

        An approval belongs to an escalation if its `source_table` says so, or the class of its `sysapproval` does.

        Raises:
            UnexpectedRow, InstanceError: the poll failed.
        """
        names, table = self._dialect.fields.approval, self._dialect.tables.escalation
        query = (
            self._queries.of(self._dialect.tables.approval)
            .where(names.state, Operator.EQUALS, self._dialect.states.approval.requested)
            .where_any(
                (names.source_table, Operator.EQUALS, table),
                (f"{names.sysapproval}.sys_class_name", Operator.EQUALS, table),
            )
        )
        rows, counted = self._tables.all_rows(query, records.approval_fields(self._dialect))
        withheld = None if counted is None else max(0, counted - len(rows))
        return [records.approval(row, self._dialect) for row in rows], withheld

    def pending(self, now: datetime) -> Pending:
        """Everything with an approval that waits, as dossiers, oldest first.

        Raises:
            UnexpectedRow, InstanceError: something could not be read; nothing is delivered then.
        """
        approvals, withheld = self.poll()
        dossiers = self.gather([approval.escalation_sys_id for approval in approvals], now, approvals)
        found = {dossier.escalation.sys_id for dossier in dossiers}
        unreadable = [approval for approval in approvals if approval.escalation_sys_id not in found]
        return Pending(dossiers, unreadable, withheld)

    def find(self, number: str) -> tuple[Case | None, tuple[str, ...]]:
        """What a number names: a case or none, and the sys_ids of the escalations that belong to it.

        Raises:
            QueryError: the text cannot be a number.
            UnexpectedRow, InstanceError: the read failed.
        """
        dialect = self._dialect
        escalations, cases = dialect.tables.escalation, dialect.tables.case
        by_number = self._queries.of(escalations).where(dialect.fields.escalation.number, Operator.EQUALS, number)
        found = [value_of(row.get("sys_id")) or "" for row in self._tables.rows(by_number, [])]
        if found:
            return None, tuple(found)
        query = self._queries.of(cases).where(dialect.fields.case.number, Operator.EQUALS, number)
        rows = list(self._tables.rows(query, records.case_fields(dialect), display="all"))
        if not rows:
            return None, ()
        case = records.case(rows[0], dialect)
        of_case = [item.sys_id for item in self._others([case.sys_id])]
        linked = [case.active_account_escalation] if case.active_account_escalation else []
        return case, tuple(dict.fromkeys([*of_case, *linked]))

    def hidden_escalations(self, case: Case) -> int | None:
        """How many escalations of a case ACLs hide from the account; None where the instance does not say.

        Raises:
            UnexpectedRow, InstanceError: the read failed.
        """
        field = self._dialect.fields.escalation.source_record
        query = self._queries.of(self._dialect.tables.escalation).where(field, Operator.EQUALS, case.sys_id)
        rows, counted = self._tables.all_rows(query, [])
        return None if counted is None else max(0, counted - len(rows))

    def gather(
        self, escalation_sys_ids: Iterable[str], now: datetime, polled: Sequence[Approval] = ()
    ) -> list[Dossier]:
        """The dossiers of escalations by sys_id, by the time they were opened; those not found are left out.

        `polled` are approvals that are known already.

        Raises:
            UnexpectedRow, InstanceError: something could not be read; nothing is delivered then.
        """
        wanted = [sys_id for sys_id in escalation_sys_ids if sys_id]
        if not wanted:
            return []
        self._learn_reasons()
        batch = Batch()
        escalations = batch.add(self._escalations, wanted)
        batch.run(self._workers)
        return self._related(escalations, now, polled).dossiers(escalations)

    def _related(self, escalations: Sequence[Escalation], now: datetime, polled: Sequence[Approval]) -> Gathered:
        names, dialect = self._dialect.fields, self._dialect
        of_account = [item for item in escalations if item.source.table == dialect.tables.account]
        of_case = [item for item in escalations if item.source.table != dialect.tables.account]
        ids = [item.sys_id for item in escalations]
        linking = [item.sys_id for item in of_account]
        around = Surroundings(self._tables, dialect, now)
        batch = Batch()
        approvals = batch.add(partial(self._approvals, around, names.approval.sysapproval), ids)
        levels = batch.add(around.service_levels, [*_sources(of_case), *linking])
        found_cases = batch.add(partial(self._cases, around, frozenset(linking)), [*_sources(of_case), *linking])
        others = batch.add(partial(self._beside, around), _sources(escalations))
        batch.run(self._workers)
        # The platform fills both links of a task's approvals, so those without the one are all that is left to ask for.
        found = {approval.escalation_sys_id for approval in approvals}
        by_document = batch.add(
            partial(self._approvals, around, names.approval.document_id),
            [sys_id for sys_id in ids if sys_id not in found],
        )
        cases = [case for case, _ in found_cases]
        walked = {row["sys_id"]: around.account(row) for _, row in found_cases if row is not None}
        account_ids = _accounts_of(cases, of_account)
        # Accounts come with their cases; what is left are those under escalation that no case is linked to.
        accounts = batch.add(around.accounts, [sys_id for sys_id in _sources(of_account) if sys_id not in walked])
        open_cases = batch.add(around.open_cases, account_ids)
        entries = batch.add(lambda part: list(self._journals.read(part).items()), [case.sys_id for case in cases])
        batch.run(self._workers)
        approvals += [*by_document, *polled]
        accounts += walked.values()
        journals = self._with_authors(cases, dict(entries), escalations)
        return Gathered(
            account_table=dialect.tables.account,
            tables=_read_tables(dialect),
            approvals=approvals,
            cases=cases,
            accounts=[account for account, _ in accounts],
            others=others,
            journals=journals,
            service_levels=levels,
            account_loads=account_loads(open_cases, accounts, account_ids),
            delegated=frozenset(self._delegating(around, approvals)),
            unread=around.unread,
            side=self._authors.side,
            read_at=now,
        )

    def _with_authors(
        self, cases: Sequence[Case], journals: Mapping[str, Journal], escalations: Sequence[Escalation]
    ) -> dict[str, Journal]:
        """The journals with the side of each author. A case's own contact is the customer without being looked up."""
        contacts = {case.sys_id: case.contact.user_name for case in cases if case.contact is not None}
        asked = [
            item.requested_by.user_name
            for item in escalations
            if item.requested_by is not None and item.requested_by.user_name != contacts.get(item.source.sys_id)
        ]
        wrote = {
            entry.author
            for sys_id, journal in journals.items()
            for entry in journal.entries
            if entry.sys_id and entry.author != contacts.get(sys_id)
        }
        self._authors.learn({*wrote, *filter(None, asked)})
        return {case.sys_id: self._authors.assigned(journals[case.sys_id], case) for case in cases}

    def _delegating(self, around: Surroundings, approvals: Sequence[Approval]) -> list[str]:
        waiting = [row for row in approvals if row.state.key == "requested"]
        approvers = [row.approver.sys_id for row in waiting if row.approver is not None]
        return [user for chunk in chunks(approvers) for user in around.delegating(chunk)]

    def _escalations(self, sys_ids: Sequence[str]) -> list[Escalation]:
        return self._escalations_by("sys_id", sys_ids)

    def _others(self, source_sys_ids: Sequence[str]) -> list[Escalation]:
        return self._escalations_by(self._dialect.fields.escalation.source_record, source_sys_ids)

    def _beside(self, around: Surroundings, source_sys_ids: Sequence[str]) -> list[Escalation]:
        """All escalations of the same sources; that some are hidden is noted, as none may be read as "the first"."""
        query = self._queries.of(self._dialect.tables.escalation).where(
            self._dialect.fields.escalation.source_record, Operator.IN, source_sys_ids
        )
        rows = around.rows(Part.EARLIER, query, records.escalation_fields(self._dialect), "all")
        return [records.escalation(row, self._dialect, self._reasons or {}) for row in rows]

    def _escalations_by(self, field: str, values: Sequence[str]) -> list[Escalation]:
        query = self._queries.of(self._dialect.tables.escalation).where(field, Operator.IN, values)
        rows = self._tables.rows(query, records.escalation_fields(self._dialect), display="all")
        return [records.escalation(row, self._dialect, self._reasons or {}) for row in rows]

    def _learn_reasons(self) -> None:
        """Read the labels of reasons, once, before readers need them side by side."""
        if self._reasons is None:
            dialect = self._dialect
            element = dialect.fields.escalation.reason
            self._reasons = choice_labels(self._tables, dialect, dialect.tables.escalation, element)

    def _approvals(self, around: Surroundings, link: str, escalation_sys_ids: Sequence[str]) -> list[Approval]:
        """Approvals by one of their links; that some are hidden is noted, as nobody may be read as not asked."""
        names = self._dialect.fields.approval
        query = self._queries.of(self._dialect.tables.approval).where(link, Operator.IN, escalation_sys_ids)
        if link == names.document_id:
            # Where both links are filled, the row has come by the other one.
            query = query.where(names.sysapproval, Operator.IS_EMPTY)
        rows = around.rows(Part.APPROVALS, query, records.approval_fields(self._dialect), "value", required=True)
        return [records.approval(row, self._dialect) for row in rows]

    def _cases(
        self, around: Surroundings, linking: AbstractSet[str], sys_ids: Sequence[str]
    ) -> list[tuple[Case, Row | None]]:
        """Cases by their own sys_id, or by that of the account escalation (one of `linking`) that they name.

        Each comes with the row of its account, where that can be read.
        A source that is hidden is missing from its dossier; that cases linked to an account are hidden is noted.
        """
        names = self._dialect.fields.case
        values = {
            "sys_id": [sys_id for sys_id in sys_ids if sys_id not in linking],
            names.active_account_escalation: [sys_id for sys_id in sys_ids if sys_id in linking],
        }
        query = self._queries.of(self._dialect.tables.case).where_any(
            *((field, Operator.IN, wanted) for field, wanted in values.items() if wanted)
        )
        fields = records.case_fields(self._dialect)
        rows = around.rows(Part.LINKED_CASES, query, fields, "all", required=True)
        return [(records.case(row, self._dialect), records.case_account(row, self._dialect)) for row in rows]


def _read_tables(dialect: Dialect) -> ReadTables:
    tables = dialect.tables
    return ReadTables(
        approval=tables.approval, journal=tables.journal, service_level=tables.service_level, delegation=DELEGATES
    )


def _accounts_of(cases: Sequence[Case], of_account: Sequence[Escalation]) -> list[str]:
    of_cases = [case.account.sys_id for case in cases if case.account is not None]
    return list(dict.fromkeys([*of_cases, *_sources(of_account)]))


def _sources(escalations: Sequence[Escalation]) -> list[str]:
    return [item.source.sys_id for item in escalations if item.source.sys_id]
