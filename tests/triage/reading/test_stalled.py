"""Complaints of silence, circles and no movement are read with what they claim; symptoms and politeness are not."""

from datetime import UTC, datetime

import pytest

from snow_escalations.triage.reading.stalled import stalled_in

WEDNESDAY = datetime(2026, 11, 18, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind", "hours"),
    [
        ("no update in 9 days", "silence", 216.0),
        ("radio silence", "silence", None),
        ("nobody has replied", "silence", None),
        ("We haven’t had an update for a fortnight", "silence", 336.0),
        ("not a single word in over 72 hours", "silence", 72.0),
        ("no revert from your team since last two weeks", "silence", 336.0),
        ("Five days. No answer.", "silence", 120.0),
        ("we keep sending the same logs", "circles", None),
        ("back to square one", "circles", None),
        ("third time we explain", "circles", None),
        ("The case has been stagnant for 10 days", "movement", 240.0),
        ("no prog&shy;ress? No progress whatsoever.", "movement", None),
    ],
)
def test_a_complaint_is_read_with_the_duration_that_it_claims(text: str, kind: str, hours: float | None) -> None:
    assert [(found.kind, found.hours) for found in stalled_in(text)] == [(kind, hours)]


@pytest.mark.parametrize(
    "text",
    [
        "no rush",
        "thread stalled for 300 s",
        "no response from the server",
        "you answered promptly",
        "No update is needed from your side",
        "The API returns no answer",
        "Is there an update available for the plugin? There is no update set.",
        "If there is no reply by Friday we will call",
        'The rule says "no response from approver in 5 days" and rejects.',
        "2026-11-12 03:11:09 WARN no progress in 600 seconds",
        "> no update in 9 days",
        "On Mon, 2 Nov 2026, Anna wrote:\nno update in 9 days",
        "```\nno update in 9 days\n```",
        "<pre>no update in 9 days</pre>",
    ],
)
def test_symptoms_politeness_quotes_and_logs_are_no_complaint(text: str) -> None:
    assert stalled_in(text) == ()


def test_a_weekday_claims_a_duration_only_if_it_is_known_when_the_text_was_written() -> None:
    text = "It has been crickets since Monday."
    assert [found.hours for found in stalled_in(text)] == [None]
    assert [found.hours for found in stalled_in(text, now=WEDNESDAY)] == [48.0]


def test_a_deadline_ahead_is_not_the_duration_of_the_silence() -> None:
    assert [found.hours for found in stalled_in("No reply from you, we need a fix within 2 days")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The nightly job makes no progress beyond 12 %.",
        "Messages pile up in the queue of the broker, nothing moves.",
        "Kudos to the night shift, not once did I have to repeat myself.",
        "I know you asked already twice for the dump. It needed an approval, sorry.",
        "We had been waiting on our network team for ages, entirely our own fault.",
        "Product idea: when a support agent has not answered for 3 days, notify the group.",
    ],
)
def test_what_things_do_praise_apologies_and_ideas_are_no_complaint(text: str) -> None:
    assert stalled_in(text) == ()


def test_what_is_no_complaint_by_itself_is_one_together() -> None:
    """A promise, a day that has passed and a party of the vendor say together what none says alone."""
    together = "You said Monday. Then you said 'definitely Tuesday'. It is Wednesday."
    assert stalled_in(together)
    assert stalled_in("You said Monday is fine for you.") == ()
    assert stalled_in("It is Wednesday.") == ()


def test_an_idiom_stands_whatever_is_around_it() -> None:
    assert [found.kind for found in stalled_in("The database node crashed, and since then crickets.")] == ["silence"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("We get no update, one e-mail a week.", None),
        ("No reply for a week.", 168.0),
        ("Nobody answered, each round costs us two days.", None),
        ("Nobody answered from Friday noon to Monday noon.", None),
    ],
)
def test_rates_and_costs_are_not_how_long_it_lasts(text: str, hours: float | None) -> None:
    assert {found.hours for found in stalled_in(text, now=WEDNESDAY)} == {hours}


@pytest.mark.parametrize(
    "text",
    ["I'll get back to you tomorrow.", "I was on holiday for two weeks.", "I'll call you back.", "We'll let you know."],
)
def test_what_the_writer_owes_is_no_complaint(text: str) -> None:
    assert stalled_in(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "We still have no answer.",
        "What is taking so long?",
        "We're running around in circles here and the audit starts on 2 December.",
        "The board meets on Thursday and we have heard nothing from you.",
    ],
)
def test_a_plain_complaint_is_read_whatever_else_the_text_tells(text: str) -> None:
    assert stalled_in(text) != ()
