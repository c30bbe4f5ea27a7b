"""A bound tree against one row in memory: for the conditions of business rules and access grants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from snow_escalations.sandbox.clock import parse_stored, stored
from snow_escalations.sandbox.query.tree import (
    AllOf,
    AnyOf,
    Below,
    Beside,
    Changes,
    Constant,
    Leaf,
    Moment,
    Node,
    Path,
    Relation,
    folded,
    number_of,
)

Row: TypeAlias = Mapping[str, str]
Fetch: TypeAlias = Callable[[str, str, str], Row | None]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges rows of one table.

    Attributes:
        row: the row to judge, by element.
        fetch: `(table, key field, key)` to the row that a reference leads to, or None.
        before: the stored row where a write is judged, for VALCHANGES and its kin; None on insert.
    """

    row: Row
    fetch: Fetch
    before: Row | None = None

    def holds(self, node: Node) -> bool:
        """Whether the row passes."""
        match node:
            case AllOf(parts=parts):
                return all(self.holds(part) for part in parts)
            case AnyOf(parts=parts):
                return any(self.holds(part) for part in parts)
            case Constant(truth=truth):
                return truth
            case Leaf(path=path, test=test, negated=negated):
                value = self.value(path)
                return (value is not None and test.holds(value)) != negated
            case Beside():
                return self._beside(node) != node.negated
            case Below():
                return self._below(node)
            case Changes():
                return self._changes(node)

    def value(self, path: Path) -> str | None:
        """The value at a path; None where a reference on the way is empty or dead."""
        row = self.row
        for hop in path.hops:
            key = row.get(hop.field.element, "")
            following = self.fetch(hop.table, hop.field.reference_key, key) if key else None
            if following is None:
                return None
            row = following
        return row.get(path.field.element, "")

    def _beside(self, node: Beside) -> bool:
        left, right = self.value(node.left) or "", self.value(node.right) or ""
        if node.relation is Relation.EQUAL and not node.numeric:
            return folded(left) == folded(right)
        if left == "" or right == "":
            return False
        if node.numeric:
            return node.relation.compare(number_of(left), number_of(right))
        if node.shift is not None:
            right = shifted(right, node.shift)
        return right != "" and node.relation.compare(folded(left), folded(right))

    def _below(self, node: Below) -> bool:
        key = self.value(node.path) or ""
        seen: set[str] = set()
        while key and key not in seen:
            if folded(key) == folded(node.root):
                return True
            seen.add(key)
            row = self.fetch(node.table, "sys_id", key)
            key = "" if row is None else row.get(node.parent.element, "")
        return False

    def _changes(self, node: Changes) -> bool:
        old = (self.before or {}).get(node.field.element, "")
        new = self.row.get(node.field.element, "")
        if old == new:
            return False
        if node.moment is Moment.ANY:
            return True
        return (old if node.moment is Moment.FROM else new) == node.value


def shifted(value: str, by: timedelta) -> str:
    """A stored date-time moved; "" for a value that is none."""
    try:
        return stored(parse_stored(value) + by)
    except (ValueError, OverflowError):
        return ""
