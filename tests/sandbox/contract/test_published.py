"""Answers that others published of their instances."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sandbox import recorded
from tests.sandbox.contract.wire import compact, in_order
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


def test_a_custom_table(launch, tmp_path: Path) -> None:
    rows = recorded.loaded("kdp-u_test_table-list.json")["result"]
    schema = recorded.schema_file(tmp_path, {"u_test_table": recorded.table_of_rows(rows)})
    client = launch(schema=(schema,), rows={"u_test_table": rows})
    # The publisher's tool sorted the keys, so their order says nothing here.
    assert client.rows("u_test_table") == rows


def test_token_answers(launch) -> None:
    client = launch()
    form = {
        "grant_type": "password",
        "client_id": "sandbox-client",
        "client_secret": "sandbox-secret",
        "username": "admin",
        "password": "admin",
    }
    answer = client.send("POST", "/oauth_token.do", data=form, auth=None)
    wanted = recorded.loaded("r7-oauth-token.json")
    assert list(answer.json()) == list(wanted)
    assert set(answer.json()) == set(recorded.loaded("doc-oauth-token-password.json"))
    for name in ("access_token", "refresh_token"):
        assert len(answer.json()[name]) == len(wanted[name])
    assert {**answer.json(), "access_token": "", "refresh_token": ""} == {
        **wanted,
        "access_token": "",
        "refresh_token": "",
    }
    refused = client.send("POST", "/oauth_token.do", data={**form, "password": "wrong"}, auth=None)
    assert (refused.status_code, refused.text) == (401, recorded.text("err-oauth-401-access-denied.json").strip())


def test_a_batch_with_one_insert(launch, tmp_path: Path) -> None:
    wanted = recorded.loaded("cdap-batch-response.json")
    row = recorded.loaded("cdap-batch-item-body-decoded.json")["result"]
    table = recorded.table_of_rows([row], number={"prefix": "RCS", "digits": 7, "start": 109978})
    table["fields"]["sys_domain"] = {"type": "domain_id", "default": "global"}
    table["fields"]["received"] = {"type": "glide_date_time", "default": "$now"}
    user = {"sys_id": "5" * 32, "user_name": row["sys_created_by"], "user_password": "secret"}
    grant = {"user": "5" * 32, "role": "6" * 32}
    client = launch(
        now=datetime(2022, 6, 15, 6, 39, 53, tzinfo=UTC),
        schema=(recorded.schema_file(tmp_path, {"proc_rec_slip": table}),),
        rows={
            "sys_user": [user],
            "sys_user_role": [{"sys_id": "6" * 32, "name": "itil"}],
            "sys_user_has_role": [grant],
        },
        properties=recorded.named_host("https://ven05127.service-now.com"),
    )
    body = base64.b64encode(json.dumps({"sys_id": row["sys_id"]}).encode()).decode()
    headers = [{"name": "Accept", "value": "application/json"}, {"name": "Content-Type", "value": "application/json"}]
    item = {"id": 1, "method": "POST", "url": "/api/now/table/proc_rec_slip", "headers": headers, "body": body}
    request = {"batch_request_id": 1, "rest_requests": [{**item, "exclude_response_headers": True}]}
    answer = client.send("POST", "/api/now/v1/batch", json=request, auth=(row["sys_created_by"], "secret"))
    ours = json.loads(answer.text.replace('"execution_time":0', '"execution_time":8'))
    assert in_order(ours) == in_order(wanted)
    assert (
        base64.b64decode(ours["serviced_requests"][0]["body"]).decode()
        == recorded.text("cdap-batch-item-body-decoded.json").strip()
    )


def test_a_row_of_94_keys(launch, tmp_path: Path) -> None:
    body = recorded.loaded("r7-vulnerability-post.json")
    row = body["result"]
    schema = recorded.schema_file(tmp_path, {"sn_vul_app_vulnerable_item": recorded.table_of_rows([row])})
    properties = recorded.named_host("https://test.service-now.com")
    client = launch(schema=(schema,), rows={"sn_vul_app_vulnerable_item": [row]}, properties=properties)
    answer = client.get(f"/api/now/table/sn_vul_app_vulnerable_item/{row['sys_id']}")
    assert answer.text == compact(body)


def test_journal_rows(launch) -> None:
    rows = recorded.loaded("r7-sys_journal_field-rows.json")
    client = launch(rows={"sys_journal_field": rows})
    query = f"name=incident^element_id={rows[0]['element_id']}^ORDERBYDESCsys_created_on"
    answer = client.get("/api/now/table/sys_journal_field", params={"sysparm_query": query})
    assert answer.text == '{"result":' + compact(rows) + "}"


TICKET = {"ticket": {"extends": "task", "number": {"prefix": "TKT", "digits": 7, "start": 10006}}}


@pytest.mark.parametrize("name", ["vm-task-list.json", "vm-task-list-more-than-5.json"])
def test_tasks_of_a_child_class(launch, tmp_path: Path, name: str) -> None:
    rows = {row["sys_id"]: row for row in reversed(recorded.loaded(name)["result"])}  # the publisher repeated some
    body = {"result": sorted(rows.values(), key=lambda row: row["number"])}
    client = launch(
        schema=(recorded.schema_file(tmp_path, TICKET),),
        rows={"task": body["result"]},
        properties=recorded.named_host("https://dev71231.service-now.com"),
    )
    answer = client.get("/api/now/table/task?sysparm_query=ORDERBYnumber")
    assert answer.text == compact(body)
    assert answer.headers["X-Total-Count"] == str(len(body["result"]))


def test_a_posted_ticket(launch, tmp_path: Path) -> None:
    body = recorded.loaded("vm-ticket-post.json")
    row = body["result"]
    overrides = {"state": {"default": row["state"]}}  # the publisher edited the state to a label
    user = {"sys_id": row["opened_by"]["value"], "user_name": "shree", "user_password": "secret"}
    client = launch(
        now=datetime(2019, 5, 14, 6, 57, 39, tzinfo=UTC),
        schema=(recorded.schema_file(tmp_path, {"ticket": {**TICKET["ticket"], "overrides": overrides}}),),
        rows={
            "sys_user": [user],
            "sys_user_role": [{"sys_id": "6" * 32, "name": "itil"}],
            "sys_user_has_role": [{"user": user["sys_id"], "role": "6" * 32}],
        },
        properties=recorded.named_host("https://dev71231.service-now.com"),
    )
    sent = {"short_description": row["short_description"], "sys_id": row["sys_id"]}
    answer = client.post("ticket", sent, auth=("shree", "secret"))
    assert (answer.status_code, answer.text) == (201, compact(body))
    assert answer.headers["Location"] == f"https://dev71231.service-now.com/api/now/table/ticket/{row['sys_id']}"
