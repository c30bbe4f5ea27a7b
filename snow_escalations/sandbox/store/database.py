"""The SQLite connection of one sandbox: one lock around it, nested transactions, and the functions queries call."""

import random
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox.query.match import shifted
from snow_escalations.sandbox.query.sql import DATE_PART_FUNCTION, SHIFT_FUNCTION, SHUFFLE_FUNCTION
from snow_escalations.sandbox.query.tree import date_part

Row: TypeAlias = tuple[Any, ...]
_STATEMENT_CACHE = 512


class Database:
    """A connection that several threads may use, one at a time.

    Args:
        path: the database file, or None for memory.
        seed: of the function that shuffles unordered reads.
    """

    def __init__(self, path: Path | None, seed: int) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        try:
            self._connection = sqlite3.connect(
                ":memory:" if path is None else path,
                check_same_thread=False,
                isolation_level=None,
                cached_statements=_STATEMENT_CACHE,
            )
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        try:
            self._configure(random.Random(seed))  # noqa: S311 - repeatable by intent
        except sqlite3.Error as error:
            self._connection.close()
            raise _unusable(path, error) from error

    def _configure(self, shuffled: random.Random) -> None:
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        # A sandbox's file survives its process, not the loss of power; that keeps writes as fast as in memory.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.create_function(DATE_PART_FUNCTION, 3, _date_part, deterministic=True)
        self._connection.create_function(SHIFT_FUNCTION, 2, _shift, deterministic=True)
        self._connection.create_function(SHUFFLE_FUNCTION, 1, lambda _: shuffled.random())

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """The rows of a SELECT."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def scalar(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row of a SELECT, or None."""
        with self._lock:
            row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run a statement; the number of rows that it changed."""
        with self._lock:
            return self._connection.execute(sql, parameters).rowcount

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row of parameters."""
        with self._lock:
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inner ones are savepoints. Other threads wait."""
        with self._lock:
            name = f"level{self._depth}"
            self._connection.execute(f"SAVEPOINT {name}")
            self._depth += 1
            whole = False
            try:
                yield
                whole = True
            finally:
                if not whole:
                    self._connection.execute(f"ROLLBACK TO {name}")
                self._depth -= 1
                self._connection.execute(f"RELEASE {name}")


def _unusable(path: Path | None, error: sqlite3.Error) -> ConfigurationError:
    return ConfigurationError(f"{path}: cannot be used as the sandbox's database: {error}")


def _date_part(part: str, value: str, zone: str) -> int | None:
    return date_part(part, value, ZoneInfo(zone))


def _shift(value: str, seconds: float) -> str | None:
    return shifted(value, timedelta(seconds=seconds)) or None
