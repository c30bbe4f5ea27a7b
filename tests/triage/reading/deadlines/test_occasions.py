"""The date of what is called by a named day is meant, and a named day of a year that is over is over."""

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
    ("text", "accepted"),
    [
        ("We need it before the Christmas season begins on 27 November.", "11-27"),
        ("Please repair the tills before the Christmas market opens on 26 November.", "11-26"),
        ("The shop has to be stable before the Black Friday campaign kicks off on November 23.", "11-23"),
        ("It must be solved before our Easter sale starts on 15 March.", "03-15"),
        ("Fix it before the Christmas sale, which starts on 1 December.", "12-01"),
        ("It must be in before the Christmas freeze from 11 December.", "12-11"),
        ("Before the Christmas rush starts on Monday, 30 November, the scanners must work.", "11-30"),
        ("before the Hanukkah promotion goes live on 3 December we need the banner fixed", "12-03"),
        ("It must run before Christmas, the shop opens on 4 January.", "12-25,12-24"),
        ("The label printers have to work before the Christmas business starts on 5 December.", "12-05"),
        ("We need the voucher module before Advent sales begin on 30 November.", "11-30"),
        ("before the Christmas concert series opens on 10 December the seat map must be right", "12-10"),
        ("It has to run before the New Year sale begins on 4 January.", "01-04"),
        ("Before Christmas our branch opens two lines, and the scanner must work until then.", "12-25,12-24"),
    ],
)
def test_the_date_of_what_begins_with_a_named_day_is_the_limit(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "The totals of Black Friday 2024 are still wrong and must be corrected.",
        "Since Cyber Monday 2025 the dashboard shows half of the orders.",
        "On Good Friday 2026 the same error showed up and we lost a day.",
        "We still see the orders of Black Friday 2025 twice in the export.",
        "Black Friday 2025 cost us 2 million.",
        "On New Year's Day 2026 the counter was not reset.",
        "Sales of Cyber Monday 2024 and Black Friday 2024 are missing in the cube.",
        "Is it known that Black Friday 2025 figures are doubled?",
        "We had the same on Boxing Day 2025.",
    ],
)
def test_a_named_day_of_a_year_that_is_over_imposes_nothing(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Black Friday 2026 is near and the checkout times out.", "11-27"),
        (
            "Compared with Black Friday 2025 this Black Friday will be twice as big, we need it fixed before it.",
            "11-27",
        ),
    ],
)
def test_a_named_day_to_come_is_read_with_its_year_and_beside_one_that_is_over(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]
