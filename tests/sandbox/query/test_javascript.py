"""`javascript:` values: a closed list of calls in the caller's zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.javascript import DatePart, evaluate, is_script

ZONE = ZoneInfo("America/New_York")
CONTEXT = QueryContext(datetime(2026, 11, 25, 15, 30, tzinfo=UTC), ZONE, ZONE, "the-id", "the.name")


def utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        ("gs.getUserID()", "the-id"),
        ("gs.getUserName()", "the.name"),
        ("gs.now()", CONTEXT.now),
        ("gs.nowDateTime();", CONTEXT.now),
        ("gs.minutesAgo(30)", utc("2026-11-25 15:00:00")),
        ("gs.minutesAgoStart(30)", utc("2026-11-25 15:00:00")),
        ("gs.hoursAgo(2)", utc("2026-11-25 13:30:00")),
        ("gs.hoursAgoEnd(2)", utc("2026-11-25 13:59:59")),
        ("gs.daysAgo(1)", utc("2026-11-24 15:30:00")),
        ("gs.daysAgoStart(0)", utc("2026-11-25 05:00:00")),
        ("gs.daysAgoEnd( 0 )", utc("2026-11-26 04:59:59")),
        ("gs.daysAgo(-1)", utc("2026-11-26 15:30:00")),
        ("gs.weeksAgo(1)", utc("2026-11-18 15:30:00")),
        ("gs.monthsAgo(1)", utc("2026-10-25 14:30:00")),
        ("gs.monthsAgoStart(1)", utc("2026-10-01 04:00:00")),
        ("gs.quartersAgo(1)", utc("2026-08-25 14:30:00")),
        ("gs.yearsAgo(1)", utc("2025-11-25 15:30:00")),
        ("gs.beginningOfToday()", utc("2026-11-25 05:00:00")),
        ("gs.endOfYesterday()", utc("2026-11-25 04:59:59")),
        ("gs.beginningOfTomorrow()", utc("2026-11-26 05:00:00")),
        ("gs.beginningOfThisWeek()", utc("2026-11-23 05:00:00")),
        ("gs.endOfLastWeek()", utc("2026-11-23 04:59:59")),
        ("gs.beginningOfLastMonth()", utc("2026-10-01 04:00:00")),
        ("gs.endOfNextMonth()", utc("2027-01-01 04:59:59")),
        ("gs.beginningOfThisQuarter()", utc("2026-10-01 04:00:00")),
        ("gs.beginningOfNextYear()", utc("2027-01-01 05:00:00")),
        ("gs.dateGenerate('2020-01-01','00:00:00')", utc("2020-01-01 05:00:00")),
        ('gs.dateGenerate("2020-01-01","end")', utc("2020-01-02 04:59:59")),
        ("gs.dateGenerate('2020-01-01')", utc("2020-01-01 05:00:00")),
        ("gs.datePart('dayofweek','monday','GE')", DatePart("dayofweek", "monday", "GE")),
    ],
)
def test_the_calls_on_the_list(call: str, wanted: object) -> None:
    assert is_script(f"javascript:{call}")
    assert evaluate(f"javascript:{call}", CONTEXT) == wanted


@pytest.mark.parametrize(
    "call",
    [
        "",
        "gs.getUser()",
        "gs.getUserID('x')",
        "gs.getProperty('glide.servlet.uri')",
        "gs.daysAgo()",
        "gs.daysAgo('one')",
        "gs.daysAgo(1,2)",
        "gs.daysAgo(gs.daysAgo(1))",
        "gs.yearsAgo(99999)",
        "gs.beginningOfToday(1)",
        "gs.beginningOfThisDay()",
        "gs.dateGenerate('yesterday','00:00:00')",
        "gs.dateGenerate()",
        "gs.datePart('dayofweek')",
        "gs.sleep(1000)",
        "new GlideRecord('incident').deleteMultiple()",
        "gs.getUserID(); gs.log('x')",
    ],
)
def test_all_other_calls_are_not_understood(call: str) -> None:
    assert evaluate(f"javascript:{call}", CONTEXT) is None
