"""One HTTP exchange: sent, and its whole body read under the deadline, with every failure told by its meaning."""

import json
from contextlib import ExitStack
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import (
    ChunkedEncodingError,
    ConnectTimeout,
    ContentDecodingError,
    InvalidHeader,
    InvalidProxyURL,
    InvalidURL,
    ProxyError,
    ReadTimeout,
    SSLError,
)
from requests.exceptions import (
    ConnectionError as NoConnection,
)
from urllib3.exceptions import HTTPError, MaxRetryError, NameResolutionError, NewConnectionError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import (
    BadRequest,
    Call,
    CertificateRefused,
    IncompleteAnswer,
    InstanceError,
    InstanceUnavailable,
)

ARRIVAL = 256 * 1024
ANSWER_LIMIT = 256 * 1024 * 1024


class InstanceAnswer(requests.Response):
    """An answer whose JSON is parsed once, however often it is asked for."""

    def json(self, **kwargs: Any) -> Any:
        """The parsed body; `kwargs` of `json.loads` are not supported, as nobody here passes any.

        Raises:
            ValueError: it is not JSON.
        """
        if kwargs:
            raise TypeError("InstanceAnswer.json takes no arguments")
        if "_parsed" not in self.__dict__:
            try:
                self._parsed = json.loads(self.content)
            except RecursionError as error:
                raise ValueError("the JSON is nested too deep") from error
        return self._parsed


class InstanceAdapter(HTTPAdapter):
    """Makes `InstanceAnswer`s. Retries stay off: urllib3 would repeat writes by their method alone."""

    def build_response(self, req: requests.PreparedRequest, resp: BaseHTTPResponse) -> InstanceAnswer:
        """The answer, as our own class."""
        answer = super().build_response(req, cast("Any", resp))
        answer.__class__ = InstanceAnswer
        return cast("InstanceAnswer", answer)


def read_body(answer: requests.Response, deadline: Deadline, read_timeout: float) -> None:
    """Read the whole body into the answer, giving up at the deadline even if the server keeps dripping.

    Raises:
        DeadlineExceeded: the deadline passed first.
        IncompleteAnswer: the body ended early, or is over 256 MiB.
        requests.RequestException, urllib3.exceptions.HTTPError: the connection failed (see `translate`).
    """
    raw: Any = answer.raw
    raw.decode_content = True
    parts: list[bytes] = []
    size = 0
    with ExitStack() as on_failure:
        on_failure.callback(answer.close)
        while True:
            left = deadline.check("the answer was arriving")
            socket = getattr(getattr(raw, "connection", None), "sock", None)
            if socket is not None:
                socket.settimeout(min(read_timeout, left))
            part = raw.read1(ARRIVAL)
            if not part:
                break
            parts.append(part)
            size = _within_limit(size + len(part), deadline.call)
        on_failure.pop_all()
    raw.release_conn()
    answer._content = b"".join(parts)  # noqa: SLF001  (what requests itself fills)
    answer._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001


def _within_limit(size: int, call: Call) -> int:
    if size > ANSWER_LIMIT:
        raise IncompleteAnswer(call, f"the answer is over {ANSWER_LIMIT} bytes; it was not read on")
    return size


def translate(call: Call, error: Exception, deadline: Deadline) -> InstanceError:
    """A failure of requests or urllib3 as one of ours. The original stays the cause; its text may name the URL."""
    if isinstance(error, SSLError):
        return CertificateRefused(call, f"the TLS handshake failed: {_innermost(error)}", sent=False)
    if isinstance(error, InvalidURL | InvalidProxyURL | InvalidHeader):
        # What requests says about a header quotes it, and may quote a secret.
        what = (
            "its address"
            if isinstance(error, InvalidURL)
            else "the proxy"
            if isinstance(error, InvalidProxyURL)
            else "a header"
        )
        return BadRequest(call, f"the call cannot be sent, as {what} is malformed")
    if _never_sent(error):
        return InstanceUnavailable(call, f"no connection to the instance: {_innermost(error)}", sent=False)
    if deadline.remaining() <= 0:
        return deadline.exceeded("the instance was silent")
    if isinstance(error, ReadTimeout | ReadTimeoutError) or _is_read_timeout(error):
        return InstanceUnavailable(call, "the instance sent nothing within the read timeout")
    if isinstance(error, ChunkedEncodingError | ContentDecodingError | HTTPError):
        return IncompleteAnswer(call, f"the answer broke off: {_innermost(error)}")
    return InstanceUnavailable(call, f"the connection was lost: {_innermost(error)}")


def _never_sent(error: Exception) -> bool:
    if isinstance(error, ConnectTimeout | ProxyError):
        return True
    reason = error.args[0] if isinstance(error, NoConnection) and error.args else None
    inner = reason.reason if isinstance(reason, MaxRetryError) else reason
    return isinstance(inner, NewConnectionError | NameResolutionError)


def _is_read_timeout(error: Exception) -> bool:
    return isinstance(error, NoConnection) and bool(error.args) and isinstance(error.args[0], ReadTimeoutError)


def _innermost(error: BaseException) -> str:
    """The words of the operating system or of TLS, without the URL and object names that urllib3 wraps around them."""
    while True:
        inner = error.args[0] if error.args else None
        reason = inner.reason if isinstance(inner, MaxRetryError) else None
        deeper = reason or error.__cause__ or error.__context__
        if isinstance(deeper, OSError | HTTPError) and deeper is not error:
            error = deeper
            continue
        break
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).rpartition(": ")[2] or type(error).__name__
