"""YAML text to nodes with positions, with YAML's traps refused instead of guessed at.

Accepted is the plain part of YAML: mappings, lists, and scalars by the YAML 1.2 core rules. Refused, each with the
remedy: duplicate keys and keys that are no text, anchors and aliases (a bomb of 271 bytes expands to 43 million
leaves), merge keys, tags, several documents in one file, `yes`/`no`/`on`/`off` (a boolean to some readers, text to
others), numbers with a leading zero (octal to some) and unquoted `22:30` (1350 to some), numbers too long or too large
to compute with.

A *confidential* document may hold secrets at places where nobody expects them: of such a one no line is ever quoted,
and in any document no message tells the value of a key that looks secret.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import yaml
import yaml.events as ev

from snow_escalations.documents.confidential import looks_secret
from snow_escalations.documents.nodes import Mapping, Node, Path, Plain, Position, Scalar, Sequence, locate
from snow_escalations.documents.problems import DocumentError, Problem, problem_at

DEPTH_LIMIT = 40
DIGIT_LIMIT = 40
SECOND_DOCUMENT = "a second document starts here; a file holds one document"
UNREAD_KEY = ""
"""Stands in a path for a key that could not be read."""

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_SEXAGESIMAL = re.compile(r"[-+]?[0-9]+(?::[0-5]?[0-9])+")
_WORD = re.compile(r"[A-Za-z_-]+")
_BOOLEAN_TRAPS = frozenset({"yes", "no", "on", "off", "y", "n"})
_NO_KEYS = {
    "": "a key must be plain text, and here is none",
    "<<": "a merge key `<<` is not accepted; write out the keys that it stands for",
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A parsed document: its nodes, its lines, and what is already known to be wrong with it."""

    source: str
    root: Node
    lines: list[str] = field(repr=False)
    """What may be quoted: nothing of a confidential document."""
    problems: tuple[Problem, ...] = ()
    unclear: frozenset[Position] = field(default=frozenset(), repr=False)
    """Where nobody knows what is meant, as a problem tells; what an anchor stands at is as clear as without it."""
    unread: frozenset[Position] = field(default=frozenset(), repr=False)
    """Where, among these, not even a value could be read."""

    def plain(self) -> Plain:
        """The values without positions."""
        return self.root.plain()

    def problem(self, path: Path, message: str) -> Problem:
        """A problem at the place that `path` leads to, or at the deepest part of it that is written."""
        position, _ = locate(self.root, path)
        return problem_at(self.source, self.lines, position, message)

    def is_unclear(self, node: Node) -> bool:
        """Whether something is wrong with a node already, so that nobody knows what it means."""
        return self.is_unclear_at(node.position)

    def is_unclear_at(self, position: Position) -> bool:
        """The same of what stands at a position."""
        return position in self.unclear

    def is_unread(self, node: Node) -> bool:
        """Whether a value is written there that could not be read, so that whatever is wrong with it follows."""
        return isinstance(node, Scalar) and node.position in self.unread

    def unclear_in(self, node: Node, path: Path = ()) -> Iterator[Path]:
        """Where in a node nobody knows what is meant: values with which something is wrong, keys twice or unread."""
        if isinstance(node, Scalar):
            if self.is_unclear(node):
                yield path
        elif isinstance(node, Sequence):
            for place, item in enumerate(node.items):
                yield from self.unclear_in(item, (*path, place))
        else:
            yield from ((*path, key) for key in sorted(node.repeated))
            if node.has_unread_keys:
                yield (*path, UNREAD_KEY)
            for key, _, content in node.entries:
                yield from self.unclear_in(content, (*path, key))

    def problem_at(self, position: Position, message: str) -> Problem:
        """A problem at a position."""
        return problem_at(self.source, self.lines, position, message)


def parse(text: str, source: str, *, confidential: bool = False) -> Document:
    """Parse one YAML document; problems short of bad syntax are collected in the result, not raised.

    Raises:
        DocumentError: the text is not YAML, or holds more than one document. It has what was found up to there.
    """
    lines = [] if confidential else text.splitlines()
    problems: list[Problem] = []
    reader = _Reader(source, lines, yaml.parse(text, Loader=_LOADER), problems)
    try:
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        # Their texts quote the document in a traceback, so a confidential one is not chained.
        raise DocumentError([*problems, _bad_syntax(source, lines, error)]) from (None if confidential else error)
    except yaml.reader.ReaderError as error:
        position = _position_of_offset(text, int(error.position))
        found = problem_at(source, lines, position, f"a character that YAML does not allow ({error.reason})")
        raise DocumentError([*problems, found]) from (None if confidential else error)
    return Document(source, root, lines, tuple(problems), frozenset(reader.unclear), frozenset(reader.unread))


def _bad_syntax(source: str, lines: list[str], error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    reason = " ".join(part for part in (error.context, error.problem) if part)
    return problem_at(source, lines, position, f"not valid YAML: {reason}")


def _position_of_offset(text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


class _Reader:
    """Builds nodes from parser events and notes every trap on the way in `problems`."""

    def __init__(self, source: str, lines: list[str], events: Iterator[ev.Event], problems: list[Problem]) -> None:
        self._source = source
        self._lines = lines
        self._events = events
        self._problems = problems
        self.unclear: set[Position] = set()
        self.unread: set[Position] = set()

    def document(self) -> Node:
        """The one document of the stream; an empty file is an empty mapping."""
        next(self._events)
        event = next(self._events)
        if isinstance(event, ev.StreamEndEvent):
            return Mapping((), Position(1, 1))
        root = self._node(next(self._events), depth=0)
        next(self._events)
        event = next(self._events)
        if isinstance(event, ev.DocumentStartEvent):
            raise self._end(_position(event), SECOND_DOCUMENT)
        if isinstance(root, Scalar) and root.value is None and root.position not in self.unread:
            return Mapping((), Position(1, 1))
        return root

    def _note(self, position: Position, message: str) -> None:
        self._tell(position, message)
        self.unclear.add(position)

    def _tell(self, position: Position, message: str) -> None:
        self._problems.append(problem_at(self._source, self._lines, position, message))

    def _end(self, position: Position, message: str) -> DocumentError:
        """What ends the reading, with all that was noted before it."""
        self._note(position, message)
        return DocumentError(self._problems)

    def _node(self, event: ev.Event, depth: int, *, hidden: bool = False) -> Node:
        position = _position(event)
        if depth > DEPTH_LIMIT:
            raise self._end(position, f"nested deeper than {DEPTH_LIMIT} levels")
        if isinstance(event, ev.AliasEvent):
            self._note(position, f"alias{_told(f'*{event.anchor}', hidden)} is not accepted; write the value out")
            self.unread.add(position)
            return Scalar(None, "", position)
        written = cast("ev.ScalarEvent | ev.MappingStartEvent | ev.SequenceStartEvent", event)
        self._tell_marks(written, position, hidden=hidden)
        if isinstance(written, ev.MappingStartEvent):
            return self._mapping(position, depth, hidden=hidden)
        if isinstance(written, ev.SequenceStartEvent):
            return self._sequence(position, depth, hidden=hidden)
        return self._scalar(written, position, hidden=hidden)

    def _tell_marks(
        self, event: ev.ScalarEvent | ev.MappingStartEvent | ev.SequenceStartEvent, position: Position, *, hidden: bool
    ) -> None:
        """Refuse anchors and tags.

        A list or a mapping is what is written without them; what a tag makes of a scalar, nobody knows.
        """
        if event.anchor:
            anchor = _told(f"&{event.anchor}", hidden)
            self._tell(position, f"anchor{anchor} is not accepted; write the value out where it is used")
        if event.tag not in {None, "!"}:
            self._tell(position, f"tag{_told(str(event.tag), hidden)} is not accepted; write a plain value")
            if isinstance(event, ev.ScalarEvent):
                self.unclear.add(position)
                self.unread.add(position)

    def _mapping(self, position: Position, depth: int, *, hidden: bool) -> Mapping:
        entries: list[tuple[str, Position, Node]] = []
        seen: dict[str, Position] = {}
        repeated: set[str] = set()
        has_unread_keys = False
        while not isinstance(event := next(self._events), ev.MappingEndEvent):
            key_position = _position(event)
            key = self._key(event, depth, hidden=hidden)
            if key is None:
                has_unread_keys = True
                self._unread_value(depth, hidden=hidden)
                continue
            secret = hidden or looks_secret(key)
            node = self._node(next(self._events), depth + 1, hidden=secret)
            if key in seen:
                told = _told(key, secret and not _WORD.fullmatch(key))
                self._note(key_position, f"duplicate key{told}; it is first written in line {seen[key].line}")
                repeated.add(key)
                continue
            seen[key] = key_position
            entries.append((key, key_position, node))
        return Mapping(tuple(entries), position, frozenset(repeated), has_unread_keys)

    def _key(self, event: ev.Event, depth: int, *, hidden: bool) -> str | None:
        """The text of a key, or None where it is none, which is told with the one thing that is wrong."""
        position = _position(event)
        if isinstance(event, ev.ScalarEvent):
            self._tell_marks(event, position, hidden=hidden)
            if event.value not in _NO_KEYS or not event.implicit[0]:
                return str(event.value)
            self._note(position, _NO_KEYS[event.value])
            return None
        told = len(self._problems)
        self._node(event, depth + 1, hidden=hidden)
        if not isinstance(event, ev.AliasEvent):
            del self._problems[told:]
            self._note(position, "a key must be plain text")
        return None

    def _unread_value(self, depth: int, *, hidden: bool) -> None:
        """Read on behind a key that could not be read; aliases there, by itself or in a list, go with the key."""
        event = next(self._events)
        if isinstance(event, ev.AliasEvent):
            return
        if not isinstance(event, ev.SequenceStartEvent):
            self._node(event, depth + 1, hidden=hidden)
            return
        while not isinstance(event := next(self._events), ev.SequenceEndEvent):
            if not isinstance(event, ev.AliasEvent):
                self._node(event, depth + 2, hidden=hidden)

    def _sequence(self, position: Position, depth: int, *, hidden: bool) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), ev.SequenceEndEvent):
            items.append(self._node(event, depth + 1, hidden=hidden))
        return Sequence(tuple(items), position)

    def _scalar(self, event: ev.ScalarEvent, position: Position, *, hidden: bool) -> Scalar:
        text: str = event.value
        if not event.implicit[0]:
            return Scalar(text, text, position)
        told = "the value" if hidden else f"`{text}`"
        if text.lower() in _BOOLEAN_TRAPS:
            self._note(position, f"{told} means a boolean to some readers; write true or false, or quote the text")
        elif _LEADING_ZERO.fullmatch(text):
            self._note(position, f"{told} is octal to some readers; quote it, or drop the leading zero")
        elif _SEXAGESIMAL.fullmatch(text):
            self._note(position, f"{told} is a number in base 60 to some readers; quote it")
        elif _is_number(text) and (trouble := _trouble_of_number(text)):
            self._note(position, f"{trouble}; write a smaller number, or quote it if it is a text")
            self.unread.add(position)
            return Scalar(None, text, position)
        return Scalar(_resolve(text), text, position)


def _told(text: str, hidden: bool) -> str:  # noqa: FBT001
    return "" if hidden else f" `{text}`"


def _is_number(text: str) -> bool:
    return bool(_INTEGER.fullmatch(text) or _FLOAT.fullmatch(text))


def _trouble_of_number(text: str) -> str | None:
    """Why a number cannot be computed with, or None."""
    digits = sum(character.isdigit() for character in text)
    if digits > DIGIT_LIMIT:
        return f"a number of {digits} digits, the limit is {DIGIT_LIMIT}"
    if not math.isfinite(float(text)):
        return "a number beyond 1.8e308, the largest that can be computed with"
    return None


def _position(event: ev.Event) -> Position:
    mark = cast("yaml.error.Mark", event.start_mark)
    return Position(mark.line + 1, mark.column + 1)


def _resolve(text: str) -> str | int | float | bool | None:
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
