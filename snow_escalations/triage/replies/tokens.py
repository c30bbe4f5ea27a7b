"""Where the words of a template stand: Jinja's nodes know their line alone, its tokens lead to the column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from jinja2 import Environment, nodes

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
    tree: nodes.Template
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

    def place_of(self, node: nodes.Node) -> Position:
        """Where a name, or the part that an expression names of one, stands: the first as the first, and so on."""
        wanted = _tokens_of(node)
        same = [other for other in _in_text_order(self.tree) if _tokens_of(other) == wanted]
        number = next((number for number, other in enumerate(same) if other is node), None)
        values = [value for value, _ in self.tokens]
        places = [
            self.tokens[start + len(wanted) - 1][1]
            for start in range(len(values))
            if tuple(values[start : start + len(wanted)]) == wanted
            and not (start and values[start - 1] in _BEFORE_PARTS)
        ]
        if number is None or number >= len(places):
            return Position(node.lineno, 1)
        return places[number]


def _tokens_of(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return (node.node.name, ".", node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.node, nodes.Name) and isinstance(node.arg, nodes.Const):
        return (node.node.name, "[", str(node.arg.value))
    return ()


def _in_text_order(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    children = list(node.iter_child_nodes())
    if isinstance(node, nodes.CondExpr):
        children = [node.expr1, node.test, *([] if node.expr2 is None else [node.expr2])]
    for child in children:
        yield from _in_text_order(child)
