"""States of incidents and cases, and what follows from them."""

import pytest

from tests.sandbox.conftest import Client
from tests.sandbox.worlds import CASE, small_world

NOW = "2026-11-23 08:00:00"
CLOSING = {"close_code": "Solution provided", "close_notes": "done"}


@pytest.fixture
def world(launch):
    return launch(rows=small_world())


def created(client: Client, table: str, body: dict[str, str]) -> dict:
    answer = client.post(table, body)
    assert answer.status_code == 201, answer.text
    return answer.json()["result"]


def changed(client: Client, table: str, sys_id: str, body: dict[str, str]) -> dict:
    answer = client.patch(table, sys_id, body)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ({}, "1"),
        ({"state": "2"}, "2"),
        ({"incident_state": "2"}, "2"),
        ({"state": "2", "incident_state": "1"}, "2"),
        ({"state": "2", "incident_state": "3"}, "3"),
    ],
)
def test_the_states_of_a_new_incident_follow_each_other(world, written, state) -> None:
    row = created(world, "incident", written)
    assert (row["state"], row["incident_state"]) == (state, state)


@pytest.mark.parametrize("state", ["7", "8"])
def test_an_incident_may_be_created_closed(world, state) -> None:
    row = created(world, "incident", {"state": state, **CLOSING})
    assert (row["active"], row["closed_at"], row["resolved_at"]) == ("false", NOW, "")
    assert row["closed_by"] != ""


def test_an_incident_may_be_created_resolved(world) -> None:
    row = created(world, "incident", {"state": "6", **CLOSING})
    assert (row["active"], row["closed_at"], row["resolved_at"]) == ("true", "", NOW)
    assert row["resolved_by"] != ""
    earlier = created(world, "incident", {"state": "6", "resolved_at": "2026-01-01 00:00:00", **CLOSING})
    assert earlier["resolved_at"] == "2026-01-01 00:00:00"


@pytest.mark.parametrize("state", ["6", "7"])
def test_the_data_policy_of_incidents_binds_new_ones_too(world, state) -> None:
    refused = world.post("incident", {"state": state})
    assert refused.status_code == 403
    assert "mandatory: Resolution code, Resolution notes" in refused.json()["error"]["detail"]


@pytest.mark.parametrize("state", ["3", "7"])
def test_a_case_may_be_created_closed(world, state) -> None:
    row = created(world, "sn_customerservice_case", {"state": state})
    assert (row["active"], row["closed_at"], row["resolved_at"]) == ("false", NOW, "")


def test_a_case_may_be_created_resolved(world) -> None:
    row = created(world, "sn_customerservice_case", {"state": "6"})
    assert (row["active"], row["closed_at"], row["resolved_at"]) == ("true", "", NOW)


def test_the_data_policy_of_cases_binds_new_ones_too(world) -> None:
    with world.having({"sandbox.case.resolution_data_policy": "true"}):
        assert world.post("sn_customerservice_case", {"state": "6"}).status_code == 403


@pytest.mark.parametrize("final", ["6", "3", "7"])
@pytest.mark.parametrize("state", ["1", "10", "18"])
def test_a_reopened_case_is_neither_resolved_nor_closed(world, final, state) -> None:
    if final != "6":
        changed(world, "sn_customerservice_case", CASE, {"state": "6"})
    changed(world, "sn_customerservice_case", CASE, {"state": final})
    row = changed(world, "sn_customerservice_case", CASE, {"state": state})
    assert row["active"] == "true"
    assert {row[name] for name in ("resolved_at", "resolved_by", "closed_at", "closed_by")} == {""}


def test_a_closed_case_that_is_resolved_again_is_open_and_resolved(world) -> None:
    changed(world, "sn_customerservice_case", CASE, {"state": "3"})
    row = changed(world, "sn_customerservice_case", CASE, {"state": "6"})
    assert (row["active"], row["closed_at"], row["resolved_at"]) == ("true", "", NOW)


def test_closing_a_resolved_case_keeps_when_it_was_resolved(world) -> None:
    changed(world, "sn_customerservice_case", CASE, {"state": "6"})
    row = changed(world, "sn_customerservice_case", CASE, {"state": "3"})
    assert (row["active"], row["closed_at"], row["resolved_at"]) == ("false", NOW, NOW)
