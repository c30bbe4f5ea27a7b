"""Days: calendar dates in any order, today and tomorrow, the fifteenth."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope, one
from snow_escalations.triage.reading.deadlines.shapes import (
    day_number,
    day_of,
    day_pair,
    full_dates,
    iso_time,
    named_date,
    short_dates,
    year_number,
)
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import listed

NEXT = frozenset({"next", "coming", "following", "upcoming"})
TOMORROW = frozenset({"tomorrow", "tmrw", "tmr", "tomo", "tomorow", "tommorow", "tommorrow", "tomorrow's", "2moro"})
_MONTH_REACH = 14
_NEAR = frozenset({"tom", "day", *NEXT, "tonight", "tonight's", "today", "today's", "this", *TOMORROW})
_BEFORE_ORDINAL = frozenset({"by", "before", "until", "till", "on", "than", "past", "beyond"})
_FEW = frozenset({"first", "1st", "one"})
_SHORT_YEAR = len("02.12.26")
_FAR = 20
_COUNTED = listed("time of case ticket floor engineer agent person line level attempt try call reply answer shift")
RANGE_LINKS = ("/", "-", "–", "and", "or", "&", "to", "till", "until", "through", "thru")
_TO_MONTH = frozenset({"of", "day", *RANGE_LINKS})  # between a day and its month
_BEFORE_YEAR, _OF_DAY, _THE_COMMA = (",", "of"), ("of", "day"), ("the", ",")
_TO = frozenset(RANGE_LINKS[RANGE_LINKS.index("to") :])
_THROUGH = frozenset({"through", "thru"})
_MOVED = listed(
    "moved moves move slipped slips shifted shift pushed postponed delayed changed changes extended extends extend "
    "brought rescheduled deferred advanced prolonged"
)
_LONGEST_MOVE = 6  # words before the first of two days
_LONGEST_RANGE = timedelta(days=45)
_BEFORE_DAY = frozenset({"coming", "upcoming", "this", "the", "by", "before", "until", "on", "till", "from", "latest"})
PARTS_OF_DAY = frozenset({"morning", "noon", "afternoon", "evening", "night", "midnight", "eod", "cob"})
_HAPPENS = listed("ends end starts start begins begin expires closes opens meets meet due arrives arrive leaves stops")
_AFTER_DAY = frozenset({"i", "we", "you", "they", "it", "or", "and", "at", "the", "he", "she", "latest"})


def near_words(_: Vocabulary) -> Iterable[str]:
    """The words with which `near_day` begins."""
    return _NEAR


def date_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `calendar_date` begins, digits aside."""
    return (*known.months, *known.ordinals, *known.numbers)


@lru_cache(maxsize=1024)
def next_of(today: date, month: int, day: int) -> tuple[date, date] | None:
    """The first such day from today on, and the last one before today."""
    days = [found for year in range(-8, 9) if (found := day_of(today.year + year, month, day))]
    ahead, behind = [d for d in days if d >= today], [d for d in days if d < today]
    return (ahead[0], behind[-1]) if ahead and behind else None


def _yearless(scope: Scope, stop: int, month: int, day: int, last: int | None = None) -> Moment | None:
    found = next_of(scope.today, month, day)
    if found is None:
        return None
    end = day_of(found[0].year, month, last) if last is not None else None
    return Moment(stop, found[0], found[0], end or found[0], back=found[1], dated=True)


def may_be_date(code: str) -> bool:
    """Whether `calendar_date` may begin with digits."""
    return bool(full_dates(code) or short_dates(code)) or any(read(code) for read in (day_number, day_pair, named_date))


def may_be_day_of_month(code: str) -> bool:
    """Whether `day_of_month` may begin with digits."""
    number = day_number(code)
    return number is not None and number[1]


def calendar_date(scope: Scope, index: int) -> Moment | None:
    """A date with a month: "12 December 2026", "Dec 4th", "2026-12-01", "5-6 Dec", "12/11"."""
    code = scope.texts[index]
    if not scope.is_code(index):
        if code in scope.vocabulary.months:
            return _month_first(scope, index)
        return _ordinal_first(scope, index) if code in scope.vocabulary.day_words else None
    if days := full_dates(code):
        return _open_order(scope, index + 1, days, code)
    named = named_date(code)
    if named is not None and named[0] in scope.vocabulary.months:
        return _dated(scope, index + 1, scope.vocabulary.months[named[0]], named[1], named[2])
    if (found := _day_first(scope, index)) is not None:
        return found
    pairs = short_dates(code) if scope.texts[index + 1] not in scope.vocabulary.units else ()
    return _short(scope, index + 1, pairs) if pairs else None


def _open_order(scope: Scope, stop: int, days: tuple[date, ...], code: str) -> Moment:
    chosen = days
    if len(days) > 1:
        ahead = tuple(day for day in days if day >= scope.today) or days
        chosen = ahead if scope.month_first is None else days[:1] if scope.month_first else days[1:]
    behind = max((day for day in days if day < scope.today), default=None) if scope.month_first is None else None
    dotted = len(code) == _SHORT_YEAR and code[2] == "."  # 02.12.26 may be a version
    dotted = dotted or (code[:4].isdigit() and code[4:5] == ".")  # and 2026.12.01 more often is one
    dotted = dotted or code.isdigit()  # as is 20261201
    needs = Needs.EVENT if dotted else Needs.NOTHING
    found = Moment(stop, min(chosen), min(chosen), max(chosen), needs, at=iso_time(code), dated=True, numeric=dotted)
    return found._replace(back=behind) if behind is not None and behind < found.first else found


def _short(scope: Scope, stop: int, pairs: tuple[tuple[int, int], ...]) -> Moment | None:
    if len(pairs) > 1 and scope.month_first is not None:
        pairs = pairs[:1] if scope.month_first else pairs[1:]
    found = [both for month, day in pairs if (both := next_of(scope.today, month, day)) is not None]
    if not found:
        return None
    near = [both for both in found if both[0] - scope.today < timedelta(days=200)] or found
    ahead = [both[0] for both in near]
    back = max(both[1] for both in found)
    return Moment(stop, min(ahead), min(ahead), max(ahead), Needs.EVENT, back=back, numeric=True, dated=True)


def _dated(scope: Scope, stop: int, month: int, day: int, year: int | None) -> Moment | None:
    if year is None:
        return _yearless(scope, stop, month, day)
    found = day_of(year, month, day)
    return Moment(stop, found, found, found, dated=True) if found is not None else None


def year_after(scope: Scope, stop: int) -> tuple[int, int | None]:
    """The word after the year of a day, and that year, if it is told."""
    at = scope.past(stop, _BEFORE_YEAR)
    if at - stop <= 1 and scope.is_code(at) and (year := year_number(scope.texts[at])) is not None:
        return at + 1, year
    return stop, None


def _month_first(scope: Scope, index: int) -> Moment | None:
    month = scope.vocabulary.months.get(scope.texts[index])
    if month is None:
        return None
    at = scope.past(index + 1, _THE_COMMA)
    word = scope.texts[at]
    if not scope.is_code(at):
        stop, ordinal = ordinal_at(scope, at)
        return _dated(scope, stop, month, ordinal, None) if ordinal is not None else None
    if pair := day_pair(word):
        return _yearless(scope, at + 1, month, *pair)
    if (number := day_number(word)) is None:
        return None
    stop, year = year_after(scope, at + 1)
    follows = scope.texts[stop]
    if year is None and follows == "," and _is_far_year(scope, stop + 1):
        return _dated(scope, stop + 2, month, number[0], _BEYOND)
    if year is None and not number[1] and (follows in scope.vocabulary.units or follows == "%"):
        return None
    return _dated(scope, stop, month, number[0], year)


_BEYOND = 2999
"""Stands for each year beyond those that are read, so that the day is out of reach."""


def _is_far_year(scope: Scope, index: int) -> bool:
    """Whether it is a year beyond those that are read: "Dec 31, 9999"."""
    text = scope.texts[index]
    return text.isdecimal() and len(text) == len("2301") and text[0] != "0"


def ordinal_at(scope: Scope, index: int) -> tuple[int, int | None]:
    """A day of the month in words, and the word after it: "third", "twenty-first"."""
    ordinals, word = scope.vocabulary.ordinals, scope.texts[index]
    tens = {"twenty": 20, "thirty": 30}.get(word)
    if tens is not None:
        more = ordinals.get(scope.texts[index + 1], 10)
        return index + 2, tens + more if more < 10 and tens + more <= 31 else None
    return index + 1, ordinals.get(word)


def _ordinal_first(scope: Scope, index: int) -> Moment | None:
    """A date in words: "the tenth of December", "by the thirtieth"."""
    stop, number = ordinal_at(scope, index)
    if number is None:
        return None
    at = scope.skip(stop, "of", "day")
    month = scope.vocabulary.months.get(scope.texts[at])
    if month is not None and at - stop <= 3:
        stop, year = year_after(scope, at + 1)
        return _dated(scope, stop, month, number, year)
    if at > stop and scope.texts[at] in ("this", "next", "the", "current", "month"):
        ahead = 1 if scope.texts[at] == "next" else 0
        end = scope.skip(at, "this", "next", "the", "current", "month")
        return in_month(scope, end, number, ahead) if scope.texts[end - 1] == "month" else None
    stands = scope.texts[index - 1] == "the" and scope.texts[index - 2] in _BEFORE_ORDINAL
    if number <= len(("first", "second")) and not _FEW.isdisjoint(scope.texts[max(0, index - _FAR) : index - 2]):
        return None  # "reads the first comment and leaves before the second"
    ends = not scope.is_letters(stop) or scope.texts[stop] in _AFTER_DAY
    return in_month(scope, stop, number, 0) if stands and ends else None


def _day_first(scope: Scope, index: int) -> Moment | None:
    texts, months = scope.texts, scope.vocabulary.months
    if texts[index + 1] not in months and texts[index + 1] not in _TO_MONTH:
        return None
    pair, number = day_pair(texts[index]), day_number(texts[index])
    if pair is None and number is None:
        return None
    at = scope.past(index + 1, _OF_DAY)
    last = texts[at] in RANGE_LINKS and scope.is_code(at + 1)
    if last and texts[at] in _TO and _is_moved(scope, index):
        return None  # of "moved from 8 to 10 December" the second counts
    end = day_number(texts[at + 1]) if last else None
    at = scope.skip(at + 2, "of") if last else at
    month = months.get(texts[at])
    if month is None or (pair is None and number is None):
        return None
    stop, year = year_after(scope, at + 1)
    if pair is not None:
        return _yearless(scope, stop, month, *pair)
    if number is None or (last and end is None):
        return None
    if end is None:
        return _dated(scope, stop, month, number[0], year)
    return _from_to(scope, stop, month, (number[0], end[0]), year)


def _from_to(scope: Scope, stop: int, month: int, days: tuple[int, int], year: int | None) -> Moment | None:
    """A range of days: "5 and 6 December"."""
    first, last = days
    if last < first:
        return _over_the_month(scope, _dated(scope, stop, month, last, year), first)
    return _yearless(scope, stop, month, first, last) if year is None else _dated(scope, stop, month, first, year)


def _over_the_month(scope: Scope, last: Moment | None, day: int) -> Moment | None:
    """A range that begins in the month before: "from 29 to 3 December"; only its end, if it has begun."""
    if last is None:
        return None
    before = last.first.replace(day=1) - timedelta(days=1)
    first = day_of(before.year, before.month, day)
    return last._replace(first=first, best=first, back=None) if first is not None and first >= scope.today else last


def _is_moved(scope: Scope, index: int) -> bool:
    """Whether something is moved from one day to another."""
    return not _MOVED.isdisjoint(scope.texts[max(0, index - _LONGEST_MOVE) : index])


def to_its_end(scope: Scope, index: int, moment: Moment) -> Moment:
    """A date with the one that a time from it goes to: "from 21 Dec till 4 Jan", "between Dec 5 and Dec 8"."""
    link = scope.texts[moment.stop]
    before = scope.texts[index - 1]
    begins = before == "from" or link in _THROUGH if link in _TO else before == "between" and link == "and"
    if not begins or not moment.dated or moment.at is not None or _is_moved(scope, index):
        return moment
    end = calendar_date(scope, moment.stop + 1)
    if end is None or not moment.last < end.first <= moment.first + _LONGEST_RANGE:
        return moment
    return moment._replace(stop=end.stop, last=end.last)


def day_of_month(scope: Scope, index: int) -> Moment | None:
    """A day without a month: "the 15th", "the 3rd of next month"."""
    word = scope.texts[index]
    number = day_number(word) if scope.is_code(index) else None
    if number is None or not number[1]:
        return None
    stop, months = index + 1, 0
    if scope.texts[stop] in ("business", "working", "banking") and scope.texts[stop + 1] == "day":
        return None  # "the 24th business day of December", which there is not
    at = scope.skip(stop, "of", "the")
    if scope.texts[at] in ("this", "next", "current", "month", "coming") and at > stop:
        months = 1 if scope.texts[at] in NEXT else 0
        stop = scope.skip(at, "this", "next", "current", "coming", "month")
    elif (
        (
            scope.texts[index - 1] not in _BEFORE_DAY
            and scope.texts[stop] not in PARTS_OF_DAY
            and not _is_when(scope, index)
        )
        or scope.texts[stop] in scope.vocabulary.units
        or scope.texts[stop] in _COUNTED
    ):
        return None
    if not months and stop == index + 1 and (told := _month_before(scope, index)) is not None:
        found = day_of(told.year, told.month, number[0])
        if found is not None:
            return one(stop, found)._replace(dated=True)
    return in_month(scope, stop, number[0], months)


def _is_when(scope: Scope, index: int) -> bool:
    """Whether a bare ordinal says when something happens: "our trial ends 30th", "the committee meets 24th and"."""
    return scope.texts[index - 1] in _HAPPENS and (
        not scope.is_letters(index + 1) or scope.texts[index + 1] in _AFTER_DAY
    )


def _month_before(scope: Scope, index: int) -> date | None:
    """The month to come that the sentence named before: "December salaries go out early, on the 23rd"."""
    for at in range(index - 1, max(-1, index - _MONTH_REACH), -1):
        word = scope.texts[at]
        if not word:
            return None
        month = scope.vocabulary.months.get(word)
        if month is not None and "for" in scope.texts[at - 2 : at]:
            continue  # "letters for the January policies leave on the 25th"
        if month is not None and len(word) > len("march") and not scope.is_code(at - 1) and not scope.is_code(at + 1):
            year = scope.today.year + (month < scope.today.month)
            return date(year, month, 1) if month != scope.today.month else None
    return None


def day_by_number(scope: Scope, index: int) -> Moment | None:
    """A day of the month after its noun, as speakers of other languages write: "until the day 30", "by day 5"."""
    number = day_number(scope.texts[index + 1]) if scope.is_code(index + 1) else None
    before = scope.texts[index - 2] if scope.texts[index - 1] == "the" else scope.texts[index - 1]
    if before == "on" and scope.texts[index - 1] != "the":
        return None  # "the same questions on day 1 and day 5"
    if number is None or before not in ("by", "before", "until", "till", "on") or scope.texts[index + 2] == ".":
        return None
    at = scope.skip(index + 2, "of", "this", "the")
    month = scope.vocabulary.months.get(scope.texts[at])
    if month is not None:
        stop, year = year_after(scope, at + 1)
        return _dated(scope, stop, month, number[0], year)
    if scope.is_letters(index + 2) and scope.texts[index + 2] not in _AFTER_DAY:
        return None if scope.texts[at] != "month" else in_month(scope, at + 1, number[0], 0)
    return in_month(scope, index + 2, number[0], 0)


def in_month(scope: Scope, stop: int, day: int, months: int) -> Moment | None:
    """That day of this month, or if it has passed of the next, or of a later one."""
    for ahead in range(months, months + 13):
        year, month = divmod(scope.today.year * 12 + scope.today.month - 1 + ahead, 12)
        found = day_of(year, month + 1, day)
        if found is not None and found > scope.today:
            back = found - timedelta(days=31) if months == 0 else None
            return one(stop, found)._replace(back=back if ahead else None, dated=True)
    return None


def near_day(scope: Scope, index: int) -> Moment | None:
    """Today, tonight, tomorrow, the day after tomorrow, this evening."""
    word = scope.texts[index]
    if word == "this" and scope.texts[index + 1] == "time":
        return _this_time(scope, index + 2)
    if word == "day" and scope.texts[index + 1] == "after" and scope.texts[index + 2] in TOMORROW:
        return one(index + 3, scope.today + timedelta(days=2))
    if word == "day":
        return _end_of_today(scope, index) or day_by_number(scope, index)
    if word in TOMORROW or (word == "tom" and _is_tomorrow(scope, index)):
        week = scope.texts[index + 1] == "week" and scope.texts[index + 2] not in ("day", "is")
        return (
            one(index + 2, scope.today + timedelta(days=8)) if week else one(index + 1, scope.today + timedelta(days=1))
        )
    if word in ("today", "today's"):
        return one(_after_its_number(scope, index + 1, scope.today), scope.today, Needs.LIMIT)
    if word in NEXT or word == "first":
        return _next_business_day(scope, index)
    this = word == "this" and scope.texts[index + 1] in ("afternoon", "evening", "noon")
    return one(index + 1, scope.today) if this or word in ("tonight", "tonight's") else None


def _after_its_number(scope: Scope, stop: int, day: date) -> int:
    """The word after the number of a day in brackets: "today (the 18th)"."""
    at = scope.skip(stop, "(", "the")
    number = day_number(scope.texts[at]) if scope.texts[stop] == "(" and scope.is_code(at) else None
    return scope.skip(at + 1, ")") if number is not None and number[0] == day.day else stop


def _end_of_today(scope: Scope, index: int) -> Moment | None:
    """As in "before the day is out"."""
    if scope.texts[index - 1] != "the" or scope.texts[index - 2] not in _BEFORE_ORDINAL:
        return None
    out = scope.texts[index + 1] == "is" and scope.texts[index + 2] in ("out", "over", "done", "through")
    return one(index + 3, scope.today, Needs.LIMIT) if out else None


def _next_business_day(scope: Scope, index: int) -> Moment | None:
    """As in "on the next business day"."""
    if scope.texts[index + 1] not in ("business", "working", "banking") or scope.texts[index + 2] != "day":
        return None
    if scope.texts[index + 3] in ("of", "in", "after"):
        return None  # "the first business day of the month"
    return one(index + 3, scope.calendar.add_business_days(scope.written, 1).date())


def _is_tomorrow(scope: Scope, index: int) -> bool:
    """Whether "tom" shortens "tomorrow": "by tom EOD"."""
    return not scope.is_capital(index) and scope.texts[index - 1] in ("by", "before", "until", "till")


def _this_time(scope: Scope, index: int) -> Moment | None:
    """As in "this time next week", "this time tomorrow"."""
    if scope.texts[index] in TOMORROW:
        return one(index + 1, scope.today + timedelta(days=1))
    if scope.texts[index] == "next" and scope.texts[index + 1] == "week":
        return one(index + 2, scope.today + timedelta(days=7))
    return None
