"""Keyset pages: every readable row once, whatever ACLs hide, and nothing that was not asked for."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import QueryError, UnexpectedRow
from snow_escalations.servicenow.paging import Page, Window, pages
from snow_escalations.servicenow.query import Queries


class Table:
    """A table of sys_ids of which some are hidden, read as an instance reads it: the limit first, ACLs after."""

    def __init__(self, sys_ids: Sequence[str], hidden: frozenset[str] = frozenset(), *, counts: bool = True) -> None:
        self.sys_ids, self.hidden, self.counts = sorted(sys_ids), hidden, counts
        self.windows: list[Window] = []

    def fetch(self, window: Window) -> Page:
        self.windows.append(window)
        last = next((part[7:] for part in window.encoded.split("^") if part.startswith("sys_id>")), "")
        matching = [sys_id for sys_id in self.sys_ids if sys_id > last]
        page = matching[window.offset : window.offset + window.limit]
        rows = [{"sys_id": sys_id} for sys_id in page if sys_id not in self.hidden]
        return Page(rows, len(matching) if self.counts else None)


QUERY = Queries(Dialect()).of("sys_user")
IDS = [f"{number:032x}" for number in range(1, 26)]


def read(table: Table, size: int) -> list[str]:
    return [str(row["sys_id"]) for page in pages(QUERY, size, table.fetch) for row in page.rows]


def test_pages_go_on_behind_the_last_sys_id() -> None:
    table = Table(IDS)
    assert read(table, 10) == IDS
    assert [window.encoded for window in table.windows] == [
        "ORDERBYsys_id",
        f"sys_id>{IDS[9]}^ORDERBYsys_id",
        f"sys_id>{IDS[19]}^ORDERBYsys_id",
    ]


@given(
    st.lists(st.integers(0, 2**128 - 1), unique=True, max_size=60),
    st.integers(1, 12),
    st.sets(st.integers(0, 59)),
    st.data(),
)
def test_every_readable_row_comes_once_however_acls_shorten_the_pages(
    numbers: list[int], size: int, hidden: set[int], data: st.DataObject
) -> None:
    ids = sorted(f"{number:032x}" for number in numbers)
    closed = frozenset(ids[index] for index in hidden if index < len(ids))
    table = Table(ids, closed)
    assert read(table, size) == [sys_id for sys_id in ids if sys_id not in closed]


def test_a_page_that_acls_empty_is_stepped_over() -> None:
    table = Table(IDS, frozenset(IDS[5:20]))
    assert read(table, 5) == IDS[:5] + IDS[20:]
    assert [window.offset for window in table.windows] == [0, 0, 5, 10, 15]


def test_without_a_count_an_empty_page_ends_the_read() -> None:
    table = Table(IDS, frozenset(IDS[3:7]), counts=False)
    assert read(table, 10) == IDS[:3] + IDS[7:]
    assert len(table.windows) == 4


def test_a_count_that_is_less_than_the_rows_is_not_believed() -> None:
    answers = [Page([{"sys_id": IDS[0]}, {"sys_id": IDS[1]}], 1), Page([{"sys_id": IDS[2]}], 0), Page([], 0)]
    read_rows = [row["sys_id"] for page in pages(QUERY, 2, lambda window: answers.pop(0)) for row in page.rows]
    assert read_rows == IDS[:3]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"sys_id": IDS[0]}, {"sys_id": IDS[0]}], "an order that does not rise"),
        ([{"sys_id": IDS[1]}, {"sys_id": IDS[0]}], "an order that does not rise"),
        ([{"sys_id": "glide.maint"}, {"sys_id": "glide.maint"}], "an order that does not rise"),
        ([{"name": "x"}], "no sys_id"),
        ([{"sys_id": ""}], "no sys_id"),
    ],
)
def test_rows_that_come_again_or_without_a_key_stop_the_read(rows: list[dict[str, str]], words: str) -> None:
    with pytest.raises(UnexpectedRow, match=words):
        list(pages(QUERY, 10, lambda window: Page(rows, len(rows))))


def test_sys_ids_of_an_unusual_form_are_read() -> None:
    rows = [{"sys_id": "b_global"}, {"sys_id": "a.maint"}]
    assert [page.rows for page in pages(QUERY, 10, lambda window: Page(rows, 2))] == [rows]


def test_a_row_that_does_not_meet_the_query_stops_the_read_before_it_is_delivered() -> None:
    query = QUERY.where("active", Operator.EQUALS, True)
    rows = [{"sys_id": IDS[0], "active": "true"}, {"sys_id": IDS[1], "active": "false"}]
    with pytest.raises(UnexpectedRow, match="active=true"):
        next(pages(query, 10, lambda window: Page(rows, 2)))


def test_an_order_of_its_own_excludes_a_keyset() -> None:
    with pytest.raises(QueryError, match="in the order of sys_id"):
        next(pages(QUERY.order_by("name"), 10, lambda window: Page([], 0)))
