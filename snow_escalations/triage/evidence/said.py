"""What the customer's words say: of the justification, the short description, and the comments since our last reply.

Words can only raise facts. A fact that no text raises is unreadable where one of the texts could not be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from snow_escalations.model import (
    AskItem,
    AuthorKind,
    ComplaintItem,
    DeadlineItem,
    ExecutiveItem,
    FactValue,
    ImpactItem,
    Quote,
    Source,
)
from snow_escalations.triage.evidence.conversation import Conversation
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes, span
from snow_escalations.triage.reading import Deadline, DeadlineReader, Grammar, Signals, attending, signals_of

_ASKS = {"fix": "patch"}


class Words(NamedTuple):
    """A text of the customer's, with the place and the instant at which it was written."""

    text: str
    source: Source
    written: datetime


class Heard(NamedTuple):
    """What one text says."""

    words: Words
    signals: Signals
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True)
class Reading:
    """How texts are read: for the account's calendar, with the team's words."""

    deadlines: DeadlineReader
    grammar: Grammar


def note_words(notes: Notes, conversation: Conversation, reading: Reading) -> None:
    """Note deadlines, executives, complaints, impact and asks."""
    texts, unread = _texts(notes, conversation)
    heard = [
        Heard(
            words,
            signals_of(words.text, now=words.written, grammar=reading.grammar),
            reading.deadlines.read(words.text, words.written, notes.now),
        )
        for words in texts
        if words.text.strip()
    ]
    noting = _Noting(notes, notes.of_escalation("justification"), unread)
    _note_deadlines(noting, heard)
    _note_executives(noting, heard)
    _note_complaints(noting, heard)
    _note_impact(noting, heard)
    _note_asks(noting, heard)


def _texts(notes: Notes, conversation: Conversation) -> tuple[list[Words], str | None]:
    """The texts that can be read, and why one of them cannot."""
    escalation, case = notes.dossier.escalation, notes.dossier.case
    texts: list[Words] = []
    unread: str | None = None
    if "justification" in escalation.unreadable:
        unread = CLOSED_FIELD
    else:
        written = escalation.opened_at or notes.now
        texts.append(Words(escalation.justification, notes.of_escalation("justification"), written))
    if case is not None and "short_description" in case.unreadable:
        unread = CLOSED_FIELD
    elif case is not None:
        written = case.opened_at or notes.now
        texts.append(Words(case.short_description, notes.of_case("short_description"), written))
    unread = unread or conversation.unread
    for entry in conversation.since_our_reply():
        if entry.author_kind is AuthorKind.CUSTOMER:
            texts.append(Words(entry.text, notes.of_case("comments"), entry.created_at))
        elif entry.author_kind is AuthorKind.UNKNOWN:
            unread = "it is not known whether the customer wrote all comments since our last reply"
    return texts, unread


class _Noting:
    """Notes facts that were read from texts, or that a text is missing."""

    def __init__(self, notes: Notes, source: Source, unread: str | None) -> None:
        self.notes, self._source, self._unread = notes, source, unread

    def listed(self, name: str, found: Sequence[tuple[FactValue, Quote]]) -> None:
        """A list with the words of each item."""
        if not found and self._unread is not None:
            self.notes.miss(name, self._unread, self._source)
        else:
            items = tuple(item for item, _ in found)
            self.notes.know(name, items, self._source, [quote for _, quote in found])  # type: ignore[arg-type]

    def single(self, name: str, value: FactValue | None, quotes: Sequence[Quote], *, found: bool) -> None:
        """One value; `found` says whether a text raised it."""
        if not found and self._unread is not None:
            self.notes.miss(name, self._unread, self._source)
        else:
            self.notes.know(name, value, self._source, quotes)


def _at(quote: Quote, words: Words) -> Quote:
    return Quote(text=quote.text, start=quote.start, end=quote.end, source=words.source)


def _note_deadlines(noting: _Noting, heard: Iterable[Heard]) -> None:
    found = [(deadline, one.words) for one in heard for deadline in one.deadlines]
    found.sort(key=lambda pair: _binding(pair[0]))
    kept: dict[tuple[object, ...], tuple[FactValue, Quote]] = {}
    for deadline, words in found:
        item = DeadlineItem(
            date=deadline.date,
            first_date=deadline.first_date,
            last_date=deadline.last_date,
            earliest=deadline.earliest,
            latest=deadline.latest,
            imposed_by=deadline.imposed_by.value,
            hours_left=deadline.hours_left,
            business_hours_left=deadline.business_hours_left,
            words=deadline.quote,
        )
        quote = Quote(text=deadline.quote, start=deadline.start, end=deadline.end, source=words.source)
        kept.setdefault((item.first_date, item.last_date, item.latest, item.imposed_by), (item, quote))  # type: ignore[arg-type]
    noting.listed("deadlines", list(kept.values()))


def _binding(deadline: Deadline) -> tuple[bool, bool, datetime]:
    return not deadline.is_open, deadline.imposed_by.value == "us", deadline.earliest


def _note_asks(noting: _Noting, heard: Iterable[Heard]) -> None:
    kept: dict[str, tuple[FactValue, Quote]] = {}
    for one in heard:
        for ask in one.signals.asks:
            item = AskItem.model_validate({"kind": _ASKS.get(ask.kind, ask.kind), "words": ask.quote.text})
            kept.setdefault(item.kind, (item, _at(ask.quote, one.words)))  # type: ignore[arg-type]
    noting.listed("asks", list(kept.values()))


def _note_executives(noting: _Noting, heard: Iterable[Heard]) -> None:
    kept: dict[tuple[str, str], tuple[FactValue, Quote]] = {}
    for one in heard:
        for executive in attending(one.signals.executives):
            item = ExecutiveItem.model_validate(
                {"title": executive.title, "role": executive.role, "words": executive.quote.text}
            )
            key = (executive.title, executive.quote.text.casefold())
            kept.setdefault(key, (item, _at(executive.quote, one.words)))  # type: ignore[arg-type]
    noting.listed("executives", list(kept.values()))


def _note_complaints(noting: _Noting, heard: Iterable[Heard]) -> None:
    found = [(complaint, one.words) for one in heard for complaint in one.signals.stalled]
    items = [ComplaintItem(kind=one.kind, hours=one.hours, words=one.quote.text) for one, _ in found]
    quotes = [_at(one.quote, words) for one, words in found]
    noting.listed("complaints", list(zip(items, quotes, strict=True)))  # type: ignore[arg-type]
    noting.single("stalled", bool(items), quotes, found=bool(items))
    claims = [(complaint.hours, words.written) for complaint, words in found if complaint.hours is not None]
    longest = max(claims, default=None)
    value = None
    if longest is not None:
        hours, written = longest
        value = span(noting.notes.calendar, written - timedelta(hours=min(hours, _LONGEST)), written)
    noting.single("stalled_for", value, quotes, found=bool(claims))


_LONGEST = 24 * 3650
"""Hours: nobody waits longer than ten years, and calendars end."""


def _note_impact(noting: _Noting, heard: Sequence[Heard]) -> None:
    kept: dict[str, tuple[FactValue, Quote]] = {}
    for one in heard:
        for effect in one.signals.impact.effects:
            item = ImpactItem(kind=effect.kind, words=effect.quote.text)
            kept.setdefault(effect.kind, (item, _at(effect.quote, one.words)))  # type: ignore[arg-type]
    noting.listed("impact", list(kept.values()))
    for name, what in (("users_affected", "users"), ("sites_affected", "sites")):
        told = [
            (affected.least, _at(affected.quote, one.words))
            for one in heard
            for affected in one.signals.impact.affected
            if affected.what == what and affected.least is not None
        ]
        most = max(told, key=lambda pair: pair[0], default=None)
        noting.single(name, most[0] if most else None, [most[1]] if most else [], found=most is not None)
    last = next((one for one in reversed(heard) if one.signals.impact.workaround.known != "unknown"), None)
    if last is None or last.signals.impact.workaround.quote is None:
        noting.single("workaround", None, [], found=False)
    else:
        known = "known" if last.signals.impact.workaround.known == "yes" else "none"
        noting.single("workaround", known, [_at(last.signals.impact.workaround.quote, last.words)], found=True)
