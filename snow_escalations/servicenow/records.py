"""Rows of an instance as records of the model: the dialect's names taken off, what was not returned remembered."""

import re
from collections.abc import Mapping
from datetime import datetime

from snow_escalations.model import Account, Approval, Case, Choice, Escalation, Model, Person, RecordKey, ServiceLevel
from snow_escalations.servicenow.dialect import Dialect, choice
from snow_escalations.servicenow.journal_text import instant
from snow_escalations.servicenow.query import Row, value_of


class RowReader:
    """Reads cells of one row, in either display mode; `unreadable` collects the fields that did not come."""

    def __init__(self, row: Row, names: Model) -> None:
        self._row = row
        self._names: dict[str, str] = names.model_dump()
        self.unreadable: set[str] = set()

    def value(self, field: str) -> str:
        """The stored value by the project's name of the field, or a system field; empty if it did not come."""
        value = value_of(self._row.get(self._names.get(field, field)))
        if value is None:
            self.unreadable.add(field)
            return ""
        return value

    def label(self, field: str) -> str:
        """What people see instead of the value; empty where only values were read."""
        cell = self._row.get(self._names.get(field, field))
        return "" if cell is None or isinstance(cell, str) else cell.get("display_value") or ""

    def named(self, field: str) -> str:
        """The name of what a reference refers to, empty if it refers to nothing; a name that is hidden did not come."""
        if not self.value(field):
            return ""
        name = self.label(field)
        if not name:
            self.unreadable.add(field)
        return name

    def walked(self, field: str, tail: str) -> str | None:
        """A dot-walked value, None if it did not come."""
        return value_of(self._row.get(f"{self._names[field]}.{tail}"))

    def choice(self, field: str, values: Model) -> Choice | None:
        """A choice with its key, None if it is empty or did not come."""
        value = self.value(field)
        return choice(values, value, self.label(field)) if value else None

    def state(self, values: Model) -> Choice:
        """The state, which every record has; `other` if it is empty or did not come."""
        return choice(values, self.value("state"), self.label("state"))

    def person(self, field: str) -> Person | None:
        """Who a reference names, None if it is empty or did not come."""
        sys_id = self.value(field)
        if not sys_id:
            return None
        active = self.walked(field, "active")
        return Person(
            sys_id=sys_id,
            name=self.label(field) or self.walked(field, "name") or "",
            user_name=self.walked(field, "user_name") or "",
            active=None if active is None else active == "true",
            preferred_language=self.walked(field, "preferred_language") or "",
        )

    def instant(self, field: str) -> datetime | None:
        """A date-time, None if it is empty, malformed or did not come."""
        return instant(self.value(field))

    def decimal(self, field: str) -> float | None:
        """A number, None if it is empty, malformed or did not come. Instances group thousands: `1,234.5`."""
        text = self.value(field).replace(",", "")
        return float(text) if _DECIMAL.fullmatch(text) else None

    def boolean(self, field: str) -> bool | None:
        """Yes or no, None if it did not come."""
        text = self.value(field)
        return None if field in self.unreadable else text == "true"

    def integer(self, field: str) -> int | None:
        """A whole number, None if it is empty, malformed or did not come."""
        text = self.value(field)
        return int(text) if text.isascii() and text.isdigit() else None


_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")

ESCALATION_SYSTEM = ("sys_mod_count", "sys_created_on")
CASE_SYSTEM = ("sys_class_name", "sys_mod_count", "sys_created_on", "sys_updated_on")
ACCOUNT_SYSTEM = ("sys_class_name", "sys_mod_count")


def names_of(fields: Model) -> list[str]:
    """The instance's names of all fields of a record."""
    return list(fields.model_dump().values())


def escalation_fields(dialect: Dialect) -> list[str]:
    """What to read of an escalation."""
    names = dialect.fields.escalation
    return [*names_of(names), f"{names.requested_by}.user_name", *ESCALATION_SYSTEM]


def escalation(row: Row, dialect: Dialect, reasons: Mapping[str, str]) -> Escalation:
    """A row of the escalation table, read with `display="all"`.

    `reasons` are the instance's labels of reasons by stored value, for their keys; where one is missing, the label
    that the row itself shows counts.
    """
    names = dialect.fields.escalation
    read = RowReader(row, names)
    reason = read.value("reason")
    return Escalation(
        sys_id=read.value("sys_id"),
        table=dialect.tables.escalation,
        number=read.value("number"),
        state=read.state(dialect.states.escalation),
        reason=_reason(reason, read.label("reason"), dialect, reasons),
        request_source=read.choice("request_source", dialect.request_sources),
        severity=read.named("severity"),
        template=read.named("template"),
        justification=read.value("justification"),
        requested_by=read.person("requested_by"),
        opened_at=read.instant("opened_at"),
        closed_at=read.instant("closed_at"),
        created_at=read.instant("sys_created_on"),
        mod_count=read.integer("sys_mod_count"),
        source=RecordKey(table=read.value("source_table"), sys_id=read.value("source_record")),
        unreadable=frozenset(read.unreadable),
    )


def _reason(value: str, shown: str, dialect: Dialect, reasons: Mapping[str, str]) -> Choice | None:
    if not value:
        return None
    known = dialect.reason(value, reasons.get(value, shown))
    return Choice(key=known.key, value=value, label=shown if shown and shown != value else known.label)


def approval_fields(dialect: Dialect) -> list[str]:
    """What to read of an approval."""
    names = dialect.fields.approval
    approver = names.approver
    walked = [f"{approver}.name", f"{approver}.user_name", f"{approver}.active"]
    plain = [names.state, approver, names.sysapproval, names.document_id, names.source_table, names.due_date]
    return [*plain, *walked, "sys_mod_count", "sys_created_on"]


def approval(row: Row, dialect: Dialect) -> Approval:
    """A row of the approval table. It belongs to `sysapproval`, or to `document_id` where that is empty."""
    read = RowReader(row, dialect.fields.approval)
    task, document = read.value("sysapproval"), read.value("document_id")
    return Approval(
        sys_id=read.value("sys_id"),
        state=read.state(dialect.states.approval),
        approver=read.person("approver"),
        escalation_sys_id=task or document,
        linked_by="sysapproval" if task else "document_id",
        mod_count=read.integer("sys_mod_count"),
        created_at=read.instant("sys_created_on"),
        due_at=read.instant("due_date"),
        unreadable=frozenset(read.unreadable),
    )


def case_fields(dialect: Dialect) -> list[str]:
    """What to read of a case; the journals are read by themselves."""
    names = dialect.fields.case
    journals = {names.comments, names.work_notes}
    plain = [name for name in names_of(names) if name not in journals]
    walked = [f"{names.contact}.user_name", f"{names.contact}.preferred_language"]
    return [*plain, *walked, *_account_fields(dialect), *CASE_SYSTEM]


def case(row: Row, dialect: Dialect) -> Case:
    """A row of the case table or of one of its children, read with `display="all"`."""
    read = RowReader(row, dialect.fields.case)
    account = read.value("account")
    return Case(
        sys_id=read.value("sys_id"),
        table=read.value("sys_class_name") or dialect.tables.case,
        number=read.value("number"),
        state=read.state(dialect.states.case),
        priority=read.choice("priority", dialect.priorities),
        short_description=read.value("short_description"),
        account=(
            RecordKey(table=dialect.tables.account, sys_id=account, number=read.label("account")) if account else None
        ),
        contact=read.person("contact"),
        assigned_to=read.person("assigned_to"),
        assignment_group=read.label("assignment_group"),
        opened_at=read.instant("opened_at"),
        updated_at=read.instant("sys_updated_on"),
        created_at=read.instant("sys_created_on"),
        mod_count=read.integer("sys_mod_count"),
        active_escalation=read.value("active_escalation"),
        active_account_escalation=read.value("active_account_escalation"),
        account_number=value_of(row.get(f"{dialect.fields.case.account}.{dialect.fields.account.number}")) or "",
        reassignments=read.integer("reassignment_count"),
        reopenings=read.integer("reopen_count"),
        unreadable=frozenset(read.unreadable),
    )


def _account_fields(dialect: Dialect) -> list[str]:
    """Fields of a case's account, walked to from the case."""
    names = dialect.fields.account
    state = f"{names.active_escalation}.{dialect.fields.escalation.state}"
    return [f"{dialect.fields.case.account}.{name}" for name in (*names_of(names), state, *ACCOUNT_SYSTEM)]


def case_account(row: Row, dialect: Dialect) -> Row | None:
    """The row of a case's account, as far as the row of the case has it; None for none, or one that cannot be read."""
    link = dialect.fields.case.account
    sys_id = value_of(row.get(link))
    walked = {name.removeprefix(f"{link}."): row[name] for name in _account_fields(dialect) if name in row}
    if not sys_id or not value_of(walked.get("sys_mod_count")):
        return None
    return {"sys_id": sys_id, **walked}


def service_level(row: Row, dialect: Dialect) -> ServiceLevel:
    """A row of the table of service levels, read with `display="all"`."""
    read = RowReader(row, dialect.fields.service_level)
    return ServiceLevel(
        task=read.value("task"),
        name=read.label("definition"),
        stage=choice(dialect.states.service_level, read.value("stage"), read.label("stage")),
        percentage=read.decimal("percentage"),
        has_breached=read.boolean("has_breached"),
    )


def account(row: Row, dialect: Dialect) -> Account:
    """A row of the account table."""
    read = RowReader(row, dialect.fields.account)
    return Account(
        sys_id=read.value("sys_id"),
        table=read.value("sys_class_name") or dialect.tables.account,
        name=read.value("name"),
        number=read.value("number"),
        active_escalation=read.value("active_escalation"),
        mod_count=read.integer("sys_mod_count"),
        unreadable=frozenset(read.unreadable),
    )
