"""The patterns of the reply check: what they match, what they refuse, and that they take linear time on any text."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.errors import ConfigurationError
from snow_escalations.model import Outcome
from snow_escalations.triage.replies.check import LANGUAGES, CheckContext, Profile, check_reply
from snow_escalations.triage.replies.check.cues import SpacedCues, UnspacedCues
from snow_escalations.triage.replies.check.text import LONGEST_CHARACTERS, LONGEST_WORDS, Reply
from snow_escalations.triage.replies.check.vocabulary import vocabulary

SETS = {"we": ["we", "our_team"]}


@pytest.mark.parametrize(
    ("pattern", "sentence", "matches"),
    [
        ("will call", "we will call ", True),
        ("will call", "we will not call ", False),
        ("will ... call", "we will certainly and gladly call ", True),
        ("will ...1 call", "we will certainly and gladly call ", False),
        ("@we will", "our team will ", True),
        ("approv*", "it is approved ", True),
        ("*rons", "nous enverrons ", True),
        ("not? yet", "yet ", False),
        ("no not? yet", "no yet ", True),
        ("after @number days|hours", "after 24 hours ", True),
        ("@number days", "in 3 days ", True),
        ("has|have_been closed", "they have been closed ", True),
    ],
)
def test_a_pattern_of_words(pattern: str, sentence: str, matches: bool) -> None:
    if pattern.startswith("not?"):
        with pytest.raises(ConfigurationError, match="begins with what may be missing"):
            SpacedCues({"g": [pattern]}, SETS)
        return
    assert bool(SpacedCues({"g": [pattern]}, SETS).hits([sentence])) is matches


def test_a_pattern_of_pieces() -> None:
    cues = UnspacedCues({"g": ["承認 ...4 できません|しない"], "empty": []}, {})
    assert set(cues.hits(["承認はできません", "承認します"])) == {"g"}
    assert [hit.sentence for hit in cues.hits(["x", "承認しない"])["g"]] == [1]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "0 parts"),
        ("a ... b ... c ... d ... e", "gaps"),
        ("a ...99 b", "gap"),
        ("a ...x b", "gap"),
        ("@them go", "no set `@them`"),
        ("a.b", "is not a word"),
        ("... a", "begins with what may be missing"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told(pattern: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why):
        SpacedCues({"g": [pattern]}, SETS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_each_language_compile(language: str) -> None:
    assert vocabulary(language).language == language


@given(st.sampled_from(["we ", "a", "承", "not approved because the ", "a. ", "x\n"]))
def test_no_sentence_is_longer_than_is_compared(piece: str) -> None:
    reply = Reply(piece * 3000, "ESC0010023", "")
    assert max(sentence.count(" ") for sentence in reply.sentences) <= LONGEST_WORDS
    assert max(map(len, reply.unspaced)) <= LONGEST_CHARACTERS


PIECES = [
    "we ",
    "not ",
    "approved ",
    "escalation ",
    "because ",
    "will ",
    ". ",
    "\n",
    "a.",
    "10.",
    "[",
    "\\\\a",
    "承認",
    "ため",
    "0",
    "a-",
]


def steps(text: str, *, every_one: bool = False) -> int:
    """The calls and lines (or every single step) of the package that a check takes: a measure of time without a clock.

    Args:
        text: what is checked.
        every_one: whether the steps within a line are counted too, as those of a comprehension.
    """
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if "snow_escalations" not in frame.f_code.co_filename:
            return None
        count += 1
        frame.f_trace_opcodes = every_one
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        check_reply(text, CheckContext(profile=Profile.PERSON, outcome=Outcome.REJECT, escalation_number="ESC0010023"))
    finally:
        sys.settrace(before)
    return count


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
def test_four_times_the_text_takes_about_four_times_the_steps(piece: str) -> None:
    """Up to 20,000 characters."""
    short, long = (piece * (length // len(piece)) for length in (5_000, 20_000))
    check_reply(short, CheckContext(profile=Profile.PERSON, outcome=Outcome.REJECT))
    assert steps(long) <= 5.5 * steps(short) + 2_000


@pytest.mark.parametrize(
    "piece",
    [
        "Reply here. Nobody will answer. ",
        "Reply here, nobody will answer, ",
        "reply here but it will be ignored and ",
        "Call us on 0800 {:06d}, nobody will answer. ",
        "Do not call +44 20 7946 {:04d}. ",
        "We do it because: so. Therefore so. ",
        "お電話ください。応答はいたしません。",
        "03-5555-{:04d}へのお電話はおやめください。",
    ],
)
def test_offers_that_do_not_stand_take_no_more_steps_the_more_of_them_there_are(piece: str) -> None:
    short, long = ("".join(map(piece.format, range(count))) for count in (60, 240))
    steps(short)
    assert steps(long, every_one=True) <= 5 * steps(short, every_one=True)
