"""The Batch API."""

import base64
import json

import pytest

from tests.sandbox.worlds import INCIDENTS, small_world

BATCH = "/api/now/v1/batch"


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def run(client, *items: dict, **more):
    request = {"batch_request_id": "b", "rest_requests": list(items)}
    return client.send("POST", BATCH, json=request, **more)


def item(number: int, method: str, url: str, body: object = None, **more: object) -> dict[str, object]:
    entry: dict[str, object] = {"id": str(number), "method": method, "url": url, **more}
    if body is not None:
        entry["body"] = base64.b64encode(json.dumps(body).encode()).decode()
    return entry


def decoded(entry: dict) -> object:
    return json.loads(base64.b64decode(entry["body"]))


def test_items_run_in_order_as_the_caller(fresh) -> None:
    target = f"/api/now/v2/table/incident/{INCIDENTS[0]}"
    answer = run(
        fresh,
        item(1, "PATCH", target, {"state": "2"}),
        item(2, "GET", f"{target}?sysparm_fields=state,assigned_to,sys_updated_by"),
        item(3, "DELETE", target),
        item(4, "GET", target),
        item(5, "GET", "/api/now/stats/incident?sysparm_count=true"),
    )
    entries = answer.json()["serviced_requests"]
    assert [entry["status_code"] for entry in entries] == [200, 200, 204, 404, 200]
    assert [entry["status_text"] for entry in entries] == ["OK", "OK", "No Content", "Not Found", "OK"]
    row = decoded(entries[1])["result"]
    assert (row["state"], row["sys_updated_by"]) == ("2", "admin")
    assert row["assigned_to"]["link"].startswith(f"{fresh.sandbox.url}/api/now/v2/table/sys_user/")
    assert entries[2]["body"] == ""
    assert decoded(entries[4])["result"]["stats"]["count"] == "5"


def test_items_have_headers_unless_excluded(fresh) -> None:
    listed = item(1, "GET", "/api/now/table/incident?sysparm_limit=1")
    posted = item(2, "POST", "/api/now/table/incident", {}, headers=[{"name": "X-no-response-body", "value": "true"}])
    entries = run(fresh, listed, posted, {**listed, "exclude_response_headers": True}).json()["serviced_requests"]
    names = [header["name"] for header in entries[0]["headers"]]
    assert names == ["Pragma", "Expires", "Content-Length", "Content-Type", "Cache-control", "Link", "X-Total-Count"]
    created = {header["name"]: header["value"] for header in entries[1]["headers"]}
    assert "Content-Type" not in created
    assert created["Location"].startswith(f"{fresh.sandbox.url}/api/now/table/incident/")
    assert entries[2]["headers"] == []


def test_items_say_what_is_wrong_with_them(fresh) -> None:
    entries = run(
        fresh,
        item(1, "GET", "/api/now/table/nowhere"),
        item(2, "GET", BATCH),
        item(3, "GET", "/api/now/table/incident", headers=[{"name": "Accept", "value": "text/csv"}]),
        item(4, "TRACE", "/api/now/table/incident"),
        {"id": "5", "headers": "none"},
    ).json()["serviced_requests"]
    assert [entry["status_code"] for entry in entries] == [400, 400, 406, 405, 400]
    assert decoded(entries[0])["error"]["message"] == "Invalid table nowhere"


def test_items_beyond_a_limit_are_left_unserviced(fresh) -> None:
    large = {**item(1, "POST", "/api/now/table/incident"), "body": base64.b64encode(b" " * 1_048_577).decode()}
    small = item(2, "GET", "/api/now/table/incident?sysparm_limit=1")
    with fresh.having({"glide.rest.batch.max.inputSize": "1"}):
        answer = run(fresh, small, large, small).json()
    assert ([entry["id"] for entry in answer["serviced_requests"]], answer["unserviced_requests"]) == (
        ["2"],
        ["1", "2"],
    )


def test_output_beyond_the_limit_is_unserviced_though_it_ran(launch) -> None:
    rows = [{"description": "x" * 4000} for _ in range(300)]
    client = launch(rows={"incident": rows}, properties={"glide.rest.batch.max.outputSize": "1"})
    answer = run(
        client, item(1, "GET", "/api/now/table/incident"), item(2, "GET", "/api/now/table/task?number=x")
    ).json()
    assert (answer["serviced_requests"], answer["unserviced_requests"]) == ([], ["1", "2"])


@pytest.mark.parametrize("body", ["[]", "{}", '{"rest_requests": {}}', '{"rest_requests": ["x"]}', "nonsense"])
def test_bodies_that_are_no_batch(fresh, body: str) -> None:
    assert fresh.send("POST", BATCH, data=body).status_code == 400


def test_bodies_that_are_no_base64(fresh) -> None:
    answer = run(
        fresh,
        item(1, "POST", "/api/now/table/incident", {}),
        {**item(2, "POST", "/api/now/table/incident"), "body": "x"},
        {**item(3, "POST", "/api/now/table/incident"), "body": "é"},
        item(4, "GET", "/api/now/stats/incident?sysparm_count=true"),
    )
    assert answer.status_code == 200
    entries = answer.json()["serviced_requests"]
    assert [entry["status_code"] for entry in entries] == [201, 400, 400, 200]
    assert decoded(entries[1])["error"]["message"] == "Exception while reading request"
    assert decoded(entries[3])["result"]["stats"]["count"] == "7"


def test_a_batch_needs_a_login(fresh) -> None:
    assert run(fresh, auth=None).status_code == 401
    assert run(fresh).json() == {"batch_request_id": "b", "serviced_requests": [], "unserviced_requests": []}
