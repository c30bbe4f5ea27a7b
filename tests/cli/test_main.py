"""The root: help, options, suggestions, errors and exit codes."""

import gc
import logging
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from snow_escalations import __version__
from snow_escalations.cli.main import COMMANDS, cli, collect_seldom
from snow_escalations.sandbox import Sandbox
from tests.cli.conftest import Command, point_at


def test_help_names_every_command_with_its_own_first_line(command: Command) -> None:
    ran = command("--help")
    assert ran.code == 0
    context = click.Context(cli)
    for name, (_, line) in COMMANDS.items():
        made = cli.get_command(context, name)
        assert made is not None
        assert name in ran.out
        assert (made.help or "").split("\n")[0].rstrip(".") in line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(command: Command, name: str) -> None:
    ran = command(name, "--help")
    assert ran.code == 0
    assert "Example: snow-escalations" in ran.out or name == "sandbox"


def test_the_program_looks_for_cyclic_garbage_less_often_than_python_by_itself() -> None:
    before = gc.get_threshold()
    try:
        collect_seldom()
        assert all(now > then for now, then in zip(gc.get_threshold(), before, strict=True))
    finally:
        gc.set_threshold(*before)


def test_help_imports_nothing_heavy() -> None:
    heavy = ["pydantic", "requests", "pysnow", "rich", "yaml", "jinja2", "structlog", "starlette", "sqlite3"]
    script = (
        "import sys; from snow_escalations.cli.failures import run; from snow_escalations.cli.main import cli; "
        f"run(cli, ['--help']); print([name for name in {heavy} if name in sys.modules], file=sys.stderr)"
    )
    # Measuring coverage imports sqlite3 into every child process.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=plain)
    assert done.stderr.strip() == "[]"


def test_the_version_is_told(command: Command) -> None:
    assert command("--version").out == f"snow-escalations, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["queu"], "there is no command `queu`. Did you mean `queue`?"),
        (["xyzzy"], "there is no command `xyzzy`."),
        (["--now", "today", "queue"], "`today` is not an instant such as"),
        (["--now", "2026-11-18T10:00:00", "queue"], "has no offset; add Z for UTC"),
        (["--now", "0001-01-01T00:00:00+14:00", "queue"], "is outside of the years 1970 to 2199"),
        (["--now", "9999-12-31T23:59:59-14:00", "queue"], "is outside of the years 1970 to 2199"),
        (["--now", "2200-01-01T00:00:00Z", "queue"], "is outside of the years 1970 to 2199"),
        (["queue", "--jsn"], "No such option"),
        (["show"], "Missing argument"),
        (["--config", "none", "queue"], "none: there is no such directory"),
        (["queue"], "no instance is set"),
        (["doctor"], "no instance is set"),
        (["apply", "none.json"], "none.json: cannot be read"),
    ],
)
def test_wrong_usage_and_configuration_exit_with_2_and_one_paragraph(
    command: Command, arguments: list[str], words: str
) -> None:
    ran = command(*arguments)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_without_an_instance_every_command_says_how_to_set_one(command: Command) -> None:
    for arguments in (["queue"], ["show", "ESC1"], ["plan"], ["doctor"]):
        err = command(*arguments).err
        assert "SNOW_ESCALATIONS_INSTANCE__URL" in err
        assert "snow-escalations sandbox serve" in err


def test_debug_shows_the_traceback_and_no_secret(
    sandbox: Sandbox, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at(monkeypatch, sandbox.url, password="hunter2-secret")
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        ran = command("--debug", "queue")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    assert ran.code == 1
    assert "Traceback (most recent call last)" in ran.err
    assert "NotAuthenticated" in ran.err
    assert "hunter2-secret" not in ran.err
    assert '"event": "exchange"' in ran.err


def test_an_interrupt_is_no_traceback(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("snow_escalations.settings.shipped.write_out", interrupted)
    ran = command("init", "x")
    assert (ran.code, ran.err) == (130, "\nStopped.\n")


def test_init_writes_the_configuration_and_never_overwrites(command: Command, tmp_path: Path) -> None:
    first = command("init", "desk")
    assert first.code == 0
    assert "wrote desk/settings.yaml" in first.out
    (tmp_path / "desk" / "settings.yaml").write_text("mine")
    again = command("init", "desk")
    assert again.code == 2
    assert (tmp_path / "desk" / "settings.yaml").read_text() == "mine"


def test_a_written_configuration_is_used(command: Command) -> None:
    command("init", "desk")
    Path("desk/policy.yaml").write_text("rules:\n  - name: x\n    when: {reasn: {equals: y}}\n")
    ran = command("--config", "desk", "doctor")
    assert ran.code == 2
    assert "desk/policy.yaml:3:12: unknown fact `reasn`; did you mean `reason`?" in ran.err


@pytest.mark.parametrize("arguments", [("queue",), ("plan",), ("show", "ESC0010001")])
@pytest.mark.parametrize(
    ("setting", "words"),
    [("policy: nope.yaml", "nope.yaml: cannot be read"), ("reply_templates: nope", "no such directory of reply")],
)
def test_the_whole_configuration_is_checked_before_anything_is_sent(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], setting: str, words: str
) -> None:
    command("init", "desk")
    key = setting.partition(":")[0]
    lines = Path("desk/settings.yaml").read_text().splitlines()
    Path("desk/settings.yaml").write_text("\n".join([*(x for x in lines if not x.startswith(f"{key}:")), setting]))
    point_at(monkeypatch, "http://127.0.0.1:9")  # nobody listens there, which would be exit 1
    ran = command("--config", "desk", *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_an_address_that_cannot_be_is_told_with_its_place(command: Command) -> None:
    command("init", "desk")
    path = Path("desk/settings.yaml")
    path.write_text(path.read_text().replace("# url: https://example.service-now.com", "url: https://host:abc"))
    ran = command("--config", "desk", "queue")
    assert ran.code == 2
    assert "desk/settings.yaml:6:3: `instance.url`: has a port that is no number" in ran.err


def test_a_secret_that_cannot_be_sent_is_a_problem_of_the_configuration(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("multi\nline")
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__URL", "http://127.0.0.1:9")
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__KIND", "api_key")
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__API_KEY", f"file:{tmp_path / 'key'}")
    ran = command("--debug", "queue")
    assert ran.code == 2
    assert "is a control character" in ran.err
    assert "multi" not in ran.err


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = "from snow_escalations.cli import main; import sys; sys.argv = ['x', '--help']; main()"
    done = subprocess.run(
        f'{sys.executable} -c "{script}" | head -c 1', shell=True, capture_output=True, text=True, check=True
    )
    assert done.stdout == "U"
    assert "Traceback" not in done.stderr
