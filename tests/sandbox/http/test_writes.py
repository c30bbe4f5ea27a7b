"""POST, PUT, PATCH and DELETE."""

from pathlib import Path

import pytest

from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, APPROVAL, BOW, CASE, ESCALATION, GROUP, INCIDENTS, small_world

AGENT = ("case.agent", "sandbox")
SERVICE = ("snow.escalations", "sandbox")


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def test_single_quoted_bodies_as_the_docs_send_them(fresh) -> None:
    body = "{'urgency':'1','short_description':'My computer broke', impact: 2,}"
    answer = fresh.send("POST", "/api/now/table/incident", data=body)
    row = answer.json()["result"]
    assert (answer.status_code, row["urgency"], row["impact"], row["priority"]) == (201, "1", "2", "2")


def test_of_an_array_only_the_first_object_counts(fresh) -> None:
    answer = fresh.post("incident", [{"correlation_id": "one"}, {"correlation_id": "two"}])
    assert answer.json()["result"]["correlation_id"] == "one"
    assert fresh.rows("incident", "correlation_id=two") == []
    assert fresh.post("incident", []).status_code == 201


def test_an_empty_body_is_a_row_of_defaults(fresh) -> None:
    answer = fresh.send("POST", "/api/now/table/incident", data=b"")
    assert (answer.status_code, answer.json()["result"]["category"]) == (201, "inquiry")


@pytest.mark.parametrize("body", [b"{", b"nonsense", b'"text"', b"{'a' 'b'}", b"\xff\xfe", b"[[1]]"])
def test_bodies_that_cannot_be_decoded(fresh, body: bytes) -> None:
    answer = fresh.send("POST", "/api/now/table/incident", data=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Exception while reading request"
    assert answer.json()["error"]["detail"].startswith("Cannot decode: java.io.StringReader@")


def test_content_types(fresh) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[0]}"
    first, second = "<short_description>a &amp; b</short_description>", "<state>2</state>"
    xml = f"<request><entry>{first}</entry><entry>{second}</entry></request>"
    answer = fresh.send("PATCH", target, data=xml, headers={"Content-Type": "application/xml"})
    assert answer.json()["result"]["short_description"] == "a & b"
    assert answer.json()["result"]["state"] == "1"
    for body in ("<request><entry>", '<!DOCTYPE r [<!ENTITY e "x">]><r><entry><a>&e;</a></entry></r>'):
        bad = fresh.send("PATCH", target, data=body, headers={"Content-Type": "text/xml"})
        assert bad.status_code == 400
    form = fresh.send("PATCH", target, data={"state": "2"})
    assert form.status_code == 415


def test_scalars_of_json_are_kept_as_text(fresh) -> None:
    body = {
        "order": 7,
        "reassignment_count": 1.0,
        "knowledge": True,
        "close_notes": None,
        "correlation_id": {"b": 1, "a": [True, None]},
        "assigned_to": {"link": "https://instance.servicenow.com/x", "value": ABEL},
    }
    row = fresh.post("incident", body).json()["result"]
    assert (row["order"], row["reassignment_count"], row["knowledge"], row["close_notes"]) == ("7", "1", "true", "")
    assert row["correlation_id"] == "{a=[true, ], b=1}"
    assert row["assigned_to"]["value"] == "{link=https://instance.serviceno"


def test_text_is_cut_to_the_length_of_its_column(fresh) -> None:
    row = fresh.patch("incident", INCIDENTS[0], {"short_description": "x" * 200, "description": "y" * 4001})
    assert len(row.json()["result"]["short_description"]) == 160
    assert len(row.json()["result"]["description"]) == 4000


def test_lone_surrogates_become_question_marks(fresh) -> None:
    answer = fresh.send("POST", "/api/now/table/incident", data=b'{"correlation_id":"a\\ud800b"}')
    assert answer.json()["result"]["correlation_id"] == "a?b"


def test_read_only_fields_are_dropped(fresh) -> None:
    body = {
        "sys_mod_count": "99",
        "sys_created_on": "2000-01-01 00:00:00",
        "sys_id": "0" * 32,
        "calendar_stc": "1",
        "priority": "4",
        "comments_and_work_notes": "x",
        "sys_class_name": "problem",
    }
    row = fresh.patch("incident", INCIDENTS[0], body).json()["result"]
    assert (row["sys_mod_count"], row["sys_id"], row["priority"], row["sys_class_name"]) == (
        "3",
        INCIDENTS[0],
        "1",
        "incident",
    )


def test_what_a_post_may_bring_that_a_patch_may_not(fresh) -> None:
    body = {"sys_id": "A" * 32, "sys_created_on": "2016-01-01 00:00:00", "closed_at": "2016-02-01 00:00:00"}
    row = fresh.post("incident", body).json()["result"]
    assert (row["sys_id"], row["sys_created_on"], row["closed_at"]) == tuple(body.values())
    assert fresh.post("incident", {"sys_id": "short"}).json()["result"]["sys_id"] != "short"
    again = fresh.post("incident", {"sys_id": "A" * 32})
    assert (again.status_code, "already holds a row" in again.json()["error"]["detail"]) == (403, True)


def test_choices_may_be_allowed_not_to_exist(fresh) -> None:
    assert fresh.patch("incident", INCIDENTS[0], {"category": "new"}).json()["result"]["category"] == "inquiry"
    with fresh.having({"glide.rest.choice.allow_non_existing_value": "true"}):
        assert fresh.patch("incident", INCIDENTS[0], {"category": "new"}).json()["result"]["category"] == "new"


def test_an_empty_text_clears_all_but_choices(fresh) -> None:
    row = fresh.patch("incident", INCIDENTS[0], {"assigned_to": "", "state": "", "short_description": ""})
    result = row.json()["result"]
    assert (result["assigned_to"], result["state"], result["short_description"]) == ("", "1", "")


def test_writes_through_a_parent_table(fresh) -> None:
    answer = fresh.patch("task", ESCALATION, {"state": "101", "reason": "2", "short_description": "through task"})
    assert (answer.status_code, len(answer.json()["result"])) == (200, 61)
    row = fresh.get(f"/api/now/table/sn_customerservice_escalation/{ESCALATION}").json()["result"]
    assert (row["state"], row["reason"], row["short_description"]) == ("101", "1", "through task")


def test_answers_to_writes_honour_the_parameters_of_reads(fresh) -> None:
    params = {"sysparm_fields": "assigned_to,state", "sysparm_display_value": "true"}
    answer = fresh.patch("incident", INCIDENTS[0], {"state": "2"}, params=params)
    assert answer.json()["result"]["state"] == "In Progress"
    assert list(answer.json()["result"]) == ["state", "assigned_to"]
    plain = fresh.patch("incident", INCIDENTS[0], {"state": "1"}, params={"sysparm_exclude_reference_link": "true"})
    assert plain.json()["result"]["assigned_to"] == ABEL


def test_a_body_can_be_declined(fresh) -> None:
    headers = {"X-no-response-body": "true"}
    posted = fresh.post("incident", {}, headers=headers)
    assert (posted.status_code, posted.content, "Location" in posted.headers) == (201, b"", True)
    patched = fresh.patch("incident", INCIDENTS[0], {"state": "2"}, headers=headers)
    assert (patched.status_code, patched.content, patched.headers.get("Content-Type")) == (200, b"", None)


def test_methods_can_be_overridden(fresh) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[0]}"
    answer = fresh.send("POST", target, json={"state": "2"}, headers={"X-HTTP-Method-Override": "PATCH"})
    assert (answer.status_code, answer.json()["result"]["state"]) == (200, "2")
    assert fresh.send("POST", target, headers={"X-http-method-override": "DELETE"}).status_code == 204
    ignored = fresh.send("GET", "/api/now/table/incident", headers={"X-http-method-override": "DELETE"})
    assert ignored.status_code == 200


def test_input_display_values(fresh) -> None:
    body = {
        "state": "in progress",
        "assigned_to": "Bow Ruggeri",
        "assignment_group": "No Such Group",
        "due_date": "24/12/2026 01:00:00 PM",
        "opened_at": "someday",
        "comments": "as it is",
        "short_description": "text",
    }
    answer = fresh.patch(
        "incident", INCIDENTS[0], body, params={"sysparm_input_display_value": "true"}, auth=("abel.tuter", "sesame")
    )
    row = answer.json()["result"]
    assert (row["state"], row["assigned_to"]["value"], row["due_date"]) == ("2", BOW, "2026-12-24 21:00:00")
    assert (row["assignment_group"]["value"], row["opened_at"], row["short_description"]) == (
        "No Such Group",
        "2026-11-10 09:00:00",
        "text",
    )
    assert fresh.rows("sys_journal_field", f"element_id={INCIDENTS[0]}")[0]["value"] == "as it is"
    by_id = fresh.patch("incident", INCIDENTS[0], {"assigned_to": ABEL}, params={"sysparm_input_display_value": "true"})
    assert by_id.json()["result"]["assigned_to"]["value"] == ABEL
    dated = fresh.patch("sys_user", BOW, {"last_login": "01/02/2026"}, params={"sysparm_input_display_value": "true"})
    assert dated.json()["result"]["last_login"] == ""  # admin writes dates as 2026-02-01


def test_missing_rows_and_tables(fresh) -> None:
    for method in ("PUT", "PATCH", "DELETE"):
        assert fresh.send(method, "/api/now/table/incident/" + "0" * 32, json={}).status_code == 404
        assert fresh.send(method, "/api/now/table/nowhere/" + "0" * 32, json={}).status_code == 400
    assert fresh.post("nowhere", {}).status_code == 400


@pytest.mark.parametrize(
    ("method", "target", "auth", "detail"),
    [
        ("POST", "/api/now/table/sn_customerservice_case", ("itil.user", "sandbox"), "Insert"),
        ("PATCH", f"/api/now/table/sysapproval_approver/{APPROVAL}", AGENT, "Update"),
        ("DELETE", f"/api/now/table/sn_customerservice_case/{CASE}", AGENT, "Delete"),
    ],
)
def test_rights_that_are_missing(fresh, method: str, target: str, auth: tuple[str, str], detail: str) -> None:
    answer = fresh.send(method, target, json={}, auth=auth)
    assert answer.status_code == 403
    assert answer.json()["error"]["detail"] == f"ACL Exception {detail} Failed due to security constraints"


def test_a_row_that_may_be_written_but_not_read(launch, tmp_path: Path) -> None:
    schema = recorded.schema_file(tmp_path, {"u_box": {"fields": {"u_x": "string"}, "access": {"read": []}}})
    client = launch(schema=(schema,))
    answer = client.post("u_box", {"u_x": "1"}, auth=AGENT)
    assert (answer.status_code, answer.json()) == (201, {"result": {}})


def test_only_the_approver_or_an_approval_admin_decides(fresh) -> None:
    own = fresh.patch("sysapproval_approver", APPROVAL, {"state": "approved"}, auth=("own.rows", "sandbox"))
    assert own.status_code == 403
    assert own.json()["error"]["detail"] == "ACL Exception Update Failed due to security constraints"
    decided = fresh.patch("sysapproval_approver", APPROVAL, {"state": "approved"}, auth=SERVICE)
    row = decided.json()["result"]
    assert (decided.status_code, row["state"], row["sys_updated_by"]) == (200, "approved", "snow.escalations")


def test_rules_may_abort_deletes(launch, tmp_path: Path) -> None:
    rule = {"name": "Keep", "operations": ["delete"], "before": "state=1", "abort": True}
    schema = recorded.schema_file(tmp_path, {"incident": {"rules": [rule]}})
    client = launch(rows=small_world(), schema=(schema,))
    assert client.send("DELETE", f"/api/now/table/incident/{INCIDENTS[0]}").status_code == 403
    assert client.send("DELETE", f"/api/now/table/incident/{INCIDENTS[1]}").status_code == 204


def test_a_comment_on_a_closed_case_is_accepted_unless_a_rule_aborts_it(fresh) -> None:
    assert fresh.patch("sn_customerservice_case", CASE, {"state": "3"}).json()["result"]["active"] == "false"
    assert fresh.patch("sn_customerservice_case", CASE, {"comments": "late"}).status_code == 200
    with fresh.having({"sandbox.case.closed_update_aborts": "true"}):
        assert fresh.patch("sn_customerservice_case", CASE, {"comments": "later"}).status_code == 403
    assert [row["value"] for row in fresh.rows("sys_journal_field", f"element_id={CASE}^valueLIKElate")] == ["late"]


def test_resolving_a_case_may_need_a_code_and_notes(fresh) -> None:
    with fresh.having({"sandbox.case.resolution_data_policy": "true"}):
        refused = fresh.patch("sn_customerservice_case", CASE, {"state": "6"})
        assert refused.json()["error"]["detail"].endswith("are mandatory: Resolution code, Close notes")
        done = fresh.patch("sn_customerservice_case", CASE, {"state": "6", "resolution_code": "1", "close_notes": "x"})
    assert done.json()["result"]["resolved_at"] == "2026-11-23 08:00:00"
    reopened = fresh.patch("sn_customerservice_case", CASE, {"state": "3"})
    assert reopened.json()["result"]["closed_at"] == "2026-11-23 08:00:00"
    assert fresh.patch("sn_customerservice_case", CASE, {"state": "10"}).json()["result"]["closed_at"] == ""


def test_properties_can_be_set_over_http_by_admin(fresh) -> None:
    [row] = fresh.rows("sys_properties", "name=sandbox.release")
    assert fresh.patch("sys_properties", row["sys_id"], {"value": "2020"}).status_code == 200
    assert fresh.get("/api/now/table/incident").headers["Server"] == "ServiceNow"
    refused = fresh.patch("sys_properties", row["sys_id"], {"value": "1999"})
    assert (refused.status_code, "Check sandbox properties" in refused.json()["error"]["detail"]) == (403, True)
    assert fresh.sandbox.properties.get("sandbox.release") == "2020"
    assert fresh.post("sys_properties", {"name": "sandbox.typo", "value": "x"}).status_code == 403
    assert fresh.post("sys_properties", {"name": "acme.own", "value": "x"}).status_code == 201
    assert fresh.sandbox.properties.get("acme.own") == "x"
    assert fresh.patch("sys_properties", row["sys_id"], {"value": "x"}, auth=SERVICE).status_code == 404
    assert fresh.send("DELETE", f"/api/now/table/sys_properties/{row['sys_id']}").status_code == 204
    assert fresh.sandbox.properties.get("sandbox.release") == "2026"


def test_the_group_is_there(fresh) -> None:
    assert fresh.rows("sys_user_group", f"sys_id={GROUP}")


def test_values_are_stored_in_the_form_of_their_field(fresh) -> None:
    body = {"knowledge": "YES", "order": "007", "due_date": "2026-12-24T12:00:00+01:00", "expected_start": "2026-12-24"}
    row = fresh.post("incident", body).json()["result"]
    assert (row["knowledge"], row["order"]) == ("true", "7")
    assert (row["due_date"], row["expected_start"]) == ("2026-12-24 11:00:00", "2026-12-24 00:00:00")
    changed = fresh.patch("incident", row["sys_id"], {"knowledge": 0, "due_date": "", "order": 2.0}).json()["result"]
    assert (changed["knowledge"], changed["due_date"], changed["order"]) == ("false", "", "2")


def test_a_value_that_its_type_cannot_hold_is_dropped(fresh) -> None:
    row = fresh.post("incident", {"order": "abc", "due_date": "garbage", "made_sla": "perhaps"})
    assert (row.status_code, row.json()["result"]["order"], row.json()["result"]["due_date"]) == (201, "", "")
    assert row.json()["result"]["made_sla"] == "true"
    before = fresh.rows("incident", f"sys_id={INCIDENTS[0]}")[0]
    after = fresh.patch("incident", INCIDENTS[0], {"opened_at": "yesterday", "reassignment_count": "many"})
    assert (after.status_code, after.json()["result"]) == (200, before)


@pytest.mark.parametrize("written", ["false", "0", 0, False, "", "No"])
def test_inactive_closes_however_it_is_written(fresh, written: object) -> None:
    row = fresh.patch("incident", INCIDENTS[0], {"active": written}).json()["result"]
    assert (row["active"], row["closed_at"]) == ("false", "2026-11-23 08:00:00")


def test_numbers_may_be_written_as_they_are_shown(fresh) -> None:
    shown = {"sysparm_input_display_value": "true"}
    row = fresh.patch("incident", INCIDENTS[0], {"reassignment_count": "1,234"}, params=shown).json()["result"]
    assert row["reassignment_count"] == "1234"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]
)
def test_a_body_of_another_type_is_refused(fresh, content_type: str) -> None:
    sent = {"data": b'{"short_description":"x"}', "headers": {"Content-Type": content_type}}
    assert fresh.send("POST", "/api/now/table/incident", **sent).status_code == 415
    assert fresh.send("PATCH", f"/api/now/table/incident/{INCIDENTS[0]}", **sent).status_code == 415


def test_shown_durations_and_lists_can_be_written_back(launch) -> None:
    client = launch(rows=small_world())
    fields = "business_duration,watch_list"
    stored = {"business_duration": "1970-01-02 04:23:00", "watch_list": f"{ABEL},{BOW},guest@example.com"}
    client.patch("incident", INCIDENTS[0], stored)
    asked = {"sysparm_display_value": "true", "sysparm_fields": fields}
    (shown,) = client.rows("incident", f"sys_id={INCIDENTS[0]}", params=asked)
    assert shown["business_duration"] == "1 Day 4 Hours 23 Minutes"
    target = f"/api/now/table/incident/{INCIDENTS[1]}?sysparm_input_display_value=true&sysparm_fields={fields}"
    assert client.send("PATCH", target, json=shown).json()["result"] == stored
