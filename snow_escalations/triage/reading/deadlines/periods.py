"""Weeks, months, quarters and years: their ends, middles and beginnings, and they themselves."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from snow_escalations.triage.reading.deadlines.days import calendar_date
from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope, one
from snow_escalations.triage.reading.deadlines.shapes import day_number, week_number, year_number
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import listed

_NEAREST = frozenset({"coming", "upcoming"})  # of a weekend
_WEEKENDS = ("weekend", "wkend")
_NEXT = frozenset({"next", "coming", "following", "upcoming", "new"})
_THIS = frozenset({"this", "the", "current", "our", "calendar", "fiscal", "financial", "business", "working", "work"})
_THIS_NEXT = _THIS | _NEXT
_ENDS = frozenset({"end", "close", "ends", "closing", "closes", "endings", "finish", "completion", "turn"})
_EXPIRES = listed("ends end ending expires expire expiring lapses lapse closes dies finishes stops terminates out over")
_LAST = {"last": 0, "final": 0, "penultimate": 1}
_BEFORE = frozenset({"in", "by", "before", "during", "until", "till", "through", "within"})
_AS = frozenset({"as", "effective", "starting", "beginning", "effect", "applies", "apply"})
_PLEDGED = frozenset({"promised", "committed", "pledged", "guaranteed"})
_REACH = 9
_TURNS = frozenset({"ring", "see", "welcome", "flips", "turns", "rolls", "changes"})
_OWN = frozenset({"the", "our"})
_LIMITS = ("before", "until", "till", "b4")
_SHORT = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year", "eobw": "week"}
_UNITS = {"week": "week", "month": "month", "quarter": "quarter", "qtr": "quarter", "year": "year", "wk": "week"}
_UNITS |= {
    "weekend": "weekend",
    "wkend": "weekend",
    "week's": "week",
    "month's": "month",
    "year's": "year",
    "quarter's": "quarter",
}
_NUMBERED = frozenset({"cw", "kw", "wk"})  # before the number of a week
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_HALVES = {"h1": 1, "h2": 7}  # by their first months
_QUARTERS = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}
_PARTS = {"mid": 0.5, "middle": 0.5, "early": 0.0, "beginning": 0.0, "start": 0.0, "late": 0.75}
_WEEKS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}


def end_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `end_of_period` begins, quarters aside."""
    return (*_LAST, *_SHORT, *_ENDS, *_UNITS, *_NEXT, *known.months)


def part_words(_: Vocabulary) -> Iterable[str]:
    """The words with which `part_of_period` begins."""
    return (*_PARTS, *_WEEKS)


def period_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `whole_period` begins, quarters aside."""
    return (*_THIS, *_NEXT, *_UNITS, *known.months)


def openings() -> Iterable[str]:
    """The words of which `after_opening` tells what must follow."""
    return _THIS | _NEXT


def after_opening(known: Vocabulary) -> Iterable[str]:
    """What may follow "this", "the", "next": a period or a weekday."""
    days = (*known.weekdays, *(f"{name}'s" for name in known.weekdays))
    return (*_THIS, *_NEXT, *_UNITS, *_QUARTERS, *known.months, *days)


class Period(NamedTuple):
    """Days from first to last; `unit` tells how long it is; `this` means that it is the one that we are in."""

    stop: int
    first: date
    last: date
    unit: str
    this: bool = False


@lru_cache(maxsize=1024)
def months(year: int, month: int, count: int) -> tuple[date, date]:
    """The first and the last day of some months; those after December are of the next year."""
    years, zero = divmod(year * 12 + month - 1, 12)
    end_year, end = divmod(year * 12 + month - 1 + count - 1, 12)
    return date(years, zero + 1, 1), date(end_year, end + 1, monthrange(end_year, end + 1)[1])


def _unit(scope: Scope, stop: int, unit: str, ahead: int) -> Period:
    first, last = _days_of(scope.today, unit, ahead)
    return Period(stop, first, last, unit, this=ahead == 0 or unit == "weekend")


@lru_cache(maxsize=1024)
def _days_of(today: date, unit: str, ahead: int) -> tuple[date, date]:
    """The first and the last day of a week, a month or the like, so many ahead."""
    if unit in ("week", "weekend"):
        monday = today + timedelta(days=7 * ahead - today.weekday())
        return monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6)
    count = {"month": 1, "quarter": 3, "year": 12}[unit]
    begin = (today.month - 1) // count * count + 1
    return months(today.year, begin + ahead * count, count)


def period(scope: Scope, index: int) -> Period | None:
    """A period by its name: "next week", "December", "Q1 2027", "the quarter", "November 2026"."""
    at = scope.past(index, _THIS_NEXT)
    if at - index > 3:
        return None
    word = scope.texts[at]
    following = _NEXT if word not in _WEEKENDS else _NEXT - _NEAREST
    ahead = 0 if following.isdisjoint(scope.texts[index:at]) else 1
    number = at + (word in _NUMBERED)
    if word[:2] in _NUMBERED and scope.is_code(number) and week_number(scope.texts[number]) is not None:
        return _week_of_year(scope, number)
    if word in _UNITS:
        if _UNITS[word] == "week" and scope.is_code(at + 1) and week_number(scope.texts[at + 1]) is not None:
            return _week_of_year(scope, at + 1)
        if _UNITS[word] == "week" and scope.texts[at + 1].isdecimal():
            return None  # "week 54"
        if scope.texts[at + 1] == "after" and scope.texts[at + 2] == "next":
            return _unit(scope, at + 3, _UNITS[word], 2)
        return _unit(scope, at + 1, _UNITS[word], ahead)
    return _by_name(scope, at)


def _by_name(scope: Scope, at: int) -> Period | None:
    """A month, a quarter or half a year by its name: "Q1 2027", "the third quarter of next year", "November 2026"."""
    word = scope.texts[at]
    quarter = _QUARTERS.get(word)
    if quarter is None and word in _NTHS and scope.texts[at + 1] in ("quarter", "qtr"):
        quarter, at = _NTHS[word], at + 1
    stop, year = _with_year(scope, at + 1, of=quarter is not None or word in _HALVES)
    if word in _HALVES:
        return _named(scope, stop, _HALVES[word], 6, year)
    if quarter is not None:
        return _named(scope, stop, quarter * 3 - 2, 3, year)
    if (month := scope.vocabulary.months.get(word)) is not None:
        return _named(scope, stop, month, 1, year)
    return None


def _with_year(scope: Scope, stop: int, *, of: bool) -> tuple[int, int | None]:
    """The year after a month or quarter, and the word after it: "December 2026", "the first quarter of next year"."""
    at = scope.skip(stop, "of") if of else stop
    year = year_number(scope.texts[at]) if scope.is_code(at) else None
    if year is None and of and scope.texts[at : at + 2] == ["next", "year"]:
        return at + 2, scope.today.year + 1
    return (at + 1, year) if year is not None else (stop, None)


def _week_of_year(scope: Scope, at: int) -> Period | None:
    """A week by its number, if it is not over yet: "calendar week 48"."""
    number = week_number(scope.texts[at])
    monday = date.fromisocalendar(scope.today.year, min(number or 1, 52), 1)
    sunday = monday + timedelta(days=6)
    return Period(at + 1, monday, sunday, "week", this=monday <= scope.today) if sunday >= scope.today else None


def _named(scope: Scope, stop: int, month: int, count: int, year: int | None) -> Period:
    years = (year,) if year is not None else (scope.today.year, scope.today.year + 1)
    first, last = months(years[0], month, count)
    if last < scope.today and len(years) > 1:
        first, last = months(years[1], month, count)
    return Period(stop, first, last, "month" if count == 1 else "quarter", this=first <= scope.today <= last)


def end_of_period(scope: Scope, index: int) -> Moment | None:
    """As in "end of next week", "month end", "EOY", "Q4 close", "the last day of November", "December end"."""
    found = _end_at(scope, index)
    if found is None:
        return None
    at = scope.skip(found.stop, ",", "(", "-", "–", "is", "on", "close", "closing")
    dated = calendar_date(scope, at) if at > found.stop else None
    return dated._replace(needs=Needs.NOTHING) if dated is not None and dated.last > scope.today else found


def _end_at(scope: Scope, index: int) -> Moment | None:
    word = scope.texts[index]
    if word in _SHORT:
        ahead = scope.texts[index + 1] in _NEXT and _UNITS.get(scope.texts[index + 2]) == _SHORT[word]
        return _end(scope, _unit(scope, index + 3 if ahead else index + 1, _SHORT[word], int(ahead)))
    if word == "last" and scope.texts[index + 1] == "of":
        found = period(scope, scope.skip(index + 2, "the"))
        return _end(scope, found) if found is not None and found.unit == "month" else None
    is_own = word in _ENDS and scope.texts[index + 1] in _OWN  # "we close the November books"
    if (word in _ENDS and not is_own) or (
        word in _LAST and scope.texts[index + 1] in ("day", "date", "working", "business")
    ):
        at = scope.skip(index + 1, "day", "date", "working", "business", "of", "-", "in")
        if (week := _week_of_month(scope, scope.skip(at, "the"))) is not None and at > index + 1:
            return week
        found = period(scope, at)
        if found is not None and found.unit == "month" and scope.texts[at - 1] == "of":
            dated = calendar_date(scope, found.stop - 1)
            if dated is not None:
                return dated._replace(needs=Needs.NOTHING)  # "by the close of Nov 27"
        beside = at == index + 1 or scope.texts[at - 1] == "day"
        if beside and found is not None and found.unit == "month" and scope.is_code(found.stop):
            return None  # "the sprint ends Dec 4", "end of day December 16"
        named = found is not None and (at > index + 1 or found.unit in ("month", "quarter") or found.stop - at == 1)
        return _end(scope, found, before=_LAST.get(word, 0)) if found is not None and named else None
    if word in _UNITS or word in _NEXT or word in _QUARTERS or word in _HALVES or word in scope.vocabulary.months:
        return _named_end(scope, index)
    return None


def _week_of_month(scope: Scope, index: int) -> Moment | None:
    """The end of a week of a month: "the end of the first week of December"."""
    if scope.texts[index] not in _WEEKS or (week := part_of_period(scope, index)) is None:
        return None
    end = scope.end_of_week(week.last - timedelta(days=week.last.weekday()))
    end = end if end <= week.last else end - timedelta(days=7)
    return Moment(week.stop, end, end, week.last) if end >= scope.today else None


def _named_end(scope: Scope, index: int) -> Moment | None:
    """As in "month end", "before the year is out", "our year closes with November"."""
    if scope.texts[index] in ("may", "march", "mar") and not scope.is_capital(index):
        return None  # "you may close this"
    found = period(scope, index)
    if found is None:
        return None
    if (stop := _runs_out(scope, index, found.stop)) is not None:
        return _end(scope, found._replace(stop=stop, this=False))
    if scope.texts[found.stop] not in _ENDS:
        return None
    at = scope.skip(found.stop + 1, "with", "in", "at", "the", "end", "of")
    if at > found.stop + 1 and scope.texts[at] in scope.vocabulary.months and not scope.is_code(at + 1):
        month = period(scope, at)
        return _end(scope, month) if month is not None else None
    if _tells_when(scope, found.stop + 1):
        return None
    return _end(scope, found._replace(stop=found.stop + 1, this=False))


def _runs_out(scope: Scope, index: int, stop: int) -> int | None:
    """The word after "before the year is out", "before this month is over"."""
    at = index - 1
    while scope.texts[at] in _THIS or scope.texts[at] in _NEXT:
        at -= 1
    limit = scope.texts[at]
    if limit in _LIMITS and scope.texts[stop] in ("turns", "changes"):
        return stop + 1
    if limit == "with" and scope.texts[at - 1] in _EXPIRES:
        return stop  # "the grant lapses with the calendar year"
    over = scope.skip(stop, "is", "has", "runs")
    if limit not in ("before", "until", "till", "by", "when", "once") or scope.texts[over] not in (
        "out",
        "over",
        "up",
        "done",
    ):
        return None
    return over + 1 if over > stop or scope.texts[stop - 1].endswith("'s") else None


def _tells_when(scope: Scope, index: int) -> bool:
    """Whether a date follows, as in "the year ends 31 January"."""
    at = scope.skip(index, "on", "in", "is", "the", ":", "at", "for", "us", "here")
    word = scope.texts[at]
    return scope.is_code(at) or word in scope.vocabulary.months or word in scope.vocabulary.weekdays or word == "last"


def _end(scope: Scope, found: Period, *, before: int = 0) -> Moment | None:
    if found.unit == "week":
        end = scope.end_of_week(found.first)
        end = max(end, scope.today)
        return Moment(found.stop, end, end, found.last) if found.last >= scope.today else None
    return one(found.stop, found.last - timedelta(days=before))


def may_be_part(code: str) -> bool:
    """Whether `part_of_period` may begin with digits."""
    return code in _WEEKS


def may_be_quarter(code: str) -> bool:
    """Whether `end_of_period` and `whole_period` may begin with digits."""
    return code in _QUARTERS or code in _HALVES


def part_of_period(scope: Scope, index: int) -> Moment | None:
    """As in "mid-December", "the first week of December", "early next week", "the week of December 14"."""
    word = scope.texts[index]
    if word in _PARTS:
        at = scope.skip(index + 1, "-", "of", "the", "in")
        found = period(scope, at)
        if found is None or (at == index + 1 and word == "start" and scope.is_code(found.stop)):
            return None  # "classes start January 11"
        return _day_beside(scope, found) or _part(found, _PARTS[word], scope.today)
    at = scope.skip(index + 1, "full", "working", "whole")
    week = scope.texts[at] in ("week", "weekend", "half")
    if week and word in _WEEKS and scope.texts[at + 1] in ("of", "in"):
        found = period(scope, at + 2)
        if found is None or found.unit != "month":
            return None
        if scope.texts[at] == "half":
            return _half_of(scope, found, first=_WEEKS[word] == 0, limited=scope.texts[index - 2] in _BEFORE)
        if scope.texts[at] == "weekend":
            return _weekend_of(found, _WEEKS[word], scope.today)
        last = found.last if _WEEKS[word] == -1 else found.first + timedelta(days=7 * _WEEKS[word] + 6)
        if at > index + 1 and scope.texts[index + 1] != "working" and _WEEKS[word] >= 0:
            last += timedelta(days=-found.first.weekday() % 7)  # "the second full week" begins on a Monday
        first = max(last - timedelta(days=6), scope.today)
        return Moment(found.stop, first, first, last) if last >= first else None
    if word == "week" and scope.texts[index + 1] in ("commencing", "beginning", "starting"):
        return None
    return None


def _day_beside(scope: Scope, month: Period) -> Moment | None:
    """The day that says when exactly: "mid-December (15th)"."""
    at = scope.skip(month.stop, "(", "the")
    number = day_number(scope.texts[at]) if scope.texts[month.stop] == "(" and scope.is_code(at) else None
    if month.unit != "month" or number is None or not number[1] or number[0] > month.last.day:
        return None
    return one(scope.skip(at + 1, ")"), month.first.replace(day=number[0]))._replace(dated=True)


def _half_of(scope: Scope, month: Period, *, first: bool, limited: bool) -> Moment | None:
    """The first or the second half of a month; with a limit before it, its end."""
    middle = month.first + timedelta(days=14)
    begin, end = (month.first, middle) if first else (middle + timedelta(days=1), month.last)
    begin = max(begin, scope.today)
    best = end if limited else begin
    return Moment(month.stop, best, best, end) if begin <= end else None


def _weekend_of(month: Period, nth: int, today: date) -> Moment | None:
    """The first, second or last weekend that begins in a month."""
    first = month.first if nth >= 0 else month.last - timedelta(days=6)
    saturday = first + timedelta(days=(5 - first.weekday()) % 7 + 7 * max(nth, 0))
    sunday = saturday + timedelta(days=1)
    return Moment(month.stop, saturday, max(saturday, today), sunday) if sunday >= today else None


def _part(found: Period, share: float, today: date) -> Moment | None:
    days = (found.last - found.first).days
    if share == 0.5 and found.unit == "month":
        best = found.first + timedelta(days=14)
    else:
        best = found.first + timedelta(days=round(days * share) if found.unit != "week" else round(4 * share))
    spread = timedelta(days=max(1, days // 6))
    first, last = max(best - spread, found.first), min(best + spread, found.last)
    if last < today:
        return None
    return Moment(found.stop, max(first, today), max(best, today), last)


def whole_period(scope: Scope, index: int) -> Moment | None:
    """As in "this weekend", "next week", "in December", "in Q4"; it needs a sentence that looks ahead."""
    word, found = scope.texts[index], period(scope, index)
    is_of = scope.texts[index - 1] == "of" and scope.texts[index - 2] != "course"
    if found is None or found.last < scope.today or is_of:
        return None
    at = scope.past(index, _THIS_NEXT)
    if found.unit == "weekend":
        alone = at == index and scope.texts[index - 1] not in _LIMITS
        if alone or scope.texts[found.stop] in ("of", "before", "after"):
            return None
        needs = Needs.NOTHING if word != "the" else Needs.FUTURE
        if scope.texts[index - 1] in _LIMITS and (friday := found.first - timedelta(days=1)) >= scope.today:
            return Moment(found.stop, friday, friday, friday, needs)
        begin = max(found.first, scope.today)
        return Moment(found.stop, begin, begin, found.last, needs)
    if not _stands_as_time(scope, index, at, found.stop):
        return None
    if found.this:
        end = scope.end_of_week(found.first) if found.unit == "week" else found.last
        return Moment(found.stop, scope.today, max(end, scope.today), found.last, Needs.FUTURE)
    if found.unit == "month" and scope.texts[found.stop] == "on":
        return _day_in(scope, found)
    return Moment(found.stop, found.first, found.first, found.last, Needs.FUTURE)


def turn_of_year(scope: Scope, index: int) -> Moment | None:
    """The last day before a year begins: "before 2027", "before we ring in 2027"."""
    year = year_number(scope.texts[index])
    begins = scope.texts[index - 1] in _LIMITS or scope.texts[index - 2] in _TURNS
    if not begins or year != scope.today.year + 1:
        return None
    return one(index + 1, date(scope.today.year, 12, 31))


def _stands_as_time(scope: Scope, index: int, at: int, stop: int) -> bool:
    """Whether a period is said of time: "in March", "this month"; not "the March build", "by March Jones"."""
    word, before = scope.texts[index], scope.texts[index - 1]
    is_month = scope.texts[at] in scope.vocabulary.months
    if is_month and _is_name(scope, stop):
        return False
    if at == index:
        if before == "for" and not is_month:
            return not _PLEDGED.isdisjoint(scope.texts[max(0, index - _REACH) : index])
        return before in _BEFORE or (is_month and before in ("from", "of") and scope.texts[index - 2] in _AS)
    if word == "new":
        return before in _BEFORE  # "in the new year" is some day
    if word in ("this", "current", *_NEXT):
        return True
    return before in ("within", "during") and not is_month


def _is_name(scope: Scope, index: int) -> bool:
    """Whether a capital follows at once, as in "by March Jones"."""
    return bool(scope.texts[index]) and scope.is_letters(index) and scope.is_capital(index)


def _day_in(scope: Scope, found: Period) -> Moment | None:
    """A day of a period: "next month on the 3rd"."""
    at = scope.skip(found.stop, "on", "the")
    number = day_number(scope.texts[at]) if scope.is_code(at) else None
    if number is None or number[0] > found.last.day:
        return None
    return one(at + 1, found.first.replace(day=number[0]))
