"""What the words of a sentence sound like: an effect of the trouble (`safety`), or something asked for (`call`).

Cues tell what is told in plain words. Most is not: "the ward cannot see allergies", "lorries queue at the gate". So the
words of a sentence, two side by side, and the classes of words (`data/kind_classes.yaml`) have points for each kind
(`data/kinds.tsv`), found by logistic regression over labelled texts. A sentence is of each kind for which they reach
zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from snow_escalations.triage.reading.points import BEGIN, stem

CLASS, BIAS = ">", "="

Key = str
"""A stem, two stems with a blank between, or `>class`."""


class Sounding(NamedTuple):
    """A kind that a sentence, told by its number, sounds like."""

    kind: str
    sentence: int


def keys_of(words: Sequence[str], classes: Mapping[str, Sequence[str]]) -> list[Key]:
    """All that has points in a sentence, as often as it stands there, `classes` having those of words."""
    stems = [BEGIN, *map(stem, words)]
    pairs = [f"{first} {second}" for first, second in pairwise(stems)]
    return [*stems[1:], *pairs, *(CLASS + name for word in words for name in classes.get(word, ()))]


class KindPoints:
    """The points of all keys for each kind.

    Args:
        kinds: their names, in the order of the points.
        points: by key, in hundredths of log odds; "=" is what each sentence has without any.
        classes: words by class; a word may be of several.
    """

    def __init__(
        self, kinds: Sequence[str], points: Mapping[Key, Sequence[int]], classes: Mapping[str, Iterable[str]]
    ) -> None:
        self.kinds, self.bias = tuple(kinds), points[BIAS]
        self.points = {key: each for key, each in points.items() if key != BIAS}
        self.classes: dict[str, list[str]] = {}
        for name, words in classes.items():
            for word in words:
                self.classes.setdefault(word, []).append(name)


def parsed(text: str, classes: Mapping[str, Iterable[str]]) -> KindPoints:
    """The points of a table of lines: the names of the kinds, then a key with its points, with tabs between."""
    head, *lines = text.splitlines()
    points = {key: [*map(int, each)] for key, *each in (line.split("\t") for line in lines)}
    return KindPoints(head.split("\t")[1:], points, classes)
