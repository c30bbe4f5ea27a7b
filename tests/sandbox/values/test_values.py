"""Key order, dates by pattern letters, durations."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.sandbox.values.display import Locale
from snow_escalations.sandbox.values.durations import in_words
from snow_escalations.sandbox.values.hashmap import ordered
from snow_escalations.sandbox.values.java_dates import formatted, parsed
from snow_escalations.sandbox.zones import UTC_ZONE

MOMENT = datetime.fromisoformat("2026-03-07T00:05:09")


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ("sysapproval due_date state sys_id", "sys_id sysapproval due_date state"),
        (
            "expires_in token_type scope refresh_token access_token",
            "access_token refresh_token scope token_type expires_in",
        ),
        ("error error_description", "error_description error"),
        ("value link", "link value"),
        ("value display_value", "display_value value"),
    ],
)
def test_known_orders(keys: str, wanted: str) -> None:
    assert ordered(keys.split()) == tuple(wanted.split())


def test_keys_of_one_bucket_keep_the_order_of_insertion() -> None:
    assert ordered(("Aa", "BB")) == ("Aa", "BB")  # equal hash codes
    assert ordered(("BB", "Aa")) == ("BB", "Aa")


@given(st.lists(st.text(max_size=12), unique=True, max_size=120))
def test_no_key_is_lost_and_the_order_is_settled(keys: list[str]) -> None:
    once = ordered(keys)
    assert sorted(once) == sorted(keys)
    assert ordered(once) == once


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("yyyy-MM-dd HH:mm:ss", "2026-03-07 00:05:09"),
        ("dd/MM/yy hh:mm:ss a", "07/03/26 12:05:09 AM"),
        ("d.M.yyyy H:m:s", "7.3.2026 0:5:9"),
        ("MMM dd, yyyy h 'o''clock'", "Mar 07, 2026 12 oclock"),
        ("EEEE dd", "EEEE 07"),
    ],
)
def test_patterns(pattern: str, wanted: str) -> None:
    assert formatted(MOMENT, pattern) == wanted


@pytest.mark.parametrize("pattern", ["yyyy-MM-dd HH:mm:ss", "dd/MM/yyyy hh:mm:ss a", "dd.MM.yyyy HH.mm.ss"])
def test_what_was_shown_can_be_read(pattern: str) -> None:
    assert parsed(formatted(MOMENT, pattern), pattern) == MOMENT
    with pytest.raises(ValueError, match="does not match"):
        parsed("tomorrow", pattern)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1970-01-01 08:00:00", "8 Hours"),
        ("1970-01-02 04:23:00", "1 Day 4 Hours 23 Minutes"),
        ("1970-01-26 13:49:12", "25 Days 13 Hours 49 Minutes"),
        ("1970-01-01 00:01:05", "1 Minute"),
        ("1970-01-01 00:00:43", "43 Seconds"),
        ("1970-01-01 00:00:01", "1 Second"),
        ("1970-01-01 00:00:00", "0 Seconds"),
        ("a while", "a while"),
    ],
)
def test_durations(value: str, words: str) -> None:
    assert in_words(value) == words


def test_what_is_no_date_is_shown_as_it_is() -> None:
    locale = Locale(UTC_ZONE, "dd/MM/yyyy", "HH:mm:ss")
    assert (locale.moment("soon"), locale.day("sometime")) == ("soon", "sometime")
