"""Times of day: "3pm", "17:00 CET", "EOD", "close of business", "noon", "7 o'clock"."""

import re
from collections.abc import Iterable
from datetime import time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.shapes import clock_time
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary

_MARKS = (",", "-", "–")
_LINKS = frozenset({"at", "by", "@", "before", "around", "latest", "(", "the", "in", "until"})
_BUSINESS = frozenset({"business", "day", "play", "working", "the", "work", "busines"})
_JOINED = frozenset({*_MARKS, *_LINKS, "end", "close", "business"})
_NO_PLACES = frozenset({"this", "next", "last", "same", "any", "every", "each", "a", "of", "all", "in", "on", "first"})
_HOURS = re.compile(r"\d\d?h|[012]\d[0-5]\d(?:h|hrs)?")
_EARLIEST = 7  # "17h" after a day is a time, "2h" may be how long
_SOFT = frozenset({"morning", "afternoon", "evening", "night", "lunch"})


def time_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `time_at` begins, digits aside."""
    return ("end", "close", "business", *known.times)


class TimeOfDay(NamedTuple):
    """A time of day; without `at` it is the end of business."""

    stop: int
    at: time | None
    sure: bool = True
    zone: ZoneInfo | None = None


def time_at(scope: Scope, index: int) -> TimeOfDay | None:
    """The time of day that begins at a word."""
    found = _coded(scope, index) if scope.is_code(index) else _worded(scope, index)
    if found is None:
        return None
    if (
        scope.texts[found.stop + 1] == "time"
        and scope.is_letters(found.stop)
        and scope.texts[found.stop] not in _NO_PLACES
    ):
        return found._replace(stop=found.stop + 2)  # "COB Korea time"
    zone = scope.vocabulary.zones.get(scope.texts[found.stop])
    return found._replace(stop=found.stop + 1, zone=zone) if zone is not None else found


def _coded(scope: Scope, index: int) -> TimeOfDay | None:
    read = clock_time(scope.texts[index])
    if read is None:
        return None
    at, sure, zone_name = read
    zone = scope.vocabulary.zones.get(zone_name) if zone_name else None
    after = scope.texts[index + 1]
    if after in ("am", "pm") and 1 <= at.hour <= 12:
        return TimeOfDay(index + 2, at.replace(hour=at.hour % 12 + (12 if after == "pm" else 0)), zone=zone)
    if after in ("h", "uhr") and not scope.texts[index].isdecimal():
        return TimeOfDay(index + 2, at, zone=zone)  # "9.30 h"
    if after in ("o'clock", "oclock", "noon", "sharp", "hours", "hrs") and (sure or after not in ("hours", "hrs")):
        return TimeOfDay(index + 2, at, zone=zone)
    return TimeOfDay(index + 1, at, sure=sure, zone=zone)


def _worded(scope: Scope, index: int) -> TimeOfDay | None:
    word = scope.texts[index]
    if word in ("end", "close"):
        stop = scope.skip(index + 1, "of")
        if scope.texts[stop] in ("today", "tomorrow") and stop > index + 1:
            return TimeOfDay(stop, None)
        after = scope.past(stop, _BUSINESS)
        if after > stop and scope.texts[after - 1] != "the":
            return TimeOfDay(scope.skip(after, "hours", "hour"), None)
        return None
    if word == "business" and scope.texts[index + 1] in ("close", "end"):
        return TimeOfDay(index + 2, None)
    if word in ("cop", "eop") and not scope.is_capital(index):
        return None  # "or we cop the penalty"
    if word in scope.vocabulary.times:
        return TimeOfDay(index + 1, scope.vocabulary.times[word], sure=word not in _SOFT)
    return None


def with_time_after(scope: Scope, moment: Moment) -> Moment:
    """The expression with the times of day that follow it: "Monday morning 7 o'clock", "tomorrow, 2pm"."""
    for _ in range(3):
        word = scope.texts[moment.stop]
        if word not in _JOINED and word not in scope.vocabulary.times and not scope.is_code(moment.stop):
            return moment
        if word in _MARKS and (moment.at is not None or moment.close):
            return moment  # "by Friday noon, in the afternoon is our last slot"
        index = scope.past(moment.stop, _MARKS)
        linked = scope.past(index, _LINKS)
        found = time_at(scope, linked)
        if found is None or (not found.sure and linked == moment.stop and scope.is_code(linked)):
            return moment
        hour = found.at is not None and found.at.hour >= _EARLIEST and _HOURS.fullmatch(scope.texts[linked]) is not None
        if (
            not found.sure
            and not hour
            and scope.is_code(linked)
            and scope.texts[linked - 1] not in ("at", "@", "by", "before")
        ):
            return moment
        moment = timed(moment, found)
    return moment


def timed(moment: Moment, found: TimeOfDay) -> Moment:
    """The expression at a time of day."""
    stop, close = max(moment.stop, found.stop), found.at is None
    needs = Needs.NOTHING if close else moment.needs  # the end of business is a limit by itself
    return moment._replace(stop=stop, at=found.at, close=close, zone=found.zone or moment.zone, needs=needs)


def bare_time(scope: Scope, found: TimeOfDay) -> Moment:
    """A time of day alone: today's."""
    today, close = scope.today, found.at is None
    needs = Needs.NOTHING if close else Needs.LIMIT
    return Moment(found.stop, today, today, today, needs, at=found.at, close=close, zone=found.zone)
