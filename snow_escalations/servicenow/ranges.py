"""One big read by several readers: the key space cut into ranges, each read by keyset on its own.

Sys_ids are spread over the hexadecimal digits well enough that equal ranges hold about as many rows. What does not look
like one still falls into a range, as the first is open below and the last above. Pages come as they arrive: in order
within a range, in no order between them.
"""

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import Enum

from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.paging import Page
from snow_escalations.servicenow.query import Query

AHEAD = 2
"""Pages that each reader may be ahead of whoever uses them, which bounds the memory."""


def split(query: Query, readers: int) -> list[Query]:
    """The query over each of as many ranges of sys_id as there are readers; together they miss and double nothing."""
    bounds = [format(0x10000 * index // readers, "04x") for index in range(1, readers)]
    parts = []
    for low, high in zip(["", *bounds], [*bounds, ""], strict=True):
        part = query.where("sys_id", Operator.AT_LEAST, low) if low else query
        parts.append(part.where("sys_id", Operator.LESS, high) if high else part)
    return parts


class _End(Enum):
    """How a reader ended."""

    WHOLE = "whole"
    FAILED = "failed"


class _Arrivals:
    """What readers hand over: pages, then how they ended; bounded, and closed when nobody wants more."""

    def __init__(self, readers: int) -> None:
        self._queue: queue.Queue[Page | _End] = queue.Queue(maxsize=readers * AHEAD)
        self._closed = threading.Event()

    def put(self, item: Page | _End) -> bool:
        """Hand something over, waiting for room; False if nobody wants it any more."""
        while not self._closed.is_set():
            try:
                self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def read(self, pages: Iterator[Page]) -> None:
        """Hand over all pages of a range; the work of one reader."""
        end = _End.FAILED
        try:
            for page in pages:
                if not self.put(page):
                    break
            end = _End.WHOLE
        finally:
            self.put(end)

    def pages(self, readers: int) -> Iterator[Page]:
        """The pages of all readers as they arrive, until each has ended or one has failed."""
        while readers:
            item = self._queue.get()
            if item is _End.FAILED:
                return
            if isinstance(item, Page):
                yield item
            else:
                readers -= 1

    def close(self) -> None:
        """Want no more: readers stop after the page that they are reading."""
        self._closed.set()


def read_ranges(query: Query, readers: int, read: Callable[[Query], Iterator[Page]]) -> Iterator[Page]:
    """The pages of all ranges, each range read by a thread of its own.

    Raises:
        the first error of a reader; the others stop after the page that they are reading.
    """
    arrivals = _Arrivals(readers)
    with ThreadPoolExecutor(max_workers=readers, thread_name_prefix="range") as pool:
        try:
            running = [pool.submit(arrivals.read, read(part)) for part in split(query, readers)]
            yield from arrivals.pages(readers)
        finally:
            arrivals.close()
    for reader in running:
        reader.result()
