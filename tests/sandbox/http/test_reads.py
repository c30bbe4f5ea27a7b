"""Lists and rows: parameters, formats, filters, views."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.sandbox import recorded
from tests.sandbox.worlds import ABEL, BOW, INCIDENTS, small_world


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world())


def numbers(client, target: str) -> str:
    return "".join(sorted(row["number"][-1] for row in client.get(target).json()["result"]))


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ("state=1", "15"),
        ("state=closed", "3"),
        ("state=New&priority=5 - Planning", "5"),
        ("assigned_to=abel.tuter", "12"),
        ("assigned_to=Abel Tuter", "12"),
        (f"assigned_to={ABEL}", "12"),
        ("assigned_to.manager=bow.ruggeri", "12"),
        ("assignment_group=Service Desk", "1"),
        ("active=false", "36"),
        ("opened_at=2026-11-10 09:00:00", "1"),
        ("assigned_to=", "356"),
        ("nothing=x", "123456"),
        ("short_description=javascript:gs.log()", ""),
        ("sysparm_query=state=1&priority=1", "1"),
    ],
)
def test_name_value_pairs(world, pairs: str, found: str) -> None:
    assert numbers(world, f"/api/now/table/incident?{pairs}") == found


def test_paging_counts_and_offsets(world) -> None:
    target = "/api/now/table/incident?sysparm_query=ORDERBYnumber&sysparm_limit=2&sysparm_offset="
    assert [numbers(world, target + str(offset)) for offset in (0, 2, 4, 6, 99)] == ["12", "34", "56", "", ""]
    middle = world.get(target + "2").headers["Link"]
    assert [part.partition('rel="')[2][:-1] for part in middle.split(",")] == ["first", "prev", "next", "last"]
    assert numbers(world, target + "-5") == numbers(world, target + "x") == "12"


def test_count_and_link_can_be_left_out(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_limit=2&sysparm_no_count=true")
    assert not {"X-Total-Count", "Link"} & set(answer.headers)
    answer = world.get("/api/now/table/incident?sysparm_limit=2&sysparm_suppress_pagination_header=true")
    assert ("Link" in answer.headers, answer.headers["X-Total-Count"]) == (False, "6")


def test_a_query_keeps_its_encoding_in_links(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_query=active%3Dtrue%5EORDERBYnumber&sysparm_limit=1")
    assert "sysparm_query=active%3Dtrue%5EORDERBYnumber&sysparm_limit=1&sysparm_offset=1>" in answer.headers["Link"]


def test_head_has_the_headers_of_get(world) -> None:
    target = "/api/now/table/incident?sysparm_limit=2"
    head, get = world.send("HEAD", target), world.get(target)
    assert (head.status_code, head.content) == (200, b"")
    ignored = {"Set-Cookie", "X-Transaction-ID", "Server-Timing"}
    assert {k: v for k, v in head.headers.items() if k not in ignored} == {
        k: v for k, v in get.headers.items() if k not in ignored
    }
    assert world.send("HEAD", f"/api/now/table/incident/{INCIDENTS[0]}").status_code == 200
    assert world.send("HEAD", "/api/now/table/incident/" + "0" * 32).status_code == 404


def test_an_empty_sys_id_is_the_list(world) -> None:
    assert len(world.get("/api/now/table/incident/").json()["result"]) == 6


def test_views_choose_fields_unless_fields_are_asked_for(launch, tmp_path: Path) -> None:
    schema = recorded.schema_file(tmp_path, {"incident": {"views": {"mobile": ["number", "state"]}}})
    client = launch(rows=small_world(), schema=(schema,))
    target = f"/api/now/table/incident/{INCIDENTS[0]}?sysparm_view="
    assert sorted(client.get(target + "mobile").json()["result"]) == ["number", "state"]
    assert len(client.get(target + "desktop").json()["result"]) == 92
    assert client.get(target + "mobile&sysparm_fields=number").json()["result"] == {"number": "INC0000001"}


def test_xml(world) -> None:
    target = "/api/now/table/incident?sysparm_fields=number,assigned_to,contact_type,short_description&sysparm_limit=2"
    answer = world.get(target, headers={"Accept": "application/xml"})
    assert answer.headers["Content-Type"] == "application/xml;charset=UTF-8"
    tree = ET.fromstring(answer.content)
    rows = tree.findall("result")
    assert (tree.tag, len(rows)) == ("response", 2)
    assert "<contact_type/>" in answer.text
    shown = world.get(
        f"/api/now/table/incident/{INCIDENTS[0]}?sysparm_fields=assigned_to", headers={"Accept": "text/xml"}
    )
    reference = ET.fromstring(shown.content).find("result/assigned_to")
    assert reference is not None
    assert [part.tag for part in reference] == ["link", "value"]
    nothing = world.get("/api/now/table/incident?number=no", headers={"Accept": "application/xml"})
    assert nothing.text == '<?xml version="1.0" encoding="UTF-8"?><response/>'


@pytest.mark.parametrize(
    ("accept", "content_type", "status"),
    [
        ("*/*", "application/json;charset=UTF-8", 200),
        ("application/json, text/plain, */*", "application/json;charset=UTF-8", 200),
        ("", "application/json;charset=UTF-8", 200),
        ("application/json;q=0.5, application/xml", "application/xml;charset=UTF-8", 200),
        ("application/json;q=x, text/xml;q=0.1", "application/xml;charset=UTF-8", 200),
        ("text/csv", "application/json;charset=UTF-8", 406),
        ("application/json;q=0", "application/json;charset=UTF-8", 406),
    ],
)
def test_accept(world, accept: str, content_type: str, status: int) -> None:
    answer = world.get("/api/now/table/cmn_department", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, content_type)


def test_bodies_are_compressed_where_the_instance_says_so(world) -> None:
    target = "/api/now/table/incident"
    plain = world.get(target)
    assert "Content-Encoding" not in plain.headers
    with world.having({"sandbox.http.gzip": "true"}):
        packed = world.get(target)
        assert (packed.headers["Content-Encoding"], packed.content) == ("gzip", plain.content)
        assert "Content-Encoding" not in world.get(target, headers={"Accept-Encoding": "identity"}).headers


def test_paths_and_methods_that_lead_nowhere(world) -> None:
    for target in ("/", "/api/now/table", "/api/now/v3/table/incident", "/api/now/attachment", "/api/now/batch/x"):
        answer = world.get(target)
        assert (answer.status_code, answer.json()["error"]["message"]) == (
            400,
            "Requested URI does not represent any resource",
        )
    for method, target in (
        ("DELETE", "/api/now/table/incident"),
        ("PATCH", "/api/now/table/incident"),
        ("POST", f"/api/now/table/incident/{INCIDENTS[0]}"),
        ("POST", "/api/now/stats/incident"),
        ("GET", "/api/now/v1/batch"),
        ("GET", "/oauth_token.do"),
    ):
        assert world.send(method, target).status_code == 405, target


def test_rows_of_a_parent_have_its_fields_alone(world) -> None:
    row = world.get(f"/api/now/table/task/{INCIDENTS[0]}").json()["result"]
    assert (len(row), row["sys_class_name"]) == (61, "incident")
    assert world.get(f"/api/now/table/problem/{INCIDENTS[0]}").status_code == 404
    users = world.rows("sys_user", f"sys_idIN{ABEL},{BOW}")
    assert len(users) == 2


def test_every_answer_to_one_who_is_logged_in_says_so(world) -> None:
    for target in ("/api/now/table/incident", "/api/now/table/nowhere", "/api/now/table/incident/none", "/nothing"):
        assert world.get(target).headers["X-Is-Logged-In"] == "true"


def test_metadata_answers_from_the_schema(world) -> None:
    [table] = world.rows("sys_db_object", "name=sn_customerservice_escalation")
    assert table["label"] == "Escalation"
    [parent] = world.rows("sys_db_object", f"sys_id={table['super_class']['value']}")
    assert parent["name"] == "task"
    entries = world.rows("sys_dictionary", "name=sn_customerservice_escalation")
    assert {entry["element"] for entry in entries} >= {"", "reason", "escalation_justification", "source_record"}
    choices = world.rows("sys_choice", "name=sn_customerservice_escalation^element=state^ORDERBYsequence")
    assert [(row["value"], row["label"]) for row in choices] == [
        ("100", "Requested"),
        ("101", "Escalated"),
        ("102", "Declined"),
        ("103", "Closed"),
        ("104", "De-escalation Requested"),
    ]
    assert world.rows("sys_choice", "name=sn_customerservice_escalation^element=approval") == []
    assert len(world.rows("sys_choice", "name=task^element=approval")) == 7


@pytest.mark.parametrize("offset", ["1000", "9" * 18, "9" * 23, "9" * 5000])
def test_an_offset_past_the_end_finds_nothing_however_large(world, offset: str) -> None:
    answer = world.get("/api/now/table/incident", params={"sysparm_offset": offset})
    assert (answer.status_code, answer.json()["result"]) == (200, [])


@pytest.mark.parametrize("offset", ["-1", "-" + "9" * 23, "many"])
def test_an_offset_before_the_start_is_none(world, offset: str) -> None:
    assert len(world.get("/api/now/table/incident", params={"sysparm_offset": offset}).json()["result"]) == 6


@pytest.mark.parametrize("pairs", ["name=incident", "sysparm_query=name=incident"])
@pytest.mark.parametrize("api", ["table", "stats"])
def test_a_name_value_pair_is_a_query_to_query_acls_too(launch, api: str, pairs: str) -> None:
    client = launch()
    target = f"/api/now/{api}/sys_choice?sysparm_count=true&{pairs}"
    assert client.get(target).status_code == 200
    assert client.get(target, auth=("case.agent", "sandbox")).status_code == 403
