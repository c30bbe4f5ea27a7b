"""Who wrote last on the case, and whose turn it is: by the authors of the comments, never by their text.

Comments that the instance writes by itself, and those that this program posted, are no answer of a person; they are
passed over. A comment whose author is not known leaves open what depends on it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from snow_escalations.model import AuthorKind, Case, Element, JournalEntry
from snow_escalations.triage.evidence.notes import Notes

CLOCK_TOLERANCE = timedelta(minutes=10)
_PEOPLE = frozenset({AuthorKind.US, AuthorKind.CUSTOMER, AuthorKind.UNKNOWN})
_FACTS = ("since_last_reply", "ever_replied", "since_customer_wrote", "last_word", "waiting_on", "waiting_for")


class Conversation:
    """The comments of the one case up to an instant, oldest first, or the reason why they are not known."""

    def __init__(self, notes: Notes) -> None:
        self.entries: tuple[JournalEntry, ...] = ()
        self.unread: str | None = None
        case = notes.one_case("comments")
        if isinstance(case, str):
            self.unread = case
            return
        journal = notes.dossier.journals.get(case.sys_id)
        if journal is None or journal.unreadable is not None:
            self.unread = journal.unreadable if journal is not None else "the journal was not read"
            return
        # What was written after the instant was not yet there to be read, whatever the clocks' small differences.
        until = notes.now + CLOCK_TOLERANCE
        self.entries = tuple(entry for entry in journal.of(Element.COMMENTS) if entry.created_at <= until)

    @property
    def people(self) -> list[JournalEntry]:
        """The comments of people."""
        return [entry for entry in self.entries if entry.author_kind in _PEOPLE]

    def since_our_reply(self) -> tuple[JournalEntry, ...]:
        """What was written after our last answer, or all of it."""
        for index in range(len(self.entries) - 1, -1, -1):
            if self.entries[index].author_kind is AuthorKind.US:
                return self.entries[index + 1 :]
        return self.entries


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
    people = conversation.people
    _note_replies(notes, people, opened_at)
    _note_customer(notes, people)
    _note_turn(notes, people, opened_at)


def _note_replies(notes: Notes, people: Sequence[JournalEntry], opened_at: datetime | None) -> None:
    source = notes.of_case("comments")
    last = next((entry for entry in reversed(people) if entry.author_kind is not AuthorKind.CUSTOMER), None)
    if last is not None and last.author_kind is AuthorKind.UNKNOWN:
        notes.miss("since_last_reply", _unknown_author(last), source)
    else:
        since = last.created_at if last is not None else opened_at
        notes.know_since("since_last_reply", since, source, "we never replied, and when the case was opened is unknown")
    if any(entry.author_kind is AuthorKind.US for entry in people):
        notes.know("ever_replied", value=True, source=source)
    elif last is not None:
        notes.miss("ever_replied", _unknown_author(last), source)
    else:
        notes.know("ever_replied", value=False, source=source)


def _note_customer(notes: Notes, people: Sequence[JournalEntry]) -> None:
    source = notes.of_case("comments")
    last = next((entry for entry in reversed(people) if entry.author_kind is not AuthorKind.US), None)
    if last is None:
        notes.know("since_customer_wrote", None, source)
    elif last.author_kind is AuthorKind.UNKNOWN:
        notes.miss("since_customer_wrote", _unknown_author(last), source)
    else:
        notes.know("since_customer_wrote", notes.span_since(last.created_at), source)


def _note_turn(notes: Notes, people: Sequence[JournalEntry], opened_at: datetime | None) -> None:
    source = notes.of_case("comments")
    if people and people[-1].author_kind is AuthorKind.UNKNOWN:
        for name in ("last_word", "waiting_on", "waiting_for"):
            notes.miss(name, _unknown_author(people[-1]), source)
        return
    notes.know("last_word", people[-1].author_kind.value if people else "nobody", source)
    case = notes.dossier.case
    turn, since = _turn(people, opened_at, case)
    notes.know("waiting_on", turn, source)
    if turn == "unclear":
        notes.know("waiting_for", None, source)
    else:
        notes.know_since("waiting_for", since, source, "since when is not known")


def _turn(people: Sequence[JournalEntry], opened_at: datetime | None, case: Case | None) -> tuple[str, datetime | None]:
    """Whose turn it is, and since when; after our word it is the customer's only where the state says so.

    A customer who wrote again waits since the first comment that is still without an answer.
    """
    state = case.state.key if case is not None else ""
    if state in {"closed", "cancelled"}:
        return "unclear", None
    if not people:
        return "us", opened_at
    if people[-1].author_kind is AuthorKind.CUSTOMER:
        first = len(people) - 1
        while first and people[first - 1].author_kind is AuthorKind.CUSTOMER:
            first -= 1
        return "us", people[first].created_at
    if state in {"awaiting_info", "resolved"}:
        return "customer", people[-1].created_at
    return "unclear", None


def _unknown_author(entry: JournalEntry) -> str:
    return f"it is not known who wrote the comment of {entry.created_at:%Y-%m-%d %H:%M} UTC"
