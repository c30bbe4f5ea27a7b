"""A line that begins with a time to come is of a schedule, one with a time that has passed of a log."""

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
        ("2026-12-01 14:00 CET go/no-go meeting. We can only say go if CS0049112 is solved.", "12-01"),
        ("2026-11-27 18:00 UTC release window, hotfix needed", "11-27"),
        ("2026-12-04 09:00 audit kick-off, and the access report is still empty.", "12-04"),
        ("2026-11-20 16:30 - deadline for the tender documents, and the export hangs.", "11-20"),
        ("2026-12-11T08:00Z cutover starts, for which we need your patch.", "12-11"),
        ("2026-11-28 20:00 maintenance window: without the hotfix we must cancel it.", "11-28"),
        ("> 2026-12-02 10:00 board meeting, they want to see it working", "12-02"),
        ("2026-12-07 08:00 cut-over of the Lyon warehouse. Label printing must work by then.", "12-07"),
        (
            "Next steps on our side:\n2026-11-24 10:00 rehearsal with the customer, needs the corrected connector",
            "11-24",
        ),
        ("2026-12-03 16:00 EET auditors on site", "12-03"),
        ("2026-11-18 17:00 UTC is when we decide on the rollback.", "11-18"),
    ],
)
def test_a_line_that_begins_with_a_time_to_come_is_read(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "[2026-12-04 09:00 UTC next scheduled attempt]\n\nWe see this on start.",
        "2026-12-01 14:00:07 license check must succeed before go-live",
        "2026-12-31 23:59 ERROR [main] license expires",
        "2026-11-18 09:58 batch with due date 2026-11-19 was not accepted",
        "2026-11-17 22:14 export started, must end by 2026-11-19\n2026-11-17 22:15 export failed",
        "2026-12-31 23:59 WARN certificate expires 2026-12-31",
        "2026-11-20 04:00,123 INFO next run scheduled 2026-11-21",
        "2026-12-01 00:00 kernel: ERROR clock jumped to 2026-12-01",
        "2026-11-18 08:00 deploy of build 4711 until 2026-11-20",
        "2026-12-24 00:00:00.000 TimerTask scheduled for 2026-12-25",
        "2026-12-31 10:00 DEBUG subscription ends 2026-12-31",
        "2026-11-16 14:00 call with your engineer, he promised a build for 2026-11-17",
    ],
)
def test_a_line_of_a_log_imposes_nothing_whatever_its_time(text: str) -> None:
    assert days(text) == []
