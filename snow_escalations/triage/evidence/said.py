"""What the customer's words say: of the justification, the short description, and the comments since our last reply.

Of an account escalation these are the texts of all its cases. Words can only raise facts: where one of the texts could
not be read, what the others say stands, as more words could only add to it, and a fact that none of them raises is
unreadable.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from snow_escalations.model import (
    AskItem,
    AuthorKind,
    Case,
    ComplaintItem,
    DeadlineItem,
    ExecutiveItem,
    FactValue,
    ImpactItem,
    Part,
    Quote,
    Source,
)
from snow_escalations.triage.evidence.conversation import Conversation, conversation_on
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes, is_counted, span
from snow_escalations.triage.reading import Deadline, DeadlineReader, Grammar, Signals, attending, signals_of

_ASKS = {"fix": "patch"}
_UNDATED = "when one of the texts was written is not known"


class Words(NamedTuple):
    """A text of the customer's, with the place and the instant at which it was written, if that is known."""

    text: str
    source: Source
    written: datetime | None


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

    def hear(self, words: Words, now: datetime) -> Heard:
        """What a text says. Without the instant at which it was written, "by Friday" is no date."""
        signals = signals_of(words.text, now=words.written, grammar=self.grammar)
        deadlines = self.deadlines.read(words.text, words.written, now) if words.written is not None else ()
        return Heard(words, signals, deadlines)


def note_words(notes: Notes, conversation: Conversation, reading: Reading) -> None:
    """Note deadlines, executives, complaints, impact and asks; `conversation` is the one of the escalated case."""
    texts = _Texts(notes, conversation)
    heard = [reading.hear(words, notes.now) for words in texts.readable]
    source = notes.of_escalation("justification")
    noting = _Noting(notes, source, texts.unread)
    is_undated = any(words.written is None for words in texts.readable)
    dating = _Noting(notes, source, texts.unread or (_UNDATED if is_undated else None))
    _note_deadlines(dating, heard)
    _note_executives(noting, heard)
    _note_complaints(noting, heard)
    _note_impact(noting, heard)
    _note_workaround(dating, heard)
    _note_asks(noting, heard)


class _Texts:
    """The texts that can be read, and why one of them cannot."""

    def __init__(self, notes: Notes, conversation: Conversation) -> None:
        self._notes = notes
        dossier, escalation = notes.dossier, notes.dossier.escalation
        self.unread: str | None = dossier.missing[0] if dossier.missing else None
        if dossier.case is None:
            self.unread = self.unread or dossier.unread.get(Part.LINKED_CASES)
        found: list[Words] = []
        if "justification" in escalation.unreadable:
            self.unread = CLOSED_FIELD
        else:
            source = notes.of_escalation("justification")
            found.append(Words(escalation.justification, source, _dated(escalation.opened_at or escalation.created_at)))
        for case in dossier.cases:
            on_it = conversation if dossier.case is not None else conversation_on(notes, case)
            found += self._on(case, on_it)
        self.readable = [words for words in found if words.text and not words.text.isspace()]

    def _on(self, case: Case, conversation: Conversation) -> Iterator[Words]:
        if "short_description" in case.unreadable:
            self.unread = CLOSED_FIELD
        else:
            source = self._notes.of_text(case, "short_description")
            yield Words(case.short_description, source, _dated(case.opened_at or case.created_at))
        self.unread = self.unread or conversation.unread
        for entry in conversation.since_our_reply():
            if entry.author_kind is AuthorKind.CUSTOMER:
                yield Words(entry.text, self._notes.of_entry(case, entry), _dated(entry.created_at))
            elif entry.author_kind is AuthorKind.UNKNOWN:
                self.unread = "it is not known whether the customer wrote all comments since our last reply"


def _dated(written: datetime | None) -> datetime | None:
    return written if written is not None and is_counted(written) else None


class _Noting:
    """Notes facts that were read from texts, or that a text is missing."""

    def __init__(self, notes: Notes, source: Source, unread: str | None) -> None:
        self.notes, self._source, self._unread = notes, source, unread

    def listed(self, name: str, found: Sequence[tuple[FactValue, Quote]]) -> None:
        """A list with the words of each item."""
        items = tuple(item for item, _ in found)
        self.single(name, items, [quote for _, quote in found], found=bool(found))  # type: ignore[arg-type]

    def single(self, name: str, value: FactValue | None, quotes: Sequence[Quote], *, found: bool) -> None:
        """One value; `found` says whether a text raised it."""
        if self._unread is None:
            self.notes.know(name, value, self._source, quotes)
        elif found:
            self.notes.partial.add(name)
            self.notes.know(name, value, self._source, quotes, note=f"not all could be read: {self._unread}")
        else:
            self.notes.miss(name, self._unread, self._source)

    def settled(self, name: str, value: FactValue | None, quotes: Sequence[Quote]) -> None:
        """A value that another text could overturn, so that all must be read."""
        self.single(name, value, quotes, found=False)


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
    now = noting.notes.now
    claims = [
        (complaint.hours, words.written or now, _at(complaint.quote, words))
        for complaint, words in found
        if complaint.hours is not None
    ]
    if not claims:
        noting.single("stalled_for", None, [], found=False)
        return
    hours, written, quote = max(claims, key=lambda claim: claim[:2])
    value = span(noting.notes.calendar, written - timedelta(hours=min(hours, _LONGEST)), written)
    noting.single("stalled_for", value, [quote], found=True)


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


def _note_workaround(noting: _Noting, heard: Iterable[Heard]) -> None:
    """What was written last counts."""
    last: tuple[datetime, str, Quote] | None = None
    for one in heard:
        told, written = one.signals.impact.workaround, one.words.written or noting.notes.now
        if told.quote is not None and (last is None or written >= last[0]):
            last = (written, "known" if told.known == "yes" else "none", _at(told.quote, one.words))
    noting.settled("workaround", last[1] if last else None, [last[2]] if last else [])
