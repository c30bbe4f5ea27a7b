"""The names in a template, checked before it is rendered: all that are unknown, each at its column, with a suggestion.

Rendering stops at the first unknown name, and does not come to the branches that are not taken.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeAlias

from jinja2 import nodes

from snow_escalations.documents import suggest
from snow_escalations.documents.problems import nearest
from snow_escalations.model import FACTS
from snow_escalations.triage.replies.context import ROOTS
from snow_escalations.triage.replies.environment import IN_WORDS, TESTS, ReplyEnvironment
from snow_escalations.triage.replies.grammar import bound_in, heads_of, names_made_by
from snow_escalations.triage.replies.parsing import MADE_BY_JINJA
from snow_escalations.triage.replies.tokens import Tokens, Told
from snow_escalations.triage.replies.wording import WORDINGS

Access: TypeAlias = nodes.Getattr | nodes.Getitem
Found: TypeAlias = Sequence[nodes.Node]
"""All nodes of a template."""
_UNKNOWN = object()


def unknown_names(
    environment: ReplyEnvironment,
    tree: nodes.Template,
    tokens: Tokens,
    context: Mapping[str, Any],
    *,
    refused: Iterable[nodes.Node] = (),
    made: Collection[str] = (),
) -> list[Told]:
    """What a template names that is not in the context, and the filters and tests that there are not.

    Of what stands inside of `refused` parts that is told which is wrong whatever becomes of them. They may make names,
    as may what could not be read (`made`).
    """
    refused = [*refused]
    bound, heads = bound_in(refused), heads_of(refused)
    found = [node for node in tree.find_all(nodes.Node) if id(node) not in heads]
    free = [node for node in found if id(node) not in bound]
    own = {**context, **dict.fromkeys(_names_bound(found, bound), _UNKNOWN)}
    known = {*context, *names_set(tree), *names_made_by(refused), *made}
    troubles = [
        *_unknown_variables(free, tokens, known),
        *_unknown_variables([node for node in found if id(node) in bound], tokens, known | MADE_BY_JINJA),
        *_taken_names(free, tokens, context),
        *_bare_roots(free, tokens),
        *_unknown_parts(free, tokens, context),
        *_unknown_parts([node for node in found if id(node) in bound], tokens, own),
        *_unknown_helpers(found, tokens, environment),
    ]
    return sorted(troubles, key=lambda told: (told.position.line, told.position.column))


def _names_bound(found: Found, bound: Collection[int]) -> Iterator[str]:
    return (name.name for name in _names(found) if name.ctx != "load" and id(name) in bound)


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


def meant_word(node: nodes.Node) -> str | None:
    """The fact or test that a misspelt one is perhaps meant for; a filter is meant as one in any case."""
    if isinstance(node, nodes.Filter):
        return node.name
    if isinstance(node, nodes.Test):
        return nearest(node.name, TESTS)
    named = fact_of(node)
    return None if named is None or named in FACTS else nearest(named, FACTS)


def _names(found: Found) -> Iterator[nodes.Name]:
    return (node for node in found if isinstance(node, nodes.Name))


def _accesses(found: Found) -> Iterator[Access]:
    return (node for node in found if isinstance(node, nodes.Getattr | nodes.Getitem))


def _part_of(node: Access) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node.arg, nodes.Const) else None


def _unknown_variables(found: Found, tokens: Tokens, known: Collection[str]) -> Iterator[Told]:
    for name in _names(found):
        if name.ctx == "load" and name.name not in known:
            message = f"there is no `{name.name}`{suggest(name.name, known)}"
            yield Told(tokens.place_of(name), message, name)


def _taken_names(found: Found, tokens: Tokens, context: Collection[str]) -> Iterator[Told]:
    for name in _names(found):
        if name.ctx != "load" and name.name in context:
            yield Told(tokens.place_of(name), f"`{name.name}` is taken; `set` another name", name)


def _bare_roots(found: Found, tokens: Tokens) -> Iterator[Told]:
    owners = {id(access.node) for access in _accesses(found) if isinstance(_part_of(access), str)}
    for name in _names(found):
        if name.ctx == "load" and name.name in ROOTS and id(name) not in owners:
            message = (
                f"`{name.name}` has no words of its own; name a part of it, such as `{name.name}.{_example(name)}`"
            )
            yield Told(tokens.place_of(name), message, name)


def _example(name: nodes.Name) -> str:
    return {"evidence": "since_last_reply", "commitments": "contact", "contact": "name"}.get(name.name, "number")


def _unknown_parts(found: Found, tokens: Tokens, context: Mapping[str, Any]) -> Iterator[Told]:
    for node in _accesses(found):
        part, owner = _part_of(node), _value_of(node.node, context)
        if not isinstance(part, str) or (owner is _UNKNOWN and not part.startswith("_")):
            continue
        parts = _parts_of(owner)
        if part not in parts:
            told = _written(node.node)
            known = suggest(part, parts) or (f"; known: {', '.join(parts)}" if 0 < len(parts) < 12 else "")
            yield Told(tokens.place_of(node), f"{told} has no `{part}`{known}", node)


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


def _unknown_helpers(found: Found, tokens: Tokens, environment: ReplyEnvironment) -> Iterator[Told]:
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
        place = tokens.place_of(node) if kind == "filter" else tokens.place(node.lineno, (node.name,))
        yield Told(place, message, node)
