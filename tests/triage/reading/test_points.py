"""Points are told as they are written, and a text is scored by its strongest sentence and by all its words."""

import pytest

from snow_escalations.triage.reading.grammar import shipped_grammar
from snow_escalations.triage.reading.points import Classes, log_odds_of_any, parsed, stem, written
from snow_escalations.triage.reading.tokens import sentences

CLASSES = Classes({"negation": ["no", "not"], "answer": ["reply"]})
TABLE = "=\t-100\t-50\nreply\t30\t20\nno reply\t200\t100\nnegation>answer\t50\t0\nnegation>\t5\t0\n!cue\t100\t100\n"


@pytest.mark.parametrize(("word", "root"), [("waiting", "wait"), ("replies", "repl"), ("12th", "#"), ("is", "is")])
def test_words_that_differ_by_their_ending_count_as_one(word: str, root: str) -> None:
    assert stem(word) == root


def test_a_table_is_read_as_it_is_written() -> None:
    points = parsed(TABLE, CLASSES)
    lines = {
        f"{written(key, CLASSES.names)}\t{w.sentence * 100:.0f}\t{w.text * 100:.0f}"
        for key, w in points.weights.items()
    }
    assert lines == set(TABLE.splitlines()[1:])
    assert (points.bias.sentence, points.bias.text) == (-1.0, -0.5)


def test_words_neighbours_and_classes_of_a_sentence_add_up() -> None:
    heard = parsed(TABLE, CLASSES).heard([("no", "reply"), ("no", "other", "reply"), ("reply", "no")])
    assert heard.sentences == pytest.approx([-1 + 0.3 + 2 + 0.5 + 0.05, -1 + 0.3 + 0.5 + 0.05, -1 + 0.3 + 0.05])
    assert heard.whole == pytest.approx(-0.5 + 0.2 + 1.0)


@pytest.mark.parametrize(
    "text", ["Nobody has answered since Monday.", "Five engineers, 12 days, still nothing", "Thanks!", "no no reply no"]
)
def test_a_sentence_is_worth_what_its_keys_are_worth(text: str) -> None:
    points = shipped_grammar().points
    words = sentences(text)[0].words
    worth = [points.weights[key] for key in points.classes.keys(words) if key in points.weights]
    heard = points.heard([words])
    assert heard.sentences == pytest.approx([points.bias.sentence + sum(weight.sentence for weight in worth)])
    assert heard.whole == pytest.approx(points.bias.text + sum(weight.text for weight in worth))


def test_no_text_scores_more_with_its_cues_than_is_reachable() -> None:
    points = parsed(TABLE, CLASSES)
    heard = points.heard([("no", "reply"), ("hello",)])
    score = points.score(heard, [{"cue"}, set()])
    assert score.sentences[0] == pytest.approx(heard.sentences[0] + 1)
    assert points.score(heard, [set(), set()]).text < score.text <= points.reachable(heard)


def test_one_strong_sentence_is_enough_and_weak_ones_add_little() -> None:
    assert log_odds_of_any([3.0, -6.0]) == pytest.approx(3.0, abs=0.1)
    assert log_odds_of_any([]) < -10
