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
rarest elements of the patterns, and a pattern looks no further around it than its own length and gaps.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

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
_COMMON = word_set(
    "the a an to of in on at by for from with and or but as is are was were be been has have had do does did will would "
    "can could not no i we you they it this that our my your us me he she who what when where why how if so all any "
    "some there here now out up about after before since until then than again please need more one only just still "
    "side case ticket support issue problem get got team update day days time"
)
_OFTEN = 25

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

    def begins(self, words: tuple[str, ...], end: int) -> set[int]:
        """The places where a match begins that ends before `end`."""
        found = {end} if self.optional else set()
        if end > 0 and self.accepts(words[end - 1]):
            found.add(end - 1)
        for sequence in self.sequences:
            if end >= len(sequence) and words[end - len(sequence) : end] == sequence:
                found.add(end - len(sequence))
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

    def begins(self, words: tuple[str, ...], end: int) -> set[int]:
        """The places where a gap begins that ends before `end`."""
        found = {end}
        for place in range(end - 1, max(end - 1 - self.most, -1), -1):
            if words[place] in NEGATIONS:
                break
            found.add(place)
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
    """A compiled pattern, the group that it belongs to, and the element by which it is looked up (its rarest)."""

    group: str
    elements: tuple[Element, ...]
    anchor: int

    def around(self, words: tuple[str, ...], at: int) -> tuple[int, int] | None:
        """The first begin and the nearest end of a match whose anchor stands at `at`, or None."""
        places = {at}
        for element in reversed(self.elements[: self.anchor]):
            places = _joined(element.begins, words, places)
            if not places:
                return None
        begin, places = min(places), self.elements[self.anchor].ends(words, at)
        for element in self.elements[self.anchor + 1 :]:
            if not places:
                return None
            places = _joined(element.ends, words, places)
        return (begin, min(places)) if places else None


def pattern_of(group: str, text: str, sets: Sets) -> Pattern:
    """A pattern of a group; `ConfigurationError` as `compile_pattern`."""
    elements = compile_pattern(text, sets)
    required = [place for place, element in enumerate(elements) if isinstance(element, Words) and not element.optional]
    return Pattern(group, elements, min(required, key=lambda place: _commonness(elements[place])))


def _joined(step: Callable[[tuple[str, ...], int], set[int]], words: tuple[str, ...], places: set[int]) -> set[int]:
    if len(places) == 1:
        return step(words, next(iter(places)))
    return {found for place in places for found in step(words, place)}


def _commonness(element: Element) -> int:
    if isinstance(element, Gap):
        return 0
    heads = [sequence[0] for sequence in element.sequences]
    common = sum(_OFTEN if word in _COMMON else 1 for word in (*element.exact, *heads))
    return common + 5 * len(element.prefixes) + (_OFTEN if element.number else 0)


class Hit(NamedTuple):
    """A match: the group, and the words from `begin` up to `end` of the sentence."""

    group: str
    sentence: Sentence
    begin: int
    end: int


class Matcher:
    """Many patterns at once: a pattern is tried only where its rarest element stands."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._open, self._by_word = [], dict[str, list[Pattern]]()
        for pattern in patterns:
            anchor = pattern.elements[pattern.anchor]
            assert isinstance(anchor, Words)
            if anchor.prefixes or anchor.number:
                self._open.append(pattern)
            for word in anchor.exact | {sequence[0] for sequence in anchor.sequences}:
                self._by_word.setdefault(word, []).append(pattern)
        self.standing_at = lru_cache(maxsize=16384)(self._candidates)

    def _candidates(self, word: str) -> tuple[Pattern, ...]:
        listed = self._by_word.get(word, [])
        return (*listed, *(found for found in self._open if found not in listed and _accepts(found, word)))

    def hits(self, sentence: Sentence) -> list[Hit]:
        """All matches of a sentence; of matches of a group that overlap, the longest of those that begin first."""
        words, candidates = sentence.words, self.standing_at
        found: list[Hit] = []
        for at, word in enumerate(words):
            for pattern in candidates(word):
                span = pattern.around(words, at)
                if span is not None:
                    found.append(Hit(pattern.group, sentence, *span))
        return _apart(found) if len(found) > 1 else found


def _accepts(pattern: Pattern, word: str) -> bool:
    anchor = pattern.elements[pattern.anchor]
    return isinstance(anchor, Words) and anchor.accepts(word)


def _apart(found: list[Hit]) -> list[Hit]:
    result, end_of = [], dict[str, int]()
    for hit in sorted(found, key=lambda hit: (hit.begin, -hit.end)):
        if hit.begin >= end_of.get(hit.group, 0):
            end_of[hit.group] = hit.end
            result.append(hit)
    return result
