"""Rows of sys_properties and the values in force stay the same, whatever is written to the table."""

import pytest

from snow_escalations.sandbox.actor import Actor

TABLE = "sys_properties"
LAG, LIMIT = "sandbox.insert_visibility_lag_ms", "sandbox.table.max_limit"


@pytest.fixture
def client(launch):
    return launch()


def row_of(client, name: str) -> str:
    (row,) = client.rows(TABLE, f"name={name}")
    return row["sys_id"]


@pytest.mark.parametrize("name", [LAG, "acme.own"])
def test_a_second_row_of_a_name_is_aborted(client, name: str) -> None:
    client.sandbox.properties.set(name, "5")
    answer = client.post(TABLE, {"name": name, "value": "7"})
    assert answer.status_code == 403
    assert "'One row per property^" in answer.json()["error"]["detail"]
    assert (client.sandbox.properties.get(name), len(client.rows(TABLE, f"name={name}"))) == ("5", 1)


def test_a_name_in_other_letters_is_another_name(client) -> None:
    client.post(TABLE, {"name": "acme.own", "value": "1"})
    assert client.post(TABLE, {"name": "Acme.Own", "value": "2"}).status_code == 201
    client.sandbox.properties.set("Acme.Own", "3")
    assert [client.sandbox.properties.get(name) for name in ("acme.own", "Acme.Own")] == ["1", "3"]


def test_a_renamed_row_leaves_its_old_name_and_takes_the_new_one(client) -> None:
    client.sandbox.properties.set(LAG, "5")
    client.send("DELETE", f"/api/now/table/{TABLE}/{row_of(client, LIMIT)}")
    answer = client.patch(TABLE, row_of(client, LAG), {"name": LIMIT})
    assert answer.status_code == 200
    assert [client.sandbox.properties.get(name) for name in (LAG, LIMIT)] == ["0", "5"]


def test_a_row_is_not_renamed_to_a_name_that_is_taken(client) -> None:
    assert client.patch(TABLE, row_of(client, LAG), {"name": LIMIT}).status_code == 403
    assert client.patch(TABLE, row_of(client, LAG), {"description": "Its own name stays its own."}).status_code == 200


def test_a_row_that_the_system_doubled_still_counts_when_the_other_goes(client) -> None:
    client.sandbox.store.insert(TABLE, {"name": LAG, "value": "7"}, Actor.system())
    first = next(row["sys_id"] for row in client.rows(TABLE, f"name={LAG}") if row["value"] == "0")
    client.send("DELETE", f"/api/now/table/{TABLE}/{first}")
    assert client.sandbox.properties.get(LAG) == "7"
    client.send("DELETE", f"/api/now/table/{TABLE}/{row_of(client, LAG)}")
    assert client.sandbox.properties.get(LAG) == "0"
