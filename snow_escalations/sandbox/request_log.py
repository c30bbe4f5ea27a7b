"""What a sandbox was asked: one entry a request, for tests and for the curious."""

import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import overload

_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One request served.

    Attributes:
        method: after X-http-method-override.
        path: percent-decoded.
        query: the query parameters, decoded.
        user: the user name, or "" where nobody logged in.
        status: the status sent; 0 where the connection was reset before one was.
        table: the table in the path, or "".
        fault: the words of the faults that struck, joined by `+`, or "".
    """

    method: str
    path: str
    query: Mapping[str, str]
    user: str
    status: int
    table: str
    fault: str


class RequestLog:
    """The latest requests, oldest first. Thread-safe."""

    def __init__(self) -> None:
        self._records: deque[RequestRecord] = deque(maxlen=_KEPT)
        self._lock = threading.Lock()

    def append(self, record: RequestRecord) -> None:
        """Add a record."""
        with self._lock:
            self._records.append(record)

    def clear(self) -> None:
        """Forget all records."""
        with self._lock:
            self._records.clear()

    def __len__(self) -> int:
        with self._lock:
            return len(self._records)

    def __iter__(self) -> Iterator[RequestRecord]:
        with self._lock:
            return iter(list(self._records))

    @overload
    def __getitem__(self, index: int) -> RequestRecord: ...
    @overload
    def __getitem__(self, index: slice) -> list[RequestRecord]: ...
    def __getitem__(self, index: int | slice) -> RequestRecord | list[RequestRecord]:
        with self._lock:
            return list(self._records)[index]
