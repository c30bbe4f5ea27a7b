"""The session under pysnow: every request of ours goes through `InstanceSession.request`.

pysnow knows neither deadlines nor retries, takes an error beside rows for success and lets failures pass that nobody
reads. It only ever calls `session.request`, so all of that is put right there, for each call:

    slot (max_concurrency) > pacing > login > one exchange > meaning of the answer > retry, if it can do no harm

One session belongs to one worker thread: an instance runs the requests of one cookie jar one after the other, and drops
what queues up behind them.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

import requests
import tenacity
from urllib3.exceptions import HTTPError

from snow_escalations import __version__
from snow_escalations.servicenow import answers
from snow_escalations.servicenow.authentication import Authentication
from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.errors import (
    Call,
    DeadlineExceeded,
    IncompleteAnswer,
    InstanceError,
    InstanceFailed,
    InstanceUnavailable,
    NotAuthenticated,
    OutcomeUnknown,
    RateLimited,
    RequestTooLarge,
    facts_of,
)
from snow_escalations.servicenow.options import ConnectionOptions, is_loopback
from snow_escalations.servicenow.pacing import Pacing
from snow_escalations.servicenow.retrying import may_have_executed, retrying
from snow_escalations.servicenow.transport import InstanceAdapter, InstanceAnswer, read_body, translate

log = logging.getLogger(__name__)

USER_AGENT = f"snow-escalations/{__version__}"
URL_LIMIT = 8100
"""Bytes of path and query. A request line of 8182 was answered and one of 8347 refused by a real instance."""
BARE_429_WAIT = 5.0
"""Seconds of shared cool-down after a 429 that names no time: the semaphore queue of the node is full."""


@dataclass(slots=True)
class Surroundings:
    """What a session shares with the other sessions of its connection, and where its time and chance come from."""

    options: ConnectionOptions
    authentication: Authentication
    pacing: Pacing
    slots: threading.BoundedSemaphore
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    random_source: random.Random
    on_exchange: Callable[[Call, InstanceAnswer | None], None] = field(default=lambda call, answer: None)  # noqa: ARG005


class InstanceSession(requests.Session):
    """A requests session for one worker thread, for use by pysnow and by the token endpoint."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        options = surroundings.options
        self._around = surroundings
        self._once = False
        self.mount("https://", InstanceAdapter())
        self.mount("http://", InstanceAdapter())
        # A proxy of the environment must not come between us and a sandbox on this machine.
        self.trust_env = not is_loopback(options.url)
        # Without an auth of its own, requests would let a ~/.netrc entry replace our Authorization header.
        self.auth = _keep_headers
        if options.proxy is not None:
            self.proxies = {"http": options.proxy, "https": options.proxy}
        if options.ca_bundle is not None:
            self.verify = options.ca_bundle
        if options.client_certificate is not None:
            self.cert = options.client_certificate

    def request(self, method: str, url: str, **kwargs: Any) -> InstanceAnswer:  # type: ignore[override]
        """Make one call: with its retries, under one deadline, and either whole or as an error.

        `stream` and `timeout` of the caller are overruled. `params` and `data` are passed on.

        Raises:
            InstanceError: what went wrong, by its meaning. For a write whose answer was lost: `OutcomeUnknown`.
        """
        call = Call(method.upper(), table_of(url))
        deadline = Deadline.after(call, self._around.options.timeouts.deadline, self._around.clock)
        sent = {"params": _parameters(call, kwargs.get("params") or {}), "data": kwargs.get("data")}
        headers = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": USER_AGENT}

        def attempt() -> InstanceAnswer:
            return self._logged_in(call, url, deadline, {**headers, **(kwargs.get("headers") or {})}, sent)

        retries = self._around.options.retries
        loop = retrying(
            retries.model_copy(update={"attempts": 1}) if self._once else retries,
            deadline,
            sleep=self._around.sleep,
            random_source=self._around.random_source,
            before_sleep=_log_retry,
        )
        try:
            return loop(attempt)
        except InstanceError as error:
            if call.is_read or not may_have_executed(error):
                raise
            raise OutcomeUnknown(
                call,
                f"the write went out and its answer was lost: {error.why}",
                status=error.status,
                transaction=error.transaction,
                instance_message=error.instance_message,
            ) from error

    @contextmanager
    def single_attempts(self) -> Iterator[None]:
        """Calls in here are not repeated: for a write that must be looked at again before it is tried again."""
        self._once = True
        try:
            yield
        finally:
            self._once = False

    def post_form(self, path: str, form: Mapping[str, str], deadline: Deadline) -> Mapping[str, Any]:
        """Post a form without logging in (the token endpoint), within a deadline of another call.

        Raises:
            InstanceError: what went wrong.
        """
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": USER_AGENT,
        }
        call = Call("POST", path.strip("/"))
        own = Deadline(call, deadline.seconds, deadline.ends_at, deadline.clock)
        answer = self._exchange(call, self._around.options.url + path, own, headers, {"data": dict(form)})
        answers.check_object(call, answer)
        body: Mapping[str, Any] = answer.json()
        return body

    def _logged_in(
        self, call: Call, url: str, deadline: Deadline, headers: Mapping[str, str], sent: Mapping[str, Any]
    ) -> InstanceAnswer:
        authentication = self._around.authentication
        with _before_sending(call):
            login = authentication.headers(deadline)
        try:
            return self._slotted(call, url, deadline, {**headers, **login}, sent)
        except NotAuthenticated:
            with _before_sending(call):
                if not authentication.renew(login, deadline):
                    raise
                login = authentication.headers(deadline)
            return self._slotted(call, url, deadline, {**headers, **login}, sent)

    def _slotted(
        self, call: Call, url: str, deadline: Deadline, headers: Mapping[str, str], sent: Mapping[str, Any]
    ) -> InstanceAnswer:
        slots = self._around.slots
        if not slots.acquire(timeout=deadline.remaining()):
            raise deadline.exceeded(f"{self._around.options.max_concurrency} other calls were in flight", sent=False)
        try:
            self._around.pacing.wait(deadline)
            answer = self._exchange(call, url, deadline, headers, sent)
            self._around.pacing.learn(answer.headers)
            answers.check(call, answer)
        except RateLimited as error:
            self._around.pacing.cool_down(BARE_429_WAIT if error.retry_after is None else error.retry_after)
            raise
        finally:
            slots.release()
        return answer

    def _exchange(
        self, call: Call, url: str, deadline: Deadline, headers: Mapping[str, str], sent: Mapping[str, Any]
    ) -> InstanceAnswer:
        timeouts = self._around.options.timeouts
        left = deadline.check("it waited to be sent", sent=False)
        try:
            prepared = self.prepare_request(requests.Request(call.method, url, headers=headers, **sent))
            _check_url(call, prepared)
            verify = self._around.options.ca_bundle
            settings = self.merge_environment_settings(prepared.url, {}, True, verify, None)  # noqa: FBT003
            answer = self.send(
                prepared,
                timeout=(min(timeouts.connect, left), min(timeouts.read, left)),
                allow_redirects=False,
                **settings,
            )
            read_body(answer, deadline, timeouts.read)
        except (requests.RequestException, HTTPError) as error:
            failure = translate(call, error, deadline)
            self._around.on_exchange(call, None)
            raise failure from error
        self._around.on_exchange(call, cast("InstanceAnswer", answer))
        log.debug("exchange", extra={"call": str(call), "status": answer.status_code, "bytes": len(answer.content)})
        return cast("InstanceAnswer", answer)  # the adapter makes no other kind


@contextmanager
def _before_sending(call: Call) -> Iterator[None]:
    """Failures of the token endpoint as what they mean for the call that needs the token: it was not sent."""
    try:
        yield
    except RateLimited as error:
        raise RateLimited(
            call, f"no token came: {error.why}", retry_after=error.retry_after, **facts_of(error)
        ) from error
    except DeadlineExceeded as error:
        raise DeadlineExceeded(call, error.why, sent=False, **facts_of(error)) from error
    except InstanceUnavailable as error:
        raise type(error)(call, f"no token came: {error.why}", sent=False, **facts_of(error)) from error
    except (InstanceFailed, IncompleteAnswer) as error:
        raise InstanceUnavailable(call, f"no token came: {error.why}", sent=False, **facts_of(error)) from error


def table_of(url: str) -> str:
    """The table that a Table API URL is about, or the last part of any other path."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    if "table" in parts and parts.index("table") + 1 < len(parts):
        return parts[parts.index("table") + 1]
    return parts[-1] if parts else ""


def _parameters(call: Call, params: Mapping[str, Any]) -> dict[str, str]:
    """Parameters as the instance documents them, without the empty ones; a write carries none that select rows."""
    selecting = () if call.is_read else ("sysparm_query", "sysparm_limit", "sysparm_offset")
    given = {name: value for name, value in params.items() if name not in selecting and value not in (None, "", [])}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


def _keep_headers(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    return prepared


def _check_url(call: Call, prepared: requests.PreparedRequest) -> None:
    size = len(prepared.path_url)
    if size > URL_LIMIT:
        raise RequestTooLarge(
            call,
            f"the URL would have {size} bytes, the limit is {URL_LIMIT}; it was not sent",
            remedy="Ask for fewer records or fields at once",
        )


def _log_retry(state: tenacity.RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome is not None else None
    log.info(
        "retry",
        extra={"attempt": state.attempt_number, "wait_seconds": round(state.upcoming_sleep, 2), "reason": str(error)},
    )
