"""Sessions: opened for requests that bring no cookie of one, closed when nobody used them for long enough."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.identity.turnstile import Turnstile
from snow_escalations.sandbox.properties import Properties

COOKIE = "JSESSIONID"
_PRUNED_ABOVE = 1000


@dataclass(slots=True)
class Session:
    """One session of one user. Its transactions run one at a time."""

    session_id: str
    user_name: str
    used: datetime
    turnstile: Turnstile = field(default_factory=Turnstile)


class Sessions:
    """The open sessions by cookie."""

    def __init__(self, properties: Properties, clock: SandboxClock, identifiers: Identifiers) -> None:
        self._properties = properties
        self._clock = clock
        self._identifiers = identifiers
        self._open: dict[str, Session] = {}

    def of(self, cookie: str, user_name: str) -> tuple[Session, bool]:
        """The user's session behind a cookie, or a new one; and whether it is new."""
        now = self._clock.now()
        session = self._open.get(cookie)
        if session is not None and session.user_name == user_name and self._lives(session, now):
            session.used = now
            return session, False
        if len(self._open) >= _PRUNED_ABOVE:
            self._prune(now)
        session = Session(self._identifiers.session(), user_name, now)
        self._open[session.session_id] = session
        return session, True

    def _lives(self, session: Session, now: datetime) -> bool:
        return now - session.used < timedelta(seconds=self._properties.integer("sandbox.session.lifetime"))

    def _prune(self, now: datetime) -> None:
        """Forget the sessions that ended, and where the clock stands still, the older half."""
        living = {name: session for name, session in self._open.items() if self._lives(session, now)}
        recent = list(living)[-_PRUNED_ABOVE // 2 :]
        self._open = {name: living[name] for name in recent}
