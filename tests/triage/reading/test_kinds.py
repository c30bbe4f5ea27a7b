"""Effects of the trouble and what is asked for are read in words that no cue has; what is denied is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.kinds import ASIDE, ASKS, EFFECTS, labelled, learned_from, score, score_of_counts
from snow_escalations.triage.reading.grammar import packaged, shipped_grammar
from snow_escalations.triage.reading.kinds import KindPoints, keys_of, parsed
from snow_escalations.triage.reading.signals import signals_of
from snow_escalations.triage.reading.tokens import sentences

TABLE = """\
kind	safety	call
=	-300	-200
ward	150	-20
the ward	30	0
>care	130	-10
ring	-500	210
^ ring	0	5
"""
CLASSES = {"care": ["ward", "nurse"], "asking": ["ring"]}


def _points() -> KindPoints:
    return parsed(TABLE, CLASSES)


@pytest.mark.parametrize(
    ("what", "kinds", "precision", "recall"), [("impact", EFFECTS, 0.82, 0.7), ("asks", ASKS, 0.95, 0.82)]
)
def test_texts_of_a_hand_that_knew_nothing_of_the_points_are_read(
    what: str, kinds: tuple[str, ...], precision: float, recall: float
) -> None:
    found = score(labelled("unseen"), what, kinds)
    assert found.precision >= precision, found.faults
    assert found.recall >= recall, found.faults


@pytest.mark.parametrize(
    ("half", "what", "precision", "recall"),
    [
        ("unseen", "users", 0.9, 0.65),
        ("unseen", "sites", 0.95, 0.5),
        ("unseen", "workaround", 0.95, 0.45),
        (ASIDE, "users", 0.95, 0.75),
        (ASIDE, "sites", 0.95, 0.9),
        (ASIDE, "workaround", 0.95, 0.85),
    ],
)
def test_how_many_are_affected_and_whether_a_workaround_is_known_is_read(
    half: str, what: str, precision: float, recall: float
) -> None:
    found = score_of_counts(half, what)
    assert found.precision >= precision, found.faults
    assert found.recall >= recall, found.faults


def test_texts_kept_aside_take_no_part_in_the_points() -> None:
    assert len(labelled(ASIDE)) >= 60
    assert {text for text, _ in learned_from()}.isdisjoint(item["text"] for item in labelled(ASIDE))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The nurses cannot see which patients are allergic to penicillin.", "safety"),
        ("The sprinkler panel on the third floor is blind since the update.", "safety"),
        ("BaFin expects our report and the module does not write it.", "legal"),
        ("Lorries queue at the gate and nothing leaves the yard.", "production_down"),
        ("Shoppers abandon their baskets because the checkout rejects every card.", "revenue"),
    ],
)
def test_effects_are_read_that_nobody_calls_by_name(text: str, kind: str) -> None:
    (effect,) = [each for each in signals_of(text).impact.effects if each.kind == kind]
    assert text[effect.quote.start : effect.quote.end] == effect.quote.text != ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could somebody give me a ring this afternoon?", "call"),
        ("I would like to speak to whoever is in charge of your department.", "manager"),
        ("Where do we stand with this?", "status"),
        ("Ship us the hotfix, please.", "patch"),
    ],
)
def test_what_is_asked_for_is_read_in_other_words(text: str, kind: str) -> None:
    assert kind in {ask.kind for ask in signals_of(text).asks}


@pytest.mark.parametrize(
    "text",
    [
        "Production is not down.",
        "No patients are affected, it is only the training ward.",
        "How do I export the audit log to CSV?",
        "The sandbox is down, nothing urgent.",
    ],
)
def test_what_is_denied_or_harmless_is_no_effect(text: str) -> None:
    assert signals_of(text).impact.effects == ()


def test_a_sentence_is_of_the_kinds_that_its_points_reach_and_the_strongest_is_told() -> None:
    said = sentences("Nothing here. The ward is blind! Ring. A nurse of the ward waits.")
    assert [tuple(each) for each in _points().sounding(said)] == [("safety", 3), ("call", 2)]
    assert _points().sounding(sentences("The ward of the nurse.")) == [("safety", 0)]
    assert _points().sounding(sentences("The nurse.")) == []


def test_texts_that_are_read_together_sound_as_each_alone() -> None:
    texts = [sentences(text) for text in ("", "Ring.", "The ward of the nurse. Ring!", "...", "Nothing. A nurse.")]
    assert _points().sounding_of_all(texts) == [_points().sounding(said) for said in texts]
    assert _points().sounding_of_all([sentences("")]) == [[]]


_WORD = st.sampled_from(["the", "ward", "nurse", "ring", "production", "down", "lawyer", "call", "xyzzy", "patients"])


@given(st.lists(st.lists(_WORD, min_size=1, max_size=12), min_size=1, max_size=4))
def test_the_points_of_a_text_are_those_of_its_keys(text: list[list[str]]) -> None:
    points, table = shipped_grammar().kinds, _shipped_table()
    said = sentences(". ".join(" ".join(words) for words in text))
    best: dict[str, int] = {}
    for sentence in said:
        found = [table["="], *(table[key] for key in keys_of(sentence.words, points.classes) if key in table)]
        for kind, worth in zip(points.kinds, map(sum, zip(*found, strict=True)), strict=True):
            best[kind] = max(worth, best.get(kind, worth))
    assert {each.kind for each in points.sounding(said)} == {kind for kind, worth in best.items() if worth >= 0}


def _shipped_table() -> dict[str, list[int]]:
    lines = [line.split("\t") for line in packaged("kinds.tsv").splitlines()[1:]]
    return {key: [*map(int, points)] for key, *points in lines}
