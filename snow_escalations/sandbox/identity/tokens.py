"""OAuth tokens: issued per client and user, the same again while they live, expiring by the sandbox clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.properties import Properties


@dataclass(slots=True)
class Grant:
    """The tokens of one client for one user."""

    client_id: str
    user_name: str
    access_token: str
    access_until: datetime
    refresh_token: str
    refresh_until: datetime


class Tokens:
    """Issues tokens and knows whom they stand for."""

    def __init__(self, properties: Properties, clock: SandboxClock, identifiers: Identifiers) -> None:
        self._properties = properties
        self._clock = clock
        self._identifiers = identifiers
        self._grants: dict[tuple[str, str], Grant] = {}
        self._access: dict[str, tuple[str, datetime]] = {}

    def issue(self, client_id: str, user_name: str) -> Grant:
        """The tokens of a client for a user: the same again while the access token lives."""
        grant = self._grants.get((client_id, user_name))
        if grant is None or grant.refresh_until <= self._clock.now():
            grant = self._new(client_id, user_name)
            self._grants[client_id, user_name] = grant
        elif grant.access_until <= self._clock.now() or grant.access_token not in self._access:
            self._renew(grant)
        return grant

    def refresh(self, client_id: str, refresh_token: str) -> Grant | None:
        """A new access token beside the same refresh token; None where that is dead or another client's."""
        for grant in self._grants.values():
            if grant.refresh_token == refresh_token and grant.client_id == client_id:
                if grant.refresh_until <= self._clock.now():
                    return None
                self._renew(grant)
                return grant
        return None

    def user_of(self, access_token: str) -> str | None:
        """The user that a live access token stands for."""
        found = self._access.get(access_token)
        if found is None or found[1] <= self._clock.now():
            return None
        return found[0]

    def expire(self, access_token: str) -> None:
        """The token stops being valid at once."""
        self._access.pop(access_token, None)

    def expires_in(self, grant: Grant) -> int:
        """Whole seconds that the access token still lives, one less than it was issued for: 1799 of 1800."""
        return max(int((grant.access_until - self._clock.now()).total_seconds()) - 1, 0)

    def _new(self, client_id: str, user_name: str) -> Grant:
        lifetime = timedelta(seconds=self._properties.integer("sandbox.oauth.refresh_lifetime"))
        now = self._clock.now()
        grant = Grant(client_id, user_name, "", now, self._identifiers.token(), now + lifetime)
        self._renew(grant)
        return grant

    def _renew(self, grant: Grant) -> None:
        lifetime = timedelta(seconds=self._properties.integer("sandbox.oauth.access_lifetime"))
        grant.access_token = self._identifiers.token()
        grant.access_until = self._clock.now() + lifetime
        self._access[grant.access_token] = (grant.user_name, grant.access_until)
