"""Which requests may run now: one transaction a session, a few at once in the API_INT pool, rate-limit rules."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from snow_escalations.sandbox.http import pages, spoil
from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.identity.sessions import Session
from snow_escalations.sandbox.identity.turnstile import Turnstile
from snow_escalations.sandbox.properties import Properties


class TurnedAway(Exception):
    """The request is not run; `answer` is what the client gets."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__(f"turned away with {answer.status}")


class Admission:
    """Lets requests run, wait, or turns them away."""

    def __init__(self, properties: Properties) -> None:
        self._properties = properties
        self._pool = Turnstile()

    @asynccontextmanager
    async def admitted(self, session: Session) -> AsyncIterator[None]:
        """Run a request of a session when its turn has come.

        Raises:
            TurnedAway: an empty 202, too many requests of the session wait or this one waited too long; a 429 without
                the envelope, the queue of the pool is full.
        """
        get = self._properties.integer
        wait_s = get("sandbox.session.wait_limit_ms") / 1000
        if not await session.turnstile.enter(size=1, queue_limit=get("sandbox.session.queue_limit"), wait_s=wait_s):
            raise TurnedAway(spoil.nothing(202))
        try:
            size, queue_limit = get("sandbox.semaphore.size"), get("sandbox.semaphore.queue_limit")
            if not await self._pool.enter(size=size, queue_limit=queue_limit):
                raise TurnedAway(Answer(429, rest=False, raw=pages.TOO_MANY_REQUESTS, media="html", edge=True))
            try:
                yield
            finally:
                self._pool.leave()
        finally:
            session.turnstile.leave()


async def pause(milliseconds: int) -> None:
    """Let real time pass."""
    if milliseconds:
        await asyncio.sleep(milliseconds / 1000)
