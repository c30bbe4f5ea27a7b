"""Days as customers plainly tell them: ranges, weekdays with dates, business days of a month, half years, hours."""

from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader
from snow_escalations.triage.reading.words import words_of

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The fair runs from 8 to 10 December and the terminals must work there.", date(2026, 12, 8)),
        ("The audit moved from 8 to 10 December.", date(2026, 12, 10)),
        (
            "Nobody may change anything from 21st Dec till 4th Jan, so deliver prior to that, please.",
            date(2026, 12, 21),
        ),
        ("The shop is frozen Dec 14 through Jan 4, we need it before that.", date(2026, 12, 14)),
        ("The workshop is between Dec 5 and Dec 8 and needs the licence.", date(2026, 12, 5)),
        ("The press stands still on Sat 5 and Sun 6 December, your update must go in then.", date(2026, 12, 5)),
        ("The booth is open from Friday to Sunday, the demo must run there.", date(2026, 11, 20)),
        ("We go live on Wed. Dec 2.", date(2026, 12, 2)),
        ("The board meets Tue., Dec. 8, and I must bring news.", date(2026, 12, 8)),
        ("Please rectify it by Monday, 30th inst.", date(2026, 11, 30)),
        ("Please deliver it by Friday of the week after next.", date(2026, 12, 4)),
        ("The ship sails on Thursday night next week, we need the papers before.", date(2026, 11, 26)),
        ("Next week on Friday the penalty kicks in.", date(2026, 11, 27)),
        ("The store opens a fortnight on Saturday and needs its tills.", date(2026, 12, 5)),
        ("Tomorrow week the tender closes.", date(2026, 11, 26)),
        ("On Sunday 6 December the shops open, our strongest Sunday, and the tills must print.", date(2026, 12, 6)),
        ("EOW next week is the last date.", date(2026, 11, 27)),
        ("It must work before next week is over.", date(2026, 11, 27)),
        ("We need it by next month end.", date(2026, 12, 31)),
        ("Hand it over by the close of Nov 27, please.", date(2026, 11, 27)),
        ("We want it done within the first half of December.", date(2026, 12, 15)),
        ("We need it by the end of H1 2027.", date(2027, 6, 30)),
        ("By close of the third quarter of next year it must be gone.", date(2027, 9, 30)),
        ("It has to be repaired at the turn of the month.", date(2026, 11, 30)),
        ("It must be booked before the calendar flips to 2027.", date(2026, 12, 31)),
        ("It must be through before the calendar year turns.", date(2026, 12, 31)),
        ("Upload must succeed no later than the fifth working day of December.", date(2026, 12, 7)),
        ("Upload must succeed by the 3rd business day of the month.", date(2026, 12, 3)),
        ("We need it by the last banking day of the month.", date(2026, 11, 30)),
        ("We expect your position on the next business day.", date(2026, 11, 19)),
        ("You must cure it within ten working days of today.", date(2026, 12, 2)),
        ("They demand it within ten working days, counting from tomorrow.", date(2026, 12, 2)),
        ("The tournament begins in a week's time.", date(2026, 11, 25)),
        (
            "We've been granted 72 hours by the data protection authority to tell whose records were exposed.",
            date(2026, 11, 21),
        ),
        ("You have got 36 hours before we roll back.", date(2026, 11, 19)),
        ("I want to hear from you before the day is out.", date(2026, 11, 18)),
        ("Please solve it within today.", date(2026, 11, 18)),
        ("Please let us have it today if possible.", date(2026, 11, 18)),
        ("Please provide it the day after tomorrow, 17h latest.", date(2026, 11, 20)),
        ("Please patch it by 0600 tomorrow.", date(2026, 11, 19)),
        ("We must file by 5:30 p.m. Eastern on Monday, November 23.", date(2026, 11, 23)),
        ("Salaries go out on the 25th and the bank wants the file before 11 o'clock, please.", date(2026, 11, 25)),
        ("Calendar week 49, Tuesday: the inspection. It must work there.", date(2026, 12, 1)),
        ("We cut over on Martin Luther King Day.", date(2027, 1, 18)),
        ("Labour Thanksgiving Day is on 23 November, we ask for the patch before this holiday.", date(2026, 11, 23)),
        ("It must be in ahead of the Christmas shutdown, which starts 23 Dec.", date(2026, 12, 23)),
        ("Black Friday's our biggest day and the checkout must work.", date(2026, 11, 27)),
        ("St. Nicholas Day is when the cards go out, and they must work.", date(2026, 12, 6)),
        ("Launch: 20261210.", date(2026, 12, 10)),
        ("The posting starts from 29th night and the system must be stable by then.", date(2026, 11, 29)),
        ("The test is on coming 27th and the screen hangs.", date(2026, 11, 27)),
        ("The books close on the third working day of December, so fix the ledger first.", date(2026, 12, 3)),
        ("The rosters for December are published on the 21st, please fix it by then.", date(2026, 11, 21)),
        ("RCA wanted by next Tuesday.", date(2026, 11, 24)),
        ("We need it from 28 to 2 December.", date(2026, 11, 28)),
        ("The window is from 17 to 2 December and we need the fix in it.", date(2026, 12, 2)),
        ("We need it by the 21st business day of January.", date(2027, 1, 29)),
        ("We need it by Christmas 2028.", date(2028, 12, 25)),
        ("Please fix it by Christmas 2026.", date(2026, 12, 25)),
        ("Reply by Friday or consider the renewal cancelled.", date(2026, 11, 20)),
    ],
)
def test_a_plain_deadline_is_read_as_its_day(text: str, day: date) -> None:
    found = PLAIN.read(text, WRITTEN)
    assert found
    assert found[0].date == day


@pytest.mark.parametrize(
    "text",
    [
        "After Sunday's move the deeds open in reverse order.",
        "Week 2. New engineer asks for the plan.",
        "– Mon: “we'll set up a session.” No invite came.",
        "It drops lines under load, last time on Sunday around 03:20.",
        "The queue holds 4,100 guests in three hours.",
        "Today's request: kindly share thread dumps.",
        "We run build 20261210 in production.",
        "Does it also affect the gateway 6.2, and why?",
        "We need it by the 24th business day of December.",
        "We need it before Dec 31, 9999.",
        "We need it by Dec 31, 2301.",
        "We need it by week 54.",
        "Please fix it by Christmas 2025.",
    ],
)
def test_a_plain_story_without_a_limit_has_no_deadline(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


def test_ease_takes_nothing_back_where_it_is_about_something_else() -> None:
    said = "Acceptance is on 27 November and fails. For completeness: you accepted this as a defect."
    assert [f"{each.date:%m-%d}" for each in PLAIN.read(said, WRITTEN)] == ["11-27"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Please fix it this weekend.", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("Please fix it by the end of the week.", datetime(2026, 11, 22, 10, tzinfo=UTC)),
        ("We need it from 15 to 1 December.", WRITTEN),
    ],
)
def test_days_are_in_order_and_none_has_passed(text: str, written: datetime) -> None:
    for found in PLAIN.read(text, written):
        assert written.date() <= found.first_date <= found.date <= found.last_date
        assert found.earliest <= found.latest


def test_the_instants_are_in_order_where_a_day_closes_at_midnight() -> None:
    always = {day: ["00:00-00:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    calendar = BusinessCalendar(CalendarModel.model_validate({"windows": always}))
    found = DeadlineReader(calendar).read("We need it by Friday.", WRITTEN)[0]
    assert found.earliest <= found.latest


@pytest.mark.parametrize("blank", ["\t", "\xa0", "\u2028"])
def test_a_run_of_blanks_is_passed_once(blank: str) -> None:
    def steps(size: int) -> int:
        return sum(1 for _ in words_of("we need it by Friday " + blank * size + "thanks"))

    assert steps(200_000) == steps(2)
