"""Which index a statement shall use.

SQLite guesses how many rows a condition leaves, and likes an index that gives the order of a page; on a large table
it then walks all rows of a class to find the few that match. What the fields mean is known here, so a statement with
a selective condition names the index to use.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from snow_escalations.sandbox.query.bind import Sort
from snow_escalations.sandbox.query.sql import quoted
from snow_escalations.sandbox.query.tree import AllOf, AnyOf, Between, Holds, Leaf, Node, OneOf, Ordered, Where
from snow_escalations.sandbox.schema.model import Field, Schema, Table
from snow_escalations.sandbox.schema.types import NUMERIC
from snow_escalations.sandbox.store.ddl import index_name, is_indexed, is_sparse


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read rows.

    Attributes:
        index: the index to use, or "" to leave the choice to SQLite.
        loose: the class of rows is checked, not searched by.
    """

    index: str = ""
    loose: bool = False

    @property
    def source(self) -> str:
        """The clause after the table's alias."""
        return f" INDEXED BY {quoted(self.index)}" if self.index else ""


def plan(schema: Schema, table: Table, where: Node, order: Sequence[Sort] = ()) -> Plan:
    """The plan for the rows of a table that match, in an order."""
    base = schema[table.base]
    drivers = sorted(_drivers(schema, where), key=lambda driver: driver[0])
    if drivers:
        rank, field = drivers[0]
        # Equality narrows enough for SQLite to see it; a dot-walk or a range does not.
        return Plan(loose=True) if rank == 0 or field.element == "sys_id" else Plan(index_name(base, field), loose=True)
    if any(isinstance(part, AnyOf) and _all_searchable(schema, part) for part in _conjuncts(where)):
        return Plan(loose=True)
    if (ranged := _ranged_state(where)) is not None:
        return Plan(index_name(base, ranged), loose=True)
    if order and not order[0].path.hops and _is_full(order[0].path.field):
        return Plan(index_name(base, order[0].path.field))
    return Plan()


def _drivers(schema: Schema, where: Node) -> Iterator[tuple[int, Field]]:
    """The conditions that every row must meet and that an index answers, the most selective kinds first."""
    for part in _conjuncts(where):
        if isinstance(part, Leaf) and not part.negated and _is_searchable(schema, part):
            first = part.path.hops[0].field if part.path.hops else part.path.field
            if first.element == "state":
                continue  # few values, many rows each: its index comes with the order of pages
            yield _rank(part), first


def _ranged_state(where: Node) -> Field | None:
    """A state compared as a number: no index is ordered by that, but the state's index holds all that is looked at."""
    for part in _conjuncts(where):
        if not isinstance(part, Leaf) or part.path.hops or not isinstance(part.test, Ordered | Between):
            continue
        field = part.path.field
        if field.element == "state" and field.indexed:
            return field
    return None


def _rank(leaf: Leaf) -> int:
    if isinstance(leaf.test, OneOf):
        return 1 if leaf.path.hops else 0
    return 2


def _conjuncts(where: Node) -> Iterator[Node]:
    if isinstance(where, AllOf):
        for part in where.parts:
            yield from _conjuncts(part)
    else:
        yield where


def _all_searchable(schema: Schema, node: AnyOf) -> bool:
    return all(isinstance(part, Leaf) and not part.negated and _is_searchable(schema, part) for part in node.parts)


def _is_searchable(schema: Schema, leaf: Leaf) -> bool:
    first = leaf.path.hops[0].field if leaf.path.hops else leaf.path.field
    if not (is_indexed(schema, first) or first.element == "sys_id"):
        return False
    if leaf.path.hops:
        return True
    match leaf.test:
        case OneOf(values=values):
            return "" not in values
        case Holds(where=where, text=text):
            return where is Where.START and text != ""
        case Ordered() | Between():
            return leaf.path.field.kind not in NUMERIC
        case _:
            return False


def _is_full(field: Field) -> bool:
    return field.indexed and not is_sparse(field) and field.kind not in NUMERIC
