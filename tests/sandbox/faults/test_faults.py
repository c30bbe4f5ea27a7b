"""Faults: which requests they strike, how each looks on the wire, and the schedule files that name them."""

import base64
import http.client
import json
import time
from pathlib import Path
from textwrap import dedent
from urllib.parse import urlsplit

import pytest
import requests

from snow_escalations.documents import DocumentError
from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox import Fault, Faults, Kind, Sandbox, SandboxOptions
from snow_escalations.sandbox.faults.fault import AFTER_HANDLING, BEFORE_HANDLING
from snow_escalations.sandbox.faults.load import load
from snow_escalations.sandbox.schema.load import shipped
from tests.sandbox.worlds import CASE, INCIDENTS, small_world

TARGET = "/api/now/table/incident?sysparm_query=ORDERBYnumber"


@pytest.fixture(scope="module")
def shared(launch_once):
    return launch_once(rows=small_world())


@pytest.fixture
def world(shared):
    """The world without faults or memory of requests; tests here leave rows alone."""
    shared.sandbox.faults.clear()
    shared.sandbox.requests.clear()
    yield shared
    shared.sandbox.faults.clear()


@pytest.fixture
def fresh(launch):
    return launch(rows=small_world())


def statuses(client, count: int, target: str = TARGET, **more) -> list[int]:
    return [client.get(target, **more).status_code for _ in range(count)]


def test_by_order(world) -> None:
    world.sandbox.faults.add(Fault(Kind.UNAVAILABLE, nth=3))
    assert statuses(world, 5) == [200, 200, 503, 200, 200]


def test_by_order_several_times(world) -> None:
    world.sandbox.faults.add(Fault(Kind.UNAVAILABLE, nth=2, times=2))
    assert statuses(world, 5) == [200, 503, 503, 200, 200]


def test_always_or_so_many_times(world) -> None:
    world.sandbox.faults.add(Fault(Kind.UNAVAILABLE))
    assert statuses(world, 3) == [503, 503, 503]
    world.sandbox.faults.replace([Fault(Kind.UNAVAILABLE, times=1)])
    assert statuses(world, 3) == [503, 200, 200]


def test_by_probability_with_a_seed(world) -> None:
    faults = world.sandbox.faults
    runs = []
    for seed in (1, 1, 2):
        faults.replace([Fault(Kind.UNAVAILABLE, probability=0.5)], seed=seed)
        runs.append(statuses(world, 20))
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {200, 503}
    faults.replace([Fault(Kind.UNAVAILABLE, probability=0.0)])
    assert statuses(world, 3) == [200, 200, 200]


def test_by_method_table_path_and_user(world) -> None:
    for fault, struck, spared in (
        (Fault(Kind.UNAVAILABLE, method="HEAD"), ("HEAD", TARGET, "admin"), ("GET", TARGET, "admin")),
        (
            Fault(Kind.UNAVAILABLE, table="problem"),
            ("GET", "/api/now/stats/problem", "admin"),
            ("GET", TARGET, "admin"),
        ),
        (
            Fault(Kind.UNAVAILABLE, path="/stats/"),
            ("GET", "/api/now/stats/incident", "admin"),
            ("GET", TARGET, "admin"),
        ),
        (Fault(Kind.UNAVAILABLE, user="admin"), ("GET", TARGET, "admin"), ("GET", TARGET, "sandbox")),
    ):
        world.sandbox.faults.replace([fault])
        for (method, target, password), status in ((struck, 503), (spared, 200)):
            auth = ("admin", password) if password == "admin" else ("case.agent", password)
            assert world.send(method, target, auth=auth).status_code == status


def test_counts_only_what_matches(world) -> None:
    world.sandbox.faults.add(Fault(Kind.UNAVAILABLE, table="incident", nth=2))
    assert statuses(world, 2, "/api/now/table/problem") == [200, 200]
    assert statuses(world, 2) == [200, 503]


def test_the_log_of_requests_names_faults(world) -> None:
    world.sandbox.faults.add(Fault(Kind.LATENCY, milliseconds=1), Fault(Kind.RESET_AFTER_COMMIT, nth=2))
    statuses(world, 1)
    with pytest.raises(requests.exceptions.ConnectionError):
        world.get(TARGET)
    log = world.sandbox.requests
    assert [(record.status, record.fault) for record in log] == [(200, "latency"), (0, "latency+reset_after_commit")]
    assert (log[0].method, log[0].path, log[0].table, log[0].user) == (
        "GET",
        "/api/now/table/incident",
        "incident",
        "admin",
    )
    assert log[0].query == {"sysparm_query": "ORDERBYnumber"}
    assert log[-1:] == [log[1]]
    log.clear()
    assert len(log) == 0
    assert list(world.sandbox.faults) == [Fault(Kind.LATENCY, milliseconds=1), Fault(Kind.RESET_AFTER_COMMIT, nth=2)]


def test_401_and_403(world) -> None:
    world.sandbox.faults.add(Fault(Kind.UNAUTHORIZED, nth=1), Fault(Kind.FORBIDDEN, nth=2))
    first, second = world.get(TARGET), world.get(TARGET)
    assert (first.status_code, "WWW-Authenticate" in first.headers) == (401, True)
    assert (second.status_code, second.json()["error"]["message"]) == (403, "User Not Authorized")


def test_502_and_503_are_pages(world) -> None:
    world.sandbox.faults.add(
        Fault(Kind.BAD_GATEWAY, nth=1),
        Fault(Kind.UNAVAILABLE, nth=2, retry_after=9),
        Fault(Kind.UNAVAILABLE, nth=3, headers=False),
    )
    gateway, unavailable, silent = (world.get(TARGET) for _ in range(3))
    assert (gateway.status_code, gateway.headers["Server"]) == (502, "snow_adc")
    assert (unavailable.status_code, unavailable.headers["Retry-After"]) == (503, "9")
    assert "Retry-After" not in silent.headers
    for answer in (gateway, unavailable):
        assert answer.headers["Content-Type"] == "text/html;charset=UTF-8"
        assert "X-Is-Logged-In" not in answer.headers


def test_a_hibernating_instance(world) -> None:
    world.sandbox.faults.add(Fault(Kind.HTML_200))
    for answer in (world.get(TARGET), world.send("POST", "/oauth_token.do", data={}, auth=None)):
        assert (answer.status_code, "<title>Instance Hibernating page</title>" in answer.text) == (200, True)


def test_empty_answers(world) -> None:
    world.sandbox.faults.add(Fault(Kind.EMPTY_200, nth=1), Fault(Kind.EMPTY_202, nth=2))
    for status in (200, 202):
        answer = world.get(TARGET)
        assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (status, b"", "0")
        assert "Content-Type" not in answer.headers


def test_500_before_commit_leaves_rows_and_500_after_commit_does_not(fresh) -> None:
    for kind, committed in ((Kind.ERROR_BEFORE_COMMIT, "Incident 1"), (Kind.ERROR_AFTER_COMMIT, "changed")):
        with fresh.striking(Fault(kind, method="PATCH")):
            answer = fresh.patch("incident", INCIDENTS[0], {"short_description": "changed"})
        assert answer.json()["error"]["detail"].endswith("Check logs for error trace.")
        assert answer.status_code == 500
        assert fresh.sandbox.store.get("incident", INCIDENTS[0])["short_description"] == committed


def received(client, target: str = TARGET) -> tuple[int, bytes, bool]:
    """Status, the bytes that arrived, and whether the body ended as it should."""
    basic = base64.b64encode(b"admin:admin").decode()
    connection = http.client.HTTPConnection(urlsplit(client.sandbox.url).netloc, timeout=10)
    try:
        connection.request("GET", target, headers={"Authorization": f"Basic {basic}"})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read(), True
        except http.client.IncompleteRead as error:
            return answer.status, error.partial, False
    finally:
        connection.close()


def test_a_body_cut_in_the_middle_of_a_row(world) -> None:
    whole = world.get(TARGET).content
    world.sandbox.faults.add(Fault(Kind.CUT_BODY, keep=2))
    status, body, ended = received(world)
    assert (status, ended) == (200, False)
    assert whole.startswith(body)
    assert body.count(b'"sys_class_name"') in {2, 3}
    assert not body.endswith(b"}")
    world.sandbox.faults.replace([Fault(Kind.CUT_JSON, keep=2)])
    status, cut, ended = received(world)
    assert (status, cut, ended) == (200, body, True)
    with pytest.raises(json.JSONDecodeError):
        json.loads(cut)


def test_a_body_that_is_no_list_is_cut_in_half(world) -> None:
    world.sandbox.faults.add(Fault(Kind.CUT_JSON))
    target = f"/api/now/table/incident/{INCIDENTS[0]}"
    whole_length = len(json.dumps(world.sandbox.store.get("incident", INCIDENTS[0])))
    assert 0 < len(received(world, target)[1]) < whole_length
    assert len(received(world, "/api/now/table/incident?number=no")[1]) == 6


def test_rows_beside_an_error(world) -> None:
    world.sandbox.faults.add(Fault(Kind.ERROR_BESIDE_RESULT, keep=2))
    answer = world.get(TARGET)
    assert answer.status_code == 200
    body = answer.json()
    assert ([row["number"] for row in body["result"]], body["status"]) == (["INC0000001", "INC0000002"], "failure")
    assert body["error"]["message"] == "Transaction cancelled: maximum execution time exceeded"
    assert "result" in world.get(f"/api/now/table/incident/{INCIDENTS[0]}").json()


@pytest.mark.parametrize("target", [TARGET, f"/api/now/table/incident/{INCIDENTS[0]}", "/api/now/table/problem"])
def test_a_row_that_breaks_off_into_an_error(world, target: str) -> None:
    world.sandbox.faults.add(Fault(Kind.BROKEN_ERROR_BESIDE_RESULT))
    answer = world.get(target)
    assert answer.status_code == 200
    assert b'""],"error":{"message":"Transaction cancelled' in answer.content
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize(("kind", "committed"), [(Kind.RESET_BEFORE_COMMIT, False), (Kind.RESET_AFTER_COMMIT, True)])
def test_resets_are_resets(fresh, kind: Kind, committed: bool) -> None:
    fresh.sandbox.faults.add(Fault(kind, nth=1))
    connection = http.client.HTTPConnection(urlsplit(fresh.sandbox.url).netloc, timeout=10)
    headers = {"Authorization": "Basic " + base64.b64encode(b"admin:admin").decode()}
    try:
        connection.request("POST", "/api/now/table/incident", b'{"correlation_id":"mine"}', headers)
        with pytest.raises(ConnectionResetError):
            connection.getresponse()
    finally:
        connection.close()
    assert bool(fresh.sandbox.store.find("incident", correlation_id="mine")) is committed
    assert fresh.get(TARGET).status_code == 200


def test_a_slow_drip_arrives_whole(world) -> None:
    target = "/api/now/table/incident?sysparm_fields=number"
    whole = world.get(target).content
    world.sandbox.faults.add(Fault(Kind.SLOW_DRIP, piece=40, milliseconds=5))
    started = time.monotonic()
    assert world.get(target).content == whole
    assert time.monotonic() - started >= 0.005 * (len(whole) // 40 - 1)


def test_a_token_that_is_taken_away_stays_away(world) -> None:
    token = world.token()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    world.sandbox.faults.add(Fault(Kind.TOKEN_EXPIRED, nth=1))
    assert statuses(world, 2, auth=None, headers=headers) == [401, 401]
    assert statuses(world, 1) == [200]  # Basic has no token to lose


def test_a_second_writer_behind_a_list_and_before_a_write(fresh) -> None:
    fault = Fault(Kind.SECOND_WRITER, table="incident", values={"priority": "1", "urgency": "1", "impact": "1"})
    with fresh.striking(fault):
        [seen] = fresh.rows("incident", f"sys_id={INCIDENTS[1]}")
    assert (seen["priority"], seen["sys_mod_count"]) == ("2", "3")
    assert fresh.sandbox.store.get("incident", INCIDENTS[1])["priority"] == "1"
    with fresh.striking(Fault(Kind.SECOND_WRITER)):
        assert fresh.rows("incident", "number=none") == []
        assert fresh.patch("incident", "0" * 32, {}).status_code == 404
        assert fresh.get("/api/now/table/nowhere").status_code == 400
        assert fresh.get("/api/now/stats/incident?sysparm_count=true").status_code == 200
        table = fresh.rows("sys_journal_field", f"element_id={CASE}")
    assert len(table) == 3


def test_kinds_answer_in_place_or_spoil_or_do_neither() -> None:
    rest = set(Kind) - BEFORE_HANDLING - AFTER_HANDLING
    assert rest == {Kind.LATENCY, Kind.TOKEN_EXPIRED, Kind.SECOND_WRITER}
    assert not BEFORE_HANDLING & AFTER_HANDLING


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"nth": 0}, "nth is 0"),
        ({"times": 0}, "times is 0"),
        ({"probability": 1.5}, "probability is 1.5"),
        ({"piece": 0}, "piece is 0"),
    ],
)
def test_faults_that_make_no_sense(fields: dict[str, float], words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        Fault(Kind.BAD_GATEWAY, **fields)
    assert Fault("502").kind is Kind.BAD_GATEWAY


def test_a_latency_of_no_time_makes_no_sense() -> None:
    with pytest.raises(ConfigurationError, match="milliseconds is 0"):
        Fault(Kind.LATENCY)


def test_a_slow_drip_is_slow_unless_told_otherwise() -> None:
    assert Fault(Kind.SLOW_DRIP).milliseconds == 10
    assert Fault(Kind.SLOW_DRIP, milliseconds=3).milliseconds == 3


def schedule(folder: Path, text: str) -> Faults:
    path = folder / "faults.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    faults = Faults(seed=0)
    load(path, faults, shipped())
    return faults


def test_a_schedule(tmp_path: Path) -> None:
    faults = schedule(
        tmp_path,
        """
        seed: 7
        faults:
          - fault: 500_after_commit
            method: PATCH
            table: sysapproval_approver
            nth: 3
          - fault: 429
            envelope: false
            headers: false
          - fault: latency
            probability: 1
            milliseconds: 250
          - {fault: second_writer, user: x, path: /y, times: 2, values: {state: "3"}, writer: z}
          - {fault: slow_drip, piece: 9, keep: 2, retry_after: 5}
        """,
    )
    assert list(faults) == [
        Fault(Kind.ERROR_AFTER_COMMIT, method="PATCH", table="sysapproval_approver", nth=3),
        Fault(Kind.TOO_MANY_REQUESTS, envelope=False, headers=False),
        Fault(Kind.LATENCY, probability=1.0, milliseconds=250),
        Fault(Kind.SECOND_WRITER, user="x", path="/y", times=2, values={"state": "3"}, writer="z"),
        Fault(Kind.SLOW_DRIP, piece=9, keep=2, retry_after=5),
    ]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_word_in_schedules(tmp_path: Path, kind: Kind) -> None:
    assert [fault.kind for fault in schedule(tmp_path, f"faults: [{{fault: {kind.value}, milliseconds: 1}}]")] == [kind]


def test_a_schedule_whose_faults_do_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        schedule(tmp_path, "faults:\n  - {fault: latency}\n  - {fault: latency, milliseconds: 0}\n")
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(2, 5), (3, 5)]
    assert "fault latency needs `milliseconds`" in str(caught.value)


def test_a_schedule_for_an_unknown_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        schedule(tmp_path, "faults:\n  - fault: 503\n    table: sysaproval_approver\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 5)
    assert "table `sysaproval_approver` is unknown; did you mean `sysapproval_approver`?" in str(caught.value)


def test_all_problems_of_a_schedule(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        schedule(
            tmp_path,
            """\
            seed: often
            faults:
              - fault: 500_after_comit
              - {fault: latency, nht: 3}
              - {fault: latency, nth: 0, probability: 2}
              - {method: GET}
              - {fault: true}
            """,
        )
    assert [problem.line for problem in caught.value.problems] == [1, 3, 4, 5, 5, 6, 7]
    text = str(caught.value)
    assert "did you mean `500_after_commit`?" in text
    assert "unknown key `nht`; did you mean `nth`?" in text


def test_a_sandbox_starts_with_its_schedule(launch, tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text("faults: [{fault: 503, nth: 2}]", encoding="utf-8")
    client = launch(rows={}, faults=path)
    assert statuses(client, 3) == [200, 503, 200]


def test_faults_on_connections_are_no_defects_of_the_server(world, caplog: pytest.LogCaptureFixture) -> None:
    for kind in (Kind.RESET_BEFORE_COMMIT, Kind.RESET_AFTER_COMMIT, Kind.CUT_BODY):
        world.sandbox.faults.replace([Fault(kind)])
        with pytest.raises(requests.exceptions.RequestException):
            world.get(TARGET)
    world.sandbox.faults.clear()
    assert world.get(TARGET).status_code == 200
    assert caplog.records == []


@pytest.mark.parametrize(
    ("defect", "error", "text"),
    [
        (lambda *_: 1 // 0, ZeroDivisionError, "Exception while executing request: null"),
        (lambda *_: {}["x"], KeyError, "Internal Server Error"),
    ],
)
def test_a_defect_is_a_500_and_is_logged(caplog: pytest.LogCaptureFixture, defect, error: type, text: str) -> None:
    with Sandbox.start(SandboxOptions(rows=small_world())) as sandbox:
        sandbox._instance.hooks.before("incident", defect)
        target = f"{sandbox.url}/api/now/table/incident/{INCIDENTS[0]}"
        answer = requests.patch(target, json={"state": "2"}, auth=("admin", "admin"), timeout=10)
        assert (answer.status_code, text in answer.text) == (500, True)
    assert [record.exc_info[0] for record in caplog.records] == [error]


def test_bodies_are_spoiled_before_they_are_compressed(world) -> None:
    world.sandbox.faults.add(Fault(Kind.CUT_JSON))
    with world.having({"sandbox.http.gzip": "true"}):
        answer = world.get(TARGET)
    assert "Content-Encoding" not in answer.headers
    assert answer.text.count('"sys_class_name"') in {1, 2}


def test_refusals_are_not_spoiled_with_rows(world) -> None:
    world.sandbox.faults.add(Fault(Kind.ERROR_BESIDE_RESULT), Fault(Kind.CUT_JSON, nth=2))
    answer = world.get("/api/now/table/nowhere")
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, "Invalid table nowhere")
    assert len(world.get("/api/now/table/nowhere").content) == len(answer.content) // 2


def test_a_429_says_when_the_limit_is_reset(world) -> None:
    world.sandbox.faults.add(Fault(Kind.TOO_MANY_REQUESTS, nth=1, retry_after=90))
    answer = world.get(TARGET)
    reset = int(world.sandbox.clock.now().timestamp()) + 90
    assert (answer.headers["Retry-After"], answer.headers["X-RateLimit-Reset"]) == ("90", str(reset))
    world.sandbox.faults.replace([Fault(Kind.TOO_MANY_REQUESTS, headers=False)])
    assert not [name for name in world.get(TARGET).headers if name.lower().startswith("x-ratelimit")]
