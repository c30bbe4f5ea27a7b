"""Spans counted from now: "in 3 business days", "within 48 hours", "two weeks from today", "in a fortnight"."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.shapes import day_of, span_number
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary

MOST = {"minute": 100_000, "hour": 20_000, "day": 1_000, "week": 150, "fortnight": 70, "month": 36, "year": 3}
_LENGTHS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_LENGTHS |= {"week": timedelta(days=7), "fortnight": timedelta(days=14)}
_HOURLY = ("minute", "hour")
_BUSINESS = frozenset({"business", "working", "work", "office", "banking"})
_FROM = {"now": 0, "today": 0, "this": 0, "tomorrow": 1, "yesterday": -1}
_BARE = frozenset({"hour", "week", "month"})
_NAMES_LIMITS = frozenset({"deadlines", "windows", "limits", "is", "was", "has", "starts", "ends", "expires", "runs"})
_INSIDE = frozenset({"within", "inside"})
_COUNTS = frozenset({"counted", "counting", "calculated", "starting", "beginning", "running", "as"})
_FILL = frozenset({"calendar", "full", "more", "clock", "consecutive", "short"})
_BEFORE_BUSINESS = _FILL | {"-", "of"}
_BEFORE_UNIT = _FILL | _BUSINESS | {"-"}
_OWNING = ("'", "'s")


def span_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `span` begins, digits aside."""
    return ("fortnight", *_BARE, *known.numbers)


def after_number(known: Vocabulary) -> Iterable[str]:
    """What may follow a number in words: a unit, what stands before one, another number."""
    days = (f"{name}s" for name in known.weekdays)
    return (*known.units, *known.numbers, *known.ordinals, *days, *_BUSINESS, *_FILL, "-", "of", "to", "or", "couple")


def span(scope: Scope, index: int) -> Moment | None:
    """A span that begins with its number; it only counts if the sentence makes a limit of it."""
    read = _number(scope, index)
    if read is None:
        return None
    at, least, most, business, glued = read
    if not glued:
        before = at
        at = scope.past(at, _BEFORE_BUSINESS)
        business = business or scope.texts[at] in _BUSINESS
        at = scope.past(at, _BEFORE_UNIT)
        if at - before > 4:
            return None
    if glued and _is_attribute(scope, index):
        return None
    unit = scope.vocabulary.units.get(glued or scope.texts[at].removesuffix("'"))
    if unit is None or not 1 <= least <= most <= MOST[unit]:
        return None
    made = _counted(scope, at if glued else at + 1, least, most, unit, business=business)
    if made is not None and "more" in scope.texts[index:at] and unit not in _HOURLY:
        made = made._replace(needs=Needs.FUTURE)  # "we can hold out one more day"
    if made is not None and scope.texts[made.stop] in ("more", "longer") and unit not in _HOURLY:
        made = made._replace(stop=made.stop + 1)  # "two days more, no longer"
    return _from_now(scope, made) if made is not None else None


def _is_attribute(scope: Scope, index: int) -> bool:
    """Whether it tells of what kind a thing is: "15-minute products", not "a 48-hour deadline"."""
    if "-" not in scope.texts[index] or scope.texts[index].endswith("s"):
        return False
    after = scope.texts[index + 1]
    return after.endswith("s") and scope.is_letters(index + 1) and after not in _NAMES_LIMITS


def _number(scope: Scope, index: int) -> tuple[int, int, int, bool, str] | None:
    word = scope.texts[index]
    if scope.is_code(index):
        read = span_number(word)
        if read is None:
            return None
        least, most, business, glued = read
        if scope.texts[index + 1] in ("to", "or", "-", "–") and (more := span_number(scope.texts[index + 2])):
            return index + 3, least, max(least, more[1]), more[2], more[3]
        return index + 1, least, most, business, glued
    return _worded(scope, index, word)


def _worded(scope: Scope, index: int, word: str) -> tuple[int, int, int, bool, str] | None:
    """Numbers in words, and units that need none: "a fortnight", "within the hour"."""
    if word == "fortnight" or (word in _BARE and _is_bare(scope, index)):
        return index, 1, 1, False, ""
    numbers = scope.vocabulary.numbers
    least = numbers.get(word)
    if least is None:
        return None
    if word == "a" and scope.texts[index + 1] == "couple":
        return scope.skip(index + 2, "of"), 2, 2, False, ""
    units = numbers.get(scope.texts[index + 1], 10)
    if least >= 20 and least % 10 == 0 and units < 10:  # "forty-eight"
        return index + 2, least + units, least + units, False, ""
    more = numbers.get(scope.texts[index + 2]) if scope.texts[index + 1] in ("to", "or") else None
    return (index + 3, least, max(least, more), False, "") if more is not None else (index + 1, least, least, False, "")


def _is_bare(scope: Scope, index: int) -> bool:
    within = scope.texts[max(0, index - 3) : index]
    return not _INSIDE.isdisjoint(within) and within[-1] in ("the", "next")


def _counted(scope: Scope, stop: int, least: int, most: int, unit: str, *, business: bool) -> Moment | None:
    end = _ahead(scope, least, unit, business=business)
    first = end.date()
    last = first if most == least else _ahead(scope, most, unit, business=business).date()
    instant = end if unit in _HOURLY and not business else None
    return Moment(stop, first, first, last, Needs.LIMIT, instant=instant, span=True)


def _ahead(scope: Scope, count: int, unit: str, *, business: bool) -> datetime:
    now = scope.written
    if unit in ("month", "year"):
        year, month = divmod(now.year * 12 + now.month - 1 + count * (12 if unit == "year" else 1), 12)
        day = next(found for day in range(now.day, 0, -1) if (found := day_of(year, month + 1, day)))
        return datetime.combine(day, now.time(), tzinfo=now.tzinfo)
    if business and unit in ("day", "week"):
        return scope.calendar.add_business_days(now, count * (5 if unit == "week" else 1))
    if business:
        return scope.calendar.add_business_days(now, max(1, count // 8))
    return now + count * _LENGTHS[unit]


def _from_now(scope: Scope, made: Moment) -> Moment:
    at = scope.past(made.stop, _OWNING)
    counts = at + 1 if scope.texts[at] == "," else at
    at = counts + 1 if scope.texts[counts] in _COUNTS and scope.texts[counts + 1] == "from" else at
    word = scope.texts[at]
    if word == "as" and scope.texts[at + 1 : at + 3] in (["of", "today"], ["of", "now"], ["from", "today"]):
        return made._replace(stop=at + 3, needs=Needs.NOTHING)
    if (word == "from" or (word == "of" and scope.texts[at + 1] in ("today", "now"))) and scope.texts[at + 1] in _FROM:
        days = _FROM[scope.texts[at + 1]] if at == counts else 0  # of "counting from tomorrow" that is day one
        moved = [day + timedelta(days=days) for day in (made.first, made.best, made.last)]
        return made._replace(stop=at + 2, first=moved[0], best=moved[1], last=moved[2], needs=Needs.NOTHING)
    if word == "out" and scope.texts[at + 1] in ("", ",", ".", ";", "and", "from"):
        return made._replace(stop=at + 1, needs=Needs.NOTHING)  # "the launch is three weeks out"
    if word in ("time", "away", "hence") or (word == "today" and scope.texts[at - 1] in ("week", "fortnight", "weeks")):
        return made._replace(stop=at + 1, needs=Needs.NOTHING)
    return made
