"""Values at the ends of what can be held: they match nothing or are dropped, and a list always shows its rows."""

import pytest

from tests.sandbox.worlds import INCIDENTS, incident, small_world

ABEL = ("abel.tuter", "sesame")  # America/Los_Angeles, dd/MM/yyyy hh:mm:ss a
EAST = ("east", "sesame")
FIRST, LAST = "0001-01-01 00:00:00", "9999-12-31 23:59:59"
NINES = "9" * 4500


@pytest.fixture(scope="module")
def world(launch_once):
    rows = small_world()
    rows["incident"] += [incident(6, opened_at=FIRST, due_date=FIRST), incident(7, opened_at=LAST, due_date=LAST)]
    rows["sys_user"].append(
        {"sys_id": "e2" * 16, "user_name": "east", "user_password": "sesame", "time_zone": "Pacific/Auckland"}
    )
    rows["sys_user_has_role"].append({"sys_id": "e3" * 16, "user": "e2" * 16, "role": "e" * 32})
    return launch_once(rows=rows)


@pytest.mark.parametrize(
    ("auth", "query"),
    [
        (ABEL, f"opened_at<{LAST}"),
        (ABEL, f"opened_at={LAST}"),
        (EAST, f"opened_at>{FIRST}"),
        (EAST, f"opened_atBETWEEN{FIRST}@{LAST}"),
        (ABEL, "opened_atON9999-12-31"),
    ],
)
def test_a_literal_that_the_zone_moves_beyond_the_calendar_matches_nothing(world, auth, query: str) -> None:
    assert world.rows("incident", query, auth=auth) == []


@pytest.mark.parametrize("auth", [ABEL, EAST])
@pytest.mark.parametrize("mode", ["true", "all"])
def test_rows_with_the_first_and_the_last_moment_are_shown(world, auth, mode: str) -> None:
    rows = world.rows("incident", "ORDERBYnumber", auth=auth, params={"sysparm_display_value": mode})
    assert len(rows) == 8


def test_a_moment_beyond_the_callers_calendar_shows_itself(world) -> None:
    fields = {"sysparm_display_value": "true", "sysparm_fields": "opened_at"}
    first = world.rows("incident", f"sys_id={INCIDENTS[6]}", auth=ABEL, params=fields)
    last = world.rows("incident", f"sys_id={INCIDENTS[7]}", auth=ABEL, params=fields)
    assert (first, last) == ([{"opened_at": FIRST}], [{"opened_at": "31/12/9999 03:59:59 PM"}])


def test_parts_and_groups_of_the_first_and_the_last_moment(world) -> None:
    query = "opened_atDATEPARTMonday@javascript:gs.datePart('dayofweek','monday','GE')"
    for auth in (ABEL, EAST):
        assert len(world.rows("incident", query, auth=auth)) == 7
        target = "/api/now/stats/incident?sysparm_count=true&sysparm_group_by=opened_at&sysparm_display_value=true"
        assert world.get(target, auth=auth).status_code == 200


def test_a_date_part_beyond_all_numbers_is_an_invalid_condition(world) -> None:
    for number in (NINES, "9" * 19):
        query = f"state=7^opened_atDATEPARTx@javascript:gs.datePart('year','{number}','EE')"
        assert len(world.rows("incident", query)) == 1


def test_a_shown_moment_beyond_the_calendar_is_dropped(launch) -> None:
    client = launch(rows=small_world())
    body = {"opened_at": "31/12/9999 11:59:59 PM", "short_description": "kept"}
    target = f"/api/now/table/incident/{INCIDENTS[0]}?sysparm_input_display_value=true"
    row = client.send("PATCH", target, json=body, auth=ABEL).json()["result"]
    assert (row["opened_at"], row["short_description"]) == ("2026-11-10 09:00:00", "kept")


def test_the_years_before_1000_are_stored_and_shown_with_four_digits(launch) -> None:
    client = launch(rows=small_world())
    row = client.patch("incident", INCIDENTS[0], {"opened_at": "0044-03-15T12:00:00Z"}).json()["result"]
    assert row["opened_at"] == "0044-03-15 12:00:00"
    fields = {"sysparm_display_value": "true", "sysparm_fields": "opened_at"}
    shown = client.rows("incident", f"sys_id={INCIDENTS[0]}", auth=ABEL, params=fields)
    assert shown[0]["opened_at"].startswith("15/03/0044 ")


@pytest.mark.parametrize("number", [NINES, f"-{NINES}", "9" * 20])
def test_a_number_that_no_field_can_hold_matches_nothing(world, number: str) -> None:
    for query in (f"state={number}", f"order>{number}", f"orderIN{number}"):
        assert world.rows("incident", query) == []
    assert world.rows("incident", params={"state": number}) == []


def test_zeros_before_a_number_do_not_count(world) -> None:
    assert len(world.rows("incident", f"state={'0' * 4500}7")) == 1


def test_a_sum_of_durations_that_cannot_be_held_is_empty(launch) -> None:
    rows = [{"calendar_duration": "9000-01-01 00:00:00"} for _ in range(3)]
    target = "/api/now/stats/incident?sysparm_sum_fields=calendar_duration"
    stats = launch(rows={"incident": rows}).get(target).json()["result"]["stats"]
    assert stats == {"sum": {"calendar_duration": ""}}


def test_numbers_of_properties_end_where_a_32_bit_integer_does(launch) -> None:
    client = launch()
    name = "sandbox.insert_visibility_lag_ms"
    (row,) = client.rows("sys_properties", f"name={name}")
    for value in (NINES, "2147483648"):
        answer = client.patch("sys_properties", row["sys_id"], {"value": value})
        assert (answer.status_code, client.sandbox.properties.get(name)) == (403, "0")
    assert client.patch("sys_properties", row["sys_id"], {"value": "2147483647"}).status_code == 200
