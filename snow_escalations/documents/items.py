"""A document with a long list, of which one item that is no YAML hides none of the others.

YAML stops at the first place that it cannot read. So the items are read one by one then, by the lines at which they
begin, and the document without those that cannot be read.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from snow_escalations.documents.nodes import Position
from snow_escalations.documents.parse import SECOND_DOCUMENT, Document, parse
from snow_escalations.documents.problems import DocumentError, Problem

_ITEM = re.compile(r"(?P<indent> *)-(?:\s|$)")
_KEY = re.compile(r"(?P<key>[A-Za-z_]+):(?:\s|$)")
_LIST = re.compile(r"(?P<key>[A-Za-z_]+):\s*(?:#.*)?$")
_UNREAD = "*unread"


class Read(NamedTuple):
    """A document, and what of it is no YAML; None where nobody can tell it from the rest.

    In place of an item that is none stands one that could not be read.
    """

    document: Document | None
    problems: tuple[Problem, ...] = ()


class _Piece(NamedTuple):
    """Lines that are YAML by themselves: some keys, or an item of the list, which is indented."""

    start: int
    end: int
    indent: str | None = None


def parse_items(text: str, source: str, key: str, beside: Collection[str]) -> Read:
    """Parse a document with a list under a key, and perhaps other keys beside it."""
    try:
        return Read(parse(text, source))
    except DocumentError as error:
        whole = error.problems
    lines = text.splitlines()
    if whole[-1].message == SECOND_DOCUMENT:
        first = parse_items("\n".join(lines[: whole[-1].line - 1]), source, key, beside)
        return Read(first.document, (*first.problems, whole[-1]))
    problems: list[Problem] = []
    stand_ins: set[Position] = set()
    mended = [*lines]
    for start, end, indent in _pieces(lines, key, beside):
        try:
            parse("\n" * start + "\n".join(lines[start:end]), source)
        except DocumentError as error:
            problems += error.problems
            mended[start:end] = [""] * (end - start)
            if indent is not None:
                mended[start] = f"{indent}- {_UNREAD}"
                stand_ins.add(Position(start + 1, len(indent) + 3))
    try:
        document = parse("\n".join(mended), source)
    except DocumentError:
        return Read(None, whole)
    rest = (problem for problem in document.problems if Position(problem.line, problem.column) not in stand_ins)
    return Read(replace(document, problems=tuple(rest)), tuple(problems))


def _pieces(lines: list[str], key: str, beside: Collection[str]) -> Iterator[_Piece]:
    """The keys before the list, its items, and the keys behind it; the line of its own key is none."""
    at = next(
        (number for number, line in enumerate(lines) if (found := _LIST.match(line)) and found["key"] == key), None
    )
    if at is None:
        return
    yield _Piece(0, at)
    first = next((found for line in lines[at + 1 :] if (found := _ITEM.match(line))), None)
    indent = first["indent"] if first is not None else ""
    starts: list[tuple[int, str | None]] = []
    for number, line in enumerate(lines[at + 1 :], start=at + 1):
        item, named = _ITEM.match(line), _KEY.match(line)
        if item is not None and item["indent"] == indent and (not starts or starts[-1][1] is not None):
            starts.append((number, indent))
        elif named is not None and named["key"] in beside:
            starts.append((number, None))
    for (start, of), (end, _) in pairwise([*starts, (len(lines), None)]):
        yield _Piece(start, end, of)
