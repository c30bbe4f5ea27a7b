"""Where the words of a template stand: Jinja's nodes know their line alone, its tokens lead to the column."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from jinja2 import Environment

from snow_escalations.documents import Position

_BLANK = {"whitespace", "data", "comment_begin", "comment", "comment_end", "linecomment"}
_BEFORE_PARTS = {".", "|"}
_BEGIN = re.compile(r"\{[{%]")


def begin_of(text: str, line: int) -> Position:
    """Where the first expression of a line begins, or the line, if it has none."""
    lines = text.split("\n")
    match = _BEGIN.search(lines[line - 1]) if 0 < line <= len(lines) else None
    return Position(line, match.start() + 1 if match else 1)


@dataclass
class Tokens:
    """The tokens of a template that mean something, with their positions; each is given out once.

    They are read when the first is asked for: a template without problems needs none.
    """

    environment: Environment
    text: str
    taken: set[int] = field(default_factory=set)

    @cached_property
    def tokens(self) -> list[tuple[str, Position]]:
        """All tokens of the text, which has been parsed before."""
        tokens: list[tuple[str, Position]] = []
        offset = 0
        for _, kind, value in self.environment.lex(self.text):
            # Blanks that a template strips are no token, so the next one is looked for.
            found = self.text.find(value, offset)
            start = offset if found < 0 else found
            offset = start + len(value)
            if kind not in _BLANK:
                line, column = self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start)
                tokens.append((value.strip("\"'") if kind == "string" else value, Position(line, column)))
        return tokens

    def place(self, line: int, wanted: tuple[str, ...]) -> Position:
        """Where the last of some successive tokens stands, from a line on; the line's start if they are not found."""
        values = [value for value, _ in self.tokens]
        for start, (_, position) in enumerate(self.tokens):
            last = start + len(wanted) - 1
            if position.line < line or last in self.taken or tuple(values[start : last + 1]) != wanted:
                continue
            if len(wanted) == 1 and start and values[start - 1] in _BEFORE_PARTS:
                continue
            self.taken.add(last)
            return self.tokens[last][1]
        return Position(line, 1)
