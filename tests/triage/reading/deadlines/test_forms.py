"""Days are read in the forms that people use, counted from other days included."""

from datetime import UTC, date, datetime

import pytest

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nikolaus promo, 6.12.: it has to hold.", date(2026, 12, 6)),
        ("The cut-over is on 12/12 (Saturday).", date(2026, 12, 12)),
        ("sat 28 nov is the dress rehearsal.", date(2026, 11, 28)),
        ("Friday the 4th, doomsday for the old endpoint.", date(2026, 12, 4)),
        ("Thurs. 26/11 = last slot before the embargo.", date(2026, 11, 26)),
        ("Our slot: 19 Nov 23:59 CET.", date(2026, 11, 19)),
        ("The upgrade begins 02.12.26.", date(2026, 12, 2)),
        ("The final Friday of this month is our deadline.", date(2026, 11, 27)),
        ("Stock count: penultimate day of November.", date(2026, 11, 29)),
        ("Second Sunday of Advent, that is when we need it.", date(2026, 12, 6)),
        ("Two Mondays from now the branch opens.", date(2026, 11, 30)),
        ("A week from tomorrow is our demo.", date(2026, 11, 26)),
        ("It has to be in this time next week.", date(2026, 11, 25)),
        ("The airport granted us one slot: night of 25/26 Nov.", date(2026, 11, 25)),
        ("The switchover slipped from 25 Nov to 9 Dec.", date(2026, 12, 9)),
        ("Our year closes with November.", date(2026, 11, 30)),
        ("Due by our fiscal year end, 31st March.", date(2027, 3, 31)),
        ("The certificate dies mid-December (15th).", date(2026, 12, 15)),
        ("He wants it proven on the first weekend in December.", date(2026, 12, 5)),
        ("December salaries go out early, on the 23rd.", date(2026, 12, 23)),
        ("Before we ring in 2027 this has to be history.", date(2026, 12, 31)),
        ("Five calendar days as of today to cure the breach.", date(2026, 11, 23)),
        ("Let us say one week, and not a day longer.", date(2026, 11, 25)),
        ("Fifteen working days remain, and no test has passed.", date(2026, 12, 9)),
        ("fix b4 wkend plz", date(2026, 11, 20)),
        ("Come the weekend, the old system is gone.", date(2026, 11, 21)),
        ("The launch is three weeks out.", date(2026, 12, 9)),
        ("Thanksgiving eve is our peak.", date(2026, 11, 25)),
        ("T-6 days to launch.", date(2026, 11, 24)),
        ("T minus 6 days to launch.", date(2026, 11, 24)),
        ("T minus 2 weeks to launch.", date(2026, 12, 2)),
        ("We need it the day before Thanksgiving.", date(2026, 11, 25)),
        ("We need it the day after Christmas.", date(2026, 12, 26)),
        ("The audit starts on the eve of 12 December.", date(2026, 12, 11)),
        ("We need it a week before Christmas.", date(2026, 12, 18)),
        ("We open a week from Monday.", date(2026, 11, 30)),
        ("We need it in the week before Christmas.", date(2026, 12, 14)),
        ("We need it on the weekend before Christmas.", date(2026, 12, 19)),
        ("We need it on the weekend after 2 December.", date(2026, 12, 5)),
        ("Due on the second Friday in December.", date(2026, 12, 11)),
        ("Due on the last Monday of November.", date(2026, 11, 30)),
        ("Due on the first Monday of the month.", date(2026, 12, 7)),
        ("We need it in calendar week 50.", date(2026, 12, 7)),
        ("We need it in CW50.", date(2026, 12, 7)),
        ("We need it in CW50 at the latest.", date(2026, 12, 11)),
        ("We can bear it until CW 50 ends.", date(2026, 12, 11)),
        ("All must be in by the close of CW 50.", date(2026, 12, 11)),
        ("We need it by the end of the first week of December.", date(2026, 12, 4)),
        ("We need it on the Friday before Christmas.", date(2026, 12, 18)),
        ("We need it by the Friday before the go-live weekend of 12/13 December.", date(2026, 12, 11)),
        ("We need it on the Monday after 12 December.", date(2026, 12, 14)),
        ("We need it two days before the database lock on 3 December.", date(2026, 12, 1)),
        ("We go live a day ahead of the 25th.", date(2026, 11, 24)),
        ("We go live on Friday before they open on 3 December.", date(2026, 11, 20)),
        ("Thursday in eight days the fire brigade inspects us.", date(2026, 11, 26)),
        ("Not one day after the 26th, please.", date(2026, 11, 26)),
        ("Our cover ceases on the last of November.", date(2026, 11, 30)),
        ("St Nicholas is on the 6th; the day before, the tills mustn't fail.", date(2026, 12, 5)),
        ("The show opens on Friday. The following day the television is there and it has to run.", date(2026, 11, 21)),
        ("We need it in week 3.", date(2027, 1, 18)),
        ("It is enabled on the first of December.", date(2026, 12, 1)),
        ("It is enabled on December the twenty-first.", date(2026, 12, 21)),
        ("It must be done by the thirtieth.", date(2026, 11, 30)),
        ("Live on the third of next month.", date(2026, 12, 3)),
        ("We need it before the quarter is out.", date(2026, 12, 31)),
        ("Our budget is gone when the calendar year is over.", date(2026, 12, 31)),
        ("We need it before the weekend.", date(2026, 11, 20)),
        ("It is due on Thursday of next week.", date(2026, 11, 26)),
        ("It is due on Tuesday coming.", date(2026, 11, 24)),
        ("It is due on Friday in two weeks.", date(2026, 12, 4)),
        ("It is due the Friday after next.", date(2026, 11, 27)),
        ("Our demo is Wednesday fortnight.", date(2026, 12, 2)),
        ("Friday 27th we are in court.", date(2026, 11, 27)),
        ("Two sleeps. Then the museum opens.", date(2026, 11, 20)),
        ("We can hold the trucks one more day.", date(2026, 11, 19)),
        ("In forty-eight hours we must decide.", date(2026, 11, 20)),
        ("I need a call within the next hour.", date(2026, 11, 18)),
        ("The first Sunday in Advent is our market.", date(2026, 11, 29)),
        ("Go-live is 27. November.", date(2026, 11, 27)),
        ("It is needed by 11-27.", date(2026, 11, 27)),
        ("Leaving the old system on 31.12., no way back.", date(2026, 12, 31)),
        ("The law changes as of New Year's Day.", date(2027, 1, 1)),
        ("COB today please!", date(2026, 11, 18)),
        ("We need it by the end of today.", date(2026, 11, 18)),
        ("Customs inspects us on 27-11.", date(2026, 11, 27)),
        ("The portal closes at 5 pm CST on 11/20.", date(2026, 11, 20)),
        ("It must be closed until the day 30.", date(2026, 11, 30)),
        ("We have until the day 5 of December.", date(2026, 12, 5)),
        ("Latest on Friday of week 51 it must print.", date(2026, 12, 18)),
        ("The start is in KW 51, latest on Friday of KW 51.", date(2026, 12, 18)),
        ("We need it by tom EOD.", date(2026, 11, 19)),
        ("We need it Sunday arvo.", date(2026, 11, 22)),
        ("You have five business days from 19 November to cure it.", date(2026, 11, 26)),
        ("You have two working days from Friday to answer.", date(2026, 11, 24)),
        ("Our sprint ends Dec 4.", date(2026, 12, 4)),
        ("Month-end close is December 2.", date(2026, 12, 2)),
        ("From 16 December onwards the desk works in two shifts.", date(2026, 12, 16)),
        ("It prints by Friday or I return the licences.", date(2026, 11, 20)),
        ("I can keep them calm until Thursday the 26th.", date(2026, 11, 26)),
        ("If Monday's run fails again the union comes.", date(2026, 11, 23)),
        ("Our own customer may charge us from Friday on.", date(2026, 11, 20)),
        ("The gate is tested and opened on December 3.", date(2026, 12, 3)),
        ("Payroll is cut on Friday, the bank wants the file by 2pm that day.", date(2026, 11, 20)),
        ("Winter term classes start January 11, 2027.", date(2027, 1, 11)),
        ("Thanksgiving Thursday is our go-live.", date(2026, 11, 26)),
        ("25.11. is the switch-off of 3G.", date(2026, 11, 25)),
        ("They request the binaries no later than COB Korea time on 23 November.", date(2026, 11, 23)),
        ("Letters for the January policies go to the printer on the 25th.", date(2026, 11, 25)),
        ("The 72 hours that the law allows us are up tomorrow evening.", date(2026, 11, 19)),
        ("The CEO has invited the minister for tomorrow's launch.", date(2026, 11, 19)),
        ("The chairman has set December 7 as the date when we decide.", date(2026, 12, 7)),
        ("The old interface gets switched off by the agency on Nov 30.", date(2026, 11, 30)),
        ("Line 4 restarts this Friday.", date(2026, 11, 20)),
        ("The day before Jamhuri we pay out the cash.", date(2026, 12, 11)),
        ("It must print the day before the Day of Reconciliation.", date(2026, 12, 15)),
        ("It has to be up before Guru Nanak Jayanti.", date(2026, 11, 24)),
        ("The rota must be up no later than the thirtieth.", date(2026, 11, 30)),
        ("As from December all policies have to carry the new wording.", date(2026, 12, 1)),
        ("With effect from December the customs office requires the new form.", date(2026, 12, 1)),
        ("It must be in our hands in the second full week of December.", date(2026, 12, 14)),
        ("We need it at the end of day December 16.", date(2026, 12, 16)),
        ("48 hours before the hearing on the 27th our lawyers need the records.", date(2026, 11, 27)),
        ("Tomorrow at two I see the medical director.", date(2026, 11, 19)),
        ("As of next Tuesday they stop accepting notices in the old format.", date(2026, 11, 24)),
    ],
)
def test_a_day_is_read_in_any_form(text: str, day: date) -> None:
    found = PLAIN.read(text, WRITTEN)
    assert [each.date for each in found][:1] == [day]


def test_parts_of_a_text_are_found_where_lower_case_changes_its_length() -> None:
    text = "İİİİ stood here. We need it by Friday. Nothing else."
    assert [each.quote for each in PLAIN.read(text, WRITTEN)] == ["by Friday"]


def test_that_somebody_shall_look_today_does_not_outweigh_the_limit() -> None:
    found = PLAIN.read("It must be with the bank by Monday 6am. Can somebody look at it today?", WRITTEN)
    assert [each.date.day for each in found] == [23, 18]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We shut down for the holidays on December 16 and want it behind us by then.", date(2026, 12, 16)),
        ("Blackout begins 15 December, what you ship has to be live ahead of it.", date(2026, 12, 15)),
        ("The director has approved the downtime for Sunday. We need the package by that time.", date(2026, 11, 22)),
        ("Our consultant is back on Tuesday, I need an answer before then.", date(2026, 11, 24)),
        ("On Friday I'm on the carpet. I need the explanation in time for that.", date(2026, 11, 20)),
    ],
)
def test_a_day_to_which_a_need_comes_back_is_a_limit(text: str, day: date) -> None:
    assert [each.date for each in PLAIN.read(text, WRITTEN)][:1] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The batch ran on Monday and it should have been finished by then.",
        "I'm on leave until 30 November, please keep the case open until then.",
        "Our team will test on Thursday, you don't need to do anything before that.",
        "We have a public holiday on Thursday. Nobody will need you on that day.",
        "Our team will test on Thursday. Fine. Not urgent. Please read the manual before that.",
    ],
)
def test_a_day_to_which_no_need_comes_back_is_no_limit(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()
