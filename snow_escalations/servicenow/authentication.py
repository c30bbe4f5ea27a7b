"""Who we are to the instance: headers for a request, and one renewal when they are refused."""

import base64
from collections.abc import Mapping
from typing import Protocol

from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin


class Authentication(Protocol):
    """Gives the headers that log a request in. Safe for threads."""

    def headers(self, deadline: Deadline) -> Mapping[str, str]:
        """The headers; may fetch a token, within the deadline."""

    def renew(self, refused: Mapping[str, str], deadline: Deadline) -> bool:
        """Get other headers than those that were just refused with 401; False where there is nothing to renew."""


class FixedHeaders:
    """Basic authentication and API keys: the same headers always, nothing to renew."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = dict(headers)

    def headers(self, deadline: Deadline) -> Mapping[str, str]:  # noqa: ARG002  (the protocol's shape)
        """The headers."""
        return self._headers

    def renew(self, refused: Mapping[str, str], deadline: Deadline) -> bool:  # noqa: ARG002
        """Nothing can be renewed."""
        return False


def basic(login: BasicLogin) -> FixedHeaders:
    """User and password in UTF-8, as RFC 7617 recommends."""
    pair = base64.b64encode(f"{login.user}:{login.password}".encode()).decode("ascii")
    return FixedHeaders({"Authorization": f"Basic {pair}"})


def api_key(login: ApiKeyLogin) -> FixedHeaders:
    """The key in its header."""
    return FixedHeaders({login.header: login.key})
