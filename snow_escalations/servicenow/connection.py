"""One instance reached as one account: what all workers share, and a session with its own cookies for each of them."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from snow_escalations.servicenow.authentication import Authentication, api_key, basic
from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import Call
from snow_escalations.servicenow.oauth import TOKEN_PATH, OAuth
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin, ConnectionOptions
from snow_escalations.servicenow.pacing import Pacing
from snow_escalations.servicenow.session import InstanceSession, Surroundings
from snow_escalations.servicenow.transport import InstanceAnswer


@dataclass(frozen=True, slots=True)
class Sources:
    """Where time and chance come from; tests bring their own."""

    clock: Callable[[], float] = time.monotonic
    wall_clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Random = field(default_factory=Random)


class Connection:
    """A connection to one instance, for any number of worker threads. Close it, or use it in a `with`.

    Args:
        options: address, login, patience.
        sources: clocks, sleep and chance.
        on_secret: is told each secret that comes to be known later (tokens), so that it can be masked.
        on_exchange: is told each HTTP exchange: the call and the answer, or None where none came.
    """

    def __init__(
        self,
        options: ConnectionOptions,
        sources: Sources | None = None,
        *,
        on_secret: Callable[[str], None] = lambda secret: None,  # noqa: ARG005
        on_exchange: Callable[[Call, InstanceAnswer | None], None] = lambda call, answer: None,  # noqa: ARG005
    ) -> None:
        sources = sources or Sources()
        self.options = options
        self._lock = threading.Lock()
        self._sessions: list[tuple[threading.Thread, InstanceSession]] = []
        self._token_session: InstanceSession | None = None
        self._around = Surroundings(
            options=options,
            authentication=self._authentication(sources, on_secret),
            pacing=Pacing(sources.clock, sources.wall_clock, sources.sleep),
            slots=threading.BoundedSemaphore(options.max_concurrency),
            clock=sources.clock,
            sleep=sources.sleep,
            random_source=sources.chance,
            on_exchange=on_exchange,
        )

    def _authentication(self, sources: Sources, on_secret: Callable[[str], None]) -> Authentication:
        login = self.options.login
        if isinstance(login, BasicLogin):
            return basic(login)
        if isinstance(login, ApiKeyLogin):
            return api_key(login)
        return OAuth(
            login,
            self._fetch_token,
            sources.clock,
            on_secret,
        )

    def _fetch_token(self, form: Mapping[str, str], deadline: Deadline) -> Mapping[str, Any]:
        """The token endpoint's answer, over a session of its own: pysnow puts its headers into those that it is given.

        One is enough, as `OAuth` lets one worker at a time ask.
        """
        if self._token_session is None:
            self._token_session = InstanceSession(self._around)
        return self._token_session.post_form(TOKEN_PATH, form, deadline)

    def session(self) -> InstanceSession:
        """The session of this thread. A new thread takes over the session, and so the login, of one that has ended."""
        thread = threading.current_thread()
        with self._lock:
            for index, (owner, session) in enumerate(self._sessions):
                if owner is thread or not owner.is_alive():
                    self._sessions[index] = (thread, session)
                    return session
            session = InstanceSession(self._around)
            self._sessions.append((thread, session))
        return session

    def resource(self, table: str) -> Any:
        """A new `pysnow.Resource` for a table, over this thread's session.

        New each time, because a resource carries the parameters of its last call into the next one.
        """
        import pysnow  # noqa: PLC0415  (0.25 s that only commands with an instance should pay)

        parts = urlsplit(self.options.url)
        client = pysnow.Client(host=parts.netloc, session=self.session(), use_ssl=parts.scheme == "https")
        return client.resource(api_path=f"/table/{table}")

    def close(self) -> None:
        """Close all sessions; the threads that used them must be done."""
        with self._lock:
            for _, session in self._sessions:
                session.close()
            self._sessions.clear()
            if self._token_session is not None:
                self._token_session.close()
                self._token_session = None

    def __enter__(self) -> Self:
        """The connection itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
