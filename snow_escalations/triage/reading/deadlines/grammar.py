"""All time expressions of a text, tried word by word, the longest kinds first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

from snow_escalations.triage.reading.deadlines import clock, counted, days, periods, spans, weekdays
from snow_escalations.triage.reading.deadlines.moment import Moment, Scope
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import listed

Parser = Callable[[Scope, int], Moment | None]
_CODES: tuple[Parser, ...] = (
    counted.counted,
    days.calendar_date,
    days.named_day,
    periods.part_of_period,
    periods.end_of_period,
    days.day_of_month,
)
_WORDS: tuple[Parser, ...] = (
    counted.counted,
    weekdays.weekday,
    days.near_day,
    days.calendar_date,
    days.named_day,
    periods.part_of_period,
    periods.end_of_period,
)
_LINKS = ("on", "of", ",", "this", "by", "the", "at", "-", "(", "in", "-")
_STARTS = listed(
    "this next coming following upcoming the end close last first second third fourth mid middle early late beginning "
    "start current calendar fiscal financial our business ends closing closes endings finish completion before during "
    "in by until till through within same each start 1st 2nd 3rd 4th t eve"
)
_ALONE = listed(
    "today today's tonight tonight's day week weekend week's month's year's quarter's quarter qtr wk cw kw eow eom eoq "
    "eoy eobw am pm clock o'clock overmorrow q"
)
_REACH = 4
_ONLY_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Triggers:
    """Words without which there is no expression, and those that only begin one; digits can, too."""

    core: frozenset[str]
    starts: frozenset[str]

    @classmethod
    def of(cls, known: Vocabulary) -> Self:
        """The triggers of a vocabulary."""
        names = {f"{name}'s" for name in known.weekdays}
        sources = (known.months, known.weekdays, known.times, known.units)
        early = {word for word, number in known.ordinals.items() if number <= len(("first", "second", "third"))}
        core = _ALONE.union(days.TOMORROW, names, frozenset(known.ordinals) - early, *map(frozenset, sources))
        named = [words for found in known.holidays.values() for words, _ in found]
        core |= {words[0] for words in named if core.isdisjoint(words)}
        return cls(core, (_STARTS | frozenset(known.numbers) | frozenset(known.holidays) | early) - core)


def moments(scope: Scope, triggers: Triggers) -> Iterator[tuple[int, Moment]]:
    """Each expression with the place of its first word, from left to right."""
    index, stop, texts, codes = 0, len(scope.words), scope.texts, scope.codes
    core, starts = triggers.core, triggers.starts
    while index < stop:
        text = texts[index]
        if text not in core:
            is_code = codes[index]
            if not is_code and text not in starts:
                index += 1
                continue
            if (not is_code or (text.isdigit() and len(text) <= _ONLY_DIGITS)) and not any(
                texts[at] in core or codes[at] for at in range(index + 1, min(index + 1 + _REACH, stop))
            ):
                index += 1
                continue
        found = moment_at(scope, index)
        if found is None:
            index += 1
            continue
        yield index, found
        index = max(found.stop, index + 1)


def day_at(scope: Scope, index: int) -> Moment | None:
    """A day, without a time of day before it."""
    for parser in _CODES if scope.is_code(index) else _WORDS:
        if (found := parser(scope, index)) is not None:
            return clock.with_time_after(scope, found)
    return None


def moment_at(scope: Scope, index: int) -> Moment | None:
    """The expression that begins at a word, if one does."""
    if _counts(scope, index):
        return counted.counted(scope, index) or spans.span(scope, index)
    if (found := day_at(scope, index)) is not None:
        return found
    timed = clock.time_at(scope, index)
    if timed is not None:
        at = scope.skip(timed.stop, *_LINKS)
        if at - timed.stop <= 3:
            day = day_at(scope, at) or _month_day(scope, at)
            if day is not None:
                merged = clock.timed(day, timed) if day.at is None else day
                return merged._replace(stop=day.stop)
        if timed.sure and scope.word(index) != "night" and not _is_span(scope, index):
            return clock.bare_time(scope, timed)
    return spans.span(scope, index) or periods.whole_period(scope, index)


def _counts(scope: Scope, index: int) -> bool:
    """Whether it is a number right before a unit in full, which can be nothing else: "3 days", "two weeks"."""
    unit = scope.word(index + 1)
    if unit not in scope.vocabulary.units or len(unit) <= len("wks"):
        return False
    return scope.word(index).isdigit() or scope.word(index) in scope.vocabulary.numbers


def _month_day(scope: Scope, index: int) -> Moment | None:
    return days.day_of_month(scope, index) if scope.word(index - 1) == "the" else None


def _is_span(scope: Scope, index: int) -> bool:
    return scope.is_code(index) and spans.span(scope, index) is not None
