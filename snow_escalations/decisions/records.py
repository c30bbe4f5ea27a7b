"""The records of one decision as they are now: read again right before anything is done about them."""

from dataclasses import dataclass
from enum import Enum

from snow_escalations.model import Choice, Element, RecordKey
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect, choice
from snow_escalations.servicenow.errors import Call, NotFound
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.query import Cell, Queries, Row, value_of
from snow_escalations.servicenow.tables import Tables
from snow_escalations.triage.replies import is_cut_copy, same_words


@dataclass(frozen=True, slots=True)
class ApprovalNow:
    """An approval: state, version, the sys_id of its approver, its last writer, and its comments as people see them."""

    state: Choice
    mod_count: int | None
    approver: str
    updated_by: str
    comments: str


@dataclass(frozen=True, slots=True)
class EscalationNow:
    """An escalation: its state and version."""

    state: Choice
    mod_count: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an escalation stands: the approval that is ours to set, its siblings, and the escalation itself."""

    approval: ApprovalNow
    siblings: tuple[ApprovalNow, ...]
    escalation: EscalationNow


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case: its state, version, and the text of all its comments, None where that is closed to us."""

    state: Choice
    mod_count: int | None
    comments: str | None


class Found(Enum):
    """What a search for our comment finds: white space is no difference; a copy that was cut or changed is altered."""

    WHOLE = "whole"
    ALTERED = "altered"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


class Records:
    """Reads the records of one decision, one request each."""

    def __init__(self, tables: Tables, dialect: Dialect, journals: Journals) -> None:
        self._tables, self._dialect, self._journals = tables, dialect, journals
        self._queries = Queries(dialect)

    def standing(self, escalation: RecordKey, approval: RecordKey) -> Standing:
        """An escalation with all its approvals as they are now: one request where `sysapproval` links them.

        Raises:
            NotFound, InstanceError: something cannot be read.
        """
        names = self._dialect.fields.approval
        query = self._queries.of(approval.table).where_any(
            (names.sysapproval, Operator.EQUALS, escalation.sys_id),
            (names.document_id, Operator.EQUALS, escalation.sys_id),
        )
        walked = [f"{names.sysapproval}.{self._dialect.fields.escalation.state}", f"{names.sysapproval}.sys_mod_count"]
        fields = [names.state, names.approver, names.comments, "sys_mod_count", "sys_updated_by", *walked]
        rows = {value_of(row.get("sys_id")): row for row in self._tables.rows(query, fields, display="all")}
        own = rows.pop(approval.sys_id, None)
        if own is None:
            raise NotFound(Call("GET", approval.table), f"approval {approval.sys_id} is not there any more")
        state, mod_count = (value_of(own.get(name)) for name in walked)
        return Standing(
            approval=self._approval(own),
            siblings=tuple(self._approval(row) for row in rows.values()),
            escalation=self._escalation(state, mod_count) if state else self._escalation_itself(escalation),
        )

    def _approval(self, row: Row) -> ApprovalNow:
        names = self._dialect.fields.approval
        return ApprovalNow(
            state=choice(self._dialect.states.approval, value_of(row.get(names.state)) or ""),
            mod_count=_integer(value_of(row.get("sys_mod_count"))),
            approver=value_of(row.get(names.approver)) or "",
            updated_by=value_of(row.get("sys_updated_by")) or "",
            comments=_shown(row.get(names.comments)) or "",
        )

    def _escalation_itself(self, key: RecordKey) -> EscalationNow:
        state = self._dialect.fields.escalation.state
        query = self._queries.of(key.table).where("sys_id", Operator.EQUALS, key.sys_id)
        row = self._tables.get(query, [state, "sys_mod_count"])
        return self._escalation(value_of(row.get(state)), value_of(row.get("sys_mod_count")))

    def _escalation(self, state: str | None, mod_count: str | None) -> EscalationNow:
        return EscalationNow(choice(self._dialect.states.escalation, state or ""), _integer(mod_count))

    def case(self, key: RecordKey) -> CaseNow:
        """A case as it is now, its comments as the display text that people see.

        Raises:
            NotFound, InstanceError: it cannot be read.
        """
        names = self._dialect.fields.case
        query = self._queries.of(key.table).where("sys_id", Operator.EQUALS, key.sys_id)
        row = self._tables.get(query, [names.state, "sys_mod_count", names.comments], display="all")
        state = choice(self._dialect.states.case, value_of(row.get(names.state)) or "")
        return CaseNow(state, _integer(value_of(row.get("sys_mod_count"))), _shown(row.get(names.comments)))

    def find_comment(self, key: RecordKey, text: str, reference: str) -> Found:
        """Whether a comment with this text is on a case, read from its journal.

        Raises:
            InstanceError: the read failed.
        """
        journal = self._journals.read([key.sys_id])[key.sys_id]
        if journal.unreadable is not None:
            return Found.UNREADABLE
        texts = [entry.text for entry in journal.of(Element.COMMENTS)]
        if any(same_words(stored, text) for stored in texts):
            return Found.WHOLE
        altered = any(reference in stored or is_cut_copy(stored, text) for stored in texts)
        return Found.ALTERED if altered else Found.NOTHING


def _shown(cell: Cell | None) -> str | None:
    """What people see of a journal field, None where it is closed to us."""
    return None if cell is None or isinstance(cell, str) else cell.get("display_value") or ""


def _integer(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
