"""Starting, stopping, serving, and what the sandbox is asked in between."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

import snow_escalations.sandbox as public
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.sandbox import Sandbox, SandboxOptions
from snow_escalations.sandbox.http.call import Call
from tests.sandbox.worlds import APPROVAL, ESCALATION, INCIDENTS, small_world

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_public_names() -> None:
    for name in public.__all__:
        assert getattr(public, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Sandbx'"):
        _ = public.Sandbx  # type: ignore[attr-defined]


def test_a_port_that_is_taken_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            SnowEscalationsError, match=rf"cannot listen on 127\.0\.0\.1:{port}: .*; choose another port"
        ):
            Sandbox.start(SandboxOptions(rows={}, port=port))


def test_a_host_that_is_unknown() -> None:
    with pytest.raises(SnowEscalationsError, match=r"cannot listen on nowhere\.invalid:0"):
        Sandbox.start(SandboxOptions(rows={}, host="nowhere.invalid"))


def test_options_that_cannot_be_used_start_nothing() -> None:
    before = threading.active_count()
    for options in (
        SandboxOptions(rows={}, properties={"sandbox.typo": "1"}),
        SandboxOptions(rows={}, now=datetime(2026, 11, 23)),  # noqa: DTZ001 - the mistake under test
        SandboxOptions(rows={}, faults=Path("nothing.yaml")),
    ):
        with pytest.raises(ConfigurationError):
            Sandbox.start(options)
    assert threading.active_count() == before


def test_ipv6_addresses_are_written_in_brackets() -> None:
    try:
        sandbox = Sandbox.start(SandboxOptions(rows={}, host="::1"))
    except SnowEscalationsError:
        pytest.skip("no IPv6 loopback here")
    with sandbox:
        assert sandbox.url.startswith("http://[::1]:")
        assert requests.get(f"{sandbox.url}/api/now/table/incident", timeout=10).status_code == 401


def test_latency_and_properties_by_options() -> None:
    options = SandboxOptions(rows={}, latency_ms=40, properties={"sandbox.release": "2020"})
    with Sandbox.start(options) as sandbox:
        answer = requests.get(f"{sandbox.url}/api/now/table/incident", timeout=10)
        assert answer.elapsed >= timedelta(milliseconds=40)
        assert answer.headers["Server"] == "ServiceNow"
        assert sandbox.properties.get("sandbox.latency_ms") == "40"


def test_due_jobs_run_before_a_request_is_served_and_by_hand(launch) -> None:
    client = launch(rows=small_world())
    sandbox = client.sandbox
    ran: list[str] = []
    for name in ("one", "two"):
        sandbox._instance.jobs.schedule(timedelta(seconds=1), name, lambda _, name=name: ran.append(name))
        sandbox.clock.advance(timedelta(seconds=1))
        if name == "one":
            client.get("/api/now/table/incident")
        else:
            assert sandbox.run_due_jobs() == 1
    assert ran == ["one", "two"]


def test_due_jobs_run_by_themselves_while_the_clock_ticks() -> None:
    done = threading.Event()
    with Sandbox.start(SandboxOptions(rows={}, frozen=False)) as sandbox:
        sandbox._instance.jobs.schedule(timedelta(0), "tick", lambda _: done.set())
        assert done.wait(10)


def test_stopping_ends_a_request_in_hand() -> None:
    sandbox = Sandbox.start(SandboxOptions(rows={}, latency_ms=60_000))
    address = urlsplit(sandbox.url)
    connection = http.client.HTTPConnection(address.netloc, timeout=30)
    connection.request("GET", "/api/now/table/incident")
    sandbox.stop()
    with pytest.raises((http.client.HTTPException, OSError)):
        connection.getresponse().read()
    connection.close()


def test_requests_with_a_query_that_names_a_field_twice_take_the_first() -> None:
    call = Call("GET", "/x", "/x", "a=1&a=2&b=%5E", "http://h")
    assert call.parameters == {"a": "1", "b": "^"}


def test_a_whole_decision_over_http(launch) -> None:
    client = launch(rows=small_world())
    service = ("snow.escalations", "sandbox")
    [row] = client.rows("sysapproval_approver", "state=requested", auth=service)
    assert row["sys_id"] == APPROVAL
    body = {"state": "rejected", "comments": "We answered on the case."}
    assert client.patch("sysapproval_approver", APPROVAL, body, auth=service).status_code == 200
    client.sandbox.clock.advance(timedelta(seconds=5))
    [escalation] = client.rows("sn_customerservice_escalation", f"sys_id={ESCALATION}", auth=service)
    assert (escalation["state"], escalation["active"]) == ("102", "false")


@contextmanager
def serving(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`serve` in a process of its own, which does not outlive the test."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from snow_escalations.errors import SnowEscalationsError\n"
        "from snow_escalations.sandbox import SandboxOptions, serve\n"
        "try:\n"
        f"    serve(SandboxOptions(frozen=False, {', '.join(arguments)}))\n"
        "except SnowEscalationsError as error:\n"
        "    print(error, file=sys.stderr)\n"
        "    sys.exit(error.exit_code)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serving_says_one_line_and_stops_cleanly(number: signal.Signals) -> None:
    with serving("rows={}") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("sandbox listening on http://127.0.0.1:")
        url = line.removeprefix("sandbox listening on ").strip()
        answer = requests.get(f"{url}/api/now/table/incident", auth=("admin", "admin"), timeout=10)
        assert answer.json() == {"result": []}
        process.send_signal(number)
        rest, errors = process.communicate(timeout=20)
        assert (rest, errors, process.returncode) == ("", "", 0)


def test_serving_on_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with serving("rows={}", f"port={taken.getsockname()[1]}") as process:
            output, errors = process.communicate(timeout=20)
            assert (output, process.returncode) == ("", 1)
    assert errors.count("\n") == 1
    assert "choose another port" in errors


def test_the_world_has_its_incidents(launch) -> None:
    assert len(launch(rows=small_world()).rows("incident")) == 6 == len(INCIDENTS) - 2
