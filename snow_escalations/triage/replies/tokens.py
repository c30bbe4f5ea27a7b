"""Where the words of a template stand: Jinja's nodes know their line alone, its tokens lead to the column."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from jinja2 import Environment, nodes

from snow_escalations.documents import Position

_BLANK = {"whitespace", "data", "comment_begin", "comment", "comment_end", "linecomment"}
_BEFORE_PARTS = {".", "|"}
_BEGIN = re.compile(r"\{[{%]")
_TAGS = {"if", "elif", "set"}


class Told(NamedTuple):
    """What is wrong with a node, and where that is."""

    position: Position
    message: str
    node: nodes.Node


def begin_of(text: str, line: int) -> Position:
    """Where the first expression of a line begins, or the line, if it has none."""
    lines = text.split("\n")
    match = _BEGIN.search(lines[line - 1]) if 0 < line <= len(lines) else None
    return Position(line, match.start() + 1 if match else 1)


@dataclass
class Tokens:
    """The tokens of a template that mean something, with their positions; `place` gives each out once.

    They are read when the first is asked for: a template without problems needs none.
    """

    environment: Environment
    text: str
    tree: nodes.Template
    taken: set[int] = field(default_factory=set)

    @cached_property
    def tokens(self) -> list[tuple[str, Position]]:
        """All tokens of the text, which has been parsed before."""
        return [(value, position) for _, value, position in self._lexed]

    @cached_property
    def _lexed(self) -> list[tuple[str, str, Position]]:
        tokens: list[tuple[str, str, Position]] = []
        offset, line, begin = 0, 1, 0
        for _, kind, value in self.environment.lex(self.text):
            # Blanks that a template strips are no token, so the next one is looked for.
            found = self.text.find(value, offset)
            start = offset if found < 0 else found
            line += self.text.count("\n", offset, start)
            begin = max(begin, self.text.rfind("\n", offset, start) + 1)
            if kind not in _BLANK:
                told = value.strip("\"'") if kind == "string" else value
                tokens.append((kind, told, Position(line, start - begin + 1)))
            offset = start + len(value)
            line += value.count("\n")
            begin = max(begin, self.text.rfind("\n", start, offset) + 1)
        return tokens

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        """Where each token is among all of them."""
        starts: dict[str, list[int]] = defaultdict(list)
        for number, (value, _) in enumerate(self.tokens):
            starts[value].append(number)
        return starts

    def _found(self, wanted: tuple[str, ...]) -> Iterator[int]:
        """The last of each of some successive tokens; one alone is no part of another name."""
        for start in self._starts.get(wanted[0], ()):
            follows = start and self.tokens[start - 1][0] in _BEFORE_PARTS
            if not follows and tuple(value for value, _ in self.tokens[start : start + len(wanted)]) == wanted:
                yield start + len(wanted) - 1

    def place(self, line: int, wanted: tuple[str, ...]) -> Position:
        """Where the last of some successive tokens stands, from a line on; the line's start if they are not found."""
        for last in self._found(wanted):
            if last not in self.taken and self.tokens[last][1].line >= line:
                self.taken.add(last)
                return self.tokens[last][1]
        return Position(line, 1)

    def place_of(self, node: nodes.Node) -> Position:
        """Where a name, the part that an expression names of something, or a filter stands; else its line's begin."""
        wanted = _tokens_of(node)
        if not wanted:
            return Position(node.lineno, 1)
        number = self._alike.get(wanted, {}).get(id(node))
        places = self._places.get(wanted)
        if places is None:
            places = self._places[wanted] = [self.tokens[last][1] for last in self._found(wanted)]
        return Position(node.lineno, 1) if number is None or number >= len(places) else places[number]

    @cached_property
    def _alike(self) -> dict[tuple[str, ...], dict[int, int]]:
        """Of nodes that are written alike which is the first, the second and so on, as their tokens are."""
        alike: dict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
        for node in _in_text_order(self.tree):
            same = alike[_tokens_of(node)]
            same.setdefault(id(node), len(same))
        return alike

    @cached_property
    def _places(self) -> dict[tuple[str, ...], list[Position]]:
        return {}

    def begin_of_tag(self, node: nodes.Node) -> Position | None:
        """Where the tag begins that a node stands in, if it is one of those that a letter has."""
        return self._begins.get(id(node))

    def begin_of_word(self, line: int, word: str) -> Position | None:
        """Where the next tag from a line on begins that has a name; each is given out once."""
        for number in self._starts.get(word, ()):
            kind, _, position = self._lexed[number - 1]
            if number not in self.taken and kind == "block_begin" and position.line >= line:
                self.taken.add(number)
                return position
        return None

    @cached_property
    def _begins(self) -> dict[int, Position]:
        """Tags and what Jinja made of them stand in one order; none, where one of them is no tag of a letter."""
        made, begins = [*_tagged(self.tree)], []
        for number, (kind, _, position) in enumerate(self._lexed):
            if kind == "variable_begin" or (kind == "block_begin" and self.tokens[number + 1][0] in _TAGS):
                begins.append(position)
        if len(begins) != len(made):
            return {}
        parts = ((part, begin) for part_of, begin in zip(made, begins, strict=True) for part in part_of)
        return {id(inner): begin for part, begin in parts for inner in (part, *part.find_all(nodes.Node))}


def _tokens_of(node: nodes.Node) -> tuple[str, ...]:
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Filter) and node.node is not None:
        return ("|", node.name)
    if isinstance(node, nodes.Getattr):
        return (".", node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return ("[", str(node.arg.value))
    return ()


def _in_text_order(node: nodes.Node) -> Iterator[nodes.Node]:
    children = list(node.iter_child_nodes())
    if isinstance(node, nodes.CondExpr):
        children = [node.expr1, node.test, *([] if node.expr2 is None else [node.expr2])]
    if isinstance(node, nodes.Filter | nodes.Getattr | nodes.Getitem) and node.node is not None:
        yield from _in_text_order(children.pop(0))
    yield node
    for child in children:
        yield from _in_text_order(child)


def _tagged(node: nodes.Node) -> Iterator[tuple[nodes.Node, ...]]:
    """What stands in each tag of a letter that has an expression, in the order of the text."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Output):
            yield from ((item,) for item in child.nodes if not isinstance(item, nodes.TemplateData))
        elif isinstance(child, nodes.Stmt):
            if isinstance(child, nodes.If):
                yield (child.test,)
            elif isinstance(child, nodes.Assign):
                yield (child.target, child.node)
            elif isinstance(child, nodes.AssignBlock):
                yield (child.target,)
            yield from _tagged(child)
