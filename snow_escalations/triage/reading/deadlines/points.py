"""How much the words around a day sound like those around one that binds, by weighed words.

The grammar tells what a day is by the words right beside it and by the cues of its sentence. Most of what is said of
days in passing has no cue: "the kiosk turns ten on Friday". So the words of the sentence, two side by side, those right
beside the day, those of the sentences before and after, the headings of the cues, and what kind of day it is have
points (`data/deadline_points.tsv`), found by logistic regression over the labelled texts. A day that the grammar takes
for a limit is none if its words sound too little like it. A day that a team has named, or beside a cue of a team's own,
is weighed by nobody.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise, repeat
from typing import NamedTuple

from snow_escalations.triage.reading.deadlines.moment import Moment, Scope
from snow_escalations.triage.reading.deadlines.sentence import REACH, Sentence
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.memo import Memo

BOUND = -100
"""Least points of a day that binds, in hundredths of log odds."""
SURE = 700
"""Least points of a day that binds although the text says elsewhere that nobody waits; twice as many if it is weak."""
BIAS = "="
_BESIDE = 25  # words of the sentences before and after
_DAY, _BEGIN, _END = "@", "^", "$"
_SUFFIXES = ("ing", "ed", "es", "s")
_LEAST_STEM = 3
_LONG = 5  # letters of a word that may have an ending
_DISTANCES = (1, 4, 10, 35, 60, 110)  # days ahead
_PLACES = tuple(f"{place} " for place in (-3, -2, -1, 1, 2, 3))
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

    What a word is worth in its sentence, and in those beside it, is worked out once.
    """

    __slots__ = ("_bias", "_near", "_of_last", "_of_next", "_of_word", "_pairs", "_stems", "_told", "_vocabulary")

    def __init__(self, vocabulary: Vocabulary, table: Mapping[str, Mapping[str, int]]) -> None:
        self._vocabulary, self._bias = vocabulary, table.get(BIAS, _NO_POINTS).get(BIAS, 0)
        word, last, after = (table.get(name, _NO_POINTS) for name in ("word", "last", "next"))
        self._stems = Memo(self._stem)
        self._of_word = Memo(lambda each: word.get(self._stem(each), 0))
        self._of_last = Memo(lambda each: last.get(self._stem(each), 0))
        self._of_next = Memo(lambda each: after.get(self._stem(each), 0))
        self._pairs = {(*key.split(" "),): points for key, points in table.get("pair", _NO_POINTS).items()}
        self._near, self._told = table.get("near", _NO_POINTS), table.get("told", _NO_POINTS)

    def binds(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
        """Whether the words around a day sound like a limit, or it is of a team's own words."""
        return self.weigh(scope, sentence, first, moment)[0]

    def weigh(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> tuple[bool, int]:
        """The same, and the points."""
        odds = self.odds(scope, sentence, first, moment)
        if odds >= BOUND:
            return True, odds
        near = near_of(sentence, first, moment.stop)
        return self._vocabulary.is_own(scope.texts, near, (first, moment.stop)), odds

    def odds(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> int:
        """The points of a day."""
        texts, stems, no = scope.texts, self._stems, repeat(0)
        before, after = _beside(texts, sentence, first, moment.stop)
        pairs, near = _side_by_side([*map(stems.__getitem__, before)], [*map(stems.__getitem__, after)])
        return (
            self._bias
            + sum(map(self._of_word.__getitem__, before))
            + sum(map(self._of_word.__getitem__, after))
            + sum(map(self._pairs.get, pairs, no))
            + sum(map(self._near.get, near, no))
            + sum(map(self._of_last.__getitem__, _last(texts, sentence.start)))
            + sum(map(self._of_next.__getitem__, _next(texts, sentence.stop)))
            + sum(map(self._told.get, _told(scope, sentence, moment), no))
        )

    def around(self, scope: Scope, sentence: Sentence, first: int, moment: Moment) -> Around:
        """What has points around a day, to find the points."""
        texts, stems = scope.texts, self._stems
        before, after = ([stems[word] for word in words] for words in _beside(texts, sentence, first, moment.stop))
        pairs, near = _side_by_side(before, after)
        return Around(
            word=before + after,
            pair=[*pairs],
            near=near,
            last=[stems[word] for word in _last(texts, sentence.start)],
            next=[stems[word] for word in _next(texts, sentence.stop)],
            told=_told(scope, sentence, moment),
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


def _side_by_side(before: list[str], after: list[str]) -> tuple[Iterable[tuple[str, str]], list[str]]:
    """Each two words of a sentence, with the day as one, and those right beside the day by their place."""
    beside = [*([_BEGIN] * 3 + before)[-3:], *(after + [_END] * 3)[:3]]
    return pairwise([_BEGIN, *before, _DAY, *after, _END]), [*map(str.__add__, _PLACES, beside)]


def _last(texts: Sequence[str], start: int) -> Sequence[str]:
    """The words of the sentence before one that begins there, of those that tell of time."""
    if start < 2:
        return ()
    near = texts[max(0, start - 1 - _BESIDE) : start - 1]
    return near[len(near) - near[::-1].index("") :] if "" in near else near


def _next(texts: Sequence[str], stop: int) -> Sequence[str]:
    """The words of the sentence after one that stops there, of those that tell of time."""
    near = texts[stop + 1 : stop + 1 + _BESIDE]
    return near[: near.index("")] if "" in near else near


def _told(scope: Scope, sentence: Sentence, moment: Moment) -> list[str]:
    """The headings of the sentence, what kind of day it is, and how far ahead."""
    days = (moment.first - scope.today).days
    kind = moment.needs.name + (" span" if moment.span else "") + (" dated" if moment.dated else "")
    return [
        *sentence.starts,
        kind + (" back" if moment.back is not None else ""),
        f"+{bisect_right(_DISTANCES, days)}",
    ]


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
