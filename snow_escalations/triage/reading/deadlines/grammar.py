"""All time expressions of a text, tried word by word, the longest kinds first."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from snow_escalations.triage.reading.deadlines import clock, counted, days, periods, spans
from snow_escalations.triage.reading.deadlines.moment import Moment, Scope
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import listed

Parser = Callable[[Scope, int], Moment | None]
_DAYS: tuple[Parser, ...] = (
    counted.counted,
    days.weekday,
    days.near_day,
    days.calendar_date,
    days.named_day,
    periods.part_of_period,
    periods.end_of_period,
    days.day_of_month,
)
_LINKS = ("on", "of", ",", "this", "by", "the", "at", "-", "(", "in", "-")
_STARTS = listed(
    "this next coming following upcoming the day end close last first second third fourth mid middle "
    "early late beginning start week weekend today tonight business current calendar fiscal financial our "
    "easter"
)


def trigger_words(known: Vocabulary) -> frozenset[str]:
    """The words with which an expression can begin; anything with digits can, too."""
    sources = (known.months, known.weekdays, known.numbers, known.holidays, known.times, known.ordinals)
    return _STARTS.union(periods.KNOWN, days.KNOWN, counted.KNOWN, *map(frozenset, sources), _possessive(known))


def _possessive(known: Vocabulary) -> set[str]:
    return {f"{name}'s" for name in known.weekdays} | {"today's", "tonight's"}


def moments(scope: Scope, triggers: frozenset[str]) -> Iterator[tuple[int, Moment]]:
    """Each expression with the place of its first word, from left to right."""
    index, stop = 0, len(scope.words)
    while index < stop:
        if not scope.is_code(index) and scope.words[index].text not in triggers:
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
    for parser in _DAYS:
        if (found := parser(scope, index)) is not None:
            return clock.with_time_after(scope, found)
    return None


def moment_at(scope: Scope, index: int) -> Moment | None:
    """The expression that begins at a word, if one does."""
    if (found := day_at(scope, index)) is not None:
        return found
    timed = clock.time_at(scope, index)
    if timed is not None:
        at = scope.skip(timed.stop, *_LINKS)
        if at - timed.stop <= 3:
            day = day_at(scope, at) or _month_day(scope, at)
            if day is not None:
                merged = clock.timed(day, timed) if day.at is None else day
                return replace(merged, stop=day.stop)
        if timed.sure and scope.word(index) != "night" and not _is_span(scope, index):
            return clock.bare_time(scope, timed)
    return spans.span(scope, index) or periods.whole_period(scope, index)


def _month_day(scope: Scope, index: int) -> Moment | None:
    return days.day_of_month(scope, index) if scope.word(index - 1) == "the" else None


def _is_span(scope: Scope, index: int) -> bool:
    return scope.is_code(index) and spans.span(scope, index) is not None
