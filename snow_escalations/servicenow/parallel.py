"""Independent reads side by side, as many as the connection allows."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from snow_escalations.servicenow.chunks import chunks

Result = TypeVar("Result")


def in_parallel(tasks: Sequence[Callable[[], Result]], workers: int) -> list[Result]:
    """The results of the tasks in their order, with up to `workers` running at a time.

    Raises:
        the first task's error, in the order of the tasks; those not yet started are not started any more.
    """
    if workers == 1 or len(tasks) < 2:
        return [task() for task in tasks]
    with ThreadPoolExecutor(max_workers=min(workers, len(tasks)), thread_name_prefix="reader") as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            return [future.result() for future in futures]
        finally:
            for future in futures:
                future.cancel()


class Batch:
    """Reads that do not wait for each other: added one kind at a time, run together, delivered in the order added."""

    def __init__(self) -> None:
        self._tasks: list[tuple[list[Any], Callable[[], list[Any]]]] = []

    def add(self, read: Callable[[Sequence[str]], list[Result]], values: Sequence[str]) -> list[Result]:
        """A list that `run` fills with what `read` gives for the values, read in chunks that fit into a query."""
        results: list[Result] = []
        self._tasks += [(results, partial(read, chunk)) for chunk in chunks(values)]
        return results

    def run(self, workers: int) -> None:
        """Make all reads.

        Raises:
            the first error, as `in_parallel`; the lists are left empty then.
        """
        done = in_parallel([task for _, task in self._tasks], workers)
        for (results, _), rows in zip(self._tasks, done, strict=True):
            results.extend(rows)
        self._tasks.clear()
