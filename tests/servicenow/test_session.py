"""One call: its slot, its login, its deadline, and what each answer means."""

import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import (
    BadRequest,
    Call,
    CertificateRefused,
    Forbidden,
    IncompleteAnswer,
    InstanceError,
    InstanceFailed,
    InstanceHibernating,
    InstanceUnavailable,
    NotAuthenticated,
    NotFound,
    NotLanded,
    OutcomeUnknown,
    QueryRefused,
    RateLimited,
    RejectedByRule,
    RequestTooLarge,
    UnknownTable,
)
from snow_escalations.servicenow.options import ApiKeyLogin, BasicLogin, Retries, Timeouts, is_loopback
from snow_escalations.servicenow.parallel import in_parallel
from snow_escalations.servicenow.query import Queries, Query, Row
from snow_escalations.servicenow.session import InstanceSession, table_of
from snow_escalations.servicenow.tables import Tables
from snow_escalations.servicenow.transport import InstanceAdapter, InstanceAnswer
from tests.support.instance import CASE, FakeTime, connected, options, sid
from tests.support.wire import Script, answer, wire

ONCE = Retries(attempts=1)


def users() -> Query:
    return Queries(Dialect()).of("sys_user")


def read(connection: Connection) -> list[Row]:
    return list(Tables(connection).rows(users(), ["user_name"]))


def envelope(message: str, detail: str | None = "") -> str:
    shown = "null" if detail is None else f'"{detail}"'
    return f'{{"error":{{"message":"{message}","detail":{shown}}},"status":"failure"}}'


HIBERNATING = "<html><head><title>Instance Hibernating page</title></head></html>"
HTML = "Content-Type: text/html"


@pytest.mark.parametrize(
    ("script", "kind", "words"),
    [
        (answer(envelope("Invalid table x", None), "400 Bad Request"), UnknownTable, "no such table"),
        (answer(envelope("Invalid value given for sysparm_limit"), "400 Bad Request"), BadRequest, "sysparm_limit"),
        (answer(envelope("User Not Authenticated"), "401 Unauthorized"), NotAuthenticated, "the login is refused"),
        (answer(envelope("User is not authenticated"), "401 Unauthorized"), NotAuthenticated, "is not authenticated"),
        (
            answer(envelope("Insufficient rights to query records", "Field(s) present"), "403 Forbidden"),
            QueryRefused,
            "may not query this",
        ),
        (
            answer(
                envelope("Operation Failed", "was aborted by Business Rule 'Demand comment^abc'. Stack"),
                "403 Forbidden",
            ),
            RejectedByRule,
            "the business rule `Demand comment` aborted the write",
        ),
        (
            answer(envelope("Operation Failed", "Data Policy Exception: mandatory: Close notes"), "403 Forbidden"),
            RejectedByRule,
            "a data policy refused the write",
        ),
        (answer(envelope("User Not Authorized", "Failed API level ACL"), "403 Forbidden"), Forbidden, "not allowed"),
        (answer(envelope("No Record found", "Record doesn't exist"), "404 Not Found"), NotFound, "no such record"),
        (answer("", "405 Method Not Allowed"), BadRequest, "does not accept the call"),
        (answer("<html>", "414 URI Too Long", HTML), RequestTooLarge, "too large"),
        (
            answer(envelope("Exception while reading request", "Rejected large REST payload"), "400 Bad Request"),
            RequestTooLarge,
            "too large",
        ),
        (
            answer(
                envelope("Rate limit exceeded"), "429 Too Many Requests", "X-RateLimit-Limit: 100", "Retry-After: 9"
            ),
            RateLimited,
            "over the rate limit of 100 requests an hour",
        ),
        (answer("Too Many Requests", "429 Too Many Requests"), RateLimited, "too many requests at once"),
        (answer("", "429 Too Many Requests", "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT"), RateLimited, "at once"),
        (answer(envelope("Transaction cancelled"), "500 Internal Server Error"), InstanceFailed, "gave up"),
        (answer("<html>", "500 Internal Server Error", HTML), InstanceUnavailable, "front end answers 500"),
        (answer("<html>", "502 Bad Gateway", HTML), InstanceUnavailable, "front end answers 502"),
        (answer("<html>", "503 Service Unavailable", HTML), InstanceUnavailable, "front end answers 503"),
        (answer("", "202 Accepted"), IncompleteAnswer, "the request was dropped"),
        (answer("", "200 OK"), IncompleteAnswer, "an empty body"),
        (answer("", "204 No Content"), IncompleteAnswer, "an empty body"),
        (answer("[" * 100_000), IncompleteAnswer, "cut or is not JSON"),
        (answer("", "429 Too Many Requests", "Retry-After: \u00b2"), RateLimited, "too many requests at once"),
        (answer(HIBERNATING, "200 OK", HTML), InstanceHibernating, "hibernating"),
        (answer("<html><title>Log in</title>", "200 OK", HTML), IncompleteAnswer, 'a web page titled "Log in" came'),
        (answer("  <html>no title", "200 OK"), IncompleteAnswer, "a web page came"),
        (
            answer("", "302 Found", "Location: https://sso/login.do?x=1"),
            NotAuthenticated,
            "redirects to https://sso/login.do,",
        ),
        (answer("", "302 Found"), NotAuthenticated, "redirects to another page"),
    ],
)
def test_each_answer_has_its_meaning(script: Script, kind: type[InstanceError], words: str) -> None:
    with wire(script) as server, connected(server.url, retries=ONCE) as connection:
        with pytest.raises(kind, match=words) as caught:
            read(connection)
        assert type(caught.value) is kind
        assert caught.value.call.table == "sys_user"
        assert caught.value.status is not None


@pytest.mark.parametrize("cell", ["[]", "NaN", "7", "null", "true", '{"value": 7}', '{"value": ["x"]}'])
def test_a_cell_that_no_instance_sends_is_an_incomplete_answer(cell: str) -> None:
    body = f'{{"result":[{{"sys_id":"{"1" * 32}","user_name":{cell}}}]}}'
    with wire(answer(body)) as server, connected(server.url, retries=ONCE) as connection:
        with pytest.raises(IncompleteAnswer, match="`user_name` of a record is neither text nor a pair of texts"):
            read(connection)
        with pytest.raises(OutcomeUnknown, match="does not hold the one record"):
            Tables(connection).patch(CASE, sid("case", 1), {"comments": "x"})


def test_a_count_in_other_digits_is_no_count() -> None:
    body = f'{{"result":[{{"sys_id":"{"1" * 32}","user_name":"x"}}]}}'
    with wire(answer(body, "200 OK", "X-Total-Count: \u00b2")) as server, connected(server.url) as connection:
        assert Tables(connection).first(users(), ["user_name"], 1).total is None


def test_sessions_are_taken_over_from_threads_that_ended(sandbox: Sandbox) -> None:
    """As many logins and cookie jars as workers, however many batches of reads there were."""
    with connected(sandbox.url) as connection:
        for _ in range(5):
            in_parallel([lambda: read(connection)] * 4, 4)
            read(connection)
        assert len(connection._sessions) <= 5


def test_an_error_carries_the_instances_words_and_transaction_and_nothing_else() -> None:
    long = "secret-looking " * 100
    script = answer(envelope("Operation Failed", long), "403 Forbidden", "X-Transaction-ID: abc123", "X-Secret: hidden")
    with wire(script) as server, connected(server.url) as connection, pytest.raises(Forbidden) as caught:
        read(connection)
    text = str(caught.value)
    assert "GET sys_user: the account is not allowed to do this (HTTP 403, transaction abc123)" in text
    assert len(caught.value.instance_message) == 256
    assert "hidden" not in text
    assert "sysparm" not in text


def test_a_refused_connection_is_tried_again_even_for_a_write(time: FakeTime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with connected(url, time=time) as connection:
        with pytest.raises(InstanceUnavailable, match="no connection to the instance: Connection refused") as caught:
            Tables(connection).patch(CASE, sid("case", 1), {"comments": "x"})
        assert not caught.value.sent
        assert len(time.slept) == 2


def test_waits_between_attempts_double_with_jitter_and_stay_under_the_longest(time: FakeTime) -> None:
    retries = Retries(attempts=6, first_wait=1, longest_wait=4)
    with wire(answer("", "503 x")) as server, connected(server.url, time=time, retries=retries) as connection:
        with pytest.raises(InstanceUnavailable):
            read(connection)
        assert len(server.requests) == 6
    for slept, full in zip(time.slept, (1, 2, 4, 4, 4), strict=True):
        assert full / 2 <= slept <= full
    assert len(set(time.slept)) == 5


def test_no_attempt_is_waited_for_that_could_only_start_after_the_deadline(time: FakeTime) -> None:
    retries = Retries(attempts=20, first_wait=8, longest_wait=8)
    with (
        wire(answer("", "503 x")) as server,
        connected(server.url, time=time, retries=retries, timeouts=Timeouts(deadline=20)) as connection,
        pytest.raises(InstanceUnavailable),
    ):
        read(connection)
    assert 8 < sum(time.slept) < 20


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (Script([], "close"), InstanceUnavailable),
        (Script([], "reset"), InstanceUnavailable),
        (Script([b"HTTP/1.1 200 OK\r\nContent-Len"], "close"), InstanceError),
        (Script(answer("x" * 10, length=100).pieces, "reset"), InstanceError),
        (Script([b"nonsense\r\n\r\n"], "close"), InstanceUnavailable),
    ],
)
def test_a_lost_connection_is_an_error_of_a_read_and_an_unknown_outcome_of_a_write(
    script: Script, kind: type[InstanceError]
) -> None:
    with wire(script) as server, connected(server.url, retries=ONCE) as connection:
        with pytest.raises(kind):
            read(connection)
        with pytest.raises(OutcomeUnknown):
            Tables(connection).patch(CASE, sid("case", 1), {"comments": "x"})


def test_silence_is_given_up_after_the_read_timeout() -> None:
    patience = Timeouts(connect=1, read=0.05, deadline=30)
    with (
        wire(Script([], "hang")) as server,
        connected(server.url, retries=ONCE, timeouts=patience) as connection,
        pytest.raises(InstanceUnavailable, match="sent nothing within the read timeout"),
    ):
        read(connection)


def test_silence_in_the_middle_of_an_answer_is_given_up_too() -> None:
    patience = Timeouts(connect=1, read=0.05, deadline=30)
    with (
        wire(Script(answer('{"result":[', length=100).pieces, "hang")) as server,
        connected(server.url, retries=ONCE, timeouts=patience) as connection,
        pytest.raises(InstanceUnavailable, match="sent nothing within the read timeout"),
    ):
        read(connection)


def test_a_server_without_tls_is_a_refused_handshake() -> None:
    with (
        wire(Script([b"hello, no TLS here"], eager=True)) as server,
        connected(server.url.replace("http:", "https:"), retries=ONCE) as connection,
        pytest.raises(CertificateRefused, match="TLS handshake failed"),
    ):
        read(connection)


def test_a_url_over_the_limit_is_not_sent(sandbox: Sandbox, connection: Connection) -> None:
    names = [f"user.{number:04d}" * 4 for number in range(300)]
    with pytest.raises(RequestTooLarge, match=r"the URL would have \d+ bytes, the limit is 8100"):
        list(Tables(connection).rows(users().where("user_name", Operator.IN, names), []))
    assert len(sandbox.requests) == 0


def test_an_address_that_cannot_be_sent_to_is_a_bad_request() -> None:
    with connected("http://127.0.0.1:99999") as connection, pytest.raises(BadRequest, match="cannot be sent"):
        read(connection)


def test_an_api_key_logs_in(sandbox: Sandbox) -> None:
    with connected(sandbox.url, ApiKeyLogin("sandbox-api-key")) as connection:
        assert read(connection)
    assert {item.user for item in sandbox.requests} == {"snow.escalations"}


@pytest.mark.parametrize("login", [BasicLogin("snow.escalations", "wrong"), ApiKeyLogin("wrong")])
def test_a_wrong_login_is_refused_at_once(sandbox: Sandbox, login: Any) -> None:
    with connected(sandbox.url, login) as connection, pytest.raises(NotAuthenticated):
        read(connection)
    assert len(sandbox.requests) == 1


def test_a_dropped_request_is_sent_again_even_if_it_is_a_write(sandbox: Sandbox, connection: Connection) -> None:
    """ServiceNow documents that a request answered 202 by the session queue was not executed (KB3047080)."""
    sandbox.faults.add(Fault(Kind.EMPTY_202, method="PATCH", nth=1))
    Tables(connection).patch(CASE, sid("case", 1), {"comments": "once"}, journals=["comments"])
    assert len(sandbox.store.find("sys_journal_field", value="once")) == 1


def test_a_write_that_the_instance_drops_in_silence_is_found_out(sandbox: Sandbox, connection: Connection) -> None:
    with pytest.raises(NotLanded, match="`priority` is '3'"):
        Tables(connection).patch(CASE, sid("case", 1), {"priority": "99"})


def test_each_worker_has_cookies_of_its_own(connection: Connection) -> None:
    meeting = threading.Barrier(2)

    def jar() -> tuple[int, str | None]:
        meeting.wait(10)
        read(connection)
        session = connection.session()
        return id(session), session.cookies.get("JSESSIONID")

    (first, one), (second, other) = in_parallel([jar, jar], 2)
    assert first != second
    assert one != other
    assert one is not None


def test_no_more_calls_are_in_flight_than_allowed(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = threading.Lock()
    active: list[int] = [0, 0]
    exchange = InstanceSession._exchange

    def counted(self: InstanceSession, *args: Any) -> Any:
        with lock:
            active[0] += 1
            active[1] = max(active)
        try:
            return exchange(self, *args)
        finally:
            with lock:
                active[0] -= 1

    monkeypatch.setattr(InstanceSession, "_exchange", counted)
    with connected(sandbox.url, max_concurrency=2) as narrow:
        in_parallel([lambda: read(narrow)] * 24, 8)
    assert active[1] == 2


def test_a_call_that_finds_no_slot_before_its_deadline_was_not_sent(sandbox: Sandbox) -> None:
    quick = Timeouts(connect=1, read=1, deadline=0.05)
    with connected(sandbox.url, max_concurrency=1, timeouts=quick) as connection:
        slots = connection._around.slots
        slots.acquire()
        with pytest.raises(InstanceError, match="1 other calls were in flight"):
            connection.session().request("PATCH", f"{sandbox.url}/api/now/table/{CASE}/x", data="{}")
    assert len(sandbox.requests) == 0


def test_proxy_certificates_and_environment_reach_the_exchange(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []

    def send(self: InstanceAdapter, request: Any, **settings: Any) -> Any:
        seen.append({**settings, "authorization": request.headers["Authorization"]})
        raise OSError("not sent")

    netrc = tmp_path / "netrc"
    netrc.write_text("machine x.example login thief password stolen\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/env/bundle.pem")
    monkeypatch.setattr(InstanceAdapter, "send", send)
    with (
        connected(
            "https://x.example",
            BasicLogin("me", "pw"),
            proxy="http://proxy:3128",
            ca_bundle="/ca.pem",
            client_certificate=("/me.pem", "/me.key"),
        ) as connection,
        pytest.raises(OSError, match="not sent"),
    ):
        read(connection)
    assert seen[0]["proxies"] == {"http": "http://proxy:3128", "https": "http://proxy:3128"}
    assert seen[0]["verify"] == "/ca.pem"
    assert seen[0]["cert"] == ("/me.pem", "/me.key")
    assert seen[0]["authorization"] == "Basic bWU6cHc="
    assert seen[0]["stream"] is True


def test_a_proxy_of_the_environment_does_not_come_between_us_and_a_sandbox(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with connected(sandbox.url) as connection:
        assert read(connection)


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("http://127.0.0.1:8808", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:80", True),
        ("http://localhost", True),
        ("http://127.evil.example", False),
        ("http://localhost.evil.example", False),
        ("https://x.service-now.com", False),
        ("nonsense", False),
    ],
)
def test_loopback_is_an_address_and_not_a_prefix(url: str, wanted: bool) -> None:
    assert is_loopback(url) is wanted


@pytest.mark.parametrize(
    ("url", "table"),
    [
        ("https://x/api/now/table/incident/abc?x=table", "incident"),
        ("https://x/api/now/table/", "table"),
        ("https://x/oauth_token.do", "oauth_token.do"),
        ("https://x", ""),
    ],
)
def test_the_table_of_a_call_is_in_its_path(url: str, table: str) -> None:
    assert table_of(url) == table


def test_exchanges_are_told_whether_answered_or_not() -> None:
    told: list[int | None] = []

    def note(call: Call, seen: InstanceAnswer | None) -> None:
        told.append(None if seen is None else seen.status_code)

    with (
        wire(Script([], "reset"), answer('{"result":[]}')) as server,
        Connection(options(server.url), FakeTime().sources(), on_exchange=note) as connection,
    ):
        read(connection)
    assert told == [None, 200]
