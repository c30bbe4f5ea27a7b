"""A text in, the deadlines that it imposes out, the binding one first."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from snow_escalations.triage.calendars import BusinessCalendar
from snow_escalations.triage.reading.deadlines.context import Judged, judge
from snow_escalations.triage.reading.deadlines.grammar import Triggers, moments
from snow_escalations.triage.reading.deadlines.model import Deadline, DeadlineSettings, ImposedBy
from snow_escalations.triage.reading.deadlines.moment import FARTHEST, Moment, Needs, Place, Scope
from snow_escalations.triage.reading.deadlines.parts import parts_of, said_in
from snow_escalations.triage.reading.deadlines.points import SURE, Points, shipped_table
from snow_escalations.triage.reading.deadlines.sentence import Sentence, sentence_around
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary, load_vocabulary
from snow_escalations.triage.reading.words import listed, words_of

_MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW", "PR", "GU"})
_LAST_SECOND = time(23, 59, 59)
_WEEK = timedelta(days=7)
_DAYS = 4096  # that are remembered: most deadlines fall on few
_LOGGED = re.compile(  # has a colon or a bracket
    r"[\s>|]*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?!\S*,? (?:is|we|our|the|will|at|sharp|latest)\b)|"
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
        self._ends = lru_cache(maxsize=_DAYS)(self._ends_of)
        self._business_hours = lru_cache(maxsize=_DAYS)(calendar.business_hours_between)

    def read(self, text: str, written: datetime, now: datetime | None = None) -> tuple[Deadline, ...]:
        """The deadlines of a text that was written at an instant, with the hours left at `now` (or at `written`).

        The binding one comes first: open before passed, the customer's before promises of ours, the soonest first.
        """
        return self.as_of(self.found(text, written), now if now is not None else written)

    def as_of(self, found: "Sequence[Imposed]", now: datetime) -> tuple[Deadline, ...]:
        """The deadlines of what was found in a text, as they stand at an instant."""
        if not found:
            return ()
        at = self._calendar.local(now)
        binding = sorted(found, key=lambda each: each.rank(at)) if len(found) > 1 else found
        return tuple([self._deadline(each, at) for each in binding])

    def found(self, text: str, written: datetime) -> "tuple[Imposed, ...]":
        """What a text imposes that was written at an instant, whatever the time is now."""
        return self.found_in_all([(text, written)])[0]

    def found_in_all(self, texts: "Sequence[tuple[str, datetime]]") -> "list[tuple[Imposed, ...]]":
        """The same of several texts, a step at a time, which is faster than text by text."""
        pieces, local = self._triggers.pieces, self._calendar.local
        listed = [(parts_of(text, pieces), text, written) for text, written in texts]
        scopes = [Scope(self._place, parts, text, local(at)) if parts else None for parts, text, at in listed]
        return [self._imposed_in(scope) if scope is not None else () for scope in scopes]

    def _imposed_in(self, scope: Scope) -> "tuple[Imposed, ...]":
        bound = self._bound(scope)
        if len(bound) > 1:
            bound = list(_exact(bound))
            hard = any(judged.is_needed for _, _, judged in bound)
            bound = [(at, moment, _softened(moment, judged)) for at, moment, judged in bound] if hard else bound
            named = any(not _is_period(moment) for _, moment, _ in bound)
            bound = [(at, moment, _blurred(moment, judged)) for at, moment, judged in bound] if named else bound
        return _once([self._imposed(scope, moment, judged) for _, moment, judged in bound])

    def told(self, text: str, written: datetime) -> "Iterator[tuple[Scope, Sentence, int, Moment]]":
        """Each expression of a text that may impose something, with the place of its first word."""
        parts = parts_of(text, self._triggers.pieces)
        if parts is not None:
            scope = Scope(self._place, parts, text, self._calendar.local(written))
            for sentence, first, moment in self._told(scope):
                yield scope, sentence, first, moment

    def _bound(self, scope: Scope) -> list[tuple[int, Moment, Judged]]:
        """What is imposed; of a text that says "no rush" only what is asked for with a limit, or surely sounds so."""
        found = list(self._judged(scope))
        relaxed = self._vocabulary.relaxed
        if not scope.relaxes or all(judged.is_needed for _, _, judged in found):
            return found
        if not relaxed.may_be_in(said_in(scope.text, self._triggers.pieces)) or not relaxed.any(words_of(scope.text)):
            return found
        return [each for each in found if each[2].is_needed or each[2].is_sure]

    def _judged(self, scope: Scope) -> Iterator[tuple[int, Moment, Judged]]:
        """What the grammar takes for imposed, if any of it sounds so; what does not is weak beside the others."""
        told, binding = [], False
        for sentence, first, moment in self._told(scope):
            judged = judge(scope, sentence, first, moment)
            if judged is not None:
                binds, odds = self._points.weigh(scope, sentence, first, moment)
                binds = binds or judged.is_promise
                if scope.relaxes and odds >= (2 * SURE if judged.is_weak else SURE):
                    judged = judged._replace(is_sure=True)
                told.append((sentence.start, moment, judged if binds else judged._replace(is_weak=True)))
                binding = binding or binds
        return iter(told if binding else ())

    def _told(self, scope: Scope) -> Iterator[tuple[Sentence, int, Moment]]:
        sentence: Sentence | None = None
        for first, moment in moments(scope, scope.keys, self._triggers):
            if _is_over(scope, first, moment):
                continue
            if sentence is None or first >= sentence.stop:
                sentence = sentence_around(scope, first, sentence.stop if sentence is not None else 0)
                is_log = _is_log(scope, sentence)
            if not is_log:
                yield sentence, first, moment

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
        return early if early is not None else ends[0], late if late is not None else ends[1]

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


def _is_over(scope: Scope, first: int, moment: Moment) -> bool:
    """Whether an expression tells at once that it looks back, or out of reach: "for three days", "two weeks ago"."""
    if not timedelta(0) <= moment.last - scope.today <= FARTHEST or scope.texts[first - 1] == "since":
        return True
    if not moment.span or moment.needs is not Needs.LIMIT:
        return False
    at = first - 1
    while scope.texts[at] in _ROUGHLY:
        at -= 1
    before = scope.texts[at]
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


def _exact(found: Iterable[tuple[int, Moment, Judged]]) -> Iterator[tuple[int, Moment, Judged]]:
    """Without the vague ones of a sentence that names a day as well: "our only slot this year is 25/11"."""
    for sentence, group in groupby(found, key=itemgetter(0)):
        listed = list(group)
        is_named = any(not moment.is_vague for _, moment, _ in listed)
        is_needed = any(judged.is_needed for _, _, judged in listed)
        named = {moment.best for _, moment, _ in listed if moment.dated and moment.first == moment.last}
        for _, moment, judged in listed:
            if not (is_named and moment.is_vague) and not _is_told_apart(moment, named):
                weak = judged._replace(is_weak=True) if is_needed and not judged.is_needed else judged
                yield sentence, moment, weak


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


def _is_period(moment: Moment) -> bool:
    """Whether it is only some time of a week, a month or a year, not of a weekend: "this month"."""
    return moment.needs is Needs.FUTURE and not moment.span and moment.last - moment.first != timedelta(days=1)


def _blurred(moment: Moment, judged: Judged) -> Judged:
    """A period gives way to a day that is named elsewhere: "we need it this month. The audit is on 30 November"."""
    return judged._replace(is_weak=True) if _is_period(moment) else judged


def _once(found: Iterable[Imposed]) -> tuple[Imposed, ...]:
    """Each day once, by the first words that impose it."""
    kept: dict[tuple[date, date, datetime, bool], Imposed] = {}
    for each in found:
        kept.setdefault((each.moment.first, each.moment.last, each.latest, each.judged.is_promise), each)
    return tuple(kept.values())


def _is_log(scope: Scope, sentence: Sentence) -> bool:
    """Whether a line is of a log: it has a time to the second, or a level in capitals beside numbers, or begins so."""
    texts, first = scope.texts[sentence.start : sentence.stop], sentence.start
    has_colon = ":" in scope.signs
    if has_colon:
        begin, end = scope.start(first), scope.end(sentence.stop - 1)
        if _TO_THE_SECOND.search(scope.text, begin, end) is not None and any(map(_TO_THE_SECOND.search, texts)):
            return True
    if scope.is_code(first) and not _LEVELS.isdisjoint(texts):
        levels = [index for index, text in enumerate(texts, first) if text in _LEVELS]
        if any(scope.text[scope.start(index) : scope.end(index)].isupper() for index in levels):
            return True
    if not has_colon and "]" not in scope.signs:
        return False
    start = scope.text.rfind("\n", 0, scope.start(first)) + 1 if "\n" in scope.signs else 0
    return _LOGGED.match(scope.text, start) is not None
