"""The sandbox: how fast it answers, starts, and finds one of 100,000 cases."""

import http.client
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus

import requests

from benchmarks.measure import Figure, median_seconds
from snow_escalations.sandbox import Sandbox, SandboxOptions

CASES = 100_000
AUTH = ("admin", "admin")
TABLE = "sn_customerservice_case"


def run() -> Iterator[Figure]:
    """All figures about the sandbox."""
    yield Figure("start to first answer, demo desk, in process", median_seconds(_first_answer, 7) * 1000, "ms", 300)
    yield from _list_requests()
    yield from _many_cases()


def _first_answer() -> None:
    with Sandbox.start(SandboxOptions()) as sandbox:
        answer = requests.get(f"{sandbox.url}/api/now/table/{TABLE}?sysparm_limit=1", auth=AUTH, timeout=10)
        answer.raise_for_status()


def _list_requests() -> Iterator[Figure]:
    count = 600
    with _serving() as port:
        _ask(port, 20)
        start = time.perf_counter()
        _ask(port, count)
        alone = count / (time.perf_counter() - start)
        readers = [threading.Thread(target=_ask, args=(port, count // 4)) for _ in range(4)]
        start = time.perf_counter()
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        together = count / (time.perf_counter() - start)
    yield Figure("list requests of 20 whole cases, four readers", together, "requests/s", 300, at_least=True)
    yield Figure("list requests of 20 whole cases, one reader", alone, "requests/s")


@contextmanager
def _serving() -> Iterator[int]:
    """The port of a sandbox in a process of its own, so that the readers take no time from it."""
    command = [sys.executable, "-m", "snow_escalations.cli", "sandbox", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout is not None else ""
            if not line.startswith("sandbox listening"):
                raise RuntimeError("the sandbox did not start")
            yield int(line.rsplit(":", 1)[1])
        finally:
            process.terminate()


def _ask(port: int, times: int) -> None:
    """Read a list so often over one connection; the body is received and not parsed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Authorization": "Basic " + b64encode(":".join(AUTH).encode()).decode()}
    for _ in range(times):
        connection.request("GET", f"/api/now/table/{TABLE}?sysparm_limit=20", headers=headers)
        answer = connection.getresponse()
        if answer.status != HTTPStatus.OK or not answer.read():
            raise RuntimeError(f"the sandbox answered {answer.status}")
    connection.close()


def _many_cases() -> Iterator[Figure]:
    rows = {
        TABLE: [
            {"sys_id": f"{index:032x}", "number": f"CS{index:07d}", "state": "10", "account": f"{index % 500:032x}"}
            for index in range(CASES)
        ]
    }
    start = time.perf_counter()
    with Sandbox.start(SandboxOptions(rows=rows)) as sandbox, requests.Session() as session:
        yield Figure(f"loading {CASES:,} cases", time.perf_counter() - start, "s")
        session.auth = AUTH

        def query(encoded: str) -> None:
            params = {"sysparm_query": encoded, "sysparm_limit": "20"}
            answer = session.get(f"{sandbox.url}/api/now/table/{TABLE}", params=params, timeout=30)
            answer.raise_for_status()
            if not answer.json()["result"]:
                raise RuntimeError(f"nothing matches {encoded}")

        ids = ",".join(f"{index * 400:032x}" for index in range(200))
        for what, encoded in (
            ("number", "number=CS0077777"),
            ("a reference", f"account={7:032x}"),
            ("200 sys_ids", f"sys_idIN{ids}^ORDERBYsys_id"),
            ("a keyset in the middle", f"sys_id>{CASES // 2:032x}^ORDERBYsys_id"),
        ):
            milliseconds = median_seconds(partial(query, encoded), 9) * 1000
            yield Figure(f"query by {what} among {CASES:,} cases, with the count", milliseconds, "ms", 50)
