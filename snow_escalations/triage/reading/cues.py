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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product, zip_longest
from typing import NamedTuple

from snow_escalations.errors import ConfigurationError
from snow_escalations.triage.reading.composed import composed
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.tokens import Said, Sentence, word_set, words_of

GAP_LIMIT = 12
ELEMENT_LIMIT = 16
_REACH = ELEMENT_LIMIT * (GAP_LIMIT + 1)
"""Words around its anchor beyond which no pattern goes."""
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
    "the a an to of in on at by for from with and or but as is are was were be been has have had do does did will "
    "would can could not no i we you they it this that our my your us me he she who what when where why how if so "
    "all any some there here now out up about after before since until then than again please need more one only "
    "just still side case ticket support issue problem get got team update day days time last same call asked every "
    "over back work"
)
_OFTEN = 25
Sets = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """One of some words, or of some short sequences of words.

    `first`, `last`: the words with which a match begins and ends, unless they are known by their beginning or as a
    number. `plain`: it is nothing but one of `exact`.
    """

    exact: frozenset[str]
    prefixes: tuple[str, ...]
    by_head: Mapping[str, tuple[tuple[str, ...], ...]]
    by_tail: Mapping[str, tuple[tuple[str, ...], ...]]
    number: bool
    optional: bool
    first: frozenset[str] | None
    last: frozenset[str] | None
    plain: bool

    def accepts(self, word: str) -> bool:
        """Whether a single word is one of them."""
        if word in self.exact or (self.prefixes and word.startswith(self.prefixes)):
            return True
        return self.number and is_number(word)

    def reached(self, words: tuple[str, ...], places: Sequence[int], most: int = 0) -> list[int]:
        """The places after the matches that begin at some places, or after up to `most` words there.

        None of the words before a match is a negation.
        """
        exact, first, sequences = self.exact, self.first, self.by_head
        if not most and self.plain:
            size = len(words)
            return [place + 1 for place in places if place < size and words[place] in exact]
        found = [*places] if self.optional else []
        for begin in places:
            near = words[begin : begin + most + 1]
            if first is not None and first.isdisjoint(near):
                continue
            for place, word in enumerate(near, begin):
                if first is None or word in first:
                    if word in exact or self.accepts(word):
                        found.append(place + 1)
                    if word in sequences:
                        found += _ends(words, place, sequences[word])
                if most and word in NEGATIONS:
                    break
        return found if len(found) < 2 else list(set(found))

    def reached_back(self, words: tuple[str, ...], places: Sequence[int], most: int = 0) -> list[int]:
        """The same towards the beginning: where the matches begin that end before some places."""
        exact, last, sequences = self.exact, self.last, self.by_tail
        if not most and self.plain:
            return [place - 1 for place in places if place and words[place - 1] in exact]
        found = [*places] if self.optional else []
        for end in places:
            near = words[max(end - most - 1, 0) : end]
            if last is not None and last.isdisjoint(near):
                continue
            for place, word in zip(range(end, 0, -1), reversed(near), strict=False):
                if last is None or word in last:
                    if word in exact or self.accepts(word):
                        found.append(place - 1)
                    if word in sequences:
                        found += _begins(words, place, sequences[word])
                if most and word in NEGATIONS:
                    break
        return found if len(found) < 2 else list(set(found))


def _ends(words: tuple[str, ...], begin: int, sequences: Iterable[tuple[str, ...]]) -> list[int]:
    return [begin + len(each) for each in sequences if words[begin : begin + len(each)] == each]


def _begins(words: tuple[str, ...], end: int, sequences: Iterable[tuple[str, ...]]) -> list[int]:
    return [end - len(each) for each in sequences if words[max(end - len(each), 0) : end] == each]


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words between, none of them a negation."""

    most: int

    def reached(self, words: tuple[str, ...], places: Sequence[int], most: int = 0) -> list[int]:
        """The places after the gaps that begin at some places."""
        found = {*places}
        for begin in places:
            for place in range(begin, min(begin + self.most + most, len(words))):
                if words[place] in NEGATIONS:
                    break
                found.add(place + 1)
        return list(found)

    def reached_back(self, words: tuple[str, ...], places: Sequence[int], most: int = 0) -> list[int]:
        """Where the gaps begin that end before some places."""
        found = {*places}
        for end in places:
            for place in range(end - 1, max(end - 1 - self.most - most, -1), -1):
                if words[place] in NEGATIONS:
                    break
                found.add(place)
        return list(found)


Element = Words | Gap


def is_number(word: str) -> bool:
    """Whether a folded word is a number in digits (also `40k`, `4th`) or in words."""
    return word[:1].isdigit() or word in NUMBER_WORDS


def compile_pattern(pattern: str, sets: Sets) -> tuple[Element, ...]:
    """The elements of a pattern.

    Raises:
        ConfigurationError: the pattern is empty, too long, begins with a gap, or names what there is not.
    """
    parts = composed(pattern).casefold().replace("’", "'").split()
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
    heads, tails = _grouped(sequences, 0), _grouped(sequences, -1)
    known = not prefixes and not number
    first, last = (frozenset(exact | ends.keys()) if known else None for ends in (heads, tails))
    plain = known and not sequences and not optional
    return Words(frozenset(exact), tuple(prefixes), heads, tails, number, optional, first, last, plain)


def _grouped(sequences: Iterable[tuple[str, ...]], place: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    result: dict[str, tuple[tuple[str, ...], ...]] = {}
    for sequence in sequences:
        result[sequence[place]] = (*result.get(sequence[place], ()), sequence)
    return result


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


class Pattern:
    """A compiled pattern and its group. It is looked up by its rarest element, the anchor.

    What is looked at first spares most attempts. `beside`: the words of which one must stand right before (`step` -1)
    or after (1) an anchor of one word; `paired`: it is looked up by both. `also`, `too`: of each of these sets a word
    must stand in the sentence.
    """

    __slots__ = ("_after", "_before", "also", "anchor", "beside", "group", "paired", "step", "too")

    def __init__(self, group: str, elements: tuple[Element, ...]) -> None:
        required = [
            (_commonness(element), place, element)
            for place, element in enumerate(elements)
            if isinstance(element, Words) and not element.optional
        ]
        required.sort(key=lambda found: found[0])
        _, at, anchor = required[0]
        self.group, self.anchor = group, anchor
        self._before = _steps(tuple(reversed(elements[:at])))
        self._after = _steps(elements[at + 1 :])
        self.step, self.beside = self._neighbour()
        self.paired = self.beside is not None and not anchor.prefixes and not anchor.number
        listed = [element for _, _, element in required[1:] if not element.prefixes and not element.number]
        if self.paired:
            listed = [element for element in listed if element.exact is not self.beside]
        rare = [frozenset(word for word, _ in _looked_up(element)) for element in listed[:2]]
        self.also = rare[0] if rare else None
        self.too = rare[1] if rare[1:] else None

    def _neighbour(self) -> tuple[int, frozenset[str] | None]:
        """On which side which words must stand next to the anchor; of two sides, the fewer words."""
        if self.anchor.by_head:
            return 0, None
        sides = [
            (step, _plain(steps[0][1]))
            for step, steps in ((-1, self._before), (1, self._after))
            if steps and not steps[0][0]
        ]
        known = [(step, words) for step, words in sides if words is not None]
        return min(known, key=lambda side: len(side[1])) if known else (0, None)

    def around(self, words: tuple[str, ...], at: int) -> tuple[int, int] | None:
        """The first begin and the nearest end of a match whose anchor stands at `at`, or None."""
        begins = [at]
        for most, element in self._before:
            begins = element.reached_back(words, begins, most)
            if not begins:
                return None
        ends = self.anchor.reached(words, [at]) if words[at] in self.anchor.by_head else [at + 1]
        for most, element in self._after:
            ends = element.reached(words, ends, most)
            if not ends:
                return None
        return (min(begins), min(ends)) if ends else None


Step = tuple[int, Element]
"""How many words may stand before an element, and the element."""


def _steps(elements: tuple[Element, ...]) -> tuple[Step, ...]:
    """Elements in their order, each with the gap before it."""
    steps: list[Step] = []
    most = 0
    for element, following in zip_longest(elements, elements[1:]):
        if isinstance(element, Gap) and isinstance(following, Words) and not following.optional:
            most = element.most
            continue
        steps.append((most, element))
        most = 0
    return tuple(steps)


def pattern_of(group: str, text: str, sets: Sets) -> Pattern:
    """A pattern of a group; `ConfigurationError` as `compile_pattern`."""
    return Pattern(group, compile_pattern(text, sets))


def _plain(element: Element) -> frozenset[str] | None:
    """The words of an element that is nothing but one of some words."""
    return element.exact if isinstance(element, Words) and element.plain else None


def _commonness(element: Element) -> int:
    if isinstance(element, Gap):
        return 0
    common = sum(_OFTEN if word in _COMMON else 1 for word, _ in _looked_up(element))
    return common + 5 * len(element.prefixes) + (_OFTEN if element.number else 0)


def _looked_up(element: Words) -> Iterator[tuple[str, int]]:
    """The words by which an element is found, with their places in it: of a sequence, its rarest word."""
    yield from ((word, 0) for word in element.exact)
    for sequences in element.by_head.values():
        for sequence in sequences:
            rare = next((place for place, word in enumerate(sequence) if word not in _COMMON), 0)
            yield sequence[rare], rare


class Hit(NamedTuple):
    """A match: the group, and the words from `begin` up to `end` of the sentence."""

    group: str
    sentence: Sentence
    begin: int
    end: int


Around = Callable[[tuple[str, ...], int], tuple[int, int] | None]
Candidate = tuple[str, frozenset[str] | None, frozenset[str] | None, Around]
"""What is to be tried where a word stands: of a pattern the group, `also` and `too`, and `around`."""
Following = dict[str, list[tuple[Candidate, int]]]
"""By the word that follows: what is to be tried, and how far from the first of both the anchor is."""
_Todo = tuple[frozenset[str] | None, tuple[Candidate, ...], Following]
"""Words of which one must stand in the sentence for any candidate, or None; the candidates; what a pair begins."""
_Span = tuple[str, int, int]
"""The group of a match, and its words from the first up to the last."""


def _candidate(pattern: Pattern) -> Candidate:
    return pattern.group, pattern.also, pattern.too, pattern.around


class Matcher:
    """Many patterns at once: a pattern is tried only where its rarest element stands.

    Where one of some words has to stand right beside that, both are looked up together: of all that begins with "not",
    only what goes on as the text does is tried.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._numbers: list[Pattern] = []
        self._by_word: dict[str, list[Pattern]] = {}
        self._by_prefix: dict[str, list[Pattern]] = {}
        self._by_pair: dict[str, Following] = {}
        for pattern in patterns:
            anchor = pattern.anchor
            if pattern.beside is not None and pattern.paired:
                before = pattern.step < 0
                sides = (pattern.beside, anchor.exact) if before else (anchor.exact, pattern.beside)
                self._add_pairs(pattern, product(*sides), int(before))
                continue
            if anchor.number:
                self._numbers.append(pattern)
            for prefix in anchor.prefixes:
                self._by_prefix.setdefault(prefix, []).append(pattern)
            self._add_pairs(pattern, (sequence for found in anchor.by_head.values() for sequence in found), 0)
            for word in anchor.exact:
                self._by_word.setdefault(word, []).append(pattern)
        self._sizes = sorted({len(prefix) for prefix in self._by_prefix})
        self._known = Memo(self._work_out)
        # What is tried for some patterns: the same for every number, of which each text has its own.
        self._worked_out: dict[tuple[Pattern, ...], tuple[frozenset[str] | None, tuple[Candidate, ...]]] = {}
        by_other = self._numbers or self._by_prefix
        self._listed = None if by_other else frozenset(self._by_word.keys() | self._by_pair.keys())

    def _add_pairs(self, pattern: Pattern, pairs: Iterable[tuple[str, ...]], place: int) -> None:
        """Look a pattern up by the two first of some words side by side, of which its anchor begins at `place`."""
        for first, second, *_ in pairs:
            listed = self._by_pair.setdefault(first, {}).setdefault(second, [])
            if (entry := (_candidate(pattern), place)) not in listed:
                listed.append(entry)

    def _work_out(self, word: str) -> _Todo | None:
        """What is to be tried where a word stands, and where some word follows it; None if nothing is."""
        found = [*self._by_word.get(word, ())]
        for size in self._sizes:
            if more := self._by_prefix.get(word[:size]):
                found += more
        if self._numbers and is_number(word):
            found += self._numbers
        following = self._by_pair.get(word, {})
        if not found and not following:
            return None
        key = tuple(found)
        if key not in self._worked_out:
            listed = [pattern.also for pattern in found]
            wanted = None if None in listed else frozenset[str]().union(*filter(None, listed))
            self._worked_out[key] = wanted, tuple([_candidate(pattern) for pattern in dict.fromkeys(found)])
        return *self._worked_out[key], following

    def hits(self, sentence: Sentence) -> list[Hit]:
        """All matches of a sentence; of matches of a group that overlap, the longest of those that begin first."""
        words = sentence.words
        if self._listed is not None and self._listed.isdisjoint(words):
            return []
        return _hits(sentence, _spans(words, [*map(self._known.__getitem__, words)]))

    def hits_in(self, said: Said) -> list[tuple[int, list[Hit]]]:
        """The same for a text: the number of each sentence that has any, and its matches."""
        words = said.words
        todos = [*map(self._known.__getitem__, words)]
        found: list[tuple[int, list[Hit]]] = []
        if not any(todos):
            return found
        for number, (begin, end) in enumerate(pairwise([*said.begins, len(words)])):
            spans = _spans(words[begin:end], todos[begin:end])
            if spans:
                found.append((number, _hits(said[number], spans)))
        return found


def _spans(words: tuple[str, ...], todos: Sequence[_Todo | None]) -> list[_Span]:
    """The matches of a sentence; most candidates have not all the words for it there."""
    found: list[_Span] = []
    near, is_long, last = words, len(words) > _REACH, len(words) - 1
    for at, todo in enumerate(todos):
        if todo is None:
            continue
        wanted, candidates, following = todo
        if is_long:
            near = words[max(at - _REACH, 0) : at + _REACH]
        if candidates and (wanted is None or not wanted.isdisjoint(near)):
            for group, also, too, around in candidates:
                if (also is None or not also.isdisjoint(near)) and (too is None or not too.isdisjoint(near)):
                    span = around(words, at)
                    if span is not None:
                        found.append((group, *span))
        if following and at < last and (pairs := following.get(words[at + 1])) is not None:
            for (group, also, too, around), place in pairs:
                if (also is None or not also.isdisjoint(near)) and (too is None or not too.isdisjoint(near)):
                    span = around(words, at + place)
                    if span is not None:
                        found.append((group, *span))
    return found


def _hits(sentence: Sentence, spans: Sequence[_Span]) -> list[Hit]:
    return _apart([Hit(group, sentence, begin, end) for group, begin, end in spans])


def _apart(found: list[Hit]) -> list[Hit]:
    if len(found) < 2:
        return found
    result, end_of = [], dict[str, int]()
    for hit in sorted(found, key=lambda hit: (hit.begin, -hit.end)):
        if hit.begin >= end_of.get(hit.group, 0):
            end_of[hit.group] = hit.end
            result.append(hit)
    return result
