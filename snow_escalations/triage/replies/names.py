"""The names in a template, checked before it is rendered: all that are unknown, each at its column, with a suggestion.

Rendering stops at the first unknown name and knows its line alone; Jinja's nodes have no columns either, so they are
taken from its tokens.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from snow_escalations.documents import Position, suggest

Trouble = tuple[Position, str]
_BLANK = {"whitespace", "data", "comment_begin", "comment", "comment_end", "linecomment"}
_BEFORE_PARTS = {".", "|"}
_REFUSED = (
    nodes.For,
    nodes.Macro,
    nodes.CallBlock,
    nodes.FilterBlock,
    nodes.Block,
    nodes.Extends,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.With,
    nodes.AssignBlock,
)
_NAMES: Mapping[type[nodes.Node], str] = {
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
    nodes.AssignBlock: "set block",
}
_HAS = "there are `if` and `set`, and the values that docs/policy.md lists"
_BEGIN = re.compile(r"\{[{%]")


def unknown_names(environment: SandboxedEnvironment, text: str, context: Mapping[str, Any]) -> list[Trouble]:
    """What a template names that is not in the context, and the filters and tests that there are not.

    Raises:
        jinja2.TemplateSyntaxError: the text is no template.
    """
    tree, words = environment.parse(text), _Words.of(environment, text)
    stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    known = {name: value for name, value in context.items() if name not in stored}
    troubles = [
        *_unknown_variables(tree, words, {*context, *stored}),
        *_unknown_parts(tree, words, known),
        *_unknown_helpers(tree, words, environment),
    ]
    return sorted(troubles, key=lambda trouble: (trouble[0].line, trouble[0].column))


def refused_tags(environment: SandboxedEnvironment, text: str) -> list[Trouble]:
    """The statements that a reply may not have: whatever repeats can be made to run for ever, and a letter needs none.

    Raises:
        jinja2.TemplateSyntaxError: the text is no template.
    """
    refused = environment.parse(text).find_all(_REFUSED)
    return [(begin_of(text, node.lineno), f"a reply cannot use `{_tag(node)}`: {_HAS}") for node in refused]


def _tag(node: nodes.Node) -> str:
    return _NAMES.get(type(node), type(node).__name__.lower())


def begin_of(text: str, line: int) -> Position:
    """Where the first expression of a line begins, or the line, if it has none."""
    lines = text.splitlines()
    match = _BEGIN.search(lines[line - 1]) if 0 < line <= len(lines) else None
    return Position(line, match.start() + 1 if match else 1)


def _unknown_variables(tree: nodes.Template, words: "_Words", known: Collection[str]) -> Iterator[Trouble]:
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in known:
            message = f"there is no `{name.name}`{suggest(name.name, known)}"
            yield words.place(name.lineno, (name.name,)), message


def _unknown_parts(tree: nodes.Template, words: "_Words", known: Mapping[str, Any]) -> Iterator[Trouble]:
    accesses = [(node, node.node, ".", node.attr) for node in tree.find_all(nodes.Getattr)]
    items = [(node, node.node, "[", node.arg) for node in tree.find_all(nodes.Getitem)]
    constants = [(*item[:3], item[3].value) for item in items if isinstance(item[3], nodes.Const)]
    for node, owner, mark, part in [*accesses, *constants]:
        name = owner.name if isinstance(owner, nodes.Name) else ""
        if isinstance(part, str) and isinstance(known.get(name), Mapping) and part not in known[name]:
            message = f"`{name}` has no `{part}`{suggest(part, known[name])}"
            yield words.place(node.lineno, (name, mark, part)), message


def _unknown_helpers(tree: nodes.Template, words: "_Words", environment: SandboxedEnvironment) -> Iterator[Trouble]:
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        kind, known = ("filter", environment.filters) if isinstance(node, nodes.Filter) else ("test", environment.tests)
        if node.name not in known:
            hint = suggest(node.name, known) or f"; known: {', '.join(sorted(known))}"
            before = ("|",) if kind == "filter" else ()
            yield words.place(node.lineno, (*before, node.name)), f"there is no {kind} `{node.name}`{hint}"


@dataclass
class _Words:
    """The tokens of a template that mean something, with their positions; each is given out once."""

    tokens: list[tuple[str, Position]]
    taken: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, environment: SandboxedEnvironment, text: str) -> "_Words":
        """All tokens of a text."""
        text = "\n".join(text.splitlines())
        tokens: list[tuple[str, Position]] = []
        offset = 0
        for _, kind, value in environment.lex(text):
            # Blanks that a template strips are no token, so the next one is looked for.
            found = text.find(value, offset)
            start = offset if found < 0 else found
            offset = start + len(value)
            if kind not in _BLANK:
                position = Position(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
                tokens.append((value.strip("\"'") if kind == "string" else value, position))
        return cls(tokens)

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
