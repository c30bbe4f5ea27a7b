"""Reads side by side deliver in order, and an error of one is the error of all."""

import threading
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.servicenow.chunks import BYTES, SIZE, chunks
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.paging import Page
from snow_escalations.servicenow.parallel import Batch, in_parallel
from snow_escalations.servicenow.query import Queries, Query
from snow_escalations.servicenow.ranges import read_ranges, split

USERS = Queries(Dialect()).of("sys_user")


@given(st.lists(st.text(min_size=1, max_size=80), max_size=500))
def test_chunks_hold_every_distinct_value_once_and_fit_into_a_url(values: list[str]) -> None:
    made = list(chunks(values))
    assert [value for chunk in made for value in chunk] == list(dict.fromkeys(values))
    for chunk in made:
        assert len(chunk) <= SIZE
        assert len(chunk) == 1 or sum(len(quote(value, safe="")) + 3 for value in chunk) <= BYTES


def test_two_hundred_sys_ids_are_one_chunk() -> None:
    assert [len(chunk) for chunk in chunks([f"{number:032x}" for number in range(401)])] == [200, 200, 1]


@pytest.mark.parametrize("workers", [1, 4])
def test_results_come_in_the_order_of_the_tasks(workers: int) -> None:
    assert in_parallel([partial(int, str(number)) for number in range(20)], workers) == list(range(20))


def test_up_to_as_many_tasks_as_workers_run_at_once() -> None:
    meeting = threading.Barrier(3, timeout=10)
    assert sorted(in_parallel([meeting.wait] * 3, 3)) == [0, 1, 2]


@pytest.mark.parametrize("workers", [1, 3])
def test_the_first_error_in_the_order_of_the_tasks_is_raised(workers: int) -> None:
    def fail(word: str) -> None:
        raise ValueError(word)

    with pytest.raises(ValueError, match="second"):
        in_parallel([lambda: None, partial(fail, "second"), partial(fail, "third")], workers)


def test_a_batch_fills_each_list_with_its_own_rows_in_order() -> None:
    batch = Batch()
    numbers = batch.add(lambda part: [int(value) for value in part], [str(number) for number in range(450)])
    texts = batch.add(lambda part: [value.upper() for value in part], ["a", "b"])
    nothing = batch.add(list, [])
    assert numbers == texts == []
    batch.run(4)
    assert (numbers, texts, nothing) == (list(range(450)), ["A", "B"], [])


IDS = sorted([f"{number * 7919:032x}" for number in range(50)] + ["0" * 32, "f" * 32, "glide.maint", "40000000" * 4])


def pages_of(query: Query, size: int = 3) -> Iterator[Page]:
    judge = query.judge()
    rows = [{"sys_id": sys_id} for sys_id in IDS if judge({"sys_id": sys_id}) is None]
    for start in range(0, len(rows), size):
        yield Page(rows[start : start + size], len(rows) - start)


@pytest.mark.parametrize("readers", [1, 2, 4, 7])
def test_ranges_together_miss_nothing_and_double_nothing(readers: int) -> None:
    assert len(split(USERS, readers)) == readers
    read = [str(row["sys_id"]) for page in read_ranges(USERS, readers, pages_of) for row in page.rows]
    assert sorted(read) == IDS


def test_an_error_in_one_range_ends_the_read() -> None:
    def broken(query: Query) -> Iterator[Page]:
        if not query.blocks or ">=" in query.encoded():
            yield from pages_of(query)
        else:
            raise OSError("lost")

    with pytest.raises(OSError, match="lost"):
        list(read_ranges(USERS, 4, broken))


def test_who_stops_reading_stops_the_readers() -> None:
    read = read_ranges(USERS, 2, partial(pages_of, size=1))
    assert next(read).rows
    read.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("range")]
