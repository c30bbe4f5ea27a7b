"""uvicorn in a thread of this process, listening on a loopback address."""

import asyncio
import socket
import threading

import uvicorn

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.sandbox.http.application import application
from snow_escalations.sandbox.http.pipeline import Pipeline
from snow_escalations.sandbox.http.protocol import Connections, protocol_class
from snow_escalations.sandbox.instance import LocalInstance

_BACKLOG = 128
_KEEP_ALIVE_S = 70
_LONGEST_HEAD = 1024 * 1024
_TICK_S = 0.1
_TURNS = 4


class Server:
    """Serves one instance until it is stopped."""

    def __init__(self, instance: LocalInstance, pipeline: Pipeline, host: str, port: int) -> None:
        self._instance = instance
        self._socket = _listening(host, port)
        connections = Connections()
        config = uvicorn.Config(
            application(pipeline, connections),
            http=protocol_class(connections),
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_S,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            backlog=_BACKLOG,
        )
        self._server = _Uvicorn(config, connections)
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self.url = _url(self._socket)

    def start(self) -> None:
        """Listen; returns once requests are answered.

        Raises:
            SnowEscalationsError: the server ended before it answered.
        """
        self._thread.start()
        self._server.ready.wait()
        if not self._server.started:
            self._thread.join()
            raise SnowEscalationsError(f"the sandbox did not start to listen on {self.url}")

    def stop(self) -> None:
        """Stop listening, end connections, wait for the thread."""
        self._server.end()
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        ticker = asyncio.create_task(self._tick()) if self._instance.clock.ticks else None
        try:
            await self._server.serve(sockets=[self._socket])
        finally:
            self._server.ready.set()
            if ticker is not None:
                ticker.cancel()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(_TICK_S)
            self._instance.run_due_jobs()


class _Uvicorn(uvicorn.Server):
    """A uvicorn server that says when it answers, and ends at once when it is told, requests in hand included."""

    def __init__(self, config: uvicorn.Config, connections: Connections) -> None:
        super().__init__(config)
        self._connections = connections
        self.ready = threading.Event()
        self._ended = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self._ended.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        loop = asyncio.get_running_loop()
        for listening in sockets or []:
            loop.remove_reader(listening)
        # Connections that are just being made get the turns of the loop that they need: a server that is closed under
        # them would leave their sockets open.
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        for server in self.servers:
            server.close()
        self._connections.drop_all()
        await asyncio.sleep(0)
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def end(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ended.set)


def _url(listening: socket.socket) -> str:
    """The address that a socket listens on, without a slash at the end."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        SnowEscalationsError: the address is taken, or none of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # The protocol must be named: asyncio sends without delay (TCP_NODELAY) only where it sees TCP.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise SnowEscalationsError(f"the sandbox cannot listen on {host}:{port}: {error.strerror or error}") from error
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        remedy = "choose another port, or 0 for a free one"
        raise SnowEscalationsError(
            f"the sandbox cannot listen on {host}:{port}: {error.strerror or error}; {remedy}"
        ) from error
    return listening
