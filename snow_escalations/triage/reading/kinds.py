"""What the words of a sentence sound like: an effect of the trouble (`safety`), or something asked for (`call`).

Cues tell what is told in plain words. Most is not: "the ward cannot see allergies", "lorries queue at the gate". So the
words of a sentence, two side by side, and the classes of words (`data/kind_classes.yaml`) have points for each kind
(`data/kinds.tsv`), found by logistic regression over labelled texts. A sentence is of each kind for which they reach
zero.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.points import BEGIN, stem
from snow_escalations.triage.reading.tokens import Said

CLASS = ">"
_BITS = 24
"""A worth is a number of which each kind has that many bits, the highest of which tells whether it is reached."""
_FIELD, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_NOTHING: dict[str, int] = {}

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
        self.kinds = tuple(kinds)
        self.classes: dict[str, list[str]] = {}
        for name, words in classes.items():
            for word in words:
                self.classes.setdefault(word, []).append(name)
        self._worth = {key: sum(each << (_BITS * at) for at, each in enumerate(of)) for key, of in points.items()}
        self._stems: dict[str, str] = {}
        self._beside: dict[str, dict[str, int]] = {}
        for key, worth in self._worth.items():
            first, _, second = key.partition(" ")
            if second:
                self._beside.setdefault(second, {})[self._stems.setdefault(first, first)] = worth
        self._of_classes = {
            word: sum([self._worth.get(CLASS + name, 0) for name in names]) for word, names in self.classes.items()
        }
        self._known = Memo(self._work_out)
        self._signs = sum(_HALF << (_BITS * at) for at in range(len(self.kinds)))
        self._bias = self._worth["="] + self._signs

    def _work_out(self, word: str) -> tuple[int, str, dict[str, int]]:
        """What a word is worth, its stem ("" where none has points after it), and its worth by the stems before it."""
        root = stem(word)
        worth = self._worth.get(root, 0) + self._of_classes.get(word, 0)
        return worth, self._stems.get(root, ""), self._beside.get(root, _NOTHING)

    def sounding(self, said: Said) -> list[Sounding]:
        """The kinds that a text sounds like, each once, with the sentence that sounds most like it."""
        return self.sounding_of_all([said])[0]

    def sounding_of_all(self, texts: Sequence[Said]) -> list[list[Sounding]]:
        """The same of several texts, their words looked up in one go, which is faster than text by text."""
        words = [*chain.from_iterable([said.words for said in texts])]
        if not words:
            return [[] for _ in texts]
        begins = [0]
        for said in texts:
            begins += [begins[-1] + at for at in (*said.begins[1:], len(said.words))] if said.words else []
        signs = self._signs
        reached = [(number, worth) for number, worth in enumerate(self._worths(words, begins)) if worth & signs]
        result, at, first = [], 0, 0
        for said in texts:
            own, first = at, first + len(said.begins)
            while at < len(reached) and reached[at][0] < first:
                at += 1
            result.append(self._strongest(reached[own:at], first - len(said.begins)) if at > own else [])
        return result

    def _worths(self, words: Sequence[str], begins: Sequence[int]) -> list[int]:
        """What each sentence is worth; `begins` tells where each begins in the words, and where the last ends."""
        own, stems, beside = zip(*map(self._known.__getitem__, words), strict=True)
        before = [BEGIN, *stems]
        for at in begins:
            before[at] = BEGIN
        after = [*map(dict.get, beside, before, repeat(0))]
        bias = self._bias
        return [bias + sum(own[begin:end]) + sum(after[begin:end]) for begin, end in pairwise(begins)]

    def _strongest(self, reached: Sequence[tuple[int, int]], first: int) -> list[Sounding]:
        """The kinds that sentences reach, each with the one that has most points for it, counted from the first."""
        best: dict[int, tuple[int, int]] = {}
        for number, worth in reached:
            for at, points in enumerate(self._unpacked(worth)):
                if points >= 0 and (at not in best or points > best[at][0]):
                    best[at] = points, number - first
        return [Sounding(self.kinds[at], number) for at, (_, number) in sorted(best.items())]

    def _unpacked(self, worth: int) -> Iterator[int]:
        for _ in self.kinds:
            yield (worth & _FIELD) - _HALF
            worth >>= _BITS


def parsed(text: str, classes: Mapping[str, Iterable[str]]) -> KindPoints:
    """The points of a table of lines: the names of the kinds, then a key with its points, with tabs between."""
    head, *lines = text.splitlines()
    points = {key: [*map(int, each)] for key, *each in (line.split("\t") for line in lines)}
    return KindPoints(head.split("\t")[1:], points, classes)
