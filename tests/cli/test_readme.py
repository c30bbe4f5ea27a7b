"""The README's first use, run in its order on the sandbox."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import NOW, Command, point_at
from tests.support.instance import running_desk
from tests.test_docs import README_COMMANDS, text


def test_the_first_use_of_the_readme_works(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line for line in README_COMMANDS if "sandbox serve" not in line]
    assert len(lines) >= 6
    with running_desk() as sandbox:
        point_at(monkeypatch, sandbox.url)
        for line in lines:
            arguments = shlex.split(line, comments=True)[1:]
            ran = command("--now", NOW, *arguments, *(["--wait", "0"] if "apply" in arguments else []))
            assert ran.code == 0, (line, ran.err)
    assert Path("config/settings.yaml").exists()


def test_the_picture_of_the_demo_is_what_the_demo_prints(command: Command) -> None:
    (picture,) = re.findall(r"^```\n\$ make demo\n(.*?)^```$", text("README.md"), re.MULTILINE | re.DOTALL)
    printed = {line.rstrip() for line in command("--now", NOW, "demo").out.splitlines()}
    shown = [line for line in picture.splitlines() if line not in {"", "..."}]
    assert [line for line in shown if line not in printed] == []
