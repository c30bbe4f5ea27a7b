"""A turnstile: so many pass at once, so many wait, the others are turned away."""

import asyncio
from collections import deque


class Turnstile:
    """Belongs to one event loop. `enter` and `leave` frame what may run only so many times at once."""

    def __init__(self) -> None:
        self._inside = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def enter(self, *, size: int, queue_limit: int, wait_s: float | None = None) -> bool:
        """Pass, perhaps after a wait; False where the queue is full or the wait too long.

        Args:
            size: how many may be inside; 0 for any number.
            queue_limit: how many may wait.
            wait_s: how long to wait in real seconds; None for ever.
        """
        if size == 0 or self._inside < size:
            self._inside += 1
            return True
        if len(self._waiting) >= queue_limit:
            return False
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn), wait_s)
        except TimeoutError:
            if turn.done():
                return True
            self._waiting.remove(turn)
            turn.cancel()
            return False
        except asyncio.CancelledError:
            if turn.done():
                self.leave()
            else:
                self._waiting.remove(turn)
            raise
        return True

    def leave(self) -> None:
        """Make room for the next in the queue."""
        if self._waiting:
            self._waiting.popleft().set_result(None)
        else:
            self._inside -= 1
