"""Lists and single rows of real instances come back byte for byte, with their Link and their count."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.sandbox import recorded
from tests.sandbox.contract.recordings import EXACT_LISTS
from tests.sandbox.contract.wire import compact, documented_headers
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


@pytest.mark.parametrize("name", EXACT_LISTS)
def test_a_whole_list_is_the_same_byte_for_byte(launch, name: str) -> None:
    recording = recorded.exchange(name)
    table = urlsplit(recording.url).path.split("/")[-1]
    client = launch(rows={table: recording.rows}, properties=recorded.named_host(recording.host))
    answer = client.get(recording.target)
    assert (answer.status_code, answer.text) == (recording.status, recording.body)
    assert answer.headers.get("Link") == recording.header("link")
    assert answer.headers["X-Total-Count"] == recording.header("x-total-count")


def test_a_list_that_was_cut_to_three_rows_begins_the_same(launch, tmp_path: Path) -> None:
    recording = recorded.exchange("j1-incident-list-2020-10-05-first3.har.json")
    incident = recorded.table_of_rows(recording.rows, replace=True, natural_order=["active"])
    fillers = [{"sys_id": sys_id, "active": "true"} for sys_id in recorded.after(recording.rows[-1]["sys_id"], 63)]
    client = launch(
        schema=(recorded.schema_file(tmp_path, {"incident": incident}),),
        rows={"incident": [*recording.rows, *fillers]},
        properties=recorded.named_host(recording.host),
    )
    answer = client.get(recording.target)
    assert compact({"result": answer.json()["result"][:3]}) == recording.body
    assert answer.headers["X-Total-Count"] == recording.header("x-total-count") == "66"
    assert "Link" not in answer.headers
    assert recording.header("link") is None


def test_the_first_of_626_users(launch) -> None:
    recording = recorded.exchange("j1-sys_user-limit1-link-prev-2024-04-16.har.json")
    others = [{"sys_id": sys_id} for sys_id in recorded.after(recording.rows[0]["sys_id"], 625)]
    client = launch(rows={"sys_user": [*recording.rows, *others]}, properties=recorded.named_host(recording.host))
    answer = client.get(recording.target)
    assert answer.text == recording.body
    assert answer.headers["Link"] == recording.header("link")
    assert answer.headers["X-Total-Count"] == recording.header("x-total-count") == "626"


def test_the_two_pages_of_626_users(launch) -> None:
    first = recorded.exchange("j1-sys_user-page1of2-2024-04-16-first3.har.json")
    second = recorded.exchange("j1-sys_user-page2of2-2024-04-16-first3.har.json")
    low, high = first.rows[-1]["sys_id"], second.rows[0]["sys_id"]
    fillers = [*recorded.between(low, high, 497), *recorded.after(second.rows[-1]["sys_id"], 123)]
    rows = [*first.rows, *second.rows, *({"sys_id": sys_id} for sys_id in fillers)]
    client = launch(rows={"sys_user": rows}, properties=recorded.named_host(first.host))
    for recording in (first, second):
        answer = client.get(recording.target)
        assert compact({"result": answer.json()["result"][:3]}) == recording.body
        assert answer.headers["Link"] == recording.header("link")
        assert answer.headers["X-Total-Count"] == recording.header("x-total-count") == "626"


def test_seven_pages_of_622_users(launch) -> None:
    pages = recorded.pages()
    ids = [
        sys_id
        for page in pages
        for sys_id in (
            page["first"],
            *recorded.between(page["first"], page["last"], int(page["rows"]) - 2),
            page["last"],
        )
    ]
    host = "https://dev128112.service-now.com"
    client = launch(rows={"sys_user": [{"sys_id": sys_id} for sys_id in ids]}, properties=recorded.named_host(host))
    for page in pages:
        answer = client.get(page["url"].removeprefix(host))
        rows = answer.json()["result"]
        assert (len(rows), rows[0]["sys_id"], rows[-1]["sys_id"]) == (int(page["rows"]), page["first"], page["last"])
        assert (answer.headers["Link"], answer.headers["X-Total-Count"]) == (page["link"], page["total"])


def test_a_name_value_pair_finds_a_table(launch) -> None:
    recording = recorded.exchange("j1-sys_db_object-by-name-pair-2024-08-01.har.json")
    rows = [{**recording.rows[0], "sys_id": "1" * 32}, {"sys_id": "2" * 32, "name": "cmdb"}]
    client = launch(rows={"sys_db_object": rows}, properties=recorded.named_host(recording.host))
    answer = client.get(recording.target)
    assert answer.text == recording.body
    assert answer.headers["X-Total-Count"] == recording.header("x-total-count") == "1"
    assert "Link" not in answer.headers


def test_one_row_with_an_empty_reference(launch) -> None:
    recording = recorded.exchange("j1-sys_db_object-get-one-empty-ref-2024-08-01.har.json")
    sys_id = urlsplit(recording.url).path.split("/")[-1]
    client = launch(rows={"sys_db_object": [{**recording.rows[0], "sys_id": sys_id}]})
    answer = client.get(recording.target)
    assert (answer.status_code, answer.text) == (200, recording.body)
    assert "X-Total-Count" not in answer.headers
    assert "Link" not in answer.headers


def test_a_hierarchy_comes_in_the_order_of_class_paths(launch, tmp_path: Path) -> None:
    recording = recorded.exchange("j1-cmdb_ci_server-list-hierarchy-order-2024-06-18.har.json")
    classes = sorted({row["sys_class_name"] for row in recording.rows} - {"cmdb_ci_server"})
    assert len(classes) >= 4
    server = recorded.table_of_rows(recording.rows, natural_order=["sys_class_path"])
    children = {name: {"extends": "cmdb_ci_server"} for name in classes}
    client = launch(
        schema=(recorded.schema_file(tmp_path, {"cmdb_ci_server": server, **children}),),
        rows={"cmdb_ci_server": list(reversed(recording.rows))},
        properties=recorded.named_host(recording.host),
    )
    answer = client.get(recording.target)
    assert answer.text == recording.body
    assert answer.headers["X-Total-Count"] == recording.header("x-total-count") == "40"
    own = client.get(f"/api/now/table/{classes[0]}").json()["result"]
    assert {row["sys_class_name"] for row in own} == {classes[0]}


def test_a_small_configuration_item_list(launch, tmp_path: Path) -> None:
    recording = recorded.exchange("j1-cmdb_ci_service_business-list-2023-06-09.har.json")
    table = recorded.table_of_rows(recording.rows)
    client = launch(
        schema=(recorded.schema_file(tmp_path, {"cmdb_ci_service_business": table}),),
        rows={"cmdb_ci_service_business": recording.rows},
        properties=recorded.named_host(recording.host),
    )
    answer = client.get(recording.target)
    assert answer.text == recording.body
    assert answer.headers["X-Total-Count"] == recording.header("x-total-count") == "1"


def test_the_link_of_1287_incidents(launch) -> None:
    wanted = dict(documented_headers("kdp-incident-list-200-link-2026-06-28.txt"))
    host = "https://dev284244.service-now.com"
    client = launch(rows={"incident": [{} for _ in range(1287)]}, properties=recorded.named_host(host))
    answer = client.get("/api/now/table/incident?sysparm_limit=1")
    assert {name: answer.headers[name] for name in wanted} == wanted
