"""The labelled comments: how right the check must stay, over all and point by point, and that the labels are enough."""

from collections import Counter

import pytest

from benchmarks.reply_check import HALVES, OTHERS, RIGHT, Comment, half, load, score
from snow_escalations.triage.replies.check import LANGUAGES, POINTS
from snow_escalations.triage.replies.check.language import language_of
from snow_escalations.triage.replies.check.text import Reply

SETS = {name: half(load(), name) for name in HALVES} | {name: load(path) for name, path in OTHERS.items()}


@pytest.mark.parametrize("name", SETS)
def test_the_verdict_over_a_comment_is_as_right_as_promised(name: str) -> None:
    found = score(SETS[name])
    assert found.verdicts >= RIGHT, found.faults


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("point", POINTS)
def test_each_point_is_as_right_as_promised(name: str, point: str) -> None:
    found = score(SETS[name])
    assert found.accuracy(point) >= RIGHT, found.faults


def test_the_labels_are_enough() -> None:
    """In every shipped language and two others; each point fails somewhere, and half as many comments are full."""
    comments = load()
    assert len(comments) >= 100
    assert sum(len(load(path)) for path in OTHERS.values()) >= 70
    languages = Counter(language_of(Reply(item.text, "ESC0010023", "")) for item in comments)
    assert all(languages[language] >= 10 for language in LANGUAGES), languages
    assert sum(item.unknown for item in comments) >= 4
    assert {point for item in comments for point in item.fails} == set(POINTS)
    assert sum(not item.fails for item in comments) >= len(comments) // 4
    assert {name for item in comments for name in item.fails} <= set(POINTS)


def unknown_ones() -> list[Comment]:
    return [item for item in load() if item.unknown]


@pytest.mark.parametrize("comment", unknown_ones(), ids=lambda item: str(item.id))
def test_comments_in_other_languages_are_taken_for_none_of_ours(comment: Comment) -> None:
    assert language_of(Reply(comment.text, "ESC0010023", "")) not in LANGUAGES
