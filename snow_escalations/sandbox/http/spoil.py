"""What faults make of answers: in place of the instance's own, or out of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from snow_escalations.sandbox.faults.fault import Fault, Kind
from snow_escalations.sandbox.http import pages
from snow_escalations.sandbox.http.answer import Answer, Headers
from snow_escalations.sandbox.http.delivery import Delivery, End
from snow_escalations.sandbox.http.formats import to_json
from snow_escalations.sandbox.http.refusals import NotAuthenticated, Refusal, cancelled, endpoint_refused, rate_limited


def in_place(fault: Fault, now: datetime) -> Answer | Refusal:
    """The answer that a fault gives before anything is read or written, as the REST layer's refusal or as a page."""
    if fault.kind is Kind.TOO_MANY_REQUESTS:
        return _rate_limited(fault, now)
    return _IN_PLACE[fault.kind](fault)


def spoiled_value(fault: Fault, answer: Answer) -> Answer | Refusal:
    """The answer to a request that was carried out, spoiled before it is encoded; refusals have no rows to spoil."""
    if fault.kind is Kind.ERROR_AFTER_COMMIT:
        return cancelled()
    if not isinstance(answer.value, dict) or "result" not in answer.value:
        return answer
    match fault.kind:
        case Kind.ERROR_BESIDE_RESULT:
            value = {"result": _kept(answer.value, fault.keep), **_timeout()}
            return Answer(answer.status, value, answer.headers, rest=answer.rest)
        case Kind.BROKEN_ERROR_BESIDE_RESULT:
            return Answer(answer.status, None, answer.headers, rest=answer.rest, raw=_broken(answer.value, fault.keep))
        case _:
            return answer


def spoiled_delivery(faults: Iterable[Fault], delivery: Delivery, answer: Answer) -> Delivery:
    """The encoded answer, cut, dripped or lost on the way."""
    for fault in faults:
        body = b"".join(delivery.pieces)
        match fault.kind:
            case Kind.CUT_BODY:
                delivery.pieces, delivery.end = [_cut(body, answer.value, fault.keep)], End.CLOSED
            case Kind.CUT_JSON:
                delivery.pieces = [_cut(body, answer.value, fault.keep)]
            case Kind.SLOW_DRIP:
                delivery.pieces = [body[at : at + fault.piece] for at in range(0, len(body), fault.piece)]
                delivery.pause_s = fault.milliseconds / 1000
            case Kind.RESET_AFTER_COMMIT:
                return Delivery(0, end=End.RESET)
            case _:
                continue
    return delivery


def _rate_limited(fault: Fault, now: datetime) -> Answer | Refusal:
    headers: Headers = []
    if fault.headers:
        headers = [
            ("X-RateLimit-Limit", "100"),
            ("X-RateLimit-Reset", str(int(now.timestamp()) + fault.retry_after)),
            ("X-RateLimit-Rule", "0" * 32),
            ("Retry-After", str(fault.retry_after)),
        ]
    if not fault.envelope:
        return Answer(429, None, headers, rest=False, raw=pages.TOO_MANY_REQUESTS, media="html", edge=True)
    refusal = rate_limited(100, "Table API")
    refusal.headers = headers
    return refusal


def _page(status: int, body: bytes) -> Callable[[Fault], Answer]:
    return lambda _: Answer(status, rest=False, raw=body, media="html", edge=True)


def _unavailable(fault: Fault) -> Answer:
    headers = [("Retry-After", str(fault.retry_after))] if fault.headers else []
    return Answer(503, None, headers, rest=False, raw=pages.MAINTENANCE, media="html", edge=True)


def nothing(status: int) -> Answer:
    """An answer without a body, a content type or any sign of the REST layer."""
    return Answer(status, None, [("Content-Length", "0")], rest=False, raw=b"", media="none", edge=True)


_IN_PLACE: Mapping[Kind, Callable[[Fault], Answer | Refusal]] = {
    Kind.UNAUTHORIZED: lambda _: NotAuthenticated(),
    Kind.FORBIDDEN: lambda _: endpoint_refused(),
    Kind.ERROR_BEFORE_COMMIT: lambda _: cancelled(),
    Kind.BAD_GATEWAY: _page(502, pages.BAD_GATEWAY),
    Kind.UNAVAILABLE: _unavailable,
    Kind.EMPTY_200: lambda _: nothing(200),
    Kind.EMPTY_202: lambda _: nothing(202),
    Kind.HTML_200: _page(200, pages.HIBERNATING),
}


def _timeout() -> dict[str, Any]:
    refusal = cancelled()
    return {"error": {"message": refusal.message, "detail": refusal.detail}, "status": "failure"}


def _kept(value: Mapping[str, Any], keep: int) -> Any:
    result = value["result"]
    return result[:keep] if isinstance(result, list) else result


def _broken(value: Mapping[str, Any], keep: int) -> bytes:
    """The recorded bug: the body breaks off inside a row and goes on with the error; it is not valid JSON."""
    result = value["result"]
    rows = result if isinstance(result, list) else [result]
    whole = b"".join(to_json(row) + b"," for row in rows[:keep])
    rest = to_json(rows[keep]) if keep < len(rows) else b"{}"
    return b'{"result":[' + whole + rest[: max(len(rest) // 2, 1)] + b'""],' + to_json(_timeout())[1:]


def _cut(body: bytes, value: Any, keep: int) -> bytes:
    """The body up to the middle of the row after `keep` whole ones; of anything else the first half."""
    rows = value.get("result") if isinstance(value, dict) else None
    if not isinstance(rows, list) or keep >= len(rows):
        return body[: len(body) // 2]
    whole = len(b'{"result":[') + sum(len(to_json(row)) + 1 for row in rows[:keep])
    return body[: whole + len(to_json(rows[keep])) // 2]
