"""A running sandbox."""

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from snow_escalations.sandbox.access.rights import AccessRules
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.faults import Faults
from snow_escalations.sandbox.http.lag import VisibilityLag
from snow_escalations.sandbox.http.pipeline import Pipeline
from snow_escalations.sandbox.http.server import Server
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Directory
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.request_log import RequestLog
from snow_escalations.sandbox.store import Store


class Sandbox:
    """An instance that listens on a loopback address of this machine, served by a thread of this process.

    with Sandbox.start(SandboxOptions(rows={...})) as sandbox:
        requests.get(f"{sandbox.url}/api/now/table/incident", auth=("admin", "admin"))
    """

    def __init__(self, instance: LocalInstance, server: Server) -> None:
        self._instance = instance
        self._server = server

    @classmethod
    def start(cls, options: SandboxOptions | None = None) -> Self:
        """Start a sandbox; it answers when this returns.

        Raises:
            ConfigurationError: schema, data, fault schedule or properties cannot be used as they are.
            SnowEscalationsError: the address cannot be listened on.
        """
        chosen = options or SandboxOptions()
        instance = LocalInstance(chosen)
        with ExitStack() as on_failure:
            on_failure.callback(instance.store.close)
            server = Server(instance, Pipeline(instance, _services(instance)), chosen.host, chosen.port)
            server.start()
            on_failure.pop_all()
        return cls(instance, server)

    def stop(self) -> None:
        """Stop listening and close the database."""
        self._server.stop()
        self._instance.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address, as `http://127.0.0.1:54321`."""
        return self._server.url

    @property
    def store(self) -> Store:
        """The rows, past HTTP, access rules and faults."""
        return self._instance.store

    @property
    def clock(self) -> SandboxClock:
        """The instance's time."""
        return self._instance.clock

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self._instance.faults

    @property
    def properties(self) -> Properties:
        """The instance's `sys_properties`, modes included."""
        return self._instance.properties

    @property
    def requests(self) -> RequestLog:
        """The requests served."""
        return self._instance.requests

    def run_due_jobs(self) -> int:
        """Run asynchronous work that is due by the sandbox clock; the number of jobs run."""
        return self._instance.run_due_jobs()


def _services(instance: LocalInstance) -> Services:
    return Services(
        schema=instance.schema,
        store=instance.store,
        properties=instance.properties,
        clock=instance.clock,
        identifiers=instance.identifiers,
        access=AccessRules(instance.store, instance.clock),
        directory=Directory(instance.store, instance.properties, instance.clock),
        lag=VisibilityLag(instance.properties, instance.clock),
    )
