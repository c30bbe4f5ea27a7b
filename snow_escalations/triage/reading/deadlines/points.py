"""How much the words around a day sound like those around one that binds, by weighed words.

The grammar tells what a day is by the words right beside it and by the cues of its sentence. Most of what is said of
days in passing has no cue: "the kiosk turns ten on Friday". So the words of the sentence, two side by side, those right
beside the day, those of the sentences before and after, the headings of the cues, and what kind of day it is have
points (`data/deadline_points.tsv`), found by logistic regression over the labelled texts. The less the grammar knows of
a day, the more points it needs to bind. A day that a team has named, or beside a cue of a team's own, has enough.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain, pairwise, product, repeat
from operator import add, getitem, mul
from typing import NamedTuple, TypeVar

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.sentence import REACH, Sentence
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.memo import Memo

BOUND = 0
"""Least points of a day that binds if the grammar takes it for a limit, in hundredths of log odds."""
LIMITED = -100
"""The same, if a word that makes a limit of it stands beside the day."""
NEEDED = -250
"""The same, if something is needed with that limit."""
REFERRED = -550
"""The same, if it is when somebody goes, and the text says that something is needed before."""
CLEAR = 200
"""Least points of a day that binds although the grammar knows nothing that makes a limit of it."""
ALLOWED = 380
"""The same, if the verb of the day looks back: "access is allowed from 12 to 13 December"."""
FIRM = 450
"""Least points of a day that binds no less than one with a word that makes a limit of it."""
SURE = 900
"""Least points of a day that binds although the text says elsewhere that nobody waits; twice as many if it is weak."""
BIAS = "="
_BESIDE = 25  # words of the sentences before and after
_DAY, _BEGIN, _END = "@", "^", "$"
_MARKS = ("", _BEGIN, _DAY, _END)  # which stand for no words, and so have no points of a word
_UNKNOWN, _BEGINS, _IS_DAY, _ENDS = range(len(_MARKS))
_SUFFIXES = ("ing", "ed", "es", "s")
_LEAST_STEM = 3
_LONG = 5  # letters of a word that may have an ending
_DISTANCES = (1, 4, 10, 35, 60, 110)  # days ahead
_PLACES = tuple(f"{place} " for place in (-3, -2, -1, 1, 2, 3))
_Said = TypeVar("_Said")
_NO_POINTS: Mapping[str, int] = {}


class Around(NamedTuple):
    """What stands around a day, each by the name of its table."""

    word: Sequence[str]
    pair: Sequence[tuple[str, str]]
    near: Sequence[str]
    last: Sequence[str]
    next: Sequence[str]
    told: Sequence[str]

    def written(self) -> Iterator[str]:
        """Each with the name of its table, as `deadline_points.tsv` has it."""
        for name, keys in zip(self._fields, self, strict=True):
            for key in keys:
                yield f"{name}\t{key if isinstance(key, str) else ' '.join(key)}"


class Points:
    """The points of all words, by a table of lines `name<TAB>key<TAB>points`.

    Stems have numbers, by which their points stand in lists; the number of a word is worked out once.
    """

    __slots__ = (
        "_ahead", "_bias", "_kinds", "_last", "_near", "_next", "_numbers", "_pairs", "_step", "_told", "_vocabulary",
        "_words",
    )  # fmt: skip

    def __init__(self, vocabulary: Vocabulary, table: Mapping[str, Mapping[str, int]]) -> None:
        self._vocabulary, self._bias = vocabulary, table.get(BIAS, _NO_POINTS).get(BIAS, 0)
        self._told = told = table.get("told", _NO_POINTS)
        kinds = product(Needs, (False, True), (False, True), (False, True))  # in the order of `_kind_number`
        self._kinds = [told.get(_kind(*kind), 0) for kind in kinds]
        self._ahead = [told.get(f"+{distance}", 0) for distance in range(len(_DISTANCES) + 1)]
        stems = _stems_of(table)
        numbers = {stem: number for number, stem in enumerate(stems) if number >= len(_MARKS)}
        self._numbers = Memo(lambda word: numbers.get(stem_of(word, vocabulary), _UNKNOWN))
        word, last, after = (table.get(name, _NO_POINTS) for name in ("word", "last", "next"))
        self._words = [word.get(stem, 0) if number >= len(_MARKS) else 0 for number, stem in enumerate(stems)]
        self._last, self._next = ([points.get(stem, 0) for stem in stems] for points in (last, after))
        near = table.get("near", _NO_POINTS)
        self._near = [[near.get(place + stem, 0) for stem in stems] for place in _PLACES]
        self._step = len(stems)
        self._pairs = dict(_pairs_of(table.get("pair", _NO_POINTS), numbers, self._words, self._step))

    def weigh(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> int:
        """The points of a day; enough, if it is told in a team's own words."""
        odds = self.odds(scope, sentence, first, moment)
        return BOUND if odds < BOUND and self.is_own(scope, sentence, first, moment) else odds

    def is_own(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
        """Whether a day is told in a team's own words."""
        near = near_of(sentence, first, moment.stop)
        return self._vocabulary.is_own(scope.texts, near, (first, moment.stop))

    def odds(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> int:
        """The points of a day."""
        texts, numbers = scope.texts, self._numbers.__getitem__
        begin, end = near_of(sentence, first, moment.stop)
        before, after = [*map(numbers, texts[begin:first])], [*map(numbers, texts[moment.stop : end])]
        odds = self._bias + self._kinds[_kind_number(moment)] + self._ahead[_distance(scope, moment)]
        for heading in self._told.keys() & sentence.starts.keys():
            odds += self._told[heading]
        said = [*before, _IS_DAY, *after, _ENDS]
        pairs = map(add, map(mul, [_BEGINS, *said], repeat(self._step)), said)
        odds += sum(map(self._pairs.get, pairs, map(self._words.__getitem__, said)))
        odds += sum(map(getitem, self._near, _near(before, after, _BEGINS, _ENDS)))
        if sentence.start > 1:
            odds += sum([self._last[number] for number in map(numbers, _last(texts, sentence.start))])
        if texts[sentence.stop + 1]:
            odds += sum([self._next[number] for number in map(numbers, _next(texts, sentence.stop))])
        return odds

    def around(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> Around:
        """What has points around a day, to find the points."""
        texts = scope.texts

        def stem(word: str) -> str:
            return stem_of(word, self._vocabulary)

        begin, end = near_of(sentence, first, moment.stop)
        before, after = [*map(stem, texts[begin:first])], [*map(stem, texts[moment.stop : end])]
        return Around(
            word=before + after,
            pair=[*pairwise([_BEGIN, *before, _DAY, *after, _END])],
            near=[*map(str.__add__, _PLACES, _near(before, after, _BEGIN, _END))],
            last=[*map(stem, _last(texts, sentence.start))],
            next=[*map(stem, _next(texts, sentence.stop))],
            told=[*sentence.starts, _kind(*_kind_of(moment)), f"+{_distance(scope, moment)}"],
        )


def stem_of(word: str, vocabulary: Vocabulary) -> str:
    """A word without its ending; `#` for one with digits, `%` for a weekday, `&` for a month."""
    if any(map(str.isdigit, word)):
        return "#"
    if len(word) > _LEAST_STEM and word in vocabulary.weekdays:
        return "%"
    if word in vocabulary.months and word not in ("may", "march"):
        return "&"
    if len(word) >= _LONG:
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
                return word[: -len(suffix)]
    return word


def near_of(sentence: Sentence, first: int, stop: int) -> tuple[int, int]:
    """From where to where the words of a sentence count for a day: as far as a verb reaches."""
    return max(sentence.start, first - REACH), min(sentence.stop, stop + REACH)


def _near(before: list[_Said], after: list[_Said], begin: _Said, end: _Said) -> list[_Said]:
    """Those right beside a day, by their place."""
    return [*[begin, begin, begin, *before[-3:]][-3:], *[*after[:3], end, end, end][:3]]


def _last(texts: Sequence[str], start: int) -> Sequence[str]:
    """The words of the sentence before one that begins there, of those that tell of time."""
    if start < 2:
        return ()
    near = texts[max(0, start - 1 - _BESIDE) : start - 1]
    return near[len(near) - near[::-1].index("") :] if "" in near else near


def _next(texts: Sequence[str], stop: int) -> Sequence[str]:
    """The words of the sentence after one that stops there, of those that tell of time."""
    if not texts[stop + 1]:
        return ()
    near = texts[stop + 1 : stop + 1 + _BESIDE]
    return near[: near.index("")] if "" in near else near


def _kind_of(moment: Moment) -> tuple[Needs, bool, bool, bool]:
    """What kind of day it is: what it needs, and whether it is a span, of the calendar, and may have passed."""
    return moment.needs, moment.span, moment.dated, moment.back is not None


def _kind_number(moment: Moment) -> int:
    """The number of that kind."""
    return moment.needs * 8 + moment.span * 4 + moment.dated * 2 + (moment.back is not None)


def _kind(needs: Needs, span: bool, dated: bool, back: bool) -> str:  # noqa: FBT001
    """The same as the table has it."""
    return needs.name + (" span" if span else "") + (" dated" if dated else "") + (" back" if back else "")


def _distance(scope: Scope, moment: Moment) -> int:
    """How far ahead a day is, in steps."""
    return bisect_right(_DISTANCES, (moment.first - scope.today).days)


def _stems_of(table: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The marks and all stems of a table by their numbers; a sign that is written as a mark is has its own."""
    word, near, last, after, pairs = (table.get(name, _NO_POINTS) for name in ("word", "near", "last", "next", "pair"))
    of_pairs = chain.from_iterable(key.split(" ") for key in pairs)
    return [*_MARKS, *dict.fromkeys(chain(word, last, after, (key.split(" ")[1] for key in near), of_pairs))]


def _pairs_of(
    pairs: Mapping[str, int], numbers: Mapping[str, int], words: Sequence[int], step: int
) -> Iterator[tuple[int, int]]:
    """The points of pairs with those of their second words, by the numbers of both in one."""
    of = {stem: (number,) for stem, number in numbers.items()}
    both = of | {mark: (*of.get(mark, ()), number) for number, mark in enumerate(_MARKS) if mark}
    for key, points in pairs.items():
        first, second = key.split(" ")
        for one in both[first]:
            for other in both[second]:
                yield one * step + other, points + words[other]


def read_table(text: str) -> dict[str, dict[str, int]]:
    """Points by table and key."""
    tables: dict[str, dict[str, int]] = {}
    for line in text.splitlines():
        name, key, points = line.split("\t")
        tables.setdefault(name, {})[key] = int(points)
    return tables


@lru_cache(maxsize=1)
def shipped_table() -> dict[str, dict[str, int]]:
    """The points that ship with the package."""
    path = files("snow_escalations.triage.reading") / "data" / "deadline_points.tsv"
    return read_table(path.read_text(encoding="utf-8"))
