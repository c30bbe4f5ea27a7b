"""What a team says of its business time: windows per weekday, zone, holidays, and what differs for an account."""

import re
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self, TypeAlias
from unicodedata import normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, field_validator, model_validator

from snow_escalations.model.base import Model
from snow_escalations.triage.calendars.public import check_place

MIDNIGHT = time(0, 0)
_WINDOW = re.compile(r"(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_DIGITS = len("08:00")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NO_ZONES = re.compile(r"localtime|posixrules|Factory|(?:right|posix)/.*")
"""What a machine may have beside the zones: its own zone, and clocks that count leap seconds."""


class Weekday(StrEnum):
    """Days of the week, Monday first, as Python counts them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def _written_day(value: object) -> object:
    """Only what is surely meant as a day: a number would be taken for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError(f"{value!r} is not a date; write it like 2026-12-24")


def _written_time(value: object) -> object:
    """No number, which would be taken for seconds since midnight in UTC."""
    if isinstance(value, str | time):
        return value
    raise ValueError(f'{value!r} is no time of day; write one such as "08:00"')


Clock: TypeAlias = Annotated[time, BeforeValidator(_written_time)]
Days: TypeAlias = frozenset[Annotated[date, BeforeValidator(_written_day)]]


class Window(Model):
    """Working time of a day by the wall clock; `closes: 00:00` is the midnight that ends the day.

    It may be written as text, `"08:00-17:30"`, or with its two times, `{opens: "08:00", closes: "17:30"}`.
    """

    opens: Clock
    closes: Clock

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, written: object) -> object:
        if not isinstance(written, str):
            return written
        times = _WINDOW.fullmatch(written.strip())
        if times is None:
            raise ValueError(f'the window {written!r} cannot be read; write when it opens and closes, "08:00-17:30"')
        for part in times.groups():
            if not _CLOCK.fullmatch(part):
                raise ValueError(
                    f"the window {written!r} has {part!r}, which is no time of day; write 00:00 to 23:59, "
                    "and 00:00 for the midnight that ends a day"
                )
        return {"opens": times[1].zfill(_DIGITS), "closes": times[2].zfill(_DIGITS)}

    @model_validator(mode="after")
    def _closes_later(self) -> Self:
        if self.opens.tzinfo is not None or self.closes.tzinfo is not None:
            raise ValueError("a window is in the zone of its calendar; write its times without an offset")
        if self.closes != MIDNIGHT and self.closes <= self.opens:
            raise ValueError(
                f"the window closes at {self.closes:%H:%M}, which is not after {self.opens:%H:%M}, when it opens; "
                "split a night shift at midnight, and write 00:00 for the midnight that ends a day"
            )
        return self


OFFICE = (Window(opens=time(9, 0), closes=time(17, 0)),)
OFFICE_WEEK: Mapping[Weekday, tuple[Window, ...]] = {
    day: OFFICE for day in Weekday if day not in (Weekday.SATURDAY, Weekday.SUNDAY)
}


class CalendarModel(Model):
    """One business calendar: Monday to Friday from 9 to 17 in UTC, without holidays, unless it says otherwise."""

    zone: str = Field("UTC", description="Name of the zone in the IANA database, such as Europe/Berlin")
    windows: Mapping[Weekday, tuple[Window, ...]] = Field(
        default=OFFICE_WEEK,
        description='Windows of each weekday, such as `["08:00-17:30"]`; days that are not named do not count',
    )
    country: str | None = Field(None, description="Country of the public holidays, by two letters, such as DE")
    subdivision: str | None = Field(None, description="Part of the country, as ISO 3166-2 names it, such as BY")
    extra_holidays: Days = Field(frozenset(), description="Days that do not count, beside public holidays")
    working_holidays: Days = Field(frozenset(), description="Public holidays that count all the same")

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            known = not _NO_ZONES.fullmatch(name) and ZoneInfo(name) is not None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            known = False
        if not known:
            raise ValueError(f"there is no time zone {name!r}; write one such as Europe/Berlin or UTC")
        return name

    @field_validator("windows")
    @classmethod
    def _windows_in_order(cls, windows: Mapping[Weekday, tuple[Window, ...]]) -> Mapping[Weekday, tuple[Window, ...]]:
        if not any(windows.values()):
            raise ValueError("no weekday has a window, so no hour would ever count; name at least one")
        for day, parts in windows.items():
            for earlier, later in pairwise(parts):
                if earlier.closes == MIDNIGHT or later.opens < earlier.closes:
                    raise ValueError(
                        f"the windows of {day} overlap or are out of order: one closes at {earlier.closes:%H:%M}, "
                        f"the next opens at {later.opens:%H:%M}"
                    )
        return windows

    @model_validator(mode="after")
    def _place_exists(self) -> Self:
        if self.subdivision is not None and self.country is None:
            raise ValueError(f"subdivision {self.subdivision!r} has no country; name it as well")
        if self.country is not None:
            check_place(self.country, self.subdivision)
        return self


class Calendars(Model):
    """The calendar of the team, and of each account that has one of its own, by the account's name or number."""

    default: CalendarModel = CalendarModel()
    accounts: Mapping[str, CalendarModel] = Field(default={}, description="Calendars that replace the default one")

    @field_validator("accounts")
    @classmethod
    def _each_once(cls, accounts: Mapping[str, CalendarModel]) -> Mapping[str, CalendarModel]:
        """Refuse no name, and two of one account, as blanks around them and how accents are written do not count."""
        known: dict[str, str] = {}
        for name in accounts:
            if not name.strip():
                raise ValueError(f"{name!r} names no account; write its name or its number")
            other = known.setdefault(normalize("NFC", name).strip(), name)
            if other is not name:
                raise ValueError(f"{other!r} and {name!r} are the same account; keep one of the two calendars")
        return accounts

    def of(self, account: str | None) -> CalendarModel:
        """The calendar of an account; the default one if it has none of its own, or is not known."""
        return self.accounts.get(account, self.default) if account is not None else self.default
