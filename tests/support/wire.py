"""A server that sends exactly the bytes that it is told to: for answers that no well-behaved server gives."""

import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Script:
    """One answer: its bytes in pieces, then `close`, `reset`, or `hang` or `drip` until the test ends.

    No pieces at all are no answer. An `eager` server talks before it is asked, as no HTTP server does.
    """

    pieces: Sequence[bytes] = ()
    end: str = "close"
    eager: bool = False


def answer(body: bytes | str, status: str = "200 OK", *headers: str, length: int | None = None) -> Script:
    """A whole answer in JSON; `length` lies about its length."""
    data = body.encode() if isinstance(body, str) else body
    fixed = ["Content-Type: application/json;charset=UTF-8", "Connection: close"]
    fixed.append(f"Content-Length: {len(data) if length is None else length}")
    given = {line.partition(":")[0].lower() for line in headers}
    lines = [f"HTTP/1.1 {status}", *(line for line in fixed if line.partition(":")[0].lower() not in given), *headers]
    return Script(["\r\n".join([*lines, "", ""]).encode("latin-1") + data])


@dataclass
class Wire:
    """A running server: its address, and the requests that came, as text."""

    url: str
    requests: list[str] = field(default_factory=list)


@contextmanager
def wire(*scripts: Script) -> Iterator[Wire]:
    """Serve the scripts, one a connection, the last one again and again."""
    listener = socket.create_server(("127.0.0.1", 0))
    served = Wire(f"http://127.0.0.1:{listener.getsockname()[1]}")
    done = threading.Event()
    threads: list[threading.Thread] = []

    def accept() -> None:
        waiting = list(scripts)
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            script = waiting.pop(0) if len(waiting) > 1 else waiting[0]
            thread = threading.Thread(target=_serve, args=(connection, script, served, done))
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield served
    finally:
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for thread in threads:
            thread.join()


def _serve(connection: socket.socket, script: Script, served: Wire, done: threading.Event) -> None:
    with connection, suppress(OSError):
        if not script.eager:
            served.requests.append(_request(connection))
        for piece in script.pieces:
            connection.sendall(piece)
        if script.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif script.end == "hang":
            done.wait(30)
        elif script.end == "drip":
            while not done.is_set():
                connection.sendall(b" ")


def _request(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return data.decode()
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)
    return (head + b"\r\n\r\n" + body).decode()
