"""Headers come in the order, the number and the words of their year."""

from datetime import UTC, datetime

import pytest

from tests.sandbox import recorded
from tests.sandbox.contract.wire import BASIC, cookie_or_name, documented_headers, raw_headers
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


def test_a_401_of_2021_with_its_headers(launch) -> None:
    body = recorded.text("kdp-401-no-auth-2021-02-26.txt").strip().splitlines()[-1]
    client = launch(properties={"sandbox.release": "2020", "sandbox.error.detail_first": "true"})
    answer = client.get("/api/now/table/incident", auth=None)
    assert (answer.status_code, answer.reason, answer.text) == (401, "Unauthorized", body)
    plain = ("WWW-Authenticate", "Pragma", "Cache-control", "Expires", "Content-Type", "Server", "Connection")
    wanted = dict(documented_headers("kdp-401-no-auth-2021-02-26.txt"))
    ours = raw_headers(client.sandbox.url, "/api/now/table/incident", {})
    assert [(name, value) for name, value in ours if name in plain] == [
        (name, wanted[name]) for name in wanted if name in plain
    ]


def test_headers_of_2026_for_a_new_session(launch) -> None:
    wanted = documented_headers("kdp-incident-200-first-request-of-session-2026-06-27.txt")
    client = launch(now=datetime(2026, 6, 27, 19, 18, 27, tzinfo=UTC))
    ours = raw_headers(client.sandbox.url, "/api/now/table/incident?sysparm_limit=1", BASIC)
    # Transfer-Encoding stands last on our wire (h11 writes it there); all else has the recorded place.
    names = [cookie_or_name(name, value) for name, value in wanted if name != "Transfer-Encoding"]
    assert [cookie_or_name(*header) for header in ours][: len(names)] == names
    transaction = dict(ours)["X-Transaction-ID"]
    assert dict(ours)["Server-Timing"] == f't;desc="{transaction}", sem_wait;dur=0, sesh_wait;dur=0'
    assert dict(ours)["Date"] == dict(wanted)["Date"]
    store = next(value for name, value in ours if value.startswith("glide_session_store"))
    assert "Max-Age=1800; Expires=Sat, 27-Jun-2026 19:48:27 GMT" in store


def test_headers_of_2026_for_a_known_session(launch) -> None:
    wanted = documented_headers("kdp-incident-200-later-request-same-session-2026-06-29.txt")
    rows = [{"sys_id": f"{index:032x}", "sys_updated_on": "2026-06-29 01:00:00"} for index in range(8)]
    client = launch(now=datetime(2026, 6, 29, 13, 6, tzinfo=UTC), rows={"incident": rows})
    target = (
        "/api/now/table/incident?sysparm_query=sys_updated_on%3E%3D2026-06-29%2000:00:00%5EORDERBYsys_updated_on"
        "&sysparm_limit=10000"
    )
    first = raw_headers(client.sandbox.url, target, BASIC)
    session = next(value for name, value in first if value.startswith("JSESSIONID")).partition(";")[0]
    ours = raw_headers(client.sandbox.url, target, {**BASIC, "Cookie": session})
    names = [cookie_or_name(name, value) for name, value in wanted if name != "Transfer-Encoding"]
    assert [cookie_or_name(*header) for header in ours][: len(names)] == names
    assert dict(ours)["X-Total-Count"] == "8"
    assert "Link" not in dict(ours)
    store = next(value for name, value in ours if value.startswith("glide_session_store"))
    assert "Max-Age=60; Expires=Mon, 29-Jun-2026 13:07:00 GMT" in store


@pytest.mark.parametrize("name", ["doc-response-headers-2021-05-14.txt", "doc-response-headers-2021-10-26.txt"])
def test_headers_of_2021(launch, name: str) -> None:
    wanted = documented_headers(name)
    client = launch(properties={"sandbox.release": "2024"})  # nosniff is there since May 2021
    ours = raw_headers(client.sandbox.url, "/api/now/table/incident", BASIC)
    plain = {"X-Is-Logged-In", "X-Total-Count", "X-Content-Type-Options", "Pragma", "Expires", "Content-Type", "Server"}
    assert [name for name, _ in ours if name in plain] == [name for name, _ in wanted if name in plain]
    cookies = {cookie_or_name(*header).partition("_")[0] for header in ours if header[0] == "Set-Cookie"}
    assert cookies >= {cookie_or_name(*header).partition("_")[0] for header in wanted if header[0] == "Set-Cookie"}
