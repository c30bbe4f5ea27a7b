"""The names in a template, checked before it is rendered: all that are unknown, each at its column, with a suggestion.

Rendering stops at the first unknown name, and does not come to the branches that are not taken.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from jinja2 import nodes

from snow_escalations.documents import Position, suggest
from snow_escalations.triage.replies.context import ROOTS
from snow_escalations.triage.replies.environment import IN_WORDS, ReplyEnvironment
from snow_escalations.triage.replies.grammar import names_made_by
from snow_escalations.triage.replies.tokens import Tokens
from snow_escalations.triage.replies.wording import WORDINGS

Trouble = tuple[Position, str]
Access: TypeAlias = nodes.Getattr | nodes.Getitem
Found: TypeAlias = Sequence[nodes.Node]
"""All nodes of a template."""
_UNKNOWN = object()


def unknown_names(
    environment: ReplyEnvironment,
    tree: nodes.Template,
    tokens: Tokens,
    context: Mapping[str, Any],
    refused: Iterable[nodes.Node] = (),
) -> list[Trouble]:
    """What a template names that is not in the context, and the filters and tests that there are not.

    What stands inside of `refused` parts is passed over, and may be made by them what no other part makes.
    """
    refused = [*refused]
    inside = {id(inner) for node in refused for inner in (node, *node.find_all(nodes.Node))}
    found = [node for node in tree.find_all(nodes.Node) if id(node) not in inside]
    troubles = [
        *_unknown_variables(found, tokens, {*context, *names_set(tree), *names_made_by(refused)}),
        *_taken_names(found, tokens, context),
        *_bare_roots(found, tokens),
        *_unknown_parts(found, tokens, context),
        *_unknown_helpers(found, tokens, environment),
    ]
    return sorted(troubles, key=lambda trouble: (trouble[0].line, trouble[0].column))


def names_set(tree: nodes.Template) -> frozenset[str]:
    """The names that a template sets somewhere."""
    return frozenset(name.name for name in tree.find_all(nodes.Name) if name.ctx != "load")


def facts_named(tree: nodes.Template) -> frozenset[str]:
    """The facts that a template names."""
    return frozenset(fact for node in _accesses(list(tree.find_all(nodes.Node))) if (fact := fact_of(node)))


def fact_of(node: nodes.Node) -> str | None:
    """The fact that `evidence.FACT` or `evidence["FACT"]` names, or None for any other expression."""
    if isinstance(node, nodes.Getattr | nodes.Getitem) and isinstance(node.node, nodes.Name):
        part = _part_of(node)
        return part if node.node.name == "evidence" and isinstance(part, str) else None
    return None


def _names(found: Found) -> Iterator[nodes.Name]:
    return (node for node in found if isinstance(node, nodes.Name))


def _accesses(found: Found) -> Iterator[Access]:
    return (node for node in found if isinstance(node, nodes.Getattr | nodes.Getitem))


def _part_of(node: Access) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def _unknown_variables(found: Found, tokens: Tokens, known: Collection[str]) -> Iterator[Trouble]:
    for name in _names(found):
        if name.ctx == "load" and name.name not in known:
            message = f"there is no `{name.name}`{suggest(name.name, known)}"
            yield tokens.place_of(name), message


def _taken_names(found: Found, tokens: Tokens, context: Collection[str]) -> Iterator[Trouble]:
    for name in _names(found):
        if name.ctx != "load" and name.name in context:
            yield tokens.place_of(name), f"`{name.name}` is taken; `set` another name"


def _bare_roots(found: Found, tokens: Tokens) -> Iterator[Trouble]:
    owners = {id(access.node) for access in _accesses(found) if isinstance(_part_of(access), str)}
    for name in _names(found):
        if name.ctx == "load" and name.name in ROOTS and id(name) not in owners:
            message = (
                f"`{name.name}` has no words of its own; name a part of it, such as `{name.name}.{_example(name)}`"
            )
            yield tokens.place_of(name), message


def _example(name: nodes.Name) -> str:
    return {"evidence": "since_last_reply", "commitments": "contact", "contact": "name"}.get(name.name, "number")


def _unknown_parts(found: Found, tokens: Tokens, context: Mapping[str, Any]) -> Iterator[Trouble]:
    for node in _accesses(found):
        part, owner = _part_of(node), _value_of(node.node, context)
        if not isinstance(part, str) or (owner is _UNKNOWN and not part.startswith("_")):
            continue
        parts = _parts_of(owner)
        if part not in parts:
            told = _written(node.node)
            known = suggest(part, parts) or (f"; known: {', '.join(parts)}" if 0 < len(parts) < 12 else "")
            mark = "." if isinstance(node, nodes.Getattr) else "["
            yield tokens.place(node.lineno, (mark, part)), f"{told} has no `{part}`{known}"


def _value_of(node: nodes.Node, context: Mapping[str, Any]) -> Any:
    """What an expression is in the specimen, as far as it is a chain of names; else what is unknown."""
    if isinstance(node, nodes.Name):
        return context.get(node.name, _UNKNOWN)
    if isinstance(node, nodes.Const):
        return node.value
    if not isinstance(node, nodes.Getattr | nodes.Getitem):
        return _UNKNOWN
    owner, part = _value_of(node.node, context), _part_of(node)
    if isinstance(owner, tuple) and isinstance(part, int) and owner:
        return owner[0]
    if owner is _UNKNOWN or not isinstance(part, str) or part not in _parts_of(owner):
        return _UNKNOWN
    return owner[part] if isinstance(owner, Mapping) else getattr(owner, part)


def _parts_of(value: object) -> Sequence[str]:
    if isinstance(value, Mapping):
        return sorted(value)
    return sorted(item.name for item in fields(value)) if is_dataclass(value) else ()


def _written(node: nodes.Node) -> str:
    name = _dotted(node)
    return f"`{name}`" if name else "this"


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr | nodes.Getitem) and (owner := _dotted(node.node)):
        part = _part_of(node)
        return f"{owner}.{part}" if isinstance(part, str) else f"{owner}[{part}]"
    return ""


def _unknown_helpers(found: Found, tokens: Tokens, environment: ReplyEnvironment) -> Iterator[Trouble]:
    for node in found:
        if not isinstance(node, nodes.Filter | nodes.Test):
            continue
        kind, known = ("filter", environment.filters) if isinstance(node, nodes.Filter) else ("test", environment.tests)
        if node.name in known:
            continue
        hint = suggest(node.name, known) or f"; known: {', '.join(sorted(known))}"
        message = f"there is no {kind} `{node.name}`{hint}"
        if kind == "filter" and node.name in IN_WORDS:
            languages = ", ".join(WORDINGS)
            message = f"the filter `{node.name}` has words in {languages}, but not in `{environment.language}`"
        yield tokens.place(node.lineno, (*(("|",) if kind == "filter" else ()), node.name)), message
