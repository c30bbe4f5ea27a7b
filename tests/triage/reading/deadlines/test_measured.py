"""Deadlines are right in texts of customers: on those tuned on, and on those that came after."""

import pytest

from benchmarks.deadlines import LEAST_RIGHT, MOST_FALSE, OWN, measure, shared


@pytest.mark.parametrize("split", ["seen", "unseen"])
def test_deadlines_of_texts_that_were_seen_or_not_are_right(split: str) -> None:
    figures = measure(OWN, split)
    assert figures.imposing + figures.silent >= 75
    assert figures.right_percent >= LEAST_RIGHT
    assert figures.false_percent <= MOST_FALSE


@pytest.mark.skipif(shared() is None, reason="SHARED_DIR holds no labelled texts")
def test_deadlines_of_the_shared_texts_are_right() -> None:
    path = shared()
    assert path is not None
    figures = measure(path)
    assert figures.right_percent >= LEAST_RIGHT
    assert figures.false_percent <= MOST_FALSE
