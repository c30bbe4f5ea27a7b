"""Figures, and how they compare with their targets."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure; `limit` is the target, which is a least value if `at_least` says so."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the target is met; figures without one always are."""
        if self.limit is None:
            return True
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    def __str__(self) -> str:
        """The figure as a line of the table."""
        target = ""
        if self.limit is not None:
            target = f"{'at least' if self.at_least else 'at most'} {self.limit:g} {self.unit}"
        return f"{self.what:<72} {self.value:>10.3f} {self.unit:<12} {target:<24} {'ok' if self.met else 'MISSED'}"


def median_seconds(work: Callable[[], object], repeat: int) -> float:
    """The median time of some runs, after one that is not counted."""
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
