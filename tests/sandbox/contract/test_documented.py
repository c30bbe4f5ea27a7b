"""What the documentation shows is what the sandbox answers."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import recorded
from tests.sandbox.contract.wire import in_order
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


def test_the_documented_problem(launch) -> None:
    body = recorded.loaded("doc-table-get-list-problem.json")
    host = "https://instance.servicenow.com"
    client = launch(rows={"problem": body["result"]}, properties=recorded.named_host(host))
    assert in_order(client.get("/api/now/table/problem?sysparm_limit=1").json()) == in_order(body)


def test_the_documented_incident(launch, tmp_path: Path) -> None:
    row = recorded.loaded("doc-table-get-one-incident.json")["result"]
    schema = recorded.schema_file(tmp_path, {"incident": recorded.table_of_rows([row], replace=True)})
    properties = recorded.named_host("https://instance.servicenow.com")
    client = launch(schema=(schema,), rows={"incident": [row]}, properties=properties)
    # The sample of 2015 was serialised in another order of keys.
    assert client.get(f"/api/now/table/incident/{row['sys_id']}").json() == {"result": row}


def test_the_documented_post(launch) -> None:
    wanted = recorded.loaded("doc-table-post-incident.json")["result"]
    admin = {"sys_id": wanted["opened_by"]["value"], "user_name": "admin"}
    incident = {"sys_id": "1" * 32, "number": "INC0010001"}
    client = launch(
        now=datetime(2016, 1, 22, 14, 28, 24, tzinfo=UTC),
        rows={"sys_user": [admin], "incident": [incident]},
        properties=recorded.named_host("https://instance.servicenow.com"),
    )
    body = {
        "short_description": wanted["short_description"],
        "assignment_group": wanted["assignment_group"]["value"],
        "urgency": "2",
        "impact": "2",
        "sys_id": wanted["sys_id"],
        "contact_type": "phone",  # the default of 2016
    }
    answer = client.post("incident", body)
    assert answer.status_code == 201
    row = answer.json()["result"]
    gone_since = {"wf_activity", "rejection_goto"}
    assert {name: row[name] for name in wanted if name not in gone_since} == {
        name: value for name, value in wanted.items() if name not in gone_since
    }


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_the_documented_patch_and_put(launch, method: str) -> None:
    wanted = recorded.loaded(f"doc-table-{method.lower()}-incident.json")["result"]
    gone_since = {"wf_activity", "rejection_goto"}
    shown = {name: value for name, value in wanted.items() if name not in gone_since}
    stored = {**shown, "assigned_to": "", "urgency": "3", "priority": "3", "sys_mod_count": "6", "sys_updated_by": "x"}
    client = launch(
        now=datetime(2016, 1, 22, 14, 12, 37, tzinfo=UTC),
        rows={"incident": [stored]},
        properties=recorded.named_host("https://instance.servicenow.com"),
    )
    body = {"assigned_to": wanted["assigned_to"]["value"], "urgency": "1", "comments": "Elevating urgency"}
    answer = client.send(method, f"/api/now/table/incident/{wanted['sys_id']}", json=body)
    assert answer.status_code == 200
    assert {name: answer.json()["result"][name] for name in shown} == shown


def test_the_documented_averages(launch) -> None:
    wanted = recorded.loaded("doc-stats-group-by.json")
    names = {  # the groups of the demo data, whose names order the sample
        "287ee6fea9fe198100ada7950d0b1b73": "Database",
        "8a5055c9c61122780043563ef53438e3": "Hardware",
        "287ebd7da9fe198100f92cc8d1d2154e": "Network",
        "d625dccec0a8016700a222a0f7900d06": "Service Desk",
        "8a4dde73c6112278017a6a4baf547aa7": "Software",
    }
    incidents = []
    for group in wanted["result"]:
        averages, value = group["stats"]["avg"], group["groupby_fields"][0]["value"]
        count = next(n for n in range(1, 100) if _are_averages_of(n, averages.values()))
        totals = {name: round(float(average) * count) for name, average in averages.items()}
        rows = [{"assignment_group": value, **dict.fromkeys(totals, "0")} for _ in range(count)]
        rows[0] |= {name: str(total) for name, total in totals.items()}
        incidents += rows
    groups = [{"sys_id": sys_id, "name": name} for sys_id, name in names.items()]
    client = launch(rows={"incident": incidents, "sys_user_group": groups})
    answer = client.get(
        "/api/now/stats/incident?sysparm_avg_fields=reassignment_count,business_stc&sysparm_group_by=assignment_group"
    )
    assert in_order(answer.json()) == in_order(wanted)


def _are_averages_of(count: int, averages: Any) -> bool:
    return all(f"{round(float(average) * count) / count:.4f}" == average for average in averages)


def test_session_debug_messages(launch) -> None:
    wanted = recorded.loaded("doc-session-debug-logs.json")
    client = launch(rows={"incident": [{"sys_id": "1" * 32, **wanted["result"]}]})
    target = "/api/now/table/incident/" + "1" * 32 + "?sysparm_fields=description,number"
    answer = client.get(target, headers={"X-WantSessionDebugMessages": "true"}).json()
    assert list(answer) == list(wanted)
    assert answer["result"] == wanted["result"]
    assert list(answer["session"]["debug_logs"][0]) == list(wanted["session"]["debug_logs"][0])
    assert "session" not in client.get(target).json()


def test_the_documented_dot_walk(launch) -> None:
    wanted = recorded.loaded("doc-dotwalk-display-true.json")["result"]
    user, department = wanted[0]["user"]["link"][-32:], wanted[0]["user.department"]["link"][-32:]
    roles = [row["role"]["link"][-32:] for row in wanted]
    client = launch(
        rows={
            "sys_user": [{"sys_id": user, "name": "Fred Johnson", "department": department}],
            "cmn_department": [{"sys_id": department, "name": "Accounting"}],
            "sys_user_role": [
                {"sys_id": sys_id, "name": row["role.name"]} for sys_id, row in zip(roles, wanted, strict=True)
            ],
            "sys_user_has_role": [
                {"sys_id": f"{index:032x}", "user": user, "role": role} for index, role in enumerate(roles)
            ],
        },
        properties=recorded.named_host("https://<instance>.service-now.com"),
    )
    fields = ",".join(wanted[0])
    target = f"/api/now/table/sys_user_has_role?sysparm_fields={fields}&sysparm_display_value=true"
    # The page was typeset: its keys stand in no order that an instance writes.
    assert client.get(target).json()["result"] == wanted


def test_the_documented_batch(launch) -> None:
    request = recorded.loaded("doc-batch-request.json")
    wanted = recorded.loaded("doc-batch-response.json")
    client = launch(rows={"incident": [{"sys_id": "1" * 32, "number": "INC0000060"}]})
    answer = client.send("POST", "/api/now/v1/batch", json=request)
    assert answer.status_code == 200
    ours = answer.json()
    assert list(ours) == list(wanted)
    assert ours["batch_request_id"] == "1"
    items = ours["serviced_requests"]
    assert [item["id"] for item in items] == [item["id"] for item in wanted["serviced_requests"]]
    assert [list(item) for item in items] == [list(item) for item in wanted["serviced_requests"]]
    # Item 11 asks a scripted API that the sandbox does not have; the headers of its answer have the documented shape.
    names = [header["name"] for header in items[0]["headers"]]
    assert names == [header["name"] for header in wanted["serviced_requests"][0]["headers"]]
    assert {header["name"]: header["value"] for header in items[0]["headers"]}["Content-Type"] == (
        "application/xml; charset=UTF-8"
    )
    assert [item["headers"] for item in items[1:]] == [[], []]
    assert [item["status_code"] for item in items] == [400, 200, 201]
    assert [item["status_text"] for item in items[1:]] == ["OK", "Created"]
    created = json.loads(base64.b64decode(items[2]["body"]))["result"]
    assert (created["urgency"], created["short_description"]) == ("1", "My computer broke")
    documented = base64.b64decode(wanted["serviced_requests"][0]["body"]).decode()
    assert base64.b64decode(items[0]["body"]).decode()[:48] == documented[:48]  # XML declaration and <response>
