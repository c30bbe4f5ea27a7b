"""What the words of a text are worth is what its keys have in the tables, however many texts are heard together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.triage.reading import kinds, points
from snow_escalations.triage.reading.grammar import packaged, shipped_grammar
from snow_escalations.triage.reading.hearing import Ear
from snow_escalations.triage.reading.tokens import sentences

CLASSES = points.Classes({"negation": ["no", "not"], "answer": ["reply"]})
COMPLAINTS = "=\t-100\t-50\nreply\t30\t20\nno reply\t200\t100\n^ no\t50\t0\n>negation\t-5\t1\n!cue\t100\t100\n"
KINDS = """\
kind\tsafety\tcall
=\t-300\t-200
ward\t150\t-20
the ward\t30\t0
>care\t130\t-10
>negation\t7\t7
ring\t-500\t210
^ ring\t0\t5
"""
CLASSES_OF_KINDS = {"care": ["ward", "nurse"], "asking": ["ring"], "negation": ["none"]}


def _ear() -> Ear:
    return Ear(points.parsed(COMPLAINTS, CLASSES), kinds.parsed(KINDS, CLASSES_OF_KINDS))


def test_words_classes_and_neighbours_of_a_sentence_add_up_as_often_as_they_stand_there() -> None:
    heard = _ear().heard(sentences("No reply. A reply, no reply! Hello reply. And reply"))
    assert heard.sentences == [-100 + 30 + 200 + 50 - 5, -100 + 2 * 30 + 200 - 5, -100 + 30, -100 + 30]
    assert heard.whole == -50 + 5 * 20 + 2 * 100 + 2 * 1


def test_a_class_of_complaints_and_one_of_kinds_may_have_the_same_name() -> None:
    ear = _ear()
    assert ear.heard(sentences("Not none.")).sentences == [-100 - 5]
    assert ear.heard(sentences("None.")).sentences == [-100]


def test_a_sentence_is_of_the_kinds_that_its_points_reach_and_the_strongest_is_told() -> None:
    ear = _ear()
    heard = ear.heard(sentences("Nothing here. The ward is blind! Ring. A nurse of the ward waits."))
    assert [tuple(each) for each in heard.sounding] == [("safety", 3), ("call", 2)]
    assert [*ear.heard(sentences("The ward of the nurse.")).sounding] == [("safety", 0)]
    assert [*ear.heard(sentences("The nurse.")).sounding] == []


def test_texts_that_are_heard_together_are_worth_what_each_is_alone() -> None:
    texts = (
        "No reply. A reply!",
        "",
        "no",
        "...",
        "Ring. The ward of the nurse. Hello, no reply",
        "xyzzy",
        "The nurse.",
    )
    said, ear = [sentences(text) for text in texts], _ear()
    assert ear.heard_of_all(said) == [ear.heard(each) for each in said]
    assert ear.heard_of_all([]) == []


def test_a_text_without_words_is_worth_what_every_text_is() -> None:
    assert _ear().heard(sentences("...")) == ([], -50, (), 0)


def test_words_without_points_are_counted() -> None:
    ear = _ear()
    assert ear.heard(sentences("The reply of the xyzzy: plugh, plugh")).unknown == len(
        ["of", "xyzzy", "plugh", "plugh"]
    )
    assert (ear.knows("reply"), ear.knows("ward"), ear.knows("xyzzy")) == (True, True, False)


def test_what_is_heard_reaches_what_its_whole_or_any_sentence_is_worth() -> None:
    heard = _ear().heard(sentences("no reply. hello"))
    assert heard.reaches(max(heard.sentences) / 100)
    assert heard.reaches(heard.whole / 100)
    assert not heard.reaches(max(*heard.sentences, heard.whole) / 100 + 0.01)


@pytest.mark.parametrize(
    "text", ["Nobody has answered since Monday.", "Five engineers, 12 days, still nothing", "Thanks!", "no no reply no"]
)
def test_a_sentence_is_worth_what_its_keys_are_worth(text: str) -> None:
    grammar, said = shipped_grammar(), sentences(text)
    weights, bias = grammar.points.weights, grammar.points.bias
    keys = grammar.points.classes.keys(said[0].words)
    worth = [(weights[key], often) for key, often in keys.items() if key in weights]
    heard = grammar.ear.heard(said)
    assert heard.sentences == [bias.sentence + sum(each.sentence * n for each, n in worth)]
    assert heard.whole == bias.text + sum(each.text * n for each, n in worth)


_WORD = st.sampled_from(["the", "ward", "nurse", "ring", "production", "down", "lawyer", "call", "xyzzy", "patients"])


@given(st.lists(st.lists(_WORD, min_size=1, max_size=12), min_size=1, max_size=4))
def test_the_kinds_of_a_text_are_those_that_its_keys_reach(text: list[list[str]]) -> None:
    grammar, table = shipped_grammar(), _shipped_table()
    said = sentences(". ".join(" ".join(words) for words in text))
    best: dict[str, int] = {}
    for sentence in said:
        keys = kinds.keys_of(sentence.words, grammar.kinds.classes)
        found = [table["="], *(table[key] for key in keys if key in table)]
        for kind, worth in zip(grammar.kinds.kinds, map(sum, zip(*found, strict=True)), strict=True):
            best[kind] = max(worth, best.get(kind, worth))
    sounding = {each.kind for each in grammar.ear.heard(said).sounding}
    assert sounding == {kind for kind, worth in best.items() if worth >= 0}


def _shipped_table() -> dict[str, list[int]]:
    lines = [line.split("\t") for line in packaged("kinds.tsv").splitlines()[1:]]
    return {key: [*map(int, points)] for key, *points in lines}
