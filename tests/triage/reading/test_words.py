"""A word with nothing but signs around it is read a short way, to the same words as any other text."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from snow_escalations.triage.reading.words import Kind, Word, _words_of, bare_of, words_of

SIGNS = "(),:[]\".?!;'-/&<>@_"
_signs = st.text(SIGNS, max_size=3)
_word = st.sampled_from(["Friday", "a", "P", "M", "12", "1234", "20261201", "CS0012345", "3rd", "5pm", "T", "é", "ß"])
CHUNKS = st.builds("".join, st.tuples(_signs, _word, _signs, st.just("") | _word, _signs))


@settings(max_examples=200)
@given(CHUNKS)
@example("(1234).")
@example("a.m.")
def test_a_short_way_gives_the_same_words(chunk: str) -> None:
    assert words_of(chunk) == _words_of(chunk)


def test_a_word_is_bare_that_has_plain_letters_and_digits_between_signs() -> None:
    assert [bare_of(chunk) for chunk in ("(1234)", "Friday?!", "don't", "T-6", "()", "", "für")] == [
        "1234", "Friday", "", "", "", "", "",
    ]  # fmt: skip


def test_signs_around_a_word_stand_at_their_offsets() -> None:
    assert words_of("(Friday.") == [
        Word("(", Kind.MARK, 0, 1),
        Word("friday", Kind.WORD, 1, 7),
        Word(".", Kind.BREAK, 7, 8),
    ]
