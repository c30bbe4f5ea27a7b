"""Name-value pairs (`state=closed`, `assigned_to=john.smith`) as conditions; choices and references may be labels."""

from collections.abc import Mapping

from snow_escalations.sandbox.query.bind import Use
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.query.operand import Invalid, Operand
from snow_escalations.sandbox.query.operators import node_of
from snow_escalations.sandbox.query.parse import Operator
from snow_escalations.sandbox.query.paths import display_path, resolve, table_of
from snow_escalations.sandbox.query.tree import AnyOf, Hop, Leaf, Node, OneOf, Path
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store import Store


def pair_uses(schema: Schema, table: Table, pairs: Mapping[str, str]) -> tuple[Use, ...]:
    """The fields that pairs look at, for query ACLs."""
    paths = (resolve(schema, table, name) for name in pairs)
    return tuple(Use(way, ranged=False) for path in paths if path is not None for way in _ways(schema, path))


def pair_conditions(store: Store, table: Table, pairs: Mapping[str, str], context: QueryContext) -> list[Node]:
    """A condition for each pair that names a field; other parameters are ignored."""
    conditions = []
    for name, value in pairs.items():
        path = resolve(store.schema, table, name)
        if path is not None:
            conditions.append(_condition(store, table, path, value, context))
    return conditions


def _condition(store: Store, table: Table, path: Path, value: str, context: QueryContext) -> Node:
    field, schema = path.field, store.schema
    choice = store.choices.value_of(table_of(schema, table, path), field.element, value)
    if choice is not None:
        return Leaf(path, OneOf((choice, value)))
    if field.kind is Kind.REFERENCE and value:
        return AnyOf(tuple(Leaf(way, OneOf((value,))) for way in _ways(schema, path)))
    try:
        return node_of(Operator.EQUAL, Operand(schema, table, path, value, context))
    except Invalid:
        return Leaf(path, OneOf((value,)))


def _ways(schema: Schema, path: Path) -> list[Path]:
    """What a value may be compared with: the field; of a reference also the display value, of a user the user name."""
    ways = [path]
    display = display_path(schema, path)
    if display is not None:
        ways.append(display)
    target = schema.find(path.field.reference)
    if target is not None and "user_name" in target.fields:
        ways.append(Path((*path.hops, Hop(path.field, target.name)), target.fields["user_name"]))
    return ways
