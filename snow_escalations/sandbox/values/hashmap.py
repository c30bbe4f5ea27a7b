"""The order of keys in answers: that of iterating over a `java.util.HashMap`.

Checked against every untouched body published: bucket `(h ^ h >>> 16) & (capacity - 1)` of `String.hashCode`, capacity
the least power of two from 16 on with keys <= 0.75 capacity. Keys of one bucket keep the order of insertion; whole rows
are inserted in alphabetical order (all recorded rows fit that).
"""

from collections.abc import Sequence
from functools import lru_cache

_MASK = 0xFFFFFFFF


@lru_cache(maxsize=65536)
def _hash(key: str) -> int:
    value = 0
    for unit in _utf16(key):
        value = (31 * value + unit) & _MASK
    return value ^ (value >> 16)


def _utf16(text: str) -> memoryview:
    return memoryview(text.encode("utf-16-le")).cast("H")


@lru_cache(maxsize=4096)
def iteration_order(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys, inserted in the order given, in the order in which the map iterates over them."""
    capacity = 16
    while len(keys) > 0.75 * capacity:
        capacity *= 2
    return tuple(sorted(dict.fromkeys(keys), key=lambda key: _hash(key) & (capacity - 1)))


def ordered(keys: Sequence[str]) -> tuple[str, ...]:
    """`iteration_order` of any sequence of keys."""
    return iteration_order(tuple(keys))
