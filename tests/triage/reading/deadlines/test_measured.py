"""Deadlines are right in texts of customers: on those tuned on, and on those that came after."""

import pytest

from benchmarks.deadlines import LEAST_RIGHT, MOST_FALSE, OWN, measure, shared


@pytest.mark.parametrize(("split", "every"), [("seen", 7), ("unseen", 1)])
def test_deadlines_of_texts_that_were_seen_or_not_are_right(split: str, every: int) -> None:
    figures = measure(OWN, split, every=every)
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
