"""The windows of one year as instants in order, with the business time before each.

Instants are whole microseconds since 1970 in UTC, so that sums are exact. A window lasts as long as the wall clock of
its zone shows times inside it: an hour that clocks repeat counts twice, one that they skip not at all.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from snow_escalations.triage.calendars.model import MIDNIGHT, CalendarModel, Weekday, Window
from snow_escalations.triage.calendars.public import public_holidays

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS_OF_DAY = 86_400
_MICROSECONDS_OF_DAY = _SECONDS_OF_DAY * 1_000_000
_DAY = timedelta(days=1)
_WEEK = tuple(Weekday)


def microseconds(instant: datetime) -> int:
    """An aware instant as microseconds since 1970 in UTC."""
    since = instant - _EPOCH
    return (since.days * _SECONDS_OF_DAY + since.seconds) * 1_000_000 + since.microseconds


def wall(day: date, at: time, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The instant at which the wall clock of a zone shows a time of a day, in UTC.

    Of a time that the clock skips it is the instant of the skip, and `fold` tells the two of a time that it repeats.
    """
    local = datetime.combine(day, at, tzinfo=zone)
    first, second = local.replace(fold=0).astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    if first > second:
        return _skip(second, first, zone)
    return second if fold else first


def _skip(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The second between two instants at which a zone's offset changes."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


def ends(day: date, window: Window, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When a window of a day opens and closes, in UTC."""
    last = day + _DAY if window.closes == MIDNIGHT else day
    return wall(day, window.opens, zone), wall(last, window.closes, zone, fold=0 if last > day else 1)


def holidays_of(model: CalendarModel, year: int) -> frozenset[date]:
    """The days of a year that do not count although their weekday does."""
    public = public_holidays(model.country, model.subdivision, year) if model.country is not None else {}
    return (frozenset(public) | {day for day in model.extra_holidays if day.year == year}) - model.working_holidays


@dataclass(frozen=True, slots=True)
class Year:
    """Windows of a year: opening, closing and business time before each, in microseconds; and its business days.

    The year `begins` and `ends` by the wall clock of its zone. Its clocks are changed at `shifts`; `offsets` are those
    from UTC before the first shift, and after each.
    """

    number: int
    begins: int
    ends: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    before: tuple[int, ...]
    total: int
    days: tuple[date, ...]
    shifts: tuple[int, ...]
    offsets: tuple[timezone, ...]

    def until(self, moment: int) -> int:
        """Business time of the year up to an instant, which is given in microseconds."""
        index = bisect_right(self.opens, moment) - 1
        return self.before[index] + min(moment, self.closes[index]) - self.opens[index] if index >= 0 else 0

    def offset_at(self, moment: int) -> timezone:
        """What the clocks of the zone show then, of an instant of the year in microseconds."""
        return self.offsets[bisect_right(self.shifts, moment)]


def year_of(model: CalendarModel, year: int) -> Year:
    """Lay out the windows of a year."""
    zone = ZoneInfo(model.zone)
    free = holidays_of(model, year)
    opens, closes, before, days = [], [], [], []
    day, begins = date(year, 1, 1), _begins(year, zone)
    total, reached = 0, begins
    while day.year == year:
        windows = model.windows.get(_WEEK[day.weekday()], ()) if day not in free else ()
        if windows:
            days.append(day)
        for window in windows:
            start, stop = (microseconds(end) for end in ends(day, window, zone))
            start = max(start, reached)
            reached = max(start, stop)
            opens.append(start)
            closes.append(reached)
            before.append(total)
            total += reached - start
        day += _DAY
    stops = _begins(year + 1, zone)
    shifts = _shifts(begins, stops, zone)
    offsets = tuple([_offset_at(moment, zone) for moment in (begins, *shifts)])
    return Year(year, begins, stops, tuple(opens), tuple(closes), tuple(before), total, tuple(days), shifts, offsets)


def _shifts(begins: int, stops: int, zone: ZoneInfo) -> tuple[int, ...]:
    """When the clocks of a zone are changed between two instants, which happens at most once a day."""
    shifts = []
    moments = [*range(begins, stops, _MICROSECONDS_OF_DAY), stops]
    for first, last in pairwise(moments):
        if _offset_at(first, zone) != _offset_at(last, zone):
            shifts.append(microseconds(_skip(_instant(first), _instant(last), zone)))
    return tuple(shift for shift in shifts if shift < stops)


def _instant(moment: int) -> datetime:
    return _EPOCH + timedelta(microseconds=moment)


def _offset_at(moment: int, zone: ZoneInfo) -> timezone:
    return timezone(_instant(moment).astimezone(zone).utcoffset() or timedelta())


def _begins(year: int, zone: ZoneInfo) -> int:
    return microseconds(wall(date(year, 1, 1), MIDNIGHT, zone))
