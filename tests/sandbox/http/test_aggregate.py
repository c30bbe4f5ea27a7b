"""The Aggregate API."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, BOW, small_world


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world())


def stats(client, query: str, **more):
    answer = client.get(f"/api/now/stats/incident?{query}", **more)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def groups(result) -> dict[str, str]:
    """The value of each group with its count."""
    return {group["groupby_fields"][0]["value"]: group["stats"].get("count") for group in result}


def test_a_count_is_text(world) -> None:
    assert stats(world, "sysparm_count=true") == {"stats": {"count": "6"}}
    assert stats(world, "sysparm_count=true&sysparm_query=state=1") == {"stats": {"count": "2"}}
    assert stats(world, "sysparm_count=true&state=closed") == {"stats": {"count": "1"}}


def test_nothing_asked_is_nothing_answered(world) -> None:
    assert stats(world, "") == {"stats": {}}
    assert stats(world, "sysparm_sum_fields=nothing") == {"stats": {}}


def test_functions(world) -> None:
    query = "sysparm_avg_fields=priority&sysparm_sum_fields=priority,calendar_stc&sysparm_max_fields=opened_at,priority"
    result = stats(world, query + "&sysparm_min_fields=number,closed_at&sysparm_count=true")["stats"]
    assert result == {
        "count": "6",
        "avg": {"priority": "3.0000"},
        "sum": {"priority": "18", "calendar_stc": "102197"},
        "max": {"opened_at": "2026-11-15 09:00:00", "priority": "5"},
        "min": {"number": "INC0000001", "closed_at": ""},
    }


def test_groups_come_in_the_order_of_what_they_show(world) -> None:
    result = stats(world, "sysparm_count=true&sysparm_group_by=assigned_to")
    assert list(groups(result).items()) == [("", "3"), (ABEL, "2"), (BOW, "1")]
    shown = stats(world, "sysparm_count=true&sysparm_group_by=state&sysparm_display_value=true")
    assert list(groups(shown)) == ["Closed", "In Progress", "New", "On Hold", "Resolved"]
    both = stats(world, "sysparm_count=true&sysparm_group_by=assigned_to&sysparm_display_value=all")
    assert both[1]["groupby_fields"] == [{"display_value": "Abel Tuter", "value": ABEL, "field": "assigned_to"}]
    walked = stats(world, "sysparm_count=true&sysparm_group_by=assigned_to.manager,active")
    assert [field["field"] for field in walked[0]["groupby_fields"]] == ["assigned_to.manager", "active"]
    platform = world.get("/api/now/stats/sys_dictionary?sysparm_count=true&sysparm_group_by=reference").json()["result"]
    assert {group["groupby_fields"][0]["value"] for group in platform} >= {"", "sys_user", "cmdb_ci"}


def test_having_and_order(world) -> None:
    base = "sysparm_count=true&sysparm_group_by=assigned_to"
    assert list(groups(stats(world, base + "&sysparm_having=count^state^>^1"))) == ["", ABEL]
    assert list(groups(stats(world, base + "&sysparm_having=count^state^>^1,avg^priority^<^2"))) == [ABEL]
    assert stats(world, base + "&sysparm_having=count^state^>^9") == []
    assert list(groups(stats(world, base + "&sysparm_having=nonsense,count^state^~^1,count^state^>^x"))) == [
        "",
        ABEL,
        BOW,
    ]
    assert list(groups(stats(world, base + "&sysparm_order_by=COUNT"))) == [BOW, ABEL, ""]
    assert list(groups(stats(world, base + "&sysparm_order_by=AVG^priority^DESC"))) == [BOW, "", ABEL]
    assert list(groups(stats(world, base + "&sysparm_order_by=NOTHING^x"))) == ["", ABEL, BOW]


def test_no_match(world) -> None:
    assert stats(world, "sysparm_count=true&sysparm_group_by=state&sysparm_query=number=no") == []
    assert stats(world, "sysparm_count=true&sysparm_query=number=no") == {"stats": {"count": "0"}}


def test_invalid_conditions_widen_counts_too(world) -> None:
    assert stats(world, "sysparm_count=true&sysparm_query=bogus=1") == {"stats": {"count": "6"}}


def test_counts_leak_unreadable_rows_and_closed_tables_refuse(world) -> None:
    itil = world.get("/api/now/stats/sysapproval_approver?sysparm_count=true", auth=("own.rows", "sandbox"))
    assert itil.json()["result"] == {"stats": {"count": "1"}}
    refused = world.get("/api/now/stats/incident?sysparm_count=true", auth=("no.role", "sandbox"))
    assert (refused.status_code, refused.json()["error"]["detail"]) == (403, "No permission to read table 'incident'")
    assert world.get("/api/now/stats/nowhere?sysparm_count=true").status_code == 400
    assert world.get("/api/now/v1/stats/incident?sysparm_count=true").status_code == 200


SERVICE, AGENT = ("snow.escalations", "sandbox"), ("case.agent", "sandbox")


@pytest.mark.parametrize("field", ["user_password", "manager.user_password"])
def test_a_field_that_may_not_be_read_is_as_an_unknown_one(world, field: str) -> None:
    for parameter in ("sysparm_group_by", "sysparm_min_fields", "sysparm_max_fields", "sysparm_sum_fields"):
        asked = world.get(f"/api/now/stats/sys_user?sysparm_count=true&{parameter}={field}", auth=SERVICE)
        unknown = world.get(f"/api/now/stats/sys_user?sysparm_count=true&{parameter}=nothing", auth=SERVICE)
        assert asked.json() == unknown.json()
    base = "/api/now/stats/sys_user?sysparm_count=true&sysparm_group_by=name"
    for parameter in (f"sysparm_having=max^{field}^>^1", f"sysparm_order_by=MAX^{field}^DESC"):
        assert world.get(f"{base}&{parameter}", auth=SERVICE).json() == world.get(base, auth=SERVICE).json()


def test_choices_are_grouped_for_whom_may_read_their_fields(world) -> None:
    path = "/api/now/stats/sys_choice?sysparm_count=true&sysparm_group_by="
    assert "groupby_fields" not in world.get(path + "name", auth=AGENT).text
    assert "incident" in world.get(path + "name", auth=SERVICE).text
    assert "groupby_fields" in world.get(path + "label", auth=AGENT).text


def test_a_dot_walk_into_a_closed_table_is_as_an_unknown_field(world) -> None:
    path = "/api/now/stats/sysapproval_approver?sysparm_count=true&sysparm_group_by=sysapproval."
    itil = ("itil.user", "sandbox")
    assert "ESC0010001" in world.get(path + "number", auth=itil).text
    closed = world.get(path + "ref_sn_customerservice_escalation.reason", auth=itil)
    assert closed.json()["result"] == {"stats": {"count": "1"}}


def test_a_field_that_may_be_read_on_some_rows_is_in_no_figure(launch, tmp_path: Path) -> None:
    own = {"role": "any_role", "rows": "assigned_to=javascript:gs.getUserID()"}
    schema = recorded.schema_file(tmp_path, {"incident": {"access": {"fields": {"number": {"read": [own]}}}}})
    client = launch(rows=small_world(), schema=(schema,))
    asked = "/api/now/stats/incident?sysparm_count=true&sysparm_max_fields=number&sysparm_group_by=number"
    assert client.get(asked, auth=("abel.tuter", "sesame")).json()["result"] == {"stats": {"count": "6"}}
    assert len(client.get(asked).json()["result"]) == 6


def test_durations_add_up_to_durations(launch) -> None:
    lengths = ("1970-01-02 04:23:00", "1970-01-01 01:00:01", "")
    client = launch(rows={"incident": [{"business_duration": length} for length in lengths]})
    path = "/api/now/stats/incident?sysparm_avg_fields=business_duration&sysparm_sum_fields=business_duration"
    assert client.get(path).json()["result"]["stats"] == {
        "avg": {"business_duration": "1970-01-01 14:41:30"},
        "sum": {"business_duration": "1970-01-02 05:23:01"},
    }
    grouped = client.get(f"{path}&sysparm_group_by=active&sysparm_having=sum^business_duration^>^3600").json()["result"]
    assert len(grouped) == 1


@pytest.mark.parametrize("field", ["number", "opened_at", "active", "assigned_to"])
def test_what_cannot_be_added_has_no_sum_and_no_average(world, field: str) -> None:
    result = stats(world, f"sysparm_avg_fields={field}&sysparm_sum_fields={field}")
    assert result == {"stats": {"avg": {field: ""}, "sum": {field: ""}}}


def test_no_figures_of_no_rows_are_no_failure(launch) -> None:
    answer = launch().get("/api/now/stats/incident?sysparm_query=number=x")
    assert (answer.status_code, answer.json()) == (200, {"result": {"stats": {}}})


def test_figures_leave_out_rows_that_do_not_show_yet(launch) -> None:
    client = launch(properties={"sandbox.insert_visibility_lag_ms": "1000"})
    client.post("incident", {})
    target = "/api/now/stats/incident?sysparm_count=true"
    assert client.get(target).json()["result"]["stats"]["count"] == "0"
    client.sandbox.clock.advance(timedelta(seconds=1))
    assert client.get(target).json()["result"]["stats"]["count"] == "1"


@pytest.mark.parametrize("limit", ["", "-1"])
def test_a_rate_limit_rule_without_a_limit_limits_nothing(launch, limit: str) -> None:
    client = launch(rows={"sys_rate_limit_rules": [{"active": "true", "request_limit": limit, "type": "all"}]})
    assert client.get("/api/now/stats/incident?sysparm_count=true").status_code == 200
