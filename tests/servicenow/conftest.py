"""Fixtures for tests against a running sandbox."""

from collections.abc import Iterator

import pytest

from snow_escalations.sandbox import Sandbox
from snow_escalations.servicenow.connection import Connection
from tests.support.instance import FakeTime, connected, running, running_desk


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox with the small world, for one test."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def time() -> FakeTime:
    """The time of the connection: waiting costs nothing and is remembered."""
    return FakeTime()


@pytest.fixture
def connection(sandbox: Sandbox, time: FakeTime) -> Iterator[Connection]:
    """A connection to the sandbox as the service account."""
    with connected(sandbox.url, time=time) as connection:
        yield connection


@pytest.fixture(scope="module")
def company() -> Iterator[Sandbox]:
    """The demo desk, which no test of a module that uses it changes."""
    with running_desk() as sandbox:
        yield sandbox
