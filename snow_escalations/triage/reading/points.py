"""How much each sentence of a text sounds like a complaint about the handling of a case, by weighed words.

Cues tell what is a complaint by itself. Most complaints are none word by word: "since March, three engineers".
So the words of a sentence, the words next to each other and the classes of words that follow each other have points
(`data/points.tsv`), found by logistic regression over the labelled texts, and the groups of cues have points of their
own. A text is scored twice: by its strongest sentences, and by all that it says; the mean of both decides.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise, starmap
from operator import or_
from typing import NamedTuple

from snow_escalations.triage.reading.cues import is_number
from snow_escalations.triage.reading.memo import Memo

SPREAD = 3
"""How many words that have a class may follow one and are still read together with it."""
SHIFT = 6
"""Bits for one class in the key of a pair of classes; there can be up to 63 classes."""
SUFFIXES = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly")
LEAST_STEM = 4
BOUND = 30.0
BEGIN = "^"
"""Stands before the first word of a sentence."""
_HUNDREDTHS = 100
"""Points are added as whole hundredths, as the table has them, so that the order of adding makes no difference."""
_STEM_BITS = 16
"""Bits for the number of one stem, or of the classes of one word, in the number of two neighbours."""
_CLASS_BIT = 1 << 40
"""Tells the numbers of classes from those of stems."""

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
        self._of: dict[str, tuple[int, ...]] = {}
        for number, words in enumerate(classes.values(), 1):
            for word in words:
                self._of[word] = (*self._of.get(word, ()), number)

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of the classes of a folded word."""
        return self._of.get(word, ())

    @staticmethod
    def paired(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[int, ...]:
        """The keys of two words with classes: each class, and each class of the one before each of the other."""
        return (*before, *after, *(first << SHIFT | second for first in before for second in after))

    def keys(self, words: Sequence[str]) -> set[Key]:
        """All that has points in a sentence, whatever it is worth."""
        stems = [BEGIN, *map(stem, words)]
        classes = [found for found in map(self.of, words) if found]
        keys: set[Key] = {*stems, *pairwise(stems)}
        if len(classes) == 1:
            keys.update(classes[0])
        pairs = {pair for apart in range(1, SPREAD + 1) for pair in zip(classes, classes[apart:], strict=False)}
        return keys.union(*starmap(self.paired, pairs))


class Points:
    """The points of all keys, and the score of a text by them.

    To hear a text its words are turned into numbers: a stem that has points, or is one of two that have, has a number
    of its own (all others have 0), two neighbours have both, and the classes of a word have one together. Each word is
    worked out once, so that a sentence costs a few lookups for each of its words.
    """

    def __init__(self, classes: Classes, weights: Mapping[Key, Weight], bias: Weight) -> None:
        self.classes, self.weights, self.bias = classes, weights, bias
        self._stems = _numbered(weights)
        self._heads = [number << _STEM_BITS for number in range(len(self._stems) + 1)]
        keyed = {self._number(key): weight for key, weight in weights.items() if not _is_cue(key)}
        self._known = frozenset(keyed)
        self._of_sentence = {key: round(weight.sentence * _HUNDREDTHS) for key, weight in keyed.items()}
        self._of_text = {key: round(weight.text * _HUNDREDTHS) for key, weight in keyed.items()}
        self._cues = {key[1:]: weight for key, weight in weights.items() if isinstance(key, str) and _is_cue(key)}
        self._most = Weight(
            sum(max(weight.sentence, 0.0) for weight in self._cues.values()),
            sum(max(weight.text, 0.0) for weight in self._cues.values()),
        )
        self._combinations: list[tuple[int, ...]] = [()]
        self._stem_of = Memo(lambda word: self._stems.get(stem(word), 0))
        self._classes_of = Memo(self._combination)
        self._paired = lru_cache(maxsize=1 << 15)(self._keys_of_two)

    def _number(self, key: Key) -> int:
        """The number of a key."""
        if isinstance(key, int):
            return key | _CLASS_BIT
        if isinstance(key, str):
            return self._stems[key]
        return self._stems[key[0]] << _STEM_BITS | self._stems[key[1]]

    def _combination(self, word: str) -> int:
        """The number of the classes of a word, 0 if it has none."""
        classes = self.classes.of(word)
        if classes not in self._combinations:
            self._combinations.append(classes)
        return self._combinations.index(classes)

    def _keys_of_two(self, pair: int) -> tuple[int, ...]:
        before, after = self._combinations[pair >> _STEM_BITS], self._combinations[pair & (1 << _STEM_BITS) - 1]
        return self._worth(self.classes.paired(before, after))

    def _worth(self, keys: Iterable[int]) -> tuple[int, ...]:
        return tuple(key | _CLASS_BIT for key in keys if key | _CLASS_BIT in self._known)

    def heard(self, said: Iterable[Sequence[str]]) -> Heard:
        """What the words of the sentences are worth."""
        of_sentence, bias = self._of_sentence.__getitem__, self.bias.sentence
        everything: set[int] = set()
        sentences = []
        for words in said:
            here = self._heard_in(words)
            sentences.append(bias + sum(map(of_sentence, here)) / _HUNDREDTHS)
            everything |= here
        return Heard(sentences, self.bias.text + sum(map(self._of_text.__getitem__, everything)) / _HUNDREDTHS)

    def _heard_in(self, words: Sequence[str]) -> frozenset[int]:
        """The numbers of all that has points in a sentence."""
        stems = [self._stems.get(BEGIN, 0), *map(self._stem_of.__getitem__, words)]
        pairs = map(or_, map(self._heads.__getitem__, stems), islice(stems, 1, None))
        here = self._known.intersection(chain(stems, pairs))
        classes = [*filter(None, map(self._classes_of.__getitem__, words))]
        if len(classes) <= 1:
            return here.union(self._worth(self._combinations[classes[0]])) if classes else here
        heads = [number << _STEM_BITS for number in classes]
        near = [map(or_, heads, islice(classes, apart, None)) for apart in range(1, SPREAD + 1)]
        return here.union(*map(self._paired, chain.from_iterable(near)))

    def score(self, heard: Heard, cues: Sequence[Iterable[str]]) -> Score:
        """The score of a text, `cues` being the groups of cues that stand in each sentence."""
        worth = self._cues
        everything: set[str] = set()
        sentences = [*heard.sentences]
        for number, groups in enumerate(cues):
            if groups:
                known = worth.keys() & groups
                everything |= known
                sentences[number] += sum([worth[group].sentence for group in known])
        whole = heard.whole + sum([worth[group].text for group in everything])
        return Score((log_odds_of_any(sentences) + whole) / 2, tuple(sentences))

    def reachable(self, heard: Heard) -> float:
        """The most that the score could be if every cue there is stood in every sentence."""
        most = self._most
        return (log_odds_of_any([each + most.sentence for each in heard.sentences]) + heard.whole + most.text) / 2

    def reachable_by_one(self, heard: Heard) -> float:
        """The most that the score of a single sentence could be."""
        return max(heard.sentences, default=-BOUND) + self._most.sentence


def _is_cue(key: Key) -> bool:
    return isinstance(key, str) and key.startswith("!")


def _numbered(keys: Iterable[Key]) -> dict[str, int]:
    """Numbers from 1 on for the stems of keys."""
    stems: dict[str, int] = {}
    for key in keys:
        for each in (key,) if isinstance(key, str) else key if isinstance(key, tuple) else ():
            if not _is_cue(each):
                stems.setdefault(each, len(stems) + 1)
    return stems


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
