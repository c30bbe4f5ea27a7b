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
        ("six days, 3 production stops, 0 answers", "silence", 144.0),
        ("Stalled. Please escalate.", "movement", None),
        ("Ticket stuck", "movement", None),
        ("The discussion goes back and forth without end.", "circles", None),
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
        "No reply-to header in outgoing mails.",
        "The phone app answers calls without anyone pressing a button.",
        "Import stalled. Please advise.",
        "Stuck at step 4 of the wizard.",
        "The head moves back and forth over the sheet.",
        "My first contact with your support and I'm positively surprised.",
        "I'm the new Head of Digital, and I'd like to understand where we stand with the open defects.",
        "Could one of your architects talk to me directly?",
        "I raised it an hour ago, and I'm aware that you need some time. Just adding the thread dump.",
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


@pytest.mark.parametrize(
    "text",
    [
        "Our CDO was very patient. But the case is at a standstill, and he is about to stop the rollout.",
        "There's been no visible effort to reproduce the fault, though with our VM it takes 30 seconds.",
        "Whether it's a bug or not goes back and forth between your teams. Our shops are closed and we type by hand.",
    ],
)
def test_a_cue_that_is_enough_is_not_drowned_by_what_else_is_told(text: str) -> None:
    assert stalled_in(text) != ()


def test_what_is_said_alone_counts_only_as_the_first_sentence_of_a_text() -> None:
    assert stalled_in("Stuck. Please escalate.") != ()
    assert stalled_in("The wizard shows page 4 of 6. Stuck. Reboot did not help.") == ()


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Two weeks ago I was told that they look into it. Since then I have heard nothing.", 336.0),
        ("We sent the dump you wanted 10 days ago. No feedback since.", 240.0),
        ("Nine days back a call was promised by your engineer. Ever since nobody has called.", 216.0),
        ("The fault was confirmed a month ago and since then the ticket gathers dust.", 720.0),
        ("Reproduced by you six weeks ago, and ever since nobody has written to us.", 1008.0),
        (
            "It's been five days since anyone at your end looked at this. My users think that I am the one who sleeps.",
            120.0,
        ),
        ("Two years ago we bought the system. There has been no reply for 3 days.", 72.0),
        ("The error appeared on the first node a month ago. Nobody answers our mails.", None),
    ],
)
def test_a_complaint_claims_the_time_that_any_of_its_sentences_tells(text: str, hours: float | None) -> None:
    claimed = [found.hours for found in stalled_in(text) if found.hours is not None]
    assert max(claimed, default=None) == hours


def test_the_sentence_that_sounds_most_like_a_complaint_is_quoted() -> None:
    text = "It's been five days since anyone at your end looked at this. My users think that I am the one who sleeps."
    assert stalled_in(text)[0].quote.text == "It's been five days since anyone at your end looked at this"
