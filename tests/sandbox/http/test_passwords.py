"""Passwords: kept as digests, found by no query, and good for logging in."""

import pytest

from tests.sandbox.worlds import ABEL, small_world


@pytest.fixture
def world(launch):
    return launch(rows=small_world())


def test_no_answer_holds_a_password_in_plain_text(world) -> None:
    for path in (f"table/sys_user/{ABEL}", "table/sys_user", "stats/sys_user?sysparm_group_by=user_password"):
        assert "sesame" not in world.get(f"/api/now/{path}").text
    kept = world.rows("sys_user", f"sys_id={ABEL}")[0]["user_password"]
    assert len(kept) == 106


@pytest.mark.parametrize("condition", ["=sesame", "STARTSWITHses", "LIKEsesame", "ENDSWITHame", "INsesame,x"])
def test_no_query_finds_a_password_by_its_plain_text(world, condition: str) -> None:
    assert world.rows("sys_user", f"user_password{condition}") == []
    assert world.rows("sys_user", "user_passwordISNOTEMPTY") != []


def test_a_pair_does_not_find_a_password_either(world) -> None:
    assert world.rows("sys_user", params={"user_password": "sesame"}) == []


def test_a_password_that_was_written_over_http_logs_in(world) -> None:
    posted = world.post("sys_user", {"user_name": "new.user", "user_password": " open up "})
    assert " open up " not in posted.text
    assert world.get("/api/now/table/sys_user?sysparm_limit=1", auth=("new.user", " open up ")).status_code == 200
    assert world.get("/api/now/table/sys_user?sysparm_limit=1", auth=("new.user", "open up")).status_code == 401
    changed = world.patch("sys_user", posted.json()["result"]["sys_id"], {"user_password": "other"})
    assert changed.json()["result"]["sys_mod_count"] == "1"
    assert world.get("/api/now/table/sys_user?sysparm_limit=1", auth=("new.user", "other")).status_code == 200


def test_the_digest_is_no_password(world) -> None:
    kept = world.rows("sys_user", f"sys_id={ABEL}")[0]["user_password"]
    assert world.get("/api/now/table/sys_user", auth=("abel.tuter", kept)).status_code == 401


def test_an_exported_digest_keeps_its_password(world, launch) -> None:
    exported = world.rows("sys_user", f"sys_id={ABEL}", params={"sysparm_exclude_reference_link": "true"})
    other = launch(rows={"sys_user": exported})
    assert other.get("/api/now/table/sys_user", auth=("abel.tuter", "sesame")).status_code == 200


def test_nobody_logs_in_with_the_mark_of_a_redaction(launch) -> None:
    client = launch(rows={"sys_user": [{"user_name": "x", "user_password": "[REDACTED]"}]})
    assert client.get("/api/now/table/sys_user", auth=("x", "[REDACTED]")).status_code == 401
