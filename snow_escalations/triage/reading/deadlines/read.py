"""A text in, the deadlines that it imposes out, the binding one first."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from snow_escalations.triage.calendars import BusinessCalendar, is_counted
from snow_escalations.triage.reading.deadlines.beside import speaks_against
from snow_escalations.triage.reading.deadlines.context import Judged, judge
from snow_escalations.triage.reading.deadlines.grammar import Triggers, moments
from snow_escalations.triage.reading.deadlines.inert import is_literal
from snow_escalations.triage.reading.deadlines.model import Deadline, DeadlineSettings, ImposedBy
from snow_escalations.triage.reading.deadlines.moment import FARTHEST, Moment, Needs, Place, Scope
from snow_escalations.triage.reading.deadlines.parts import Pieces, parts_of
from snow_escalations.triage.reading.deadlines.passing import is_off
from snow_escalations.triage.reading.deadlines.points import (
    ALLOWED,
    BOUND,
    CLEAR,
    FIRM,
    LIMITED,
    NEEDED,
    REFERRED,
    SURE,
    Points,
    shipped_table,
)
from snow_escalations.triage.reading.deadlines.relaxed import Relaxed, relaxed_in
from snow_escalations.triage.reading.deadlines.rest import CERTAIN, HELPS, NEAR, SLACK, SLACK_OF_NEEDED, Rest
from snow_escalations.triage.reading.deadlines.sentence import Sense, Sentence, governing, sentence_around
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary, load_vocabulary
from snow_escalations.triage.reading.words import listed

_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "PR", "GU"})
_LAST_SECOND = time(23, 59, 59)
_WEEK = timedelta(days=7)
_DAYS = 4096  # that are remembered: most deadlines fall on few
_LOGGED = re.compile(  # has a colon or a bracket
    r"[\s>|]*(?:(\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?!\S*,? (?:is|we|our|the|will|at|sharp|latest)\b)|"
    r"(?:[A-Za-z]*(?:Error|Exception)|ERROR|WARN(?:ING)?|FATAL|Caused by)\s*[:\]])"
)
_TO_THE_SECOND = re.compile(r"\d:\d\d:\d\d")
_LASTED = frozenset({"for", "since", "take", "took", "takes", "taken", "lasted", "every", "each"})
_ROUGHLY = listed("up to about around roughly some almost nearly approximately maybe perhaps")
_LASTS = listed("lasts last suffices suffice bridge survive hold manage cope live absorb bear")
_NO_MORE = listed("not no most tops max maximum")
_CAN = listed("can could will may we'll they'll he'll she'll it'll")
_FEW = 7
_ONE = frozenset({"a", "one", "any", "each"})
_NEXT_CLAUSE = frozenset({"", ",", ";", ":", "-", "and", "but", "so"})
_NTHS = listed("first second third fourth fifth sixth seventh")
_RATED = listed(
    "time times minutes min hours hrs seconds outage outages incident incidents crash crashes tickets calls"
)
_LEVELS = frozenset({"error", "warn", "warning", "info", "debug", "fatal", "trace", "severe", "kernel"})


class Day(NamedTuple):
    """An expression that may impose something, and where it stands."""

    scope: Scope
    sentence: Sentence
    first: int
    moment: Moment


_GOES = frozenset({"away", "notice"})
_BACK = frozenset({"until", "till", "through", "to"})  # before the day on which somebody is back
_DURING = frozenset({"for", "over", "until", "till", "through"})
_DETERMINERS = frozenset({"the", "this", "one", "a", "next"})
_SENTENCE = attrgetter("sentence")
_Weighed: TypeAlias = tuple[Day, int]  # with its points
_Heard: TypeAlias = tuple[Day, Judged, int]  # with the points that it has to spare


class DeadlineReader:
    """Reads the deadlines of texts. It keeps nothing of them, so one reader serves all threads."""

    def __init__(
        self,
        calendar: BusinessCalendar,
        *,
        settings: DeadlineSettings | None = None,
        vocabulary: Vocabulary | None = None,
        country: str | None = None,
    ) -> None:
        """`country` (two letters; the calendar's if not given) tells the month in 12/11 and when holidays are."""
        self._calendar = calendar
        self._vocabulary = vocabulary if vocabulary is not None else load_vocabulary(settings)
        country = country if country is not None else calendar.model.country
        month_first = country in _MONTH_FIRST if country is not None else None
        self._place = Place(self._vocabulary, calendar, country, month_first)
        self._triggers = Triggers.of(self._vocabulary)
        self._points = Points(self._vocabulary, shipped_table())
        self._rest = Rest(self._vocabulary, shipped_table())
        self._ends = lru_cache(maxsize=_DAYS)(self._ends_of)
        self._business_hours = lru_cache(maxsize=_DAYS)(calendar.business_hours_between)

    @property
    def pieces(self) -> Pieces:
        """What is known of the pieces of texts."""
        return self._triggers.pieces

    def read(self, text: str, written: datetime, now: datetime | None = None) -> tuple[Deadline, ...]:
        """The deadlines of a text that was written at an instant, with the hours left at `now` (or at `written`).

        The binding one comes first: open before passed, the customer's before promises of ours, the soonest first.
        """
        return self.as_of(self.found(text, written), now if now is not None else written)

    def as_of(self, found: "Sequence[Imposed]", now: datetime) -> tuple[Deadline, ...]:
        """The deadlines of what was found in a text, as they stand at an instant.

        Raises:
            OutsideCalendarError: business calendars do not know the year of the instant.
        """
        if not found:
            return ()
        at = self._calendar.local(now)
        binding = sorted(found, key=lambda each: each.rank(at)) if len(found) > 1 else found
        return tuple([self._deadline(each, at) for each in binding])

    def found(self, text: str, written: datetime) -> "tuple[Imposed, ...]":
        """What a text imposes that was written at an instant, whatever the time is now.

        That is nothing where the instant lies outside of the years that calendars know, as no day is told by it then.
        """
        return self.found_in_all([(text, written)])[0]

    def found_in_all(self, texts: "Sequence[tuple[str, datetime]]") -> "list[tuple[Imposed, ...]]":
        """The same of several texts, a step at a time, which is faster than text by text."""
        scopes = [*map(self._scope, texts)]
        told = [(number, scope, _ahead(scope, self._triggers)) for number, scope in enumerate(scopes) if scope]
        days = [(number, _in_sentences(scope, found)) for number, scope, found in told if found]
        weighed = [(number, [(day, self._points.weigh(*day)) for day in each]) for number, each in days]
        found: list[tuple[Imposed, ...]] = [()] * len(texts)
        for number, each in weighed:
            for day, odds in each:
                if odds >= NEEDED or _may_bind(day, odds):
                    found[number] = self._imposed_by(each)
                    break
        return found

    def told(self, text: str, written: datetime) -> Iterator[Day]:
        """Each expression of a text that may impose something."""
        scope = self._scope((text, written))
        if scope is not None:
            for sentence, days in groupby(_in_sentences(scope, _ahead(scope, self._triggers)), key=_SENTENCE):
                if not _is_log(scope, sentence):
                    yield from days

    def _scope(self, said: tuple[str, datetime]) -> Scope | None:
        text, written = said
        if not is_counted(written):
            return None
        parts = parts_of(text, self._triggers.pieces)
        return Scope(self._place, parts, text, self._calendar.local(written)) if parts is not None else None

    def _imposed_by(self, weighed: Sequence[_Weighed]) -> "tuple[Imposed, ...]":
        bound = self._bound(weighed)
        if len(bound) > 1:
            bound = list(_exact(bound))
            hard = any(judged.is_needed for _, judged in bound)
            bound = [(day, _softened(day.moment, judged)) for day, judged in bound] if hard else bound
            bound = [(day, _outlasted(day, judged, bound)) for day, judged in bound]
            named = any(not _is_period(day.moment) for day, _ in bound)
            bound = [(day, _blurred(day.moment, judged)) for day, judged in bound] if named else bound
        return _once([self._imposed(day.scope, day.moment, judged) for day, judged in bound])

    def _bound(self, weighed: Sequence[_Weighed]) -> list[tuple[Day, Judged]]:
        """What is imposed; of a text that says "no rush" only what is asked for with a limit, or surely sounds so."""
        found = self._with_rest(self._judged(weighed))
        if not found or not (scope := found[0][0].scope).relaxes:
            return found
        if all(judged.is_needed or judged.is_sure for _, judged in found):
            return found
        relaxed = relaxed_in(scope, self._triggers.pieces)
        return [each for each in found if not _is_relaxed(*each, relaxed)]

    def _judged(self, weighed: Sequence[_Weighed]) -> list[_Heard]:
        """What the grammar takes for imposed, if any of it all but sounds so, with the points to spare."""
        told, near = [], False
        sentence, is_log = None, False
        for day, odds in weighed:
            if day.sentence is not sentence:
                sentence, is_log = day.sentence, _is_log(day.scope, day.sentence)
            judged = _heard(day, odds) if not is_log else None
            if judged is not None:
                spare = odds - _least(day, judged)
                if spare < 0 and judged.is_weak and odds < LIMITED:
                    continue  # in passing, whatever else is imposed
                if day.scope.relaxes and odds >= (2 * SURE if judged.is_weak else SURE):
                    judged = judged._replace(is_sure=True)
                told.append((day, judged, spare))
                near = near or spare >= -NEAR
        return told if near else []

    def _with_rest(self, heard: Sequence[_Heard]) -> list[tuple[Day, Judged]]:
        """What still sounds imposed beside what the rest of the text says, or only with that; the others are weak."""
        if not heard:
            return []
        asked = [day.sentence for day, _, spare in heard if spare < CERTAIN]
        rests = self._rest.beside(heard[0][0].scope, self._triggers.pieces, asked)
        found, binding = [], False
        for day, judged, spare in heard:
            rest = next(rests) if spare < CERTAIN else 0
            binds = spare + rest >= -_slack(judged) if spare >= 0 else rest >= HELPS and spare + rest >= 0
            binds = binds or (spare >= 0 and self._points.is_own(*day))
            found.append((day, judged if binds and spare >= 0 else judged._replace(is_weak=True)))
            binding = binding or binds
        return found if binding else []

    def _imposed(self, scope: Scope, moment: Moment, judged: Judged) -> "Imposed":
        if moment.instant is not None:
            ends = moment.instant, moment.instant + (moment.last - moment.first)
        else:
            ends = self._ends(moment.first, moment.last, moment.at, moment.zone, close=moment.close)
        start, end = scope.start(judged.first), scope.end(judged.stop - 1)
        return Imposed(moment, judged, *ends, scope.text[start:end], start)

    def _ends_of(
        self, first: date, last: date, at: time | None, zone: ZoneInfo | None, *, close: bool
    ) -> tuple[datetime, datetime]:
        """The earliest and the latest instant at which the time of some days is up."""
        calendar = self._calendar
        if at is not None:
            of = zone if zone is not None else calendar.zone
            return calendar.local(datetime.combine(first, at, of)), calendar.local(datetime.combine(last, at, of))
        early, late = calendar.end_of_business_day(first), calendar.end_of_business_day(last) if close else None
        ends = [calendar.local(datetime.combine(day, _LAST_SECOND, calendar.zone)) for day in (first, last)]
        first_end = early if early is not None else ends[0]
        return first_end, max(first_end, late if late is not None else ends[1])  # a window may close at midnight

    def _deadline(self, found: "Imposed", now: datetime) -> Deadline:
        moment, _, earliest, latest, quote, start = found
        return Deadline(
            quote=quote,
            start=start,
            end=start + len(quote),
            date=moment.best,
            first_date=moment.first,
            last_date=moment.last,
            earliest=earliest,
            latest=latest,
            imposed_by=found.imposed_by,
            hours_left=round((earliest.timestamp() - now.timestamp()) / 3600, 2),  # clocks may change in between
            business_hours_left=round(self._business_hours(now, earliest), 2),
        )


class Imposed(NamedTuple):
    """What a text imposes: the instants between which time is up, and the words with the offset of the first."""

    moment: Moment
    judged: Judged
    earliest: datetime
    latest: datetime
    quote: str
    start: int

    @property
    def imposed_by(self) -> ImposedBy:
        """Whose deadline it is."""
        return ImposedBy.US if self.judged.is_promise else ImposedBy.CUSTOMER

    def rank(self, now: datetime) -> tuple[bool, bool, bool, bool, datetime, int]:
        """What binds most comes first."""
        return (
            self.latest.timestamp() < now.timestamp(),
            self.judged.is_promise,
            self.judged.is_weak,
            _is_period(self.moment),
            self.earliest,
            self.start,
        )


def _heard(day: Day, odds: int) -> Judged | None:
    """What the grammar makes of a day, or what it clearly sounds like; of today, hours and spans only the grammar."""
    judged = judge(*day)
    if day.moment.needs is Needs.LIMIT:
        return judged
    if judged is None:
        if odds < CLEAR or _is_none(day) or (odds < ALLOWED and _has_been(day)) or (odds < FIRM and is_off(*day)):
            return None
        judged = Judged(day.first, day.moment.stop, is_promise=False, is_weak=True, is_needed=False, is_guessed=True)
    return judged._replace(is_weak=False) if judged.is_weak and odds >= FIRM else judged


def _is_none(day: Day) -> bool:
    """Whether it surely is no day that binds, whatever the words around it sound like."""
    code = day.scope.texts[day.first]
    is_short = len(code) <= len("12.12") or code[:4].isdigit()
    is_version = day.moment.numeric and "." in code and is_short  # unless the grammar knows what it is for
    return is_version or _is_behind(day) or speaks_against(*day) or is_literal(*day, limited=True)


def _is_behind(day: Day) -> bool:
    """Whether a day without a year is nearer if it is one that has been: 10 November on the 18th."""
    back, today = day.moment.back, day.scope.today
    return back is not None and today - back < day.moment.first - today


def _has_been(day: Day) -> bool:
    """Whether the verb of a day is of what has been: "the bank accepted our file on Friday"."""
    return governing(day.scope, day.sentence, day.first, day.moment.stop) is Sense.PAST


def _may_bind(day: Day, odds: int) -> bool:
    """Whether a day may be imposed however few points it has: a promise, or when somebody goes."""
    starts = day.sentence.starts
    return "ours" in starts or (odds >= REFERRED and _is_of_who_goes(day))


def _is_of_who_goes(day: Day) -> bool:
    """Whether the sentence of a day tells of somebody who goes then, which is why it has few points."""
    return not _GOES.isdisjoint(day.sentence.starts) and day.scope.texts[day.first - 1] not in _BACK


def _least(day: Day, judged: Judged) -> int:
    """The least points with which a day binds that the grammar takes for a limit, or that only sounds like one."""
    if judged.is_guessed:
        return CLEAR
    if judged.is_needed or judged.is_promise:
        return REFERRED if _is_of_who_goes(day) else NEEDED
    has_cue = judged.first < day.first or judged.stop > day.moment.stop
    return LIMITED if has_cue or day.moment.span or day.sentence.has("need") else BOUND


def _slack(judged: Judged) -> int:
    """How much the rest of a text may take from a day that binds, beyond what it has to spare."""
    return SLACK_OF_NEEDED if judged.is_needed or judged.is_promise else SLACK


def _ahead(scope: Scope, triggers: Triggers) -> list[tuple[int, Moment]]:
    """Each expression that does not tell at once that it looks back, with the place of its first word."""
    found = moments(scope, triggers)
    return [each for each in found if not _is_over(scope, *each)] if found else found


def _in_sentences(scope: Scope, found: Iterable[tuple[int, Moment]]) -> list[Day]:
    """Expressions with their sentences."""
    days: list[Day] = []
    sentence: Sentence | None = None
    for first, moment in found:
        if sentence is None or first >= sentence.stop:
            sentence = sentence_around(scope, first, sentence.stop if sentence is not None else 0)
        days.append(Day(scope, sentence, first, moment))
    return days


def _is_over(scope: Scope, first: int, moment: Moment) -> bool:
    """Whether an expression tells at once that it looks back, or out of reach: "for three days", "two weeks ago"."""
    last, today = moment.last, scope.today
    if last < today or last - today > FARTHEST or scope.texts[first - 1] == "since":
        return True
    if not moment.span or moment.needs is not Needs.LIMIT:
        return False
    at = first - 1
    while scope.texts[at] in _ROUGHLY:
        at -= 1
    before = scope.texts[at]
    if before == "not" and scope.texts[moment.stop] in ("later", "longer", "more", "after"):
        return True  # "by the 8th and not a day later"
    if before == "the" and scope.texts[moment.stop] == "since":
        return True  # "in the two weeks since we opened it"
    if before == "in" and scope.texts[first] in _ONE and _is_rate(scope, at):
        return True
    if before == "for" and _is_to_bear(scope, first, moment.stop):
        return False
    return before in _LASTED or scope.texts[moment.stop] in ("ago", "late", "old")


def _is_rate(scope: Scope, stop: int) -> bool:
    """Whether it tells how much there is in a time: "43 minutes of downtime in a month", "four times in a week"."""
    numbers = scope.vocabulary.numbers
    for at in range(stop - 1, max(0, stop - _FEW), -1):
        number, unit = scope.texts[at - 1 : at + 1]
        if unit in _NEXT_CLAUSE:
            return False
        if unit in _RATED and (number.isdecimal() or number in numbers or number in _NTHS):
            return True
    return False


def _is_to_bear(scope: Scope, first: int, stop: int) -> bool:
    """Whether a span is how long something will do: "can bridge for two days", "for one day, not longer"."""
    before = scope.texts[max(0, first - _FEW) : first - 1]
    if not _LASTS.isdisjoint(before):
        return True
    after = scope.texts[scope.skip(stop, ",", "and", "more", "at")]
    return after == "best" or (after in _NO_MORE and not _CAN.isdisjoint(before))


def _exact(found: Iterable[tuple[Day, Judged]]) -> Iterator[tuple[Day, Judged]]:
    """Without the vague ones of a sentence that names a day as well: "our only slot this year is 25/11"."""
    for _, group in groupby(found, key=lambda each: each[0].sentence):
        listed = [*group]
        is_named = any(not day.moment.is_vague for day, _ in listed)
        is_needed = any(judged.is_needed for _, judged in listed)
        moments = [day.moment for day, _ in listed]
        named = {moment.best for moment in moments if moment.dated and moment.first == moment.last}
        for day, judged in listed:
            if not (is_named and (day.moment.is_vague or _is_hour(day))) and not _is_told_apart(day.moment, named):
                weak = judged._replace(is_weak=True) if is_needed and not judged.is_needed else judged
                yield day, weak


def _is_hour(day: Day) -> bool:
    """Whether it is an hour of a day that is named beside it: "on the 25th; the bank wants it before 11 o'clock"."""
    moment = day.moment
    is_time = moment.needs is Needs.LIMIT and moment.at is not None
    return is_time and "today" not in day.scope.texts[day.first : moment.stop]


def _is_told_apart(moment: Moment, named: Container[date]) -> bool:
    """Whether a day of a week is named beside it: "in week 51, latest on Friday of week 51"."""
    length = moment.last - moment.first
    if moment.numeric or not timedelta(0) < length < _WEEK:
        return False
    return any(moment.first + timedelta(days=day) in named for day in range(length.days + 1))


def _softened(moment: Moment, judged: Judged) -> Judged:
    """Today is when somebody should look, where another day is the limit: "by Monday 6am. Look at it today, please"."""
    is_today = moment.needs is Needs.LIMIT and moment.dated is False and not moment.span and not judged.is_needed
    return judged._replace(is_weak=True) if is_today else judged


def _is_relaxed(day: Day, judged: Judged, relaxed: Relaxed) -> bool:
    """Whether nobody waits for a day as the text says, and nothing says that somebody does."""
    if judged.is_needed or judged.is_sure or day.scope.start(day.first) >= relaxed.until:
        return False
    has_cue = judged.first < day.first or judged.stop > day.moment.stop
    return relaxed.has_limits or not has_cue


def _is_period(moment: Moment) -> bool:
    """Whether it is only some time of a week, a month or a year, not of a weekend: "this month"."""
    return moment.needs is Needs.FUTURE and not moment.span and moment.last - moment.first != timedelta(days=1)


def _blurred(moment: Moment, judged: Judged) -> Judged:
    """A period gives way to a day that is named elsewhere: "we need it this month. The audit is on 30 November"."""
    return judged._replace(is_weak=True) if _is_period(moment) else judged


def _outlasted(day: Day, judged: Judged, bound: Sequence[tuple[Day, Judged]]) -> Judged:
    """How long somebody can bear it gives way to what is needed then: "for the weekend. We need it on Monday"."""
    sentence, texts = day.sentence, day.scope.texts
    if "bears" not in sentence.starts or judged.is_needed or judged.is_weak:
        return judged
    at = day.first - 1
    while texts[at] in _DETERMINERS:
        at -= 1
    if texts[at] not in _DURING and texts[day.first] not in _DURING:
        return judged
    is_followed = any(other is not day and other.sentence.has("need") for other, _ in bound)
    return judged._replace(is_weak=True) if is_followed else judged


def _once(found: Iterable[Imposed]) -> tuple[Imposed, ...]:
    """Each day once, by the first words that impose it."""
    kept: dict[tuple[date, date, datetime, bool], Imposed] = {}
    for each in found:
        kept.setdefault((each.moment.first, each.moment.last, each.latest, each.judged.is_promise), each)
    return tuple(kept.values())


def _is_log(scope: Scope, sentence: Sentence) -> bool:
    """Whether a line is of a log: it has a time to the second, or a level in capitals beside numbers, or begins so.

    One that begins with a time to come is none without these.
    """
    text, texts, first = scope.text, scope.texts, sentence.start
    has_colon = ":" in text
    if has_colon:
        for word in texts[first : sentence.stop]:
            if ":" in word and _TO_THE_SECOND.search(word) is not None:
                return True
    if scope.is_code(first) and not _LEVELS.isdisjoint(sentence.words):
        levels = [index for index in range(first, sentence.stop) if texts[index] in _LEVELS]
        if any(text[scope.start(index) : scope.end(index)].isupper() for index in levels):
            return True
    if not has_colon and "]" not in text:
        return False
    start = text.rfind("\n", 0, scope.start(first)) + 1 if "\n" in text else 0
    begins = _LOGGED.match(text, start)
    return begins is not None and not (begins[1] and _is_to_come(scope, begins[1]))


def _is_to_come(scope: Scope, stamp: str) -> bool:
    """Whether a time without brackets is to come, which no log tells of: "2026-12-01 14:00 go/no-go meeting"."""
    return stamp[0] != "[" and stamp.replace("T", " ") > scope.written.isoformat(" ", "minutes")
