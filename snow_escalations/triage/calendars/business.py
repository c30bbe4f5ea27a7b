"""Questions that a business calendar answers. Laid out once a year and place, each answer is a binary search."""

from bisect import bisect_left, bisect_right
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.triage.calendars.model import CalendarModel, Weekday
from snow_escalations.triage.calendars.years import Year, ends, microseconds, wall, year_of

FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_COUNTED, LAST_COUNTED = FIRST_YEAR + 20, LAST_YEAR - 20
"""Years of instants from which one may count some years back or ahead."""
_HOUR = 3_600_000_000
_WEEK = tuple(Weekday)


class OutsideCalendarError(SnowEscalationsError, ValueError):
    """An instant or a day lies outside of the years that business calendars know."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the business calendar was asked about {year}; it knows {FIRST_YEAR} to {LAST_YEAR}. "
            "Check the instant that was given."
        )


def is_counted(instant: datetime) -> bool:
    """Whether business calendars know the decades around an instant; an instance may store any year."""
    return FIRST_COUNTED <= instant.year <= LAST_COUNTED


class BusinessTime(NamedTuple):
    """An instant as a calendar sees it: in microseconds since 1970, its year, and the business of that year so far."""

    moment: int
    year: Year
    elapsed: int


class BusinessCalendar:
    """A calendar laid out for questions. Instants must be aware; years go from 1900 to 2200.

    What needs another year raises OutsideCalendarError, which is a ValueError.
    """

    def __init__(self, model: CalendarModel) -> None:
        self.model = model
        self.zone = ZoneInfo(model.zone)
        self._year = lru_cache(maxsize=None)(self._lay_out)
        self._end = lru_cache(maxsize=1024)(self._end_of)

    def _lay_out(self, year: int) -> Year:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise OutsideCalendarError(year)
        return year_of(self.model, year)

    def local(self, instant: datetime) -> datetime:
        """An instant by the wall clock of the calendar's zone."""
        if instant.tzinfo is None:
            raise _naive(instant)
        try:
            return instant.astimezone(self.zone)
        except OverflowError as error:
            raise OutsideCalendarError(instant.year) from error

    def is_business_day(self, day: date) -> bool:
        """Whether any time of a day counts."""
        days = self._year(day.year).days
        index = bisect_left(days, day)
        return index < len(days) and days[index] == day

    def business_hours_between(self, start: datetime, end: datetime) -> float:
        """Business hours from one instant to another; negative if the second is the earlier one."""
        return self._between(self.business_time(start), self.business_time(end)) / _HOUR

    def business_microseconds_between(self, start: datetime, end: datetime) -> int:
        """The same in whole microseconds, whose sums are exact."""
        return self._between(self.business_time(start), self.business_time(end))

    def passed(self, start: datetime, end: BusinessTime) -> tuple[float, float, datetime]:
        """What passed until an instant that is asked about again and again, and the start.

        That is hours by the wall clock, business hours, and the start with the offset from UTC that clocks had then.
        """
        if start.tzinfo is None:
            raise _naive(start)
        moment, year = microseconds(start), end.year
        if year.begins <= moment < year.ends:  # as most do that are not long ago
            business = end.elapsed - year.until(moment)
        else:
            at = self._at(start, moment)
            business, year = self._between(at, end), at.year
        return (end.moment - moment) / _HOUR, business / _HOUR, start.astimezone(year.offset_at(moment))

    def business_time(self, instant: datetime) -> BusinessTime:
        """An instant as this calendar sees it."""
        return self._at(instant, _moment(instant))

    def _at(self, instant: datetime, moment: int) -> BusinessTime:
        # The year that an instant has in another zone is the calendar's or one beside it.
        year = self._year(instant.year)
        if not year.begins <= moment < year.ends:
            year = self._year(instant.year + (1 if moment >= year.ends else -1))
        return BusinessTime(moment, year, year.until(moment))

    def _between(self, start: BusinessTime, end: BusinessTime) -> int:
        first, last = start.year.number, end.year.number
        if first > last:
            return -self._between(end, start)
        return end.elapsed - start.elapsed + sum(self._year(year).total for year in range(first, last))

    def add_business_days(self, instant: datetime, count: int) -> datetime:
        """The same wall-clock time, `count` business days later, or earlier if negative, in the calendar's zone.

        From a day that does not count, the next business day is the first one. With 0, that day itself is the answer
        if it counts, and the next business day if not. OutsideCalendarError tells of years that it does not know.
        """
        local = self.local(instant)
        day = self._business_day(local.date(), count)
        return wall(day, local.time(), self.zone, fold=local.fold).astimezone(self.zone)

    def _business_day(self, start: date, count: int) -> date:
        year = start.year
        days = self._year(year).days
        index = bisect_right(days, start) + count - 1 if count > 0 else bisect_left(days, start) + count
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._year(year).days
        while index < 0:
            year -= 1
            days = self._year(year).days
            index += len(days)
        return days[index]

    def end_of_business_day(self, day: date) -> datetime | None:
        """When business ends on a day, in the calendar's zone; None if the day does not count."""
        return self._end(day)

    def _end_of(self, day: date) -> datetime | None:
        if not self.is_business_day(day):
            return None
        return ends(day, self.model.windows[_WEEK[day.weekday()]][-1], self.zone)[1].astimezone(self.zone)


def _moment(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise _naive(instant)
    return microseconds(instant)


def _naive(instant: datetime) -> ValueError:
    return ValueError(f"the instant {instant.isoformat()} has no time zone; give an aware one")
