"""Journal entries out of display text, for instances that close their journal table to us.

With display values on, a journal field reads as one text, newest first, each entry headed
`STAMP - FULL NAME (LABEL)` in the caller's date format and time zone. A customer can write a line that looks like such
a header, so this text proves neither who wrote an entry nor where one ends: authors stay unknown. It is good enough for
a person to read, and to find our own words in.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from snow_escalations.model import AuthorKind, Element, JournalEntry

_HEADER = re.compile(r"(?P<stamp>[0-9][0-9./\-: ]{7,20}(?: [APap][Mm])?) - (?P<author>[^\n]+) \((?P<label>[^()\n]+)\)")
_STORED = "%Y-%m-%d %H:%M:%S"
FORMATS = tuple(
    f"{date} {time}"
    for date in ("%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d")
    for time in ("%H:%M:%S", "%H.%M.%S", "%I:%M:%S %p")
)
"""Date and time formats that a ServiceNow user can choose."""
_FARTHEST = timedelta(hours=14, minutes=5)


def instant(text: str | None) -> datetime | None:
    """A stored date-time (UTC, no zone written) as an aware instant; None for an empty or malformed one."""
    try:
        return datetime.strptime(text or "", _STORED).replace(tzinfo=UTC)
    except ValueError:
        return None


class DisplayZone:
    """The format and offset in which an instance shows instants to us, found from fields read in both forms."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """From (stored, shown) pairs of any date-time fields; pairs that fit no known format are passed over."""
        self._pairs = [(stored, shown) for stored, shown in pairs if instant(stored) is not None]
        self._format = next((name for name in FORMATS if self._pairs and self._fits(name)), None)
        self._offsets = sorted(self._offsets_of(self._format)) if self._format else []

    def _offsets_of(self, name: str) -> list[tuple[datetime, timedelta]]:
        offsets = []
        for stored, shown in self._pairs:
            utc, local = instant(stored), _parsed(shown, name)
            if utc is not None and local is not None:
                offsets.append((utc, local - utc))
        return offsets

    def _fits(self, name: str) -> bool:
        offsets = self._offsets_of(name)
        return len(offsets) == len(self._pairs) and all(abs(offset) <= _FARTHEST for _, offset in offsets)

    def utc(self, shown: str) -> datetime | None:
        """A shown instant in UTC by the offset of the nearest known one (an hour off across a change of clocks)."""
        local = _parsed(shown, self._format) if self._format else None
        if local is None:
            return None
        _, offset = min(self._offsets, key=lambda known: (abs(known[0] - local), known[0]))
        return local - offset


def _parsed(text: str, name: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), name).replace(tzinfo=UTC)
    except ValueError:
        return None


def parse(text: str, element: Element, zone: DisplayZone) -> tuple[JournalEntry, ...] | None:
    """The entries of one journal field, oldest first; None where the text does not start with a readable header."""
    if not text.strip():
        return ()
    entries: list[tuple[datetime, str, list[str]]] = []
    for line in text.splitlines():
        match = _HEADER.fullmatch(line)
        at = zone.utc(match["stamp"]) if match is not None else None
        # Newest first: a stamp that is later than the entry above it belongs to somebody's text.
        if match is not None and at is not None and (not entries or at <= entries[-1][0]):
            entries.append((at, match["author"], []))
        elif not entries:
            return None
        else:
            entries[-1][2].append(line)
    return tuple(
        JournalEntry(
            element=element,
            text="\n".join(lines).strip("\n"),
            created_at=at,
            author=author,
            author_kind=AuthorKind.UNKNOWN,
        )
        for at, author, lines in reversed(entries)
    )
