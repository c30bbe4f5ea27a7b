"""Words are told with the punctuation before them and where they stand, however a text is written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.triage.reading.speech import begins_spoken, has_signs, spoken
from snow_escalations.triage.reading.tokens import sentences

PIECES = (
    "Hello", "we", "(1234)", "don't", "cannot", "-", "on-call", "and/or", "reply.", "Mr.", "soon,", "", "\n", "at",
    "12:30", '"no', 'way"', "<b>", "INFO", "WARN:", "by:", "Caused", "wrote:", "From:", "[x]", "&amp;", "`x`", "\r",
    "Error:", "C:\\x", "e\u0301t",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "spots"),
    [
        ("We wait", ["We", "wait"]),
        ("(1234), please!", ["1234", "please"]),
        ("  We   wait - (still)", ["We", "wait", "still"]),
        ("Don't  stop", ["Don't", "Don't", "stop"]),
        ("an on-call engineer/team", ["an", "on", "call", "engineer", "team"]),
        ('He said "nothing at all" today', ["He", "said", "today"]),
        ("Three e\u0301te\u0301s passed.Nothing", ["Three", "e\u0301te\u0301s", "passed", "Nothing"]),
    ],
)
def test_a_word_stands_where_its_token_is_written(text: str, spots: list[str]) -> None:
    said = sentences(text)
    assert [text[slice(*each.span(at, at + 1))] for each in said for at in range(len(each.words))] == spots


@pytest.mark.parametrize(("text", "word"), [("1.5 hours", "1.5"), ("2.5k users", "2.5k"), ("U.S. users", "us")])
def test_a_number_keeps_its_point_and_initials_do_not(text: str, word: str) -> None:
    assert sentences(text).words[0] == word


def test_how_many_blanks_stand_between_words_makes_no_difference() -> None:
    text = "Hello (all). It stopped ,\n - and Mr. X said: no! Why"
    plain, wide = sentences(text), sentences(f"  {text.replace(' ', '   ')} ")
    assert wide.words == plain.words
    assert wide.begins == plain.begins
    assert wide.gaps == plain.gaps


def test_what_stands_before_a_word_is_told_without_blanks() -> None:
    (said,) = sentences("Call , (the) on-call - team")
    assert [said.mark(place) for place in range(-1, 6)] == ["", "", ",(", ")", "-", "-", ""]
    assert [said.words[place] for place in range(len(said.words)) if said.tied(place)] == ["call"]


def test_a_sentence_ends_after_a_time_and_not_after_an_initial() -> None:
    assert len(sentences("Nobody has reacted since yesterday 11:00. On Tuesday the tanks are full.")) == 2
    assert len(sentences("Our J. Smith waits.")) == 1


def test_a_word_is_the_same_object_wherever_it_stands() -> None:
    first, second, third = sentences("Waiting, waiting (WAITING)").words
    assert first is second is third


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join))
def test_what_is_not_spoken_has_signs(text: str) -> None:
    """A text whose parts have no signs need not be searched for what the customer does not say."""
    if begins_spoken(text) and not any(map(has_signs, text.split(" "))):
        assert spoken(text) == text
