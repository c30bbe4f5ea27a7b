"""A day binds nobody when it is a label, a plan of others, an example, a habit, or when nobody waits for it."""

import re
from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader, ImposedBy, parts, read

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


@pytest.mark.parametrize(
    "text",
    [
        "Invoice 2026-12-01 is displayed twice.",
        "The report for 30 November shows wrong totals.",
        "Dates come out as 11/20/2026 instead of 20.11.2026.",
        "GET /v2/meetings?date=2026-12-09 fails.",
        "Issues with due date 2026-11-27 come over wrong.",
        "Module 3.12 is installed and the meeting client fails.",
        "We want to go to 2026.12.01, what does the upgrade need?",
    ],
)
def test_labels_examples_and_versions_are_no_limits(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "According to your status page it will be resolved by Friday.",
        "Release notes say the fix is scheduled for Dec 10.",
        "Your roadmap has it for Friday.",
        "Your consultant is booked for 1 December.",
        "It says valid till 30.11.2026, is this correct?",
        "Is a response within 4 hours included on 24 December?",
        "Is the hotline staffed on 24 December?",
        "Would Thursday at 3 pm suit you?",
        "My colleague Ming will take over on Monday.",
        "Our office is closed from 24 December.",
        "Please close the case if you don't hear from me by Friday.",
    ],
)
def test_plans_questions_and_hours_of_others_are_no_limits(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "On Friday afternoons nobody answers.",
        "It climbs over each weekend and catches up by Tuesday.",
        "The scheduler skips Sunday.",
        "It's Wednesday.",
        "What a Friday.",
        "It's the second Friday that it hangs.",
        "Logs between Nov 17 and Nov 19 are attached.",
        "The job scheduled for Sunday did not run.",
        "The case was moved to another queue over the weekend.",
        "It went red on Sunday at 4 and green on Sunday at 5.",
        "All goes well until noon.",
        "You promised to call within the hour.",
        "Three engineers in two weeks.",
        "Entries are shifted by one hour.",
        "Fire the reminder 3 days before the due date.",
        'They wrote "tomorrow you have it", in vain.',
        'Click on "Tomorrow" in the planner.',
        "You may close this.",
        "Error: license valid until 2026-12-31 not found",
    ],
)
def test_habits_reports_and_words_of_others_are_no_limits(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


def test_where_nobody_is_in_a_hurry_only_a_need_with_a_limit_counts() -> None:
    assert PLAIN.read("No rush. Friday would be nice.", WRITTEN) == ()
    assert PLAIN.read("No rush on the report. But we need the patch by Friday.", WRITTEN)


@pytest.mark.parametrize(
    "text",
    [
        "Unless somebody has called by Friday, we leave.",
        "If we have not got a plan by Friday I will ask our lawyers.",
        "The judge gave us till Friday to answer.",
        "We will test it tomorrow and need your answer by Friday.",
        "As of 20 November e-invoicing is mandatory.",
        "Friday is our wedding day.",
        "They extended the filing to 20 November.",
        "The board meets each month, the next time on Friday, we need it then.",
    ],
)
def test_conditions_grants_and_beginnings_are_limits(text: str) -> None:
    assert [each.date.day for each in PLAIN.read(text, WRITTEN)][:1] in ([20], [19]), text


def test_a_day_that_is_needed_binds_before_an_event_of_the_same_sentence() -> None:
    found = PLAIN.read("Rehearsal is on Thursday, it must work by Friday at the latest.", WRITTEN)
    assert [each.date.day for each in found] == [20, 19]


def test_what_we_promised_for_a_day_is_ours() -> None:
    found = PLAIN.read("You promised the analysis for Friday.", WRITTEN)
    assert [(each.date.day, each.imposed_by) for each in found] == [(20, ImposedBy.US)]


@pytest.mark.parametrize(
    "text",
    [
        "Six days and counting. Every update says that an update will follow.",
        "72h. Not a peep.",
        "With 50k records it completes within four minutes.",
        "The batch that should finish in an hour runs all night.",
        "The account is valid until 31.12.2026. Password follows.",
        "We'll be able to test on Friday, when the key user is back.",
        "Our Director will attend tomorrow's regular sync.",
        "I'm away 23.11. to 4.12.; Marek covers for me.",
        "Your engineer promised the analysis for the 13th. Today is the 18th.",
        "We're still on 9.1 from 30.06.2024.",
        "Patch for our issue is listed in the calendar for 10 December.",
        "Tuesday: send heap dump. Wednesday: send heap dump.",
        "It's always 'tomorrow' with you.",
        "Further info as agreed in our call on Monday: no errors.",
        "A new person reads the first comment and leaves before the second.",
        "No reply needed before Jan, we are only collecting facts.",
        "Been like this since go-live in March.",
        "Caused by: java.net.SocketTimeoutException: no response within 48 hours",
        "For a severity 1 I expect a response within the hour.",
        "We keep watching till Friday.",
    ],
)
def test_elapsed_time_durations_own_plans_and_labels_impose_nothing(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Six days and the case was only reassigned.",
        "Ten days and nobody has looked at the dump.",
        "No movement in 3 weeks on this one.",
        "We had the promise of an answer under 48h.",
        "We must file within 14 days, which has since lapsed.",
        "First you said Monday. This is Wednesday.",
        "We know today as little as last week.",
    ],
)
def test_time_that_has_gone_by_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [("Two days and I am calling your CEO.", 2), ("Two more days and the penalty starts.", 2)],
)
def test_a_threat_after_a_span_makes_a_limit_of_it(text: str, days: int) -> None:
    assert [(each.date - WRITTEN.date()).days for each in PLAIN.read(text, WRITTEN)] == [days]


@pytest.mark.parametrize(
    "text",
    [
        "Error on the batch run of 12/11/2026, see attached.",
        "What is the cutoff for the maintenance on 6 December?",
        "Which time zone applies to the window on 28 November?",
        "I asked whether 26 November counts as a business day.",
        "We promote it during our regular Tuesday window.",
        "We moved to 25.4 and the plugin is gone.",
        "Slots of 25 December are shown as free.",
        "Prod is good until next year.",
        "The 3 pm call has been moved to 4 pm.",
        "Trucks wait up to 10 min.",
        "When I filter by next week the list is empty.",
        "Or we cop the fine.",
        "Please ignore my mail of Friday.",
        "Two engineers in three days, neither knew the product.",
        "Four hours on the phone on Monday, three on Tuesday.",
        "We planned the upgrade for Saturday but cancelled it.",
        "Yesterday, today, tomorrow: the same reply.",
        "Our contract covers 8 to 6, Monday to Friday.",
        "That Friday is long gone.",
        "Users in Sydney see tomorrow's date.",
        "I am OOO Thursday.",
        "We restart after the Christmas break.",
        "What happens to open tickets on 1 January when we switch?",
        "Please note that Monday is a public holiday.",
        'Tuesday: "please send the bundle".',
    ],
)
def test_what_is_only_spoken_of_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Six days, not a peep.",
        "In six days your side has managed one sentence.",
        "A restart helps for about two days, then the memory is full again.",
        'Section 9 mentions "the 30 day deadline in section 12".',
    ],
)
def test_how_long_it_took_or_lasts_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Our consultant comes back to the office on Tuesday.",
        "Our specialist is back from her annual leave on Monday.",
        "Our CIO would like to sit in on the troubleshooting tomorrow.",
        "Another web session tomorrow? No thanks.",
        "If we have not found it ourselves by the weekend we will ask you for a call.",
        "Nothing moves, the landscape is frozen until 10 January.",
        "The vendor wants to test with us in the new year.",
        "We need the statements from December again.",
        "Just FYI, nothing needed: the vendor promised a driver by December 1.",
    ],
)
def test_when_somebody_is_there_or_takes_part_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "You can imagine how Monday's phone call went.",
        "We got the requested traces from our provider only today.",
        "Monday network, Tuesday database, today it's networking again.",
        "I have started to believe there is only one Thursday.",
        "I have called the hotline on Tuesday.",
        "Error in line 30.11.2026;OK;Y of the import file.",
    ],
)
def test_what_was_and_what_stands_in_a_file_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The field 'Due' resets to 05/12/2026 whenever I save.",
        "Thirty days. That is how long the question has been open.",
        "Please copy our controller from today on.",
        "The defect has been confirmed by your lab in September.",
        "It failed for the third time in November.",
    ],
)
def test_what_a_field_falls_back_to_how_long_it_lasted_and_from_when_something_holds_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Our freeze kicks in on 18 December, so what you ship later has to wait.", date(2026, 12, 18)),
        ("Required by 1 Dec, as agreed in the project plan.", date(2026, 12, 1)),
        ("Demo for an investor tomorrow at 14h, the portal shows a white page.", date(2026, 11, 19)),
        ("By Friday I've got to tell the wards what to do.", date(2026, 11, 20)),
        ("Our director has fixed 27-Nov as the last date.", date(2026, 11, 27)),
        ("Our CIO shows the platform to the council on 26 Nov.", date(2026, 11, 26)),
    ],
)
def test_what_stands_behind_a_comma_takes_nothing_back(text: str, day: date) -> None:
    assert [deadline.date for deadline in PLAIN.read(text, WRITTEN)] == [day]


class _Counting:
    """A regular expression that counts the characters it is given."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.given = pattern, 0

    def search(self, text: str, begin: int = 0, end: int | None = None) -> re.Match[str] | None:
        self.given += (len(text) if end is None else end) - begin
        return self.pattern.search(text, begin, len(text) if end is None else end)


@pytest.mark.parametrize("line", ["CIO by Friday\n", "Friday. "])
def test_log_lines_are_looked_for_in_each_sentence_once(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    counting = _Counting(read._TO_THE_SECOND)
    monkeypatch.setattr(read, "_TO_THE_SECOND", counting)
    text = f"{line * 300}It is 10:00."
    PLAIN.read(text, WRITTEN)
    assert 0 < counting.given <= 2 * len(text)


def test_the_words_of_a_piece_without_blanks_are_found_once_for_all_that_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[str] = []
    words = parts._unshortened
    monkeypatch.setattr(parts, "_unshortened", lambda text: found.append(text) or words(text))
    few, many = "Friday," * 20, "Friday," * 200
    counts = []
    for text in (few, many):
        found.clear()
        DeadlineReader(BusinessCalendar(CalendarModel())).read(text, WRITTEN)
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_the_hours_left_are_those_that_pass_though_the_clocks_change() -> None:
    berlin = DeadlineReader(BusinessCalendar(CalendarModel(zone="Europe/Berlin")))
    now = datetime(2026, 10, 24, 10, tzinfo=UTC)
    (found,) = berlin.read("We need the fix by Monday 12:00.", datetime(2026, 10, 23, 10, tzinfo=UTC), now)
    assert found.hours_left == 49.0
