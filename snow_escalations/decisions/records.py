"""The records of one decision as they are now: read again right before anything is done about them."""

from dataclasses import dataclass
from enum import Enum

from snow_escalations.model import Choice, Element, RecordKey
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect, choice
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.query import Cell, Queries, value_of
from snow_escalations.servicenow.tables import Tables


@dataclass(frozen=True, slots=True)
class ApprovalNow:
    """An approval: its state, version and last writer."""

    state: Choice
    mod_count: int | None
    updated_by: str


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case: its state, version, and the text of all its comments, None where that is closed to us."""

    state: Choice
    mod_count: int | None
    comments: str | None


class Found(Enum):
    """What a search for our comment finds; white space does not count as a difference."""

    WHOLE = "whole"
    ALTERED = "altered"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


class Records:
    """Reads approvals and cases one by one, one request each."""

    def __init__(self, tables: Tables, dialect: Dialect, journals: Journals) -> None:
        self._tables, self._dialect, self._journals = tables, dialect, journals
        self._queries = Queries(dialect)

    def approval(self, key: RecordKey) -> ApprovalNow:
        """An approval as it is now.

        Raises:
            NotFound, InstanceError: it cannot be read.
        """
        names = self._dialect.fields.approval
        query = self._queries.of(key.table).where("sys_id", Operator.EQUALS, key.sys_id)
        row = self._tables.get(query, [names.state, "sys_mod_count", "sys_updated_by"])
        state = choice(self._dialect.states.approval, value_of(row.get(names.state)) or "")
        return ApprovalNow(state, _integer(row.get("sys_mod_count")), value_of(row.get("sys_updated_by")) or "")

    def case(self, key: RecordKey) -> CaseNow:
        """A case as it is now, its comments as the display text that people see.

        Raises:
            NotFound, InstanceError: it cannot be read.
        """
        names = self._dialect.fields.case
        query = self._queries.of(key.table).where("sys_id", Operator.EQUALS, key.sys_id)
        row = self._tables.get(query, [names.state, "sys_mod_count", names.comments], display="all")
        comments = row.get(names.comments)
        text = None if comments is None or isinstance(comments, str) else comments.get("display_value") or ""
        state = choice(self._dialect.states.case, value_of(row.get(names.state)) or "")
        return CaseNow(state, _integer(row.get("sys_mod_count")), text)

    def find_comment(self, key: RecordKey, text: str, reference: str) -> Found:
        """Whether a comment with this text is on a case, read from its journal.

        Raises:
            InstanceError: the read failed.
        """
        journal = self._journals.read([key.sys_id])[key.sys_id]
        if journal.unreadable is not None:
            return Found.UNREADABLE
        texts = [" ".join(entry.text.split()) for entry in journal.of(Element.COMMENTS)]
        if " ".join(text.split()) in texts:
            return Found.WHOLE
        return Found.ALTERED if any(reference in stored for stored in texts) else Found.NOTHING


def _integer(cell: Cell | None) -> int | None:
    text = value_of(cell)
    return int(text) if text is not None and text.isdigit() else None
