"""Refusals are the same byte for byte."""

import base64
import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from snow_escalations.sandbox import Fault, Kind
from snow_escalations.sandbox.http.reads import Reads
from tests.sandbox import recorded
from tests.sandbox.contract.recordings import UNAUTHENTICATED
from tests.sandbox.contract.wire import in_order, raw_headers
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


@pytest.mark.parametrize(("name", "mode"), UNAUTHENTICATED.items())
def test_a_401_is_the_same_byte_for_byte(launch, name: str, mode: tuple[str, bool]) -> None:
    recording = recorded.exchange(name)
    release, detail_first = mode
    client = launch(properties={"sandbox.release": release, "sandbox.error.detail_first": str(detail_first).lower()})
    answer = client.get(recording.target, auth=("admin", "wrong"))
    assert (answer.status_code, answer.text) == (recording.status, recording.body)
    for header in ("content-type", "pragma", "cache-control", "expires", "server", "connection", "server-timing"):
        assert answer.headers.get(header) == recording.header(header)
    challenge = recording.header("www-authenticate")
    if name != "j1-401-2022-11-01.har.json":  # the case of the scheme changed within the profile's years
        assert answer.headers["WWW-Authenticate"] == challenge
    assert not {"x-is-logged-in", "x-transaction-id"} & {header.lower() for header in answer.headers}
    ours = raw_headers(client.sandbox.url, recording.target, {})
    assert sum(1 for header, _ in ours if header == "Set-Cookie") == 2


@pytest.mark.parametrize("year", ["2023-06-09", "2024-04-16"])
def test_an_invalid_table_is_the_same_byte_for_byte(launch, year: str) -> None:
    recording = recorded.exchange(f"j1-400-invalid-table-{year}.har.json")
    client = launch(properties={"sandbox.release": "2024"})
    answer = client.get(recording.target)
    assert (answer.status_code, answer.text) == (recording.status, recording.body)
    assert answer.headers["X-Is-Logged-In"] == recording.header("x-is-logged-in") == "true"
    assert re.fullmatch("[0-9a-f]{12}", answer.headers["X-Transaction-ID"])
    assert "X-Total-Count" not in answer.headers


def test_the_401_of_the_oidc_page(launch) -> None:
    body = recorded.text("doc-401-with-text-prefix.txt").strip().splitlines()[-1]
    client = launch(properties={"sandbox.release": "2024"})
    answer = client.get("/api/now/table/incident", auth=None, headers={"Authorization": "Bearer none"})
    assert (answer.status_code, answer.text) == (401, body)


def test_the_documented_500(launch, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("parser stack overflow")

    monkeypatch.setattr(Reads, "list_rows", fail)
    client = launch(properties={"sandbox.error.detail_first": "true"})
    item = {"id": "1", "method": "GET", "url": "/api/now/table/incident"}
    answer = client.send("POST", "/api/now/v1/batch", json={"batch_request_id": "1", "rest_requests": [item]})
    [serviced] = answer.json()["serviced_requests"]
    assert serviced["status_code"] == 500
    body = json.loads(base64.b64decode(serviced["body"]))
    assert in_order(body) == in_order(recorded.loaded("doc-500-exception-while-executing.json"))


def test_the_documented_rate_limit(launch) -> None:
    rule = {"name": "Table API", "api": "Table API", "request_limit": "100", "sys_id": "a" * 32}
    client = launch(rows={"sys_rate_limit_rules": [rule]})
    answers = [client.get("/api/now/table/cmn_department") for _ in range(101)]
    assert [answer.status_code for answer in answers] == [200] * 100 + [429]
    assert answers[-1].json() == recorded.loaded("doc-429-rate-limit.json")
    assert answers[-1].headers["Retry-After"] == "3600"
    for answer in answers:
        assert answer.headers["X-RateLimit-Limit"] == "100"
        assert answer.headers["X-RateLimit-Rule"] == "a" * 32
        assert answer.headers["X-RateLimit-Reset"] == str(int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp()))


@pytest.mark.parametrize(("method", "name"), [("GET", "r7-get-404.json"), ("DELETE", "r7-delete-404.json")])
def test_a_missing_record(launch, method: str, name: str) -> None:
    answer = launch().send(method, "/api/now/table/incident/" + "0" * 32)
    assert answer.status_code == 404
    assert in_order(answer.json()) == in_order(recorded.loaded(name))


def test_rows_that_break_off_into_an_error(launch) -> None:
    recording = recorded.text("sts-200-partial-then-error.txt")
    client = launch(rows={"incident": [{"sys_id": f"{index:032x}"} for index in range(3)]})
    client.sandbox.faults.add(Fault(Kind.BROKEN_ERROR_BESIDE_RESULT))
    answer = client.get("/api/now/table/incident?sysparm_fields=sys_id")
    assert answer.status_code == 200
    for text in (recording, answer.text):
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
        assert '""' in text
    tail = json.loads("{" + recording[recording.index('"error"') :])
    ours = json.loads("{" + answer.text[answer.text.index('"error"') :])
    assert ours == tail


def test_limit_zero_in_xml(launch) -> None:
    client = launch(properties={"sandbox.error.detail_first": "true"})
    answer = client.get("/api/now/table/incident?sysparm_limit=0", headers={"Accept": "application/xml"})
    assert answer.status_code == 400
    # The quotation has no XML declaration.
    body = answer.text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    assert body == recorded.text("err-400-limit-0.xml").strip()


@pytest.mark.parametrize(
    ("name", "target", "auth", "mode"),
    [
        ("err-400-uri-no-resource.json", "/api/now/nonsense", ("admin", "admin"), {}),
        ("err-401-wording-2025-plus.json", "/api/now/table/incident", None, {}),
        (
            "err-403-query-field-acl.json",
            "/api/now/table/sys_choice?sysparm_query=name=task",
            ("no.role", "sandbox"),
            {},
        ),
        (
            "err-403-stats-no-permission.json",
            "/api/now/stats/kb_knowledge?sysparm_count=true",
            ("no.role", "sandbox"),
            {"sandbox.error.detail_first": "true"},
        ),
        ("err-500-max-execution-time.json", "/api/now/table/incident?slow", ("admin", "admin"), {}),
    ],
)
def test_errors_are_the_same_byte_for_byte(*, launch, tmp_path: Path, name, target, auth, mode) -> None:
    knowledge = {"kb_knowledge": {"access": {"read": ["knowledge"]}}}
    client = launch(schema=(recorded.schema_file(tmp_path, knowledge),), properties=mode)
    if target.endswith("slow"):
        client.sandbox.faults.add(Fault(Kind.ERROR_BEFORE_COMMIT))
    answer = client.get(target, auth=auth)
    assert answer.status_code == int(re.findall(r"-(\d{3})-", name)[0])
    assert answer.text == recorded.text(name).strip()


def test_the_token_of_a_scoped_client(launch) -> None:
    client = launch(properties={"sandbox.oauth.scoped_client": "true"})
    form = {"grant_type": "client_credentials", "client_id": "sandbox-client", "client_secret": "sandbox-secret"}
    token = client.send("POST", "/oauth_token.do", data=form, auth=None).json()["access_token"]
    answer = client.get("/api/now/table/incident", auth=None, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.text) == (403, recorded.text("err-403-oauth-unscoped-api.json").strip())


def test_the_words_of_an_aborting_rule(launch, tmp_path: Path) -> None:
    recording = recorded.loaded("err-403-change-api-business-rule.json")["error"]["message"]
    name = "Restrict fields from Standard Change"
    change = {"change_request": {"extends": "task", "rules": [{"name": name, "operations": ["update"], "abort": True}]}}
    schema = recorded.schema_file(tmp_path, change)
    client = launch(schema=(schema,), rows={"change_request": [{"sys_id": "1" * 32}]})
    answer = client.patch("change_request", "1" * 32, {"short_description": "x"})
    # The Change API puts the sentence into the message; the Table API says "Operation Failed" and keeps it as detail.
    sentence = recording.partition("could not be updated. ")[2]
    ours = answer.json()["error"]
    assert answer.status_code == 403
    assert ours["message"] == "Operation Failed"
    assert re.sub(r"\^[0-9a-f]{32}", "^", ours["detail"]) == re.sub(r"\^[0-9a-f]{32}", "^", sentence)


def test_a_body_beyond_ten_megabytes(launch) -> None:
    wanted = recorded.text("err-rejected-large-payload.json").strip()
    answer = launch().send("POST", "/api/now/table/incident", data=b" " * 15105102)
    assert (answer.status_code, answer.text) == (413, wanted)
