"""How long somebody can bear it and from when on somebody takes or runs a thing no more bind; other spans do not."""

from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We can bridge with spreadsheets for two days, not longer.", date(2026, 11, 20)),
        ("Four working days is the maximum our warehouse can absorb without labels.", date(2026, 11, 24)),
        ("Deadline from our side is 1 working day, after which we call the other supplier.", date(2026, 11, 19)),
        ("Three business days at the outside, that's the patience of our plant manager.", date(2026, 11, 23)),
        ("I can give you at most four working days more.", date(2026, 11, 24)),
        ("Our tank farm has diesel for six days at best, then the pumps stop.", date(2026, 11, 24)),
        ("It's down to three days before the hospital goes over to paper.", date(2026, 11, 21)),
        ("One more week of this and I'm pulling the contract.", date(2026, 11, 25)),
        ("My patience lasts through Sunday.", date(2026, 11, 22)),
        ("Five days to the IPO roadshow data room opening.", date(2026, 11, 23)),
        ("Time left: one week.", date(2026, 11, 25)),
        ("Stock of labels lasts for two more days. After that the site stands.", date(2026, 11, 20)),
        ("One week. That's how long I keep this with support before our lawyers have it.", date(2026, 11, 25)),
    ],
)
def test_how_long_somebody_can_bear_it_binds(text: str, day: date) -> None:
    assert [found.date for found in PLAIN.read(text, WRITTEN)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The battery lasts for two days and then the sensor reports low voltage.",
        "A full run can take up to three days at most, depending on the load.",
        "The buffer holds for 30 minutes, then the oldest messages are dropped.",
        "Logs are kept for seven days, not longer.",
        "We have been waiting for two days, not more, so all is well.",
        "Two days to the customer, three back: that's how the parcel travelled.",
        "Retention is 14 days at most.",
        "Response to such tickets takes two days at most, so we are content.",
        "Five business days is the usual term for such requests and it was kept.",
        "One week. That's how long we have been waiting for an answer.",
    ],
)
def test_how_long_a_thing_takes_or_keeps_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The tax office stops accepting the old XML format on 1 December. Our export cannot.", date(2026, 12, 1)),
        ("Microsoft retires the legacy API on 30 November and your connector depends on it.", date(2026, 11, 30)),
        ("Our manager has committed the integration to the carriers for 11 December.", date(2026, 12, 11)),
        ("I have promised my boss a working demo for the day after tomorrow.", date(2026, 11, 20)),
        ("An answer by Monday would be too late, we must decide on Friday.", date(2026, 11, 20)),
        ("Paper is allowed through 15 December, later the vessel must stay in port.", date(2026, 12, 15)),
        ("Our freeze begins on December 4. Whatever is not in production by then stays out.", date(2026, 12, 4)),
        ("We need it this month, please. The hearing is on 25 November.", date(2026, 11, 25)),
    ],
)
def test_from_when_on_something_is_taken_no_more_binds(text: str, day: date) -> None:
    assert PLAIN.read(text, WRITTEN)[0].date == day


@pytest.mark.parametrize(
    "text",
    [
        "Your engineer stopped answering on 12 November.",
        "The listener stops accepting connections every Friday at about ten.",
        "My colleague Ms Bauer retires on 30 November; her successor is Mr Jung.",
        "The scheduler disables the account on Friday night and enables it on Monday, as configured.",
        "Our provider switches off the old fax line on Friday. This is for information only.",
        "We switch the old tape library off on Monday; nothing depends on it any more.",
        "Please correct the report for Q4, nobody has promised it.",
        "From that day until Friday the counter went up by 3 per hour.",
        'When I click on "Tomorrow" in the planner it opens the day after.',
        "On Friday we restarted it; the day after, the same error came back.",
        "It broke on Friday. The following day everything was fine again.",
        "Whatever is best for you is fine with us; we test on Thursday anyway.",
    ],
)
def test_what_stops_or_was_promised_without_any_need_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()
