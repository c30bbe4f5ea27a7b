"""The cue grammar: word patterns as data, compiled to a matcher that is linear in the words of a text.

A pattern is words separated by blanks:

    word       that word, in any case; contractions are written in full (`do not`, `will not`)
    wor*       a word that begins so
    a|b|c      one of these; `a_b` is two words one after the other
    @set       one of the words of a named set
    #          a number, in digits or in words
    word?      may be missing
    ...        up to three words between, none of them a negation; `...6` up to six

There are no regular expressions in it, so that no pattern can be slow: each word of a text is looked up among the
beginnings of the patterns, and a pattern looks no further than its own length and gaps.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from snow_escalations.errors import ConfigurationError
from snow_escalations.triage.reading.tokens import Sentence, word_set, words_of

GAP_LIMIT = 12
ELEMENT_LIMIT = 16
NEGATIONS = word_set("not no never without nobody nothing none nor neither hardly")
NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        words_of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        )
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "dozen": 12, "thousand": 1000}
_WORD = re.compile(r"[^\W_]+\*?")

Sets = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """One of some words, or of some short sequences of words."""

    exact: frozenset[str]
    prefixes: tuple[str, ...]
    sequences: tuple[tuple[str, ...], ...]
    number: bool
    optional: bool

    def accepts(self, word: str) -> bool:
        """Whether a single word is one of them."""
        if word in self.exact or (self.prefixes and word.startswith(self.prefixes)):
            return True
        return self.number and is_number(word)

    def ends(self, words: tuple[str, ...], at: int) -> set[int]:
        """The places after a match that begins at `at`."""
        found = {at} if self.optional else set()
        if at < len(words) and self.accepts(words[at]):
            found.add(at + 1)
        for sequence in self.sequences:
            if words[at : at + len(sequence)] == sequence:
                found.add(at + len(sequence))
        return found


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words between, none of them a negation."""

    most: int

    def ends(self, words: tuple[str, ...], at: int) -> set[int]:
        """The places after a match that begins at `at`."""
        found = {at}
        for place in range(at, min(at + self.most, len(words))):
            if words[place] in NEGATIONS:
                break
            found.add(place + 1)
        return found


Element = Words | Gap


def is_number(word: str) -> bool:
    """Whether a folded word is a number in digits (also `40k`, `4th`) or in words."""
    return word[:1].isdigit() or word in NUMBER_WORDS


def compile_pattern(pattern: str, sets: Sets) -> tuple[Element, ...]:
    """The elements of a pattern.

    Raises:
        ConfigurationError: the pattern is empty, too long, begins with a gap, or names what there is not.
    """
    parts = pattern.casefold().replace("’", "'").split()
    if not parts or len(parts) > ELEMENT_LIMIT:
        raise _unusable(pattern, f"it has {len(parts)} parts; a pattern has 1 to {ELEMENT_LIMIT}")
    elements = tuple(_element(part, pattern, sets) for part in parts)
    if isinstance(elements[0], Gap) or elements[0].optional:
        raise _unusable(pattern, "it begins with what may be missing; begin it with a word, a set or a number")
    return elements


def _element(part: str, pattern: str, sets: Sets) -> Element:
    if part.startswith("..."):
        most = part[3:] or "3"
        if not (most.isdecimal() and 1 <= int(most) <= GAP_LIMIT):
            raise _unusable(pattern, f"the gap `{part}` is not of 1 to {GAP_LIMIT} words; write `...` or `...6`")
        return Gap(int(most))
    optional = part.endswith("?")
    exact: set[str] = set()
    prefixes: list[str] = []
    sequences: list[tuple[str, ...]] = []
    number = False
    for word in _expanded(part.removesuffix("?").split("|"), pattern, sets):
        if word == "#":
            number = True
        elif "_" in word:
            sequences.append(tuple(word.split("_")))
        elif word.endswith("*"):
            prefixes.append(word[:-1])
        else:
            exact.add(word)
    return Words(frozenset(exact), tuple(prefixes), tuple(sequences), number, optional)


def _expanded(words: Iterable[str], pattern: str, sets: Sets) -> Iterable[str]:
    for word in words:
        if word.startswith("@"):
            if word[1:] not in sets:
                raise _unusable(pattern, f"there is no set `{word}`; there are {', '.join(sorted(sets)) or 'none'}")
            yield from _expanded(sets[word[1:]], pattern, {})
        elif word == "#" or all(_WORD.fullmatch(piece) for piece in word.split("_")):
            if "_" in word and "*" in word:
                raise _unusable(pattern, f"`{word}` ends in * and is more than one word; write them apart")
            yield word
        else:
            raise _unusable(pattern, f"`{word}` is not a word; write letters and digits, and contractions in full")


def _unusable(pattern: str, why: str) -> ConfigurationError:
    return ConfigurationError(f"the cue `{pattern}` cannot be used: {why}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern and the group that it belongs to."""

    group: str
    elements: tuple[Element, ...]

    def end(self, words: tuple[str, ...], at: int) -> int:
        """The first place after a match that begins at `at`, or -1."""
        places = {at}
        for element in self.elements:
            places = {end for place in places for end in element.ends(words, place)}
            if not places:
                return -1
        return min(places)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match: the group, and the words from `begin` up to `end` of the sentence."""

    group: str
    sentence: Sentence
    begin: int
    end: int


class Matcher:
    """Many patterns at once, looked up by their first words."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._beginning_with = lru_cache(maxsize=16384)(self._candidates)

    def _candidates(self, word: str) -> tuple[Pattern, ...]:
        return tuple(pattern for pattern in self._patterns if _may_begin(pattern.elements[0], word))

    def hits(self, sentence: Sentence) -> list[Hit]:
        """All matches of a sentence; of matches of a group that overlap, the longest of those that begin first."""
        words, last_of = sentence.words, dict[str, int]()
        result: list[Hit] = []
        for at, word in enumerate(words):
            for pattern in self._beginning_with(word):
                end = pattern.end(words, at)
                if end < 0:
                    continue
                hit, last = Hit(pattern.group, sentence, at, end), last_of.get(pattern.group)
                if last is None or at >= result[last].end:
                    last_of[pattern.group] = len(result)
                    result.append(hit)
                elif at == result[last].begin and end > result[last].end:
                    result[last] = hit
        return result


def _may_begin(element: Element, word: str) -> bool:
    if isinstance(element, Gap):
        return False
    return element.accepts(word) or any(sequence[0] == word for sequence in element.sequences)
