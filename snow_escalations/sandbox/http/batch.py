"""POST /api/now/v1/batch: several requests in one, one after the other, each for itself."""

import base64
import binascii
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from snow_escalations.sandbox.http.answer import CONTENT_TYPES, Answer
from snow_escalations.sandbox.http.bodies import json_value
from snow_escalations.sandbox.http.call import Call, split_target
from snow_escalations.sandbox.http.refusals import Refusal, undecodable
from snow_escalations.sandbox.properties import Properties

_MB = 1024 * 1024
Serve = Callable[[Call, Refusal | None], tuple[Answer, bytes]]


class Batches:
    """Runs batches. What is not serviced, for size or time, is listed by id; what failed is an item like any other."""

    def __init__(self, properties: Properties) -> None:
        self._properties = properties

    def answer(self, call: Call, serve: Serve) -> Answer:
        """The answer to a batch; `serve` answers one item, or refuses it as it is told, and encodes the body.

        Raises:
            Refusal: 400, the body is no batch.
        """
        request = json_value(call.body)
        items = request.get("rest_requests") if isinstance(request, dict) else None
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise undecodable("batch")
        serviced: list[dict[str, Any]] = []
        unserviced: list[str] = []
        most = self._properties.integer("sandbox.batch.serviced_limit") or len(items)
        room = self._properties.integer("glide.rest.batch.max.outputSize") * _MB
        for item in items:
            body = _decoded(item)
            if unserviced or len(serviced) >= most or self._is_too_large(body):
                unserviced.append(str(item.get("id", "")))
                continue
            entry, size = self._serviced(call, item, body, serve)
            if size > room:
                unserviced.append(str(item.get("id", "")))
                continue
            room -= size
            serviced.append(entry)
        result = {
            "batch_request_id": str(request.get("batch_request_id", "")),
            "serviced_requests": serviced,
            "unserviced_requests": unserviced,
        }
        return Answer(200, result)

    def _is_too_large(self, body: bytes | Refusal) -> bool:
        return isinstance(body, bytes) and len(body) > self._properties.integer("glide.rest.batch.max.inputSize") * _MB

    def _serviced(
        self, call: Call, item: Mapping[str, Any], body: bytes | Refusal, serve: Serve
    ) -> tuple[dict[str, Any], int]:
        target = str(item.get("url", "")).encode("utf-8", "replace").decode("utf-8")
        path, raw_path, query_string = split_target(target)
        inner = Call(
            method=str(item.get("method", "GET")).upper(),
            path=path,
            raw_path=raw_path,
            query_string=query_string,
            origin=call.origin,
            headers=_headers(item),
            body=body if isinstance(body, bytes) else b"",
        )
        answer, encoded = serve(inner, body if isinstance(body, Refusal) else None)
        encoded_body = base64.b64encode(encoded).decode("ascii")
        entry = {
            "id": str(item.get("id", "")),
            "body": encoded_body,
            "status_code": answer.status,
            "status_text": HTTPStatus(answer.status).phrase,
            "headers": [] if item.get("exclude_response_headers") is True else _answer_headers(answer, encoded),
            "execution_time": 0,
        }
        return entry, len(encoded_body)


def _decoded(item: Mapping[str, Any]) -> bytes | Refusal:
    """The body of an item, or the refusal of the item whose body is no base64."""
    written = item.get("body")
    if not isinstance(written, str):
        return b""
    try:
        return base64.b64decode(written, validate=False)
    except (binascii.Error, ValueError):
        return undecodable("body")


def _headers(item: Mapping[str, Any]) -> dict[str, str]:
    written = item.get("headers")
    entries = written if isinstance(written, list) else []
    return {
        str(entry.get("name", "")).lower(): str(entry.get("value", "")) for entry in entries if isinstance(entry, dict)
    }


def _answer_headers(answer: Answer, encoded: bytes) -> list[dict[str, str]]:
    """The headers of an item, in the order of the docs' sample."""
    headers = [("Pragma", "no-store,no-cache"), ("Expires", "0")]
    if encoded:
        content_type = CONTENT_TYPES[answer.media].replace(";charset", "; charset")
        headers += [("Content-Length", str(len(encoded))), ("Content-Type", content_type)]
    headers.append(("Cache-control", "no-cache,no-store,must-revalidate,max-age=-1"))
    headers += answer.headers
    return [{"name": name, "value": value} for name, value in headers]
