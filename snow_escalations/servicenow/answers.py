"""What an answer of the instance means. Nothing but a whole, well-formed answer gets past `check`.

The order of the checks follows what instances do: a 200 may be a web page (hibernation, login), may be empty, or may
carry rows beside an error; a 202 with no body means that the request was dropped; an error's meaning is in its words as
much as in its status. Wordings are those that the ServiceNow documentation and public recordings show.
"""

import re
from collections.abc import Mapping
from typing import Any

from snow_escalations.servicenow.errors import (
    BadRequest,
    Call,
    Facts,
    Forbidden,
    IncompleteAnswer,
    InstanceError,
    InstanceFailed,
    InstanceHibernating,
    InstanceUnavailable,
    NotAuthenticated,
    NotFound,
    QueryRefused,
    RateLimited,
    RejectedByRule,
    RequestTooLarge,
    UnknownTable,
)
from snow_escalations.servicenow.transport import InstanceAnswer

_RULE = re.compile(r"aborted by Business Rule '(?P<name>[^'^]*)")
_TITLE = re.compile(r"<title>\s*(?P<title>[^<]{0,80})", re.IGNORECASE)


def check(call: Call, answer: InstanceAnswer) -> None:
    """Accept an answer of success that is whole: `result` is there and no `error` beside it.

    Raises:
        InstanceError: the subclass that says what the answer means.
    """
    status = answer.status_code
    if 300 <= status < 400:
        raise NotAuthenticated(
            call, f"the instance redirects to {_host(answer)}, a login page as a rule", **_facts(answer, None)
        )
    if status == 202:
        raise IncompleteAnswer(
            call,
            "202 without a body: the session's queue was full and the request was dropped",
            executed=False,
            **_facts(answer, None),
        )
    if status >= 400:
        raise _refusal(call, answer)
    _check_success(call, answer)


def check_object(call: Call, answer: InstanceAnswer) -> None:
    """Accept an answer that is a JSON object of its own shape (the token endpoint's), whole and without an error.

    Raises:
        InstanceError: the subclass that says what the answer means.
    """
    if answer.status_code >= 400:
        raise _refusal(call, answer)
    body = _json_object(call, answer)
    if "error" in body:
        raise NotAuthenticated(call, "the login is refused", **_facts(answer, body))


def _check_success(call: Call, answer: InstanceAnswer) -> None:
    body = _json_object(call, answer)
    if "error" in body:
        raise IncompleteAnswer(call, "an error stands beside the rows; none of them is used", **_facts(answer, body))
    if not isinstance(body.get("result"), list | dict):
        raise IncompleteAnswer(call, "the body has no `result` with rows in it", **_facts(answer, None))


def _json_object(call: Call, answer: InstanceAnswer) -> Mapping[str, Any]:
    if not answer.content.strip():
        raise IncompleteAnswer(call, "an empty body where rows belong", **_facts(answer, None))
    if _is_page(answer):
        raise _page(call, answer)
    try:
        body = answer.json()
    except ValueError as error:
        why = f"the body is cut or is not JSON ({len(answer.content)} bytes arrived)"
        raise IncompleteAnswer(call, why, **_facts(answer, None)) from error
    if not isinstance(body, dict):
        raise IncompleteAnswer(call, f"the body is a JSON {type(body).__name__}, not an object", **_facts(answer, None))
    return body


def _refusal(call: Call, answer: InstanceAnswer) -> InstanceError:
    body = _envelope(answer)
    facts, words = _facts(answer, body), _words(body)
    status = answer.status_code
    if status == 429:
        return _rate_limited(call, answer, facts)
    if status == 403:
        return _forbidden(call, words, facts)
    if status == 400 and words.startswith("Invalid table"):
        return UnknownTable(call, "the instance has no such table", **facts)
    if status in {413, 414} or "Rejected large REST payload" in words:
        return RequestTooLarge(call, "the request is too large for the instance", **facts)
    if status >= 502 or (status >= 500 and body is None):
        return InstanceUnavailable(call, f"the instance's front end answers {status}", **facts)
    simple: dict[int, tuple[type[InstanceError], str]] = {
        401: (NotAuthenticated, "the login is refused"),
        404: (NotFound, "no such record, or none that the account may read"),
        500: (InstanceFailed, "the instance gave up on the call"),
    }
    kind, why = simple.get(status, (BadRequest, "the instance does not accept the call"))
    return kind(call, why, **facts)


def _rate_limited(call: Call, answer: InstanceAnswer, facts: Facts) -> RateLimited:
    limit = answer.headers.get("X-RateLimit-Limit")
    why = f"over the rate limit of {limit} requests an hour" if limit else "too many requests at once"
    return RateLimited(call, why, retry_after=_seconds(answer.headers.get("Retry-After")), **facts)


def _forbidden(call: Call, words: str, facts: Facts) -> InstanceError:
    rule = _RULE.search(words)
    if rule is not None:
        return RejectedByRule(call, f"the business rule `{rule['name']}` aborted the write", **facts)
    if "Data Policy Exception" in words:
        return RejectedByRule(call, "a data policy refused the write", **facts)
    if words.startswith("Insufficient rights to query records"):
        return QueryRefused(call, "the account may not query this", **facts)
    return Forbidden(call, "the account is not allowed to do this", **facts)


def _is_page(answer: InstanceAnswer) -> bool:
    return "html" in answer.headers.get("Content-Type", "").lower() or answer.content.lstrip()[:1] == b"<"


def _page(call: Call, answer: InstanceAnswer) -> InstanceError:
    match = _TITLE.search(answer.content[:4096].decode("utf-8", "replace"))
    title = match["title"].strip() if match else ""
    if "hibernat" in title.lower():
        return InstanceHibernating(call, "the instance is hibernating", **_facts(answer, None))
    named = f' titled "{title}"' if title else ""
    return IncompleteAnswer(call, f"a web page{named} came instead of data", **_facts(answer, None))


def _envelope(answer: InstanceAnswer) -> Mapping[str, Any] | None:
    try:
        body = answer.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _facts(answer: InstanceAnswer, body: Mapping[str, Any] | None) -> Facts:
    return {
        "status": answer.status_code,
        "transaction": answer.headers.get("X-Transaction-ID"),
        "instance_message": _words(body),
    }


def _words(body: Mapping[str, Any] | None) -> str:
    """`message: detail` of the error envelope; OAuth's own envelope has `error` as text and `error_description`."""
    error = body.get("error") if body is not None else None
    if isinstance(error, str):
        described = body.get("error_description") if body is not None else None
        return f"{error}: {described}" if described else error
    if not isinstance(error, dict):
        return ""
    parts = [str(error[key]) for key in ("message", "detail") if error.get(key)]
    return ": ".join(dict.fromkeys(parts))


def _host(answer: InstanceAnswer) -> str:
    location = answer.headers.get("Location", "")
    return location.split("?")[0][:120] or "another page"


def _seconds(text: str | None) -> float | None:
    """`Retry-After` in seconds; ServiceNow sends seconds, a date (which a proxy may send) is not waited for."""
    digits = (text or "").strip()
    return float(digits) if digits.isascii() and digits.isdigit() else None
