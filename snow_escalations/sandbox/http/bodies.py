"""Request bodies to values of fields."""

import hashlib
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.lenient import decode
from snow_escalations.sandbox.http.refusals import too_large, undecodable, unsupported_type
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.values.hashmap import ordered

_JSON = frozenset({"", "application/json", "text/json"})
_XML = frozenset({"application/xml", "text/xml"})


def check_length(call: Call, properties: Properties) -> None:
    """Refuse a body that is too large.

    Raises:
        Refusal: with the status of `sandbox.http.large_payload_status`.
    """
    limit = properties.integer("glide.rest.max_content_length")
    if len(call.body) > limit:
        raise too_large(properties.integer("sandbox.http.large_payload_status"), len(call.body), limit)


def record(call: Call) -> dict[str, str]:
    """The fields of a record in a request body; of an array of records the first.

    Raises:
        Refusal: 415, a content type that is not read; 400, a body that cannot be decoded.
    """
    content_type = call.header("content-type").partition(";")[0].strip().lower()
    if content_type in _XML:
        return _xml_record(call.body)
    if content_type not in _JSON:
        raise unsupported_type(call.header("content-type"))
    value = json_value(call.body)
    if isinstance(value, list):
        value = value[0] if value else {}
    if not isinstance(value, dict):
        raise undecodable(_reader(call.body))
    return {name: java_text(item) for name, item in value.items()}


def json_value(body: bytes) -> Any:
    """The JSON of a body; an empty one is an empty object.

    Raises:
        Refusal: 400, it cannot be decoded.
    """
    try:
        text = body.decode("utf-8-sig")
        return decode(text) if text.strip() else {}
    except ValueError as error:
        raise undecodable(_reader(body)) from error


def java_text(value: Any) -> str:
    """A JSON value as a column of text keeps it: objects and arrays in the words of Java's toString."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}={java_text(value[key])}" for key in ordered(tuple(value))) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(java_text, value)) + "]"
    return str(value)


def _reader(body: bytes) -> str:
    """What stands after the @ in the decoder's complaint: an object's hash on an instance, one of the body here."""
    return hashlib.sha256(body).hexdigest()[:8]


def _xml_record(body: bytes) -> dict[str, str]:
    """`<request><entry><field>value</field></entry></request>`, of which the first entry counts."""
    reader = _XmlReader()
    try:
        reader.parse(body)
    except (expat.ExpatError, ValueError) as error:
        raise undecodable(_reader(body)) from error
    return reader.fields


class _XmlReader:
    """Collects the elements of the first entry; entities beyond XML's own five are refused."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self._path: list[str] = []
        self._entries = 0

    def parse(self, body: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.Parse(body, True)  # noqa: FBT003 - expat's own signature

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) == 2:
            self._entries += 1
        if len(self._path) == 3 and self._entries == 1:
            self.fields[name] = ""

    def _end(self, _: str) -> None:
        self._path.pop()

    def _text(self, text: str) -> None:
        if len(self._path) == 3 and self._entries == 1:
            self.fields[self._path[-1]] += text

    def _entity(self, *_: object) -> None:
        raise ValueError("entity declarations are not read")
