"""Sandboxes for tests: an instance at a fixed instant, and a client that knows its address."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import pytest
import requests

from snow_escalations.sandbox import Fault, Sandbox, SandboxOptions

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ADMIN = ("admin", "admin")


class Client:
    """Requests to one sandbox, as admin unless a test says otherwise; each without a session of its own."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._session = requests.Session()
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def send(self, method: str, path: str, *, auth: tuple[str, str] | None = ADMIN, **more: Any) -> requests.Response:
        return self._session.request(method, self.sandbox.url + path, auth=auth, timeout=10, **more)

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.send("GET", path, **more)

    def rows(self, table: str, query: str = "", **more: Any) -> list[dict[str, Any]]:
        """The rows of a list, which must be answered with 200."""
        answer = self.get(f"/api/now/table/{table}", params={"sysparm_query": query, **more.pop("params", {})}, **more)
        assert answer.status_code == 200, answer.text
        result: list[dict[str, Any]] = answer.json()["result"]
        return result

    def post(self, table: str, body: Any, **more: Any) -> requests.Response:
        return self.send("POST", f"/api/now/table/{table}", json=body, **more)

    def patch(self, table: str, sys_id: str, body: Any, **more: Any) -> requests.Response:
        return self.send("PATCH", f"/api/now/table/{table}/{sys_id}", json=body, **more)

    @contextmanager
    def having(self, properties: Mapping[str, str]) -> Iterator[None]:
        """The instance with other properties, for as long as this lasts."""
        before = {name: self.sandbox.properties.get(name) for name in properties}
        for name, value in properties.items():
            self.sandbox.properties.set(name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                self.sandbox.properties.set(name, value)

    @contextmanager
    def striking(self, *faults: Fault) -> Iterator[None]:
        """The instance with faults, for as long as this lasts."""
        self.sandbox.faults.replace(faults)
        try:
            yield
        finally:
            self.sandbox.faults.clear()

    def token(self, **form: str) -> dict[str, Any]:
        """The answer of the token endpoint to the sandbox's own client; a password grant unless `form` says more."""
        sent = {
            "grant_type": "password",
            "client_id": "sandbox-client",
            "client_secret": "sandbox-secret",
            "username": "snow.escalations",
            "password": "sandbox",
            **form,
        }
        answer: dict[str, Any] = self.send("POST", "/oauth_token.do", data=sent, auth=None).json()
        return answer

    def close(self) -> None:
        self._session.close()


def launched(stack: ExitStack, **options: Any) -> Client:
    """A running sandbox and a client of it, both closed with the stack."""
    sandbox = stack.enter_context(Sandbox.start(SandboxOptions(**{"now": NOW, "rows": {}, **options})))
    client = Client(sandbox)
    stack.callback(client.close)
    return client


@pytest.fixture
def launch() -> Iterator[Callable[..., Client]]:
    """Starts sandboxes for one test."""
    with ExitStack() as stack:
        yield lambda **options: launched(stack, **options)


@pytest.fixture(scope="module")
def launch_once() -> Iterator[Callable[..., Client]]:
    """Starts sandboxes for all tests of a module, which must leave them as they were."""
    with ExitStack() as stack:
        yield lambda **options: launched(stack, **options)
