"""Parsed queries against the schema and the caller: a typed tree, and what of the query is invalid.

An invalid condition (an unknown field, an operator that is none, a `javascript:` call that is not on the list) is left
out of the tree and reported, because the instance leaves it out too and returns *more* rows. A bad value on a good
field is not invalid: it matches nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.operand import Invalid, Operand
from snow_escalations.sandbox.query.operators import node_of
from snow_escalations.sandbox.query.parse import Operator, Ordering, Parsed, Term, parse
from snow_escalations.sandbox.query.paths import display_path, resolve
from snow_escalations.sandbox.query.tree import AllOf, AnyOf, Constant, Leaf, Node, Path, paths_of
from snow_escalations.sandbox.schema.model import Schema, Table

# SQLite orders by at most 2000 terms; further orderings can hardly matter and are left out.
ORDER_LIMIT = 100
_MATCHING = frozenset(
    {
        Operator.EQUAL,
        Operator.NOT_EQUAL,
        Operator.IN,
        Operator.NOT_IN,
        Operator.EMPTY,
        Operator.NOT_EMPTY,
        Operator.EMPTY_STRING,
        Operator.ANYTHING,
        Operator.SAME_AS,
        Operator.NOT_SAME_AS,
    }
)


@dataclass(frozen=True, slots=True)
class Use:
    """A field that a query looks at, and how: `ranged` for sorting and every operator beyond equality."""

    path: Path
    ranged: bool


@dataclass(frozen=True, slots=True)
class Sort:
    """One ordering of the result."""

    path: Path
    descending: bool


@dataclass(frozen=True, slots=True)
class Bound:
    """A query that is bound to a table and a caller.

    Attributes:
        where: the tree, without what is invalid.
        order: the orderings, without unknown fields.
        invalid: the texts of what was left out.
        uses: the fields looked at, for query ACLs.
        group_by: field names of GROUPBY, as written.
    """

    table: Table
    where: Node
    order: tuple[Sort, ...] = ()
    invalid: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    group_by: tuple[str, ...] = ()


@dataclass(slots=True)
class _Findings:
    invalid: list[str] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)


def bind(schema: Schema, table: Table, text: str, context: QueryContext) -> Bound:
    """Bind an encoded query to a table. Never fails; see `Bound.invalid`."""
    parsed = parse(text, caret_escape=context.caret_escape)
    binder = _Binder(schema, table, context)
    return Bound(
        table=table,
        where=binder.where(parsed),
        order=tuple(binder.order(parsed.order[:ORDER_LIMIT])),
        invalid=tuple(binder.findings.invalid),
        uses=tuple(binder.findings.uses),
        group_by=parsed.group_by,
    )


class _Binder:
    def __init__(self, schema: Schema, table: Table, context: QueryContext) -> None:
        self._schema = schema
        self._table = table
        self._context = context
        self.findings = _Findings()

    def where(self, parsed: Parsed) -> Node:
        """Groups that lose all of their conditions are left out like the conditions; with none left, all rows match."""
        groups = [group for terms in parsed.groups if (group := self._group(terms)) is not None]
        if not groups:
            return AllOf(())
        return groups[0] if len(groups) == 1 else AnyOf(tuple(groups))

    def _group(self, blocks: Iterable[tuple[Term, ...]]) -> Node | None:
        nodes: list[Node] = []
        for block in blocks:
            parts = tuple(node for term in block if (node := self._condition(term)) is not None)
            if parts:
                nodes.append(parts[0] if len(parts) == 1 else AnyOf(parts))
        if not nodes:
            return None
        return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes))

    def _condition(self, term: Term) -> Node | None:
        path = resolve(self._schema, self._table, term.field) if term.operator is not None else None
        if path is None or term.operator is None:
            self.findings.invalid.append(term.text)
            return None
        try:
            node = node_of(term.operator, Operand(self._schema, self._table, path, term.value, self._context))
        except Invalid:
            self.findings.invalid.append(term.text)
            return None
        looked_at = dict.fromkeys((path, *paths_of(node)))
        self.findings.uses += (Use(path, term.operator not in _MATCHING) for path in looked_at)
        if isinstance(node, Leaf) and path.field.is_journal and not path.hops:
            return Constant(truth=node.test.holds("") != node.negated)  # a journal field itself stores nothing
        return node

    def order(self, orderings: Iterable[Ordering]) -> Iterator[Sort]:
        for ordering in orderings:
            path = resolve(self._schema, self._table, ordering.field)
            if path is None:
                self.findings.invalid.append(f"ORDERBY{ordering.field}")
            else:
                shown = display_path(self._schema, path)
                self.findings.uses += (Use(way, ranged=True) for way in (path, shown) if way is not None)
                yield Sort(path, ordering.descending)
