"""JSON and XML: which of them a caller accepts, and answers in each."""

import html
import re
from collections.abc import Mapping
from json.encoder import JSONEncoder
from typing import Any

from snow_escalations.sandbox.http.answer import Media
from snow_escalations.sandbox.http.refusals import not_acceptable

_ENCODE = JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_MEDIA: Mapping[str, Media] = {
    "application/json": "json",
    "text/json": "json",
    "application/*": "json",
    "*/*": "json",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/*": "xml",
}
# Control characters, which XML 1.0 cannot hold even as references.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def accepted(accept: str) -> Media:
    """The media type to answer in: the best of the Accept header; JSON where it is absent.

    Raises:
        Refusal: 406, the header asks for neither JSON nor XML.
    """
    if not accept.strip():
        return "json"
    best: tuple[float, Media] | None = None
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        media = _MEDIA.get(name.lower())
        quality = _quality(parameters)
        if media is not None and quality > 0 and (best is None or quality > best[0]):
            best = quality, media
    if best is None:
        raise not_acceptable(accept)
    return best[1]


def to_json(value: Any) -> bytes:
    """Compact JSON, UTF-8, nothing escaped that need not be: byte for byte what instances send."""
    return _ENCODE(value).encode("utf-8", "surrogatepass")


def to_xml(value: Mapping[str, Any]) -> bytes:
    """The same answer as XML: one element a key, several rows as several elements; without what XML cannot hold."""
    return (_DECLARATION + _element("response", value)).encode("utf-8", "replace")


def _element(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        inner = "".join(_element(key, item) for key, item in value.items())
    elif isinstance(value, list):
        return "".join(_element(name, item) for item in value)
    else:
        inner = "" if value is None else html.escape(_NO_XML.sub("", _text(value)), quote=False)
    return f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(text)
            except ValueError:
                return 0.0
    return 1.0
