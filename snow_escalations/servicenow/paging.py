"""Reading a table page by page, by keyset: `sys_id>LAST^ORDERBYsys_id`.

Offsets skip and double rows when the table changes meanwhile, and row ACLs shorten pages after the limit was applied,
so neither an offset nor a short page says where a table ends. What does is the count of rows from the keyset onwards,
which instances give before ACLs in `X-Total-Count`; where it is missing, an empty page.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from snow_escalations.servicenow.errors import QueryError, UnexpectedRow
from snow_escalations.servicenow.query import Query, Row, value_of

_HEX = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: its rows, and how many rows matched before ACLs, None where the instance does not say."""

    rows: Sequence[Row]
    total: int | None


@dataclass(frozen=True, slots=True)
class Window:
    """What to fetch: an encoded query, at most `limit` rows of it, from `offset` on."""

    encoded: str
    limit: int
    offset: int = 0


def pages(query: Query, size: int, fetch: Callable[[Window], Page]) -> Iterator[Page]:
    """All rows that the account may read, each checked against the query, in the order of `sys_id`.

    Raises:
        QueryError: the query has an order of its own, with which no keyset can be read.
        UnexpectedRow: a row was not asked for.
        InstanceError: a page could not be read; rows of pages before it were delivered.
    """
    if query.order:
        raise QueryError(f"pages of `{query.table}` are read in the order of sys_id; the query asks for {query.order}")
    last, offset = "", 0
    while True:
        page = fetch(Window(after(query, last), size, offset))
        check(query, page.rows, last)
        yield page
        if is_last(page, size, offset):
            return
        if page.rows:
            last, offset = value_of(page.rows[-1].get("sys_id")) or "", 0
        else:
            # A whole window of rows that ACLs hide: there is no key to go on from, so step over the window.
            offset += size


def after(query: Query, last: str) -> str:
    """The encoded query for the rows behind a sys_id; from the start if that is empty, as `sys_id>` is malformed."""
    encoded = query.encoded()
    if not last:
        return encoded
    conditions, _, order = encoded.rpartition("ORDERBY")
    return f"{conditions}sys_id>{last}^ORDERBY{order}"


def check(query: Query, rows: Sequence[Row], last: str) -> None:
    """Check rows against the query, and their sys_ids against the keyset.

    Raises:
        UnexpectedRow: a row does not meet the query, has no sys_id, or comes again.
    """
    query.verify(rows)
    for row in rows:
        sys_id = value_of(row.get("sys_id"))
        if not sys_id:
            raise UnexpectedRow(query.table, "sys_idISNOTEMPTY", "", "no sys_id")
        # Only sys_ids of the usual form sort the same here as in the instance's database.
        rises = sys_id > last if _HEX.fullmatch(sys_id) and _HEX.fullmatch(last) else sys_id != last
        if not rises:
            raise UnexpectedRow(query.table, f"sys_id>{last}", sys_id, "an order that does not rise")
        last = sys_id


def is_last(page: Page, size: int, offset: int) -> bool:
    """Whether no row can come behind this page."""
    if page.total is None or page.total < len(page.rows):
        return not page.rows
    return page.total <= offset + size
