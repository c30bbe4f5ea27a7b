"""What a simulator must let a test switch on, one test each."""

import base64
import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from snow_escalations.sandbox import Fault, Kind
from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, APPROVAL, BOW, CASE, ESCALATION, INCIDENTS, small_world

NO_ROLE = ("no.role", "sandbox")
AGENT = ("case.agent", "sandbox")
SERVICE = ("snow.escalations", "sandbox")


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def test_01_invalid_fields_are_dropped_or_return_no_rows_or_403(fresh) -> None:
    target = "/api/now/table/incident?sysparm_query=bogus=x"
    assert len(fresh.get(target).json()["result"]) == 6
    with fresh.having({"glide.invalid_query.returns_no_rows": "true"}):
        answer = fresh.get(target)
        assert (answer.status_code, answer.text, answer.headers["X-Total-Count"]) == (200, '{"result":[]}', "0")
    refused = fresh.get("/api/now/table/sys_choice?sysparm_query=bogus=x", auth=NO_ROLE)
    assert refused.status_code == 403


def test_02_access_rules_filter_rows_drop_fields_or_refuse_a_table(fresh) -> None:
    assert fresh.get("/api/now/table/incident", auth=NO_ROLE).json() == {"result": []}
    assert "user_password" not in fresh.get(f"/api/now/table/sys_user/{ABEL}", auth=AGENT).json()["result"]
    refused = fresh.get("/api/now/table/sys_db_object", auth=NO_ROLE)
    assert refused.json()["error"]["detail"] == "No permission to read table 'sys_db_object'"
    assert refused.status_code == 403
    assert fresh.get("/api/now/table/incident", auth=NO_ROLE).headers["X-Total-Count"] == "6"


def test_03_fields_are_dropped_on_write_or_refused(fresh) -> None:
    target, body = f"/api/now/table/sysapproval_approver/{APPROVAL}", {"state": "approved"}
    itil = ("itil.user", "sandbox")
    dropped = fresh.send("PATCH", target, json=body, auth=itil)
    assert (dropped.status_code, dropped.json()["result"]["state"]) == (200, "requested")
    with fresh.having({"sandbox.acl.field_write_denied": "refuse"}):
        refused = fresh.send("PATCH", target, json=body, auth=itil)
    detail = "ACL Exception Update Failed due to security constraints"
    assert (refused.status_code, refused.json()["error"]["detail"]) == (403, detail)


def test_04_rules_abort_and_policies_demand_per_table_and_state(launch, tmp_path: Path) -> None:
    rules = [
        {"name": "No way", "operations": ["update"], "condition": "stateCHANGESTO2", "abort": True},
        {"name": "Say why", "operations": ["update"], "condition": "stateCHANGESTO3", "require": ["hold_reason"]},
    ]
    schema = recorded.schema_file(tmp_path, {"incident": {"rules": rules}})
    client = launch(rows=small_world(), schema=(schema,))
    aborted = client.patch("incident", INCIDENTS[0], {"state": "2"})
    assert (aborted.status_code, "Business Rule 'No way^" in aborted.json()["error"]["detail"]) == (403, True)
    demanded = client.patch("incident", INCIDENTS[0], {"state": "3"})
    assert (demanded.status_code, "On hold reason" in demanded.json()["error"]["detail"]) == (403, True)
    assert client.patch("incident", INCIDENTS[0], {"state": "3", "hold_reason": "1"}).status_code == 200


def test_05_unordered_reads_come_in_index_order_or_shuffled(launch) -> None:
    client = launch(rows={"sys_user": [{} for _ in range(40)]})
    target = "/api/now/table/sys_user?sysparm_fields=sys_id"
    ids = [row["sys_id"] for row in client.get(target).json()["result"]]
    assert ids == sorted(ids)
    with client.having({"sandbox.unordered_reads": "shuffle"}):
        shuffled = [[row["sys_id"] for row in client.get(target).json()["result"]] for _ in range(2)]
        assert shuffled[0] != shuffled[1] != ids
        assert sorted(shuffled[0]) == sorted(shuffled[1]) == ids
        ordered = client.get(target + "&sysparm_query=ORDERBYsys_id").json()["result"]
        assert [row["sys_id"] for row in ordered] == ids


def test_06_dates_in_zone_and_format_of_the_caller(fresh) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[0]}?sysparm_display_value=true&sysparm_fields=opened_at"
    abel = ("abel.tuter", "sesame")
    assert fresh.get(target).json()["result"] == {"opened_at": "2026-11-10 09:00:00"}
    assert fresh.get(target, auth=abel).json()["result"] == {"opened_at": "10/11/2026 01:00:00 AM"}
    found = fresh.rows("incident", "opened_at=2026-11-10 01:00:00", auth=abel)
    assert [row["sys_id"] for row in found] == [INCIDENTS[0]]
    with fresh.having({"sandbox.query.date_literals": "utc"}):
        assert fresh.rows("incident", "opened_at=2026-11-10 01:00:00", auth=abel) == []


@pytest.mark.parametrize(
    ("release", "message", "challenge"),
    [
        ("2020", "User Not Authenticated", 'BASIC realm="Service-now"'),
        ("2024", "User Not Authenticated", 'Basic realm="Service-now"'),
        ("2026", "User is not authenticated", 'Basic realm="Service-now"'),
    ],
)
def test_07_wording_and_key_order_of_401(fresh, release: str, message: str, challenge: str) -> None:
    with fresh.having({"sandbox.release": release}):
        answer = fresh.get("/api/now/table/incident", auth=None)
        assert next(iter(answer.json()["error"].items())) == ("message", message)
        assert answer.headers["WWW-Authenticate"] == challenge
        with fresh.having({"sandbox.error.detail_first": "true"}):
            assert next(iter(fresh.get("/api/now/table/incident", auth=None).json()["error"])) == "detail"


def test_08_an_empty_202_beyond_n_parallel_calls_of_a_session(fresh) -> None:
    first = fresh.get("/api/now/table/incident?sysparm_limit=1")
    cookie = f"JSESSIONID={first.cookies.get('JSESSIONID') or _session(first)}"
    statuses: list[int] = []

    def call() -> None:
        answer = requests.get(
            f"{fresh.sandbox.url}/api/now/table/incident?sysparm_limit=1",
            auth=("admin", "admin"),
            headers={"Cookie": cookie},
            timeout=10,
        )
        statuses.append(answer.status_code)

    slow_first = Fault(Kind.LATENCY, path="/incident", nth=1, milliseconds=800)
    with fresh.having({"sandbox.session.queue_limit": "2"}), fresh.striking(slow_first):
        threads = [threading.Thread(target=call) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [200, 200, 200, 202, 202, 202]


def _session(answer: requests.Response) -> str:
    return answer.headers["Set-Cookie"].partition("JSESSIONID=")[2].partition(";")[0]


def test_09_429_with_and_without_envelope_and_headers(fresh) -> None:
    with fresh.striking(Fault(Kind.TOO_MANY_REQUESTS, retry_after=17)):
        full = fresh.get("/api/now/table/incident")
    assert (full.status_code, full.headers["Retry-After"]) == (429, "17")
    assert full.json()["error"]["message"] == "Rate limit exceeded"
    with fresh.striking(Fault(Kind.TOO_MANY_REQUESTS, headers=False, envelope=False)):
        bare = fresh.get("/api/now/table/incident")
    assert (bare.status_code, "Retry-After" in bare.headers) == (429, False)
    assert not bare.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    ("kind", "status", "committed"),
    [
        (Kind.ERROR_BEFORE_COMMIT, 500, False),
        (Kind.ERROR_AFTER_COMMIT, 500, True),
        (Kind.BAD_GATEWAY, 502, False),
        (Kind.UNAVAILABLE, 503, False),
        (Kind.HTML_200, 200, False),
        (Kind.EMPTY_200, 200, False),
        (Kind.CUT_BODY, None, True),
        (Kind.RESET_BEFORE_COMMIT, None, False),
        (Kind.RESET_AFTER_COMMIT, None, True),
    ],
)
def test_10_failures_before_and_after_commit(fresh, kind: Kind, status: int | None, committed: bool) -> None:
    with fresh.striking(Fault(kind, method="POST")):
        if status is None:
            with pytest.raises(requests.exceptions.RequestException):
                fresh.post("incident", {"correlation_id": "mine"})
        else:
            assert fresh.post("incident", {"correlation_id": "mine"}).status_code == status
    assert bool(fresh.sandbox.store.find("incident", correlation_id="mine")) is committed


def test_11_tokens_expire_come_again_and_may_be_html(fresh) -> None:
    token = fresh.token()["access_token"]
    assert fresh.token()["access_token"] == token
    bearer = {"Authorization": f"Bearer {token}"}
    assert fresh.get("/api/now/table/incident", auth=None, headers=bearer).status_code == 200
    with fresh.striking(Fault(Kind.TOKEN_EXPIRED, nth=1)):
        assert fresh.get("/api/now/table/incident", auth=None, headers=bearer).status_code == 401
        assert fresh.get("/api/now/table/incident", auth=None, headers=bearer).status_code == 401
    renewed = fresh.token()["access_token"]
    assert renewed != token
    fresh.sandbox.clock.advance(timedelta(minutes=30))
    bearer = {"Authorization": f"Bearer {renewed}"}
    assert fresh.get("/api/now/table/incident", auth=None, headers=bearer).status_code == 401
    with fresh.striking(Fault(Kind.HTML_200, path="/oauth_token.do")):
        answer = fresh.send("POST", "/oauth_token.do", data={}, auth=None)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html;charset=UTF-8")


def test_12_latency_visibility_lag_and_asynchronous_roll_up(fresh) -> None:
    with fresh.having({"sandbox.insert_visibility_lag_ms": "500"}):
        answer = fresh.post("incident", {"correlation_id": "late"})
        assert answer.status_code == 201
        assert fresh.rows("incident", "correlation_id=late") == []
        target = f"/api/now/table/incident/{answer.json()['result']['sys_id']}"
        assert fresh.get(target).status_code == 404
        fresh.sandbox.clock.advance(timedelta(milliseconds=500))
        assert fresh.get(target).status_code == 200
    approved = fresh.patch("sysapproval_approver", APPROVAL, {"state": "approved"}, auth=SERVICE)
    assert approved.json()["result"]["state"] == "approved"
    escalation = f"/api/now/table/sn_customerservice_escalation/{ESCALATION}"
    assert fresh.get(escalation).json()["result"]["state"] == "100"
    fresh.sandbox.clock.advance(timedelta(seconds=1))
    assert fresh.get(escalation).json()["result"]["state"] == "101"
    with fresh.striking(Fault(Kind.LATENCY, milliseconds=30)):
        assert fresh.get(escalation).elapsed >= timedelta(milliseconds=30)


def test_13_v1_and_v2_differ_on_an_empty_list(fresh) -> None:
    statuses = [fresh.get(f"/api/now/{version}table/incident?number=no").status_code for version in ("v1/", "v2/", "")]
    assert statuses == [404, 200, 200]


def test_14_long_urls_and_large_bodies(fresh) -> None:
    path = "/api/now/table/incident?sysparm_query=number="
    room = 8192 - len("GET  HTTP/1.1") - len(path)
    assert fresh.get(path + "x" * room).status_code == 200
    long = fresh.get(path + "x" * (room + 1))
    assert (long.status_code, "URI Too Long" in long.text, long.headers["Server"]) == (414, True, "snow_adc")
    with fresh.having({"glide.rest.max_content_length": "20"}):
        large = fresh.post("incident", {"short_description": "more than twenty bytes"})
    assert large.json()["error"]["detail"].endswith("Max allowed: 20 bytes.")
    assert large.status_code == 413


def test_15_batches_leave_items_unserviced_and_fail_in_part(fresh) -> None:
    body = base64.b64encode(json.dumps({"state": "7"}).encode()).decode()
    items = [
        {"id": 1, "method": "GET", "url": f"/api/now/table/incident/{INCIDENTS[0]}"},
        {"id": 2, "method": "PATCH", "url": f"/api/now/table/incident/{INCIDENTS[0]}", "body": body},
        {"id": 3, "method": "GET", "url": "/api/now/table/incident"},
    ]
    with fresh.having({"sandbox.batch.serviced_limit": "2"}):
        answer = fresh.send("POST", "/api/now/v1/batch", json={"batch_request_id": 9, "rest_requests": items}).json()
    assert answer["batch_request_id"] == "9"
    assert [item["status_code"] for item in answer["serviced_requests"]] == [200, 403]
    assert answer["unserviced_requests"] == ["3"]


def test_16_limits_beyond_the_most_and_zero(fresh) -> None:
    with fresh.having({"sandbox.table.max_limit": "3"}):
        assert len(fresh.get("/api/now/table/incident?sysparm_limit=5").json()["result"]) == 3
    for limit in ("0", "-1", "many"):
        answer = fresh.get(f"/api/now/table/incident?sysparm_limit={limit}")
        assert answer.status_code == 400
        assert answer.json()["error"]["message"] == "Invalid value given for sysparm_limit"
    with fresh.having({"sandbox.table.limit_zero": "empty"}):
        answer = fresh.get("/api/now/table/incident?sysparm_limit=0")
        assert (answer.status_code, answer.json(), answer.headers["X-Total-Count"]) == (200, {"result": []}, "6")


def test_17_a_second_writer_between_read_and_write(fresh) -> None:
    target = f"/api/now/table/sn_customerservice_case/{CASE}"
    with fresh.striking(Fault(Kind.SECOND_WRITER, method="GET", table="sn_customerservice_case", nth=1)):
        assert fresh.get(target).json()["result"]["sys_mod_count"] == "4"
        seen = fresh.get(target).json()["result"]
    assert (seen["sys_mod_count"], seen["sys_updated_by"]) == ("5", "second.writer")
    theirs = Fault(Kind.SECOND_WRITER, method="PATCH", values={"assigned_to": BOW}, writer="bow.ruggeri")
    with fresh.striking(theirs):
        answer = fresh.patch("sn_customerservice_case", CASE, {"priority": "1"})
    row = answer.json()["result"]
    assert (row["assigned_to"]["value"], row["priority"], row["sys_mod_count"]) == (BOW, "1", "7")
