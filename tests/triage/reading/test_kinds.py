"""Effects of the trouble and what is asked for are read in words that no cue has; what is denied is not."""

import pytest

from benchmarks.kinds import ASIDE, ASKS, EFFECTS, labelled, learned_from, score, score_of_counts
from snow_escalations.triage.reading.signals import signals_of


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
