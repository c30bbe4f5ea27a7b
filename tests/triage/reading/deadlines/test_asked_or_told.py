"""Days that are asked for in roundabout words, and days that are only told in words that look like a limit."""

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
    ("text", "day"),
    [
        ("As per contract we now need the RCA document within 3 business days.", date(2026, 11, 23)),
        ("- a status every day\n- everything running normally by end of next week", date(2026, 11, 27)),
        ("We got an order from the Health Department to correct it by December 9th.", date(2026, 12, 9)),
        ("I ask you to phone me today.", date(2026, 11, 18)),
        ("Third outage this week. Our CIO demands an explanation by 18:00 CET.", date(2026, 11, 18)),
        ("She has now asked that the matter be closed within 5 business days.", date(2026, 11, 25)),
        ("The safety team gives us 72 hours to correct this, otherwise shifts are cancelled.", date(2026, 11, 21)),
        ("No rush on our side, but end of February is a hard limit, the contract ends then.", date(2027, 2, 28)),
        ("We need that solved before Black Friday, last year we lost a million that day.", date(2026, 11, 27)),
        (
            "Would it be possible to get a patch before our change freeze (starts Mon 7 Dec)? Not urgent otherwise.",
            date(2026, 12, 7),
        ),
        ("He's asked me for a status by noon tomorrow.", date(2026, 11, 19)),
        ("Our VP Technology has asked for one engineer from your side by end of this week.", date(2026, 11, 20)),
        ("Can you tell me by tomorrow if the fix is included?", date(2026, 11, 19)),
        ("A week today we hand over, so the mails must arrive in under a minute by then.", date(2026, 11, 25)),
    ],
)
def test_what_is_asked_for_binds(text: str, day: date) -> None:
    assert _first(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "We hold the stock take every year on the second Sunday in January.",
        "Installed yesterday, no errors so far. We observe until next week and then close.",
        "You said two to three days. It is the 18th. When will this be fixed?",
        "The dashboard shows yesterday's numbers till about 11 am.",
        "Production is down again, third outage this week.",
        "The job normally ends by 3 am.",
        "Our maintenance window is on 29 November, 02:00. Just so that you know why the agent will be offline.",
        "You said that it would be fixed by last Friday.",
        "Paper forms, last week that was, were filled by hand.",
        "Our annual licence runs from 1 February to 31 January. Where can I download the key file?",
        "The mails must arrive in under five minutes.",
    ],
)
def test_what_is_only_told_binds_nobody(text: str) -> None:
    assert _first(text) is None


def test_a_freeze_that_is_told_beside_a_limit_is_not_the_limit() -> None:
    text = "Please deliver in the first week of December, as later the bank's change freeze applies till 4 Jan."
    assert _first(text) == date(2026, 12, 1)


def test_a_day_far_beyond_all_doubt_binds_without_a_look_at_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = DeadlineReader(BusinessCalendar(CalendarModel()))
    asked: list[object] = []
    rest = reader._rest
    monkeypatch.setattr(type(rest), "points_of", lambda *given: asked.append(given) or 0)
    assert reader.read("Our plant has ordered it. We need a fix by Friday, 27 November at the latest.", WRITTEN)
    assert asked == []
