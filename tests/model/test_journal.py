"""A journal has its entries oldest first, however they are given."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from snow_escalations.model import AuthorKind, Element, Journal, JournalEntry

START = datetime(2026, 11, 18, 10, tzinfo=UTC)


def _entry(minutes: int, sys_id: str) -> JournalEntry:
    return JournalEntry(
        element=Element.COMMENTS,
        text="",
        created_at=START + timedelta(minutes=minutes),
        author="ana",
        author_kind=AuthorKind.CUSTOMER,
        sys_id=sys_id,
    )


def test_entries_stand_in_the_order_of_their_time_and_those_of_one_second_by_their_ids() -> None:
    ordered = (_entry(0, "c"), _entry(5, "a"), _entry(5, "b"), _entry(9, "a"))
    for given in permutations(ordered):
        assert Journal(entries=given).entries == ordered


def test_a_journal_read_from_json_is_in_order_too() -> None:
    later, earlier = _entry(5, "a"), _entry(0, "b")
    document = {"entries": [each.model_dump(mode="json") for each in (later, earlier)]}
    assert Journal.model_validate(document).entries == (earlier, later)
