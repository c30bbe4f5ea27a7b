"""Texts as customers write them: what was right once stays right."""

import pytest

from benchmarks.natural import deadlines, score
from benchmarks.signals import natural


def test_their_deadlines_are_right_and_none_is_found_where_there_is_none() -> None:
    measured = deadlines()
    assert measured.right_percent >= 98
    assert measured.false_percent <= 1


@pytest.mark.parametrize(
    ("what", "precision", "recall"),
    [("executives", 0.98, 0.98), ("stalled", 0.98, 0.98), ("impact", 0.93, 0.95), ("asks", 0.88, 0.92)],
)
def test_what_they_say_is_read(what: str, precision: float, recall: float) -> None:
    found = score(what)
    assert found.precision >= precision, found.faults
    assert found.recall >= recall, found.faults


def test_each_text_is_labelled_for_something_and_stands_there_once() -> None:
    texts = [item["text"] for item in natural()]
    assert len(set(texts)) == len(texts) >= 600
    assert all(item.keys() & {"deadline", "executives", "stalled", "impact", "asks"} for item in natural())
