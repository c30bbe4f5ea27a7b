"""Headers by release, limits of what runs at once, rates."""

import base64
import http.client
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from snow_escalations.sandbox import Fault, Kind
from snow_escalations.sandbox.http.application import _send
from snow_escalations.sandbox.http.delivery import Delivery
from snow_escalations.sandbox.http.protocol import Connections
from tests.sandbox.worlds import small_world

TARGET = "/api/now/table/incident?sysparm_limit=2"
BASIC = {"Authorization": "Basic " + base64.b64encode(b"admin:admin").decode()}
CACHE = ["Pragma", "Cache-Control", "Expires"]


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world())


def wire(client, target: str = TARGET, method: str = "GET", **headers: str) -> list[str]:
    """The names of the headers of an answer, as they stand on the wire; cookies by their own names."""
    connection = http.client.HTTPConnection(urlsplit(client.sandbox.url).netloc, timeout=10)
    try:
        connection.request(method, target, headers={**BASIC, **headers})
        answer = connection.getresponse()
        answer.read()
        return [value.partition("=")[0] if name == "Set-Cookie" else name for name, value in answer.getheaders()]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("release", "names"),
    [
        (
            "2020",
            [
                *("JSESSIONID", "glide_user", "glide_user_session", "glide_user_route", "glide_session_store"),
                *("BIGipServerpool_sandbox", "X-Is-Logged-In", "X-Transaction-ID", "Link", "X-Total-Count"),
                *("Pragma", "Cache-control", "Expires", "Content-Type", "Date", "Server", "Keep-Alive", "Connection"),
                *("Strict-Transport-Security", "Transfer-Encoding"),
            ],
        ),
        (
            "2024",
            [
                *("Server-Timing", "X-Is-Logged-In", "X-Transaction-ID", "Link", "X-Total-Count"),
                *("X-Content-Type-Options", *CACHE, "Content-Type", "Date", "Server", "Keep-Alive", "Connection"),
                *("JSESSIONID", "glide_user", "glide_user_session", "glide_user_route", "glide_session_store"),
                *("BIGipServerpool_sandbox", "Strict-Transport-Security", "Transfer-Encoding"),
            ],
        ),
        (
            "2026",
            [
                *("Server", "Date", "Content-Type", "Connection", "JSESSIONID", "Server-Timing"),
                *("glide_user", "glide_user_session", "glide_user_route", "glide_node_id_for_js", "X-Is-Logged-In"),
                *("X-Transaction-ID", "glide_session_store", "Link", "X-Total-Count", "X-Content-Type-Options"),
                *(*CACHE, "Strict-Transport-Security", "Transfer-Encoding"),
            ],
        ),
    ],
)
def test_headers_by_release(world, release: str, names: list[str]) -> None:
    with world.having({"sandbox.release": release}):
        assert wire(world) == names
        closed = wire(world, Connection="close")
        assert "Keep-Alive" not in closed
        assert closed[-1] == "Connection"
        token = wire(world, "/oauth_token.do", "POST")
        assert not {"X-Is-Logged-In", "JSESSIONID", "glide_session_store"} & set(token)
        refused = wire(world, Authorization="Basic x")
        assert ("WWW-Authenticate" in refused, "Connection" in refused) == (True, True)
        deleted = wire(world, "/api/now/table/incident/x", "DELETE")
        assert "X-Is-Logged-In" in deleted


def test_cookies_may_be_secure(world) -> None:
    with world.having({"sandbox.session.secure_cookies": "true"}):
        assert "; Secure; HttpOnly" in world.get(TARGET).headers["Set-Cookie"]
    assert "Secure" not in world.get(TARGET).headers["Set-Cookie"]


def test_the_pool_turns_away_what_its_queue_cannot_hold(world) -> None:
    statuses: list[int] = []

    def call() -> None:
        statuses.append(world.send("GET", TARGET).status_code)

    slow_first = Fault(Kind.LATENCY, nth=1, milliseconds=700)
    with (
        world.having({"sandbox.semaphore.size": "1", "sandbox.semaphore.queue_limit": "1"}),
        world.striking(slow_first),
    ):
        threads = [threading.Thread(target=call) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [200, 200, 429, 429]


def test_rate_limits_by_user_role_and_for_all(launch) -> None:
    rows = small_world()
    rows["sys_rate_limit_rules"] = [
        {"sys_id": "1" * 32, "request_limit": "9", "type": "all"},
        {"sys_id": "2" * 32, "request_limit": "5", "type": "role", "role": "e" * 32},
        {"sys_id": "3" * 32, "request_limit": "3", "type": "role", "role": "e" * 32},
        {"sys_id": "4" * 32, "request_limit": "1", "type": "user", "user": "0" * 31 + "1", "method": "GET"},
        {"sys_id": "5" * 32, "request_limit": "0", "active": "false"},
        {"sys_id": "6" * 32, "request_limit": "0", "api": "Aggregate API"},
    ]
    client = launch(rows=rows)
    seen = {}
    for auth in (("admin", "admin"), ("abel.tuter", "sesame"), ("no.role", "sandbox")):
        seen[auth[0]] = client.get(TARGET, auth=auth).headers["X-RateLimit-Rule"]
    assert seen == {"admin": "4" * 32, "abel.tuter": "3" * 32, "no.role": "1" * 32}
    refused = client.get(TARGET)
    assert (refused.status_code, refused.headers["X-RateLimit-Rule"]) == (429, "4" * 32)
    assert refused.json()["error"]["detail"] == "Rate limit of 1 requests per hour for Table API exceeded"
    assert client.send("HEAD", TARGET).status_code == 200
    assert client.get("/api/now/stats/incident", auth=("no.role", "sandbox")).status_code == 429
    client.sandbox.clock.advance(timedelta(hours=1))
    assert client.get(TARGET).status_code == 200


def test_counts_may_lag_and_rules_may_change(launch) -> None:
    rule = {"sys_id": "1" * 32, "request_limit": "1"}
    client = launch(rows={"sys_rate_limit_rules": [rule]}, properties={"sandbox.rate_limit.lag_s": "30"})
    assert [client.get(TARGET).status_code for _ in range(3)] == [200, 200, 200]
    client.sandbox.clock.advance(timedelta(seconds=30))
    assert client.get(TARGET).status_code == 429
    answer = client.send("DELETE", "/api/now/table/sys_rate_limit_rules/" + "1" * 32)
    assert answer.status_code == 429
    client.sandbox.store.delete("sys_rate_limit_rules", "1" * 32, _system())
    assert "X-RateLimit-Limit" not in client.get(TARGET).headers


def _system():
    from snow_escalations.sandbox import Actor

    return Actor.system()


def test_connections_that_are_unknown_are_nobodys() -> None:
    connections = Connections()
    connections.close(("127.0.0.1", 1))
    connections.reset(("127.0.0.1", 1))
    connections.lost(("127.0.0.1", 1))
    sent = []

    async def send(message) -> None:
        sent.append(message["type"])

    coroutine = _send(Delivery(200), {"client": ("127.0.0.1", 1)}, send, connections)
    with pytest.raises(StopIteration):
        coroutine.send(None)
    assert sent == ["http.response.start", "http.response.body"]
