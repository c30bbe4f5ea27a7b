"""Tokens are fetched once for all, renewed early, and once more when refused; never told to anybody."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.deadline import Deadline
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import (
    Call,
    InstanceHibernating,
    InstanceUnavailable,
    NotAuthenticated,
)
from snow_escalations.servicenow.oauth import OAuth
from snow_escalations.servicenow.options import OAuthLogin, Retries
from snow_escalations.servicenow.parallel import in_parallel
from snow_escalations.servicenow.query import Queries, Row
from snow_escalations.servicenow.tables import Tables
from tests.support.instance import FakeTime, connected, options
from tests.support.wire import answer, wire

PASSWORD = OAuthLogin("password", "sandbox-client", "sandbox-secret", user="snow.escalations", password="sandbox")
CREDENTIALS = OAuthLogin("client_credentials", "sandbox-client", "sandbox-secret")


def read(connection: Connection) -> list[Row]:
    return list(Tables(connection).rows(Queries(Dialect()).of("sys_user"), ["user_name"]))


def token_calls(sandbox: Sandbox) -> int:
    return sum("oauth_token" in item.path for item in sandbox.requests)


@pytest.mark.parametrize("login", [PASSWORD, CREDENTIALS])
def test_a_token_logs_in_and_is_used_until_it_is_old(sandbox: Sandbox, time: FakeTime, login: OAuthLogin) -> None:
    with connected(sandbox.url, login, time) as connection:
        assert read(connection)
        time.seconds += 1700
        read(connection)
        assert token_calls(sandbox) == 1


def test_a_token_is_renewed_a_minute_before_its_end(sandbox: Sandbox, time: FakeTime) -> None:
    with connected(sandbox.url, PASSWORD, time) as connection:
        read(connection)
        time.seconds += 1745
        read(connection)
    assert token_calls(sandbox) == 2


def test_a_refresh_token_alone_is_enough(sandbox: Sandbox, time: FakeTime) -> None:
    with connected(sandbox.url, PASSWORD, time) as connection:
        seen: list[Mapping[str, Any]] = []
        deadline = Deadline.after(Call("POST", "x"), 60, time.now)
        form = {
            "grant_type": "password",
            "client_id": "sandbox-client",
            "client_secret": "sandbox-secret",
            "username": "snow.escalations",
            "password": "sandbox",
        }
        seen.append(connection.session().post_form("/oauth_token.do", form, deadline))
    login = OAuthLogin("refresh_token", "sandbox-client", "sandbox-secret", refresh_token=seen[0]["refresh_token"])
    with connected(sandbox.url, login, time) as connection:
        assert read(connection)


def test_a_refused_token_is_renewed_once_and_the_call_succeeds(sandbox: Sandbox, time: FakeTime) -> None:
    with connected(sandbox.url, PASSWORD, time) as connection:
        read(connection)
        sandbox.faults.add(Fault(Kind.TOKEN_EXPIRED, nth=1))
        assert read(connection)
    assert token_calls(sandbox) == 2


def test_a_wrong_secret_is_an_error_with_the_endpoints_words(sandbox: Sandbox) -> None:
    login = OAuthLogin("client_credentials", "sandbox-client", "wrong")
    with (
        connected(sandbox.url, login) as connection,
        pytest.raises(NotAuthenticated, match="server_error: access_denied"),
    ):
        read(connection)
    assert len(sandbox.requests) == 1


def test_every_token_is_told_to_be_masked(sandbox: Sandbox) -> None:
    secrets: list[str] = []
    with Connection(options(sandbox.url, PASSWORD), FakeTime().sources(), on_secret=secrets.append) as connection:
        read(connection)
        assert len(secrets) == 2
        assert all(secret not in repr(connection._around) for secret in secrets)


@pytest.mark.parametrize(
    ("script", "kind", "words"),
    [
        (answer("{}"), InstanceUnavailable, "no access_token"),
        (answer('{"access_token":"t","expires_in":"soon"}'), InstanceUnavailable, "no usable expires_in"),
        (answer('{"access_token":"t"}'), InstanceUnavailable, "no usable expires_in"),
        (answer('{"error":"server_error","error_description":"x"}'), NotAuthenticated, "server_error: x"),
        (answer("[]"), InstanceUnavailable, "JSON list"),
        (
            answer("<html><title>Instance Hibernating page</title>", "200 OK", "Content-Type: text/html"),
            InstanceHibernating,
            "hibernating",
        ),
        (answer("", "503 x"), InstanceUnavailable, "503"),
    ],
)
def test_a_token_endpoint_that_gives_no_token_is_a_clear_error(script: Any, kind: type[Exception], words: str) -> None:
    with (
        wire(script) as server,
        connected(server.url, PASSWORD, retries=Retries(attempts=1)) as connection,
        pytest.raises(kind, match=words),
    ):
        read(connection)


def test_a_read_outlives_a_token_endpoint_that_fails_once(sandbox: Sandbox, time: FakeTime) -> None:
    for kind in (Kind.UNAVAILABLE, Kind.RESET_BEFORE_COMMIT, Kind.EMPTY_200, Kind.TOO_MANY_REQUESTS):
        sandbox.faults.add(Fault(kind, path="/oauth_token.do", nth=1, retry_after=5))
        with connected(sandbox.url, PASSWORD, time) as connection:
            assert read(connection)
        sandbox.faults.clear()


def test_a_write_without_a_token_was_not_sent_and_says_so(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(Kind.UNAVAILABLE, path="/oauth_token.do"))
    with (
        connected(sandbox.url, PASSWORD) as connection,
        pytest.raises(InstanceUnavailable, match="no token came") as told,
    ):
        Tables(connection).patch("sn_customerservice_case", "4" * 32, {"work_notes": "x"}, journals=["work_notes"])
    assert not told.value.sent
    assert {item.path for item in sandbox.requests} == {"/oauth_token.do"}


class Endpoint:
    """A token endpoint in memory."""

    def __init__(self, *answers: Mapping[str, Any] | Exception) -> None:
        self.answers = list(answers)
        self.grants: list[str] = []

    def fetch(self, form: Mapping[str, str], deadline: Deadline) -> Mapping[str, Any]:
        self.grants.append(form["grant_type"])
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given


def token(name: str, life: int = 1800) -> dict[str, Any]:
    return {"access_token": name, "refresh_token": f"refresh-{name}", "expires_in": life}


def deadline(time: FakeTime) -> Deadline:
    return Deadline.after(Call("GET", "x"), 1000, time.now)


def test_a_dead_refresh_token_falls_back_to_the_password() -> None:
    time = FakeTime()
    endpoint = Endpoint(token("a"), NotAuthenticated(Call("POST", "t"), "dead"), token("b"))
    oauth = OAuth(PASSWORD, endpoint.fetch, time.now, lambda secret: None)
    oauth.headers(deadline(time))
    time.seconds += 1800
    assert oauth.headers(deadline(time)) == {"Authorization": "Bearer b"}
    assert endpoint.grants == ["password", "refresh_token", "password"]


def test_the_same_token_again_is_no_renewal() -> None:
    time = FakeTime()
    oauth = OAuth(CREDENTIALS, Endpoint(token("a"), token("a")).fetch, time.now, lambda secret: None)
    refused = oauth.headers(deadline(time))
    assert oauth.renew(refused, deadline(time)) is False


def test_of_many_who_were_refused_one_renews() -> None:
    time = FakeTime()
    endpoint = Endpoint(token("a"), token("b"))
    oauth = OAuth(CREDENTIALS, endpoint.fetch, time.now, lambda secret: None)
    refused = oauth.headers(deadline(time))
    start = threading.Barrier(8)

    def renew() -> bool:
        start.wait(10)
        return oauth.renew(refused, deadline(time))

    assert in_parallel([renew] * 8, 8) == [True] * 8
    assert endpoint.grants == ["client_credentials"] * 2


def test_a_short_lived_token_is_used_for_three_quarters_of_its_life() -> None:
    time = FakeTime()
    endpoint = Endpoint(token("a", 40), token("b", 40))
    oauth = OAuth(CREDENTIALS, endpoint.fetch, time.now, lambda secret: None)
    oauth.headers(deadline(time))
    time.seconds += 29
    assert oauth.headers(deadline(time)) == {"Authorization": "Bearer a"}
    time.seconds += 2
    assert oauth.headers(deadline(time)) == {"Authorization": "Bearer b"}
