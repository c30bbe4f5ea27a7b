"""The tree of a parsed document: plain values that remember where they were written."""

from dataclasses import dataclass
from typing import TypeAlias

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column of a character, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: its value after YAML 1.2 core resolution, and the text as written."""

    value: str | int | float | bool | None
    text: str
    position: Position

    def plain(self) -> Plain:
        """The value alone."""
        return self.value


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    position: Position

    def plain(self) -> Plain:
        """The values alone."""
        return [item.plain() for item in self.items]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys, always text, with the position of each key, and their nodes, in the order written.

    Of keys in `repeated` the first stands here, and nobody knows which was meant. Where `has_unread_keys`, there are
    others that could not be read and do not stand here.
    """

    entries: tuple[tuple[str, Position, "Node"], ...]
    position: Position
    repeated: frozenset[str] = frozenset()
    has_unread_keys: bool = False

    def plain(self) -> Plain:
        """The values alone; of a duplicate key the first one stands (the duplicate is a problem of its own)."""
        values: dict[str, Plain] = {}
        for key, _, node in self.entries:
            values.setdefault(key, node.plain())
        return values

    def find(self, key: str) -> tuple[Position, "Node"] | None:
        """Position of the key and its node, or None where the key is absent."""
        for name, position, node in self.entries:
            if name == key:
                return position, node
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def locate(root: Node, path: Path) -> tuple[Position, Node]:
    """The key position and node that `path` leads to, or those of the deepest part of it that is written.

    Parts that name nothing in the document (a union's branch, a validator) are passed over, as pydantic puts such
    words into the locations of its errors.
    """
    position, node = root.position, root
    for part in path:
        found = _step(node, part)
        if found is not None:
            position, node = found
    return position, node


def _step(node: Node, part: str | int) -> tuple[Position, Node] | None:
    if isinstance(node, Mapping):
        return node.find(str(part))
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        return node.items[part].position, node.items[part]
    return None
