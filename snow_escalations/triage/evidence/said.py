"""What the customer's words say: of the justification, the short description, and the comments since our last reply.

Of an account escalation these are the texts of all its cases. Words can only raise facts: where one of the texts could
not be read, what the others say stands, as more words could only add to it, and a fact that none of them raises is
unreadable.
"""

from collections.abc import Collection, Iterable, Sequence
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
    Item,
    Part,
    Quote,
    Source,
)
from snow_escalations.triage.calendars import BusinessCalendar
from snow_escalations.triage.evidence.conversation import Conversation, conversation_on
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes, is_counted, span
from snow_escalations.triage.reading import Deadline, DeadlineReader, Grammar, Signals, attending, signals_of_all
from snow_escalations.triage.reading.deadlines import Imposed, ImposedBy

REMEMBERED = 4096
"""Texts: more than are open on a desk at a time."""
LONGEST = 16_384
"""Characters of a text that is remembered."""
_Written = tuple[str, datetime | None]
_Read = tuple[Signals, tuple[Imposed, ...]]
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


class Reading:
    """How texts are read: for the account's calendar, with the team's words.

    What the last texts say is remembered, since who looks at a desk every minute reads the same again.
    """

    def __init__(self, calendar: BusinessCalendar, deadlines: DeadlineReader, grammar: Grammar) -> None:
        self._calendar, self._deadlines, self._grammar = calendar, deadlines, grammar
        self._read: dict[_Written, _Read] = {}

    def listen(self, texts: Iterable[Words]) -> None:
        """Read texts together, which is faster than one by one."""
        keys = dict.fromkeys((words.text, words.written) for words in texts if len(words.text) <= LONGEST)
        self._read.update(self._anew([key for key in keys if key not in self._read]))
        for key in [*self._read][:-REMEMBERED]:
            self._read.pop(key, None)

    def hear(self, words: Words, now: datetime) -> Heard:
        """What a text says. Without the instant at which it was written, "by Friday" is no date."""
        key = words.text, words.written
        read = self._read.get(key)
        signals, imposed = read if read is not None else self._anew([key])[key]
        return Heard(words, signals, self._deadlines.as_of(imposed, now))

    def _anew(self, texts: Sequence[_Written]) -> dict[_Written, _Read]:
        local = [(text, self._calendar.local(at) if at is not None else None) for text, at in texts]
        signals = signals_of_all(local, self._grammar)
        imposed = [self._deadlines.found(text, at) if at is not None else () for text, at in local]
        return dict(zip(texts, zip(signals, imposed, strict=True), strict=True))


def note_words(notes: Notes, texts: "Texts", reading: Reading) -> None:
    """Note deadlines, executives, complaints, impact and asks."""
    heard = [reading.hear(words, notes.present.now) for words in texts.readable]
    source = notes.of_escalation("justification")
    noting = _Noting(notes, source, texts.unread)
    undated = [words for words in texts.readable if words.written is None]
    dating = _Noting(notes, source, texts.unread or (_UNDATED if undated else None))
    _note_deadlines(dating, heard)
    _note_executives(noting, heard)
    _note_complaints(noting, heard)
    _note_impact(noting, heard)
    _note_affected(noting, heard)
    _note_workaround(dating, heard)
    _note_asks(noting, heard)


class Texts:
    """The texts of a dossier that can be read, and why one of them cannot.

    `conversation` is the one on the escalated case.
    """

    def __init__(self, notes: Notes, conversation: Conversation) -> None:
        self._notes = notes
        self.unread: str | None = notes.dossier.missing[0] if notes.dossier.missing else None
        dossier, escalation = notes.dossier, notes.dossier.escalation
        if dossier.case is None and self.unread is None:
            self.unread = dossier.unread.get(Part.LINKED_CASES)
        self.readable: list[Words] = []
        if "justification" in escalation.unreadable:
            self.unread = CLOSED_FIELD
        else:
            source = notes.of_escalation("justification")
            self._add(escalation.justification, source, escalation.opened_at or escalation.created_at)
        for case in dossier.cases:
            on_it = conversation if dossier.case is not None else conversation_on(notes, case)
            self._add_case(case, on_it)

    def _add(self, text: str, source: Source, written: datetime | None) -> None:
        if text and not text.isspace():
            is_dated = written is not None and is_counted(written)
            self.readable.append(Words(text, source, written if is_dated else None))

    def _add_case(self, case: Case, conversation: Conversation) -> None:
        notes = self._notes
        if "short_description" in case.unreadable:
            self.unread = CLOSED_FIELD
        else:
            source = notes.of_text(case, "short_description")
            self._add(case.short_description, source, case.opened_at or case.created_at)
        self.unread = self.unread or conversation.unread
        for entry in conversation.since_our_reply():
            if entry.author_kind is AuthorKind.CUSTOMER:
                self._add(entry.text, notes.of_entry(case, entry), entry.created_at)
            elif entry.author_kind is AuthorKind.UNKNOWN:
                self.unread = "it is not known whether the customer wrote all comments since our last reply"


class _Noting:
    """Notes facts that were read from texts, or that a text is missing."""

    def __init__(self, notes: Notes, source: Source, unread: str | None) -> None:
        self.notes, self._source, self._unread = notes, source, unread

    def listed(self, name: str, items: Sequence[Item], quotes: Sequence[Quote]) -> None:
        """A list, and the words of each of its items."""
        self.single(name, tuple(items), tuple(quotes), found=bool(items))

    def with_words(self, name: str, found: Collection[tuple[Item, Quote]]) -> None:
        """A list whose items come with their words."""
        self.listed(name, [item for item, _ in found], [quote for _, quote in found])

    def single(self, name: str, value: FactValue | None, quotes: tuple[Quote, ...] = (), *, found: bool) -> None:
        """One value; `found` says whether a text raised it. What all texts must be read for is never `found`."""
        if self._unread is None:
            self.notes.know(name, value, self._source, quotes)
        elif found:
            self.notes.partial.add(name)
            self.notes.know(name, value, self._source, quotes, note=f"not all could be read: {self._unread}")
        else:
            self.notes.miss(name, self._unread, self._source)


def _at(quote: Quote, words: Words) -> Quote:
    return Quote(quote.text, quote.start, quote.end, words.source)


def _note_deadlines(noting: _Noting, heard: Iterable[Heard]) -> None:
    found = [(deadline, words) for words, _, deadlines in heard for deadline in deadlines]
    if len(found) > 1:
        found = _binding_first(found)
    items = [_deadline(deadline) for deadline, _ in found]
    quotes = [Quote(deadline.quote, deadline.start, deadline.end, words.source) for deadline, words in found]
    noting.listed("deadlines", items, quotes)


def _binding_first(found: Iterable[tuple[Deadline, Words]]) -> list[tuple[Deadline, Words]]:
    """Each date once, those that bind first."""
    kept: dict[tuple[object, ...], tuple[Deadline, Words]] = {}
    for deadline, words in sorted(found, key=_binding):
        date = (deadline.first_date, deadline.last_date, deadline.latest, deadline.imposed_by)
        kept.setdefault(date, (deadline, words))
    return list(kept.values())


def _binding(found: tuple[Deadline, Words]) -> tuple[bool, bool, datetime]:
    deadline = found[0]
    return not deadline.is_open, deadline.imposed_by is ImposedBy.US, deadline.earliest


def _deadline(deadline: Deadline) -> DeadlineItem:
    return DeadlineItem(
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


def _note_asks(noting: _Noting, heard: Iterable[Heard]) -> None:
    kept: dict[str, tuple[AskItem, Quote]] = {}
    for words, signals, _ in heard:
        for ask in signals.asks:
            if ask.kind not in kept:
                item = AskItem(kind=ask.kind, words=ask.quote.text)
                kept[ask.kind] = (item, _at(ask.quote, words))
    noting.with_words("asks", kept.values())


def _note_executives(noting: _Noting, heard: Iterable[Heard]) -> None:
    kept: dict[tuple[str, str], tuple[ExecutiveItem, Quote]] = {}
    for words, signals, _ in heard:
        if not signals.executives:
            continue
        for person in attending(signals.executives):
            told = person.quote.text
            key = (person.title, told.casefold())
            if key not in kept:
                item = ExecutiveItem.from_json({"title": person.title, "role": person.role, "words": told})
                kept[key] = (item, _at(person.quote, words))
    noting.with_words("executives", kept.values())


def _note_complaints(noting: _Noting, heard: Iterable[Heard]) -> None:
    found = [(complaint, words) for words, signals, _ in heard for complaint in signals.stalled]
    quotes = [_at(complaint.quote, words) for complaint, words in found]
    items = [ComplaintItem(kind=one.kind, hours=one.hours, words=one.quote.text) for one, _ in found]
    noting.listed("complaints", items, quotes)
    noting.single("stalled", bool(items), tuple(quotes), found=bool(items))
    now = noting.notes.present.now
    claims = [
        (complaint.hours, words.written or now, quote)
        for (complaint, words), quote in zip(found, quotes, strict=True)
        if complaint.hours is not None
    ]
    if not claims:
        noting.single("stalled_for", None, found=False)
        return
    hours, written, quote = max(claims, key=lambda claim: claim[:2])
    value = span(noting.notes.present.calendar, written - timedelta(hours=hours), written)
    noting.single("stalled_for", value, (quote,), found=True)


def _note_impact(noting: _Noting, heard: Iterable[Heard]) -> None:
    kept: dict[str, tuple[ImpactItem, Quote]] = {}
    for words, signals, _ in heard:
        for effect in signals.impact.effects:
            if effect.kind not in kept:
                item = ImpactItem(kind=effect.kind, words=effect.quote.text)
                kept[effect.kind] = (item, _at(effect.quote, words))
    noting.with_words("impact", kept.values())


def _note_affected(noting: _Noting, heard: Iterable[Heard]) -> None:
    """The highest number counts."""
    most: dict[str, tuple[int, Quote]] = {}
    for words, signals, _ in heard:
        for affected in signals.impact.affected:
            least, what = affected.least, affected.what
            if least is not None and (what not in most or least > most[what][0]):
                most[what] = (least, _at(affected.quote, words))
    for name, what in (("users_affected", "users"), ("sites_affected", "sites")):
        if what in most:
            least, quote = most[what]
            noting.single(name, least, (quote,), found=True)
        else:
            noting.single(name, None, found=False)


def _note_workaround(noting: _Noting, heard: Iterable[Heard]) -> None:
    """What was written last counts, so that all must be read."""
    last: tuple[datetime, str, Quote] | None = None
    for words, signals, _ in heard:
        told = signals.impact.workaround
        if told.quote is None:
            continue
        written = words.written or noting.notes.present.now
        if last is None or written >= last[0]:
            last = (written, "known" if told.known == "yes" else "none", _at(told.quote, words))
    noting.single("workaround", last[1] if last else None, (last[2],) if last else (), found=False)
