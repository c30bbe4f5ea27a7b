"""How to reach one instance: address, login, patience. Secrets are already resolved here and never shown."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import Field

from snow_escalations.model import Model


class Timeouts(Model):
    """Patience in seconds: to connect, between two arrivals of data, and for a call with all its retries."""

    connect: float = Field(default=5.0, gt=0, le=600)
    read: float = Field(default=30.0, gt=0, le=3600)
    deadline: float = Field(default=120.0, gt=0, le=86_400)


class Retries(Model):
    """Repetition of what may be repeated: `attempts` in all, waits in seconds doubling from the first to the longest.

    Reads are repeated after what passes (a lost connection, 429, 5xx, a cut answer); a write only if it is certain
    that it was not executed.
    """

    attempts: int = Field(default=4, ge=1, le=20)
    first_wait: float = Field(default=0.5, gt=0, le=3600)
    longest_wait: float = Field(default=30.0, gt=0, le=3600)


@dataclass(frozen=True, slots=True)
class BasicLogin:
    """User and password, sent with each request."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OAuthLogin:
    """A token from `/oauth_token.do`; which of the other fields are needed depends on the grant."""

    grant: Literal["password", "client_credentials", "refresh_token"]
    client_id: str
    client_secret: str = field(repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ApiKeyLogin:
    """A key in a header, bound to a user on the instance (`x-sn-apikey` unless its profile names another)."""

    key: str = field(repr=False)
    header: str = "x-sn-apikey"


Login: TypeAlias = BasicLogin | OAuthLogin | ApiKeyLogin


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """Everything about the way to one instance. `url` is scheme and host, with a port if need be, and no path."""

    url: str
    login: Login
    timeouts: Timeouts = field(default_factory=Timeouts)
    retries: Retries = field(default_factory=Retries)
    max_concurrency: int = 4
    page_size: int = 1000
    journal_page_size: int = 10_000
    proxy: str | None = field(default=None, repr=False)
    ca_bundle: str | None = None
    client_certificate: tuple[str, str] | None = None


def is_loopback(url: str) -> bool:
    """Whether the URL's host is this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
