"""Data files and rows from memory: what they may hold, and every problem of them at once."""

import json
from pathlib import Path

import pytest

from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox.content.problems import DataError
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from tests.sandbox.worlds import ABEL, INCIDENTS


def folder(path: Path, **files: object) -> Path:
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (path / f"{name}.json").write_text(text, encoding="utf-8")
    return path


def started(data: Path, **options: object) -> LocalInstance:
    return LocalInstance(SandboxOptions(data=data, **options))  # type: ignore[arg-type]


def problems(path: Path, **files: object) -> list[str]:
    """The problems of a folder, without the path of the folder."""
    with pytest.raises(DataError) as caught:
        started(folder(path, **files))
    return [problem.replace(f"{path}/", "") for problem in caught.value.problems]


def test_a_table_holds_exactly_the_rows_of_its_file(tmp_path: Path) -> None:
    users = [{"sys_id": ABEL, "user_name": "abel", "manager": {"link": "https://x/y", "value": "b" * 32}}]
    instance = started(folder(tmp_path, sys_user=users, incident=[]))
    assert [row["user_name"] for row in instance.store.find("sys_user")] == ["abel"]
    assert instance.store.find("sys_user")[0]["manager"] == "b" * 32
    assert instance.store.find("incident") == []
    assert instance.store.find("problem") == []
    assert instance.store.find("sys_user_has_role") == []  # grants of accounts that have no row
    assert len(instance.store.find("sys_user_role")) > 10
    assert instance.store.find("sys_db_object")
    instance.store.close()


def test_rows_get_sys_ids_from_the_seed_and_defaults(tmp_path: Path) -> None:
    data = folder(tmp_path, incident=[{"number": "INC1"}, {"number": "INC2", "sys_class_name": ""}])
    made = [started(data, seed=seed) for seed in (1, 1, 2)]
    ids = [[row["sys_id"] for row in instance.store.find("incident")] for instance in made]
    assert ids[0] == ids[1] != ids[2]
    row = made[0].store.find("incident", number="INC2")[0]
    assert (row["state"], row["sys_class_name"], row["sys_mod_count"], row["opened_by"]) == ("1", "incident", "0", "")
    assert (row["sys_created_by"], row["sys_created_on"] != "") == ("system", True)
    for instance in made:
        instance.store.close()


def test_rows_of_a_child_class_may_stand_in_the_file_of_the_parent(tmp_path: Path) -> None:
    rows = [{"sys_id": INCIDENTS[0], "sys_class_name": "incident"}, {"sys_id": INCIDENTS[1], "sys_class_name": "task"}]
    instance = started(folder(tmp_path, task=rows))
    assert [row["sys_id"] for row in instance.store.find("incident")] == [INCIDENTS[0]]
    assert len(instance.store.find("task")) == 2
    instance.store.close()


def test_journals_are_empty_in_rows(tmp_path: Path) -> None:
    instance = started(folder(tmp_path, incident=[{"comments": "", "comments_and_work_notes": ""}]))
    assert len(instance.store.find("incident")) == 1
    instance.store.close()


def test_every_problem_of_every_row(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        incident=[
            {"sys_id": "1" * 32, "stat": "1", "priority": 1, "assigned_to": {"value": "x"}, "caller_id": None},
            {"sys_id": "1" * 32, "comments": "hello", "active": True},
            {"stat": "2", "sys_class_name": "problm"},
        ],
        problem=[{"sys_id": "1" * 32, "caller_id": {"link": "a", "value": "b"}}],
    )
    reference, taken = 'a reference is a sys_id or {"link", "value"}', f"{'1' * 32} is already taken by"
    assert found == [
        "incident.json: row 0, field `priority`: int 1; every value is a string",
        f"incident.json: row 0, field `assigned_to`: dict {{'value': 'x'}}; {reference}",
        f'incident.json: row 0, field `caller_id`: null; {reference}, and empty is ""',
        "incident.json: row 1, field `active`: bool True; every value is a string",
        'incident.json: row 1, field `comments`: journal texts are rows of sys_journal_field.json; write ""',
        f"incident.json: row 1, field `sys_id`: {taken} incident.json: row 0",
        "incident.json: row 2, field `sys_class_name`: `problm` does not extend `incident`",
        "incident.json: row 0 (and in 1 more rows): table `incident` has no field `stat`; did you mean `state`?",
        f"problem.json: row 0, field `sys_id`: {taken} incident.json: row 0",
        "problem.json: row 0: table `problem` has no field `caller_id`",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[\n {"a": "1"},\n {"a" "2"}\n]', "incident.json:3:7: not valid JSON: expecting ':' delimiter"),
        ('\n\n {"result": []}', "incident.json:3:2: a data file is a JSON array of rows, as in [{...}, ...]"),
        ('[{"number": "1"},\n  {"number": "2"}, 7]', "incident.json:2:20: row 2 is not an object of fields and values"),
        ("[7]", "incident.json:1:2: row 0 is not an object of fields and values"),
        ("", "incident.json:1:1: not valid JSON: expecting value"),
        ("[" * 100_000, "incident.json:1:1: not usable JSON: nested too deeply"),
    ],
)
def test_files_that_are_no_rows(tmp_path: Path, text: str, problem: str) -> None:
    assert problems(tmp_path, incident=text) == [problem]


def test_files_that_are_no_text_or_no_table(tmp_path: Path) -> None:
    (tmp_path / "incident.json").write_bytes(b"[\xff]")
    (tmp_path / "sys_user.json").mkdir()
    found = problems(tmp_path, incidnt=[], u_own=[])
    assert found == [
        "incident.json: byte 2 is not UTF-8 (invalid start byte)",
        "incidnt.json: no table is named `incidnt`; did you mean `incident`?; add it with a schema file",
        "sys_user.json: cannot be read: Is a directory",
        "u_own.json: no table is named `u_own`; add it with a schema file",
    ]
    with pytest.raises(ConfigurationError, match="the data folder cannot be read"):
        started(tmp_path / "none")


def test_many_problems_are_counted(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        started(folder(tmp_path, incident=[{"priority": index} for index in range(70)]))
    assert len(caught.value.problems) == 70
    assert str(caught.value).endswith("and 20 more problems")


def test_rows_from_memory_are_checked_alike() -> None:
    with pytest.raises(DataError, match=r"rows\['incident'\]: row 0, field `priority`"):
        LocalInstance(SandboxOptions(rows={"incident": [{"priority": 1}]}))
    with pytest.raises(DataError, match="rows: no table is named `incidnt`"):
        LocalInstance(SandboxOptions(rows={"incidnt": []}))


def test_properties_of_the_data_count(tmp_path: Path) -> None:
    rows = [{"name": "sandbox.release", "value": "2020"}, {"name": "acme.own", "value": "x"}]
    instance = started(folder(tmp_path, sys_properties=rows))
    assert (instance.properties.get("sandbox.release"), instance.properties.get("acme.own")) == ("2020", "x")
    assert len(instance.store.find("sys_properties")) == 2
    instance.properties.set("sandbox.unordered_reads", "shuffle")
    assert len(instance.store.find("sys_properties")) == 3
    instance.store.close()


def test_without_data_there_is_the_demo_desk() -> None:
    instance = LocalInstance(SandboxOptions(seed=3))
    assert len(instance.store.find("sn_customerservice_escalation")) == 60
    assert instance.store.find("sys_user", user_name="snow.escalations")
    assert instance.store.find("sys_choice", name="sn_customerservice_escalation", element="reason")
    instance.store.close()


def test_values_take_the_form_of_their_field(tmp_path: Path) -> None:
    row = {"sys_id": INCIDENTS[0], "active": "0", "order": "007", "opened_at": "2026-11-23T08:00:00Z", "made_sla": ""}
    instance = started(folder(tmp_path, incident=[row]))
    stored = instance.store.get("incident", INCIDENTS[0])
    assert stored is not None
    assert [stored[name] for name in row] == [INCIDENTS[0], "false", "7", "2026-11-23 08:00:00", ""]
    instance.store.close()


def test_a_value_that_its_type_cannot_hold_is_told(tmp_path: Path) -> None:
    rows = [
        {"sys_id": INCIDENTS[0], "active": "true", "opened_at": "2026-11-23 08:00:00"},
        {"sys_id": INCIDENTS[1], "active": "perhaps", "opened_at": "23.11.2026"},
        {"sys_id": INCIDENTS[2], "order": "many"},
        {"sys_id": INCIDENTS[3], "state": "Open"},  # a field with choices may hold what an export shows
    ]
    assert problems(tmp_path, incident=rows) == [
        "incident.json: row 1, field `active`: `perhaps` is no boolean",
        "incident.json: row 1, field `opened_at`: `23.11.2026` is no date-time",
        "incident.json: row 2, field `order`: `many` is no integer",
    ]


def test_properties_that_cannot_be_are_told_by_file_row_and_field(tmp_path: Path) -> None:
    rows = [
        {"name": "glide.sys.date_format", "value": "dd/MM/yyyy"},
        {"name": "sandbox.release", "value": "1999"},
        {"name": "sandbox.relase", "value": "2020"},
        {"name": "acme.own", "value": "anything"},
    ]
    told = problems(tmp_path, sys_properties=rows)
    assert [problem.split(": property")[0] for problem in told] == [
        "sys_properties.json: row 1, field `value`",
        "sys_properties.json: row 2, field `name`",
    ]
    assert "`1999` is not one of 2020, 2024, 2026" in told[0]
    assert "did you mean `sandbox.release`?" in told[1]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[{"number": "a"},\n {"number": "b",\n  "state": "1", "number": "c"}]', "incident.json:3:17"),
        ('[{"caller_id": {"value": "a",\n "value": "b"}}]', "incident.json:2:2"),
        ('{"number": "a", "number": "b"}', "incident.json:1:17"),
    ],
)
def test_a_key_written_twice_is_told(tmp_path: Path, text: str, place: str) -> None:
    (problem,) = problems(tmp_path, incident=text)
    assert problem.startswith(f"{place}: key `")
    assert "is written twice" in problem


def test_a_property_set_twice_is_told_by_file_and_rows(tmp_path: Path) -> None:
    rows = [{"name": "acme.own", "value": value} for value in "123"] + [
        {"name": ""},
        {"name": ""},
        {"name": "ACME.own"},
    ]
    assert problems(tmp_path, sys_properties=rows) == [
        f"sys_properties.json: row {row}, field `name`: property `acme.own` is already set by row 0; keep one row"
        for row in (1, 2)
    ]


def test_text_longer_than_its_field_is_cut(tmp_path: Path) -> None:
    instance = started(folder(tmp_path, incident=[{"short_description": "x" * 9000}, {"short_description": "short"}]))
    lengths = sorted(len(row["short_description"]) for row in instance.store.find("incident"))
    assert lengths == [5, instance.schema["incident"].fields["short_description"].max_length]
    instance.store.close()
