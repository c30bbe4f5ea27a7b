"""The faults of a running sandbox: which of them strike a request."""

import random
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from snow_escalations.sandbox.faults.fault import Fault


@dataclass(slots=True)
class _Entry:
    fault: Fault
    matched: int = 0
    struck: int = 0


class Faults:
    """The schedule of a sandbox. Thread-safe; every fault counts the requests that it matches for itself."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311 - repeatable by intent
        self._entries: list[_Entry] = []
        self._lock = threading.Lock()

    def add(self, *faults: Fault) -> None:
        """Add faults to the schedule."""
        with self._lock:
            self._entries += [_Entry(fault) for fault in faults]

    def clear(self) -> None:
        """No faults any more; chance starts again from the seed."""
        self.replace(())

    def replace(self, faults: Iterable[Fault], *, seed: int | None = None) -> None:
        """Exactly these faults, counting from now; chance starts again from `seed`, or from the sandbox's."""
        with self._lock:
            self._random = random.Random(self._seed if seed is None else seed)  # noqa: S311
            self._entries = [_Entry(fault) for fault in faults]

    def __iter__(self) -> Iterator[Fault]:
        with self._lock:
            return iter([entry.fault for entry in self._entries])

    def strike(self, method: str, path: str, table: str, user: str) -> tuple[Fault, ...]:
        """The faults that strike a request, in the order of the schedule. Each matching one counts the request."""
        if not self._entries:
            return ()
        with self._lock:
            return tuple(
                entry.fault
                for entry in self._entries
                if entry.fault.matches(method, path, table, user) and self._strikes(entry)
            )

    def _strikes(self, entry: _Entry) -> bool:
        fault = entry.fault
        entry.matched += 1
        times = fault.times if fault.times is not None else (1 if fault.nth is not None else None)
        if entry.matched < (fault.nth or 1) or (times is not None and entry.struck >= times):
            return False
        if fault.probability is not None and self._random.random() >= fault.probability:
            return False
        entry.struck += 1
        return True
