"""Addresses in the settings: of the instance and of a proxy. What is wrong is told without repeating the address."""

import re
from ipaddress import IPv6Address
from urllib.parse import SplitResult, unquote, urlsplit

from snow_escalations.secrets import Redactor
from snow_escalations.servicenow.options import is_loopback

_HOST = re.compile(r"[\w.-]+")


def instance_address(url: str) -> str:
    """Scheme, host and port of an instance's address.

    Raises:
        ValueError: it is none, holds a login or a path, or would send the login unencrypted over a network.
    """
    if "@" in url:
        raise ValueError("must not hold a user or password; set them under instance.auth")
    parts = _split(url, "https://example.service-now.com")
    if parts.path.strip("/"):
        raise ValueError(f"must end after the host, without `{parts.path}`")
    if parts.query or parts.fragment:
        raise ValueError("must end after the host, without anything from `?` or `#` on")
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError("must start with https://; plain http is accepted for loopback addresses only")
    return f"{parts.scheme}://{parts.netloc}"


def proxy_address(url: str) -> str:
    """The address of a proxy as it is, checked.

    Raises:
        ValueError: it is none, or of a kind other than http and https.
    """
    parts = _split(url, "http://proxy.example:3128")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must end after the host and port")
    return url


def has_password(url: str) -> bool:
    """Whether a password, even an empty or malformed one, stands before the host of an address."""
    login, at, _ = url.rpartition("@")
    return bool(at) and ":" in login.rpartition("//")[2]


def register_password(url: str, redactor: Redactor) -> None:
    """Have the password of an address masked: as written, as decoded, and as it is sent."""
    parts = urlsplit(url)
    if parts.password:
        redactor.add(parts.password)
        redactor.add(unquote(parts.password), user=unquote(parts.username or ""))


def _split(url: str, example: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise ValueError(f"must be an address like {example}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError(f"must be an address like {example}")
    if not _is_host(host):
        raise ValueError(f"has a host that cannot be one; write an address like {example}")
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError("has a port that is no number from 1 to 65535") from error
    if port == 0 or parts.netloc.endswith(":"):
        raise ValueError("has a port that is no number from 1 to 65535")
    return parts


def _is_host(host: str) -> bool:
    try:
        if ":" in host:
            return bool(IPv6Address(host.partition("%")[0]))
        return bool(_HOST.fullmatch(host) and host.encode("idna"))
    except ValueError:  # no IPv6 address, or a label that is empty or longer than 63 characters
        return False
