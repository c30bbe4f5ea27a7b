"""The labelled texts: how right the reading must stay on the half that was tuned on and on the half that was not."""

import pytest

from benchmarks import weigh
from benchmarks.signals import PRECISION, RECALL, score, texts


@pytest.mark.parametrize(
    ("what", "half", "recall"),
    [
        ("executives", "seen", RECALL),
        ("executives", "unseen", RECALL),
        ("stalled", "seen", RECALL),
        ("stalled", "unseen", RECALL),
    ],
)
def test_executives_and_silence_are_read_as_right_as_promised(what: str, half: str, recall: float) -> None:
    found = score(half, what)
    assert found.precision >= PRECISION, found.faults
    assert found.recall >= recall, found.faults


def test_the_labelled_texts_are_enough_and_none_that_is_unseen_takes_part_in_the_weights() -> None:
    seen, unseen = texts("seen"), texts("unseen")
    assert len(seen) >= 150
    assert len(unseen) >= 150
    assert {text for text, _ in weigh.seen()}.isdisjoint(item["text"] for item in unseen)
    silent = [item for item in seen + unseen if item.keys() == {"id", "half", "text"}]
    assert len(silent) >= 20
