"""What the words of texts are worth, in one pass: as a complaint (`points`), and for each kind (`kinds`).

Each word is looked up once, in the order of the text. What it is worth by itself and after the word before it, for all
that has points, is one number: the lowest bits are those of the text, then those of the sentence, then the kinds.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from snow_escalations.triage.reading.kinds import CLASS, KindPoints, Sounding
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.points import BEGIN, HUNDREDTHS, Key, Points
from snow_escalations.triage.reading.tokens import Said

_BITS = 32
_FIELD, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_KINDS = 2 * _BITS
"""The bit with which the kinds begin. Each has as many bits, the highest of which tells whether it is reached."""
_NOTHING: dict[str, int] = {}


class Heard(NamedTuple):
    """What the words of a text are worth without its cues.

    `sentences` and `whole`: as a complaint, in points. `sounding`: each kind that it sounds like once, with the
    sentence that sounds most like it. `unknown`: how many of its words have no points at all.
    """

    sentences: list[int]
    whole: int
    sounding: Sequence[Sounding] = ()
    unknown: int = 0

    def reaches(self, odds: float) -> bool:
        """Whether the whole or one of the sentences is worth that much as a complaint, in log odds."""
        least = odds * HUNDREDTHS
        return self.whole >= least or (bool(self.sentences) and max(self.sentences) >= least)


_Known = tuple[int, str, dict[str, int]]
"""What a word is worth, its stem ("" where it has no points), and its worth by the stem before it."""


class Ear:
    """Hears what words are worth.

    What a word is worth is worked out once, with a small table of what it is worth by the stem before it. Of equal
    stems and of equal worths there is one object each, as a dictionary finds the same object at once, and less memory
    is faster to reach.
    """

    def __init__(self, points: Points, kinds: KindPoints) -> None:
        self._points, self._kinds = points, kinds
        self._stems: dict[str, str] = {}
        self._beside: dict[str, dict[str, int]] = {}
        self._worth: dict[str, int] = {}
        worths: dict[int, int] = {}
        for key, worth in chain(_of_points(points), _of_kinds(kinds)):
            first, _, second = key.partition(" ")
            stem = self._stems.setdefault(first, first)
            if not second:
                self._worth[stem] = self._worth.get(stem, 0) + worth
                continue
            before = self._beside.setdefault(self._stems.setdefault(second, second), {})
            both = worth + before.get(stem, 0)
            before[stem] = worths.setdefault(both, both)
        self._known = Memo(self._work_out)
        self._signs = _packed(0, 0, [_HALF] * len(kinds.kinds))
        self._bias = self._signs + _packed(_HALF + points.bias.sentence, _HALF, kinds.bias)

    def _work_out(self, word: str) -> _Known:
        root, *classes = self._points.classes.keys_of(word)
        keys = [root, *classes, *(_kinds_own(CLASS + name) for name in self._kinds.classes.get(word, ()))]
        worth = sum([self._worth.get(key, 0) for key in keys])
        return worth, self._stems.get(root, ""), self._beside.get(root, _NOTHING)

    def knows(self, word: str) -> bool:
        """Whether a folded word has points, by itself or with another."""
        return self._known[word][1] != ""

    def heard(self, said: Said) -> Heard:
        """What the words of a text are worth."""
        return self.heard_of_all([said])[0]

    def heard_of_all(self, texts: Sequence[Said]) -> list[Heard]:
        """The same of several texts, their words looked up in one go, which is faster than text by text."""
        words = [*chain.from_iterable([said.words for said in texts])]
        bias, signs = self._points.bias.text, self._signs
        if not words:
            return [Heard([], bias) for _ in texts]
        worths, stems = self._worths(words, _begins_of_all(texts))
        whole = [(worth & _FIELD) - _HALF for worth in worths]
        sentences = [((worth >> _BITS) & _FIELD) - _HALF for worth in worths]
        reached = [worth & signs for worth in worths]
        heard, begin, first = [], 0, 0
        for said in texts:
            end, last = begin + len(said.begins), first + len(said.words)
            sounding = self._strongest(worths[begin:end]) if any(reached[begin:end]) else ()
            unknown = stems[first:last].count("")
            heard.append(Heard(sentences[begin:end], sum(whole[begin:end]) + bias, sounding, unknown))
            begin, first = end, last
        return heard

    def _worths(self, words: Sequence[str], begins: Sequence[int]) -> tuple[list[int], tuple[str, ...]]:
        """What each sentence is worth by its words, alone and after others, and the stems of the words."""
        worths, stems, beside = zip(*map(self._known.__getitem__, words), strict=True)
        before = [BEGIN, *stems]
        for at in begins:
            before[at] = BEGIN
        after, bias = [*map(dict.get, beside, before, repeat(0))], self._bias
        own = [
            bias + sum(worths[begin:end]) + sum(filter(None, after[begin:end]))
            for begin, end in pairwise([*begins, len(words)])
        ]
        return own, stems

    def _strongest(self, worths: Sequence[int]) -> list[Sounding]:
        """The kinds that sentences reach, each with the one that has most points for it."""
        best: list[tuple[int, int]] = [(-1, 0)] * len(self._kinds.kinds)
        for number, worth in enumerate(worths):
            if worth & self._signs:
                each = worth >> _KINDS
                for at, (most, _) in enumerate(best):
                    points = (each & _FIELD) - _HALF
                    each >>= _BITS
                    if points > most:
                        best[at] = points, number
        return [
            Sounding(kind, number)
            for kind, (points, number) in zip(self._kinds.kinds, best, strict=True)
            if points >= 0
        ]


def _packed(sentence: int, text: int, kinds: Iterable[int] = ()) -> int:
    return sum(each << (_BITS * at) for at, each in enumerate((text, sentence, *kinds)))


def _of_points(points: Points) -> Iterator[tuple[Key, int]]:
    for key, weight in points.weights.items():
        yield key, _packed(weight.sentence, weight.text)


def _of_kinds(kinds: KindPoints) -> Iterator[tuple[Key, int]]:
    for key, points in kinds.points.items():
        yield _kinds_own(key) if key.startswith(CLASS) else key, _packed(0, 0, points)


def _kinds_own(key: Key) -> Key:
    """The key of a class of the kinds, which is another than one of complaints."""
    return CLASS + key


def _begins_of_all(texts: Iterable[Said]) -> list[int]:
    """Where the sentences of some texts begin in the words of all."""
    begins: list[int] = []
    offset = 0
    for said in texts:
        begins += [offset + at for at in said.begins] if offset else said.begins
        offset += len(said.words)
    return begins
