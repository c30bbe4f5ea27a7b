"""Lists of values cut so that the URL of a query stays under what an instance accepts."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

SIZE = 200
"""Values in one query; 200 sys_ids make 7,000 bytes."""
BYTES = 7000
"""Bytes of the values in the URL, where each comma takes three."""


def chunks(values: Sequence[str], size: int = SIZE) -> Iterator[tuple[str, ...]]:
    """The distinct values in their order, in tuples that each fit into one query."""
    chunk: list[str] = []
    used = 0
    for value in dict.fromkeys(values):
        cost = len(quote(value, safe="")) + 3
        if chunk and (len(chunk) == size or used + cost > BYTES):
            yield tuple(chunk)
            chunk, used = [], 0
        chunk.append(value)
        used += cost
    if chunk:
        yield tuple(chunk)
