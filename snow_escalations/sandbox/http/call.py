"""One request, read and decoded, apart from HTTP's mechanics."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import parse_qsl, unquote

WRITES = frozenset({"POST", "PUT", "PATCH"})
_OVERRIDE = "x-http-method-override"


@dataclass(frozen=True)
class Call:
    """A request.

    Attributes:
        method: upper case; `X-http-method-override` of a POST already applied.
        path: percent-decoded, as asked.
        raw_path: as asked.
        query_string: as asked, still encoded, without the question mark.
        origin: scheme and host as asked, as `http://127.0.0.1:8080`.
        headers: by lower-case name; of repeated ones the last.
        body: as sent.
    """

    method: str
    path: str
    raw_path: str
    query_string: str
    origin: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The query parameters, decoded; of repeated ones the first."""
        found: dict[str, str] = {}
        for name, value in parse_qsl(self.query_string, keep_blank_values=True, errors="replace"):
            found.setdefault(name, value)
        return found

    def header(self, name: str, default: str = "") -> str:
        """A header by its lower-case name."""
        return self.headers.get(name, default)

    def with_override(self) -> "Call":
        """The call with the method that `X-http-method-override` of a POST asks for."""
        method = self.header(_OVERRIDE).upper()
        return replace(self, method=method) if self.method == "POST" and method else self


def split_target(target: str) -> tuple[str, str, str]:
    """Path, raw path and query string of a request target."""
    raw_path, _, query_string = target.partition("?")
    return unquote(raw_path), raw_path, query_string
