"""What tests of the contract compare: JSON by its order, headers as they stand on the wire."""

import base64
import http.client
import json
import re
from typing import Any
from urllib.parse import urlsplit

from tests.sandbox import recorded


def in_order(value: Any) -> Any:
    """JSON that compares by the order of keys too."""
    if isinstance(value, dict):
        return [(key, in_order(item)) for key, item in value.items()]
    return [in_order(item) for item in value] if isinstance(value, list) else value


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def raw_headers(url: str, target: str, headers: dict[str, str]) -> list[tuple[str, str]]:
    """The headers of an answer as they stand on the wire."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    try:
        connection.request("GET", target, headers={"Accept": "*/*", **headers})
        answer = connection.getresponse()
        answer.read()
        return answer.getheaders()
    finally:
        connection.close()


BASIC = {"Authorization": "Basic " + base64.b64encode(b"admin:admin").decode()}


def documented_headers(name: str) -> list[tuple[str, str]]:
    """The header lines of a transcript, names and values."""
    lines = (line.strip().removeprefix("< ").strip(", ") for line in recorded.text(name).splitlines())
    return [(line.partition(": ")[0], line.partition(": ")[2]) for line in lines if re.match(r"[A-Z][\w-]*: ", line)]


def cookie_or_name(name: str, value: str) -> str:
    return value.partition("=")[0] if name == "Set-Cookie" else name
