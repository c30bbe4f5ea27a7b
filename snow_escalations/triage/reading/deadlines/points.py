"""How much the words around a day sound like those around one that binds, by weighed words.

The grammar tells what a day is by the words right beside it and by the cues of its sentence. Most of what is said of
days in passing has no cue: "the kiosk turns ten on Friday". So the words of the sentence, two side by side, those right
beside the day, those of the sentences before and after, the headings of the cues, and what kind of day it is have
points (`data/deadline_points.tsv`), found by logistic regression over the labelled texts. The less the grammar knows of
a day, the more points it needs to bind. A day that a team has named, or beside a cue of a team's own, has enough.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, product, repeat
from typing import NamedTuple

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
_SUFFIXES = ("ing", "ed", "es", "s")
_LEAST_STEM = 3
_LONG = 5  # letters of a word that may have an ending
_DISTANCES = (1, 4, 10, 35, 60, 110)  # days ahead
_PLACES = tuple(f"{place} " for place in (-3, -2, -1, 1, 2, 3))
_BEFORE, _AFTER = (_BEGIN,) * 3, (_END,) * 3  # beside a day where a sentence has no words
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

    The stem of a word is worked out once.
    """

    __slots__ = (
        "_ahead", "_bias", "_kinds", "_last", "_near", "_next", "_pairs", "_stems", "_told", "_vocabulary", "_words",
    )  # fmt: skip

    def __init__(self, vocabulary: Vocabulary, table: Mapping[str, Mapping[str, int]]) -> None:
        self._vocabulary, self._bias = vocabulary, table.get(BIAS, _NO_POINTS).get(BIAS, 0)
        self._words, self._last, self._next = (table.get(name, _NO_POINTS) for name in ("word", "last", "next"))
        self._pairs = {_stems_of(key): points for key, points in table.get("pair", _NO_POINTS).items()}
        near = table.get("near", _NO_POINTS).items()
        self._near = [{key.removeprefix(at): points for key, points in near if key.startswith(at)} for at in _PLACES]
        self._told = told = table.get("told", _NO_POINTS)
        kinds = product(Needs, (False, True), (False, True), (False, True))  # in the order of `_kind_number`
        self._kinds = [told.get(_kind(*kind), 0) for kind in kinds]
        self._ahead = [told.get(f"+{distance}", 0) for distance in range(len(_DISTANCES) + 1)]
        self._stems = Memo(lambda word: sys.intern(self._stem(word)))

    def weigh(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> int:
        """The points of a day; enough, if it is told in a team's own words."""
        odds = self.odds(scope, sentence, first, moment)
        if odds >= BOUND:
            return odds
        near = near_of(sentence, first, moment.stop)
        return BOUND if self._vocabulary.is_own(scope.texts, near, (first, moment.stop)) else odds

    def odds(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> int:
        """The points of a day."""
        texts, stems, nothing = scope.texts, self._stems.__getitem__, repeat(0)
        before, after = _beside(texts, sentence, first, moment.stop)
        said = [*_BEFORE, *map(stems, before), _DAY, *map(stems, after), *_AFTER]
        day, end = len(_BEFORE) + len(before), len(said) - len(_AFTER)
        odds = self._bias + self._kinds[_kind_number(moment)] + self._ahead[_distance(scope, moment)]
        odds += sum(map(self._told.get, sentence.starts, nothing))
        points = self._words.get
        odds += sum(map(points, said[len(_BEFORE) : day], nothing)) + sum(map(points, said[day + 1 : end], nothing))
        begun = said[len(_BEFORE) - 1 : end + 1]
        odds += sum(map(self._pairs.get, pairwise(begun), nothing))
        for points_of, stem in zip(self._near, said[day - 3 : day] + said[day + 1 : day + 4], strict=True):
            odds += points_of.get(stem, 0)
        odds += sum(map(self._last.get, map(stems, _last(texts, sentence.start)), nothing))
        return odds + sum(map(self._next.get, map(stems, _next(texts, sentence.stop)), nothing))

    def around(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> Around:
        """What has points around a day, to find the points."""
        texts, stem = scope.texts, self._stem
        before, after = ([*map(stem, words)] for words in _beside(texts, sentence, first, moment.stop))
        return Around(
            word=before + after,
            pair=[*pairwise([_BEGIN, *before, _DAY, *after, _END])],
            near=[*map(str.__add__, _PLACES, [*_BEFORE, *before][-3:] + [*after, *_AFTER][:3])],
            last=[*map(stem, _last(texts, sentence.start))],
            next=[*map(stem, _next(texts, sentence.stop))],
            told=[*sentence.starts, _kind(*_kind_of(moment)), f"+{_distance(scope, moment)}"],
        )

    def _stem(self, word: str) -> str:
        """A word without its ending; `#` for one with digits, `%` for a weekday, `&` for a month."""
        if any(map(str.isdigit, word)):
            return "#"
        if len(word) > _LEAST_STEM and word in self._vocabulary.weekdays:
            return "%"
        if word in self._vocabulary.months and word not in ("may", "march"):
            return "&"
        if len(word) >= _LONG:
            for suffix in _SUFFIXES:
                if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
                    return word[: -len(suffix)]
        return word


def near_of(sentence: Sentence, first: int, stop: int) -> tuple[int, int]:
    """From where to where the words of a sentence count for a day: as far as a verb reaches."""
    return max(sentence.start, first - REACH), min(sentence.stop, stop + REACH)


def _beside(texts: Sequence[str], sentence: Sentence, first: int, stop: int) -> tuple[Sequence[str], Sequence[str]]:
    """The words that count before and after a day."""
    begin, end = near_of(sentence, first, stop)
    return texts[begin:first], texts[stop:end]


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


def _stems_of(key: str) -> tuple[str, str]:
    """The two stems of a pair, so that looking them up compares no letters."""
    first, second = map(sys.intern, key.split(" "))
    return first, second


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
