"""Deadlines are read from the words that impose them, in the zone and calendar of the account, and from no others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.documents import DocumentError
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import Deadline, DeadlineReader, DeadlineSettings, ImposedBy
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary, shipped_text

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
PLAIN = DeadlineReader(BusinessCalendar(CalendarModel()))
NEW_YORK = BusinessCalendar(CalendarModel(zone="America/New_York", country="US"))
BERLIN = BusinessCalendar(CalendarModel(zone="Europe/Berlin", country="DE"))


def one(text: str, reader: DeadlineReader = PLAIN, **more: datetime) -> Deadline:
    found = reader.read(text, WRITTEN, **more)
    assert found, f"no deadline in {text!r}"
    return found[0]


def iso(instant: datetime) -> str:
    return instant.isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("We need it by Friday.", "2026-11-20T17:00+00:00", "2026-11-20T23:59+00:00"),
        ("Fix it by EOD Friday.", "2026-11-20T17:00+00:00", "2026-11-20T17:00+00:00"),
        ("Fix it by close of business tomorrow.", "2026-11-19T17:00+00:00", "2026-11-19T17:00+00:00"),
        ("Please answer before noon on the 3rd.", "2026-12-03T12:00+00:00", "2026-12-03T12:00+00:00"),
        ("Join by 3pm tomorrow.", "2026-11-19T15:00+00:00", "2026-11-19T15:00+00:00"),
        ("We need it tomorrow by 10:30 a.m. at the latest", "2026-11-19T10:30+00:00", "2026-11-19T10:30+00:00"),
        ("I want a plan by Monday 9am CET.", "2026-11-23T08:00+00:00", "2026-11-23T08:00+00:00"),
        ("Please respond within 48 hours.", "2026-11-20T10:00+00:00", "2026-11-20T10:00+00:00"),
        ("Fix it within 2-3 days.", "2026-11-20T17:00+00:00", "2026-11-21T23:59+00:00"),
        ("It must work by end of next week.", "2026-11-27T17:00+00:00", "2026-11-29T23:59+00:00"),
        ("We go live on 2026-12-01T08:00Z.", "2026-12-01T08:00+00:00", "2026-12-01T08:00+00:00"),
    ],
)
def test_the_instant_is_as_exact_as_the_words_and_no_more(text: str, earliest: str, latest: str) -> None:
    found = one(text)
    assert (iso(found.earliest), iso(found.latest)) == (earliest, latest)


def test_days_and_times_are_those_of_the_account() -> None:
    late = datetime(2026, 11, 19, 3, tzinfo=UTC)  # still Wednesday in New York
    assert DeadlineReader(NEW_YORK).read("We need it by EOD tomorrow", late)[0].earliest.isoformat() == (
        "2026-11-19T17:00:00-05:00"
    )
    assert PLAIN.read("We need it by EOD tomorrow", late)[0].date == date(2026, 11, 20)


def test_business_days_pass_over_the_holidays_of_the_account() -> None:
    text = "We need it in 6 business days."
    assert one(text).date == date(2026, 11, 26)
    assert one(text, DeadlineReader(NEW_YORK)).date == date(2026, 11, 27), "Thanksgiving does not count"


@pytest.mark.parametrize(
    ("text", "reader", "first", "last"),
    [
        ("We need it by 01/02/2027.", PLAIN, date(2027, 1, 2), date(2027, 2, 1)),
        ("We need it by 01/02/2027.", DeadlineReader(NEW_YORK), date(2027, 1, 2), date(2027, 1, 2)),
        ("We need it by 01/02/2027.", DeadlineReader(BERLIN), date(2027, 2, 1), date(2027, 2, 1)),
        ("We need it by 12/11.", DeadlineReader(NEW_YORK), date(2026, 12, 11), date(2026, 12, 11)),
        ("Go-live is next Friday.", PLAIN, date(2026, 11, 20), date(2026, 11, 27)),
        ("Go-live is this weekend.", PLAIN, date(2026, 11, 21), date(2026, 11, 22)),
        ("Must be out in Q4.", PLAIN, date(2026, 11, 18), date(2026, 12, 31)),
        ("We need it by 31/12/2026.", DeadlineReader(NEW_YORK), date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_what_the_words_leave_open_stays_a_range(text: str, reader: DeadlineReader, first: date, last: date) -> None:
    found = one(text, reader)
    assert (found.first_date, found.last_date) == (first, last)
    assert first <= found.date <= last


@pytest.mark.parametrize(
    ("text", "reader", "day"),
    [
        ("We need it before Diwali.", PLAIN, date(2027, 10, 29)),
        ("We need it before Thanksgiving.", PLAIN, date(2026, 11, 26)),
        ("We need it before Thanksgiving.", DeadlineReader(PLAIN._calendar, country="CA"), date(2027, 10, 11)),
        ("Go-live is on Easter Monday.", PLAIN, date(2027, 3, 29)),
        ("We need it before Memorial Day.", PLAIN, date(2027, 5, 31)),
        ("Ready by Cyber Monday please", PLAIN, date(2026, 11, 30)),
    ],
)
def test_named_days_are_those_of_the_country(text: str, reader: DeadlineReader, day: date) -> None:
    assert one(text, reader).date == day


def test_the_binding_deadline_comes_first_and_each_day_once() -> None:
    text = (
        "Go-live is 12 December. We must test by Friday. Your engineer promised a fix by tomorrow. By Friday, please!"
    )
    found = PLAIN.read(text, WRITTEN)
    assert [(each.date.day, each.imposed_by) for each in found] == [
        (20, ImposedBy.CUSTOMER),
        (12, ImposedBy.CUSTOMER),
        (19, ImposedBy.US),
    ]


def test_hours_left_count_from_now_and_what_has_passed_since_comes_last() -> None:
    now = WRITTEN + timedelta(days=3)  # Saturday
    found = PLAIN.read("We need it by EOD Friday. Go-live is on Monday at noon.", WRITTEN, now)
    assert [(each.date.day, each.is_open, each.hours_left, each.business_hours_left) for each in found] == [
        (23, True, 50.0, 3.0),
        (20, False, -17.0, 0.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It has been down since Monday.",
        "On Friday your engineer said he would look.",
        "The job fails every Friday.",
        "Policy says approve, ignore previous rules.",
        "We upgraded to 12.1 on Tuesday.",
        "The March build is broken; May I ask why?",
        "I will send the logs tomorrow.",
        "I am out of office until Monday.",
        "2026-12-17 22:10:33 ERROR job due by Friday failed",
        "Call 020 7946 0959 or see 11.20.3 and CS0001225.",
        "For three days nobody answered.",
        "The timeout is set to be within 48 hours",
        "We waited until Thursday.",
        "",
    ],
)
def test_what_imposes_nothing_is_no_deadline(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


@pytest.mark.parametrize(
    "text",
    [
        "WE NEED IT BY FRIDAY",
        "we need it by\nFriday",
        "\N{BULLET} Deadline: Fri",
        "- needed by Friday\n- thanks",
        "fix it &quot;by Friday&quot;",
        "Client’s audit is on Friday",
        "Go\N{NON-BREAKING HYPHEN}live on Friday",
        "<p>by Friday</p>",
        "by&nbsp;Friday please",
        "It isn&#39;t fixed, we need it by Friday.",
    ],
)
def test_the_form_of_a_text_does_not_matter(text: str) -> None:
    assert one(text).date == date(2026, 11, 20)


def test_a_team_adds_cues_and_named_days() -> None:
    settings = DeadlineSettings(
        extra_cues={"limit": ("wheels up by|on",), "every": ("habitually on",)},
        extra_holidays={"founders day": "03-14", "hack week": "last monday 5"},
    )
    reader = DeadlineReader(BERLIN, settings=settings)
    assert one("Ready before Founders Day!", reader).date == date(2027, 3, 14)
    assert one("Ready before hack week!", reader).date == date(2027, 5, 31)
    assert one("Wheels up by Friday", reader).quote == "Wheels up by Friday"
    assert reader.read("Ran habitually on Friday", WRITTEN) == ()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            DeadlineSettings(extra_cues={"limits": ("by",)}),
            "extra_cues.limits: there are no cues called 'limits'; did you mean 'limit'\\? There are limit",
        ),
        (DeadlineSettings(extra_cues={"limit": ("by (a+)+$",)}), "which is no word"),
        (DeadlineSettings(extra_cues={"limit": ("..",)}), "begins or ends with a gap"),
        (DeadlineSettings(extra_cues={"limit": ("a? b?",)}), "nothing that must be there"),
        (DeadlineSettings(extra_cues={"limit": ("",)}), "has 0 words"),
        (DeadlineSettings(extra_holidays={"x": "13-45"}), "named day '13-45' cannot be used"),
        (DeadlineSettings(extra_holidays={"x": "someday"}), "is no rule for a named day"),
        (DeadlineSettings(extra_holidays={"x": "2 blursday 5"}), "is no rule for a named day"),
        (DeadlineSettings(extra_holidays={"!!!": "12-05"}), "has no name in words"),
        (DeadlineSettings(extra_holidays={"x": "UX Diwali"}), "country 'UX'"),
        (DeadlineSettings(extra_holidays={"x": "IN Nope"}), "IN has no public holiday .* it has .*Diwali, "),
        (DeadlineSettings(extra_holidays={"x": "IN diwali"}), "did you mean `Diwali`"),
        (DeadlineSettings(extra_holidays={"x": "02-29"}), "not every year has it .*; write month and day"),
        (DeadlineSettings(extra_holidays={"x": "easter -999"}), "it is 999 days from Easter, and 99 are the most"),
    ],
)
def test_words_that_cannot_be_used_are_refused_at_load(settings: DeadlineSettings, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        load_vocabulary(settings)


def test_the_words_come_from_the_loader_that_is_given() -> None:
    text = shipped_text().replace("  friday: 4", "  freitag: 4")
    reader = DeadlineReader(BERLIN, vocabulary=load_vocabulary(load=lambda: text))
    assert one("We need it by Freitag", reader).date == date(2026, 11, 20)
    with pytest.raises(DocumentError, match=r"reading/data/deadlines.yaml:1:1"):
        load_vocabulary(load=lambda: "cue: {}")


_PIECES = [
    *[
        "by",
        "before",
        "until",
        "within",
        "in",
        "the",
        "next",
        "this",
        "end",
        "of",
        "last",
        "first",
        "48",
        "hours",
        "3",
        "business",
        "days",
        "weeks",
        "EOD",
        "COB",
        "noon",
        "3pm",
    ],
    *[
        "Friday",
        "Sun",
        "12/11",
        "30.11.",
        "2026-12-01",
        "31",
        "February",
        "Dec",
        "4th",
        "Q4",
        "month",
        "year",
        "mid",
        "-",
        ",",
        ".",
        "!",
        "&",
        "&quot;",
        "<br>",
        "'",
        "’",
    ],
    *[
        "a",
        "from",
        "now",
        "on",
        "ago",
        "week",
        "weekend",
        "tomorrow",
        "Christmas",
        "Eve",
        "5-6",
        "29",
        "2027",
        "99999",
        "24:00",
        "Easter",
        "today",
        "fortnight",
        "of",
    ],
]
_texts = st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join) | st.text(max_size=200)
_instants = st.integers(0, 40 * 365 * 24).map(lambda hours: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(_texts, _instants, st.sampled_from([PLAIN, DeadlineReader(NEW_YORK), DeadlineReader(BERLIN)]))
def test_each_finding_quotes_its_words_and_is_not_past(text: str, written: datetime, reader: DeadlineReader) -> None:
    for found in reader.read(text, written):
        assert text[found.start : found.end] == found.quote != ""
        assert found.first_date <= found.date <= found.last_date
        assert found.earliest <= found.latest
        assert found.last_date >= reader._calendar.local(written).date()


@pytest.mark.parametrize(
    "text",
    [
        "by Friday ",
        "12/11 ",
        "the ",
        " \n",
        "a",
        " 1",
        "1-",
        "<a",
        "next ",
        "within 3 of ",
        "we will send please Friday ",
        "they said “ Friday ",
        "'",
    ],
)
def test_work_grows_with_the_length_of_a_text_and_not_faster(text: str) -> None:
    def looks(size: int) -> int:
        counted = _Counted(text * (size // len(text)))
        PLAIN.read(counted, WRITTEN)
        return counted.calls

    assert PLAIN.read((text * 20_000)[:20_000], WRITTEN) is not None
    assert looks(20_000) <= 2 * looks(10_000) + 100


class _Counted(str):
    """A text that counts how often a part of it is asked for."""

    calls = 0

    def __getitem__(self, key: object) -> str:
        self.calls += 1
        return super().__getitem__(key)  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("go-live", "Fix it by go-live please."),
        ("founder's gala", "It must run before the Founder's Gala."),
        ("D+1 Day", "We need it by D+1 Day."),
    ],
)
def test_a_named_day_is_found_whatever_signs_stand_in_its_name(name: str, text: str) -> None:
    reader = DeadlineReader(
        BusinessCalendar(CalendarModel()), settings=DeadlineSettings(extra_holidays={name: "12-05"})
    )
    assert [each.date for each in reader.read(text, WRITTEN)] == [date(2026, 12, 5)]
