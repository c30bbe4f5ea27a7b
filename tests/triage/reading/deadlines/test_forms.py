"""Days are read in the forms that people use, counted from other days included."""

from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("T-6 days to launch.", date(2026, 11, 24)),
        ("T minus 6 days to launch.", date(2026, 11, 24)),
        ("T minus 2 weeks to launch.", date(2026, 12, 2)),
        ("We need it the day before Thanksgiving.", date(2026, 11, 25)),
        ("We need it the day after Christmas.", date(2026, 12, 26)),
        ("The audit starts on the eve of 12 December.", date(2026, 12, 11)),
        ("We need it a week before Christmas.", date(2026, 12, 18)),
        ("We open a week from Monday.", date(2026, 11, 30)),
        ("We need it in the week before Christmas.", date(2026, 12, 14)),
        ("We need it on the weekend before Christmas.", date(2026, 12, 19)),
        ("We need it on the weekend after 2 December.", date(2026, 12, 5)),
        ("Due on the second Friday in December.", date(2026, 12, 11)),
        ("Due on the last Monday of November.", date(2026, 11, 30)),
        ("Due on the first Monday of the month.", date(2026, 12, 7)),
        ("We need it in calendar week 50.", date(2026, 12, 7)),
        ("We need it in CW50.", date(2026, 12, 7)),
        ("We need it in week 3.", date(2027, 1, 18)),
        ("It is enabled on the first of December.", date(2026, 12, 1)),
        ("It is enabled on December the twenty-first.", date(2026, 12, 21)),
        ("It must be done by the thirtieth.", date(2026, 11, 30)),
        ("Live on the third of next month.", date(2026, 12, 3)),
        ("We need it before the quarter is out.", date(2026, 12, 31)),
        ("Our budget is gone when the calendar year is over.", date(2026, 12, 31)),
        ("We need it before the weekend.", date(2026, 11, 20)),
        ("It is due on Thursday of next week.", date(2026, 11, 26)),
        ("It is due on Tuesday coming.", date(2026, 11, 24)),
        ("It is due on Friday in two weeks.", date(2026, 12, 4)),
        ("It is due the Friday after next.", date(2026, 11, 27)),
        ("Our demo is Wednesday fortnight.", date(2026, 12, 2)),
        ("Friday 27th we are in court.", date(2026, 11, 27)),
        ("Two sleeps. Then the museum opens.", date(2026, 11, 20)),
        ("We can hold the trucks one more day.", date(2026, 11, 19)),
        ("In forty-eight hours we must decide.", date(2026, 11, 20)),
        ("I need a call within the next hour.", date(2026, 11, 18)),
        ("The first Sunday in Advent is our market.", date(2026, 11, 29)),
        ("Go-live is 27. November.", date(2026, 11, 27)),
        ("It is needed by 11-27.", date(2026, 11, 27)),
        ("Leaving the old system on 31.12., no way back.", date(2026, 12, 31)),
        ("The law changes as of New Year's Day.", date(2027, 1, 1)),
        ("COB today please!", date(2026, 11, 18)),
        ("We need it by the end of today.", date(2026, 11, 18)),
    ],
)
def test_a_day_is_read_in_any_form(text: str, day: date) -> None:
    found = PLAIN.read(text, WRITTEN)
    assert [each.date for each in found][:1] == [day]


def test_parts_of_a_text_are_found_where_lower_case_changes_its_length() -> None:
    text = "İİİİ stood here. We need it by Friday. Nothing else."
    assert [each.quote for each in PLAIN.read(text, WRITTEN)] == ["by Friday"]
