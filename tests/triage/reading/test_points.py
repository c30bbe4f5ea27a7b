"""Points are told as they are written, and a text is scored by its strongest sentence and by all that it says."""

import pytest

from snow_escalations.triage.reading.points import Classes, log_odds_of_any, parsed, stem

CLASSES = Classes({"negation": ["no", "not"], "answer": ["reply"]})
TABLE = "=\t-100\t-50\nreply\t30\t20\nno reply\t200\t100\n^ no\t50\t0\n>negation\t-5\t1\n!cue\t100\t100\n"


@pytest.mark.parametrize(("word", "root"), [("waiting", "wait"), ("replies", "repl"), ("12th", "#"), ("is", "is")])
def test_words_that_differ_by_their_ending_count_as_one(word: str, root: str) -> None:
    assert stem(word) == root


def test_a_table_is_read_as_it_is_written() -> None:
    points = parsed(TABLE, CLASSES)
    lines = {f"{key}\t{w.sentence}\t{w.text}" for key, w in points.weights.items()}
    assert lines == set(TABLE.splitlines()[1:])
    assert (points.bias.sentence, points.bias.text) == (-100, -50)


def test_a_word_of_several_classes_counts_as_of_the_first() -> None:
    classes = Classes({"negation": ["no"], "answer": ["no", "reply"]})
    assert classes.keys_of("no") == ("no", ">negation")
    assert classes.keys_of("other") == ("other",)


def test_a_cue_is_worth_its_points_for_its_sentence_and_the_text() -> None:
    points = parsed(TABLE, CLASSES)
    without, score = points.score([120, -100], 30, {}), points.score([120, -100], 30, {1: {"cue", "other"}})
    assert without.sentences == (1.2, -1.0)
    assert score.sentences == (1.2, 0.0)
    assert score.text > without.text


def test_one_strong_sentence_is_enough_and_weak_ones_add_little() -> None:
    assert log_odds_of_any([3.0, -6.0]) == pytest.approx(3.0, abs=0.1)
    assert log_odds_of_any([]) < -10
