"""How much each sentence of a text sounds like a complaint about the handling of a case, by weighed words.

Cues tell what is a complaint by itself. Most complaints are none word by word: "since March, three engineers". So the
words of a sentence, their classes, and two words side by side or with one between have points (`data/points.tsv`),
found by logistic regression over the labelled texts, and the groups of cues have points of their own. A text is scored
twice: by its strongest sentences, and by all that it says; the mean of both decides.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from snow_escalations.triage.reading.cues import is_number
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.tokens import Said

SUFFIXES = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
LEAST_STEM = 4
BOUND = 30.0
_LEAST_ODDS = 1e-9
BEGIN = "^"
"""Stands before the first word of a sentence."""
_HUNDREDTHS = 100
"""Points are whole hundredths of log odds, so that the order of adding makes no difference."""
_BITS = 32
"""A worth is a number of which the lowest bits are points of the text; those of the sentence come before them."""
_TEXT, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_NOTHING: dict[str, int] = {}

ANY = "_"
"""Stands for the word between two stems."""

Key = str | tuple[str, str] | tuple[str, str, str]
"""A stem, two neighbours, two with any word between, a class (`>vendor`), or a group of cues (`!silence`)."""


class Weight(NamedTuple):
    """What a key is worth for its sentence, and for the whole text, in hundredths of log odds."""

    sentence: int
    text: int


class Score(NamedTuple):
    """Log odds: of the text, and of each of its sentences."""

    text: float
    sentences: tuple[float, ...]


class Heard(NamedTuple):
    """What the words of a text are worth without its cues, in points: each sentence, and the whole.

    `unknown` is how many of its words have no points at all.
    """

    sentences: list[int]
    whole: int
    unknown: int = 0

    def reaches(self, odds: float) -> bool:
        """Whether the whole or one of the sentences is worth that much, in log odds."""
        least = odds * _HUNDREDTHS
        return self.whole >= least or (bool(self.sentences) and max(self.sentences) >= least)


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
        keys.update(pairwise(stems))
        keys.update((first, ANY, second) for first, second in zip(stems, stems[2:], strict=False))
        return keys


class Points:
    """The points of all keys, and the score of a text by them.

    What a word is worth is worked out once, with what it is worth by the stem before it, and by the one before that:
    each a small table of its own. Of equal stems and of equal worths there is one object each, as a dictionary finds
    the same object at once, and less memory is faster to reach.
    """

    def __init__(self, classes: Classes, weights: Mapping[Key, Weight], bias: Weight) -> None:
        self.classes, self.weights, self.bias = classes, weights, bias
        self._stems: dict[str, str] = {}
        self._beside: dict[str, dict[str, int]] = {}
        self._apart: dict[str, dict[str, int]] = {}
        worths: dict[int, int] = {}
        for key, weight in weights.items():
            if isinstance(key, tuple):
                first, worth = self._stems.setdefault(key[0], key[0]), _worth(weight)
                table = self._apart if ANY in key[1:-1] else self._beside
                table.setdefault(key[-1], {})[first] = worths.setdefault(worth, worth)
        for stems in (self._beside, self._apart, weights):
            self._stems.update({each: each for each in stems if isinstance(each, str) and each not in self._stems})
        self._known = Memo(self._work_out)
        self._begin = self._stems.get(BEGIN, "")
        self._cues = {key[1:]: weight for key, weight in weights.items() if isinstance(key, str) and key[0] == "!"}

    def _work_out(self, word: str) -> tuple[int, str, dict[str, int], dict[str, int]]:
        """What a word is worth, its stem ("" where it has no points), and its worth by the stems before it."""
        keys = self.classes.keys_of(word)
        worth = sum([_worth(self.weights[key]) for key in keys if key in self.weights])
        root = keys[0]
        return worth, self._stems.get(root, ""), self._beside.get(root, _NOTHING), self._apart.get(root, _NOTHING)

    def knows(self, word: str) -> bool:
        """Whether a folded word has points, by itself or with another."""
        return self._known[word][1] != ""

    def heard(self, said: Said) -> Heard:
        """What the words of the sentences are worth."""
        return self.heard_of_all([said])[0]

    def heard_of_all(self, texts: Sequence[Said]) -> list[Heard]:
        """The same of several texts, their words looked up in one go, which is faster than text by text."""
        words = [*chain.from_iterable([said.words for said in texts])]
        if not words:
            return [Heard([], self.bias.text) for _ in texts]
        own, stems = self._worths(words, _begins_of_all(texts))
        sentences = [((worth + _HALF) >> _BITS) + self.bias.sentence for worth in own]
        heard, begin, first, bias = [], 0, 0, self.bias.text
        for said in texts:
            end, last = begin + len(said.begins), first + len(said.words)
            whole = ((sum(own[begin:end]) + _HALF) & _TEXT) - _HALF
            heard.append(Heard(sentences[begin:end], whole + bias, stems[first:last].count("")))
            begin, first = end, last
        return heard

    def _worths(self, words: list[str], begins: list[int]) -> tuple[list[int], tuple[str, ...]]:
        """What the words of each sentence are worth, by themselves and after others, and the stems of the words."""
        worths, stems, beside, apart = zip(*map(self._known.__getitem__, words), strict=True)
        before, further = ["", *stems], ["", "", *stems]
        for at in begins:
            before[at], further[at], further[at + 1] = self._begin, "", self._begin
        get, none = dict[str, int].get, repeat(0)
        after, later = [*map(get, beside, before, none)], [*map(get, apart, further, none)]
        own = [
            sum(worths[begin:end]) + sum(after[begin:end]) + sum(later[begin:end])
            for begin, end in pairwise([*begins, len(words)])
        ]
        return own, stems

    def score(self, heard: Heard, cues: Sequence[Iterable[str]]) -> Score:
        """The score of a text, `cues` being the groups of cues that stand in each sentence."""
        worth = self._cues
        whole = heard.whole / _HUNDREDTHS
        sentences = [points / _HUNDREDTHS for points in heard.sentences]
        for number, groups in enumerate(cues):
            for group in worth.keys() & groups:
                sentences[number] += worth[group].sentence / _HUNDREDTHS
                whole += worth[group].text / _HUNDREDTHS
        return Score((log_odds_of_any(sentences) + whole) / 2, tuple(sentences))


def _begins_of_all(texts: Iterable[Said]) -> list[int]:
    """Where the sentences of some texts begin in the words of all."""
    begins: list[int] = []
    offset = 0
    for said in texts:
        begins += [offset + at for at in said.begins] if offset else said.begins
        offset += len(said.words)
    return begins


def _worth(weight: Weight) -> int:
    return (weight.sentence << _BITS) + weight.text


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

    A key is written as a stem, as two stems, as two with `_` between, as `>class` or as `!group`; `=` is the bias.
    """
    weights: dict[Key, Weight] = {}
    bias = Weight(0, 0)
    for line in text.splitlines():
        key, sentence, whole = line.split("\t")
        weight = Weight(int(sentence), int(whole))
        if key == "=":
            bias = weight
        else:
            weights[_read(key)] = weight
    return Points(classes, weights, bias)


def _read(key: str) -> Key:
    first, *more = key.split(" ")
    if not more:
        return first
    return (first, ANY, more[1]) if more[1:] else (first, more[0])


def written(key: Key) -> str:
    """A key as the table has it."""
    return key if isinstance(key, str) else " ".join(key)
