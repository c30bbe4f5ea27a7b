"""What somebody is told or asked to do by a day is a limit, in whatever words."""

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
        ("I'll be taking this up with your account manager if it isn't sorted by 5pm.", "11-18"),
        ("If this is not working by 5pm we roll back.", "11-18"),
        ("If I haven't heard by 3pm I'll call your CEO.", "11-18"),
        ("If I don't hear from you by 4 pm, I will go to your management.", "11-18"),
        ("If nobody has called by 16:00 we will have to tell the press.", "11-18"),
        ("We'll roll back if it's not fixed by 6 pm.", "11-18"),
        ("Unless it's resolved by 18:00 we switch to the old system.", "11-18"),
        ("If there is no fix by 5 p.m. the order goes to your competitor.", "11-18"),
        ("I escalate to your director if this isn't solved by 17:00.", "11-18"),
        ("If it's still down at 5pm, we roll back.", "11-18"),
        ("If we don't have an answer by noon I'm going to phone your office.", "11-18"),
        ("We will go to the press if nobody has rung us by 6pm.", "11-18"),
        ("If it's still broken by 4 pm my boss will call your boss.", "11-18"),
        ("If the portal isn't back by 15:00 we lose the tender.", "11-18"),
        ("If we hear nothing by 17:00 I'm going to escalate to your CEO.", "11-18"),
        ("I'll cancel the contract if it isn't resolved by midnight.", "11-18"),
        ("I'll take this to your VP if it isn't sorted by Friday.", "11-20"),
        ("If your team hasn't answered by 2pm we'll restore the backup.", "11-18"),
    ],
)
def test_what_somebody_will_do_if_a_thing_is_not_done_by_an_hour_makes_a_limit_of_it(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "If the job isn't done by 5pm it is killed by the scheduler.",
        "If the file has not arrived by 5 pm, the import is skipped.",
        "The scheduler kills the job if it hasn't finished by 5am.",
        "The report stays empty if the cache isn't filled by 11pm.",
        "If the sync isn't done by 6 pm, an alert is raised.",
        "If a user hasn't logged in by 9am he is locked out.",
        "If the backup isn't finished by 6am, the nightly job is killed.",
        "I'll let you know if the job doesn't run by tomorrow.",
        "If it rains we are inside by 5pm.",
    ],
)
def test_what_a_system_does_if_a_thing_is_not_done_by_an_hour_is_none(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Can you call me this afternoon?", "11-18"),
        ("Can you call me tomorrow?", "11-19"),
        ("Can you call me on Friday?", "11-20"),
        ("Please can you ring us tomorrow morning?", "11-19"),
        ("Could you phone me this afternoon on +44 161 555 0147?", "11-18"),
        (
            "Please can you call me this afternoon on +44 161 555 0147 before 4, I have the directors at half past.",
            "11-18",
        ),
        ("Will somebody call us back today?", "11-18"),
        ("Can you call us Friday?", "11-20"),
        ("Can someone ring me tonight?", "11-18"),
        ("Would you phone us this afternoon?", "11-18"),
        ("Can your manager call me tomorrow?", "11-19"),
        ("Can somebody from your team ring me on Friday?", "11-20"),
        ("Could you call me back tomorrow morning at 9?", "11-19"),
    ],
)
def test_who_is_asked_to_call_on_a_day_is_bound_by_it(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "You can call me this afternoon or tomorrow, I'm at my desk.",
        "Can you call me whenever it suits you? I'm in this afternoon and tomorrow.",
        "You called me this afternoon, thank you.",
        "Can I call you tomorrow?",
        "Can we do a call tomorrow?",
        "Can you call the API tomorrow with a date of today?",
        "Would a call tomorrow suit you?",
        "Can you do a call on Friday?",
        "Could we talk tomorrow?",
        "You may reach me this afternoon under 0171 555.",
    ],
)
def test_when_a_call_would_suit_is_no_limit(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Deployment slot: Sat 12/12 01:00-05:00 UTC. Confirm hotfix availability by 12/9.", "12-09"),
        ("Send the patched build by 11/30.", "11-30"),
        ("Deliver root cause by 12/4, signed.", "12-04"),
        ("Confirm the slot by 25/11.", "11-25"),
        ("Provide the fix by 12/9; the release train leaves 12/11.", "12-09"),
        ("CAB is on 12/10. Confirm the change by 12/8.", "12-08"),
        ("Advise by 11/25 whether you can make it.", "11-25"),
        ("Respond by 11/20.", "11-20"),
        ("Maintenance is Sun 11/29 02:00-06:00. Send the signed package by 11/27.", "11-27"),
        ("Go-live 12/5 06:00 EST. Deliver the fixed connector by 12/2.", "12-02"),
        ("Rollout window 12/5 22:00-02:00. Deliver the signed driver by 12/3.", "12-03"),
        ("Acknowledge by 11/23.", "11-23"),
        ("Submit the RCA by 27/11.", "11-27"),
    ],
)
def test_an_order_with_a_limit_binds_whatever_else_is_said(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]


@pytest.mark.parametrize(
    "text",
    [
        "We'll send the results by 12/9.",
        "We confirm by 12/9 that we've tested it.",
        "I will deliver the traces by 12/4.",
        "Confirm the dialog by OK, then the field shows 12/9.",
        "The patch came out on 12 November; the licence was due by then.",
        "Fix date by week: none.",
    ],
)
def test_what_somebody_will_send_by_a_day_binds_nobody_else(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("Our warranty ends on 4 December, so the repair is due by then.", "12-04"),
        ("The auditors come on 1 December and the report is due by then.", "12-01"),
        ("The consultant leaves us on 11 December. The handover is due by then.", "12-11"),
        (
            "The interim admin leaves us on 30 November. After her nobody knows it, so your fix must be in by then.",
            "11-30",
        ),
        (
            "Our trainer leaves on 1 December. After that nobody can teach it, so a stable build is due by then.",
            "12-01",
        ),
        ("The licence ends on 15 December and the new one is due by then.", "12-15"),
    ],
)
def test_what_is_due_by_then_is_due_on_the_day_that_was_named(text: str, accepted: str) -> None:
    assert days(text)[:1] in [[day] for day in accepted.split(",")]
