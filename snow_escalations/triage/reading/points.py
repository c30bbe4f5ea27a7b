"""How much each sentence of a text sounds like a complaint about the handling of a case, by weighed words.

Cues tell what is a complaint by itself. Most complaints are none word by word: "opened in March, three engineers so far".
So the words of a sentence, the words next to each other and the classes of words that follow each other have points
(`data/points.tsv`), found by logistic regression over the labelled texts, and the groups of cues have points of their
own. A text is scored twice: by its strongest sentences, and by all that it says; the mean of both decides.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from snow_escalations.triage.reading.cues import is_number

SPREAD = 5
"""How many words apart two classes are still read together."""
SHIFT = 6
"""Bits for one class in the key of a pair of classes; there can be up to 63 classes."""
SUFFIXES = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
LEAST_STEM = 4
BOUND = 30.0

Key = str | tuple[str, str] | int
"""A word, two neighbours, a class or two classes in their order, or a group of cues (`!silence`)."""


class Weight(NamedTuple):
    """What a key is worth for its sentence, and for the whole text."""

    sentence: float
    text: float


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
    """The classes of words, each with a number from 1 on."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self.names = ("", *classes)
        self._of: dict[str, list[int]] = {}
        for number, words in enumerate(classes.values(), 1):
            for word in words:
                self._of.setdefault(word, []).append(number)
        self.shape = lru_cache(maxsize=16384)(self._shape)

    def _shape(self, word: str) -> tuple[str, tuple[int, ...]]:
        return stem(word), tuple(self._of.get(word, ()))

    def keys(self, words: Sequence[str]) -> set[Key]:
        """All that has points in a sentence, whatever it is worth."""
        shape = self.shape
        stems, placed = ["^"], []
        for place, word in enumerate(words):
            root, classes = shape(word)
            stems.append(root)
            if classes:
                placed.append((place, classes))
        keys: set[Key] = set(stems)
        keys.update(pairwise(stems))
        keys.update(self._pairs(placed))
        return keys

    @staticmethod
    def _pairs(placed: list[tuple[int, tuple[int, ...]]]) -> set[int]:
        pairs: set[int] = set()
        add = pairs.add
        for number, (place, classes) in enumerate(placed):
            last = place + SPREAD
            following = [near for at, near in placed[number + 1 : number + 1 + SPREAD] if at <= last]
            for first in classes:
                add(first)
                shifted = first << SHIFT
                for near in following:
                    for second in near:
                        add(shifted | second)
        return pairs


class Points:
    """The points of all keys, and the score of a text by them."""

    def __init__(self, classes: Classes, weights: Mapping[Key, Weight], bias: Weight) -> None:
        self.classes, self.weights, self.bias = classes, weights, bias
        cues = [weight for key, weight in weights.items() if isinstance(key, str) and key.startswith("!")]
        self._most = Weight(
            sum(max(weight.sentence, 0.0) for weight in cues), sum(max(weight.text, 0.0) for weight in cues)
        )

    def known(self, said: Iterable[Sequence[str]]) -> list[dict[Key, Weight]]:
        """What has points in each of the sentences."""
        weights, keys = self.weights, self.classes.keys
        return [{key: weights[key] for key in keys(words) if key in weights} for words in said]

    def score(self, known: Sequence[Mapping[Key, Weight]], cues: Sequence[Iterable[str]]) -> Score:
        """The score of a text, `cues` being the groups of cues that stand in each sentence."""
        weights, bias = self.weights, self.bias
        everything: dict[Key, Weight] = {}
        sentences = []
        for of_words, groups in zip(known, cues, strict=True):
            here = dict(of_words)
            here.update((f"!{group}", weights[f"!{group}"]) for group in groups if f"!{group}" in weights)
            sentences.append(bias.sentence + sum([weight[0] for weight in here.values()]))
            everything.update(here)
        whole = bias.text + sum([weight[1] for weight in everything.values()])
        return Score((log_odds_of_any(sentences) + whole) / 2, tuple(sentences))

    def reachable(self, known: Sequence[Mapping[Key, Weight]]) -> float:
        """The most that the score could be if every cue there is stood in every sentence."""
        whole = self.bias.text + self._most.text
        everything: dict[Key, Weight] = {}
        strongest = []
        for here in known:
            strongest.append(self.bias.sentence + self._most.sentence + sum([weight[0] for weight in here.values()]))
            everything.update(here)
        whole += sum([weight[1] for weight in everything.values()])
        return (log_odds_of_any(strongest) + whole) / 2


def chance(odds: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + math.exp(-max(-BOUND, min(BOUND, odds))))


def log_odds_of_any(odds: Iterable[float]) -> float:
    """The log odds that at least one holds, each being independent of the others."""
    none = 1.0
    for each in odds:
        none *= 1 - chance(each)
    none = min(max(none, 1e-9), 1 - 1e-9)
    return math.log((1 - none) / none)


def parsed(text: str, classes: Classes) -> Points:
    """The points of a table of lines: key, points for the sentence, points for the text, with tabs between.

    A key is written as a word, as two words, as `class>class` or `class>`, or as `!group`; `=` is the bias.
    """
    numbers = {name: number for number, name in enumerate(classes.names)}
    weights: dict[Key, Weight] = {}
    bias = Weight(0.0, 0.0)
    for line in text.splitlines():
        if line.startswith("//"):
            continue
        written, sentence, whole = line.split("\t")
        weight = Weight(int(sentence) / 100, int(whole) / 100)
        if written == "=":
            bias = weight
        else:
            weights[_read(written, numbers)] = weight
    return Points(classes, weights, bias)


def _read(written: str, numbers: Mapping[str, int]) -> Key:
    if ">" in written:
        first, _, second = written.partition(">")
        return numbers[first] << SHIFT | numbers[second] if second else numbers[first]
    if " " in written:
        first, _, second = written.partition(" ")
        return first, second
    return written


def written(key: Key, names: Sequence[str]) -> str:
    """A key as the table has it."""
    if isinstance(key, int):
        first, second = key >> SHIFT, key & (1 << SHIFT) - 1
        return f"{names[first]}>{names[second]}" if first else f"{names[second]}>"
    return " ".join(key) if isinstance(key, tuple) else key
