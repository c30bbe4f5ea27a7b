"""A time expression, before it is known what it is for, and what all parts of the grammar share."""

import re
from collections.abc import Container
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from snow_escalations.triage.calendars import BusinessCalendar, Weekday
from snow_escalations.triage.reading.deadlines.parts import CALMS, DIGITS, RELAXES, Parts
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import Kind, kind_of

_WEEK = tuple(Weekday)
LONGEST_SKIP = 6
_SIGNS = re.compile("[\"'“”„«»‘’=_#@%&?;|>\\\\]")
FARTHEST = timedelta(days=3 * 366)


class Needs(IntEnum):
    """What a sentence must have for an expression to count."""

    NOTHING = 0  # next Friday, 12 December: unless something speaks against it
    FUTURE = 1  # this week: a verb of what is to come, an event or a limit
    EVENT = 2  # 12/11: an event or a limit
    LIMIT = 3  # 5pm: a word that limits, or that grants time


class Moment(NamedTuple):
    """Days from `first` to `last`, of which `best` is meant most likely; `stop` is the word after the expression."""

    stop: int
    first: date
    best: date
    last: date
    needs: Needs = Needs.NOTHING
    instant: datetime | None = None  # counted in hours
    at: time | None = None
    close: bool = False  # at the end of business
    zone: ZoneInfo | None = None
    back: date | None = None  # the same expression read backwards: a date without a year
    span: bool = False  # so many days, which may be silence as well as a limit
    numeric: bool = False  # 12/11, 30.11
    dated: bool = False  # a day of the calendar, not one that is told from today

    @property
    def is_vague(self) -> bool:
        """Whether it gives way to a day that is named beside it."""
        return self.needs is Needs.FUTURE or (self.span and self.needs is Needs.LIMIT and self.instant is None)


def one(stop: int, day: date, needs: Needs = Needs.NOTHING) -> Moment:
    """An expression that means one day."""
    return Moment(stop, day, day, day, needs)


class Place(NamedTuple):
    """All that the meaning of words depends on beside the text."""

    vocabulary: Vocabulary
    calendar: BusinessCalendar
    country: str | None
    month_first: bool | None


class Scope:
    """A text's words and all that their meaning depends on.

    `texts` has the folded words, empty at the ends of sentences; after them stand ends of sentences, so that one can
    look a few words ahead, and back from the first one.
    """

    __slots__ = (
        "_parts", "_signs", "calendar", "country", "keys", "month_first", "text", "texts", "today",
        "vocabulary", "written",
    )  # fmt: skip

    def __init__(self, place: Place, parts: Parts, text: str, written: datetime) -> None:
        """`written` is the instant at which the text was written, in the zone of the calendar."""
        self.vocabulary, self.calendar, self.country, self.month_first = place
        self._parts, self.keys = parts, parts.keys
        self.text, self.texts = text, parts.texts
        self._signs: frozenset[str] | None = None
        self.written, self.today = written, written.date()

    def word(self, index: int) -> str:
        """The folded word at a place; empty beyond the end and at the end of a sentence."""
        return self.texts[index]

    def is_code(self, index: int) -> bool:
        """Whether there is something with digits at a place."""
        return self.keys[index] == DIGITS

    def is_letters(self, index: int) -> bool:
        """Whether there is a word of letters at a place."""
        return kind_of(self.texts[index]) is Kind.WORD

    def is_capital(self, index: int) -> bool:
        """Whether a word is written with a capital."""
        return self.text[self.start(index)].isupper()

    def start(self, index: int) -> int:
        """The offset of a word in the text."""
        return self._parts.spot(index)[0]

    def end(self, index: int) -> int:
        """The offset after a word in the text."""
        return self._parts.spot(index)[1]

    @property
    def relaxes(self) -> bool:
        """Whether there is a word in the text that may tell that nobody waits."""
        return self._parts.relaxes & RELAXES != 0

    @property
    def calms(self) -> bool:
        """Whether there is a word in the text without which it does not tell that nobody waits."""
        return self._parts.relaxes & CALMS != 0

    @property
    def signs(self) -> frozenset[str]:
        """The quotes of the text and the signs that glue, which tell what need not be looked for."""
        if self._signs is None:
            self._signs = frozenset(_SIGNS.findall(self.text))
        return self._signs

    def is_asked(self, stop: int) -> bool:
        """Whether a sentence that ends at a place ends with a question mark."""
        return not self._parts.is_end(stop) and self.text[slice(*self._parts.spot(stop))] == "?"

    def skip(self, index: int, *words: str) -> int:
        """The place after any of these words in a row, a few at most."""
        return self.past(index, words)

    def past(self, index: int, words: Container[str]) -> int:
        """The same, given the words as a set."""
        texts = self.texts
        if texts[index] not in words:
            return index
        most = index + LONGEST_SKIP
        while texts[index] in words and index < most:
            index += 1
        return index

    def end_of_week(self, monday: date) -> date:
        """The last working day of the week that begins on a Monday."""
        windows = self.calendar.model.windows
        for index, day in enumerate(_WEEK):
            if windows.get(day) and not windows.get(_WEEK[(index + 1) % 7]):
                return monday + timedelta(days=index)
        return monday + timedelta(days=6)
