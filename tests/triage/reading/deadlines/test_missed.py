"""Plain ways to impose a day are read, and the same words where nobody is bound are not."""

from datetime import UTC, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


def days(text: str) -> list[str]:
    """Month and day of what the text imposes, the binding one first."""
    return [f"{each.date:%m-%d}" for each in PLAIN.read(text, WRITTEN)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Please supply a corrected driver in at most four working days.", "11-24"),
        ("We need the answer in no more than three business days.", "11-23"),
        ("Send us the fix within a maximum of 3 days.", "11-21"),
        ("We expect the resolution in max. 8 days.", "11-26"),
        ("3 days is the maximum we can bridge with manual work.", "11-21"),
        ("The deadline from our side is 1 working day.", "11-19"),
        ("You have now 2 weeks, else we must leave.", "12-02"),
        ("Fix required in 5 working days counted from today.", "11-25"),
        ("If not solved in another 2 days we roll back.", "11-20"),
        ("Solve this in two days or refund.", "11-20"),
        ("We have three weeks from today, not a day more, to finish the exit.", "12-09"),
    ],
)
def test_a_span_that_is_the_most_that_somebody_has_is_a_limit(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Most days it works, but on most Fridays it fails.",
        "3 days is the maximum retention of the log.",
        "The longest outage was 3 days.",
        "We have 2 weeks of logs.",
    ],
)
def test_a_span_that_measures_something_else_is_none(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Please get us a configuration by the end of the first week of December.", "12-04"),
        ("It must be done by the end of the second week of December.", "12-11"),
        ("The fix is expected by us until CW50 ends.", "12-11"),
        ("Before week 50 is over we need it.", "12-11"),
        ("The roll-out should be completed within Q4.", "12-31"),
        ("Our trial with the competitor ends 30th.", "11-30"),
        ("The audit is on Friday. The report is due the day before.", "11-19"),
        ("Christmas Eve is when the shop closes. The fix should be in production the day before.", "12-23"),
        ("We need it by this Friday. Our board only meets once more this month.", "11-20"),
    ],
)
def test_ends_of_weeks_and_days_told_by_the_day_before_are_read(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


def test_the_following_day_counts_from_a_day_to_come_and_from_no_other() -> None:
    assert days("Go-live is Friday 27 November, the following day both sites must work.") == ["11-27", "11-28"]
    assert days("On 12 November we patched; the following day it was slow.") == []
    assert days("The day before it worked. The day after it did not.") == []
    assert days('When I click on "Tomorrow" in the planner it opens the day after.') == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tax authority accepts the old format till 15 Dec.", "12-15"),
        ("The bank accepts the old format only until 30 November.", "11-30"),
        ("Azure retires this TLS policy on 30th November.", "11-30"),
        ("The vendor of the old system pulls the plug for us on Tuesday the 15th.", "12-15"),
        ("Oracle drops support for this version on Nov 30 and our insurer will not cover us.", "11-30"),
        ("The temporary key you gave us is good till 20 Nov only, please send a permanent one.", "11-20"),
    ],
)
def test_what_others_end_on_a_day_binds(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The bank accepted our file on Friday.",
        "My colleague retires on 30 November.",
        "I am retiring next Friday, Anna takes over.",
        "Our hardware support ended on 30 November last year.",
        "Our licence is good until 30 November 2028.",
        "The key that you sent is good until 20 November.",
        "The job of CW50 ended with errors.",
    ],
)
def test_who_retires_and_what_was_ended_binds_nobody(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Customer demo is at 4 pm and the portal is down.", "11-18"),
        ("Cut-off is 16:30 and payments still hang.", "11-18"),
        ("The VP has to sign the plan at 19:00.", "11-18"),
        ("The carriers will suspend pickups at 20:00 if printing isn't back.", "11-18"),
        ("Cutover is on Sunday, 22/11, and it must begin at midnight.", "11-22"),
    ],
)
def test_an_hour_to_come_of_an_event_or_a_need_is_a_limit_of_today_unless_a_day_is_named(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The backup starts at 22:00 and takes two hours.",
        "The error occurs at 14:00.",
        "I can be reached at 16:00.",
        "Our team meeting is at 15:00, so I answer after it.",
        "Please see the error at 15:32.",
        "The demo is at 9:00.",
    ],
)
def test_hours_that_are_over_of_routine_or_of_logs_bind_nobody(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The CTO has asked for a one-page summary by Monday.", "11-23"),
        ("CISO ordered all agents off the network by Friday.", "11-20"),
        ("Deliver by Friday noon or we put the old appliance back, the rack space is reserved.", "11-20"),
        ("Our SVP approved the emergency change for tonight at 11 pm.", "11-18"),
    ],
)
def test_what_somebody_asked_for_by_a_day_to_come_binds(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


def test_what_was_asked_for_and_came_binds_nobody() -> None:
    assert days("They asked for the dump by Monday and we sent it.") == []
    assert days("The customer asked for a change on Friday which was done.") == []
    assert days("I asked for a manager on Thursday; what I got was another form.") == []


def test_a_passing_word_of_ease_takes_nothing_back_from_what_surely_binds() -> None:
    assert days("FYI the change freeze in our company starts on 18 December, what is not deployed then waits.") == [
        "12-18"
    ]
    assert days("The tool stops whenever it meets a snapshot. We must finish by 9 December, not a day more.") == [
        "12-09"
    ]
    assert days("No rush. Friday would be nice.") == []
    assert days("No hurry, whatever is in the release of 10 December is fine.") == []
