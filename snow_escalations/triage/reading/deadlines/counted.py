"""Days that are counted from other days: "the day before Christmas", "the last Friday of the month", "T-6", "CW 50"."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from snow_escalations.triage.reading.deadlines import days, occasions, periods, weekdays
from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope, one
from snow_escalations.triage.reading.deadlines.shapes import countdown, day_of, span_number, week_number
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import listed

_NTH = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_NTH |= {"last": -1, "final": -1, "penultimate": -2}
_ORDERED = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_ORDERED |= {"ninth": 9, "tenth": 10, "1st": 1, "2nd": 2, "3rd": 3, **{f"{nth}th": nth for nth in range(4, 21)}}
_ORDERED |= {"21st": 21, "22nd": 22, "23rd": 23}
_ORDERED |= {"last": -1, "final": -1, "penultimate": -2}
_WEEKS = ("cw", "kw", "wk", "week")
_LENGTHS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14}
_ENDS = ("ends", "end", "closes", "finishes")
_BUSINESS = ("business", "working", "banking")
_COUNTED = frozenset({*_LENGTHS, *_BUSINESS})
BESIDE = ("before", "after", "prior", "preceding", "following")
_AHEAD = {"before": -1, "prior": -1, "ahead": -1, "after": 1, "following": 1, "from": 1, "on": 1}
_LATEST = (["at", "the", "latest"], ["at", "the", "very"])  # after "in CW 49"
_RUNS_OUT = frozenset({"ends", "end", "closes", "expires", "latest"})
_NEVER_NAMES = listed("i we you they it he she is are was has have do does can will must need a an")
_LONGEST_NAME = 4
_AFTER_BEFORE = listed("at please or so and by if then latest but because otherwise")
BESIDE_NAMED = ("following", "next", "previous", "preceding")  # "the following day", of one that was named
KNOWN = frozenset({*_NTH, *_ORDERED, *_WEEKS, "eve", "day", "weekend", "t", "calendar"})


def counted_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `counted` begins, digits aside."""
    return (*KNOWN, *known.numbers, *known.weekdays)


def may_be_counted(code: str) -> bool:
    """Whether `counted` may begin with digits."""
    if code in _ORDERED or code[0] in "td" or code[:2] in ("cw", "kw", "wk"):
        return True
    read = span_number(code)
    return read is not None and not read[3]


def counted(scope: Scope, index: int) -> Moment | None:
    """A day that is told by another one."""
    word = scope.texts[index]
    if word in scope.vocabulary.weekdays:
        return _weekday_beside(scope, index)
    if word in _NTH or word in _ORDERED:
        return _nth_weekday(scope, index)
    if word in ("day", "eve", "week", "weekend"):
        return _beside(scope, index) or (_week_of_year(scope, index) if word == "week" else None)
    if word == "t" or (scope.is_code(index) and word[0] in "td"):
        return _countdown(scope, index)
    if word in KNOWN or (scope.is_code(index) and word[:2] in ("cw", "kw", "wk")):
        return _week_of_year(scope, index)
    return _ahead_of(scope, index)


def _day(scope: Scope, index: int) -> Moment | None:
    at = scope.skip(index, "the", "our", "on")
    found = weekdays.weekday(scope, at) or days.calendar_date(scope, at) or occasions.named_day(scope, at)
    return found or (days.day_of_month(scope, at) if at > index else None)


def _day_of(scope: Scope, index: int) -> Moment | None:
    """A day, or what is named with its day: "the database lock on 3 December", "our go-live weekend of 12/13 Dec"."""
    found = _day(scope, index)
    if found is not None:
        return found
    for at in range(index, index + _LONGEST_NAME + 1):
        word = scope.texts[at]
        if word in ("on", "of") and at > index:
            dated = _day(scope, at + 1)
            if dated is None or not dated.dated:
                return None
            return dated._replace(last=dated.first, needs=Needs.NOTHING)
        if word in _NEVER_NAMES or not scope.is_letters(at):
            return None
    return None


def told_before(scope: Scope, index: int, named: Moment | None) -> Moment | None:
    """The day beside one that was named before: "It opens on the 6th; the day before, ...", "... The following day"."""
    if named is None or named.first != named.last or named.first <= scope.today:
        return None
    before, after = scope.texts[index - 1], scope.texts[index + 1]
    if scope.texts[index - 2] == "the" and before in BESIDE_NAMED:
        sign = 1 if before in ("following", "next") else -1
        return _beside_named(scope, index + 1, named, sign)
    ends = scope.texts[index + 2] in _AFTER_BEFORE or not (scope.is_letters(index + 2) or scope.is_code(index + 2))
    if before != "the" or after not in ("before", "after", "prior") or not ends:
        return None
    return _beside_named(scope, index + 2, named, 1 if after == "after" else -1)


def _beside_named(scope: Scope, stop: int, named: Moment, sign: int) -> Moment | None:
    day = named.first + timedelta(days=sign)
    return one(stop, day)._replace(dated=True) if day >= scope.today else None


def _weekday_beside(scope: Scope, index: int) -> Moment | None:
    """As in "the Friday before Christmas", "on the Monday after 12 December"."""
    link = scope.texts[index + 1]
    if link not in BESIDE:
        return None
    found = _day_of(scope, scope.skip(index + 2, "to"))
    if found is None or not found.dated or found.first != found.last:
        return None
    number = scope.vocabulary.weekdays[scope.texts[index]]
    back = link in ("before", "prior", "preceding")
    beside = (found.first.weekday() - number) % 7 if back else (number - found.first.weekday()) % 7
    day = found.first + timedelta(days=(beside or 7) * (-1 if back else 1))
    return one(found.stop, day)._replace(dated=True) if day >= scope.today else None


def _nth_weekday(scope: Scope, index: int) -> Moment | None:
    """As in "the second Friday of December", "last Thursday of the month"."""
    if scope.texts[index + 1] in _BUSINESS:
        return _nth_business_day(scope, index)
    weekday = scope.vocabulary.weekdays.get(scope.texts[index + 1])
    nth = _NTH.get(scope.texts[index])
    if weekday is None or nth is None or scope.texts[index + 2] not in ("of", "in"):
        return None
    at = scope.skip(index + 3, "the")
    found = periods.period(scope, at)
    if found is None or found.unit != "month":
        return None
    day = _nth(found.first, weekday, nth)
    if day < scope.today and found.this:  # this month's has passed
        following = found.last + timedelta(days=1)
        day = _nth(following, weekday, nth)
    return one(found.stop, day)._replace(dated=True)


def _nth_business_day(scope: Scope, index: int) -> Moment | None:
    """As in "the fifth working day of December", "the last business day of the month"."""
    nth = _ORDERED.get(scope.texts[index])
    if nth is None or scope.texts[index + 2] != "day" or scope.texts[index + 3] not in ("of", "in"):
        return None
    found = periods.period(scope, scope.skip(index + 4, "the"))
    if found is None or found.unit not in ("month", "quarter", "year"):
        return None
    day = _business_day_of(scope, found, nth)
    if day < scope.today and found.this and found.unit == "month":  # this month's has passed
        following = periods.months(found.first.year, found.first.month + 1, 1)
        found = found._replace(first=following[0], last=following[1])
        day = _business_day_of(scope, found, nth)
    is_there = max(scope.today, found.first) <= day <= found.last
    return one(found.stop, day)._replace(dated=True) if is_there else None


def _business_day_of(scope: Scope, found: periods.Period, nth: int) -> date:
    """The business day of a number, from the end if that is negative."""
    edge = found.first - timedelta(days=1) if nth > 0 else found.last + timedelta(days=1)
    return scope.calendar.add_business_days(datetime.combine(edge, time(12), scope.calendar.zone), nth).date()


def _nth(first: date, weekday: int, nth: int) -> date:
    if nth >= 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * nth)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7 - 7 * (nth + 1))


def _beside(scope: Scope, index: int) -> Moment | None:
    """As in "the day before Thanksgiving", "the eve of 12 December", "the week before Christmas"."""
    word = scope.texts[index]
    link = scope.texts[index + 1]
    if link not in (("of",) if word == "eve" else BESIDE):
        return None
    at = scope.skip(index + 2, "to")
    found = _day(scope, at)
    if found is None or found.first != found.last:
        return None
    sign = 1 if link in ("after", "following") else -1
    if word in ("day", "eve"):
        day = found.first + timedelta(days=sign)
        return found._replace(first=day, best=day, last=day, back=None)
    monday = found.first - timedelta(days=found.first.weekday()) + timedelta(days=7 * sign)
    first = monday if word == "week" else monday + timedelta(days=5)
    if word == "weekend" and found.first.weekday() < 5 and sign > 0:
        first -= timedelta(days=7)
    last = monday + timedelta(days=6) if first >= monday else first + timedelta(days=1)
    best = max(first, scope.today)
    return found._replace(first=min(best, last), best=min(best, last), last=last, back=None)


def _countdown(scope: Scope, index: int) -> Moment | None:
    """As in "T-6", "T minus 6 days"."""
    number, stop = countdown(scope.texts[index]), index + 1
    if number is None and scope.texts[index + 1] in ("minus", "-"):
        read = span_number(scope.texts[index + 2]) if scope.is_code(index + 2) else None
        number, stop = (read[0], index + 3) if read is not None and not read[3] else (None, stop)
    if number is None:
        return None
    unit = scope.texts[stop]
    length = _LENGTHS.get(unit, 1)
    if unit in ("hours", "hour", "hrs", "h", "minutes", "min"):
        return None
    return one(stop + 1 if unit in _LENGTHS else stop, scope.today + timedelta(days=number * length))


def _week_of_year(scope: Scope, index: int) -> Moment | None:
    """As in "calendar week 50", "CW50": its Monday to its end."""
    at = scope.skip(index, "calendar", *_WEEKS)
    number = week_number(scope.texts[at]) if scope.is_code(at) else None
    if number is None or (at == index and scope.texts[index].isdigit()):
        return None
    if scope.texts[at + 1] in scope.vocabulary.units or scope.texts[index - 1] in scope.vocabulary.numbers:
        return None
    if day_of(scope.today.year, 1, 4) is None:
        return None
    monday = date.fromisocalendar(scope.today.year, min(number, 52), 1)
    if monday + timedelta(days=6) < scope.today:
        monday = date.fromisocalendar(scope.today.year + 1, min(number, 52), 1)
    day = scope.skip(at + 1, ",", "(", "on")
    if day > at + 1 and (weekday := scope.vocabulary.weekdays.get(scope.texts[day])) is not None:
        named = monday + timedelta(days=weekday)  # "week 49, Tuesday"
        return one(scope.skip(day + 1, ")"), named)._replace(dated=True) if named >= scope.today else None
    if scope.texts[at + 1] in _RUNS_OUT or scope.texts[at + 1 : at + 4] in _LATEST:
        end = scope.end_of_week(monday)  # "until CW 50 ends", "in CW 49 at the latest"
        stop = at + 1 if scope.texts[at + 1] in ("at", "latest") else at + 2
        return Moment(stop, end, end, monday + timedelta(days=6), dated=True) if end >= scope.today else None
    best = max(monday, scope.today)
    if scope.texts[at + 1] in _ENDS or scope.texts[at + 1 : at + 3] == ["is", "over"]:
        end = scope.end_of_week(monday)
        stop = at + 2 if scope.texts[at + 1] in _ENDS else at + 3
        return Moment(stop, end, max(end, scope.today), monday + timedelta(days=6), dated=True)  # "until CW50 ends"
    needs = Needs.LIMIT if monday <= scope.today else Needs.NOTHING  # "now we have CW 47"
    return Moment(at + 1, best, best, monday + timedelta(days=6), needs, dated=True)


def _ahead_of(scope: Scope, index: int) -> Moment | None:
    """As in "a week before Christmas", "two weeks from Friday", "a week on Monday"."""
    texts = scope.texts
    if texts[index + 1] not in _COUNTED and texts[index + 2] != "from":
        return None
    if scope.is_code(index):
        read = span_number(texts[index])
        count = read[0] if read is not None and not read[3] else None
    else:
        count = scope.vocabulary.numbers.get(scope.texts[index])
    if count is not None and (found := _weekdays_ahead(scope, index + 1, count)) is not None:
        return found
    at = scope.past(index + 1, _BUSINESS)
    length, link = _LENGTHS.get(scope.texts[at]), scope.texts[at + 1]
    if count is None or length is None or link not in _AHEAD or link == "following":
        return None
    after = scope.skip(at + 2, "to", "of")
    found = _day_of(scope, after) if _AHEAD[link] < 0 else _day(scope, after)
    if found is None or found.first != found.last or (link == "on" and (found.dated or length * count not in (7, 14))):
        return None
    sign = _AHEAD[link]
    if sign > 0 and texts[index - 1] == "not":
        return found  # "not one day after the 26th"
    if at > index + 1 and length == 1:
        noon = datetime.combine(found.first, time(12), scope.calendar.zone)
        day = scope.calendar.add_business_days(noon, sign * count).date()
        return found._replace(first=day, best=day, last=day, back=None)
    day = found.first + timedelta(days=sign * count * length)
    return found._replace(first=day, best=day, last=day, back=None)


def _weekdays_ahead(scope: Scope, index: int, count: int) -> Moment | None:
    """As in "two Mondays from now"."""
    weekday = scope.vocabulary.weekdays.get(scope.texts[index].removesuffix("s"))
    if weekday is None:
        weekday = scope.vocabulary.weekdays.get(scope.texts[index])
    if weekday is None or scope.texts[index + 1 : index + 3] not in (["from", "now"], ["from", "today"]):
        return None
    day = scope.today + timedelta(days=(weekday - scope.today.weekday() - 1) % 7 + 1 + 7 * (count - 1))
    return one(index + 3, day)._replace(dated=True)
