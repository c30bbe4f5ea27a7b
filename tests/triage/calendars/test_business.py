"""Business time adds up, never runs backwards, and stands still when nobody works."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from snow_escalations.triage.calendars import (
    BusinessCalendar,
    CalendarModel,
    Calendars,
    OutsideCalendarError,
    Weekday,
    Window,
    is_counted,
)
from snow_escalations.triage.calendars.public import public_holidays
from snow_escalations.triage.calendars.years import holidays_of

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ROUND_THE_CLOCK = {day: (Window(opens=time(0), closes=time(0)),) for day in Weekday}
SPLIT = {
    Weekday.MONDAY: (Window(opens=time(0), closes=time(2, 30)), Window(opens=time(2, 30), closes=time(12))),
    Weekday.SUNDAY: (Window(opens=time(1), closes=time(2, 30)), Window(opens=time(2, 30), closes=time(0))),
}
CALENDARS = {
    "plain": BusinessCalendar(CalendarModel()),
    "berlin": BusinessCalendar(CalendarModel(zone="Europe/Berlin", country="DE", subdivision="BY")),
    "new york": BusinessCalendar(CalendarModel(zone="America/New_York", country="US")),
    "round the clock": BusinessCalendar(CalendarModel(zone="Europe/Berlin", windows=ROUND_THE_CLOCK)),
    "split at the change of clocks": BusinessCalendar(CalendarModel(zone="Europe/Berlin", windows=SPLIT)),
    "half-hour zone": BusinessCalendar(CalendarModel(zone="Australia/Lord_Howe", windows=ROUND_THE_CLOCK)),
    "far east": BusinessCalendar(CalendarModel(zone="Pacific/Kiritimati", country="KI")),
}
OFFSET = timedelta(hours=23)
RESOLUTION = timedelta(microseconds=1)
calendars = st.sampled_from(list(CALENDARS.values()))
instants = st.integers(0, 12 * 365 * 86400).map(
    lambda seconds: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
near_clock_changes = st.builds(
    lambda base, minutes: base + timedelta(minutes=minutes),
    st.sampled_from([datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)]),
    st.integers(-600, 600),
)
some_instants = instants | near_clock_changes


def at(text: str, zone: ZoneInfo | None = None) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.replace(tzinfo=zone) if zone is not None else instant


@given(calendars, some_instants, some_instants, some_instants)
def test_hours_add_up_exactly(calendar: BusinessCalendar, a: datetime, b: datetime, c: datetime) -> None:
    between = calendar.business_microseconds_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


EDGES = ((1, 1, 1, 0), (1900, 1, 1, 0), (2200, 12, 31, 23), (9999, 12, 31, 23))
edges = [datetime(*edge, tzinfo=timezone(offset)) for edge in EDGES for offset in (-OFFSET, timedelta(0), OFFSET)]
any_zones = st.timezones() | st.timedeltas(-OFFSET, OFFSET).map(timezone)
any_instants = st.datetimes(timezones=any_zones) | st.sampled_from(edges)


@given(calendars, any_instants, any_instants)
def test_no_instant_breaks_a_calendar(calendar: BusinessCalendar, a: datetime, b: datetime) -> None:
    """What it does not know it says; of the years from 1920 to 2180 it knows all."""
    if is_counted(a) and is_counted(b):
        assert calendar.local(a) == a
        assert calendar.business_hours_between(a, b) == -calendar.business_hours_between(b, a)
    else:
        with suppress(OutsideCalendarError):
            calendar.local(a)
            calendar.business_hours_between(a, b)


QUARTER = timedelta(minutes=15)
quarters = some_instants.map(lambda instant: instant.replace(minute=instant.minute // 15 * 15, second=0))


def counts(calendar: BusinessCalendar, instant: datetime) -> bool:
    """The plain definition: the wall clock of the zone shows a time inside a window of a day that is no holiday."""
    local = instant.astimezone(calendar.zone)
    if local.date() in holidays_of(calendar.model, local.year):
        return False
    windows = calendar.model.windows.get(list(Weekday)[local.weekday()], ())
    return any(
        part.opens <= local.time() and (part.closes == time(0) or local.time() < part.closes) for part in windows
    )


@given(calendars, quarters, st.integers(0, 600))
def test_business_time_is_the_sum_of_all_moments_that_count(
    calendar: BusinessCalendar, start: datetime, length: int
) -> None:
    """All windows and changes of clocks are at quarters of an hour."""
    counted = sum(counts(calendar, start + number * QUARTER) for number in range(length))
    assert calendar.business_microseconds_between(start, start + length * QUARTER) == counted * QUARTER // RESOLUTION


@given(calendars, some_instants, some_instants)
def test_an_instant_that_is_asked_about_again_gives_the_same_hours_and_the_start_by_the_clocks_of_the_zone(
    calendar: BusinessCalendar, start: datetime, end: datetime
) -> None:
    hours, business_hours, local = calendar.passed(start, calendar.business_time(end))
    assert hours == (end - start) // RESOLUTION / 3_600_000_000
    assert business_hours == calendar.business_hours_between(start, end)
    assert (local, local.replace(tzinfo=None)) == (start, calendar.local(start).replace(tzinfo=None))
    assert isinstance(local.tzinfo, timezone)


@given(calendars, some_instants, st.lists(some_instants, min_size=2, max_size=8))
def test_more_time_is_never_less_business_time_and_never_more_than_the_wall_clock(
    calendar: BusinessCalendar, start: datetime, later: list[datetime]
) -> None:
    for earlier, after in pairwise(sorted(later)):
        grown = calendar.business_microseconds_between(earlier, after)
        assert 0 <= grown <= (after - earlier) // timedelta(microseconds=1)
        assert calendar.business_hours_between(start, earlier) <= calendar.business_hours_between(start, after)


@given(calendars, st.dates(date(2019, 1, 1), date(2031, 12, 31)), st.floats(0, 0.999), st.floats(0, 0.999))
def test_nothing_counts_on_weekends_and_holidays(calendar: BusinessCalendar, day: date, a: float, b: float) -> None:
    start = datetime.combine(day, time(0), tzinfo=calendar.zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), tzinfo=calendar.zone).astimezone(UTC)
    one, two = (start + (end - start) * share for share in (a, b))
    free = day in holidays_of(calendar.model, day.year) or not calendar.model.windows.get(list(Weekday)[day.weekday()])
    assert calendar.is_business_day(day) is not free
    assert (calendar.end_of_business_day(day) is None) is free
    if free:
        assert calendar.business_microseconds_between(one, two) == 0
    else:
        assert calendar.business_microseconds_between(start, end) > 0


@given(st.sampled_from(["round the clock", "half-hour zone"]), some_instants, some_instants)
def test_round_the_clock_business_time_is_time(name: str, a: datetime, b: datetime) -> None:
    assert CALENDARS[name].business_microseconds_between(a, b) == (b - a) // timedelta(microseconds=1)


@given(calendars, instants, st.integers(-400, 400).filter(bool), st.integers(1, 400))
def test_business_days_ahead_are_business_days_and_add_up(
    calendar: BusinessCalendar, start: datetime, count: int, more: int
) -> None:
    there = calendar.add_business_days(start, count)
    assert calendar.is_business_day(there.date())
    assert (there.date() > calendar.local(start).date()) is (count > 0)
    if count > 0:
        further = calendar.add_business_days(there, more)
        assert further.date() == calendar.add_business_days(start, count + more).date()
        assert calendar.add_business_days(further, -more).date() == there.date()


@pytest.mark.parametrize(
    ("name", "start", "end", "hours"),
    [
        ("plain", "2026-11-18T10:00+00:00", "2026-11-18T12:30+00:00", 2.5),
        ("plain", "2026-11-20T16:00+00:00", "2026-11-23T10:00+00:00", 2.0),
        ("plain", "2026-11-18T10:00+00:00", "2026-11-18T08:00+00:00", -1.0),
        ("plain", "2025-12-31T09:00+00:00", "2026-01-01T17:00+00:00", 16.0),
        ("new york", "2026-11-25T21:00+00:00", "2026-11-27T15:00+00:00", 2.0),  # over Thanksgiving
        ("berlin", "2026-03-27T15:00+00:00", "2026-03-30T08:00+00:00", 2.0),  # clocks go forward in between
        ("round the clock", "2026-03-28T23:00+00:00", "2026-03-29T22:00+00:00", 23.0),
        ("round the clock", "2026-10-24T22:00+00:00", "2026-10-25T23:00+00:00", 25.0),
        ("split at the change of clocks", "2026-10-24T22:00+00:00", "2026-10-25T23:00+00:00", 24.0),
        ("split at the change of clocks", "2026-03-28T23:00+00:00", "2026-03-29T22:00+00:00", 22.0),
    ],
)
def test_hours_between(name: str, start: str, end: str, hours: float) -> None:
    assert CALENDARS[name].business_hours_between(at(start), at(end)) == hours


@pytest.mark.parametrize(
    ("name", "start", "count", "then"),
    [
        ("plain", "2026-11-18T10:00+00:00", 3, "2026-11-23T10:00+00:00"),
        ("plain", "2026-11-21T10:00+00:00", 1, "2026-11-23T10:00+00:00"),
        ("plain", "2026-11-21T10:00+00:00", 0, "2026-11-23T10:00+00:00"),
        ("plain", "2026-11-18T10:00+00:00", 0, "2026-11-18T10:00+00:00"),
        ("plain", "2026-11-21T10:00+00:00", -1, "2026-11-20T10:00+00:00"),
        ("plain", "2026-12-31T10:00+00:00", 1, "2027-01-01T10:00+00:00"),
        ("new york", "2026-11-25T10:00-05:00", 1, "2026-11-27T10:00-05:00"),
        ("berlin", "2026-10-23T10:00+02:00", 1, "2026-10-26T10:00+01:00"),
        ("plain", "2026-11-18T10:00+00:00", 261, "2027-11-18T10:00+00:00"),
        ("plain", "2026-11-18T10:00+00:00", -261, "2025-11-18T10:00+00:00"),
    ],
)
def test_business_days_ahead(name: str, start: str, count: int, then: str) -> None:
    there = CALENDARS[name].add_business_days(at(start), count)
    assert there.isoformat() == at(then).astimezone(CALENDARS[name].zone).isoformat()


def test_the_end_of_a_business_day_is_in_the_zone_of_the_calendar() -> None:
    assert CALENDARS["berlin"].end_of_business_day(date(2026, 11, 20)) == at("2026-11-20T17:00", BERLIN)
    assert CALENDARS["berlin"].end_of_business_day(date(2026, 11, 21)) is None
    assert CALENDARS["berlin"].end_of_business_day(date(2026, 1, 6)) is None, "Epiphany is a holiday in Bavaria"
    assert CALENDARS["new york"].end_of_business_day(date(2026, 1, 6)) == at("2026-01-06T17:00", NEW_YORK)
    assert CALENDARS["round the clock"].end_of_business_day(date(2026, 11, 20)) == at("2026-11-21T00:00", BERLIN)


def test_a_team_adds_and_takes_away_holidays() -> None:
    calendar = BusinessCalendar(
        CalendarModel(country="US", extra_holidays={date(2026, 11, 27)}, working_holidays={date(2026, 11, 26)})
    )
    assert calendar.is_business_day(date(2026, 11, 26))
    assert not calendar.is_business_day(date(2026, 11, 27))


def test_an_account_may_have_a_calendar_of_its_own() -> None:
    own = CalendarModel(zone="Asia/Kolkata", country="IN")
    team = Calendars(accounts={"Boxeo": own})
    assert team.of("Boxeo") == own
    assert team.of("Acme") == team.default == team.of(None)


def test_naive_instants_and_years_out_of_reach_are_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        CALENDARS["plain"].business_hours_between(datetime(2026, 1, 1), datetime(2026, 1, 2))  # noqa: DTZ001
    with pytest.raises(ValueError, match="asked about 2201; it knows 1900 to 2200"):
        CALENDARS["plain"].add_business_days(at("2200-12-30T00:00+00:00"), 5)


@pytest.mark.parametrize(
    ("given_", "told"),
    [
        ({"zone": "Europe/Atlantis"}, "there is no time zone 'Europe/Atlantis'"),
        ({"zone": "../../etc/passwd"}, "there is no time zone"),
        ({"country": "UX"}, "no public holidays are known for country 'UX'; did you mean"),
        ({"country": "DE", "subdivision": "XX"}, "subdivision 'XX' of DE"),
        ({"subdivision": "BY"}, "has no country"),
        ({"windows": {}}, "no weekday has a window"),
        ({"windows": {"monday": [{"opens": "17:00", "closes": "09:00"}]}}, "split a night shift at midnight"),
        ({"windows": {"monday": [{"opens": "09:00Z", "closes": "17:00Z"}]}}, "without an offset"),
        (
            {"windows": {"monday": [{"opens": "09:00", "closes": "13:00"}, {"opens": "12:00", "closes": "17:00"}]}},
            "the windows of monday overlap",
        ),
        ({"window": {}}, "Extra inputs"),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_with_the_remedy(given_: dict, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        CalendarModel.model_validate(given_)


def test_a_year_is_laid_out_once_however_much_is_asked() -> None:
    calendar = BusinessCalendar(CalendarModel(country="US"))
    for _ in range(100):
        calendar.business_hours_between(at("2025-11-18T10:00+00:00"), at("2026-11-18T12:30+00:00"))
    assert calendar._year.cache_info().misses == 2


@pytest.mark.parametrize("names", [("Boxeo", " Boxeo "), ("Caf\u00e9", "Cafe\u0301")])
def test_an_account_has_one_calendar_however_its_name_is_written(names: tuple[str, str]) -> None:
    with pytest.raises(ValidationError, match="are the same account; keep one of the two calendars"):
        Calendars(accounts=dict.fromkeys(names, CalendarModel()))


def test_an_account_without_a_name_has_no_calendar() -> None:
    with pytest.raises(ValidationError, match="' ' names no account; write its name or its number"):
        Calendars(accounts={" ": CalendarModel()})


@pytest.mark.filterwarnings("error")
def test_holidays_of_years_that_are_not_known_in_full_disturb_nobody() -> None:
    assert date(2046, 1, 26) in public_holidays("IN", None, 2046)
    assert date(2046, 1, 25) not in public_holidays("IN", None, 2046)
