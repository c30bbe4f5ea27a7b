"""Reading 10,000 rows of 25 fields: against bare requests at 0 ms and at 50 ms, and in how much memory."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import requests

from benchmarks.measure import Figure, median_seconds
from benchmarks.stub import FIELD_NAMES, PAGE, ROWS, stub
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.options import BasicLogin, ConnectionOptions
from snow_escalations.servicenow.query import Queries
from snow_escalations.servicenow.tables import Tables

LOGIN = BasicLogin("bench", "bench")
TABLE = "sn_customerservice_case"


def bare(url: str, session: requests.Session) -> int:
    """What anybody would write: pages by offset, parsed, counted."""
    count = 0
    for offset in range(0, ROWS, PAGE):
        answer = session.get(
            f"{url}/api/now/table/{TABLE}",
            params={"sysparm_limit": f"{PAGE}", "sysparm_offset": f"{offset}", "sysparm_fields": ",".join(FIELD_NAMES)},
            timeout=60,
        )
        count += len(answer.json()["result"])
    return count


def ours(tables: Tables) -> int:
    """The same rows through the client: keyset, each answer checked whole, each row checked against its query."""
    query = Queries(Dialect()).of(TABLE)
    return sum(1 for _ in tables.rows(query, FIELD_NAMES))


def ours_by_ranges(tables: Tables) -> int:
    """The same by four readers."""
    query = Queries(Dialect()).of(TABLE)
    return sum(len(page.rows) for page in tables.pages_by_ranges(query, FIELD_NAMES))


def run() -> Iterator[Figure]:
    """All figures about reading."""
    for latency, repeat in ((0.0, 7), (0.05, 3)):
        with stub(latency) as url, requests.Session() as session:
            session.auth = (LOGIN.user, LOGIN.password)
            with Connection(ConnectionOptions(url=url, login=LOGIN)) as connection:
                tables = Tables(connection)
                if not bare(url, session) == ours(tables) == ours_by_ranges(tables) == ROWS:
                    raise RuntimeError("the readers do not agree on the number of rows")
                base = median_seconds(partial(bare, url, session), repeat)
                wait = f"{latency * 1000:.0f} ms"
                yield Figure(f"bare requests + json, 10,000 rows x 25 fields, {wait} a request", base, "s")
                if latency == 0:
                    plain = median_seconds(partial(ours, tables), repeat)
                    yield Figure(f"the client, page by page, {wait}", plain, "s")
                    yield Figure("  against bare requests", plain / base, "x", 1.5)
                else:
                    parallel = median_seconds(partial(ours_by_ranges, tables), repeat)
                    yield Figure(f"the client, by 4 readers, {wait}", parallel, "s")
                    yield Figure("  against bare requests one after the other", parallel / base, "x", 0.5)
    yield Figure("peak memory above the baseline while rows are streamed", _peak_megabytes(), "MB", 15)


def _peak_megabytes() -> float:
    with stub() as url:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.reading", url], check=True, capture_output=True, text=True
        )
    return float(done.stdout)


def _stream_and_tell_peak(url: str) -> None:
    status = Path("/proc/self/status")

    def peak() -> int:
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))

    with Connection(ConnectionOptions(url=url, login=LOGIN)) as connection:
        tables = Tables(connection)
        tables.first(Queries(Dialect()).of(TABLE), FIELD_NAMES, 1)
        Path("/proc/self/clear_refs").write_text("5")  # forget the peak of the imports
        before = peak()
        ours(tables)
        print((peak() - before) / 1024)


if __name__ == "__main__":
    _stream_and_tell_peak(sys.argv[1])
