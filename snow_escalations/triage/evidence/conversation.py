"""Who wrote last on the case, and whose turn it is: by the authors of the comments, never by their text.

Comments that the instance writes by itself, and those that this program posted, are no answer of a person; they are
passed over. A comment whose author is not known leaves open what depends on it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from operator import attrgetter

from snow_escalations.model import AuthorKind, Case, Element, JournalEntry, Source
from snow_escalations.triage.evidence.notes import Notes

CLOCK_TOLERANCE = timedelta(minutes=10)
_COMMENTS = Element.COMMENTS
_US, _CUSTOMER, _UNKNOWN = AuthorKind.US, AuthorKind.CUSTOMER, AuthorKind.UNKNOWN
_NOBODY = AuthorKind.SYSTEM, AuthorKind.TOOL  # two, which are found faster one by one than by their hashes
_FACTS = ("since_last_reply", "ever_replied", "since_customer_wrote", "last_word", "waiting_on", "waiting_for")
_TURN = ("waiting_on", "waiting_for")
_WRITTEN = attrgetter("created_at")


class Conversation:
    """The comments on one case up to an instant, or the reason why they are not known.

    Whoever asks looks from the last one back, and seldom far.
    """

    __slots__ = ("_entries", "unread")

    def __init__(self, entries: Sequence[JournalEntry] = (), unread: str | None = None) -> None:
        """`entries` are those of the journal up to the instant, oldest first."""
        self._entries, self.unread = entries, unread

    def from_the_last(self) -> Iterator[JournalEntry]:
        """The comments, the last one first."""
        for entry in reversed(self._entries):
            if entry.element is _COMMENTS:
                yield entry

    def since_our_reply(self) -> list[JournalEntry]:
        """What was written after our last answer, or all of it, oldest first."""
        later = [*takewhile(_is_not_ours, self.from_the_last())]
        later.reverse()
        return later

    def since(self, instant: datetime | None) -> list[JournalEntry]:
        """What was written since an instant, or all of it, oldest first."""
        comments = [entry for entry in self._entries if entry.element is _COMMENTS]
        return comments if instant is None else comments[bisect_left(comments, instant, key=_WRITTEN) :]

    def people_from_the_last(self) -> Iterator[JournalEntry]:
        """The comments of people, the last one first."""
        for entry in self.from_the_last():
            if entry.author_kind not in _NOBODY:
                yield entry

    def last_not_of(self, side: AuthorKind | None) -> JournalEntry | None:
        """The last comment of a person who is not known to be on a side, or of anybody."""
        for entry in self.people_from_the_last():
            if entry.author_kind is not side:
                return entry
        return None


def _is_not_ours(entry: JournalEntry) -> bool:
    return entry.author_kind is not _US


def conversation_on(notes: Notes, case: Case) -> Conversation:
    """The comments on one case of the dossier."""
    journal = notes.dossier.journals.get(case.sys_id)
    if journal is None or journal.unreadable is not None:
        return Conversation(unread=journal.unreadable if journal is not None else "the journal was not read")
    entries = journal.entries
    # What was written after the instant was not yet there to be read, whatever the clocks' small differences.
    until = notes.present.now + CLOCK_TOLERANCE
    if entries and entries[-1].created_at > until:
        entries = entries[: bisect_right(entries, until, key=_WRITTEN)]
    return Conversation(entries)


def conversation_of(notes: Notes) -> Conversation:
    """The comments on the one case that is escalated."""
    case = notes.one_case("comments")
    return Conversation(unread=case) if isinstance(case, str) else conversation_on(notes, case)


def note_conversation(notes: Notes, conversation: Conversation) -> None:
    """Note since when the customer waits for an answer, who wrote last, and who waits for whom."""
    source = notes.of_case("comments")
    opened = notes.one_case("opened_at")
    opened_at = None if isinstance(opened, str) else opened.opened_at
    why = opened if isinstance(opened, str) else "when the case was opened is not known"
    notes.know_since("since_opened", opened_at, notes.of_case("opened_at"), why)
    if conversation.unread is not None:
        for name in _FACTS:
            notes.miss(name, conversation.unread, source)
        return
    _note_replies(notes, conversation, opened_at, source)
    _note_customer(notes, conversation, source)
    _note_turn(notes, conversation, opened_at, source)


def _note_replies(notes: Notes, conversation: Conversation, opened_at: datetime | None, source: Source) -> None:
    last = conversation.last_not_of(_CUSTOMER)
    if last is not None and last.author_kind is _UNKNOWN:
        notes.miss("since_last_reply", _unknown_author(last), source)
    else:
        since = last.created_at if last is not None else opened_at
        notes.know_since("since_last_reply", since, source, "we never replied, and when the case was opened is unknown")
    if last is None:
        notes.know("ever_replied", value=False, source=source)
    elif last.author_kind is _US or not all(map(_is_not_ours, conversation.from_the_last())):
        notes.know("ever_replied", value=True, source=source)
    else:
        notes.miss("ever_replied", _unknown_author(last), source)


def _note_customer(notes: Notes, conversation: Conversation, source: Source) -> None:
    last = conversation.last_not_of(_US)
    if last is None:
        notes.know("since_customer_wrote", None, source)
    elif last.author_kind is _UNKNOWN:
        notes.miss("since_customer_wrote", _unknown_author(last), source)
    else:
        notes.know_since("since_customer_wrote", last.created_at, source, "")


def _note_turn(notes: Notes, conversation: Conversation, opened_at: datetime | None, source: Source) -> None:
    last = conversation.last_not_of(None)
    if last is not None and last.author_kind is _UNKNOWN:
        for name in ("last_word", *_TURN):
            notes.miss(name, _unknown_author(last), source)
        return
    notes.know("last_word", str(last.author_kind) if last is not None else "nobody", source)
    case = notes.one_case("state")
    if isinstance(case, str):
        for name in _TURN:
            notes.miss(name, f"the state of the case is not known: {case}", source)
        return
    turn = _turn(last, case.state.key)
    notes.know("waiting_on", turn, source)
    if turn == "unclear":
        notes.know("waiting_for", None, source)
    elif turn == "customer":
        notes.same("waiting_for", "since_last_reply")
    else:
        _note_our_turn(notes, conversation, opened_at, source)


def _turn(last: JournalEntry | None, state: str) -> str:
    """Whose turn it is. After our word it is the customer's only where the state says so.

    Whether the customer's last word came before or after the case was resolved is not known, so that it leaves open
    whether there is anything to answer.
    """
    if state in {"closed", "cancelled"}:
        return "unclear"
    is_ours_by_state = state not in {"awaiting_info", "resolved"}
    if last is None:
        return "us" if is_ours_by_state else "unclear"
    if last.author_kind is _CUSTOMER:
        return "unclear" if state == "resolved" else "us"
    return "unclear" if is_ours_by_state else "customer"


def _note_our_turn(notes: Notes, conversation: Conversation, opened_at: datetime | None, source: Source) -> None:
    """A customer who wrote again waits since the first comment that is still without an answer."""
    name, count = "waiting_for", 0
    since = opened_at
    for entry in conversation.people_from_the_last():
        if entry.author_kind is _UNKNOWN:
            notes.miss(name, _unknown_author(entry), source)
            return
        if entry.author_kind is _US:
            break
        since = entry.created_at
        count += 1
    if count == 1:
        notes.same(name, "since_customer_wrote")
    else:
        notes.know_since(name, since, source, "when the case was opened is not known")


def _unknown_author(entry: JournalEntry) -> str:
    return f"it is not known who wrote the comment of {entry.created_at:%Y-%m-%d %H:%M} UTC"
