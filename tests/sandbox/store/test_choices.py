"""The choices of fields are the rows of sys_choice: what an administrator adds there counts."""

import pytest

from snow_escalations.sandbox.actor import Actor

TABLE = "sn_customerservice_escalation"
ESCALATION = "e" * 32
LOCAL = {"name": TABLE, "element": "reason", "value": "3", "label": "Executive Visibility", "sequence": "3"}


@pytest.fixture
def client(launch):
    return launch(rows={TABLE: [{"sys_id": ESCALATION, "number": "ESC0000001", "reason": "1"}]})


def shown(client, table: str = TABLE) -> str:
    [row] = client.rows(table, params={"sysparm_fields": "reason", "sysparm_display_value": "true"})
    return row["reason"]


def test_a_choice_that_an_administrator_adds_counts_at_once(client) -> None:
    assert client.patch(TABLE, ESCALATION, {"reason": "3"}).json()["result"]["reason"] == "1"
    assert client.post("sys_choice", LOCAL).status_code == 201
    assert client.patch(TABLE, ESCALATION, {"reason": "3"}).json()["result"]["reason"] == "3"
    assert shown(client) == "Executive Visibility"
    assert len(client.get(f"/api/now/table/{TABLE}?reason=executive visibility").json()["result"]) == 1
    groups = client.get(
        f"/api/now/stats/{TABLE}?sysparm_count=true&sysparm_group_by=reason&sysparm_display_value=true"
    ).json()["result"]
    assert groups[0]["groupby_fields"] == [{"value": "Executive Visibility", "field": "reason"}]


def test_a_label_that_changes_is_shown_and_read_as_input(client) -> None:
    [row] = client.rows("sys_choice", f"name={TABLE}^element=reason^value=1")
    assert shown(client) == "Lack of Progress"
    client.patch("sys_choice", row["sys_id"], {"label": "Stuck"})
    assert shown(client) == "Stuck"
    client.patch(TABLE, ESCALATION, {"reason": "0"})
    target = f"/api/now/table/{TABLE}/{ESCALATION}?sysparm_input_display_value=true"
    assert client.send("PATCH", target, json={"reason": "stuck"}).json()["result"]["reason"] == "1"


def test_english_labels_come_before_others_and_parents_lend_theirs(client) -> None:
    store = client.sandbox.store
    system = Actor.system()
    for value, label, language in (("1", "Kein Fortschritt", "de"), ("9", "Nur deutsch", "de")):
        store.insert("sys_choice", {**LOCAL, "value": value, "label": label, "language": language}, system)
    labels = store.choices.of(store.schema[TABLE], "reason")
    assert (labels["1"], labels["9"]) == ("Lack of Progress", "Nur deutsch")
    task = store.choices.of(store.schema["task"], "priority")
    assert store.choices.of(store.schema[TABLE], "priority") == task != {}


def test_a_field_without_rows_has_the_choices_of_its_schema(launch) -> None:
    client = launch(rows={TABLE: [{"sys_id": ESCALATION, "reason": "1"}], "sys_choice": [LOCAL]})
    store = client.sandbox.store
    assert store.choices.of(store.schema[TABLE], "reason") == {"3": "Executive Visibility"}
    assert shown(client) == "1"
    [row] = client.rows(TABLE, params={"sysparm_fields": "state", "sysparm_display_value": "true"})
    assert row["state"] == "Requested"
