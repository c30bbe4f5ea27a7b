"""The thirty rules that simulators get wrong, one test each."""

import base64
import json

import pytest
import requests

from snow_escalations.sandbox import Fault, Kind
from snow_escalations.sandbox.values.hashmap import ordered
from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, APPROVAL, BOW, CASE, ESCALATION, INCIDENTS, incident, small_world

NO_ROLE = ("no.role", "sandbox")
AGENT = ("case.agent", "sandbox")


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world())


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def one(client, table, sys_id, **params):
    return client.get(f"/api/now/table/{table}/{sys_id}", params=params).json()["result"]


def test_rule_01_every_scalar_is_a_string(world) -> None:
    for table in ("incident", "sn_customerservice_case", "sys_user", "sys_dictionary", "sys_choice", "sys_properties"):
        for row in world.rows(table):
            for value in row.values():
                assert isinstance(value, str) or (isinstance(value, dict) and set(value) == {"link", "value"})


def test_rule_02_empty_is_an_empty_string_even_for_references(world) -> None:
    row = one(world, "incident", INCIDENTS[4])
    assert row["assigned_to"] == row["close_notes"] == row["closed_at"] == ""


def test_rule_03_a_reference_is_link_and_value_in_that_order(world) -> None:
    reference = one(world, "incident", INCIDENTS[0])["assigned_to"]
    assert list(reference.items()) == [
        ("link", f"{world.sandbox.url}/api/now/table/sys_user/{ABEL}"),
        ("value", ABEL),
    ]


@pytest.mark.parametrize("version", ["", "v1/", "v2/"])
def test_rule_04_links_and_location_repeat_the_api_path_asked(fresh, version: str) -> None:
    path = f"/api/now/{version}table"
    row = fresh.get(f"{path}/incident/{INCIDENTS[0]}").json()["result"]
    assert row["assigned_to"]["link"] == f"{fresh.sandbox.url}{path}/sys_user/{ABEL}"
    answer = fresh.send("POST", f"{path}/incident", json={})
    assert answer.headers["Location"] == f"{fresh.sandbox.url}{path}/incident/{answer.json()['result']['sys_id']}"


def test_rule_05_bodies_are_compact_json_in_raw_utf8(fresh) -> None:
    fresh.post("cmn_department", {"name": 'Ünïcode — 日本語/"quoted"\ttab\nline'})
    answer = fresh.get("/api/now/table/cmn_department")
    again = json.dumps(answer.json(), separators=(",", ":"), ensure_ascii=False).encode()
    assert answer.content == again
    assert "日本語/" in answer.text


def test_rule_06_keys_come_in_hash_map_order(world) -> None:
    for table in ("incident", "sys_user", "sn_customerservice_escalation", "sysapproval_approver"):
        keys = list(world.rows(table)[0])
        assert keys == list(ordered(sorted(keys)))
        assert keys != sorted(keys)


@recorded.needs_recordings
def test_rule_06_the_order_of_every_untouched_recorded_body() -> None:
    names = ("vm-task-list.json", "doc-table-get-list-problem.json", "r7-vulnerability-post.json")
    bodies = [recorded.loaded(name)["result"] for name in names]
    bodies += [recorded.exchange(path.name).rows for path in recorded.FOLDER.glob("j1-*list*.har.json")]
    rows = [row for body in bodies for row in (body if isinstance(body, list) else [body])]
    assert len(rows) > 200
    for row in rows:
        assert list(row) == list(ordered(sorted(row)))


def test_rule_07_unordered_reads_come_in_index_order(world) -> None:
    users = [row["sys_id"] for row in world.rows("sys_user")]
    assert users == sorted(users)
    incidents = [(row["active"], row["sys_id"]) for row in world.rows("incident")]
    assert incidents == sorted(incidents)
    assert incidents[0][0] == "false"


def test_rule_08_closing_a_task_moves_it_between_pages(fresh) -> None:
    page = {"sysparm_limit": "2", "sysparm_fields": "sys_id"}
    target = "/api/now/table/incident"
    first = fresh.get(target, params=page).json()["result"]
    resolved = {"state": "7", "close_code": "Solution provided", "close_notes": "done"}
    assert fresh.patch("incident", INCIDENTS[4], resolved).status_code == 200
    second = fresh.get(target, params={**page, "sysparm_offset": "2"}).json()["result"]
    third = fresh.get(target, params={**page, "sysparm_offset": "4"}).json()["result"]
    seen = [row["sys_id"] for row in (*first, *second, *third)]
    assert seen.count(INCIDENTS[5]) == 2  # moved back by one, and met again
    assert INCIDENTS[4] not in seen  # jumped over: it is in the block of inactive ones now


def test_rule_09_an_unknown_field_in_a_query_drops_the_condition(world) -> None:
    answer = world.get("/api/now/table/incident", params={"sysparm_query": "bogus=x"})
    assert (answer.status_code, answer.headers["X-Total-Count"]) == (200, "6")


def test_rule_10_tables_with_query_acls_refuse_it_instead(world) -> None:
    for query in ("bogus=x", "name=task", "ORDERBYelement"):
        answer = world.get("/api/now/table/sys_choice", params={"sysparm_query": query}, auth=NO_ROLE)
        assert answer.status_code == 403
        assert answer.json()["error"]["message"] == "Insufficient rights to query records"


def test_rule_11_a_bad_value_or_operator_matches_nothing(world) -> None:
    for query in ("state=NOT_A_NUMBER", "state==1", "sys_class_name=not_a_real"):
        assert world.rows("incident", query) == []


def test_rule_12_unknown_parameters_are_ignored_and_repeated_in_links(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_limit=2&sysparm_query_category=strict&unheard=of")
    assert answer.headers["X-Total-Count"] == "6"
    assert "sysparm_query_category=strict&unheard=of&sysparm_offset=2>" in answer.headers["Link"]


def test_rule_13_a_forbidden_read_is_200_and_empty_with_the_true_count(world) -> None:
    answer = world.get("/api/now/table/incident", auth=NO_ROLE)
    assert (answer.status_code, answer.text, answer.headers["X-Total-Count"]) == (200, '{"result":[]}', "6")


def test_rule_14_access_rules_come_after_the_limit(launch) -> None:
    mine = {"opened_by": "f" * 32}
    rows = {
        "sys_user": [{"sys_id": "f" * 32, "user_name": "read.only"}],
        "incident": [{"sys_id": f"{index:032x}", **(mine if index % 3 == 0 else {})} for index in range(9)],
    }
    # A role that grants nothing but own rows, as incidents have them for anybody with a role.
    rows["sys_user_role"] = [{"sys_id": "9" * 32, "name": "snc_internal"}]
    rows["sys_user_has_role"] = [{"user": "f" * 32, "role": "9" * 32}]
    client = launch(rows=rows)
    answer = client.get("/api/now/table/incident?sysparm_limit=6", auth=("read.only", "sandbox"))
    assert [row["sys_id"][-1] for row in answer.json()["result"]] == ["0", "3"]
    assert answer.headers["X-Total-Count"] == "9"
    assert 'rel="next"' in answer.headers["Link"]


def test_rule_15_forbidden_fields_are_the_only_absent_keys(world) -> None:
    seen = one(world, "sys_user", ABEL)
    hidden = world.get(f"/api/now/table/sys_user/{ABEL}", auth=AGENT).json()["result"]
    assert set(seen) - set(hidden) == {"user_password"}
    choices = world.get("/api/now/table/sys_choice?sysparm_limit=3", auth=NO_ROLE).json()["result"]
    assert [set(row) for row in choices] == [{"label"}] * 3


def test_rule_16_no_link_when_everything_fits_on_one_page(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_limit=6")
    assert "Link" not in answer.headers
    assert answer.headers["X-Total-Count"] == "6"
    assert world.get("/api/now/table/incident?number=none").headers["X-Total-Count"] == "0"


def test_rule_17_a_limit_of_one_has_a_previous_page_at_minus_one(world) -> None:
    assert 'sysparm_offset=-1>;rel="prev"' in world.get("/api/now/table/incident?sysparm_limit=1").headers["Link"]
    assert 'rel="prev"' not in world.get("/api/now/table/incident?sysparm_limit=2").headers["Link"]


def test_rule_18_more_than_ten_thousand_rows_are_silently_cut(launch) -> None:
    client = launch(rows={"sys_user_grmember": [{} for _ in range(10_003)]})
    for limit in ("", "&sysparm_limit=20000"):
        answer = client.get(f"/api/now/table/sys_user_grmember?sysparm_fields=user{limit}")
        assert (answer.status_code, len(answer.json()["result"])) == (200, 10_000)
        assert answer.headers["X-Total-Count"] == "10003"
        assert 'sysparm_limit=10000&sysparm_offset=10000>;rel="next"' in answer.headers["Link"]


def test_rule_19_statuses_and_bodies_of_writes(fresh) -> None:
    posted = fresh.post("incident", {"short_description": "x"})
    row = posted.json()["result"]
    assert (posted.status_code, row["short_description"], len(row)) == (201, "x", 92)
    assert posted.headers["Location"].endswith(f"/api/now/table/incident/{row['sys_id']}")
    for method in ("PUT", "PATCH"):
        changed = fresh.send(method, f"/api/now/table/incident/{row['sys_id']}", json={"urgency": "1"})
        assert (changed.status_code, len(changed.json()["result"])) == (200, 92)
    deleted = fresh.send("DELETE", f"/api/now/table/incident/{row['sys_id']}")
    assert (deleted.status_code, deleted.content) == (204, b"")
    for answer in (posted, changed, deleted):
        assert "X-Total-Count" not in answer.headers


def test_rule_20_unknown_body_fields_are_ignored(fresh) -> None:
    answer = fresh.patch("incident", INCIDENTS[0], {"bunk_field": "x"})
    assert answer.status_code == 200
    assert "bunk_field" not in answer.json()["result"]


def test_rule_21_bad_references_are_kept_and_bad_choices_dropped(fresh) -> None:
    answer = fresh.patch("incident", INCIDENTS[0], {"assigned_to": "nobody at all", "state": "4711"})
    row = answer.json()["result"]
    assert (answer.status_code, row["state"]) == (200, "1")
    assert row["assigned_to"]["value"] == "nobody at all"
    assert row["assigned_to"]["link"].endswith("/sys_user/nobody at all")


def test_rule_22_some_fields_are_dropped_while_the_rest_is_saved(fresh) -> None:
    body = {
        "approver": BOW,
        "document_id": ESCALATION,
        "sysapproval": ESCALATION,
        "source_table": "sn_customerservice_escalation",
        "state": "not requested",
        "due_date": "2026-12-01 00:00:00",
    }
    answer = fresh.post("sysapproval_approver", body, auth=AGENT)
    row = answer.json()["result"]
    assert answer.status_code == 201
    assert (row["approver"], row["document_id"], row["sysapproval"]) == ("", "", "")
    assert (row["source_table"], row["due_date"]) == (body["source_table"], body["due_date"])


def test_rule_23_journals_read_empty_unless_shown(world) -> None:
    assert one(world, "sn_customerservice_case", CASE)["comments"] == ""
    shown = one(world, "sn_customerservice_case", CASE, sysparm_display_value="true")
    assert "Yes, we are." in shown["comments"]
    both = one(world, "sn_customerservice_case", CASE, sysparm_display_value="all")
    assert (both["comments"]["value"], "Yes, we are." in both["comments"]["display_value"]) == ("", True)


def test_rule_24_an_abort_names_the_rule_and_a_data_policy_the_labels(fresh) -> None:
    policy = fresh.patch("incident", INCIDENTS[0], {"state": "7"})
    assert policy.status_code == 403
    assert policy.json()["error"] == {
        "message": "Operation Failed",
        "detail": "Data Policy Exception: The following fields are mandatory: Resolution code, Resolution notes",
    }
    fresh.sandbox.properties.set("sandbox.case.closed_update_aborts", "true")
    resolved = {"state": "3", "resolution_code": "1", "close_notes": "done"}
    assert fresh.patch("sn_customerservice_case", CASE, resolved).status_code == 200
    aborted = fresh.patch("sn_customerservice_case", CASE, {"comments": "too late"})
    assert aborted.status_code == 403
    detail = aborted.json()["error"]["detail"]
    name = "Closed cases cannot be updated"
    assert detail.startswith(f"Operation against file 'sn_customerservice_case' was aborted by Business Rule '{name}^")
    assert detail.endswith(f"'. Business Rule Stack:{name}")


def test_rule_25_missing_and_forbidden_records_are_the_same_404(world) -> None:
    missing = world.get("/api/now/table/incident/" + "0" * 32)
    forbidden = world.get(f"/api/now/table/incident/{INCIDENTS[0]}", auth=NO_ROLE)
    assert missing.status_code == forbidden.status_code == 404
    assert missing.content == forbidden.content


def test_rule_26_a_wrong_table_is_400_for_anybody_who_logs_in(world) -> None:
    for auth in (("admin", "admin"), NO_ROLE):
        answer = world.get("/api/now/table/nowhere", auth=auth)
        wanted = '{"error":{"message":"Invalid table nowhere","detail":null},"status":"failure"}'
        assert (answer.status_code, answer.text) == (400, wanted)
        assert answer.headers["X-Is-Logged-In"] == "true"


def test_rule_27_the_wording_and_order_of_401_vary(world) -> None:
    bodies = set()
    for release in ("2020", "2024", "2026"):
        for detail_first in ("true", "false"):
            with world.having({"sandbox.release": release, "sandbox.error.detail_first": detail_first}):
                bodies.add(world.get("/api/now/table/incident", auth=None).text)
    assert len(bodies) == 4


def test_rule_28_a_500_on_post_may_have_committed(fresh) -> None:
    with fresh.striking(Fault(Kind.ERROR_AFTER_COMMIT, method="POST")):
        answer = fresh.post("incident", {"correlation_id": "mine"})
    assert answer.status_code == 500
    assert "maximum execution time exceeded" in answer.json()["error"]["message"]
    assert len(fresh.rows("incident", "correlation_id=mine")) == 1


def test_rule_29_a_200_can_be_html_or_empty_and_a_202_means_dropped(fresh) -> None:
    for kind, status, content_type in (
        (Kind.HTML_200, 200, "text/html;charset=UTF-8"),
        (Kind.EMPTY_200, 200, None),
        (Kind.EMPTY_202, 202, None),
    ):
        with fresh.striking(Fault(kind)):
            answer = fresh.post("incident", {"correlation_id": kind.value})
        assert (answer.status_code, answer.headers.get("Content-Type")) == (status, content_type)
        assert "X-Is-Logged-In" not in answer.headers
        assert fresh.rows("incident", f"correlation_id={kind.value}") == []
    assert answer.content == b""


def test_rule_30_a_batch_is_no_transaction_and_lists_unserviced_ids(fresh) -> None:
    def patch(sys_id: str, body: dict[str, str]) -> dict[str, object]:
        encoded = base64.b64encode(json.dumps(body).encode()).decode()
        return {"id": sys_id[:2], "method": "PATCH", "url": f"/api/now/table/incident/{sys_id}", "body": encoded}

    items = [
        patch(INCIDENTS[0], {"short_description": "kept"}),
        patch(INCIDENTS[1], {"state": "7"}),
        patch(INCIDENTS[3], {"short_description": "never"}),
    ]
    with fresh.having({"sandbox.batch.serviced_limit": "2"}):
        request = {"batch_request_id": "7", "rest_requests": items}
        answer: requests.Response = fresh.send("POST", "/api/now/v1/batch", json=request)
    assert answer.status_code == 200
    assert [item["status_code"] for item in answer.json()["serviced_requests"]] == [200, 403]
    assert answer.json()["unserviced_requests"] == [INCIDENTS[3][:2]]
    assert one(fresh, "incident", INCIDENTS[0])["short_description"] == "kept"
    assert one(fresh, "incident", INCIDENTS[3])["short_description"] == incident(3)["short_description"]


def test_the_world_is_as_the_rules_assume(world) -> None:
    assert one(world, "sysapproval_approver", APPROVAL)["state"] == "requested"
