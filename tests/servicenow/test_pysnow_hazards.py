"""The hazards of pysnow 0.7.17, by the numbers of its audit, each closed by the way it is used here."""

import ast
import json
import threading
from pathlib import Path

import pytest

import snow_escalations
from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import (
    Forbidden,
    IncompleteAnswer,
    InstanceError,
    InstanceFailed,
    OutcomeUnknown,
    QueryError,
    RateLimited,
)
from snow_escalations.servicenow.options import OAuthLogin, Retries, Timeouts
from snow_escalations.servicenow.parallel import in_parallel
from snow_escalations.servicenow.query import Queries, Query
from snow_escalations.servicenow.tables import Tables
from tests.support.instance import CASE, FakeTime, connected, sid
from tests.support.wire import Script, answer, wire

ONCE = Retries(attempts=1)


def cases() -> Query:
    return Queries(Dialect()).of(CASE)


def read(url: str, **changes: object) -> list[object]:
    with connected(url, retries=ONCE, **changes) as connection:
        return list(Tables(connection).rows(cases(), ["number"]))


def test_p1_every_thread_writes_to_its_own_record(sandbox: Sandbox, connection: Connection) -> None:
    tables = Tables(connection)

    def write(number: int) -> None:
        case = 1 + number % 5
        tables.patch(CASE, sid("case", case), {"work_notes": f"for {case}"}, journals=["work_notes"])

    in_parallel([lambda number=number: write(number) for number in range(40)], 8)
    notes = [row for row in sandbox.store.find("sys_journal_field") if row["value"].startswith("for ")]
    assert len(notes) == 40
    assert all(row["element_id"] == sid("case", int(row["value"][4:])) for row in notes)


def test_p2_no_parameter_of_a_read_rides_on_a_write_or_the_next_read(sandbox: Sandbox, connection: Connection) -> None:
    tables = Tables(connection)
    list(tables.rows(cases().where("state", Operator.EQUALS, "10"), ["number"], display="all"))
    tables.patch(CASE, sid("case", 1), {"work_notes": "x"}, journals=["work_notes"])
    list(tables.rows(cases(), ["number"]))
    reading, writing, again = sandbox.requests
    assert reading.query["sysparm_display_value"] == "all"
    assert set(writing.query) == {
        "sysparm_display_value",
        "sysparm_exclude_reference_link",
        "sysparm_fields",
        "sysparm_suppress_pagination_header",
    }
    assert again.query["sysparm_display_value"] == "false"
    assert again.query["sysparm_query"] == "ORDERBYsys_id"


def test_p3_a_write_is_one_request(sandbox: Sandbox, connection: Connection) -> None:
    Tables(connection).patch(CASE, sid("case", 1), {"work_notes": "x"}, journals=["work_notes"])
    assert [(item.method, item.path) for item in sandbox.requests] == [
        ("PATCH", f"/api/now/table/{CASE}/{sid('case', 1)}")
    ]


@pytest.mark.parametrize("kind", [Kind.RESET_AFTER_COMMIT, Kind.ERROR_AFTER_COMMIT, Kind.CUT_BODY, Kind.BAD_GATEWAY])
def test_p4_a_comment_whose_answer_is_lost_is_not_sent_again(
    sandbox: Sandbox, connection: Connection, kind: Kind
) -> None:
    sandbox.faults.add(Fault(kind, method="PATCH"))
    with pytest.raises(OutcomeUnknown):
        Tables(connection).patch(CASE, sid("case", 5), {"comments": "once"}, journals=["comments"])
    assert [item.method for item in sandbox.requests] == ["PATCH"]
    assert len(sandbox.store.find("sys_journal_field", value="once")) <= 1


@pytest.mark.parametrize("kind", [Kind.ERROR_BESIDE_RESULT, Kind.BROKEN_ERROR_BESIDE_RESULT])
def test_p5_rows_beside_an_error_are_no_rows(sandbox: Sandbox, kind: Kind) -> None:
    sandbox.faults.add(Fault(kind, method="GET", keep=2))
    with pytest.raises(IncompleteAnswer):
        read(sandbox.url)


def test_p6_an_error_in_the_middle_of_the_rows_is_no_row(sandbox: Sandbox) -> None:
    sandbox.faults.add(Fault(Kind.CUT_JSON, method="GET", keep=2))
    with pytest.raises(IncompleteAnswer):
        read(sandbox.url)


@pytest.mark.parametrize(
    "script",
    [
        answer('{"result":[{"sys_id":"1"},{"sys_', length=400),
        answer('{"result":[{"sys_id":"1"},{"sys_'),
        answer('8\r\n{"result\r\n', "200 OK", "Transfer-Encoding: chunked"),
    ],
)
def test_p7_a_cut_body_delivers_nothing(script: Script) -> None:
    with wire(script) as server, pytest.raises(IncompleteAnswer):
        read(server.url)


@pytest.mark.parametrize(
    "body",
    ['{"result":""}', '{"result":null}', "{}", "[]", "null", '"x"', '{"error":{"message":"m"}}', '{"result":[1]}'],
)
def test_p8_a_success_without_rows_in_it_is_an_error(body: str) -> None:
    with wire(answer(body)) as server, pytest.raises(IncompleteAnswer):
        read(server.url)


def test_p9_a_failure_raises_at_once_with_the_instances_words(sandbox: Sandbox, connection: Connection) -> None:
    sandbox.faults.add(Fault(Kind.FORBIDDEN, method="PATCH"))
    with pytest.raises(Forbidden, match="the instance says") as caught:
        connection.resource(CASE).request("PATCH", path_append=f"/{sid('case', 1)}", data=json.dumps({"state": "1"}))
    assert caught.value.status == 403
    assert caught.value.instance_message


def test_p10_a_refusal_at_the_limit_is_waited_out(sandbox: Sandbox, connection: Connection, time: FakeTime) -> None:
    sandbox.faults.add(Fault(Kind.TOO_MANY_REQUESTS, nth=1, retry_after=17))
    assert len(list(Tables(connection).rows(cases(), ["number"]))) == 5
    assert len(sandbox.requests) == 2
    assert sum(time.slept) == pytest.approx(17)


def test_p11_a_dripping_answer_ends_at_the_deadline() -> None:
    class Running(FakeTime):
        """Each look at the clock takes a second."""

        def now(self) -> float:
            self.seconds += 1
            return self.seconds

    head = answer("", length=10**9).pieces[0]
    with (
        wire(Script([head], "drip")) as server,
        connected(server.url, time=Running(), timeouts=Timeouts(deadline=40), retries=ONCE) as connection,
        pytest.raises(InstanceError, match="the deadline of 40 s passed while the answer was arriving"),
    ):
        list(Tables(connection).rows(cases(), ["number"]))


@pytest.mark.parametrize("value", ["CS1^ORnumber!=CS1", "CS1^NQactive=true", "javascript:gs.getUserID()"])
def test_p12_a_value_cannot_widen_the_query(value: str) -> None:
    with pytest.raises(QueryError):
        cases().where("number", Operator.EQUALS, value)


def test_p13_an_order_is_separated_from_the_conditions_and_numbers_are_values() -> None:
    query = cases().where("priority", Operator.EQUALS, 1).order_by("opened_at")
    assert query.encoded() == "priority=1^ORDERBYopened_at^ORDERBYsys_id"


def test_p14_what_a_caller_passes_is_not_changed(connection: Connection) -> None:
    fields, values = ["number"], {"work_notes": "x"}
    list(Tables(connection).rows(cases(), fields))
    Tables(connection).patch(CASE, sid("case", 1), values, journals=["work_notes"])
    assert (fields, values) == (["number"], {"work_notes": "x"})


def test_p15_nothing_of_pysnow_is_used_but_get_request_and_the_client() -> None:
    """Attachments, update, delete, streams, dict queries and the OAuth client stay out, in every module."""
    banned = {"attachments", "upload", "OAuthClient", "QueryBuilder", "Attachment"}
    root = Path(snow_escalations.__file__).parent
    users = [path for path in root.rglob("*.py") if "import pysnow" in path.read_text(encoding="utf-8")]
    assert [path.name for path in users] == ["connection.py"]
    for path in (root / "servicenow").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        assert attributes.isdisjoint(banned), path
        assert "multipart" not in keywords, path


@pytest.mark.parametrize(
    ("table", "sys_id"),
    [
        ("../../oauth_token.do", sid("case", 1)),
        (CASE, "../" + sid("case", 1)),
        (CASE, sid("case", 1) + "\n"),
        (CASE, "a"),
        (CASE, ""),
        (CASE + "\n", sid("case", 1)),
        ("Case", sid("case", 1)),
    ],
)
def test_p16_a_path_is_a_table_and_a_sys_id_or_nothing_is_sent(
    sandbox: Sandbox, connection: Connection, table: str, sys_id: str
) -> None:
    with pytest.raises(QueryError, match="not a table name and a sys_id"):
        Tables(connection).patch(table, sys_id, {"work_notes": "x"})
    assert len(sandbox.requests) == 0


def test_p17_one_token_serves_all_threads_and_no_query_leaks_to_its_endpoint(sandbox: Sandbox) -> None:
    login = OAuthLogin("password", "sandbox-client", "sandbox-secret", user="snow.escalations", password="sandbox")
    start = threading.Barrier(8)

    def use(connection: Connection) -> int:
        start.wait(10)
        return len(list(Tables(connection).rows(cases().where("state", Operator.EQUALS, "10"), ["number"])))

    with connected(sandbox.url, login, max_concurrency=8) as connection:
        assert in_parallel([lambda: use(connection)] * 8, 8) == [5] * 8
    tokens = [item for item in sandbox.requests if "oauth_token" in item.path]
    assert [(item.method, dict(item.query)) for item in tokens] == [("POST", {})]


def test_p18_our_session_is_used_with_our_own_user_agent() -> None:
    with wire(answer('{"result":[]}')) as server:
        read(server.url)
        read(server.url)
    for request in server.requests:
        assert f"User-Agent: snow-escalations/{snow_escalations.__version__}" in request
        assert "pysnow" not in request


def test_a_500_on_a_read_is_repeated_and_on_a_write_it_is_not(
    sandbox: Sandbox, connection: Connection, time: FakeTime
) -> None:
    sandbox.faults.add(Fault(Kind.ERROR_BEFORE_COMMIT))
    with pytest.raises(InstanceFailed):
        list(Tables(connection).rows(cases(), []))
    assert len(sandbox.requests) == 3
    assert len(time.slept) == 2
    sandbox.requests.clear()
    with pytest.raises(OutcomeUnknown):
        Tables(connection).patch(CASE, sid("case", 1), {"comments": "x"}, journals=["comments"])
    assert len(sandbox.requests) == 1


def test_a_refusal_at_the_limit_lets_even_a_write_be_repeated(
    sandbox: Sandbox, connection: Connection, time: FakeTime
) -> None:
    """Nothing was executed: that is what a 429 means."""
    sandbox.faults.add(Fault(Kind.TOO_MANY_REQUESTS, method="PATCH", nth=1, headers=False, envelope=False))
    Tables(connection).patch(CASE, sid("case", 1), {"comments": "once"}, journals=["comments"])
    assert len(sandbox.store.find("sys_journal_field", value="once")) == 1
    assert sum(time.slept) == pytest.approx(5)


def test_a_limit_that_lasts_beyond_the_deadline_is_told_at_once(sandbox: Sandbox, time: FakeTime) -> None:
    sandbox.faults.add(Fault(Kind.TOO_MANY_REQUESTS, retry_after=3000))
    with connected(sandbox.url, time=time) as connection, pytest.raises(RateLimited) as caught:
        list(Tables(connection).rows(cases(), []))
    assert caught.value.retry_after == 3000
    assert time.slept == []
