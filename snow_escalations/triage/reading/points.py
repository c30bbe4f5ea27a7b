"""How much each sentence of a text sounds like a complaint about the handling of a case, by weighed words.

Cues tell what is a complaint by itself. Most complaints are none word by word: "since March, three engineers".
So the words of a sentence, the words next to each other and the classes of words that follow each other have points
(`data/points.tsv`), found by logistic regression over the labelled texts, and the groups of cues have points of their
own. A text is scored twice: by its strongest sentences, and by all that it says; the mean of both decides.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, starmap
from typing import NamedTuple

from snow_escalations.triage.reading.cues import is_number

SPREAD = 3
"""How many words that have a class may follow one and are still read together with it."""
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


class Heard(NamedTuple):
    """What the words of a text are worth without its cues: each sentence, and the whole."""

    sentences: list[float]
    whole: float


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
        self._shape = lru_cache(maxsize=16384)(self._shaped)
        self._pairs = lru_cache(maxsize=65536)(self._paired)

    def _shaped(self, word: str) -> tuple[str, tuple[int, ...]]:
        return stem(word), tuple(self._of.get(word, ()))

    @staticmethod
    def _paired(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[int, ...]:
        """The keys of two words with classes: each class, and each class of the one before each of the other."""
        return (*before, *after, *(first << SHIFT | second for first in before for second in after))

    def keys(self, words: Sequence[str]) -> set[Key]:
        """All that has points in a sentence, whatever it is worth."""
        shapes = [*map(self._shape, words)]
        stems = ["^", *[shape[0] for shape in shapes]]
        classes = [shape[1] for shape in shapes if shape[1]]
        keys: set[Key] = {*stems, *pairwise(stems)}
        if len(classes) == 1:
            keys.update(classes[0])
        pairs = {pair for apart in range(1, SPREAD + 1) for pair in zip(classes, classes[apart:], strict=False)}
        return keys.union(*starmap(self._pairs, pairs))


class Points:
    """The points of all keys, and the score of a text by them."""

    def __init__(self, classes: Classes, weights: Mapping[Key, Weight], bias: Weight) -> None:
        self.classes, self.weights, self.bias = classes, weights, bias
        self._known = frozenset(weights)
        self._of_sentence = {key: weight.sentence for key, weight in weights.items()}
        self._of_text = {key: weight.text for key, weight in weights.items()}
        cues = [weight for key, weight in weights.items() if isinstance(key, str) and key.startswith("!")]
        self._most = Weight(
            sum(max(weight.sentence, 0.0) for weight in cues), sum(max(weight.text, 0.0) for weight in cues)
        )

    def heard(self, said: Iterable[Sequence[str]]) -> Heard:
        """What the words of the sentences are worth."""
        known, of_sentence = self._known, self._of_sentence.__getitem__
        everything: set[Key] = set()
        sentences = []
        for words in said:
            here = known & self.classes.keys(words)
            sentences.append(self.bias.sentence + sum(map(of_sentence, here)))
            everything |= here
        return Heard(sentences, self.bias.text + sum(map(self._of_text.__getitem__, everything)))

    def score(self, heard: Heard, cues: Sequence[Iterable[str]]) -> Score:
        """The score of a text, `cues` being the groups of cues that stand in each sentence."""
        zero = Weight(0.0, 0.0)
        sentences = tuple(
            words + sum(self.weights.get(f"!{group}", zero).sentence for group in groups)
            for words, groups in zip(heard.sentences, cues, strict=True)
        )
        everything = {group for groups in cues for group in groups}
        whole = heard.whole + sum(self.weights.get(f"!{group}", zero).text for group in everything)
        return Score((log_odds_of_any(sentences) + whole) / 2, sentences)

    def reachable(self, heard: Heard) -> float:
        """The most that the score could be if every cue there is stood in every sentence."""
        most = self._most
        return (log_odds_of_any([each + most.sentence for each in heard.sentences]) + heard.whole + most.text) / 2


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
