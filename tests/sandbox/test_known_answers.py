"""Probes with known answers: how to judge a simulator, one test each."""

from datetime import timedelta

import pytest

from tests.sandbox.worlds import INCIDENTS, small_world

USERS = 626


@pytest.fixture(scope="module")
def users(launch_once):
    return launch_once(rows={"sys_user": [{} for _ in range(USERS)]})


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world(), properties={"sandbox.release": "2024"})


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def rels(link: str) -> dict[str, str]:
    """The offset of each relation of a Link header."""
    found = {}
    for part in link.split(","):
        address, _, rel = part.partition(";rel=")
        found[rel.strip('"')] = address.rpartition("sysparm_offset=")[2].rstrip(">")
    return found


def test_limit_1_of_626(users) -> None:
    answer = users.get("/api/now/table/sys_user?sysparm_limit=1")
    assert rels(answer.headers["Link"]) == {"first": "0", "prev": "-1", "next": "1", "last": "625"}
    assert answer.headers["X-Total-Count"] == "626"


def test_limit_500_of_626(users) -> None:
    answer = users.get("/api/now/table/sys_user?sysparm_limit=500")
    assert rels(answer.headers["Link"]) == {"first": "0", "next": "500", "last": "500"}


def test_limit_500_of_67(launch) -> None:
    answer = launch(rows={"incident": [{} for _ in range(67)]}).get("/api/now/table/incident?sysparm_limit=500")
    assert "Link" not in answer.headers
    assert answer.headers["X-Total-Count"] == "67"


def test_a_list_that_matches_nothing(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_query=number=none")
    assert (answer.status_code, answer.content, len(answer.content)) == (200, b'{"result":[]}', 13)
    assert answer.headers["X-Total-Count"] == "0"
    assert "Link" not in answer.headers


def test_a_bogus_condition_alone(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_query=bogus=1")
    assert (answer.status_code, len(answer.json()["result"])) == (200, 6)


def test_a_bogus_condition_beside_a_good_one(world) -> None:
    [row] = world.rows("incident", f"sys_id={INCIDENTS[1]}^bogus=1")
    assert row["sys_id"] == INCIDENTS[1]


def test_a_doubled_operator(world) -> None:
    assert world.rows("incident", "state==1") == []


def test_an_invalid_table(world) -> None:
    answer = world.get("/api/now/table/invalid-parent")
    body = b'{"error":{"message":"Invalid table invalid-parent","detail":null},"status":"failure"}'
    assert (answer.status_code, answer.content, len(answer.content)) == (400, body, 85)


def test_no_authorization(world) -> None:
    answer = world.get("/api/now/table/incident", auth=None)
    assert (answer.status_code, len(answer.content)) == (401, 113)
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="Service-now"'
    assert "X-Is-Logged-In" not in answer.headers


def test_the_order_of_four_fields(world) -> None:
    answer = world.get("/api/now/table/sysapproval_approver?sysparm_fields=sysapproval,due_date,state,sys_id")
    assert list(answer.json()["result"][0]) == ["sys_id", "sysapproval", "due_date", "state"]


def test_all_of_an_empty_choice(world) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[3]}?sysparm_display_value=all&sysparm_fields=contact_type"
    assert world.get(target).text == '{"result":{"contact_type":{"display_value":null,"value":""}}}'


def test_a_patched_work_note(fresh) -> None:
    answer = fresh.patch("incident", INCIDENTS[0], {"work_notes": "seen"})
    assert (answer.status_code, answer.json()["result"]["work_notes"]) == (200, "")
    [entry] = fresh.rows("sys_journal_field", f"element_id={INCIDENTS[0]}")
    assert len(entry) == 8
    assert (entry["value"], entry["element"], entry["name"]) == ("seen", "work_notes", "incident")


def test_the_same_work_note_twice(fresh) -> None:
    for _ in range(2):
        fresh.patch("incident", INCIDENTS[0], {"work_notes": "seen"})
    assert len(fresh.rows("sys_journal_field", f"element_id={INCIDENTS[0]}")) == 2


def test_a_patched_unknown_field(fresh) -> None:
    answer = fresh.patch("incident", INCIDENTS[0], {"bunk_field": "x"})
    assert (answer.status_code, answer.json()["result"]["sys_mod_count"]) == (200, "3")


def test_an_empty_incident(fresh) -> None:
    answer = fresh.send("POST", "/api/now/v2/table/incident", json={})
    row = answer.json()["result"]
    assert (answer.status_code, row["priority"], row["state"]) == (201, "5", "1")
    assert answer.headers["Location"] == f"{fresh.sandbox.url}/api/now/v2/table/incident/{row['sys_id']}"


def test_delete_then_get(fresh) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[0]}"
    assert fresh.send("DELETE", target).status_code == 204
    gone = fresh.get(target)
    assert (gone.status_code, gone.json()["error"]["message"]) == (404, "No Record found")


def test_v1_without_a_match(world) -> None:
    assert world.get("/api/now/v1/table/incident?number=none").status_code == 404
    assert world.get("/api/now/v2/table/incident?number=none").status_code == 200


def test_the_password_grant_twice(fresh) -> None:
    first = fresh.token()
    fresh.sandbox.clock.advance(timedelta(seconds=100))
    second = fresh.token()
    assert first["access_token"] == second["access_token"]
    assert (first["expires_in"], second["expires_in"]) == (1799, 1699)


def test_a_displayed_integer(world) -> None:
    target = f"/api/now/table/incident/{INCIDENTS[4]}?sysparm_display_value=true&sysparm_fields=calendar_stc"
    assert world.get(target).json()["result"] == {"calendar_stc": "102,197"}
