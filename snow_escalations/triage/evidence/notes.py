"""Facts as they are collected from one dossier, each with the place where it was read."""

from collections.abc import Callable, Sequence
from datetime import datetime

from snow_escalations.model import FACTS, Case, Dossier, Fact, FactValue, JournalEntry, Quote, Source, Span
from snow_escalations.triage.calendars import BusinessCalendar
from snow_escalations.triage.calendars.business import FIRST_YEAR, LAST_YEAR

JOURNAL = "sys_journal_field"
NO_ONE_CASE = "an account escalation has no one case"
CLOSED_FIELD = "the field is closed to the account"
_UNITS = {name: spec.unit for name, spec in FACTS.items()}
_source: Callable[[dict[str, str]], Source] = Source.__pydantic_validator__.validate_python
"""Makes a source in half the time of a call with keywords: there are thirty for each dossier."""

_new: Callable[[type[Fact], tuple[object, ...]], Fact] = tuple.__new__
"""Makes a fact without the call of a function written in Python: there are sixty for each dossier."""


class Notes:
    """The facts of one dossier at one instant, in the course of being collected.

    `partial` names the known facts to which a text that could not be read may add.
    """

    def __init__(self, dossier: Dossier, now: datetime, calendar: BusinessCalendar) -> None:
        self.dossier, self.now, self.calendar = dossier, now, calendar
        self.facts: dict[str, Fact] = {}
        self.partial: set[str] = set()
        self._of_escalation: dict[str, Source] = {}
        self._of_case: dict[str, Source] = {}

    def know(
        self,
        name: str,
        value: FactValue | None,
        source: Source,
        quotes: Sequence[Quote] = (),
        *,
        rests_on: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        """Note a fact that could be read; None where there is none."""
        self.facts[name] = _new(Fact, (name, value, _UNITS[name], source, tuple(quotes), None, rests_on, note))

    def miss(self, name: str, why: str, source: Source, *, rests_on: tuple[str, ...] = ()) -> None:
        """Note a fact that could not be read."""
        self.facts[name] = _new(Fact, (name, None, _UNITS[name], source, (), why, rests_on, ""))

    def know_since(self, name: str, since: datetime | None, source: Source, why_not: str) -> None:
        """Note the time since an instant, never negative, or that the instant is not known."""
        if since is None:
            self.miss(name, why_not, source)
        elif not is_counted(since):
            self.miss(name, f"{since.date()} lies outside of all calendars", source)
        else:
            self.know(name, span(self.calendar, since, self.now), source)

    def of_escalation(self, field: str) -> Source:
        """A field of the escalation as a source."""
        found = self._of_escalation.get(field)
        if found is None:
            escalation = self.dossier.escalation
            found = _source(
                {"table": escalation.table, "field": field, "record": escalation.number, "sys_id": escalation.sys_id}
            )
            self._of_escalation[field] = found
        return found

    def of_case(self, field: str) -> Source:
        """A field of the source record as a source."""
        found = self._of_case.get(field)
        if found is None:
            key, case = self.dossier.escalation.source, self.dossier.case
            if case is not None:
                found = _source({"table": case.table, "field": field, "record": case.number, "sys_id": case.sys_id})
            else:
                found = _source({"table": key.table, "field": field, "record": key.number, "sys_id": key.sys_id})
            self._of_case[field] = found
        return found

    def of_entry(self, case: Case, entry: JournalEntry) -> Source:
        """A comment on a case as a source: the sys_id is that of its journal entry."""
        return _source({"table": JOURNAL, "field": entry.element.value, "record": case.number, "sys_id": entry.sys_id})

    def of_text(self, case: Case, field: str) -> Source:
        """A text of one of the cases as a source."""
        return _source({"table": case.table, "field": field, "record": case.number, "sys_id": case.sys_id})

    def of_table(self, table: str, field: str, record: str = "") -> Source:
        """A field of another table as a source."""
        return _source({"table": table, "field": field, "record": record})

    def one_case(self, field: str) -> Case | str:
        """The case of a case escalation, or why nothing of its field can be said."""
        case = self.dossier.case
        if case is None:
            return self.dossier.missing[0] if self.dossier.missing else NO_ONE_CASE
        return CLOSED_FIELD if field in case.unreadable else case


def is_counted(instant: datetime) -> bool:
    """Whether business calendars know the decades around an instant; an instance may store any year."""
    return FIRST_YEAR + 20 <= instant.year <= LAST_YEAR - 20


def span(calendar: BusinessCalendar, start: datetime, end: datetime) -> Span:
    """The time between two instants, never negative."""
    if end <= start:
        return Span(0.0, 0.0)
    hours = round((end - start).total_seconds() / 3600, 2)
    return Span(hours, round(calendar.business_hours_between(start, end), 2))
