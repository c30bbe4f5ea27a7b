"""Access rules: rows, fields, tables, queries, by role and by condition."""

from pathlib import Path

import pytest

from snow_escalations.sandbox.values.hashmap import ordered
from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, APPROVAL, BOW, CASE, ESCALATION, INCIDENTS, small_world

SERVICE = ("snow.escalations", "sandbox")
AGENT = ("case.agent", "sandbox")
ITIL = ("itil.user", "sandbox")
NO_ROLE = ("no.role", "sandbox")
READ_ONLY = ("read.only", "sandbox")
OWN = ("own.rows", "sandbox")


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world())


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("incident", {ITIL: 6, AGENT: 0, READ_ONLY: 0, NO_ROLE: 0}),
        ("task", {ITIL: 6, AGENT: 2, SERVICE: 2, NO_ROLE: 0}),
        ("sn_customerservice_case", {AGENT: 1, SERVICE: 1, ITIL: 0}),
        ("sn_customerservice_escalation", {SERVICE: 1, AGENT: 1, ITIL: 0}),
        ("sysapproval_approver", {SERVICE: 1, ITIL: 1, AGENT: 1, NO_ROLE: 0}),
        ("sys_journal_field", {SERVICE: 3, AGENT: 0, ITIL: 0, NO_ROLE: 0}),
        ("sys_properties", {SERVICE: 0, ITIL: 0}),
        ("sys_dictionary", {SERVICE: 0, ITIL: 0, NO_ROLE: 0}),
        ("sys_user", {NO_ROLE: 3}),  # a contact is a user of a class of its own
    ],
)
def test_rows_by_role(world, table: str, rows: dict[tuple[str, str], int]) -> None:
    total = world.get(f"/api/now/table/{table}").headers["X-Total-Count"]
    for auth, count in rows.items():
        answer = world.get(f"/api/now/table/{table}", auth=auth)
        assert (answer.status_code, len(answer.json()["result"])) == (200, count), auth
        assert answer.headers["X-Total-Count"] == total


def test_tables_that_refuse(world) -> None:
    for auth, status in ((NO_ROLE, 403), (READ_ONLY, 403), (SERVICE, 403), (ITIL, 200)):
        assert world.get("/api/now/table/sys_db_object?sysparm_limit=1", auth=auth).status_code == status
        assert world.get("/api/now/table/sys_db_object/x", auth=auth).status_code == (404 if status == 200 else 403)


def test_choices_show_labels_to_all_and_the_rest_to_some(world) -> None:
    target = "/api/now/table/sys_choice"
    row = world.get(f"{target}?sysparm_limit=1", auth=AGENT).json()["result"][0]
    assert list(row) == ["label"]
    assert len(world.get(f"{target}?sysparm_limit=1", auth=SERVICE).json()["result"][0]) > 10
    for query, status in (("name=task", 403), ("ORDERBYname", 403), ("label=Open", 200), ("labelLIKEOpen", 200)):
        answer = world.get(target, params={"sysparm_query": query}, auth=AGENT)
        assert answer.status_code == status, query
    found = world.get(target, params={"sysparm_query": "name=task^element=state^bogus=1"})
    assert len(found.json()["result"]) == 6  # admin passes query ACLs, and loses the bogus part as anywhere


def test_query_acls_tell_matching_from_ranging(launch, tmp_path: Path) -> None:
    field = {"read": ["everyone"], "query_range": ["itil"]}
    tables = {"u_box": {"fields": {"u_x": "string"}, "access": {"query_acl": True, "fields": {"u_x": field}}}}
    client = launch(schema=(recorded.schema_file(tmp_path, tables),))
    for query, status in (("u_x=1", 200), ("u_xISEMPTY", 200), ("u_xLIKE1", 403), ("u_x>1", 403), ("ORDERBYu_x", 403)):
        answer = client.get("/api/now/table/u_box", params={"sysparm_query": query}, auth=AGENT)
        assert answer.status_code == status, query
        assert client.get("/api/now/table/u_box", params={"sysparm_query": query}, auth=ITIL).status_code == 200


def test_own_rows_by_condition(launch) -> None:
    rows = small_world()
    rows["sys_user"].append({"sys_id": "f" * 32, "user_name": "boss", "user_password": "x"})
    rows["sys_user_role"].append({"sys_id": "8" * 32, "name": "approver_user"})
    rows["sys_user_has_role"].append({"user": "f" * 32, "role": "8" * 32})
    rows["sysapproval_approver"].append({"sys_id": "9" * 32, "approver": "f" * 32, "state": "requested"})
    client = launch(rows=rows)
    boss = ("boss", "x")
    seen = client.get("/api/now/table/sysapproval_approver", auth=boss)
    assert [row["sys_id"] for row in seen.json()["result"]] == ["9" * 32]
    assert seen.headers["X-Total-Count"] == "2"
    assert client.get(f"/api/now/table/sysapproval_approver/{APPROVAL}", auth=boss).status_code == 404
    decided = client.patch("sysapproval_approver", "9" * 32, {"state": "approved"}, auth=boss)
    assert (decided.status_code, decided.json()["result"]["state"]) == (200, "approved")
    assert client.send("DELETE", f"/api/now/table/sysapproval_approver/{'9' * 32}", auth=boss).status_code == 204


def test_fields_by_condition_are_absent_row_by_row(launch, tmp_path: Path) -> None:
    own = {"role": "any_role", "rows": "assigned_to=javascript:gs.getUserID()"}
    secret = {"fields": {"description": {"read": [own], "write": [own]}}}
    schema = recorded.schema_file(tmp_path, {"incident": {"access": secret}})
    client = launch(rows=small_world(), schema=(schema,))
    abel = ("abel.tuter", "sesame")
    rows = client.get("/api/now/table/incident?sysparm_query=ORDERBYnumber", auth=abel).json()["result"]
    assert ["description" in row for row in rows] == [True, True, False, False, False, False]
    assert list(rows[2]) == list(ordered(sorted(set(rows[0]) - {"description"})))
    for sys_id, kept in ((INCIDENTS[0], "mine"), (INCIDENTS[3], "")):
        client.patch("incident", sys_id, {"description": "mine"}, auth=abel)
        assert client.sandbox.store.get("incident", sys_id)["description"] == kept


def test_dot_walks_end_at_what_may_not_be_read(world) -> None:
    fields = "sysapproval.number,approver.user_password,approver.name"
    row = world.get(f"/api/now/table/sysapproval_approver?sysparm_fields={fields}", auth=ITIL).json()["result"][0]
    assert row == {"sysapproval.number": "ESC0010001", "approver.name": "Bow Ruggeri"}
    cases = world.get("/api/now/table/task?sysparm_fields=company.name,number", auth=AGENT).json()["result"]
    assert [sorted(case) for case in cases] == [["company.name", "number"]] * 2
    closed = world.get(
        f"/api/now/table/sysapproval_approver/{APPROVAL}?sysparm_fields=sysapproval.ref_sn_customerservice_escalation.reason",
        auth=ITIL,
    )
    assert closed.json()["result"] == {}


def test_people_change_themselves_and_nobody_else(world) -> None:
    abel = ("abel.tuter", "sesame")
    assert world.patch("sys_user", ABEL, {"title": "Dr."}, auth=abel).json()["result"]["title"] == "Dr."
    assert world.patch("sys_user", BOW, {"title": "Dr."}, auth=abel).status_code == 403
    assert world.patch("sys_user", ABEL, {"active": "false"}, auth=abel).json()["result"]["active"] == "true"


def test_links_of_cases_to_escalations_are_not_for_agents(world) -> None:
    row = world.patch("sn_customerservice_case", CASE, {"active_escalation": ""}, auth=AGENT).json()["result"]
    assert row["active_escalation"]["value"] == ESCALATION


def test_deciding_for_others_is_refused_or_dropped_as_documented(world) -> None:
    for auth, status in ((OWN, 403), (AGENT, 403), (ITIL, 200)):
        answer = world.patch("sysapproval_approver", APPROVAL, {"state": "approved"}, auth=auth)
        assert answer.status_code == status, auth
        assert world.rows("sysapproval_approver", f"sys_id={APPROVAL}")[0]["state"] == "requested"
    with world.having({"sandbox.acl.field_write_denied": "refuse"}):
        assert world.patch("sysapproval_approver", APPROVAL, {"state": "approved"}, auth=ITIL).status_code == 403


def guarded(launch, tmp_path: Path, *, query_acl: bool):
    """A table of tapes and one of their owners' secrets, both of which refuse to have secrets looked for."""
    hidden = {"read": ["itil"]}
    tables = {
        "u_tape": {
            "display": "u_secret",
            "hierarchy": "u_parent",
            "fields": {
                "u_name": "string",
                "u_secret": "string",
                "u_parent": "reference u_tape",
                "u_owner": "reference sys_user",
            },
            "access": {"query_acl": query_acl, "fields": {"u_secret": hidden}},
        },
        "u_shelf": {"fields": {"u_tape": "reference u_tape", "u_name": "string"}},
        "u_closed": {"fields": {"u_name": "string"}, "access": {"read": ["itil"]}},
    }
    tables["u_tape"]["fields"]["u_closed"] = "reference u_closed"
    rows = {
        "u_tape": [
            {"sys_id": "1" * 32, "u_name": "s5", "u_secret": "s5"},
            {"sys_id": "2" * 32, "u_parent": "1" * 32, "u_owner": ABEL},
        ],
        "u_shelf": [{"u_tape": "1" * 32}],
    }
    return launch(schema=(recorded.schema_file(tmp_path, tables),), rows=small_world() | rows)


@pytest.mark.parametrize(
    "query",
    [
        "u_parent.u_secret=s5",
        "u_parent.u_parent.u_secretLIKEs",
        "ORDERBYu_parent.u_secret",
        "u_owner.user_password=1",
        "u_owner.manager.user_passwordISNOTEMPTY",
        "u_closed.u_name=x",
        "u_nameSAMEASu_secret",
        "u_nameGT_FIELDu_secret",
        "u_parentLIKEs5",
        "ORDERBYu_parent",
        "u_name=x^ORu_parent.u_secret=s5",
    ],
)
def test_query_acls_guard_every_step_of_a_dot_walk_and_both_sides_of_a_comparison(
    launch, tmp_path: Path, query: str
) -> None:
    client = guarded(launch, tmp_path, query_acl=True)
    for target in ("/api/now/table/u_tape", "/api/now/stats/u_tape"):
        answer = client.get(target, params={"sysparm_query": query}, auth=AGENT)
        assert (answer.status_code, answer.json()["error"]["message"]) == (403, "Insufficient rights to query records")
        assert client.get(target, params={"sysparm_query": query}).status_code == 200


@pytest.mark.parametrize("pair", ["u_parent.u_secret=s5", "u_owner.user_password=1", "u_parent=s5"])
def test_query_acls_guard_every_step_of_a_name_value_pair(launch, tmp_path: Path, pair: str) -> None:
    client = guarded(launch, tmp_path, query_acl=True)
    assert client.get(f"/api/now/table/u_tape?{pair}", auth=AGENT).status_code == 403
    assert client.get(f"/api/now/table/u_tape?{pair}").status_code == 200


def test_query_acls_leave_dot_walks_to_what_may_be_read(launch, tmp_path: Path) -> None:
    client = guarded(launch, tmp_path, query_acl=True)
    for query in ("u_parent.u_name=s5", "u_owner.user_name=abel.tuter^ORDERBYu_owner.name", f"u_parent={'1' * 32}"):
        assert len(client.rows("u_tape", query, auth=AGENT)) == 1, query


def test_a_query_acl_cannot_be_walked_around_from_another_table(launch, tmp_path: Path) -> None:
    client = guarded(launch, tmp_path, query_acl=True)
    for query, status in (("u_tape.u_secret=s5", 403), ("u_tape.u_name=s5", 200), ("bogus=1", 200)):
        answer = client.get("/api/now/table/u_shelf", params={"sysparm_query": query}, auth=AGENT)
        assert answer.status_code == status, query


def test_without_a_query_acl_nothing_is_refused(launch, tmp_path: Path) -> None:
    client = guarded(launch, tmp_path, query_acl=False)
    assert len(client.rows("u_tape", "u_parent.u_secret=s5", auth=AGENT)) == 1
