"""The sandbox's time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox.clock import SandboxClock, parse_stored, stored

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_frozen_time_moves_by_hand() -> None:
    clock = SandboxClock(START)
    assert (clock.now(), clock.ticks) == (START, False)
    clock.advance(timedelta(minutes=5))
    assert clock.now() == START + timedelta(minutes=5)


def test_ticking_time_moves_by_itself_and_by_hand() -> None:
    seconds = iter([100.0, 107.5, 110.0])
    clock = SandboxClock(START, frozen=False, monotonic=lambda: next(seconds))
    assert clock.ticks
    assert clock.now() == START + timedelta(seconds=7.5)
    clock.advance(timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1, seconds=10)


def test_time_is_aware_and_never_runs_backwards() -> None:
    with pytest.raises(ConfigurationError, match="2026-11-23T08:00:00Z"):
        SandboxClock(datetime(2026, 11, 23, 8, 0))  # noqa: DTZ001 - the mistake under test
    assert SandboxClock(START.astimezone(timezone(timedelta(hours=9)))).now().tzinfo is UTC
    with pytest.raises(ValueError, match="backwards"):
        SandboxClock(START).advance(timedelta(seconds=-1))


def test_stored_instants() -> None:
    assert stored(START.astimezone(timezone(timedelta(hours=2)))) == "2026-11-23 08:00:00"
    assert parse_stored("2026-11-23 08:00:00") == START
