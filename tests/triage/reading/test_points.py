"""Points are told as they are written, and a text is scored by its strongest sentence and by all its words."""

import pytest

from snow_escalations.triage.reading.grammar import shipped_grammar
from snow_escalations.triage.reading.points import Classes, log_odds_of_any, parsed, stem, written
from snow_escalations.triage.reading.tokens import sentences

CLASSES = Classes({"negation": ["no", "not"], "answer": ["reply"]})
TABLE = (
    "=\t-100\t-50\nreply\t30\t20\nno reply\t200\t100\nreply _ reply\t40\t0\n^ no\t50\t0\n>negation\t-5\t1\n"
    "!cue\t100\t100\n"
)


@pytest.mark.parametrize(("word", "root"), [("waiting", "wait"), ("replies", "repl"), ("12th", "#"), ("is", "is")])
def test_words_that_differ_by_their_ending_count_as_one(word: str, root: str) -> None:
    assert stem(word) == root


def test_a_table_is_read_as_it_is_written() -> None:
    points = parsed(TABLE, CLASSES)
    lines = {f"{written(key)}\t{w.sentence}\t{w.text}" for key, w in points.weights.items()}
    assert lines == set(TABLE.splitlines()[1:])
    assert (points.bias.sentence, points.bias.text) == (-100, -50)


def test_words_classes_and_neighbours_of_a_sentence_add_up_as_often_as_they_stand_there() -> None:
    heard = parsed(TABLE, CLASSES).heard(sentences("No reply. A reply, no reply! Hello reply. And reply"))
    assert heard.sentences == [-100 + 30 + 200 + 50 - 5, -100 + 2 * 30 + 200 + 40 - 5, -100 + 30, -100 + 30]
    assert heard.whole == -50 + 5 * 20 + 2 * 100 + 2 * 1


def test_texts_together_are_worth_what_each_is_by_itself() -> None:
    points = parsed(TABLE, CLASSES)
    texts = [sentences(text) for text in ("No reply. A reply!", "", "no", "Hello. And reply, no reply")]
    assert points.heard_of_all(texts) == [points.heard(said) for said in texts]
    assert points.heard_of_all([]) == []


def test_a_word_of_several_classes_counts_as_of_the_first() -> None:
    classes = Classes({"negation": ["no"], "answer": ["no", "reply"]})
    assert classes.keys_of("no") == ("no", ">negation")
    assert classes.keys_of("other") == ("other",)


@pytest.mark.parametrize(
    "text", ["Nobody has answered since Monday.", "Five engineers, 12 days, still nothing", "Thanks!", "no no reply no"]
)
def test_a_sentence_is_worth_what_its_keys_are_worth(text: str) -> None:
    points = shipped_grammar().points
    keys = points.classes.keys(sentences(text)[0].words)
    worth = [(points.weights[key], often) for key, often in keys.items() if key in points.weights]
    heard = points.heard(sentences(text))
    assert heard.sentences == [points.bias.sentence + sum(each.sentence * n for each, n in worth)]
    assert heard.whole == points.bias.text + sum(each.text * n for each, n in worth)


def test_a_cue_is_worth_its_points_for_its_sentence_and_the_text() -> None:
    points = parsed(TABLE, CLASSES)
    heard = points.heard(sentences("no reply. hello"))
    without, score = points.score(heard, ()), points.score(heard, [{"cue"}, set()])
    assert score.sentences == pytest.approx((without.sentences[0] + 1, without.sentences[1]))
    assert score.text > without.text


def test_what_is_heard_reaches_what_its_whole_or_any_sentence_is_worth() -> None:
    heard = parsed(TABLE, CLASSES).heard(sentences("no reply. hello"))
    assert heard.reaches(max(heard.sentences) / 100)
    assert heard.reaches(heard.whole / 100)
    assert not heard.reaches(max(*heard.sentences, heard.whole) / 100 + 0.01)


def test_a_text_without_words_is_worth_what_every_text_is() -> None:
    assert parsed(TABLE, CLASSES).heard(sentences("...")) == ([], -50, 0)


def test_one_strong_sentence_is_enough_and_weak_ones_add_little() -> None:
    assert log_odds_of_any([3.0, -6.0]) == pytest.approx(3.0, abs=0.1)
    assert log_odds_of_any([]) < -10
