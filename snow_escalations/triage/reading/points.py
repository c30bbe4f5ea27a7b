"""How much each sentence of a text sounds like a complaint about the handling of a case, by weighed words.

Cues tell what is a complaint by itself. Most complaints are none word by word: "since March, three engineers". So the
words of a sentence, their classes, and two words side by side have points (`data/points.tsv`), found by logistic
regression over the labelled texts, and the groups of cues have points of their own. A text is scored
twice: by its strongest sentences, and by all that it says; the mean of both decides.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise
from typing import NamedTuple

from snow_escalations.triage.reading.cues import is_number

SUFFIXES = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
LEAST_STEM = 4
BOUND = 30.0
_LEAST_ODDS = 1e-9
BEGIN = "^"
"""Stands before the first word of a sentence."""
HUNDREDTHS = 100
"""Points are whole hundredths of log odds, so that the order of adding makes no difference."""

Key = str
"""A stem, two neighbours with a blank between, a class (`>vendor`), or a group of cues (`!silence`)."""


class Weight(NamedTuple):
    """What a key is worth for its sentence, and for the whole text, in hundredths of log odds."""

    sentence: int
    text: int


class Score(NamedTuple):
    """Log odds: of the text, and of each of its sentences."""

    text: float
    sentences: tuple[float, ...]


def stem(word: str) -> str:
    """A folded word without its ending, `#` for a number: what counts as the same word."""
    if is_number(word):
        return "#"
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_STEM:
            return word[: -len(suffix)]
    return word


class Classes:
    """The classes of words; a word that is listed in several is of the first."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self._of: dict[str, str] = {}
        for name, words in classes.items():
            for word in words:
                self._of.setdefault(word, f">{name}")

    def keys_of(self, word: str) -> tuple[str, ...]:
        """The keys of a folded word: its stem, and its class if it has one."""
        return (stem(word), self._of[word]) if word in self._of else (stem(word),)

    def keys(self, words: Sequence[str]) -> Counter[Key]:
        """All that has points in a sentence, and how often it stands there."""
        keys: Counter[Key] = Counter(chain.from_iterable(map(self.keys_of, words)))
        stems = [BEGIN, *map(stem, words)]
        keys.update([f"{first} {second}" for first, second in pairwise(stems)])
        return keys


class Points:
    """The points of all keys, and the score of a text by them."""

    def __init__(self, classes: Classes, weights: Mapping[Key, Weight], bias: Weight) -> None:
        self.classes, self.weights, self.bias = classes, weights, bias
        self._cues = {key[1:]: weight for key, weight in weights.items() if key[0] == "!"}

    def score(self, sentences: Sequence[int], whole: int, cues: Mapping[int, AbstractSet[str]]) -> Score:
        """The score of a text.

        Args:
            sentences: what the words of each sentence are worth.
            whole: what those of the text are worth.
            cues: the groups of cues that stand in a sentence, by its number.
        """
        worth, points = self._cues, [*sentences]
        for number, groups in cues.items():
            for group in worth.keys() & groups:
                points[number] += worth[group].sentence
                whole += worth[group].text
        odds = [each / HUNDREDTHS for each in points]
        return Score((log_odds_of_any(odds) + whole / HUNDREDTHS) / 2, tuple(odds))


def chance(odds: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + math.exp(-max(-BOUND, min(BOUND, odds))))


def log_odds_of_any(odds: Iterable[float]) -> float:
    """The log odds that at least one holds, each being independent of the others."""
    none = 1.0
    for each in odds:
        none *= 1 + math.exp(max(-BOUND, min(BOUND, each)))
    return math.log(min(max(none - 1, _LEAST_ODDS), 1 / _LEAST_ODDS))


def parsed(text: str, classes: Classes) -> Points:
    """The points of a table of lines: key, points for the sentence, points for the text, with tabs between.

    `=` is the bias.
    """
    weights: dict[Key, Weight] = {}
    bias = Weight(0, 0)
    for line in text.splitlines():
        key, sentence, whole = line.split("\t")
        weight = Weight(int(sentence), int(whole))
        if key == "=":
            bias = weight
        else:
            weights[key] = weight
    return Points(classes, weights, bias)
