"""A day that is said in passing binds nobody, and the same words beside what must be done take nothing back."""

from datetime import UTC, date, datetime

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
        "Our support agreement is valid until 30 June 2028, so the portal is wrong.",
        "The key that you sent is good until 20 November.",
        "Our warranty runs until March 2028.",
        "The renewed certificate runs through 17.11.2027.",
        "We are covered until the end of January by the old policy.",
        "The price list is valid from 13 December to 12 June.",
    ],
)
def test_until_when_a_thing_is_valid_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The temporary licence is valid until 30 November.", "11-30"),
        ("The old key is only valid until Friday.", "11-20"),
        ("The old key is valid until Friday, so we must have the new one.", "11-20"),
        ("Our certificate expires on 1 December.", "12-01"),
        ("My patience is good until the 27th of November, not one day more.", "11-27"),
        ("Support for our version ends on 30 November and we need the patch while there is any.", "11-30"),
    ],
)
def test_what_runs_out_binds_where_it_is_short_or_something_must_be_done(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "From Monday 23 November the technical contact is Petra.",
        "As of 1 December it's Mr Morel instead of me.",
        "I leave the company at the end of the month.",
        "My vacation begins on 20 November.",
        "Our office moves to Rotterdam on 1 December.",
        "The company changes its name on 1 December.",
        "She retires at Christmas.",
        "The ticket turns one year old on Friday.",
        "We ordered new disks, they arrive on Tuesday.",
        "Black Consciousness Day is on Friday, some take a long weekend.",
    ],
)
def test_who_or_what_is_elsewhere_from_a_day_on_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I leave the company on 30 November and must have this solved before.", "11-30"),
        ("Our office moves to Rotterdam on 1 December and we need the link by then.", "12-01"),
        ("My boss leaves us on Friday. It has to be done while she is still here.", "11-20"),
        ("She retires on 4 December. It must be on her desk before she goes.", "12-04"),
        ("The new contact person must have access by Friday.", "11-20"),
    ],
)
def test_what_must_be_done_before_somebody_goes_binds(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The deadline of 27 November has been withdrawn by the customer.",
        "The 4 December deadline is off the table.",
        "We cancelled the migration planned for Saturday.",
        "The audit that we feared for next Tuesday has been called off.",
        "The relaunch on 1 December isn't touched by this case.",
        "They've postponed the inspection indefinitely, it was to be on 25 November.",
        "It was once planned for the week of 30 November.",
        "The inspection of 24 November won't take place.",
    ],
)
def test_what_has_been_withdrawn_or_is_of_another_case_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("If it doesn't work the launch on 1 December is cancelled.", "12-01"),
        ("By Friday the contract is cancelled.", "11-20"),
        ("The first date was called off, the new one is 26 November.", "11-26"),
        ("We must know by Friday whether the launch has been cancelled.", "11-20"),
        ("We've moved the launch from Thursday to Monday.", "11-23"),
    ],
)
def test_a_threat_or_a_new_day_is_not_withdrawn(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "It was reverted on the 2nd, and on the 6th, and on the 11th.",
        "We moved from Exchange to M365 on 9 May.",
        "Release 4.0 went end of life on 30 September.",
        "A fix was announced for the end of October.",
        "The open house on the 15th was a success.",
        "We had a two-hour deadline and made it.",
        "Her loan, due on 27 November, was displayed as overdue.",
        "Something must have been altered around the 28th.",
        "Spoke to support on Tuesday. And on the Tuesday before.",
        "Two years ago, on 1 December, it was the same.",
        "We had wanted to start on 1 December.",
    ],
)
def test_a_tale_with_days_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We moved the go-live to 27 November.", "11-27"),
        ("It was promised for the 13th, and it must be there on the 20th.", "11-20"),
        ("They had two weeks, and you have until Friday.", "11-20"),
        ("It was due on the 13th, we got them to extend to the 20th.", "11-20"),
        ("The pilot was a success and we go live on 1 December.", "12-01"),
    ],
)
def test_a_tale_that_leads_to_a_limit_binds(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The licence key shows 'expires 2027-09-30', which is right.",
        'The report "open items until 31 December" is empty.',
        "The tape has the label 'keep till 1 December'.",
        "30 November becomes 29 November in the export.",
        "The batch normally needs until about 03:30.",
        "Every order whose due date lies at month end is rejected.",
        "As requested: <ReqdColltnDt>2026-12-22</ReqdColltnDt>",
        "Working times of our admins: Mon-Thu 9-17, Fri 9-15, not on 8 December.",
        "Lunch here is 12-13.",
    ],
)
def test_what_a_thing_shows_or_does_each_time_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ('The contract of our customer says "fixed by 1 December or we leave".', "12-01"),
        ("Each tenant must be invoiced by 30 November.", "11-30"),
        ("Customs inspects us on 27-11.", "11-27"),
        ("We normally wait, but by Friday it must run.", "11-20"),
        ("Our deadline is <b>1 December</b>, no later.", "12-01"),
    ],
)
def test_words_quoted_of_a_contract_and_marked_up_days_bind(text: str, day: str) -> None:
    assert days(text)[:1] == [day]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Version 9 is in use at our site until 30 June 2027.", []),
        ("We must be off version 9 by 30 June 2027.", ["06-30"]),
        ("Due by our fiscal year end, 31st March.", ["03-31"]),
        ("Week 44 had 19 crashes.", []),
    ],
)
def test_what_lies_months_ahead_binds_only_where_something_must_be_done(text: str, found: list[str]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Our director has to tell the works council on the 27th.", date(2026, 11, 27)),
        ("The grant lapses with the calendar year.", date(2026, 12, 31)),
        ("I want a statement before this week is out.", date(2026, 11, 20)),
        ("We would need a decision latest end of calendar week 48.", date(2026, 11, 27)),
        ("In eight days, that's Thursday 26, the tender opens.", date(2026, 11, 26)),
        ("When I'm back at my desk on Monday I expect a solution.", date(2026, 11, 23)),
        ("We must have it closed out by the 30th.", date(2026, 11, 30)),
        ("If it isn't certified by 4 December we're out of the tender.", date(2026, 12, 4)),
        ("I was promised by your manager a fix for 25 November.", date(2026, 11, 25)),
    ],
)
def test_these_bind_though_a_word_in_them_sounds_otherwise(text: str, day: date) -> None:
    assert [each.date for each in PLAIN.read(text, WRITTEN)][:1] == [day]
