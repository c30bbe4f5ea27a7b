"""When nobody is there nobody is bound; but who wants a thing before they go has a limit."""

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
    "text",
    [
        "Over Thanksgiving nobody is here.",
        "Nobody is here over Christmas, so don't wonder about the silence.",
        "During Thanksgiving week our office is deserted, but the servers run on.",
        "Over Christmas we have nobody on site who could test.",
        "The whole team is away during Thanksgiving.",
        "On Christmas Eve no one is in the office.",
        "Around Thanksgiving none of us is at work.",
        "Between Christmas and New Year no one works here.",
        "On Friday nobody is here.",
        "From Thursday on everyone is away for the long weekend.",
        "On Friday our team is out, so don't be surprised if nobody answers.",
        "No one will be reachable on Thanksgiving.",
    ],
)
def test_when_nobody_is_there_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        (
            "During Thanksgiving week nobody's around on our end to test anything. So it really has to be this week.",
            "11-20,11-21,11-22",
        ),
        ("During Christmas week there is no one to test it. It has to be done by 11 December.", "12-11"),
        ("On Thanksgiving everybody is off. We want to have it settled by tomorrow.", "11-19"),
        ("On Black Friday nobody can pay if this isn't fixed.", "11-27"),
        ("On Thanksgiving nobody will be able to book a table unless you fix it.", "11-26"),
        ("Nobody will get a present for Christmas if the labels aren't printed.", "12-24,12-25"),
        ("On Friday nobody will get paid if the run fails again.", "11-20"),
        ("Over Christmas there is nobody to look after it, so please solve it by 23 December.", "12-23"),
        ("On Thanksgiving nobody's working here, we need it by Wednesday next week.", "11-25"),
        ("On Black Friday nobody is able to check out if this stays as it is.", "11-27"),
    ],
)
def test_a_day_on_which_nobody_can_do_something_is_told_from_one_on_which_nobody_is_there(
    text: str, accepted: str
) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("I'm on vacation from 4 December. Can you please fix it before I leave?", "12-04,12-03"),
        ("I leave the company on 30 November. I'd like to have this settled before I go.", "11-30,11-29,11-27"),
        ("My maternity leave starts on 7 December. We need to have it solved before that.", "12-07,12-06,12-04"),
        ("From Friday I am on holiday for three weeks. Please get it done before then.", "11-20,11-19"),
        ("Our only admin goes on leave on Monday. It needs to be sorted before he leaves.", "11-23,11-20"),
        ("I'm out of office from Thursday next week. I need an answer before I go.", "11-26,11-25"),
        ("From Monday I'm on paternity leave. You have to finish this before that.", "11-23,11-20"),
        ("Nobody will be here after 21 December, so the fix has to be in before that.", "12-21"),
        ("My sabbatical begins on 11 December. I want this behind me before I go.", "12-11,12-10"),
        (
            "Our consultant goes on sick leave from 1 December. You have to give us the fix before he leaves.",
            "12-01,11-30",
        ),
        ("Hi, I'm off from 27 November for a month. Could you settle the case before I leave?", "11-27,11-26"),
    ],
)
def test_the_day_on_which_somebody_goes_is_a_limit_if_something_is_wanted_before(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "I'm on parental leave from Monday. Hugo takes over.",
        "I'm on leave from Monday. I'll upload the logs before I go.",
        "I'm away from Friday. Everything here was tested before I leave.",
        "I'm off from Monday. I will send you the dump before I leave.",
        "I'm on leave from Monday. Please write to Hugo then.",
        "I'm on holiday from Monday. My colleague has all traces, I sent them before that.",
        "I go on leave on Friday. Before I go I will upload the rest.",
        "She's on maternity leave from 1 December. Please add Tom to the watch list.",
        "I'm on holiday until 4 December, please keep the case open until then.",
        "She's away through 27 November, please don't close it before that.",
    ],
)
def test_the_day_on_which_somebody_goes_binds_nobody_by_itself(text: str) -> None:
    assert days(text) == []
