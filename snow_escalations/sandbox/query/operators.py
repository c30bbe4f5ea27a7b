"""Operators and their operands, by kind of field, to nodes of the tree."""

from collections.abc import Callable, Mapping

from snow_escalations.sandbox.query import javascript
from snow_escalations.sandbox.query.operand import Invalid, Operand
from snow_escalations.sandbox.query.parse import Operator
from snow_escalations.sandbox.query.paths import display_path, resolve
from snow_escalations.sandbox.query.temporal import apart, date_part, on, relative
from snow_escalations.sandbox.query.tree import (
    AllOf,
    AnyOf,
    Below,
    Beside,
    Between,
    Changes,
    Constant,
    Filled,
    Holds,
    Leaf,
    Moment,
    Node,
    OneOf,
    Ordered,
    Relation,
    Where,
)
from snow_escalations.sandbox.schema.types import NUMERIC, Kind

_NOTHING = Constant(truth=False)
_ALL = Constant(truth=True)
_UPWARD = frozenset({Relation.GREATER, Relation.GREATER_OR_EQUAL})


def node_of(operator: Operator, operand: Operand) -> Node:
    """The node for one condition.

    Raises:
        Invalid: the operator does not fit here, or the operand is none that it understands.
    """
    return _OPERATORS[operator](operand)


def _equal(operand: Operand) -> Node:
    return _one_of(operand, [operand.value], negated=False)


def _not_equal(operand: Operand) -> Node:
    return _one_of(operand, [operand.value], negated=True)


def _in(operand: Operand) -> Node:
    return _one_of(operand, operand.value.split(","), negated=False)


def _not_in(operand: Operand) -> Node:
    return _one_of(operand, operand.value.split(","), negated=True)


def _one_of(operand: Operand, written: list[str], *, negated: bool) -> Node:
    if operand.kind is Kind.DECIMAL and written != [""]:
        bounds = [bound for value in written if isinstance(bound := operand.bound(value), float)]
        leaves = tuple(Leaf(operand.path, Ordered(Relation.EQUAL, bound), negated=negated) for bound in bounds)
        return AllOf(leaves) if negated else AnyOf(leaves)
    values = tuple(text for value in written if (text := operand.text(value)) is not None)
    if not values:
        return Constant(truth=negated)
    return Leaf(operand.path, OneOf(values), negated=negated)


def _holding(where: Where, *, negated: bool = False) -> Callable[[Operand], Node]:
    def build(operand: Operand) -> Node:
        text = operand.value
        if javascript.is_script(text):
            text = operand.text(text) or ""
        # On a reference, text operators look at the display value of the row that it leads to (ServiceNow docs).
        path = display_path(operand.schema, operand.path) or operand.path
        return Leaf(path, Holds(text, where), negated=negated)

    return build


def _ordered(relation: Relation) -> Callable[[Operand], Node]:
    def build(operand: Operand) -> Node:
        if operand.value == "":
            # `sys_id>` without a value is malformed; what remains of it is "is not empty".
            return Leaf(operand.path, Filled()) if relation in _UPWARD else _NOTHING
        bound = operand.bound(operand.value)
        return _NOTHING if bound is None else Leaf(operand.path, Ordered(relation, bound))

    return build


def _between(operand: Operand) -> Node:
    low, separator, high = operand.value.partition("@")
    if not separator:
        raise Invalid
    bounds = operand.bound(low), operand.bound(high)
    if bounds[0] is None or bounds[1] is None:
        return _NOTHING
    return Leaf(operand.path, Between(bounds[0], bounds[1]))


def _empty(operand: Operand) -> Node:
    return Leaf(operand.path, Filled(), negated=True)


def _filled(operand: Operand) -> Node:
    return Leaf(operand.path, Filled())


def _anything(_: Operand) -> Node:
    return _ALL


def _beside(relation: Relation, *, negated: bool = False) -> Callable[[Operand], Node]:
    def build(operand: Operand) -> Node:
        other = resolve(operand.schema, operand.table, operand.value)
        if other is None:
            raise Invalid
        numeric = operand.kind in NUMERIC and other.field.kind in NUMERIC
        return Beside(operand.path, relation, other, numeric=numeric, negated=negated)

    return build


def _instance_of(operand: Operand) -> Node:
    if operand.kind is not Kind.CLASS:
        raise Invalid
    known = operand.schema.find(operand.value)
    if known is None:
        return _NOTHING
    return Leaf(operand.path, OneOf(operand.schema.family(known.name)))


def _in_hierarchy(operand: Operand) -> Node:
    target = operand.schema.find(operand.path.field.reference)
    if operand.kind is not Kind.REFERENCE or target is None or not target.hierarchy:
        raise Invalid
    root = operand.text(operand.value)
    return _NOTHING if not root else Below(operand.path, target.name, target.fields[target.hierarchy], root)


def _changes(moment: Moment) -> Callable[[Operand], Node]:
    def build(operand: Operand) -> Node:
        if not operand.context.changes or operand.path.hops:
            raise Invalid
        value = "" if moment is Moment.ANY else operand.text(operand.value)
        return _NOTHING if value is None else Changes(operand.path.field, moment, value)

    return build


_OPERATORS: Mapping[Operator, Callable[[Operand], Node]] = {
    Operator.EQUAL: _equal,
    Operator.NOT_EQUAL: _not_equal,
    Operator.LESS: _ordered(Relation.LESS),
    Operator.LESS_OR_EQUAL: _ordered(Relation.LESS_OR_EQUAL),
    Operator.GREATER: _ordered(Relation.GREATER),
    Operator.GREATER_OR_EQUAL: _ordered(Relation.GREATER_OR_EQUAL),
    Operator.IN: _in,
    Operator.NOT_IN: _not_in,
    Operator.CONTAINS: _holding(Where.ANYWHERE),
    Operator.NOT_CONTAINS: _holding(Where.ANYWHERE, negated=True),
    Operator.STARTS: _holding(Where.START),
    Operator.ENDS: _holding(Where.END),
    Operator.BETWEEN: _between,
    Operator.EMPTY: _empty,
    Operator.NOT_EMPTY: _filled,
    Operator.EMPTY_STRING: _empty,
    Operator.ANYTHING: _anything,
    Operator.SAME_AS: _beside(Relation.EQUAL),
    Operator.NOT_SAME_AS: _beside(Relation.EQUAL, negated=True),
    Operator.GREATER_FIELD: _beside(Relation.GREATER),
    Operator.LESS_FIELD: _beside(Relation.LESS),
    Operator.GREATER_OR_EQUAL_FIELD: _beside(Relation.GREATER_OR_EQUAL),
    Operator.LESS_OR_EQUAL_FIELD: _beside(Relation.LESS_OR_EQUAL),
    Operator.ON: on(negated=False),
    Operator.NOT_ON: on(negated=True),
    Operator.RELATIVE_GREATER: relative(Relation.GREATER),
    Operator.RELATIVE_LESS: relative(Relation.LESS),
    Operator.RELATIVE_GREATER_OR_EQUAL: relative(Relation.GREATER_OR_EQUAL),
    Operator.RELATIVE_LESS_OR_EQUAL: relative(Relation.LESS_OR_EQUAL),
    Operator.RELATIVE_EQUAL: relative(Relation.EQUAL),
    Operator.DATE_PART: date_part,
    Operator.MORE_THAN: apart(more=True),
    Operator.LESS_THAN: apart(more=False),
    Operator.INSTANCE_OF: _instance_of,
    Operator.IN_HIERARCHY: _in_hierarchy,
    Operator.VALUE_CHANGES: _changes(Moment.ANY),
    Operator.CHANGES_FROM: _changes(Moment.FROM),
    Operator.CHANGES_TO: _changes(Moment.TO),
}
