"""OAuth tokens of ServiceNow: fetched once for all workers, renewed early, and once more when one is refused.

The endpoint takes form data only, answers 401 for every kind of refusal, gives the same token again while it is valid
(with less time left) and can answer with a web page while the instance sleeps. The request is made by itself, not by a
session that carries query parameters: those once leaked into a token request of a well-known client.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import Call, IncompleteAnswer, NotAuthenticated
from snow_escalations.servicenow.options import OAuthLogin

TOKEN_PATH = "/oauth_token.do"  # noqa: S105  (a path)
TOKEN_CALL = Call("POST", "oauth_token.do")
EARLY = 60.0
"""Seconds before its end at which a token is renewed; a quarter of its life, if that is shorter."""

FetchForm = Callable[[Mapping[str, str], Deadline], Mapping[str, Any]]
"""Posts a form to the token endpoint and gives the JSON object of its answer; raises `InstanceError`."""


@dataclass(frozen=True, slots=True)
class _Token:
    access: str
    refresh: str
    renew_at: float


class OAuth:
    """Keeps the token of a connection. Safe for threads: whoever comes while one is being fetched waits for it.

    Args:
        login: the grant and its secrets.
        fetch: posts a form to the token endpoint.
        clock: monotonic seconds.
        on_secret: is told every token, so that logs and errors never show it.
    """

    def __init__(
        self,
        login: OAuthLogin,
        fetch: FetchForm,
        clock: Callable[[], float],
        on_secret: Callable[[str], None],
    ) -> None:
        self._login, self._fetch, self._clock, self._on_secret = login, fetch, clock, on_secret
        self._lock = threading.Lock()
        self._token: _Token | None = None

    def headers(self, deadline: Deadline) -> Mapping[str, str]:
        """A bearer token with enough life left.

        Raises:
            NotAuthenticated: the endpoint refuses the login.
        """
        with self._lock:
            if self._token is None or self._clock() >= self._token.renew_at:
                self._token = self._renewed(deadline)
            return _bearer(self._token)

    def renew(self, refused: Mapping[str, str], deadline: Deadline) -> bool:
        """Replace a token that was refused, unless another worker did so in the meantime.

        False if the endpoint hands out the refused token again: the token is not what is wrong then.
        """
        with self._lock:
            if self._token is not None and _bearer(self._token) != refused:
                return True
            self._token = self._renewed(deadline)
            return _bearer(self._token) != refused

    def _renewed(self, deadline: Deadline) -> _Token:
        refresh = self._token.refresh if self._token is not None else ""
        if refresh and self._login.grant == "password":
            try:
                return self._ask({"grant_type": "refresh_token", "refresh_token": refresh}, deadline)
            except NotAuthenticated:
                # A refresh token dies (after 100 days, or revoked) before the password does.
                self._token = None
        return self._ask(self._first_form(), deadline)

    def _first_form(self) -> dict[str, str]:
        login = self._login
        if login.grant == "password":
            return {"grant_type": "password", "username": login.user, "password": login.password}
        if login.grant == "refresh_token":
            return {"grant_type": "refresh_token", "refresh_token": login.refresh_token}
        return {"grant_type": "client_credentials"}

    def _ask(self, form: Mapping[str, str], deadline: Deadline) -> _Token:
        secrets = {"client_id": self._login.client_id, "client_secret": self._login.client_secret}
        asked_at = self._clock()
        body = self._fetch({**form, **secrets}, deadline)
        access, refresh = str(body.get("access_token") or ""), str(body.get("refresh_token") or "")
        if not access:
            raise IncompleteAnswer(TOKEN_CALL, "the answer has no access_token")
        for secret in filter(None, (access, refresh)):
            self._on_secret(secret)
        life = _seconds(body.get("expires_in"))
        return _Token(access, refresh, asked_at + life - min(EARLY, life / 4))


def _bearer(token: _Token) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.access}"}


def _seconds(value: object) -> float:
    try:
        return float(str(value))
    except ValueError as error:
        raise IncompleteAnswer(TOKEN_CALL, "the answer has no usable expires_in") from error
