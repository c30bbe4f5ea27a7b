"""Comments and work notes: read for many records at once, appended to one, and found again.

The journal table has ACLs of its own. Closed, it answers 200 and an empty list, which must never be taken for silence
(promise P8). So a reading counts as complete only if as many rows came as the instance counted before ACLs, and the
table was seen to hold rows that we may read; otherwise the display text of the records themselves is read instead, and
if that is closed too, "cannot read" is the answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from snow_escalations.model import AuthorKind, Element, Journal, JournalEntry
from snow_escalations.servicenow.chunks import chunks
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Forbidden, QueryRefused
from snow_escalations.servicenow.journal_text import DisplayZone, instant, parse
from snow_escalations.servicenow.query import Cell, Queries, Row, value_of
from snow_escalations.servicenow.tables import Tables

_FIELDS = ("element_id", "element", "value", "sys_created_by", "sys_created_on")
_STAMPS = ("sys_created_on", "sys_updated_on", "opened_at")


@dataclass(frozen=True, slots=True)
class _Rows:
    entries: dict[str, list[JournalEntry]]
    withheld: int


class Journals:
    """Journal fields of cases."""

    def __init__(self, tables: Tables, dialect: Dialect, page_size: int) -> None:
        self._tables = tables
        self._dialect = dialect
        self._queries = Queries(dialect)
        self._page_size = page_size
        self._elements = {
            dialect.fields.case.comments: Element.COMMENTS,
            dialect.fields.case.work_notes: Element.WORK_NOTES,
        }
        self._table_is_open = False
        self._table_is_closed = False

    def read(self, case_sys_ids: Sequence[str]) -> dict[str, Journal]:
        """The journals of cases by sys_id, each complete or marked unreadable with the reason.

        Raises:
            InstanceError: the read failed for another reason than a closed table.
        """
        journals: dict[str, Journal] = {}
        for chunk in chunks(case_sys_ids):
            journals.update(self._read_chunk(chunk))
        return journals

    def _read_chunk(self, sys_ids: Sequence[str]) -> dict[str, Journal]:
        rows = None if self._table_is_closed else self._from_rows(sys_ids)
        if rows is not None and rows.withheld == 0:
            self._table_is_open = self._table_is_open or bool(rows.entries)
            if self._table_is_open:
                return {sys_id: _journal(rows.entries.get(sys_id, [])) for sys_id in sys_ids}
        return self._from_display(sys_ids)

    def _from_rows(self, sys_ids: Sequence[str]) -> _Rows | None:
        query = (
            self._queries.of(self._dialect.tables.journal)
            .where("element_id", Operator.IN, sys_ids)
            .where("element", Operator.IN, sorted(self._elements))
        )
        entries: dict[str, list[JournalEntry]] = {}
        counted: int | None = None
        read = 0
        try:
            for page in self._tables.pages(query, _FIELDS, size=self._page_size):
                counted = page.total if counted is None else counted
                read += len(page.rows)
                for row in page.rows:
                    entry = self._entry(row)
                    if entry is None:
                        return None
                    entries.setdefault(value_of(row.get("element_id")) or "", []).append(entry)
        except (Forbidden, QueryRefused):
            self._table_is_closed = True
            return None
        self._table_is_closed = read == 0 and (counted or 0) > 0
        return _Rows(entries, withheld=max(0, (counted or 0) - read))

    def _entry(self, row: Row) -> JournalEntry | None:
        at = instant(value_of(row.get("sys_created_on")))
        text, author = value_of(row.get("value")), value_of(row.get("sys_created_by"))
        if at is None or text is None or author is None:
            return None
        return JournalEntry(
            element=self._elements[value_of(row.get("element")) or ""],
            text=text,
            created_at=at,
            author=author,
            author_kind=AuthorKind.UNKNOWN,
            sys_id=value_of(row.get("sys_id")) or "",
        )

    def _from_display(self, sys_ids: Sequence[str]) -> dict[str, Journal]:
        query = self._queries.of(self._dialect.tables.case).where("sys_id", Operator.IN, sys_ids)
        fields = [*self._elements, *_STAMPS]
        journals = {sys_id: Journal(unreadable="the case itself cannot be read") for sys_id in sys_ids}
        for row in self._tables.rows(query, fields, display="all"):
            journals[value_of(row.get("sys_id")) or ""] = self._displayed(row)
        return journals

    def _displayed(self, row: Row) -> Journal:
        zone = DisplayZone((value_of(row.get(name)) or "", _shown(row.get(name))) for name in _STAMPS if name in row)
        entries: list[JournalEntry] = []
        for name, element in self._elements.items():
            if name not in row:
                return Journal(unreadable=f"the field `{name}` of the case is closed to the account")
            parsed = parse(_shown(row[name]), element, zone)
            if parsed is None:
                return Journal(unreadable=f"the display text of `{name}` has a form that is not known")
            entries.extend(parsed)
        return _journal(entries)


def _journal(entries: Iterable[JournalEntry]) -> Journal:
    return Journal(entries=tuple(entries))


def _shown(cell: Cell | None) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return cell.get("display_value") or ""
