"""A rule for all cases is no limit of this one, and of days that followed each other the last holds."""

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
        "Per our contract Sev 2 cases are to be answered within 4 hours. That hasn't happened once in this case.",
        "As per contract a P1 must be answered within 30 minutes.",
        "According to the SLA you should respond within 2 hours, and we've been waiting for six days.",
        "Under our agreement severity 1 cases have to be taken up within 1 hour.",
        "Our SLA says within 4 hours, and it has been four days.",
        "Our SLA says an answer within 4 hours.",
        "In our company invoices must be approved within 3 days.",
        "By contract you have to react within one business day, and it's day six.",
        "The contract requires you to respond within 4 hours.",
        "As per the support agreement each ticket must be acknowledged within 2 hours, which did not happen.",
        "According to our contract, outages should be repaired within 8 hours.",
        "In our bank every complaint has to be answered within 5 days.",
        "Under the support contract you are required to reply within 2 hours. We got a reply after 30.",
        "According to your SLA a P2 should be looked at within one business day.",
        "As per agreement, all incidents must be acknowledged within 15 minutes.",
        "In our hospital complaints have to be answered within 10 days, which is what we do.",
        "Per company policy passwords must be changed within 90 days.",
        "The contract says that critical cases must be solved within 8 hours, not weeks.",
    ],
)
def test_how_long_a_rule_gives_for_each_case_is_no_limit_of_this_one(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Per our contract the system must be handed over by 1 December.", "12-01"),
        ("As per our CIO this must be fixed within 48 hours.", "11-20"),
        ("Please answer within 4 hours as per contract.", "11-18"),
        ("According to the contract with our client we must deliver within 3 days.", "11-21"),
        ("According to our contract the penalty is due on 30 November.", "11-30"),
        ("Per our call this must be repaired within 2 days.", "11-20"),
        ("We need a fix within 4 hours, per our contract.", "11-18"),
        ("SLA to our own customer: fix within 4 days.", "11-22"),
        ("Per our agreement I expect your answer within 24 hours.", "11-19"),
        ("According to our contract we want this repaired within 48 hours.", "11-20"),
        ("Our contract with the customer requires that we fix it within 3 days.", "11-21"),
        ("According to our contract the machine has to be accepted by 4 December.", "12-04"),
        ("Per contract you have to deliver by 25 November.", "11-25"),
        ("In our hospital the diesel for the generator lasts 3 days, not more.", "11-21"),
        ("At our bank we have two days left to answer the regulator.", "11-20"),
        ("In our department the paper forms run out in 2 days, so please hurry.", "11-20"),
    ],
)
def test_what_is_asked_for_by_a_contract_or_within_a_house_binds(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("The go-live was postponed from 1 September to 15 October, then to 4 December.", "12-04"),
        ("The launch slipped from 12 October to 9 November and now to 30 November.", "11-30"),
        ("The cutover was moved from 3 October to 7 November, and now it is 5 December.", "12-05"),
        ("Our rollout has been pushed from 1 November to 1 December, and now to 15 December.", "12-15"),
        ("First it was 2 November, then the 16th, now the launch is on 30 November.", "11-30"),
        ("We had to shift the migration from 10 October to 14 November, and from there to 14 December.", "12-14"),
        ("Go-live moved twice, from 7 November to 28 November and now to 12 December.", "12-12"),
        ("The review was pushed from 5 November to 19 November, then to 26 November.", "11-26"),
        ("The handover slipped from 30 October to 20 November, and now to 18 December; it can't slip again.", "12-18"),
        ("moved from 14 Nov to 21 Nov and finally to 28 Nov", "11-28"),
    ],
)
def test_of_days_to_which_a_thing_was_moved_the_last_holds(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "The go-live was moved from 5 October to 2 November and then to 16 November.",
        "The window was moved from 5 to 12 October, then to 9 November, when we went live.",
        "The change was moved from 6 October to 13 October and then to 20 October, when it failed.",
    ],
)
def test_a_thing_that_was_moved_to_days_that_are_over_binds_nobody(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("patch tuesday rollout on dec 8 is blocked by this", "12-08"),
        ("Patch Tuesday on 8 December must not break us again.", "12-08"),
        ("We roll out on Patch Tuesday, Dec 8, and need the fix for it.", "12-08"),
        ("Your fix missed last Patch Tuesday; the next one is 8 December and we must not miss that.", "12-08"),
    ],
)
def test_the_date_of_a_patch_tuesday_is_read(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "Last patch tuesday broke it.",
        "Since Patch Tuesday the login is slow.",
        "It came with patch tuesday of november.",
        "We patch on patch tuesday as always.",
    ],
)
def test_a_patch_tuesday_without_a_date_imposes_nothing(text: str) -> None:
    assert days(text) == []
