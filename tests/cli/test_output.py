"""Output that no record, terminal or reader can spoil."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from snow_escalations.cli import output
from snow_escalations.cli.failures import run
from snow_escalations.cli.main import cli
from snow_escalations.cli.output import one_line, quoted, styled, words
from snow_escalations.sandbox import Sandbox
from tests.cli.conftest import NOW, Command, point_at
from tests.support.instance import ACCOUNT, CASE, ESCALATION, running, small_world
from tests.support.wire import answer, wire

COMMAND = [sys.executable, "-m", "snow_escalations", "--now", NOW]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("line\r\nline", "line\nline"),
        ("a\tb", "a   b"),
        ("prix\u00a0: 3\u202f€", "prix\u00a0: 3\u202f€"),
        ("\u3000全角", "\u3000全角"),
        ("\N{FAMILY}\u200d\N{BOY}", "\N{FAMILY}\u200d\N{BOY}"),
        ("\x1b]0;pwn\x07", "�]0;pwn�"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("\x9b31m\x00", "�31m�"),
    ],
)
def test_words_of_a_record_keep_their_spaces_and_lose_their_controls(text: str, shown: str) -> None:
    assert words(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("Bobby\nTables", "Bobby Tables"), ("a \r\n\n  b", "a b"), ("  + a\x1b[2Jb", "  + a�[2Jb")]
)
def test_a_name_takes_one_line(text: str, shown: str) -> None:
    assert one_line(text) == styled(text).plain == shown


SPLIT = "Bobby\nFORGED\r\nTables"


def test_no_name_begins_a_line_of_its_own(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world()
    for table, field in (("customer_contact", "name"), ("sys_user", "name"), (CASE, "short_description")):
        for row in world.rows[table]:
            row[field] = SPLIT
    world.rows[ACCOUNT][0]["name"] = SPLIT
    world.rows[ESCALATION][0]["escalation_justification"] = "Two\nlines"
    world.comment(1, "bobby\nFORGED", "2026-11-18 00:00:00")
    with running(world.rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        for arguments in (
            ("show", "ESC0000001"),
            ("show", "ESC0000004"),
            ("queue",),
            ("explain", "ESC0000001"),
            ("explain", "ESC0000001", "--markdown"),
            ("draft", "ESC0000001", "--outcome", "reject"),
            ("reject", "ESC0000009", "--yes", "--reply", __file__),
        ):
            ran = command("--now", NOW, *arguments)
            told = [line for line in (ran.out + ran.err).splitlines() if not line.startswith("  |")]
            assert ran.code != 1, ran.err
            assert [line for line in told if line.startswith(("FORGED", "Tables"))] == [], arguments
        shown = command("--now", NOW, "show", "ESC0000001").out
    assert "contact Bobby FORGED Tables" in shown
    assert re.search(r"Two *\n *lines", shown)


def test_a_name_is_no_markdown(command: Command, monkeypatch: pytest.MonkeyPatch, configuration: Path) -> None:
    """A flip may name the account, and the reason quotes a label; neither makes a heading or a link of a ticket."""
    path = configuration / "policy.yaml"
    rule = "  - name: theirs\n    when: {account: {equals: '[a](b) <i>'}}\n    verdict: hold\n"
    path.write_text(path.read_text(encoding="utf-8").replace("rules:\n", f"rules:\n{rule}", 1), encoding="utf-8")
    with running(small_world().rows) as sandbox:
        point_at(monkeypatch, sandbox.url)
        ran = command("--config", str(configuration), "--now", NOW, "explain", "ESC0000001", "--markdown")
    assert r"account were \[a\]\(b\) \<i\>" in ran.out


@pytest.mark.parametrize("width", [1, 3, 40])
def test_a_quote_fits_into_any_width(width: int) -> None:
    assert "word" in quoted("word " * 20, width).plain


def test_wide_characters_are_wrapped_by_the_columns_that_they_take() -> None:
    for line in quoted(
        "本ケースのエスカレーションは行いません。" * 4 + " and words of one column each", 40
    ).plain.splitlines():
        assert cell_len(line) <= 40


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_the_caller_closed_is_no_defect(sandbox: Sandbox, tmp_path: Path, closed: str) -> None:
    text = tmp_path / "reply.txt"
    text.write_text("Too short.", encoding="utf-8")
    environment = {
        **os.environ,
        "SNOW_ESCALATIONS_INSTANCE__URL": sandbox.url,
        "SNOW_ESCALATIONS_INSTANCE__AUTH__USER": "snow.escalations",
        "SNOW_ESCALATIONS_INSTANCE__AUTH__PASSWORD": "sandbox",
    }
    script = f"{shlex.join(COMMAND)} reject ESC0000003 --reply {shlex.quote(str(text))} {closed}"
    ran = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, "Traceback" in ran.stderr) == (4, False), ran.stderr


def narrow(command: Command, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(output, "WIDTH_WITHOUT_TERMINAL", 40)
    return command("--now", NOW, *arguments).out


def test_the_queue_is_readable_in_forty_columns(
    sandbox: Sandbox, configuration: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_CONFIG", str(configuration))
    point_at(monkeypatch, sandbox.url)
    told = narrow(command, monkeypatch, "queue")
    assert "ESC0000001 reject 1 h 0 min\n  CS0000001, Inactivity\n  | " in told
    assert max(len(line) for line in told.splitlines()) <= 40
    assert "5 pending: 1 approve, 1 reject, 3 hold" in told


def test_evidence_is_readable_in_forty_columns(
    snow: Command, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = narrow(command, monkeypatch, "show", "ESC0000001")
    assert "\nWhat is asked\nreason: inactivity\n  sn_customerservice_escalation." in told


def test_markup_in_a_number_is_no_markup(snow: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    ran = snow("show", "[/bold]")
    assert ran.code == 1
    assert "[/bold]: there is no escalation and no case of this number" in ran.err


def test_words_of_the_instance_in_an_error_are_no_terminal_commands(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = json.dumps({"error": {"message": "\x1b]0;pwn\x07 \u202e", "detail": ""}, "status": "failure"})
    with wire(answer(body, "403 Forbidden")) as server:
        point_at(monkeypatch, server.url)
        ran = command("queue")
    assert ran.code == 1
    assert "]0;pwn" in ran.err
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.err)


@pytest.mark.parametrize("arguments", [("doctor",), ("demo",)])
def test_debug_logs_what_is_sent(
    sandbox: Sandbox, command: Command, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    point_at(monkeypatch, sandbox.url)
    assert '"event": "exchange"' in command("--debug", "--now", NOW, *arguments).err


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_json_is_json_in_every_encoding(sandbox: Sandbox, encoding: str) -> None:
    world = small_world()
    world.comment(1, "ana.sousa", "2026-11-18 09:59:00", "\N{GRINNING FACE} déjà vu")
    with running(world.rows) as emotional:
        environment = {**os.environ, **settings(emotional.url), "PYTHONIOENCODING": encoding}
        done = subprocess.run(
            [*COMMAND, "show", "CS0000001", "--json"], capture_output=True, check=True, env=environment
        )
    assert "\N{GRINNING FACE} déjà vu" in [
        entry["text"]
        for dossier in json.loads(done.stdout.decode(encoding))["dossiers"]
        for case in dossier["cases"]
        for entry in case["journal"]["entries"]
    ]


def settings(url: str) -> dict[str, str]:
    names = {"URL": url, "AUTH__USER": "snow.escalations", "AUTH__PASSWORD": "sandbox"}
    return {f"SNOW_ESCALATIONS_INSTANCE__{name}": value for name, value in names.items()}


@pytest.mark.parametrize("arguments", [("queue",), ("queue", "--json"), ("--help",), ("show", "ESC0000001")])
def test_a_reader_that_goes_away_is_no_failure(sandbox: Sandbox, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, **settings(sandbox.url)}
    done = subprocess.run([*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False, env=environment)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_plan_is_carried_out_even_if_nobody_reads_along(sandbox: Sandbox, snow: Command, tmp_path: Path) -> None:
    snow("plan", "--out", "today.json")
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, **settings(sandbox.url)}
    applied = [*COMMAND, "apply", str(tmp_path / "today.json"), "--wait", "0"]
    done = subprocess.run(applied, stdout=writing, stderr=subprocess.PIPE, check=False, env=environment)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    states = {row["state"] for row in sandbox.store.find("sysapproval_approver")}
    assert {"approved", "rejected"} <= states


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("arguments", [("queue",), ("queue", "--json"), ("--help",)])
def test_a_full_disk_is_told(sandbox: Sandbox, arguments: tuple[str, ...]) -> None:
    environment = {**os.environ, **settings(sandbox.url)}
    with open("/dev/full", "wb") as full:  # noqa: PTH123  (a device, not a file)
        done = subprocess.run([*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, env=environment)
    assert done.returncode == 1
    assert done.stderr.decode().strip() == "Error: the output cannot be written: No space left on device"


def test_another_failure_of_the_system_is_a_defect_and_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object, **__: object) -> None:
        raise OSError(9, "Bad file descriptor")

    monkeypatch.setattr(Console, "print", lost)
    with pytest.raises(OSError, match="Bad file descriptor"):
        run(cli, ["demo"])
