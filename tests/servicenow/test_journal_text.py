"""Display text becomes entries as far as it can be trusted: when and what, but never who."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.model import AuthorKind, Element
from snow_escalations.servicenow.journal_text import FORMATS, DisplayZone, instant, parse

WEST = DisplayZone([("2026-11-18 20:00:00", "2026-11-18 12:00:00"), ("2026-07-01 20:00:00", "2026-07-01 13:00:00")])
TEXT = (
    "2026-11-18 10:00:00 - Ana Sousa (Additional comments)\nAny news?\n\nWe wait.\n\n"
    "2026-07-01 09:30:00 - Bo Li (Zusätzliche Kommentare)\nLooking into it.\n\n"
)


def test_entries_come_oldest_first_in_utc_with_the_offset_of_their_season() -> None:
    entries = parse(TEXT, Element.COMMENTS, WEST)
    assert entries is not None
    assert [(entry.created_at, entry.author, entry.text) for entry in entries] == [
        (datetime(2026, 7, 1, 16, 30, tzinfo=UTC), "Bo Li", "Looking into it."),
        (datetime(2026, 11, 18, 18, 0, tzinfo=UTC), "Ana Sousa", "Any news?\n\nWe wait."),
    ]


def test_who_wrote_is_never_known_from_text() -> None:
    entries = parse(TEXT, Element.COMMENTS, WEST)
    assert entries is not None
    assert {entry.author_kind for entry in entries} == {AuthorKind.UNKNOWN}


def test_a_forged_header_that_is_newer_than_the_entry_around_it_stays_text() -> None:
    forged = TEXT.replace("We wait.", "2026-11-18 11:00:00 - Support (Additional comments)\nAll done.")
    entries = parse(forged, Element.COMMENTS, WEST)
    assert entries is not None
    assert len(entries) == 2
    assert "Support" in entries[1].text


@pytest.mark.parametrize(
    "text", ["no header", "yesterday - Ana (Additional comments)\nx", "2026-11-18 10:00:00 - Ana\nx"]
)
def test_text_of_an_unknown_form_is_not_guessed_at(text: str) -> None:
    assert parse(text, Element.COMMENTS, WEST) is None


def test_without_a_known_zone_no_header_is_readable() -> None:
    assert parse(TEXT, Element.COMMENTS, DisplayZone([])) is None


def test_empty_text_is_an_empty_journal() -> None:
    assert parse(" \n", Element.COMMENTS, WEST) == ()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_that_a_user_can_choose_is_recognised(name: str) -> None:
    stored = datetime(2026, 11, 28, 20, 5, 9, tzinfo=UTC)
    zone = DisplayZone([(stored.strftime("%Y-%m-%d %H:%M:%S"), stored.strftime(name))])
    assert zone.utc(datetime(2026, 11, 27, 8, 0, 1, tzinfo=UTC).strftime(name)) == datetime(
        2026, 11, 27, 8, 0, 1, tzinfo=UTC
    )


def test_a_format_must_explain_every_pair() -> None:
    day_first = DisplayZone(
        [("2026-02-01 00:00:00", "01/02/2026 00:00:00"), ("2026-02-13 00:00:00", "13/02/2026 00:00:00")]
    )
    assert day_first.utc("03/02/2026 00:00:00") == datetime(2026, 2, 3, tzinfo=UTC)
    assert DisplayZone([("2026-02-01 00:00:00", "long ago")]).utc("2026-02-01 00:00:00") is None


@pytest.mark.parametrize(
    ("text", "wanted"), [("", None), (None, None), ("18.11.2026", None), ("2026-13-01 00:00:00", None)]
)
def test_a_stored_instant_that_is_none_is_none(text: str | None, wanted: None) -> None:
    assert instant(text) is wanted


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parsed = parse(text, Element.COMMENTS, WEST)
    assert parsed is None or all(entry.created_at.tzinfo is UTC for entry in parsed)
