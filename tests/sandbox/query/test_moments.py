"""Points and spans of time in a zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.sandbox.query.moments import UNITS, Unit, end_of, moved, start_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 8, 30, 15, tzinfo=UTC)  # a Wednesday, 09:30:15 in Berlin


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("minute", "2026-11-25 08:30:00", "2026-11-25 08:30:59"),
        ("hour", "2026-11-25 08:00:00", "2026-11-25 08:59:59"),
        ("day", "2026-11-24 23:00:00", "2026-11-25 22:59:59"),
        ("week", "2026-11-22 23:00:00", "2026-11-29 22:59:59"),
        ("month", "2026-10-31 23:00:00", "2026-11-30 22:59:59"),
        ("quarter", "2026-09-30 22:00:00", "2026-12-31 22:59:59"),
        ("year", "2025-12-31 23:00:00", "2026-12-31 22:59:59"),
    ],
)
def test_edges_of_units(unit: Unit, first: str, last: str) -> None:
    assert start_of(NOW, unit, BERLIN).strftime("%Y-%m-%d %H:%M:%S") == first
    assert end_of(NOW, unit, BERLIN).strftime("%Y-%m-%d %H:%M:%S") == last


@pytest.mark.parametrize(
    ("unit", "count", "wanted"),
    [
        ("minute", -5, "2026-11-25 08:25:15"),
        ("day", 2, "2026-11-27 08:30:15"),
        ("month", 3, "2027-02-25 08:30:15"),
        ("quarter", -1, "2026-08-25 07:30:15"),
        ("year", -1, "2025-11-25 08:30:15"),
    ],
)
def test_moves_by_units(unit: Unit, count: int, wanted: str) -> None:
    assert moved(NOW, unit, count, BERLIN).strftime("%Y-%m-%d %H:%M:%S") == wanted


def test_months_keep_the_day_where_it_exists() -> None:
    end = datetime(2027, 1, 31, 12, tzinfo=UTC)
    assert moved(end, "month", 1, ZoneInfo("UTC")).day == 28


def test_years_beyond_the_calendar_overflow() -> None:
    with pytest.raises(OverflowError):
        moved(NOW, "year", 9000, BERLIN)


@given(st.integers(631152000, 4102444800), st.sampled_from(UNITS))
def test_an_instant_lies_between_the_edges_of_its_unit(seconds: int, unit: Unit) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)
    assert start_of(instant, unit, BERLIN) <= instant <= end_of(instant, unit, BERLIN)
