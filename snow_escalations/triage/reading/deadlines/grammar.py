"""All time expressions of a text, tried word by word, the longest kinds first."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import NamedTuple, Self, TypeAlias

from snow_escalations.triage.reading.deadlines import clock, counted, days, occasions, periods, spans, weekdays
from snow_escalations.triage.reading.deadlines.moment import Moment, Scope
from snow_escalations.triage.reading.deadlines.parts import DIGITS, STARTS, TELLS, Pieces
from snow_escalations.triage.reading.deadlines.shapes import clock_time, may_be_time, span_number, year_number
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.words import listed

Parser: TypeAlias = Callable[[Scope, int], Moment | None]
_Test: TypeAlias = Callable[[str], bool]
Opening: TypeAlias = Callable[[Vocabulary], Iterable[str]]
_WORDS: tuple[tuple[Parser, Opening], ...] = (
    (counted.counted, counted.counted_words),
    (weekdays.weekday, weekdays.weekday_words),
    (days.near_day, days.near_words),
    (days.calendar_date, days.date_words),
    (occasions.named_day, occasions.named_words),
    (periods.part_of_period, periods.part_words),
    (periods.end_of_period, periods.end_words),
)
_LAST: tuple[tuple[Parser, Opening], ...] = (
    (spans.span, spans.span_words),
    (periods.whole_period, periods.period_words),
)
_CODES: tuple[tuple[Parser, _Test], ...] = (  # with whether they may begin with digits
    (counted.counted, counted.may_be_counted),
    (days.calendar_date, days.may_be_date),
    (periods.part_of_period, periods.may_be_part),
    (periods.end_of_period, periods.may_be_quarter),
    (days.day_of_month, days.may_be_day_of_month),
)
_LAST_CODES: tuple[tuple[Parser, _Test], ...] = (
    (spans.span, lambda code: span_number(code) is not None),
    (periods.turn_of_year, lambda code: year_number(code) is not None),
    (periods.whole_period, periods.may_be_quarter),
)
_LINKS = frozenset({"on", "of", ",", "this", "by", "the", "at", "-", "(", "in"})
_STARTS = listed(
    "this next coming following upcoming new the end close last final penultimate first second third fourth mid "
    "middle early late beginning turn "
    "start current calendar fiscal financial our business ends closing closes endings finish completion before during "
    "in by until till through within same each start 1st 2nd 3rd 4th t eve"
)
_ALONE = listed(
    "tom today today's tonight tonight's day week weekend wkend "
    "week's month's year's quarter's quarter qtr wk cw kw eow eom eoq "
    "eoy eobw am pm clock o'clock overmorrow q"
)
_BEFORE_TIMES = frozenset(
    {"", "at", "by", "before", "until", "till", "around", "about", "from", "@", "-", ",", "(", ":", "to"}
)
_AFTER_THIS = listed("time afternoon evening noon close end cw kw wk")
_AFTER_LAST = listed("day date working business banking week weekend half of")
_THAT_SAME = frozenset({"that", "same"})
_THAT_DAY = frozenset((that, day) for that in _THAT_SAME for day in ("day", "morning", "afternoon", "evening"))
_THAT = ("that", "the")
_OF_WEEK = ("of", "this", "next", "coming", "in", "after", "before", "week")
_REACH = 4
_MAY_BEGIN = re.compile(  # by what words are to a time: what begins one must have what tells of it soon after it
    rb"[%c%c]|%c(?=.{0,%d}[%c%c])" % (TELLS, DIGITS, STARTS, _REACH - 1, TELLS, DIGITS), re.DOTALL
)
_ONLY_DIGITS = 4


class Begun(NamedTuple):
    """What may begin with a word: days and what is tried last, each in order, and times of day."""

    days: tuple[Parser, ...] = ()
    is_time: bool = False
    last: tuple[Parser, ...] = ()


_NOTHING = Begun()


def _begun_by_code(names: frozenset[str], code: str) -> Begun:
    """What may begin with something that has digits, given the first words of named days."""
    if not may_be_time(code) and code not in names:
        return _NOTHING
    dated = [parser for parser, may_begin in _CODES if may_begin(code)]
    if code in names:
        after_dates = sum(parser in (counted.counted, days.calendar_date) for parser in dated)
        dated.insert(after_dates, occasions.named_day)
    last = tuple(parser for parser, may_begin in _LAST_CODES if may_begin(code))
    return Begun(tuple(dated), clock_time(code) is not None, last)


@dataclass(frozen=True, slots=True)
class Triggers:
    """Words without which there is no expression, and those that only begin one; digits can, too."""

    core: frozenset[str]
    starts: frozenset[str]
    words: Mapping[str, "Begun"]
    codes: Mapping[str, "Begun"]  # the same for whatever has digits
    follows: Mapping[str, frozenset[str]]  # what must follow some words, digits aside, for them to begin an expression
    pieces: Pieces

    @classmethod
    def of(cls, known: Vocabulary) -> Self:
        """The triggers of a vocabulary."""
        names = {f"{name}{ending}" for name in known.weekdays for ending in ("'s", "s") if len(name) > len("thurs")}
        names |= {f"{name}'s" for name in known.weekdays}
        sources = (known.months, known.weekdays, known.times, known.units)
        early = {word for word, number in known.ordinals.items() if number <= len(("first", "second", "third"))}
        core = _ALONE.union(days.TOMORROW, names, frozenset(known.ordinals) - early, *map(frozenset, sources))
        named = [words for found in known.holidays.values() for words, _ in found]
        core |= {max(words[:_REACH], key=len) for words in named if core.isdisjoint(words)}
        by_word, last = _by_word(_WORDS, known), _by_word(_LAST, known)
        times = frozenset(clock.time_words(known))
        starts = (_STARTS | frozenset(known.numbers) | frozenset(known.holidays) | early) - core
        starts &= by_word.keys() | last.keys() | times
        words = {
            word: Begun(by_word.get(word, ()), word in times, last.get(word, ()))
            for word in by_word.keys() | last.keys() | times
        }
        pieces = Pieces(core, starts, known.relaxed)
        return cls(
            core, starts, words, Memo(partial(_begun_by_code, frozenset(known.holidays))), _follows(known), pieces
        )


def _follows(known: Vocabulary) -> dict[str, frozenset[str]]:
    """What must follow words that begin much else: "the" a period, "a" a unit, "day" what it comes before."""
    named = {words[:2] for found in known.holidays.values() for words, _ in found if len(words) > 1}
    found = {
        **dict.fromkeys(periods.openings(), frozenset({*periods.after_opening(known), *_AFTER_THIS})),
        **dict.fromkeys(known.numbers, frozenset(spans.after_number(known))),
        "day": frozenset((*counted.BESIDE, "is")),
        "last": frozenset({*known.weekdays, *_AFTER_LAST}),
    }
    for word in weekdays.FOLLOWS:
        found[word] |= {"day"}
    for word, after in named:
        if word in found:
            found[word] |= {after}
    for words in (words for of_word in known.holidays.values() for words, _ in of_word if len(words) == 1):
        found.pop(words[0], None)
    return found


def _by_word(parsers: Iterable[tuple[Parser, Opening]], known: Vocabulary) -> dict[str, tuple[Parser, ...]]:
    """The parsers that may begin with a word, in order."""
    found: dict[str, tuple[Parser, ...]] = {}
    for parser, opening in parsers:
        for word in frozenset(opening(known)):
            found[word] = (*found.get(word, ()), parser)
    return found


def moments(scope: Scope, triggers: Triggers) -> list[tuple[int, Moment]]:
    """Each expression with the place of its first word, from left to right."""
    texts, keys, stop = scope.texts, scope.keys, 0
    weekdays_of = scope.vocabulary.weekdays
    all_found: list[tuple[int, Moment]] = []
    named: Moment | None = None
    for match in _MAY_BEGIN.finditer(keys):
        index = match.start()
        if index < stop:
            continue
        text = texts[index]
        follows = triggers.follows.get(text)
        is_first = follows is None or texts[index + 1] in follows or keys[index + 1] == DIGITS
        if not is_first and (text != "day" or texts[index - 1] not in counted.BESIDE_NAMED):
            continue
        if keys[index] == DIGITS and max(keys[index + 1 : index + 1 + _REACH]) < TELLS and _is_number(text):
            continue  # nothing that tells of a time follows soon
        found = moment_at(scope, index, triggers)
        if found is None and text == "day":
            found = counted.told_before(scope, index, named)
        if found is not None:
            if (
                named is not None
                and text in weekdays_of
                and texts[index + 1] not in _OF_WEEK
                and (texts[index - 1] in _THAT or weekdays.is_named_again(found, named, texts[index - 1]))
            ):
                found = weekdays.of_named(found, named)
            all_found.append((index, found))
            stop = found.stop
            named = found if not found.span else named
    return all_found


def _is_number(text: str) -> bool:
    """Whether it is a few digits, which are no time by themselves unless they are a year."""
    return text.isdigit() and len(text) <= _ONLY_DIGITS and year_number(text) is None


def day_at(scope: Scope, index: int, triggers: Triggers) -> Moment | None:
    """A day, without a time of day before it."""
    begun = _begun(scope, index, triggers)
    return _day_by(scope, index, begun.days) if begun is not None else None


def _begun(scope: Scope, index: int, triggers: Triggers) -> Begun | None:
    text = scope.texts[index]
    return triggers.codes[text] if scope.keys[index] == DIGITS else triggers.words.get(text)


def _day_by(scope: Scope, index: int, parsers: Iterable[Parser]) -> Moment | None:
    for parser in parsers:
        if (found := parser(scope, index)) is not None:
            if not scope.texts[found.stop]:
                return found  # it ends the sentence
            found = days.to_its_end(scope, index, weekdays.with_weekday_after(scope, found))
            return clock.with_time_after(scope, found)
    return None


def moment_at(scope: Scope, index: int, triggers: Triggers) -> Moment | None:
    """The expression that begins at a word, if one does."""
    begun = _begun(scope, index, triggers)
    if begun is None or begun is _NOTHING:
        return None
    if scope.texts[index + 1] in scope.vocabulary.units and _counts(scope, index):
        return counted.counted(scope, index) or spans.span(scope, index)
    if (found := _day_by(scope, index, begun.days)) is not None:
        return found
    if begun.is_time:
        timed = _timed(scope, index, triggers)
        if timed is not None:
            return timed
    for parser in begun.last:
        if (found := parser(scope, index)) is not None:
            return found
    return None


def _timed(scope: Scope, index: int, triggers: Triggers) -> Moment | None:
    """A time of day, with the day that follows it."""
    timed = clock.time_at(scope, index)
    if timed is None:
        return None
    if not timed.sure and scope.is_code(index) and scope.texts[index - 1] not in _BEFORE_TIMES:
        return None  # "wave 3 on 12/12"
    if _is_of_another_day(scope, timed.stop):
        return None
    at = scope.past(timed.stop, _LINKS)
    if at - timed.stop <= 3:
        day = day_at(scope, at, triggers) or _month_day(scope, at)
        if day is not None:
            merged = clock.timed(day, timed) if day.at is None else day
            return merged._replace(stop=day.stop)
    if (timed.sure or scope.texts[index] == "lunch") and scope.texts[index] != "night" and not _is_span(scope, index):
        return clock.bare_time(scope, timed)
    return None


def _is_of_another_day(scope: Scope, index: int) -> bool:
    """Whether a time is of a day that is told elsewhere: "Friday, and the bank wants it by 14:00 that day"."""
    near = scope.texts[index : index + _REACH]
    return not _THAT_SAME.isdisjoint(near) and not _THAT_DAY.isdisjoint(pairwise(near))


def _counts(scope: Scope, index: int) -> bool:
    """Whether it is a number right before a unit in full, which can be nothing else: "3 days", "two weeks"."""
    unit = scope.texts[index + 1]
    if unit not in scope.vocabulary.units or len(unit) <= len("wks"):
        return False
    return scope.texts[index].isdigit() or scope.texts[index] in scope.vocabulary.numbers


def _month_day(scope: Scope, index: int) -> Moment | None:
    return days.day_of_month(scope, index) if scope.texts[index - 1] == "the" else None


def _is_span(scope: Scope, index: int) -> bool:
    return scope.is_code(index) and spans.span(scope, index) is not None
