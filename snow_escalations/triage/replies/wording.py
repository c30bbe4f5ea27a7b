"""Durations, dates and instants in the words of a language, as a letter puts them.

Durations are by the wall clock and rounded as people round: five hours, not four hours and fifty-two minutes.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from snow_escalations.triage.replies.languages import base_of

_MINUTES_UP_TO = 55
_HOURS_UP_TO = 36


@dataclass(frozen=True, slots=True)
class Counted:
    """One length of time in words: how long it is, and how long ago."""

    one: str
    many: str
    one_ago: str
    many_ago: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a language. `{n}` stands for a number; a date has `{day}`, `{month}` and `{year}`.

    An instant has `{date}`, `{hour}`, `{minute}` and `{zone}`; some languages say it otherwise on the hour (`sharp`),
    or in the first hour of the clock (`at_one`).
    """

    moment: str
    moment_ago: str
    minutes: Counted
    hours: Counted
    days: Counted
    date: str
    months: Sequence[str]
    instant: str
    sharp: str = ""
    at_one: str = ""
    first_of_month: str = "{n}"


_EN = Wording(
    "less than a minute",
    "less than a minute ago",
    Counted("about a minute", "about {n} minutes", "about a minute ago", "about {n} minutes ago"),
    Counted("about an hour", "about {n} hours", "about an hour ago", "about {n} hours ago"),
    Counted("about a day", "about {n} days", "about a day ago", "about {n} days ago"),
    "{day} {month} {year}",
    (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "{date} at {hour:02}:{minute:02} ({zone})",
)
_DE = Wording(
    "weniger als eine Minute",
    "vor weniger als einer Minute",
    Counted("etwa eine Minute", "etwa {n} Minuten", "vor etwa einer Minute", "vor etwa {n} Minuten"),
    Counted("etwa eine Stunde", "etwa {n} Stunden", "vor etwa einer Stunde", "vor etwa {n} Stunden"),
    Counted("etwa einen Tag", "etwa {n} Tage", "vor etwa einem Tag", "vor etwa {n} Tagen"),
    "{day}. {month} {year}",
    (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "{date} um {hour:02}:{minute:02} Uhr ({zone})",
)
_FR = Wording(
    "moins d'une minute",
    "il y a moins d'une minute",
    Counted("environ une minute", "environ {n} minutes", "il y a environ une minute", "il y a environ {n} minutes"),
    Counted("environ une heure", "environ {n} heures", "il y a environ une heure", "il y a environ {n} heures"),
    Counted("environ un jour", "environ {n} jours", "il y a environ un jour", "il y a environ {n} jours"),
    "{day} {month} {year}",
    (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "{date} à {hour} h {minute:02} ({zone})",
    sharp="{date} à {hour} h ({zone})",
    first_of_month="{n}er",
)
_ES = Wording(
    "menos de un minuto",
    "hace menos de un minuto",
    Counted(
        *("aproximadamente un minuto", "aproximadamente {n} minutos"),
        *("hace aproximadamente un minuto", "hace aproximadamente {n} minutos"),
    ),
    Counted(
        *("aproximadamente una hora", "aproximadamente {n} horas"),
        *("hace aproximadamente una hora", "hace aproximadamente {n} horas"),
    ),
    Counted(
        *("aproximadamente un día", "aproximadamente {n} días"),
        *("hace aproximadamente un día", "hace aproximadamente {n} días"),
    ),
    "{day} de {month} de {year}",
    (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    "{date} a las {hour}:{minute:02} ({zone})",
    at_one="{date} a la {hour}:{minute:02} ({zone})",
)
_JA = Wording(
    "1分未満",
    "つい先ほど",
    Counted("約1分", "約{n}分", "約1分前", "約{n}分前"),
    Counted("約1時間", "約{n}時間", "約1時間前", "約{n}時間前"),
    Counted("約1日", "約{n}日", "約1日前", "約{n}日前"),
    "{year}年{month}{day}日",
    tuple(f"{month}月" for month in range(1, 13)),
    "{date}{hour}時{minute:02}分（{zone}）",
    sharp="{date}{hour}時（{zone}）",
)
WORDINGS: Mapping[str, Wording] = MappingProxyType({"de": _DE, "en": _EN, "es": _ES, "fr": _FR, "ja": _JA})


def wording_of(language: str) -> Wording | None:
    """The words of a language, or of the one that it is a variety of; None where there are none."""
    return WORDINGS.get(language) or WORDINGS.get(base_of(language))


def duration(wording: Wording, hours: float, *, ago: bool = False) -> str:
    """`about 5 hours`, or `about 5 hours ago`.

    Raises:
        ValueError: the duration is negative.
    """
    if hours < 0:
        raise ValueError(f"{hours:g} hours are no duration; ask first whether the time lies ahead")
    minutes = _half_up(hours * 60)
    if minutes < 1:
        return wording.moment_ago if ago else wording.moment
    counted, number = _rounded(wording, hours, minutes)
    if number == 1:
        return counted.one_ago if ago else counted.one
    return (counted.many_ago if ago else counted.many).format(n=number)


def _rounded(wording: Wording, hours: float, minutes: int) -> tuple[Counted, int]:
    if minutes < _MINUTES_UP_TO:
        return wording.minutes, minutes if minutes < 10 else 5 * _half_up(minutes / 5)
    whole = max(1, _half_up(hours))
    return (wording.hours, whole) if whole < _HOURS_UP_TO else (wording.days, _half_up(hours / 24))


def _half_up(number: float) -> int:
    return int(number + 0.5)


def date(wording: Wording, day: dt.date) -> str:
    """`4 December 2026`."""
    number = wording.first_of_month.format(n=1) if day.day == 1 else str(day.day)
    return wording.date.format(day=number, month=wording.months[day.month - 1], year=day.year)


def instant(wording: Wording, at: dt.datetime) -> str:
    """`4 December 2026 at 09:05 (UTC+1)`: by the 24 hours of the clock whose offset the instant has.

    Raises:
        ValueError: it has none.
    """
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"the instant {at.isoformat()} has no time zone, so nobody could tell when it was")
    said = wording.instant
    if at.minute == 0 and wording.sharp:
        said = wording.sharp
    elif at.hour == 1 and wording.at_one:
        said = wording.at_one
    return said.format(date=date(wording, at.date()), hour=at.hour, minute=at.minute, zone=_zone(offset))


def _zone(offset: dt.timedelta) -> str:
    """`UTC+5:30`, which reads the same in every language; the letters of zones (`CST`) mean several of them."""
    minutes = round(abs(offset) / dt.timedelta(minutes=1))
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(minutes, 60)
    return f"UTC{'-' if offset < dt.timedelta() else '+'}{hours}" + (f":{rest:02}" if rest else "")
