"""What is said to a request, before a release profile dresses it in headers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Headers: TypeAlias = list[tuple[str, str]]
Media: TypeAlias = Literal["json", "xml", "html", "text", "none"]

JSON_TYPE = "application/json;charset=UTF-8"
XML_TYPE = "application/xml;charset=UTF-8"
HTML_TYPE = "text/html;charset=UTF-8"
CONTENT_TYPES: Mapping[Media, str] = {"json": JSON_TYPE, "xml": XML_TYPE, "html": HTML_TYPE, "text": "text/plain"}


@dataclass(slots=True)
class Answer:
    """An answer to a request that was handled.

    Attributes:
        status: the HTTP status.
        value: what becomes the body, before it is encoded; None for no body.
        headers: those that the handler itself sets (Link, Location, X-Total-Count, rate limits), in wire order.
        rest: the answer of a REST resource to a caller who is logged in (X-Is-Logged-In, X-Transaction-ID).
        raw: a body that is encoded already, with its media type in `media`.
        challenge: a 401 that asks for credentials, with the headers of one.
        edge: said in front of the instance, with the few headers of the edge.
    """

    status: int
    value: Any = None
    headers: Headers = field(default_factory=list)
    rest: bool = True
    raw: bytes | None = None
    media: Media = "json"
    challenge: bool = False
    edge: bool = False
