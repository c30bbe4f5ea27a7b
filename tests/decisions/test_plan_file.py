"""A plan is written whole or not at all, and read back only as it was written."""

import json
import os
from pathlib import Path

import pytest

from snow_escalations.decisions.digest import digest_of
from snow_escalations.decisions.plan_file import read_plan, write_plan
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from tests.support.dossiers import NOW
from tests.support.planning import planner, rejected

PLAN = planner().plan([rejected()], NOW)


def test_a_plan_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("an older plan")
    write_plan(PLAN, path)
    assert read_plan(path) == PLAN
    assert [item.name for item in tmp_path.iterdir()] == ["plan.json"]


def test_a_plan_of_before_there_was_unread_is_still_read_and_none_may_lose_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    plain = PLAN.model_copy(update={"digest": ""}).model_dump(mode="json", exclude={"unread"})
    path.write_text(json.dumps({**plain, "digest": digest_of(plain)}))
    assert read_plan(path).decisions == PLAN.decisions
    path.write_text(json.dumps({**plain, "digest": PLAN.digest}))
    with pytest.raises(ConfigurationError, match="was changed after it was made"):
        read_plan(path)


def test_a_plan_without_decisions_is_written_too(tmp_path: Path) -> None:
    empty = planner().plan([], NOW)
    write_plan(empty, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json").decisions == ()


def test_a_directory_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SnowEscalationsError, match="the plan cannot be written: No such file"):
        write_plan(PLAN, tmp_path / "none" / "plan.json")


def test_a_plan_that_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "plan.json").mkdir()
    with pytest.raises(SnowEscalationsError, match="cannot be written"):
        write_plan(PLAN, tmp_path / "plan.json")
    assert [item.name for item in tmp_path.iterdir()] == ["plan.json"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", r"plan\.json:1:1: not JSON"),
        ('{\n "a": x}', r"plan\.json:2:7: not JSON"),
        ("[]", "not a plan of this version"),
        ("{}", "`instance` is missing"),
        ('{"format": "another 2"}', "not a plan of this version"),
    ],
)
def test_what_is_no_plan_says_why(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(text)
    with pytest.raises(ConfigurationError, match=words):
        read_plan(tmp_path / "plan.json")


@pytest.mark.parametrize("missing", [True, False])
def test_a_plan_that_was_changed_is_refused(tmp_path: Path, missing: bool) -> None:
    path = tmp_path / "plan.json"
    write_plan(PLAN, path)
    content = json.loads(path.read_text())
    if missing:
        content["digest"] = ""
    else:
        content["decisions"][0]["action"]["targets"][0]["reply"] += "One more sentence.\n"
    path.write_text(json.dumps(content))
    with pytest.raises(ConfigurationError, match="changed after it was made"):
        read_plan(path)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": ' + "9" * 5000 + "}"])
def test_json_that_breaks_the_reader_is_no_plan(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="this is not a plan"):
        read_plan(path)


def test_a_plan_replaces_files_alone(tmp_path: Path) -> None:
    """Run by an administrator, a rename would put the plan in the place of a device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path):
        with pytest.raises(SnowEscalationsError, match="this is no file"):
            write_plan(PLAN, path)
    assert pipe.is_fifo()
