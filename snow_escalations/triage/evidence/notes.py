"""Facts as they are collected from one dossier, each with the place where it was read."""

from collections.abc import Callable, Mapping
from datetime import datetime

from snow_escalations.model import FACTS, Case, Dossier, Fact, FactValue, JournalEntry, Part, Quote, Source, Span
from snow_escalations.triage.calendars import BusinessCalendar, is_counted

NO_ONE_CASE = "an account escalation has no one case"
CLOSED_FIELD = "the field is closed to the account"
_UNITS = {name: spec.unit for name, spec in FACTS.items()}

_NO_TIME = Span(0.0, 0.0)
_NOT_NOTED = {
    name: Fact(name, None, unit, Source(table="", field=""), unreadable="it was not looked for")
    for name, unit in _UNITS.items()
}
"""All facts in their order, before any was noted."""

# A dossier has fifty facts from thirty places: they are made without the call of a function written in Python.
_fact: Callable[[type[Fact], tuple[object, ...]], Fact] = tuple.__new__
_source: Callable[[type[Source], tuple[str, str, str, str]], Source] = tuple.__new__
_span: Callable[[type[Span], tuple[float, float]], Span] = tuple.__new__


class Present:
    """The instant of the evidence in the time of a calendar, which serves all dossiers of that calendar."""

    __slots__ = ("_in_business", "calendar", "now")

    def __init__(self, now: datetime, calendar: BusinessCalendar) -> None:
        self.now, self.calendar = now, calendar
        self._in_business = calendar.business_time(now)

    def since(self, start: datetime) -> tuple[Span, datetime]:
        """The time since an instant, never negative, and the instant by the wall clock, with its offset from UTC."""
        hours, business_hours, local = self.calendar.passed(start, self._in_business)
        if hours <= 0:
            return _NO_TIME, local
        return _span(Span, (round(hours, 2), round(business_hours, 2))), local


class Notes:
    """The facts of one dossier at one instant, in the course of being collected.

    `missed` names the facts that could not be read, and `partial` the known ones to which a text that could not be read
    may add. `case` is the one that is escalated, if it is one; `cases` are those on which the customer can be answered.
    """

    __slots__ = ("_case", "_escalation", "case", "cases", "dossier", "facts", "missed", "partial", "present")

    def __init__(self, dossier: Dossier, present: Present) -> None:
        self.dossier, self.present = dossier, present
        self.facts = _NOT_NOTED.copy()
        self.missed: set[str] = set()
        self.partial: set[str] = set()
        escalation, case = dossier.escalation, dossier.case
        self.case, self.cases = case, (case,) if case is not None else dossier.linked_cases
        record = case if case is not None else escalation.source
        self._escalation = escalation.table, escalation.number, escalation.sys_id
        self._case = record.table, record.number, record.sys_id

    def know(
        self,
        name: str,
        value: FactValue | None,
        source: Source,
        quotes: tuple[Quote, ...] = (),
        *,
        rests_on: tuple[str, ...] = (),
        note: str = "",
        partial: bool = False,
    ) -> None:
        """Note a fact that could be read; None where there is none."""
        if partial:
            self.partial.add(name)
        self.facts[name] = _fact(Fact, (name, value, _UNITS[name], source, quotes, None, rests_on, note, None, partial))

    def know_all(self, values: Mapping[str, tuple[FactValue | None, tuple[Quote, ...]]], source: Source) -> None:
        """Note facts of the same source that could be read, with their quotes."""
        facts = self.facts
        for name, (value, quotes) in values.items():
            facts[name] = _fact(Fact, (name, value, _UNITS[name], source, quotes, None, (), "", None, False))

    def miss(self, name: str, why: str, source: Source, *, rests_on: tuple[str, ...] = ()) -> None:
        """Note a fact that could not be read."""
        self.missed.add(name)
        self.facts[name] = _fact(Fact, (name, None, _UNITS[name], source, (), why, rests_on, "", None, False))

    def know_since(self, name: str, since: datetime | None, source: Source, why_not: str) -> None:
        """Note the time since an instant, never negative, or that the instant is not known."""
        if since is None:
            self.miss(name, why_not, source)
        elif not is_counted(since):
            self.miss(name, outside(since), source)
        else:
            passed, local = self.present.since(since)
            self.facts[name] = _fact(Fact, (name, passed, _UNITS[name], source, (), None, (), "", local, False))

    def same(self, name: str, other: str) -> None:
        """Note what is noted of another fact already."""
        fact = self.facts[other]
        if fact.unreadable is None:
            self.facts[name] = _fact(
                Fact, (name, fact.value, fact.unit, fact.source, (), None, (), "", fact.since, False)
            )
        else:
            self.miss(name, fact.unreadable, fact.source)

    def unread(self, part: Part) -> str | None:
        """Why not all of a part is known, if that is so."""
        unread = self.dossier.unread
        return unread.get(part) if unread else None

    def of_escalation(self, field: str) -> Source:
        """A field of the escalation as a source."""
        table, number, sys_id = self._escalation
        return _source(Source, (table, field, number, sys_id))

    def of_case(self, field: str) -> Source:
        """A field of the source record as a source."""
        table, number, sys_id = self._case
        return _source(Source, (table, field, number, sys_id))

    def of_entry(self, case: Case, entry: JournalEntry) -> Source:
        """A comment on a case as a source: the sys_id is that of its journal entry."""
        return _source(Source, (self.dossier.tables.journal, str(entry.element), case.number, entry.sys_id))

    def of_text(self, case: Case, field: str) -> Source:
        """A text of one of the cases as a source."""
        return _source(Source, (case.table, field, case.number, case.sys_id))

    def of_table(self, table: str, field: str, record: str = "") -> Source:
        """A field of another table as a source."""
        return _source(Source, (table, field, record, ""))

    def one_case(self, field: str) -> Case | str:
        """The case of a case escalation, or why nothing of its field can be said."""
        case = self.case
        if case is None:
            return self.dossier.missing[0] if self.dossier.missing else NO_ONE_CASE
        return CLOSED_FIELD if field in case.unreadable else case


def outside(instant: datetime) -> str:
    """Why nothing can be counted from an instant."""
    return f"{instant.date()} lies outside of all calendars"


def span(calendar: BusinessCalendar, start: datetime, end: datetime) -> Span:
    """The time between two instants, never negative."""
    return Present(end, calendar).since(start)[0]
