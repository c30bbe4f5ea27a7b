"""The time of the instance: frozen and moved by hand, or ticking on from a chosen instant."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from snow_escalations.errors import ConfigurationError

STORED_FORMAT = "%Y-%m-%d %H:%M:%S"


class SandboxClock:
    """What the instance takes for now. Thread-safe.

    Args:
        start: the first instant, with a time zone; kept in UTC.
        frozen: `True`: time moves by `advance` alone; `False`: it also moves with `monotonic`.
        monotonic: seconds that only grow; a test passes its own.
    """

    def __init__(
        self, start: datetime, *, frozen: bool = True, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        if start.tzinfo is None:
            raise ConfigurationError(
                f"the sandbox's now `{start.isoformat()}` has no time zone; write `{start.isoformat()}Z` for UTC"
            )
        self._start = start.astimezone(UTC)
        self._frozen = frozen
        self._monotonic = monotonic
        self._origin = monotonic()
        self._lock = threading.Lock()

    @property
    def ticks(self) -> bool:
        """Whether time also passes by itself."""
        return not self._frozen

    def now(self) -> datetime:
        """The instant, aware, in UTC."""
        with self._lock:
            if self._frozen:
                return self._start
            return self._start + timedelta(seconds=self._monotonic() - self._origin)

    def advance(self, by: timedelta) -> None:
        """Move time forward.

        Raises:
            ValueError: `by` is negative; an instance's time never runs backwards.
        """
        if by < timedelta(0):
            raise ValueError(f"time does not run backwards: {by}")
        with self._lock:
            self._start += by


def stored(instant: datetime) -> str:
    """An instant as ServiceNow stores it: `YYYY-MM-DD HH:MM:SS` in UTC, fractions of seconds cut.

    Raises:
        OverflowError: in UTC the instant lies before the year 1 or after the year 9999.
    """
    # Not strftime, which writes the years before 1000 with fewer than four digits.
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds")


def parse_stored(text: str) -> datetime:
    """A stored date-time as an aware instant.

    Raises:
        ValueError: `text` is not in the stored form.
    """
    return datetime.strptime(text, STORED_FORMAT).replace(tzinfo=UTC)
