"""A bound query as SQLite SQL. Values are always bound parameters; identifiers come from the schema alone.

A condition over hops becomes `IN (SELECT ...)` over the tables that the hops lead through, so that SQLite can start at
the indexed end of a dot-walk; a negated one is the complement of the whole, which also holds where a reference is
empty or dead.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import TypeAlias

from snow_escalations.sandbox.query.bind import Sort
from snow_escalations.sandbox.query.paths import display_path
from snow_escalations.sandbox.query.tree import (
    AllOf,
    AnyOf,
    Below,
    Beside,
    Between,
    Changes,
    Constant,
    DatePartIs,
    Filled,
    Holds,
    Leaf,
    Node,
    OneOf,
    Ordered,
    Path,
    Relation,
    Test,
    Where,
    folded,
)
from snow_escalations.sandbox.schema.model import Field, Schema, Table
from snow_escalations.sandbox.schema.types import NUMERIC

DATE_PART_FUNCTION = "sandbox_date_part"
SHIFT_FUNCTION = "sandbox_shift"
SHUFFLE_FUNCTION = "sandbox_shuffle"
_LIST_INLINE = 8
_HIGHEST = "\U0010ffff"


@dataclass(slots=True)
class Sql:
    """A fragment and its parameters."""

    text: str
    parameters: list[str | float] = field(default_factory=list)


TestBuilder: TypeAlias = Callable[[str], Sql]


def quoted(identifier: str) -> str:
    """An identifier of the schema, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def class_filter(schema: Schema, table: Table, alias: str) -> str:
    """The condition that keeps rows of the class and its children; "" where every row of the physical table is one."""
    if len(table.lineage) == 1:
        return ""
    names = [f"'{name}'" for name in schema.family(table.name)]
    if len(names) == 1:
        return f"{alias}.sys_class_name = {names[0]}"
    return f"{alias}.sys_class_name IN ({', '.join(names)})"


@dataclass(frozen=True, slots=True)
class _Chain:
    """Joined tables: their FROM, the conditions on their classes, the key of the first, the alias of the last."""

    source: str
    classes: tuple[str, ...]
    key: str
    end: str


class Compiler:
    """Compiles the parts of one statement, whose rows go by the alias `r`."""

    ALIAS = "r"

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._aliases = 0

    def where(self, table: Table, node: Node, *, loose: bool = False) -> Sql:
        """The WHERE of a table's rows for a simplified condition; "" for all.

        Args:
            table: whose rows.
            node: the condition.
            loose: no index is to be chosen for the class of rows.
        """
        narrowed = class_filter(self._schema, table, self.ALIAS)
        # A unary plus keeps SQLite from searching by the term.
        parts = [Sql(f"+{narrowed}" if loose else narrowed)] if narrowed else []
        if node != Constant(truth=True):
            parts.append(self.node(node))
        return _joined("AND", parts)

    @singledispatchmethod
    def node(self, node: object) -> Sql:
        """One node of the tree as a condition on `r`."""
        raise NotImplementedError(node)

    @node.register
    def _(self, node: AllOf) -> Sql:
        return _joined("AND", [self.node(part) for part in node.parts])

    @node.register
    def _(self, node: AnyOf) -> Sql:
        return _joined("OR", [self.node(part) for part in node.parts])

    @node.register
    def _(self, node: Constant) -> Sql:
        return Sql("1" if node.truth else "0")

    @node.register
    def _(self, node: Changes) -> Sql:
        raise ValueError(f"{node.moment.value} is no condition of a list")

    @node.register
    def _(self, node: Leaf) -> Sql:
        found = self._through(node.path, lambda column: _test(node.test, column))
        return Sql(f"NOT {found.text}", found.parameters) if node.negated else found

    @node.register
    def _(self, node: Beside) -> Sql:
        left, right = self.value(node.left), self.value(node.right)
        exact = node.relation is Relation.EQUAL and not node.numeric
        filled = "" if exact else f"{left} <> '' AND {right} <> '' AND "
        if node.numeric:
            left, right = f"CAST({left} AS REAL)", f"CAST({right} AS REAL)"
        if node.shift is not None:
            right = f"{SHIFT_FUNCTION}({right}, {node.shift.total_seconds():.0f})"
        text = f"({filled}{left} {node.relation.value} {right})"
        return Sql(f"NOT {text}" if node.negated else text)

    @node.register
    def _(self, node: Below) -> Sql:
        physical = quoted(self._schema[node.table].base)
        tree = (
            f'WITH RECURSIVE "(tree)"(id) AS (SELECT ? UNION SELECT b.sys_id FROM {physical} AS b '
            f'JOIN "(tree)" AS up ON b.{quoted(node.parent.column)} = up.id) SELECT id FROM "(tree)"'
        )
        return self._through(node.path, lambda column: Sql(f"({column} IN ({tree}))", [node.root]))

    def order(self, sorts: Sequence[Sort]) -> str:
        """The terms of an ORDER BY: references by what they show, numbers as numbers, empties first."""
        terms: list[str] = []
        for sort in sorts:
            path = display_path(self._schema, sort.path) or sort.path
            value = self.value(path)
            direction = " DESC" if sort.descending else ""
            if path.field.kind in NUMERIC:
                terms.append(f"{value} <> ''{direction}")
                value = f"CAST({value} AS REAL)"
            terms.append(value + direction)
        return ", ".join(terms)

    def value(self, path: Path) -> str:
        """The value at a path as an expression; "" where a reference on the way is empty or dead."""
        if path.field.is_journal:
            return "''"
        if not path.hops:
            return f"{self.ALIAS}.{quoted(path.field.column)}"
        chain = self._chain(path)
        reference = f"{self.ALIAS}.{quoted(path.hops[0].field.column)}"
        conditions = " AND ".join([f"{chain.key} = {reference}", *chain.classes])
        return f"ifnull((SELECT {chain.end}.{quoted(path.field.column)} FROM {chain.source} WHERE {conditions}), '')"

    def _through(self, path: Path, test: TestBuilder) -> Sql:
        """A test on the value at a path; over hops, on the rows that the first reference leads to in the end."""
        if not path.hops:
            return test("''" if path.field.is_journal else f"{self.ALIAS}.{quoted(path.field.column)}")
        chain = self._chain(path)
        inner = test("''" if path.field.is_journal else f"{chain.end}.{quoted(path.field.column)}")
        reference = f"{self.ALIAS}.{quoted(path.hops[0].field.column)}"
        conditions = " AND ".join([*chain.classes, inner.text])
        text = f"({reference} <> '' AND {reference} IN (SELECT {chain.key} FROM {chain.source} WHERE {conditions}))"
        return Sql(text, inner.parameters)

    def _chain(self, path: Path) -> "_Chain":
        """The tables that the hops of a path lead through, joined: SQLite nests no deeper than its parser's stack."""
        sources: list[str] = []
        classes: list[str] = []
        keys: list[str] = []
        earlier = ""
        for hop in path.hops:
            table, alias = self._schema[hop.table], self._alias()
            keys.append(f"{alias}.{quoted(_key(self._schema, hop.field))}")
            reference = f"{earlier}.{quoted(hop.field.column)}"
            joined = f" ON {reference} <> '' AND {keys[-1]} = {reference}" if earlier else ""
            sources.append(f"{quoted(table.base)} AS {alias}{joined}")
            if narrowed := class_filter(self._schema, table, alias):
                classes.append(narrowed)
            earlier = alias
        return _Chain(" JOIN ".join(sources), tuple(classes), keys[0], earlier)

    def _alias(self) -> str:
        self._aliases += 1
        return f"t{self._aliases}"


def _key(schema: Schema, field: Field) -> str:
    return schema[field.reference].fields[field.reference_key].column


def _joined(word: str, parts: list[Sql]) -> Sql:
    """The parts joined as a balanced tree: SQLite limits the depth of an expression, not its length."""
    if not parts:
        return Sql("")
    while len(parts) > 1:
        parts = [
            Sql(f"({left.text} {word} {right.text})", [*left.parameters, *right.parameters])
            for left, right in zip(parts[::2], parts[1::2], strict=False)
        ] + ([parts[-1]] if len(parts) % 2 else [])
    return parts[0]


def _test(test: Test, column: str) -> Sql:
    match test:
        case OneOf(values=values):
            return _one_of(values, column)
        case Holds():
            return _holds(test, column)
        case Ordered(relation=relation, bound=bound):
            return Sql(f"({column} <> '' AND {_comparable(column, bound)} {relation.value} ?)", [bound])
        case Between(low=low, high=high):
            text = f"({column} <> '' AND {_comparable(column, low)} BETWEEN ? AND ?)"
            return Sql(text, [low, high])
        case Filled():
            return Sql(f"({column} <> '')")
        case DatePartIs(part=part, relation=relation, bound=bound, zone=zone):
            value = f"{DATE_PART_FUNCTION}(?, {column}, ?)"
            text = f"({value} IS NOT NULL AND {value} {relation.value} ?)"
            return Sql(text, [part, zone.key, part, zone.key, bound])


def _comparable(column: str, bound: str | float) -> str:
    return column if isinstance(bound, str) else f"CAST({column} AS REAL)"


def _one_of(values: tuple[str, ...], column: str) -> Sql:
    # Saying that the value is filled, where that follows, opens the indexes of filled values (see `store.ddl`).
    filled = "" if "" in values else f"{column} <> '' AND "
    if len(values) == 1:
        return Sql(f"({filled}{column} = ?)", list(values))
    if len(values) <= _LIST_INLINE:
        return Sql(f"({filled}{column} IN ({', '.join('?' * len(values))}))", list(values))
    # One parameter for a list of any length: the statement stays the same, and so does its plan.
    return Sql(f"({filled}{column} IN (SELECT value FROM json_each(?)))", [json.dumps(values)])


def _holds(test: Holds, column: str) -> Sql:
    if test.where is Where.START:
        # A range, unlike LIKE with an escape, can use the index of the column.
        filled = f"{column} <> '' AND " if test.text else ""
        return Sql(f"({filled}{column} >= ? AND {column} < ?)", [test.text, test.text + _HIGHEST])
    # Not LIKE, which ends its pattern at a NUL and refuses one of more than 50,000 bytes.
    text = folded(test.text)
    if test.where is Where.END and text:
        length = len(text.encode())
        return Sql(f"(substr(CAST(lower({column}) AS BLOB), -{length}) = CAST(? AS BLOB))", [text])
    return Sql(f"(instr(lower({column}), ?) > 0)", [text])
