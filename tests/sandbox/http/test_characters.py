"""Characters and lengths that a database or XML does not take as they are."""

import base64
import json
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from tests.sandbox.worlds import INCIDENTS, incident

TEXTS = ("plain", "a\x00b", "x\x01\x1f\ufffey", "É%_\\", "")


@pytest.fixture(scope="module")
def world(launch_once):
    client = launch_once(rows={"incident": [incident(index) for index in range(len(TEXTS))]})
    for sys_id, text in zip(INCIDENTS, TEXTS, strict=False):
        client.patch("incident", sys_id, {"short_description": text})
    return client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("LIKE\x00", [1]),
        ("LIKE\x00B", [1]),
        ("LIKE\x00c", []),
        ("ENDSWITH\x00b", [1]),
        ("ENDSWITH\x00", []),
        ("ENDSWITHIN", [0]),
        ("STARTSWITH\x00", []),
        ("LIKE%_", [3]),
        ("LIKEÉ", [3]),
        ("ENDSWITH\\", [3]),
        ("NOT LIKE\x00", [0, 2, 3, 4]),
        ("LIKE", [0, 1, 2, 3, 4]),
        ("ENDSWITH", [0, 1, 2, 3, 4]),
    ],
)
def test_text_operators_take_every_character_as_it_is(world, query: str, found: list[int]) -> None:
    rows = world.rows("incident", f"short_description{query}^ORDERBYnumber")
    assert [INCIDENTS.index(row["sys_id"]) for row in rows] == found


def test_xml_holds_no_control_characters(world) -> None:
    answer = world.get("/api/now/table/incident?sysparm_query=ORDERBYnumber", headers={"Accept": "application/xml"})
    shown = [row.findtext("short_description") for row in ET.fromstring(answer.content).iter("result")]
    assert shown == ["plain", "ab", "xy", "É%_\\", ""]


def test_operands_and_orderings_of_any_length_are_answered(world) -> None:
    queries = [f"short_description{operator}{'x' * 100_000}" for operator in ("LIKE", "ENDSWITH", "STARTSWITH", "=")]
    queries.append("^".join(["short_descriptionLIKEplain", *["ORDERBYnumber"] * 3000]))
    items = [
        {"id": "1", "method": "GET", "url": f"/api/now/table/incident?sysparm_query={quote(query)}"}
        for query in queries
    ]
    entries = world.send("POST", "/api/now/v1/batch", json={"rest_requests": items}).json()["serviced_requests"]
    assert [entry["status_code"] for entry in entries] == [200] * 5
    assert [len(json.loads(base64.b64decode(entry["body"]))["result"]) for entry in entries] == [0, 0, 0, 0, 1]
