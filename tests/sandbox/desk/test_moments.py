"""Ages, working hours and the forms of dates."""

from collections import Counter
from datetime import UTC, date, datetime

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
    worked_before,
    written_date,
)
from snow_escalations.sandbox.desk.texts.accounts import ACCOUNTS
from snow_escalations.sandbox.desk.texts.staff import STAFF
from snow_escalations.sandbox.desk.texts.zones import OFFSETS

FARTHEST = 2 * DAY + 14 * HOUR + 1
"""From Friday 18:00 to Monday 8:00, and the second by which a moment lies before the end of a working day."""
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


ZONES = st.sampled_from(sorted(OFFSETS))
AGES = st.integers(0, 90 * DAY)


def local(moment, zone):
    return datetime.fromtimestamp(moment + OFFSETS[zone] * HOUR, UTC)


def is_worked(moment, zone):
    return local(moment, zone).weekday() <= 4 and 8 <= local(moment, zone).hour < 18


@given(now=MOMENTS, age=AGES, zone=ZONES)
def test_ages_count_back_to_working_hours_and_never_far_from_the_calendar(now, age, zone):
    moment = worked_before(now, age, zone)
    assert is_worked(moment, zone)
    assert moment < now
    assert abs(now - age - moment) <= FARTHEST


@given(now=MOMENTS, ages=st.tuples(AGES, AGES), zone=ZONES)
def test_an_older_age_is_never_a_later_moment(now, ages, zone):
    assert worked_before(now, max(ages), zone) <= worked_before(now, min(ages), zone)


@given(now=MOMENTS, age=AGES, zone=ZONES, weeks=st.integers(1, 60))
def test_weeks_ago_are_weeks_ago(now, age, zone, weeks):
    assert worked_before(now, age + weeks * 7 * DAY, zone) == worked_before(now, age, zone) - weeks * 7 * DAY


@given(now=MOMENTS, zone=ZONES)
def test_what_lies_evenly_in_time_lies_evenly_over_working_days_and_hours(now, zone):
    """An age of each hour of four weeks gives 672 moments: about 134 for each working day, 67 for each hour."""
    moments = [local(worked_before(now, hours * HOUR, zone), zone) for hours in range(4 * 7 * 24)]
    weekdays, hours = Counter(at.weekday() for at in moments), Counter(at.hour for at in moments)
    assert set(weekdays) == set(range(5))
    assert set(hours) == set(range(8, 18))
    assert max(weekdays.values()) - min(weekdays.values()) <= 5
    assert max(hours.values()) - min(hours.values()) <= 20


@given(moment=MOMENTS, zone=ZONES, drawn=st.floats(0, 1, exclude_max=True))
def test_who_does_not_work_has_done_so_on_the_last_working_day(moment, zone, drawn):
    moved = back_to_work(moment, zone, drawn)
    assert is_worked(moved, zone)
    if is_worked(moment, zone):
        assert moved == moment
    else:
        assert 0 < moment - moved <= FARTHEST + 10 * HOUR
        assert not any(is_worked(later, zone) for later in range(_evening(moved, zone), moment, 600))


def _evening(moment, zone):
    at = local(moment, zone)
    return moment + (18 - at.hour) * HOUR - at.minute * MINUTE - at.second


@pytest.mark.parametrize(
    ("drawn", "hour"),
    [(0.0, "2026-11-20 17:59:59"), (0.5, "2026-11-20 12:59:59"), (0.999999, "2026-11-20 08:00:00")],
)
def test_a_weekend_goes_back_to_any_hour_of_friday(drawn, hour):
    sunday = moment_of(datetime(2026, 11, 22, 11, 30, tzinfo=UTC))
    assert stored(back_to_work(sunday, "Europe/London", drawn)) == hour


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
