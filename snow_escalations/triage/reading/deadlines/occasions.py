"""Named days in a text: "before Christmas", and the dates that are told of them or of what begins with them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from snow_escalations.triage.reading.deadlines import days, weekdays
from snow_escalations.triage.reading.deadlines.days import year_after
from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope, one
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.words import listed

_NEW_YEAR = ("new", "year")
_SEASONAL = listed("shutdown freeze closure break rush season period closedown peak")  # some days at a named one
_FALLS = listed("falls is on ( , this year")
_BEGINS = listed("starts start begins begin opens kicks launches goes commences")
_BEGINS_ON = listed("off up live on , already the")
_LONGEST_NAME = 3  # words from a named day to the verb of what is called by it
_NEVER_NAMES = listed("i we you they it he she the our my your their a an is are when and or as , ( - – :")


def named_words(known: Vocabulary) -> Iterable[str]:
    """The words with which `named_day` begins."""
    return known.holidays


def named_day(scope: Scope, index: int) -> Moment | None:
    """Christmas, Thanksgiving, Black Friday, Diwali, and the days that a team has named."""
    for words, day in scope.vocabulary.holidays.get(scope.texts[index], ()):
        stop = index + len(words)
        may_be_it = len(words) == 1 or scope.texts[index + 1].startswith(words[1])
        if may_be_it and _is_named(scope.texts[index:stop], words):
            stop, year = year_after(scope, stop)
            found = day.next(date(year, 1, 1) if year is not None else scope.today, scope.country)
            if found is not None and year is not None and found.year != year:
                return None  # unknown
            if found is not None and scope.texts[stop] == "eve":
                return one(stop + 1, found - timedelta(days=1))._replace(dated=True)
            if found is not None and scope.vocabulary.weekdays.get(scope.texts[stop]) == found.weekday():
                stop += 1  # "Thanksgiving Thursday"
            if (told := _told_beside(scope, stop)) is not None:
                return told
            if (
                words == _NEW_YEAR
                and scope.texts[index - 1] == "the"
                and scope.texts[index - 2] in ("in", "into", "during", "of", "for")
            ):
                return None  # some day of it
            if found is None:
                return None
            needs = Needs.FUTURE if scope.texts[stop] in _SEASONAL else Needs.NOTHING
            return one(stop, found, needs)._replace(dated=True)
    return None


def _is_named(said: Sequence[str], words: tuple[str, ...]) -> bool:
    """Whether some words are a name, perhaps with what it owns: "Black Friday's"."""
    return tuple(said) == words or (len(said) == len(words) > 1 and (*said[:-1], said[-1].removesuffix("'s")) == words)


def _told_beside(scope: Scope, stop: int) -> Moment | None:
    """The date that is told of a named day: "Labour Thanksgiving Day is on 23 November", "Holi (4 March)"."""
    at = scope.past(stop, _FALLS)
    if at == stop and (begins := _begins_beside(scope, stop)) is not None:
        return weekdays.weekday(scope, begins) or days.calendar_date(scope, begins)
    told = days.calendar_date(scope, at) if at > stop else None
    if told is None or told.numeric or told.first != told.last:
        return None
    return told._replace(stop=scope.skip(told.stop, ")"))


def _begins_beside(scope: Scope, stop: int) -> int | None:
    """Where the day of what is called by a named day is told: "before the Christmas trade starts on December 1st"."""
    for at in range(stop, stop + _LONGEST_NAME):
        word = scope.texts[at]
        if word in _BEGINS and at > stop:
            return scope.past(at + 1, _BEGINS_ON)
        if word == "," and at > stop and scope.texts[at + 1] == "which" and scope.texts[at + 2] in _BEGINS:
            return scope.past(at + 3, _BEGINS_ON)
        if not word or word in _NEVER_NAMES:
            return None
    return None
