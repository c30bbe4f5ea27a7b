"""The store: rows through any class, and what happens around a write."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.hooks import Abort, Change, Instance, Refused
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.store import StoreError
from snow_escalations.sandbox.store.rules import PolicyViolation
from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, CASE, INCIDENTS, small_world

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ADMIN = Actor("admin", "0" * 31 + "1", frozenset({"admin"}))


@pytest.fixture
def instance() -> Iterator[LocalInstance]:
    made = LocalInstance(SandboxOptions(rows=small_world(), now=NOW))
    yield made
    made.store.close()


def test_a_row_through_its_class_and_through_a_parent(instance: LocalInstance) -> None:
    own, through = instance.store.get("incident", INCIDENTS[0]), instance.store.get("task", INCIDENTS[0])
    assert own is not None
    assert through is not None
    assert (len(own), len(through)) == (92, 61)
    assert own["sys_class_name"] == through["sys_class_name"] == "incident"
    assert {name: own[name] for name in through} == through
    assert instance.store.get("problem", INCIDENTS[0]) is None
    assert instance.store.get("incident", "nothing") is None


def test_find_orders_by_sys_id_and_ignores_case(instance: LocalInstance) -> None:
    found = instance.store.find("incident", assigned_to=ABEL.upper())
    assert [row["sys_id"] for row in found] == [INCIDENTS[0], INCIDENTS[1]]


def test_an_insert_fills_defaults_and_audit_fields(instance: LocalInstance) -> None:
    row = instance.store.insert("incident", {"short_description": "x", "impact": "1", "urgency": "2"}, ADMIN)
    expected = {
        "number": "INC0010001",
        "task_effective_number": "INC0010001",
        "priority": "2",
        "state": "1",
        "incident_state": "1",
        "active": "true",
        "opened_by": ADMIN.sys_id,
        "opened_at": "2026-11-23 08:00:00",
        "sys_created_on": "2026-11-23 08:00:00",
        "sys_updated_on": "2026-11-23 08:00:00",
        "sys_created_by": "admin",
        "sys_updated_by": "admin",
        "sys_mod_count": "0",
        "sys_class_name": "incident",
        "sys_domain": "global",
    }
    assert {name: row[name] for name in expected} == expected
    assert instance.store.insert("incident", {}, ADMIN)["number"] == "INC0010002"


def test_numbers_go_on_from_the_highest(instance: LocalInstance) -> None:
    assert instance.store.insert("sn_customerservice_case", {}, ADMIN)["number"] == "CS0010002"


def test_a_table_may_have_numbers_that_nobody_assigns(tmp_path: Path) -> None:
    schema = recorded.schema_file(tmp_path, {"u_box": {"fields": {"number": "string"}}})
    instance = LocalInstance(SandboxOptions(rows={}, now=NOW, schema=(schema,)))
    assert instance.store.insert("u_box", {}, ADMIN)["number"] == ""
    instance.store.close()


def test_rules_set_what_their_words_stand_for(tmp_path: Path) -> None:
    words = {"a": "$now", "b": "$user_name", "c": "$user_id", "d": "$a", "e": "$$a", "f": "plain"}
    fields = dict.fromkeys(words, "string")
    schema = recorded.schema_file(tmp_path, {"u_box": {"fields": fields, "rules": [{"name": "x", "set": words}]}})
    instance = LocalInstance(SandboxOptions(rows={}, now=NOW, schema=(schema,)))
    row = instance.store.insert("u_box", {}, ADMIN)
    assert [row[name] for name in words] == [
        "2026-11-23 08:00:00",
        "admin",
        ADMIN.sys_id,
        "",  # what the field held when the rule began
        "$a",
        "plain",
    ]
    instance.store.close()


def test_what_a_row_is_cannot_change(instance: LocalInstance) -> None:
    for values in ({"sys_id": "7" * 32}, {"sys_class_name": "problem"}):
        with pytest.raises(StoreError, match="cannot change; insert another row"):
            instance.store.update("incident", INCIDENTS[0], values, ADMIN)
    assert instance.store.update("incident", INCIDENTS[0], {"sys_class_name": "incident"}, ADMIN)


def test_an_insert_may_bring_its_own_sys_id_once(instance: LocalInstance) -> None:
    assert instance.store.insert("incident", {"sys_id": "9" * 32}, ADMIN)["sys_id"] == "9" * 32
    with pytest.raises(StoreError, match="already holds a row"):
        instance.store.insert("problem", {"sys_id": "9" * 32}, ADMIN)


def test_an_update_counts_and_stamps(instance: LocalInstance) -> None:
    instance.clock.advance(timedelta(minutes=5))
    row = instance.store.update("task", INCIDENTS[0], {"short_description": "new"}, ADMIN)
    assert (row["sys_mod_count"], row["sys_updated_on"], row["sys_updated_by"]) == ("4", "2026-11-23 08:05:00", "admin")


def test_an_update_without_change_writes_nothing(instance: LocalInstance) -> None:
    calls: list[Change] = []
    instance.hooks.after("incident", lambda change, _: calls.append(change))
    version = instance.store.versions["task"]
    row = instance.store.update("incident", INCIDENTS[0], {"state": "1", "work_notes": ""}, ADMIN)
    assert (row["sys_mod_count"], calls) == ("3", [])
    assert instance.store.versions["task"] == version + 1


def test_journals_append_rows_and_count_as_a_change(instance: LocalInstance) -> None:
    row = instance.store.update("incident", INCIDENTS[0], {"work_notes": "one", "comments": "two"}, ADMIN)
    assert (row["sys_mod_count"], row["work_notes"]) == ("4", "")
    entries = instance.store.find("sys_journal_field", element_id=INCIDENTS[0])
    assert {(entry["element"], entry["value"], entry["name"]) for entry in entries} == {
        ("work_notes", "one", "incident"),
        ("comments", "two", "incident"),
    }


def test_deletes(instance: LocalInstance) -> None:
    assert instance.store.delete("task", INCIDENTS[0], ADMIN) is True
    assert instance.store.delete("task", INCIDENTS[0], ADMIN) is False
    assert instance.store.get("incident", INCIDENTS[0]) is None


def test_mistakes_are_told(instance: LocalInstance) -> None:
    for call, words in (
        (lambda: instance.store.get("incidnt", "x"), "table `incidnt` is unknown; did you mean `incident`?"),
        (lambda: instance.store.find("incident", stat="1"), "no field `stat`; did you mean `state`?"),
        (lambda: instance.store.insert("incident", {"stat": "1"}, ADMIN), "no field `stat`"),
        (lambda: instance.store.update("incident", "x" * 32, {}, ADMIN), "no row with the sys_id"),
        (lambda: instance.store.update("task", INCIDENTS[0], {"caller_id": "x"}, ADMIN), "no field `caller_id`"),
    ):
        with pytest.raises(StoreError) as caught:
            call()
        assert words in str(caught.value)


def test_states_follow_each_other(instance: LocalInstance) -> None:
    assert instance.store.update("incident", INCIDENTS[0], {"state": "2"}, ADMIN)["incident_state"] == "2"
    assert instance.store.update("incident", INCIDENTS[0], {"incident_state": "3"}, ADMIN)["state"] == "3"


def test_closing_and_reopening(instance: LocalInstance) -> None:
    done = {"state": "7", "close_code": "Solution provided", "close_notes": "done"}
    row = instance.store.update("incident", INCIDENTS[0], done, ADMIN)
    assert (row["active"], row["closed_at"], row["closed_by"]) == ("false", "2026-11-23 08:00:00", ADMIN.sys_id)
    row = instance.store.update("incident", INCIDENTS[0], {"state": "2"}, ADMIN)
    assert (row["active"], row["closed_at"], row["reopened_time"]) == ("true", "", "2026-11-23 08:00:00")
    instance.store.update("incident", INCIDENTS[0], done, ADMIN)
    instance.properties.set("sandbox.incident.closed_state_restored", "true")
    assert instance.store.update("incident", INCIDENTS[0], {"state": "2"}, ADMIN)["state"] == "7"


def test_a_data_policy_binds_people_and_not_the_system(instance: LocalInstance) -> None:
    with pytest.raises(PolicyViolation) as caught:
        instance.store.update("incident", INCIDENTS[0], {"state": "6", "close_notes": "x"}, ADMIN)
    assert caught.value.labels == ("Resolution code",)
    assert instance.store.update("incident", INCIDENTS[0], {"state": "6"}, Actor.system())["state"] == "6"


def test_before_hooks_add_values_abort_and_refuse(instance: LocalInstance) -> None:
    seen: list[str] = []

    def stamp(change: Change, _: Instance) -> dict[str, str]:
        seen.append(change.table)
        return {"correlation_id": f"was {(change.before or {}).get('state')}", "work_notes": "by a hook"}

    def refuse(change: Change, _: Instance) -> None:
        if change.after["state"] == "3":
            raise Abort("Nope", "1" * 32)
        if change.changed("priority"):
            raise Refused

    instance.hooks.before("task", stamp)
    instance.hooks.before("sn_customerservice_case", refuse)
    row = instance.store.update("sn_customerservice_case", CASE, {"state": "18"}, ADMIN)
    assert (row["state"], row["correlation_id"]) == ("18", "was 10")
    assert instance.store.journals([CASE], ["work_notes"])[CASE][0].text == "by a hook"
    for values, error in (({"state": "3"}, Abort), ({"priority": "1"}, Refused)):
        with pytest.raises(error):
            instance.store.update("sn_customerservice_case", CASE, values, ADMIN)
    assert instance.store.get("sn_customerservice_case", CASE)["state"] == "18"
    seen.clear()
    instance.store.update("sn_customerservice_case", CASE, {"state": "3"}, Actor.system())
    assert seen == []


def test_a_hook_that_names_no_field_is_told(instance: LocalInstance) -> None:
    instance.hooks.before("incident", lambda *_: {"nofield": "x"})
    with pytest.raises(StoreError, match="no field `nofield`"):
        instance.store.update("incident", INCIDENTS[0], {"state": "2"}, ADMIN)


def test_after_hooks_share_the_transaction(instance: LocalInstance) -> None:
    def fail(change: Change, _: Instance) -> None:
        if change.changed("priority"):
            raise Refused

    instance.hooks.after("sn_customerservice_case", fail)
    with pytest.raises(Refused):
        instance.store.update("sn_customerservice_case", CASE, {"priority": "1", "work_notes": "lost"}, ADMIN)
    assert instance.store.get("sn_customerservice_case", CASE)["priority"] != "1"
    assert "lost" not in {entry["value"] for entry in instance.store.find("sys_journal_field", element_id=CASE)}


def test_writes_that_cause_each_other_for_ever_are_stopped(instance: LocalInstance) -> None:
    def again(change: Change, inside: Instance) -> None:
        inside.store.update("incident", change.sys_id, {"work_notes": "again"}, Actor.system())

    instance.hooks.after("incident", again)
    with pytest.raises(StoreError, match="30 levels deep"):
        instance.store.update("incident", INCIDENTS[0], {"state": "2"}, ADMIN)
    assert instance.store.get("incident", INCIDENTS[0])["state"] == "1"


def test_two_threads_write_one_after_the_other(instance: LocalInstance) -> None:
    def write(letter: str) -> None:
        for index in range(25):
            instance.store.update("incident", INCIDENTS[0], {"short_description": f"{letter}{index}"}, ADMIN)

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert instance.store.get("incident", INCIDENTS[0])["sys_mod_count"] == "53"


def test_a_file_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    first = LocalInstance(SandboxOptions(rows=small_world(), now=NOW, database=path))
    first.store.update("incident", INCIDENTS[0], {"short_description": "kept"}, ADMIN)
    first.properties.set("sandbox.release", "2020")
    number = first.store.insert("incident", {}, ADMIN)["number"]
    first.store.close()
    second = LocalInstance(SandboxOptions(now=NOW, database=path))
    assert second.store.get("incident", INCIDENTS[0])["short_description"] == "kept"
    assert second.properties.get("sandbox.release") == "2020"
    assert second.store.insert("incident", {}, ADMIN)["number"] == number[:-1] + str(int(number[-1]) + 1)
    second.store.close()
    with pytest.raises(ConfigurationError, match="already holds an instance"):
        LocalInstance(SandboxOptions(rows={}, now=NOW, database=path))
    schema = recorded.schema_file(tmp_path, {"u_more": {"fields": {"u_x": "string"}}})
    with pytest.raises(ConfigurationError, match="was made with other tables"):
        LocalInstance(SandboxOptions(schema=(schema,), now=NOW, database=path))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("this is no database, but long enough to be looked at as one" * 20)
    with pytest.raises(ConfigurationError, match="cannot be used as the sandbox's database"):
        LocalInstance(SandboxOptions(rows={}, now=NOW, database=path))


def test_a_file_that_is_no_database_is_closed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "text"
    path.write_text("this is no database, but long enough to be looked at as one" * 20)
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def noted(*given: Any, **more: Any) -> sqlite3.Connection:
        opened.append(connect(*given, **more))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", noted)
    with pytest.raises(ConfigurationError):
        LocalInstance(SandboxOptions(rows={}, now=NOW, database=path))
    (connection,) = opened
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_large_tables_are_read_by_index() -> None:
    rows = [
        {
            "sys_id": f"{index:032x}",
            "number": f"INC{index:07d}",
            "state": str(index % 7),
            "assigned_to": f"{index % 900:032x}",
        }
        for index in range(4000)
    ]
    instance = LocalInstance(SandboxOptions(rows={"incident": rows}, now=NOW))
    seen: list[str] = []
    reading = instance.store.database.rows

    def spy(sql: str, parameters: object = ()) -> object:
        if sql.startswith("SELECT r._rowid_ FROM"):
            steps = reading("EXPLAIN QUERY PLAN " + sql, parameters)  # type: ignore[arg-type]
            seen.append(" | ".join(step[3] for step in steps))
        return reading(sql, parameters)  # type: ignore[arg-type]

    instance.store.database.rows = spy  # type: ignore[method-assign, assignment]
    ids = ",".join(row["sys_id"] for row in rows[:200])
    for query, words in (
        (f"sys_idIN{ids}", "sqlite_autoindex_task_1 (sys_id=?)"),
        ("number=INC0000777", "task number (number=?"),
        ("state=3", "COVERING INDEX task state (state=? AND sys_class_name=?)"),
        ("state<3", "COVERING INDEX task state"),
        (f"assigned_to={5:032x}", "task assigned_to (assigned_to=?)"),
        (f"assigned_to={5:032x}^ORopened_by={5:032x}", "MULTI-INDEX OR"),
        ("assigned_to.name=nobody", "task assigned_to (assigned_to=?)"),
        ("sys_updated_on>=2026-01-01 00:00:00", "task sys_updated_on (sys_updated_on>?)"),
        ("ORDERBYDESCsys_updated_on", "task sys_updated_on"),
        (f"sys_id>{7:032x}^ORDERBYsys_id", "sqlite_autoindex_task_1 (sys_id>?)"),
    ):
        seen.clear()
        _select(instance, query)
        assert words in seen[0], query
    instance.store.close()


def _select(instance: LocalInstance, query: str) -> None:
    from snow_escalations.sandbox.query.bind import bind
    from snow_escalations.sandbox.query.context import QueryContext
    from snow_escalations.sandbox.store.reading import Selection
    from snow_escalations.sandbox.zones import UTC_ZONE

    table = instance.schema["incident"]
    asked = bind(instance.schema, table, query, QueryContext(NOW, UTC_ZONE, UTC_ZONE, "x", "x"))
    assert not asked.invalid
    selection = Selection(where=asked.where, order=asked.order, limit=20)
    instance.store.select(table, instance.store.stored_paths(table), selection)
    instance.store.count(table, asked.where)
