"""Days that are told for no purpose, numbers that look like days, and days that are told by a weekend named before."""

from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


@pytest.mark.parametrize(
    "text",
    [
        "The vendor of our printers plans its release for 4 December; unrelated to this case, just mentioning it.",
        "The partner's workshop is on 3 December. It has no bearing on this case.",
        "The audit of the warehouse is on 2 December. Nothing to do with this ticket.",
        "Our provider has an outage on 26 November. Please ignore.",
        "You will come back to us on 1 December. That is perfectly OK.",
        "The inspection is on 30 November, which doesn't concern you.",
        "Our go-live is on 7 December. The case isn't part of it; park it on hold.",
        "The release is on 8 December, only mentioned for the full picture.",
        "The review is on 1 December. Nothing is expected from you.",
        "Launch is on 3 December, but that no longer applies.",
    ],
)
def test_a_day_that_is_told_for_no_purpose_is_no_deadline(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Unrelated to our network, as you asked; it must work by 4 December.", date(2026, 12, 4)),
        ("Our go-live is on 7 December. No date yet for the fix.", date(2026, 12, 7)),
        ("The certificate is no longer valid on 3 December, we need a new one before 3 December.", date(2026, 12, 3)),
        ("This is enough. We need it by Friday.", date(2026, 11, 20)),
        ("Please don't ignore this, the audit starts on 1 December.", date(2026, 12, 1)),
    ],
)
def test_words_that_sound_alike_take_no_deadline_away(text: str, day: date) -> None:
    assert [found.date for found in PLAIN.read(text, WRITTEN)][:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The VAT report differs by 1.2 percent.",
        "The total is off by 1.2% and it must be right.",
        "Memory grew by 1.5 GB and we need a fix.",
        "Our contract allows for 43 minutes of downtime in a month.",
        "The service fell over four times in a week.",
        "It is the third outage in a month.",
        "In the two weeks since opening it, not one finding has been shared with us.",
        "2026-12-12 03:14 job failed",
    ],
)
def test_measures_rates_and_lines_of_logs_are_no_deadlines(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Cutover weekend is 28/29 November. We need a build before we start on the Saturday.", date(2026, 11, 28)),
        ("The stock count is on 28/29 November. We must be able to print by that Saturday noon.", date(2026, 11, 28)),
        ("We have two hours of downtime a day, it must be fixed in a week.", date(2026, 11, 25)),
        ("We've lost 20 hours, and the auditor comes in a week.", date(2026, 11, 25)),
        ("2026-12-01T06:00Z is when the partner turns on live traffic.", date(2026, 12, 1)),
        ("The bank leaves us five days to prove it.", date(2026, 11, 23)),
        ("Give me a fix in two days or the ward goes back to paper.", date(2026, 11, 20)),
    ],
)
def test_days_are_told_by_others_by_spans_and_by_timestamps(text: str, day: date) -> None:
    assert min(found.date for found in PLAIN.read(text, WRITTEN)) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Saturday 21 Nov is cup final. The scoreboard must be fixed before the final.", date(2026, 11, 21)),
        ("Our export bonds renew on 16/12. I want the register reconciled by the renewal.", date(2026, 12, 16)),
        ("The president visits the plant on 3 December. Please correct it in time for the visit.", date(2026, 12, 3)),
        ("We open the new hall on Friday week, 27 Nov, with press.", date(2026, 11, 27)),
        ("The window for the crane is this coming weekend only.", date(2026, 11, 21)),
        ("Stocktake is on 19 Dec, the Saturday.", date(2026, 12, 19)),
        ("Give us the unlock code today before 17:00, after that the cabin is sealed.", date(2026, 11, 18)),
        ("Please give us the code today.", date(2026, 11, 18)),
        ("We need it fixed today before we shut the shop.", date(2026, 11, 18)),
        ("It must work by 8 December, by then and not a day later.", date(2026, 12, 8)),
    ],
)
def test_days_are_told_by_their_event_and_by_their_weekday(text: str, day: date) -> None:
    assert {found.date for found in PLAIN.read(text, WRITTEN)} == {day}


@pytest.mark.parametrize(
    "text",
    [
        "Your colleague promised an answer for Thursday and delivered it on Tuesday.",
        "The choir comes on 3 December as each year. Nothing has to be ready for the choir.",
        "The bank accepted our file on Friday.",
        "The law was due on 1 December but parliament has postponed it without naming a new date.",
        "The programme goes from 29.11. to 24.12. each year.",
        "The cut-off for orders is 14:00 the previous day.",
    ],
)
def test_what_was_kept_or_needs_nothing_is_no_deadline(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The roll-out is on 1-3 December, please answer by Tuesday next week.", date(2026, 11, 24)),
        ("The trade fair is 28-30 November. Please call me back by Monday.", date(2026, 11, 23)),
        ("The holidays are 24-26 December. Please send the fix by Friday.", date(2026, 11, 20)),
        ("Can you fix it today?", date(2026, 11, 18)),
        ("Fix it by 5 pm.", date(2026, 11, 18)),
        ("I need it this week.", date(2026, 11, 20)),
        ("I leave on Friday and would like to close this before I go.", date(2026, 11, 20)),
        ("I don't need excuses, I need a fix by Friday.", date(2026, 11, 20)),
    ],
)
def test_plain_requests_keep_their_day_whatever_days_were_named_before(text: str, day: date) -> None:
    assert [found.date for found in PLAIN.read(text, WRITTEN)][:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "We don't need it before Friday.",
        "It doesn't have to be done by Friday.",
        "It isn't needed by Friday any more.",
        "My holiday ends on Monday, the scanner is broken, please send a guide for the scanner.",
        "Our office in Berlin moves on Friday. We need more licences for the office.",
    ],
)
def test_a_denied_need_or_a_thing_that_is_named_again_makes_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()
