"""The command line run in this process against a sandbox, with nothing of this machine's environment."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from snow_escalations.cli.failures import run
from snow_escalations.cli.main import cli
from snow_escalations.sandbox import Sandbox
from snow_escalations.settings.shipped import write_out
from tests.support.instance import running
from tests.support.planning import POLICY_TEXT

NOW = "2026-11-18T10:00:00Z"


@dataclass(frozen=True)
class Ran:
    """What a command did: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Ran]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the project, and a working directory of the test's own."""
    for name in list(os.environ):
        if name.upper().startswith("SNOW_ESCALATIONS_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run `snow-escalations` with arguments."""

    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        code = run(cli, arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A sandbox with the small world."""
    with running() as sandbox:
        yield sandbox


@pytest.fixture
def configuration(tmp_path: Path) -> Path:
    """The shipped configuration with the policy of few rules."""
    directory = tmp_path / "desk"
    write_out(directory)
    (directory / "policy.yaml").write_text(POLICY_TEXT, encoding="utf-8")
    return directory


@pytest.fixture
def snow(sandbox: Sandbox, configuration: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run `snow-escalations` on the sandbox as of its instant, with the policy of few rules."""
    monkeypatch.setenv("SNOW_ESCALATIONS_CONFIG", str(configuration))
    point_at(monkeypatch, sandbox.url)
    return lambda *arguments: command("--now", NOW, *arguments)


def point_at(
    monkeypatch: pytest.MonkeyPatch, url: str, user: str = "snow.escalations", password: str = "sandbox"
) -> None:
    """Set the instance in the environment."""
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__URL", url)
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__USER", user)
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__PASSWORD", password)
