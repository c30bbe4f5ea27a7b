"""Days of events that nobody has to meet: what was logged, context, guesses, who is where, what does until then."""

from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


def _first(text: str) -> date | None:
    found = PLAIN.read(text, WRITTEN)
    return found[0].date if found else None


@pytest.mark.parametrize(
    "text",
    [
        "18/11 05:50 port down, 18/11 06:02 port up. What can we try?",
        "Meeting on 18 November at 08:15.",
        "The spike at 13:05 on the 16th is the one to look at.",
        "The outage at 09:30 on the 14th is worth a look.",
        "The drop at 09:30 on the 14th comes from the switch.",
        "The graph falls at 02:31 on the 17th.",
    ],
)
def test_what_was_logged_at_a_time_is_no_deadline(text: str) -> None:
    assert _first(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("18/11 05:50 port down. We need it up by 18/11 16:00.", date(2026, 11, 18)),
        ("The fix was needed by 18/11 09:00.", date(2026, 11, 18)),
        ("Needed 18/11 09:00.", date(2026, 11, 18)),
        ("No later than 18/11 09:00 please.", date(2026, 11, 18)),
        ("Meeting on 18 November at 16:00.", date(2026, 11, 18)),
        ("The meeting is at 13:00 on the 16th.", date(2026, 12, 16)),
        ("Train leaves at 14:02 on the 16th, the firmware must be on it.", date(2026, 12, 16)),
        ("The submission closes at 23:59 on the 16th.", date(2026, 12, 16)),
    ],
)
def test_a_time_that_is_to_come_or_was_a_limit_stays_a_deadline(text: str, day: date) -> None:
    assert _first(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "The go-live of the branch is on 5 December, just so that you have the context.",
        "Our launch is on 30 November. The bug isn't related to it.",
        "The audit is on 3 December. The case is not affected by this.",
        "Cutover to the new cluster is on 30 November, until then we use the old one.",
        "While the data centre opens on 20 January, the old one remains in use for a year.",
        "The release is on 9 December. It's cosmetic.",
        "The launch is on 5 December, the old portal keeps running.",
    ],
)
def test_a_day_is_no_deadline_where_it_is_told_after_it_that_nobody_has_to_meet_it(text: str) -> None:
    assert _first(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bug isn't related to it. Our launch is on 30 November.", date(2026, 11, 30)),
        ("The other bug isn't related to it, but this one stops our go-live on 7 December.", date(2026, 12, 7)),
        ("Go-live is on 7 December. The other bug isn't related to it, but this one is.", date(2026, 12, 7)),
        ("The launch is on 5 December, the old portal keeps running until 5 December.", date(2026, 12, 5)),
        ("The launch is on 5 December. Nobody is blocked until that day.", date(2026, 12, 5)),
        ("Go-live is on 5 December, just so that you have the context. It must work by then.", date(2026, 12, 5)),
        ("Wing B opens on 8 December and it still fails. Until then we use the old pagers.", date(2026, 12, 8)),
        ("RCA by 8 December. The launch isn't related to it.", date(2026, 12, 8)),
        ("For your information, our board meets on 30 November and expects the RCA by then.", date(2026, 11, 30)),
    ],
)
def test_an_aside_takes_no_day_away_that_comes_later_or_is_needed_or_in_trouble(text: str, day: date) -> None:
    assert _first(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Next crash would be on 24 November by our reckoning.",
        "It would happen again on 24 November.",
        "If the pattern holds, the counter resets on 2 December.",
        "By our calculation the counter ends on 30 November.",
        "It should reboot again on Friday at the start of the shift.",
        "It should fill up around 3 December, we have alerts for that.",
    ],
)
def test_what_will_happen_by_itself_is_no_deadline(text: str) -> None:
    assert _first(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("By our calculation the disk is full on 25 November and production stops.", date(2026, 11, 25)),
        ("By our calculation the pool is empty on 25 November and the shops close.", date(2026, 11, 25)),
        ("Next crash would be on 24 November and must be prevented.", date(2026, 11, 24)),
        ("The disk is full around 3 December. Please deliver the patch by then.", date(2026, 12, 3)),
    ],
)
def test_what_stops_by_itself_or_must_be_prevented_is_a_deadline(text: str, day: date) -> None:
    assert _first(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Our engineer will be at the data centre tomorrow from 10 till 12 and can swap the optic then.", None),
        ("Our admins are on site on Friday.", None),
        ("She is on a flight on Friday.", None),
        ("The customer will be in the air on Thursday. He wants it by Friday morning.", date(2026, 11, 20)),
        ("Our CEO is flying on Thursday and needs the RCA by Friday.", date(2026, 11, 20)),
        ("The technicians are on site on Tuesday. The firmware must be there by Tuesday.", date(2026, 11, 24)),
    ],
)
def test_where_somebody_is_binds_nobody(text: str, day: date | None) -> None:
    assert _first(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We can live with the workaround for the weekend but not longer. A fix has to be in place on Monday.", 23),
        ("We can cope over the weekend, but on Monday it has to work.", 23),
        ("It has to work on Monday. We can live with it over the weekend.", 23),
        ("We can live with it until Friday, it must be solved then.", 20),
        ("We can live with it until Friday, not longer.", 20),
        ("We can survive until Friday, it must work by Thursday.", 19),
    ],
)
def test_how_long_it_can_be_borne_gives_way_to_what_is_needed_then(text: str, day: int) -> None:
    assert _first(text) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Return the call before lunch please.", date(2026, 11, 18)),
        ("Please reply by lunch, the customer waits.", date(2026, 11, 18)),
        ("It hangs before lunch and works after lunch again.", None),
        ("We had lunch before the call, please look.", None),
    ],
)
def test_lunch_is_a_limit_only_with_a_need(text: str, day: date | None) -> None:
    assert _first(text) == day
