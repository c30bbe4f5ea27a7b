"""Keeping to the instance's rate limits: for all workers of a connection together, from what its answers say.

A rule (`sys_rate_limit_rules`) shows itself by `X-RateLimit-Limit` (requests an hour), `X-RateLimit-Reset` (the end of
the clock hour, UNIX time) and `X-RateLimit-Rule` on each answer that it counts. There is no header for what remains, so
it is counted here. The instance counts per node and settles every 30 s, so a refusal can still come early or late.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import RateLimited

RESERVE = 0.2
"""The last part of an hour's allowance, which is spread evenly over the time that is left."""


@dataclass(slots=True)
class _Window:
    limit: int
    resets_at: float
    used: int = 0
    next_at: float = 0.0


class Pacing:
    """What is known of the instance's limits. Safe for threads.

    Args:
        clock: monotonic seconds, for cool-downs.
        wall_clock: UNIX time, for the instance's reset instants.
        sleep: waits some seconds.
    """

    def __init__(
        self, clock: Callable[[], float], wall_clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._clock, self._wall_clock, self._sleep = clock, wall_clock, sleep
        self._lock = threading.Lock()
        self._windows: dict[str, _Window] = {}
        self._cool_until = 0.0

    def wait(self, deadline: Deadline) -> None:
        """Wait until the next request may go out.

        Raises:
            RateLimited: it may not go out before the deadline.
        """
        while (pause := self._pause()) > 0:
            if pause > deadline.remaining():
                raise RateLimited(
                    deadline.call,
                    f"the rate limit leaves no request for another {pause:.0f} s, and the deadline of the call is in "
                    f"{deadline.remaining():.0f} s",
                    retry_after=pause,
                )
            self._sleep(pause)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over what an answer tells of the limits."""
        limit, reset = _number(headers.get("X-RateLimit-Limit")), _number(headers.get("X-RateLimit-Reset"))
        if limit is None or reset is None:
            return
        rule = headers.get("X-RateLimit-Rule", "")
        with self._lock:
            window = self._windows.get(rule)
            if window is None or window.resets_at != reset:
                window = self._windows[rule] = _Window(int(limit), reset)
            window.limit = int(limit)
            window.used += 1

    def cool_down(self, seconds: float) -> None:
        """Let no worker send anything for some seconds, after a refusal."""
        with self._lock:
            self._cool_until = max(self._cool_until, self._clock() + seconds)

    def _pause(self) -> float:
        with self._lock:
            now = self._wall_clock()
            windows = [window for window in self._windows.values() if window.resets_at > now]
            pauses = [window.next_at - now for window in windows if window.used < window.limit]
            pauses += [window.resets_at - now for window in windows if window.used >= window.limit]
            pause = max([0.0, self._cool_until - self._clock(), *pauses])
            if pause == 0.0:
                for window in windows:
                    window.next_at = now + _interval(window, now)
            return pause


def _interval(window: _Window, now: float) -> float:
    """Seconds between two requests: none while there is plenty, then what is left is spread evenly."""
    remaining = window.limit - window.used
    return (window.resets_at - now) / remaining if remaining < window.limit * RESERVE else 0.0


def _number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
