"""Comments and work notes of a record, and what it means when they could not be read."""

from enum import StrEnum
from operator import attrgetter

from pydantic import AwareDatetime, field_validator

from snow_escalations.model.base import Model

_IN_ORDER = attrgetter("created_at", "sys_id")


class Element(StrEnum):
    """The journal fields of a case: `comments` is what the customer sees, `work_notes` is internal."""

    COMMENTS = "comments"
    WORK_NOTES = "work_notes"


class AuthorKind(StrEnum):
    """Who wrote an entry, judged by the author's own record and never by the text.

    `TOOL` is a comment that this program posted: it stands for a decision, and is no answer of a person.
    """

    US = "us"
    TOOL = "tool"
    CUSTOMER = "customer"
    SYSTEM = "system"
    UNKNOWN = "unknown"


class JournalEntry(Model):
    """One entry. `sys_id` is empty where the entry was read from display text, which has no ids."""

    element: Element
    text: str
    created_at: AwareDatetime
    author: str
    author_kind: AuthorKind
    sys_id: str = ""


class Journal(Model):
    """All entries of one record, oldest first however they are given, or the reason why they are not known to be all.

    A journal that an ACL closed answers 200 with an empty list; so `unreadable` is set unless the reading was proved
    complete, and nobody may read the lack of entries as silence while it is set.
    """

    entries: tuple[JournalEntry, ...] = ()
    unreadable: str | None = None

    @field_validator("entries")
    @classmethod
    def _oldest_first(cls, entries: tuple[JournalEntry, ...]) -> tuple[JournalEntry, ...]:
        return tuple(sorted(entries, key=_IN_ORDER))

    def of(self, element: Element) -> tuple[JournalEntry, ...]:
        """The entries of one journal field."""
        return tuple(entry for entry in self.entries if entry.element is element)
