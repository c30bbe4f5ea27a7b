"""What is known of the pieces of a text, and where its words stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.triage.reading.deadlines import parts
from snow_escalations.triage.reading.deadlines.grammar import Triggers
from snow_escalations.triage.reading.deadlines.parts import CALMS, RELAXES, Parts, parts_of, said_in
from snow_escalations.triage.reading.deadlines.patterns import Patterns
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary
from snow_escalations.triage.reading.words import fold
from tests.triage.reading.test_words import CHUNKS

VOCABULARY = load_vocabulary()
PIECES = Triggers.of(VOCABULARY).pieces
SENTENCES = st.sampled_from(
    [
        "We need it by Friday.", "Thanks!", "By Dec. 4, or so:", "(1234)", "no  rush at the 2nd.", "- until 5 pm",
        "Until Wed. Dec 2?", "The 27. November is near", "nothing here",
    ]
)  # fmt: skip


def _read(text: str) -> Parts:
    found = parts_of(text, PIECES)
    assert found is not None
    return found


@settings(max_examples=200)
@given(CHUNKS)
def test_a_piece_is_known_the_same_whichever_way_it_is_read(chunk: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parts, "bare_of", lambda _: "")
        other = PIECES._noted(chunk), PIECES._piece(chunk)
    assert (PIECES._noted(chunk), PIECES._piece(chunk)) == other


@settings(max_examples=100)
@given(st.lists(st.tuples(SENTENCES, st.sampled_from([" ", "  ", "\n", "\n\n"])), min_size=1, max_size=6))
def test_each_word_is_found_where_it_stands(said: list[tuple[str, str]]) -> None:
    text = "".join([*(part for sentence in said for part in sentence), "It is due on Friday."])
    found = _read(text)
    spots = [found.spot(index) for index, word in enumerate(found.texts) if word]
    assert [fold(text[slice(*spot)]) for spot in spots] == [word for word in found.texts if word]
    assert spots == sorted(spots)


def test_a_text_has_a_seldom_word_of_each_cue_that_nobody_waits() -> None:
    for cue in ("take your time", "not in a hurry", "it can wait", "that is fine", "feature request", "nothing needed"):
        relaxed = Patterns({"relaxed": [cue]})
        known = parts.Pieces(frozenset({"friday"}), frozenset(), relaxed)
        found = parts_of(f"Due on Friday. {cue.capitalize()}.", known)
        assert found is not None
        assert found.relaxes == RELAXES | CALMS, cue
        assert relaxed.are_in(said_in(f"Well, {cue}.", known))


def test_words_that_most_texts_have_do_not_tell_that_nobody_may_wait() -> None:
    found = _read("It is due on Friday, and this is all that we can do.")
    assert found.relaxes & RELAXES
    assert not found.relaxes & CALMS


def test_all_words_of_a_text_are_said_without_the_ends_of_sentences() -> None:
    assert said_in("No (1) rush.\nFriday: ok", PIECES) == ["no", "(", "1", ")", "rush", "friday", ":", "ok"]
