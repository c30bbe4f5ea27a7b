"""Records of an instance: read in pages, read one, change one. Never PUT, never a write by query, never a delete."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, Literal, TypeAlias

from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.errors import Call, IncompleteAnswer, NotFound, NotLanded, OutcomeUnknown, QueryError
from snow_escalations.servicenow.paging import Page, Window, check, pages
from snow_escalations.servicenow.query import Query, Row, value_of
from snow_escalations.servicenow.ranges import read_ranges

Display: TypeAlias = Literal["value", "all"]

_SYS_ID = re.compile(r"[0-9a-f]{32}")
_TABLE = re.compile(r"[a-z0-9_]+")
_FIELD = re.compile(r"[a-z0-9_]+")

_TEXT = {str}


class Tables:
    """The Table API of one connection. Safe for threads: every call uses the session of its own thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages(
        self, query: Query, fields: Sequence[str], *, display: Display = "value", size: int | None = None
    ) -> Iterator[Page]:
        """Every readable row that matches, in pages of `size` (the connection's `page_size`), by keyset.

        Rows have string cells, or with `display="all"` cells of `{"display_value", "value"}`. `sys_id` and the fields
        that the query names are read whether asked for or not, as each row is checked against the query.

        Raises:
            UnexpectedRow: a row was not asked for.
            InstanceError: the read failed.
        """
        return pages(
            query,
            self._connection.options.page_size if size is None else size,
            lambda window: self._list(query, fields, display, window),
        )

    def all_rows(self, query: Query, fields: Sequence[str]) -> tuple[list[Row], int | None]:
        """Every readable row that matches, by sys_id, with the instance's own count of those that match.

        One request where one page holds them all; else all readers at once.

        Raises:
            UnexpectedRow, InstanceError: as `pages`.
        """
        size = self._connection.options.page_size
        first = self.first(query, fields, size)
        if first.total is not None and len(first.rows) <= first.total <= size:
            return list(first.rows), first.total
        rows = [row for page in self.pages_by_ranges(query, fields) for row in page.rows]
        return sorted(rows, key=lambda row: value_of(row.get("sys_id")) or ""), first.total

    def pages_by_ranges(self, query: Query, fields: Sequence[str], *, size: int | None = None) -> Iterator[Page]:
        """As `pages`, by as many readers as the connection allows, for reads of many pages; see `ranges`."""
        readers = self._connection.options.max_concurrency
        return read_ranges(query, readers, lambda part: self.pages(part, fields, size=size))

    def rows(
        self, query: Query, fields: Sequence[str], *, display: Display = "value", size: int | None = None
    ) -> Iterator[Row]:
        """As `pages`, row by row; memory holds one page."""
        for page in self.pages(query, fields, display=display, size=size):
            yield from page.rows

    def first(self, query: Query, fields: Sequence[str], limit: int, *, display: Display = "value") -> Page:
        """The first `limit` rows in the query's own order, with the count of all that match.

        Raises:
            UnexpectedRow, InstanceError: as `pages`.
        """
        page = self._list(query, fields, display, Window(query.encoded(), limit))
        query.verify(page.rows)
        return page

    def get(self, query: Query, fields: Sequence[str], *, display: Display = "value") -> Row:
        """The one row that matches.

        Raises:
            NotFound: none matches, or none that the account may read.
            IncompleteAnswer: several match.
            UnexpectedRow, InstanceError: as `pages`.
        """
        page = self._list(query, fields, display, Window(query.encoded(), 2))
        check(query, page.rows, "")
        call = Call("GET", query.table)
        if not page.rows:
            raise NotFound(call, "no such record, or none that the account may read")
        if len(page.rows) > 1:
            raise IncompleteAnswer(call, f"{page.total or 'several'} records match where one was expected")
        return page.rows[0]

    def patch(
        self, table: str, sys_id: str, values: Mapping[str, str], *, journals: Sequence[str] = (), once: bool = False
    ) -> Row:
        """Write fields of one record and check the answered row against what was written; `once` without any repeat.

        Journal fields answer empty whatever was written, so those named in `journals` are not checked here: read the
        journal back (`Journals.find`).

        Raises:
            NotLanded: answered with success, but the row shows other values.
            OutcomeUnknown: the answer was lost; read the record before anything else.
            InstanceError: refused, and nothing was written.
        """
        _check_target(table, sys_id, values)
        resource = self._connection.resource(table)
        resource.parameters.fields = ["sys_id", "sys_mod_count", *values]
        resource.parameters.exclude_reference_link = True
        with self._connection.session().single_attempts() if once else nullcontext():
            answer = resource.request("PATCH", path_append=f"/{sys_id}", data=json.dumps(dict(values)))
        row = _one(table, answer.all())
        landed = {name: value_of(row.get(name)) for name in values if name not in journals}
        wrong = {name: seen for name, seen in landed.items() if seen != values[name]}
        if value_of(row.get("sys_id")) != sys_id:
            raise OutcomeUnknown(Call("PATCH", table), f"the answer is about another record than {sys_id}")
        if wrong:
            shown = ", ".join(f"`{name}` is {seen!r}" for name, seen in wrong.items())
            raise NotLanded(Call("PATCH", table), f"answered with success, but of record {sys_id} {shown}")
        return row

    def _list(self, query: Query, fields: Sequence[str], display: Display, window: Window) -> Page:
        wanted = list(dict.fromkeys(["sys_id", *fields, *query.fields]))
        answer = self._connection.resource(query.table).get(
            query=window.encoded,
            limit=window.limit,
            offset=window.offset,
            fields=wanted,
            display_value="all" if display == "all" else False,
            exclude_reference_link=True,
            suppress_pagination_header=True,
        )
        rows = answer.all()
        _check_rows(query.table, rows)
        return Page(rows, _count(answer.headers.get("X-Total-Count")))


def _check_target(table: str, sys_id: str, values: Mapping[str, str]) -> None:
    if not _TABLE.fullmatch(table) or not _SYS_ID.fullmatch(sys_id):
        raise QueryError(f"a write to `{table}/{sys_id}`: not a table name and a sys_id of 32 hexadecimal digits")
    bad = [name for name in values if not _FIELD.fullmatch(name)]
    if bad or not values:
        raise QueryError(
            f"a write to `{table}/{sys_id}` names no field, or a malformed one: {', '.join(bad) or 'none'}"
        )


def _check_rows(table: str, rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise IncompleteAnswer(Call("GET", table), "`result` is not a list of records")
    for row in rows:
        bad = _no_cell(row)
        if bad is not None:
            raise IncompleteAnswer(Call("GET", table), f"`{bad}` of a record is neither text nor a pair of texts")


def _one(table: str, rows: Any) -> Row:
    if not isinstance(rows, list) or len(rows) != 1 or not isinstance(rows[0], dict) or _no_cell(rows[0]) is not None:
        raise OutcomeUnknown(Call("PATCH", table), "the answer to the write does not hold the one record")
    row: Row = rows[0]
    return row


def _no_cell(row: Mapping[str, Any]) -> str | None:
    """The name of a value that no record has: instances send texts, or objects of texts (and null for no display)."""
    if set(map(type, row.values())) <= _TEXT:
        return None
    for name, cell in row.items():
        values = cell.values() if isinstance(cell, dict) else (cell,)
        if not all(value is None or isinstance(value, str) for value in values) or cell is None:
            return name
    return None


def _count(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None
