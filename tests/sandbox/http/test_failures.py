"""What fails while a request runs is answered with the envelope of a 500, in a batch for its own item alone."""

import base64
import json
import sqlite3

import pytest

from snow_escalations.sandbox.http.reads import Reads
from snow_escalations.sandbox.store import Store
from tests.sandbox.worlds import INCIDENTS, small_world

ERRORS = [
    OverflowError("date value out of range"),
    ValueError("too many digits"),
    RecursionError("maximum recursion depth exceeded"),
    sqlite3.OperationalError("parser stack overflow"),
]
ENVELOPE = {
    "error": {
        "message": "Exception while executing request: null",
        "detail": "Exception while executing request: null Check logs for error trace or enable glide.rest.debug "
        "property to verify REST request processing",
    },
    "status": "failure",
}


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


@pytest.fixture(params=ERRORS, ids=lambda error: type(error).__name__)
def failing_lists(request, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every list fails while it runs."""

    def fail(*_: object, **__: object) -> None:
        raise request.param

    monkeypatch.setattr(Reads, "list_rows", fail)


@pytest.mark.usefixtures("failing_lists")
def test_a_failure_is_the_envelope_to_a_caller_who_is_logged_in(fresh) -> None:
    answer = fresh.get("/api/now/table/incident")
    assert (answer.status_code, answer.json()) == (500, ENVELOPE)
    assert answer.headers["Content-Type"] == "application/json;charset=UTF-8"
    assert answer.headers["X-Is-Logged-In"] == "true"


@pytest.mark.usefixtures("failing_lists")
def test_a_failure_in_a_batch_is_its_own_items(fresh) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[0]}"
    items = [
        {"id": "1", "method": "PATCH", "url": target, "body": base64.b64encode(b'{"state": "2"}').decode()},
        {"id": "2", "method": "GET", "url": "/api/now/table/incident"},
        {"id": "3", "method": "GET", "url": f"{target}?sysparm_fields=state"},
    ]
    answer = fresh.send("POST", "/api/now/v1/batch", json={"rest_requests": items})
    assert answer.status_code == 200
    entries = answer.json()["serviced_requests"]
    assert [entry["status_code"] for entry in entries] == [200, 500, 200]
    bodies = [json.loads(base64.b64decode(entry["body"])) for entry in entries]
    assert bodies[1:] == [ENVELOPE, {"result": {"state": "2"}}]


def test_a_write_that_fails_leaves_nothing_behind(fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OverflowError

    monkeypatch.setattr(Store, "_follow", fail)
    answer = fresh.send("DELETE", f"/api/now/table/incident/{INCIDENTS[0]}")
    assert (answer.status_code, answer.json()) == (500, ENVELOPE)
    assert fresh.sandbox.store.get("incident", INCIDENTS[0]) is not None
