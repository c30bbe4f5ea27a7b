"""A server in a process of its own that answers list requests from memory, as fast as Python can.

10,000 rows of 25 fields, encoded once. It understands what the readers send: a keyset (`sys_id>X`), a range of sys_ids,
a limit and an offset. It stands in for an instance whose own time is not to be measured.
"""

import bisect
import contextlib
import json
import multiprocessing
import random
import re
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from urllib.parse import parse_qs, urlsplit

ROWS, FIELDS, PAGE = 10_000, 25, 1_000
FIELD_NAMES = ["sys_id", "number", "state", *(f"u_field_{index:02d}" for index in range(FIELDS - 3))]


def rows(count: int = ROWS) -> list[dict[str, str]]:
    """Rows with sys_ids spread over the hexadecimal digits, in their order."""
    chance = random.Random(7)
    ids = sorted(f"{chance.getrandbits(128):032x}" for _ in range(count))
    return [
        {
            "sys_id": sys_id,
            "number": f"CS{index:07d}",
            "state": "10",
            **{name: f"value {index} of {name}, some words" for name in FIELD_NAMES[3:]},
        }
        for index, sys_id in enumerate(ids)
    ]


class _Table:
    def __init__(self) -> None:
        made = rows()
        self.ids = [row["sys_id"] for row in made]
        self.encoded = [json.dumps(row, separators=(",", ":")).encode() for row in made]

    def answer(self, query: str, limit: int, offset: int) -> tuple[bytes, int]:
        low, high = 0, len(self.ids)
        for operator, value in re.findall(r"sys_id(>=|>|<)([0-9a-f]+)", query):
            if operator == "<":
                high = min(high, bisect.bisect_left(self.ids, value))
            else:
                side = bisect.bisect_left if operator == ">=" else bisect.bisect_right
                low = max(low, side(self.ids, value))
        start = low + offset
        return b'{"result":[' + b",".join(self.encoded[start : min(high, start + limit)]) + b"]}", high - low


def _serve(ready: Connection, latency: float) -> None:
    table = _Table()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # One write for each answer, or Nagle's algorithm and delayed acknowledgements add 40 ms.
        wbufsize = 1 << 16

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query)
            query = asked.get("sysparm_query", [""])[0]
            limit, offset = int(asked["sysparm_limit"][0]), int(asked.get("sysparm_offset", ["0"])[0])
            body, total = table.answer(query, limit, offset)
            if latency:
                time.sleep(latency)
            self.send_response(200)
            self.send_header("Content-Type", "application/json;charset=UTF-8")
            self.send_header("X-Total-Count", str(total))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ready.send(server.server_address[1])
    server.serve_forever()


@contextlib.contextmanager
def stub(latency: float = 0.0) -> Iterator[str]:
    """A running stub's address; `latency` in seconds is added to each answer."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, latency), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()
