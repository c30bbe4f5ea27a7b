"""What a reply template can be made of: `if` and `set`, values, comparisons and filters, and nothing else.

Whatever repeats or grows can be made to run for ever, and a letter needs none of it. So what is known is listed, and
all else is refused, in branches that are never taken too, and inside of what is refused itself.
"""

import math
from collections.abc import Iterable, Iterator, Mapping

from jinja2 import nodes

from snow_escalations.documents import Position
from snow_escalations.triage.replies.tokens import Tokens, Told, begin_of

_KNOWN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Assign, nodes.CondExpr),
    *(nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.List, nodes.Tuple),
    *(nodes.Filter, nodes.Test, nodes.Keyword, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos),
    *(nodes.Pair, nodes.ScopedEvalContextModifier),  # parts of what is refused
)
_NAMES: Mapping[type[nodes.Node], str] = {
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
    nodes.AssignBlock: "set block",
    nodes.Call: "(...)",
    nodes.Dict: "{...}",
    nodes.NSRef: "set",
    nodes.Scope: "autoescape",
    nodes.Concat: "~",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Mod: "%",
}
_WHY: Mapping[type[nodes.Node], str] = {
    nodes.Call: "nothing can be called",
    nodes.Concat: "write the values one after the other",
}
_WITH_IT: Mapping[type[nodes.Node], tuple[str, ...]] = {
    nodes.CallBlock: ("call",),
    nodes.FilterBlock: ("filter",),
    nodes.For: ("target",),
    nodes.Include: ("template",),
    nodes.With: ("targets",),
}
"""What goes with a node that is refused."""
_HAS = "there are `if` and `set`, and the values that docs/replies.md lists"


def refused_nodes(tree: nodes.Template) -> list[nodes.Node]:
    """What a template is made of that a reply cannot have."""
    return [*_refused(tree)]


def refused_parts(refused: Iterable[nodes.Node], tokens: Tokens) -> list[Told]:
    """What to say of each of these, with its place."""
    return [Told(_place(tokens, node), refusal(_name(node), _WHY.get(type(node), _HAS)), node) for node in refused]


def refusal(name: str, why: str = _HAS) -> str:
    """What to say of what a reply cannot use."""
    return f"a reply cannot use `{name}`: {why}"


def bound_in(refused: Iterable[nodes.Node]) -> frozenset[int]:
    """The ids of the nodes inside of statements that are refused: they may bind names, and so rename what they use."""
    statements = (node for node in refused if isinstance(node, nodes.Stmt))
    return frozenset(id(inner) for node in statements for inner in node.find_all(nodes.Node))


def heads_of(refused: Iterable[nodes.Node]) -> frozenset[int]:
    """The ids of what goes with that which is refused: the name of what is called, the filter of a block."""
    heads: list[nodes.Node | None] = []
    for node in refused:
        called = node.call if isinstance(node, nodes.CallBlock) else node
        heads.append(called.node if isinstance(called, nodes.Call) else getattr(node, "filter", None))
    return frozenset(id(head) for head in heads if head is not None)


def names_made_by(refused: Iterable[nodes.Node]) -> frozenset[str]:
    """The names that come from these, so that nobody knows them where they are used."""
    made: set[str] = set()
    for node in (inner for each in refused for inner in (each, *each.find_all(nodes.Node))):
        if isinstance(node, nodes.Macro):
            made.add(node.name)
        elif isinstance(node, nodes.Import):
            made.add(node.target)
        elif isinstance(node, nodes.FromImport):
            made.update(name if isinstance(name, str) else name[1] for name in node.names)
    return frozenset(made)


def _refused(node: nodes.Node) -> Iterator[nodes.Node]:
    for child in node.iter_child_nodes(exclude=_WITH_IT.get(type(node), ())):
        if type(child) not in _KNOWN or not _is_plain(child):
            yield child
        yield from _refused(child)


def _is_plain(node: nodes.Node) -> bool:
    """Whether a list is one of fixed values, as one of lists can take for ever to compare, and a number is finite."""
    if isinstance(node, nodes.List | nodes.Tuple):
        return all(isinstance(item, nodes.Const) for item in node.items)
    return not (isinstance(node, nodes.Const) and isinstance(node.value, float) and not math.isfinite(node.value))


def _name(node: nodes.Node) -> str:
    if isinstance(node, nodes.List | nodes.Tuple):
        return "a list of other than fixed values"
    return (
        "an infinite number" if isinstance(node, nodes.Const) else _NAMES.get(type(node), type(node).__name__.lower())
    )


def _place(tokens: Tokens, node: nodes.Node) -> Position:
    if isinstance(node, nodes.BinExpr | nodes.Concat):
        return tokens.place(node.lineno, (_NAMES[type(node)],))
    lines = (inner.lineno for inner in (node, *node.find_all(nodes.Node)))
    line = next((line for line in lines if line), 1)
    return (
        tokens.begin_of_tag(node)
        or (tokens.begin_of_word(line, _name(node)) if isinstance(node, nodes.Stmt) else None)
        or begin_of(tokens.text, line)
    )
