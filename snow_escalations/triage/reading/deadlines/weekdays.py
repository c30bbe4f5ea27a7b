"""Weekdays: "Friday", "next Tuesday", "Tuesday next week", "Friday week", "Wednesday the 16th of December"."""

from collections.abc import Iterable
from datetime import date, timedelta

from snow_escalations.triage.reading.deadlines.days import NEXT, PARTS_OF_DAY, RANGE_LINKS, calendar_date, day_of_month
from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope, one
from snow_escalations.triage.reading.deadlines.shapes import day_number, day_of, week_number
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary

_PARTS_OF_DAYS = frozenset({"mornings", "afternoons", "evenings", "nights"})
_MONTH_LIKE = frozenset({"may", "march", "mar", "sun", "sat", "dec", "sep", "oct", "jan"})
_WEEK = timedelta(days=7)
_LINKS = frozenset({":", "-", "–", "/", "%", "@", "h"})
_MONTH = 31
FOLLOWS = frozenset({"next", "following"})
_ASIDE = frozenset({"by", "before", "until", "till", "on", "next", "this", "latest", "last", "every", "each"})
_BEFORE_WEEKDAY = ("(", ",")
_BEFORE_DATE = frozenset({",", "the", "(", "-", "–", ".", "on"})
_THIS_NEXT = frozenset({"this", *NEXT})
_BEFORE_NUMBER = frozenset({"of", "in", "this", "calendar", "week", "wk", "kw", "cw", "(", ","})
# Without one of these after it, no week is told of a weekday.
_BEFORE_WEEK = PARTS_OF_DAY | _BEFORE_NUMBER | {"the", "next", "coming", "following", "after", "fortnight"}
_SHORT_NAMES = ("wk", "kw", "cw")
_WEEK_NAMES = frozenset({"week", "wk", "kw", "cw"})


def weekday_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `weekday` begins."""
    return ("this", *NEXT, *known.weekdays, *(f"{name}'s" for name in known.weekdays))


def weekday(scope: Scope, index: int) -> Moment | None:
    """The day that a weekday means, which of two if the words leave it open."""
    word = scope.texts[index]
    ahead = word in _THIS_NEXT
    at = scope.past(index, _THIS_NEXT) if ahead else index
    name = scope.texts[at].removesuffix("'s")
    if name == "week" and ahead:
        return _of_week(scope, at, 0 if word == "this" else 1)
    number = scope.vocabulary.weekdays.get(name)
    if number is None or not _is_one_day(scope, index, at):
        return None
    if (dated := _with_date(scope, at + 1)) is not None:
        return dated
    after = scope.texts[at + 1]
    if after == "of" and scope.texts[at + 2] == "that" and scope.texts[at + 3] in ("week", "same"):
        return None  # which one is told elsewhere
    day = scope.today + timedelta(days=(number - scope.today.weekday()) % 7)
    if (told := _with_week(scope, at + 1, number, day)) is not None:
        return told
    stop = at + 3 if after == "this" and scope.texts[at + 2] == "week" else at + 1
    if word == "next" and day > scope.today and number > scope.today.weekday():
        return Moment(stop, day, day + _WEEK, day + _WEEK)
    if day == scope.today and word != "this":  # else people say "today"
        return None if _says_today(scope, index) else one(stop, day + _WEEK)
    return one(stop, day)


def of_named(found: Moment, named: Moment) -> Moment:
    """A weekday that is spoken of as known, as one of the days named before: "28/29 November, on the Saturday"."""
    if found.dated or found.first != found.last or not named.dated or named.first <= found.first:
        return found
    day = named.first + timedelta(days=(found.first.weekday() - named.first.weekday()) % 7)
    return found._replace(first=day, best=day, last=day, dated=True) if day <= named.last else found


def is_named_again(found: Moment, named: Moment, before: str) -> bool:
    """Whether a weekday is that of the day that was named: "on Sunday 6 December the shops open, our best Sunday"."""
    same = named.first == named.last and named.first.weekday() == found.first.weekday()
    return same and before not in _ASIDE


def _is_one_day(scope: Scope, index: int, at: int) -> bool:
    """Whether it is a single day: not "on Friday afternoons", "only one Friday", "it's the second Friday that"."""
    name = scope.texts[at].removesuffix("'s")
    if (name in _MONTH_LIKE and not _surely_weekday(scope, at)) or scope.texts[at + 1] in _PARTS_OF_DAYS:
        return False
    before = scope.texts[index - 1]
    return at != index or (before not in ("a", "an", "one", "what") and before not in scope.vocabulary.ordinals)


def _says_today(scope: Scope, index: int) -> bool:
    """Whether it only says what day it is: "it's Wednesday"."""
    return scope.texts[index - 1] == "it's" or scope.texts[max(0, index - 2) : index] == ["it", "is"]


def _of_week(scope: Scope, at: int, weeks: int) -> Moment | None:
    """As in "next week Friday"."""
    day = scope.skip(at + 1, "on")
    number = scope.vocabulary.weekdays.get(scope.texts[day])
    return one(day + 1, _monday(scope) + weeks * _WEEK + timedelta(days=number)) if number is not None else None


def _monday(scope: Scope) -> date:
    return scope.today - timedelta(days=scope.today.weekday())


def _with_week(scope: Scope, stop: int, number: int, day: date) -> Moment | None:
    """As in "Friday of next week", "Tuesday coming", "Friday after next", "Friday week"."""
    if scope.texts[stop] not in _BEFORE_WEEK and scope.texts[stop][:2] not in _SHORT_NAMES:
        return None
    stop = stop + 1 if scope.texts[stop] in PARTS_OF_DAY and scope.texts[stop + 1] in FOLLOWS else stop
    at = scope.skip(stop, "of")
    after_next = scope.skip(at, "the")
    if scope.texts[after_next : after_next + 3] == ["week", "after", "next"]:
        return one(after_next + 3, _monday(scope) + 2 * _WEEK + timedelta(days=number))
    if (week := _numbered_week(scope, stop)) is not None:
        return one(week[0], week[1] + timedelta(days=number))._replace(dated=True)
    word, after = scope.texts[at], scope.texts[at + 1]
    if word in ("next", "coming", "following") and after == "week":
        return one(at + 2, _monday(scope) + _WEEK + timedelta(days=number))
    if word == "this" and after == "week" and at > stop:
        return one(at + 2, day)
    weeks = scope.vocabulary.numbers.get(after) if word == "in" and scope.texts[at + 2] in ("week", "weeks") else None
    if weeks is not None:
        return one(at + 3, _monday(scope) + weeks * _WEEK + timedelta(days=number))
    if word == "in" and scope.texts[at + 2] == "days":
        return _in_days(scope, at, number)
    return _counted_on(scope, at, day)


def _in_days(scope: Scope, at: int, number: int) -> Moment | None:
    """As in "Thursday in eight days", if that is the weekday."""
    text = scope.texts[at + 1]
    count = int(text) if text.isdecimal() and len(text) <= len("31") else scope.vocabulary.numbers.get(text, 0)
    day = scope.today + timedelta(days=count)
    return one(at + 3, day) if day > scope.today and day.weekday() == number else None


def _counted_on(scope: Scope, at: int, day: date) -> Moment | None:
    """As in "Tuesday coming", "Friday after next", "Wednesday fortnight", "Friday week"."""
    word, after = scope.texts[at], scope.texts[at + 1]
    if word == "coming":
        return one(at + 1, day)
    if word == "after" and after == "next":
        return one(at + 2, day + _WEEK)
    if word == "fortnight":
        return one(at + 1, day + 2 * _WEEK)
    if word == "week" and after != "day":
        return one(at + 1, (day if day > scope.today else day + _WEEK) + _WEEK)
    return None


def _numbered_week(scope: Scope, stop: int) -> tuple[int, date] | None:
    """The Monday of a week of the year: "Friday of week 51", "Thursday in KW 50"."""
    at = scope.past(stop, _BEFORE_NUMBER)
    named = _WEEK_NAMES.intersection(scope.texts[stop:at]) or scope.texts[at][:2] in _SHORT_NAMES
    number = week_number(scope.texts[at]) if named and scope.is_code(at) else None
    if (
        number is None
        or scope.texts[at + 1] in scope.vocabulary.units
        or scope.texts[at + 1] in scope.vocabulary.months
    ):
        return None  # "Friday week, 27 Nov"
    monday = date.fromisocalendar(scope.today.year, min(number, 52), 1)
    if monday + timedelta(days=6) < scope.today:
        monday = date.fromisocalendar(scope.today.year + 1, min(number, 52), 1)
    return at + 1, monday


def _surely_weekday(scope: Scope, at: int) -> bool:
    before = scope.texts[at - 1]
    if not before and scope.texts[at + 1] in ("we", "i", "the", "is", "morning", "night", "evening"):
        return True
    if _with_date(scope, at + 1) is not None:
        return True  # "sat 28 nov"
    return scope.is_capital(at) and (before in NEXT or before in ("this", "on", "by", "before", "until", ",", "latest"))


def _with_date(scope: Scope, index: int) -> Moment | None:
    at = scope.past(index, _BEFORE_DATE)
    found = calendar_date(scope, at)
    ordinal = day_number(scope.texts[at]) if scope.is_code(at) else None
    if found is None and (at == index or scope.texts[at - 1] == "the" or (ordinal is not None and ordinal[1])):
        found = _numbered(scope, at, scope.texts[index - 1]) or (day_of_month(scope, at) if at > index else None)
    if found is None or at - index > 2:
        return None
    stop = found.stop + 1 if scope.texts[at - 1] == "(" and scope.texts[found.stop] == ")" else found.stop
    is_so = stop == found.stop and found.needs is Needs.NOTHING
    return found if is_so else found._replace(stop=stop, needs=Needs.NOTHING)


def with_weekday_after(scope: Scope, moment: Moment) -> Moment:
    """A date with the weekday that follows it: "12/12 (Saturday)", "18 December, Friday"."""
    if not moment.dated or scope.texts[moment.stop] not in _BEFORE_WEEKDAY:
        return moment
    at = scope.past(moment.stop, _BEFORE_WEEKDAY)
    number = scope.vocabulary.weekdays.get(scope.texts[at])
    if number is None or number not in (moment.first.weekday(), moment.last.weekday()):
        return moment
    best = moment.first if moment.first.weekday() == number else moment.last
    return moment._replace(stop=scope.skip(at + 1, ")"), first=best, best=best, last=best, needs=Needs.NOTHING)


def _soon(scope: Scope, index: int, number: int, weekday: int) -> Moment | None:
    """As in "that's Thursday 26,": a number right before a mark that is the day of one of the next weekdays."""
    if scope.is_letters(index + 1) or scope.is_code(index + 1) or scope.texts[index + 1] in _LINKS:
        return None
    ahead = (scope.today + timedelta(days=days) for days in range(_MONTH))
    day = next((day for day in ahead if (day.day, day.weekday()) == (number, weekday)), None)
    return one(index + 1, day)._replace(dated=True) if day is not None else None


def _with_second(scope: Scope, index: int, number: int, weekday: int) -> Moment | None:
    """The first of two days of which only the second has a month: "Sat 5 and Sun 6 December"."""
    if scope.texts[index + 1] not in RANGE_LINKS or scope.texts[index + 2] not in scope.vocabulary.weekdays:
        return None
    second = _with_date(scope, index + 3)
    day = day_of(second.first.year, second.first.month, number) if second is not None and second.dated else None
    if second is None or day is None or day.weekday() != weekday or not day < second.first <= day + _WEEK:
        return None
    return second._replace(first=day, best=day)


def _numbered(scope: Scope, index: int, name: str) -> Moment | None:
    """The next such weekday that is that day of its month: "Friday 27th"."""
    number = day_number(scope.texts[index]) if scope.is_code(index) else None
    weekday = scope.vocabulary.weekdays.get(name.removesuffix("'s"))
    if number is None or weekday is None:
        return None
    if not number[1]:
        return _with_second(scope, index, number[0], weekday) or _soon(scope, index, number[0], weekday)
    for ahead in range(13):
        year, month = divmod(scope.today.year * 12 + scope.today.month - 1 + ahead, 12)
        day = day_of(year, month + 1, number[0])
        if day is not None and day >= scope.today and day.weekday() == weekday:
            return one(index + 1, day)._replace(dated=True)
    return None
