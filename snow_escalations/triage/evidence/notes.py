"""Facts as they are collected from one dossier, each with the place where it was read."""

from collections.abc import Sequence
from datetime import datetime

from snow_escalations.model import FACTS, Case, Dossier, Fact, FactValue, JournalEntry, Quote, Source, Span
from snow_escalations.triage.calendars import BusinessCalendar
from snow_escalations.triage.calendars.business import FIRST_YEAR, LAST_YEAR

JOURNAL = "sys_journal_field"
NO_ONE_CASE = "an account escalation has no one case"
CLOSED_FIELD = "the field is closed to the account"


class Notes:
    """The facts of one dossier at one instant, in the course of being collected.

    `partial` names the known facts to which a text that could not be read may add.
    """

    def __init__(self, dossier: Dossier, now: datetime, calendar: BusinessCalendar) -> None:
        self.dossier, self.now, self.calendar = dossier, now, calendar
        self.facts: dict[str, Fact] = {}
        self.partial: set[str] = set()
        self._sources: dict[tuple[str, str, str], Source] = {}

    def know(
        self, name: str, value: FactValue | None, source: Source, quotes: Sequence[Quote] = (), **weighed: object
    ) -> None:
        """Note a fact that could be read; None where there is none."""
        self.facts[name] = Fact(name, value, FACTS[name].unit, source, tuple(quotes), None, **weighed)  # type: ignore[arg-type]

    def miss(self, name: str, why: str, source: Source, **weighed: object) -> None:
        """Note a fact that could not be read."""
        self.facts[name] = Fact(name, None, FACTS[name].unit, source, (), why, **weighed)  # type: ignore[arg-type]

    def know_since(self, name: str, since: datetime | None, source: Source, why_not: str) -> None:
        """Note the time since an instant, never negative, or that the instant is not known."""
        if since is None:
            self.miss(name, why_not, source)
        elif not is_counted(since):
            self.miss(name, f"{since:%Y-%m-%d} lies outside of all calendars", source)
        else:
            self.know(name, span(self.calendar, since, self.now), source)

    def of_escalation(self, field: str) -> Source:
        """A field of the escalation as a source."""
        escalation = self.dossier.escalation
        return self._source(escalation.table, field, escalation.number, escalation.sys_id)

    def of_case(self, field: str) -> Source:
        """A field of the source record as a source."""
        key, case = self.dossier.escalation.source, self.dossier.case
        if case is None:
            return self._source(key.table, field, key.number, key.sys_id)
        return self._source(case.table, field, case.number, case.sys_id)

    def of_entry(self, case: Case, entry: JournalEntry) -> Source:
        """A comment on a case as a source: the sys_id is that of its journal entry."""
        return Source(table=JOURNAL, field=entry.element.value, record=case.number, sys_id=entry.sys_id)

    def of_text(self, case: Case, field: str) -> Source:
        """A text of one of the cases as a source."""
        return Source(table=case.table, field=field, record=case.number, sys_id=case.sys_id)

    def of_table(self, table: str, field: str, record: str = "") -> Source:
        """A field of another table as a source."""
        return self._source(table, field, record, "")

    def one_case(self, field: str) -> Case | str:
        """The case of a case escalation, or why nothing of its field can be said."""
        case = self.dossier.case
        if case is None:
            return self.dossier.missing[0] if self.dossier.missing else NO_ONE_CASE
        return CLOSED_FIELD if field in case.unreadable else case

    def _source(self, table: str, field: str, record: str, sys_id: str) -> Source:
        key = (table, field, record)
        found = self._sources.get(key)
        if found is None:
            found = self._sources[key] = Source(table=table, field=field, record=record, sys_id=sys_id)
        return found


def is_counted(instant: datetime) -> bool:
    """Whether business calendars know the decades around an instant; an instance may store any year."""
    return FIRST_YEAR + 20 <= instant.year <= LAST_YEAR - 20


def span(calendar: BusinessCalendar, start: datetime, end: datetime) -> Span:
    """The time between two instants, never negative."""
    if end <= start:
        return Span(0.0, 0.0)
    hours = round((end - start).total_seconds() / 3600, 2)
    return Span(hours, round(calendar.business_hours_between(start, end), 2))
