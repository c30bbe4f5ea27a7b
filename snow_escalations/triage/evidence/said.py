"""What the customer's words say: of the justification, the short description, and the comments since our last reply.

Of an account escalation these are the texts of all its cases. Words can only raise facts: where one of the texts could
not be read, or is in a language that is not read, what the others say stands, as more words could only add to it, and a
fact that none of them raises is unreadable. In a justification by our own staff, "our VP" is no person of the
customer's, and what "we want" by Friday no date of the customer's (`own_words`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple, cast

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
from snow_escalations.triage.calendars import BusinessCalendar, is_counted
from snow_escalations.triage.evidence.conversation import Conversation, conversation_on
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes, outside, span
from snow_escalations.triage.evidence.own_words import Staff, imposers_of, names_of, sides_of
from snow_escalations.triage.reading import Deadline, DeadlineReader, Grammar, Signals, signals_of_all
from snow_escalations.triage.reading.asks import Ask
from snow_escalations.triage.reading.deadlines import Imposed, ImposedBy
from snow_escalations.triage.reading.impact import NO_IMPACT, Affected, Impact, ImpactReading, Workaround
from snow_escalations.triage.reading.people import Executive
from snow_escalations.triage.reading.signals import NO_SIGNALS
from snow_escalations.triage.reading.stalled import Stalled

REMEMBERED = 4096
"""Texts: more than are open on a desk at a time."""
LONGEST = 16_384
"""Characters of a text that is remembered."""
_CUSTOMER, _US, _UNKNOWN = AuthorKind.CUSTOMER, AuthorKind.US, AuthorKind.UNKNOWN
_LINKED_CASES = Part.LINKED_CASES
_UNDATED = "when one of the texts was written is not known"
_Written = tuple[str, datetime | None]
_Told = tuple[FactValue | None, tuple[Quote, ...]]
_NOTHING: Mapping[str, _Told] = {
    "deadlines": ((), ()),
    "executives": ((), ()),
    "complaints": ((), ()),
    "stalled": (False, ()),
    "stalled_for": (None, ()),
    "impact": ((), ()),
    "users_affected": (None, ()),
    "sites_affected": (None, ()),
    "workaround": (None, ()),
    "asks": ((), ()),
}
"""The facts that words raise, as they are where no word does."""
_DATED = frozenset({"deadlines", "workaround"})
"""The facts for which it matters when a text was written."""


class Words(NamedTuple):
    """A text of the customer's, with the place and the instant at which it was written, if that is known.

    Of a text by our own staff `staff` tells what they write of.
    """

    text: str
    source: Source
    written: datetime | None
    staff: Staff | None = None


class Read(NamedTuple):
    """What a text says, whatever the time is now."""

    signals: Signals
    imposed: tuple[Imposed, ...]


class Reading:
    """How texts are read: for the account's calendar, with the team's words.

    What the last texts say is remembered, since who looks at a desk every minute reads the same again.
    """

    def __init__(self, calendar: BusinessCalendar, deadlines: DeadlineReader, grammar: Grammar) -> None:
        self._calendar, self._deadlines, self._grammar = calendar, deadlines, grammar
        self._read: dict[_Written, Read] = {}

    def listen(self, texts: Sequence[Words]) -> list[Read]:
        """What texts say, each as it stands there; many are read faster together than one by one.

        Without the instant at which it was written, "by Friday" is no date.
        """
        keys = [(words.text, words.written) for words in texts]
        known = [self._read.get(key) for key in keys]
        if None not in known:
            return cast("list[Read]", known)
        new = self._anew([*dict.fromkeys(key for key, read in zip(keys, known, strict=True) if read is None)])
        self._remember(new)
        return [read if read is not None else new[key] for key, read in zip(keys, known, strict=True)]

    def _remember(self, new: Mapping[_Written, Read]) -> None:
        self._read.update({key: read for key, read in new.items() if len(key[0]) <= LONGEST})
        for key in [*islice(self._read, max(len(self._read) - REMEMBERED, 0))]:
            del self._read[key]

    def as_of(self, imposed: Sequence[Imposed], now: datetime) -> Sequence[Deadline]:
        """The deadlines that a text imposes, as they stand at an instant."""
        return self._deadlines.as_of(imposed, now)

    def _anew(self, texts: Sequence[_Written]) -> dict[_Written, Read]:
        local = [(text, self._calendar.local(at) if at is not None else None) for text, at in texts]
        signals = signals_of_all(local, self._grammar)
        imposed = iter(self._deadlines.found_in_all([(text, at) for text, at in local if at is not None]))
        read = [
            Read(each, next(imposed) if at is not None else ()) for each, (_, at) in zip(signals, local, strict=True)
        ]
        return dict(zip(texts, read, strict=True))


class Texts:
    """The texts of a dossier that can be read, why one of them cannot, and why nothing can be counted from one's date.

    `conversation` is the one on the escalated case.
    """

    __slots__ = ("_notes", "readable", "undated", "unread")

    def __init__(self, notes: Notes, conversation: Conversation) -> None:
        self._notes = notes
        dossier, escalation = notes.dossier, notes.dossier.escalation
        self.unread: str | None = dossier.missing[0] if dossier.missing else None
        if notes.case is None and self.unread is None:
            self.unread = notes.unread(_LINKED_CASES)
        self.undated: str | None = None
        self.readable: list[Words] = []
        if "justification" in escalation.unreadable:
            self.unread = CLOSED_FIELD
        else:
            source = notes.of_escalation("justification")
            written = escalation.opened_at or escalation.created_at
            self._add(escalation.justification, source, written, _staff(notes))
        for case in notes.cases:
            self._add_case(case, conversation if case is notes.case else conversation_on(notes, case))

    def _add(self, text: str, source: Source, written: datetime | None, staff: Staff | None = None) -> None:
        if text and not text.isspace():
            if written is None:
                self.undated = _UNDATED
            elif not is_counted(written):
                self.undated, written = f"one of the texts is dated out of reach: {outside(written)}", None
            self.readable.append(Words(text, source, written, staff))

    def _add_case(self, case: Case, conversation: Conversation) -> None:
        notes = self._notes
        if "short_description" in case.unreadable:
            self.unread = CLOSED_FIELD
        else:
            source = notes.of_text(case, "short_description")
            self._add(case.short_description, source, case.opened_at or case.created_at)
        self.unread = self.unread or conversation.unread
        for entry in conversation.since_our_reply():
            author = entry.author_kind
            if author is _CUSTOMER:
                self._add(entry.text, notes.of_entry(case, entry), entry.created_at)
            elif author is _UNKNOWN:
                self.unread = "it is not known whether the customer wrote all comments since our last reply"


def _staff(notes: Notes) -> Staff | None:
    """Our own staff, if they wrote the justification."""
    if notes.facts["requester_side"].value != _US:
        return None
    return Staff(names_of(notes.cases), for_customer=notes.facts["request_source"].value == "customer")


def note_words(notes: Notes, texts: Texts, said: Sequence[Read], reading: Reading) -> None:
    """Note deadlines, executives, complaints, impact and asks, of what the readable texts say."""
    source = notes.of_escalation("justification")
    heard = _Heard(texts.readable, said, reading, notes.present.now)
    told = _told(heard, notes)
    unread = texts.unread or _unread(texts.readable, said)
    undated = unread if unread is not None else texts.undated
    if undated is None and not heard.untold:
        notes.know_all(told, source)
        return
    for name, (value, quotes) in told.items():
        why = (undated if name in _DATED else unread) or heard.untold.get(name)
        if why is None:
            notes.know(name, value, source, quotes)
        elif quotes and name != "workaround":  # of which the last word counts, so that all must be read
            notes.know(name, value, source, quotes, note=f"not all could be read: {why}", partial=True)
        else:
            notes.miss(name, why, source)


def _unread(texts: Sequence[Words], said: Sequence[Read]) -> str | None:
    """Of which text a part is not read, if of one, and why."""
    for words, (signals, _) in zip(texts, said, strict=True):
        if signals.is_foreign:
            return f"{_place(words)} is in a language that is not read; English is"
        if signals.left_out:
            return f"{signals.left_out} words of {_place(words)} are quoted, forwarded or code, which is not read"
    return None


def _place(words: Words) -> str:
    return f"the field {words.source.field} of {words.source.record}"


class _Heard:
    """What the texts of a dossier say, each with the text that says it."""

    __slots__ = ("affected", "asks", "complaints", "deadlines", "effects", "executives", "untold", "workarounds")

    def __init__(self, texts: Sequence[Words], said: Sequence[Read], reading: Reading, now: datetime) -> None:
        self.deadlines: list[tuple[Deadline, Words]] = []
        self.executives: list[tuple[Executive, Words]] = []
        self.complaints: list[tuple[Stalled, Words]] = []
        self.asks: list[tuple[Ask, Words]] = []
        self.effects: list[tuple[Impact, Words]] = []
        self.affected: list[tuple[Affected, Words]] = []
        self.workarounds: list[tuple[Workaround, Words]] = []
        self.untold: dict[str, str] = {}
        for words, (signals, imposed) in zip(texts, said, strict=True):
            if imposed:
                self._add_deadlines(reading.as_of(imposed, now), words)
            if signals is NO_SIGNALS:
                continue
            executives, stalled, impact, asks, *_ = signals
            if executives:
                self._add_executives(executives, words)
            if stalled:
                self.complaints += [(complaint, words) for complaint in stalled]
            if asks:
                self.asks += [(ask, words) for ask in asks]
            if impact is not NO_IMPACT:
                self._add_impact(impact, words)

    def _add_deadlines(self, deadlines: Sequence[Deadline], words: Words) -> None:
        if words.staff is None:
            self.deadlines += [(deadline, words) for deadline in deadlines]
            return
        for deadline, side in zip(deadlines, imposers_of(deadlines, words.text, words.staff), strict=True):
            if side is _UNKNOWN:
                self.untold["deadlines"] = _untold(deadline.quote, words)
            else:
                imposed_by = deadline.imposed_by if side is _CUSTOMER else ImposedBy.US
                self.deadlines.append((deadline._replace(imposed_by=imposed_by), words))

    def _add_executives(self, executives: Sequence[Executive], words: Words) -> None:
        if words.staff is None:
            self.executives += [(person, words) for person in executives]
            return
        for person, side in zip(executives, sides_of(executives, words.text, words.staff), strict=True):
            if side is _CUSTOMER:
                self.executives.append((person, words))
            elif side is _UNKNOWN and person.role != "named":
                self.untold["executives"] = _untold(person.quote.text, words)

    def _add_impact(self, impact: ImpactReading, words: Words) -> None:
        self.effects += [(effect, words) for effect in impact.effects]
        self.affected += [(affected, words) for affected in impact.affected]
        if impact.workaround.quote is not None:
            self.workarounds.append((impact.workaround, words))


def _untold(quote: str, words: Words) -> str:
    return f'whether "{quote}" is the customer\'s or ours is not told by the field {words.source.field}'


def _told(heard: _Heard, notes: Notes) -> dict[str, _Told]:
    """The facts that words raise, by name."""
    told = dict(_NOTHING)
    if heard.deadlines:
        told["deadlines"] = _deadlines(heard.deadlines)
    if heard.executives:
        told["executives"] = _executives(heard.executives)
    if heard.complaints:
        told["complaints"] = listed = _complaints(heard.complaints)
        told["stalled"] = True, listed[1]
        told["stalled_for"] = _stalled_for(heard.complaints, notes)
    if heard.effects:
        told["impact"] = _impact(heard.effects)
    if heard.affected:
        told["users_affected"], told["sites_affected"] = _most(heard.affected, "users"), _most(heard.affected, "sites")
    if heard.workarounds:
        told["workaround"] = _workaround(heard.workarounds, notes)
    if heard.asks:
        told["asks"] = _asks(heard.asks)
    return told


def _at(quote: Quote, words: Words) -> Quote:
    return Quote(quote.text, quote.start, quote.end, words.source)


def _listed(found: Collection[tuple[Item, Quote]]) -> _Told:
    """A list whose items come with their words."""
    return tuple([item for item, _ in found]), tuple([quote for _, quote in found])


def _deadlines(found: list[tuple[Deadline, Words]]) -> _Told:
    if len(found) > 1:
        found = _binding_first(found)
    quotes = [Quote(deadline.quote, deadline.start, deadline.end, words.source) for deadline, words in found]
    return tuple([_deadline(deadline) for deadline, _ in found]), tuple(quotes)


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


def _asks(found: Iterable[tuple[Ask, Words]]) -> _Told:
    kept: dict[str, tuple[AskItem, Quote]] = {}
    for ask, words in found:
        if ask.kind not in kept:
            kept[ask.kind] = AskItem(ask.kind, ask.quote.text), _at(ask.quote, words)
    return _listed(kept.values())


def _executives(found: Iterable[tuple[Executive, Words]]) -> _Told:
    """Those who attend: not who is merely named."""
    kept: dict[tuple[str, str], tuple[ExecutiveItem, Quote]] = {}
    for person, words in found:
        key = (person.title, person.quote.text.casefold())
        if person.role != "named" and key not in kept:
            item = ExecutiveItem(person.title, person.role, person.quote.text)
            kept[key] = item, _at(person.quote, words)
    return _listed(kept.values())


def _complaints(found: Sequence[tuple[Stalled, Words]]) -> _Told:
    items = [ComplaintItem(complaint.kind, complaint.hours, complaint.quote.text) for complaint, _ in found]
    return tuple(items), tuple([_at(complaint.quote, words) for complaint, words in found])


def _stalled_for(found: Sequence[tuple[Stalled, Words]], notes: Notes) -> _Told:
    """The longest time that is claimed."""
    claims = [
        (complaint.hours, words.written or notes.present.now, complaint.quote, words)
        for complaint, words in found
        if complaint.hours is not None
    ]
    if not claims:
        return _NOTHING["stalled_for"]
    hours, written, quote, words = max(claims, key=lambda claim: claim[:2]) if len(claims) > 1 else claims[0]
    return span(notes.present.calendar, written - timedelta(hours=hours), written), (_at(quote, words),)


def _impact(found: Iterable[tuple[Impact, Words]]) -> _Told:
    kept: dict[str, tuple[ImpactItem, Quote]] = {}
    for effect, words in found:
        if effect.kind not in kept:
            kept[effect.kind] = ImpactItem(effect.kind, effect.quote.text), _at(effect.quote, words)
    return _listed(kept.values())


def _most(found: Iterable[tuple[Affected, Words]], what: str) -> _Told:
    """The highest number counts."""
    most: tuple[int, Quote, Words] | None = None
    for affected, words in found:
        least = affected.least
        if affected.what == what and least is not None and (most is None or least > most[0]):
            most = least, affected.quote, words
    return (most[0], (_at(*most[1:]),)) if most is not None else (None, ())


def _workaround(found: Iterable[tuple[Workaround, Words]], notes: Notes) -> _Told:
    """What was written last counts."""
    last: tuple[datetime, str, Quote] | None = None
    for told, words in found:
        written = words.written or notes.present.now
        if told.quote is not None and (last is None or written >= last[0]):
            last = (written, "known" if told.known == "yes" else "none", _at(told.quote, words))
    return (last[1], (last[2],)) if last is not None else _NOTHING["workaround"]
