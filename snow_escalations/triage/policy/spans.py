"""Times that can be: how much business a calendar has in a length of time before or after an instant."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

from snow_escalations.model.evidence import Span
from snow_escalations.model.items import DeadlineItem
from snow_escalations.triage.calendars import BusinessCalendar, OutsideCalendarError
from snow_escalations.triage.policy.evidence_words import deadline

_HOUR = 3_600_000_000
_LONGEST_HOURS = 40 * 365 * 24
"""What is looked through for the business hours of a length: more than any that a case is about."""


class Around(NamedTuple):
    """The instant of the evidence with the calendar of the account; without one every hour may be one of business."""

    instant: dt.datetime
    calendar: BusinessCalendar | None = None

    def since(self, hours: float, now: Span | None, *, is_business: bool) -> Span | None:
        """The time since an instant, of so many hours or business hours, nearest to what it is now; None for none."""
        found = self._length(hours, now, self._before, is_business=is_business)
        return None if found is None else Span(*found)

    def ahead(self, hours: float, now: DeadlineItem | None, *, is_business: bool) -> DeadlineItem | None:
        """A deadline so many hours or business hours ahead, nearest to one that there is; None for none."""
        is_now = None if now is None else Span(now.hours_left, now.business_hours_left)
        found = self._length(hours, is_now, self._after, is_business=is_business)
        return None if found is None else deadline(*found, self.instant)

    def _length(
        self, hours: float, now: Span | None, business: Callable[[int], int], *, is_business: bool
    ) -> tuple[float, float] | None:
        if self.calendar is None:
            return _without_calendar(hours, now, is_business=is_business)
        try:
            if not is_business:
                return hours, business(_whole(hours)) / _HOUR
            fewer = now is not None and hours < now.business_hours
            found = _length_of(_whole(hours), business, is_longest=fewer)
        except (OutsideCalendarError, OverflowError):
            return None
        return None if found is None else (found / _HOUR, hours)

    def _before(self, length: int) -> int:
        start = self.instant - dt.timedelta(microseconds=length)
        return self._calendar().business_microseconds_between(start, self.instant)

    def _after(self, length: int) -> int:
        end = self.instant + dt.timedelta(microseconds=length)
        return self._calendar().business_microseconds_between(self.instant, end)

    def _calendar(self) -> BusinessCalendar:
        assert self.calendar is not None  # noqa: S101 asked for only where there is one
        return self.calendar


def _without_calendar(hours: float, now: Span | None, *, is_business: bool) -> tuple[float, float]:
    if now is None:
        return hours, hours
    return (max(now.hours, hours), hours) if is_business else (hours, min(now.business_hours, hours))


def _whole(hours: float) -> int:
    return round(hours * _HOUR)


def _length_of(wanted: int, business: Callable[[int], int], *, is_longest: bool) -> int | None:
    """The shortest length, or the longest, with exactly that much business, in microseconds; None for none."""
    if is_longest:
        # One microsecond more of business begins right after it.
        shortest_of_more = _shortest(wanted + 1, business)
        return None if shortest_of_more is None else shortest_of_more - 1
    return _shortest(wanted, business)


def _shortest(wanted: int, business: Callable[[int], int]) -> int | None:
    """The shortest length with at least that much business."""
    if wanted <= 0:
        return 0
    high = next((length for length in _doubled(wanted) if business(length) >= wanted), None)
    if high is None:
        return None
    low = wanted - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if business(middle) >= wanted else (middle, high)
    return high


def _doubled(length: int) -> Iterator[int]:
    while length <= _LONGEST_HOURS * _HOUR:
        yield length
        length *= 2
