"""Ages, business hours and the forms of dates."""

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.sandbox.desk.moments import (
    DAY,
    HOUR,
    MINUTE,
    back_to_work,
    moment_of,
    parse_age,
    stored,
    stored_duration,
    written_date,
)
from snow_escalations.sandbox.desk.texts.accounts import ACCOUNTS
from snow_escalations.sandbox.desk.texts.staff import STAFF
from snow_escalations.sandbox.desk.texts.zones import OFFSETS

FOUR_DAYS = 4 * DAY
MOMENTS = st.integers(600_000_000, 4_000_000_000)


@pytest.mark.parametrize(
    ("text", "length", "exact"),
    [
        ("9d", 9 * DAY, False),
        ("9d!", 9 * DAY, True),
        ("26h", 26 * HOUR, True),
        ("40m", 40 * MINUTE, True),
        ("2h!", 2 * HOUR, True),
    ],
)
def test_ages_in_days_are_approximate_unless_marked(text, length, exact):
    assert parse_age(text) == (length, exact)


@pytest.mark.parametrize("text", ["", "9", "d", "9w", "9 d", "-9d", "9d!!", "1.5h"])
def test_what_is_no_age_is_refused(text):
    with pytest.raises(ValueError, match="is no age such as 9d, 26h"):
        parse_age(text)


@given(MOMENTS)
def test_moments_are_stored_as_the_instance_stores_them(moment):
    instant = datetime.fromtimestamp(moment, UTC)
    assert moment_of(instant) == moment
    assert stored(moment) == instant.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("length", "text"),
    [(0, "1970-01-01 00:00:00"), (-5, "1970-01-01 00:00:00"), (25 * DAY + 3 * HOUR + 61, "1970-01-26 03:01:01")],
)
def test_lengths_are_stored_as_the_epoch_plus_the_length(length, text):
    assert stored_duration(length) == text


@given(
    moment=MOMENTS,
    zone=st.sampled_from(sorted(OFFSETS)),
    seed=st.integers(0, 10_000),
)
def test_moments_go_back_into_business_hours_and_never_far(moment, zone, seed):
    moved = back_to_work(moment, zone, Random(seed))
    local = datetime.fromtimestamp(moved + OFFSETS[zone] * HOUR, UTC)
    assert moment - FOUR_DAYS < moved <= moment
    assert 8 <= local.hour < 18 or (moved == moment and local.weekday() > 4)
    assert local.weekday() <= 4 or moved == moment


@given(moment=MOMENTS, zone=st.sampled_from(sorted(OFFSETS)))
def test_exactly_one_number_is_drawn(moment, zone):
    """Otherwise the rest of a desk would depend on the hour at which it is built."""
    used, fresh = Random(1), Random(1)
    back_to_work(moment, zone, used)
    fresh.random()
    assert used.random() == fresh.random()


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "5 March 2027"),
        ("de", "5. März 2027"),
        ("ja", "2027年3月5日"),
        ("fr", "2027-03-05"),
        ("pb", "2027-03-05"),
    ],
)
def test_dates_are_written_as_people_write_them(language, written):
    assert written_date(date(2027, 3, 5), language) == written


def test_every_zone_of_the_desk_has_an_offset():
    zones = {account.zone for account in ACCOUNTS} | {line.split("|")[5] for line in STAFF.strip().splitlines()}
    assert zones <= set(OFFSETS)
