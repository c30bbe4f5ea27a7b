"""The editor of a person: Ctrl-C is a key of its own there, and what it saved is kept whatever comes then."""

import errno
import os
import re
import shlex
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import click
import pytest

from snow_escalations.cli.editor import _editor, edited
from snow_escalations.cli.ended import Ended, telling
from snow_escalations.errors import ConfigurationError
from tests.cli.conftest import Command, Ran


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to ask, who says yes."""
    monkeypatch.setattr("snow_escalations.cli.editor.sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "confirm", lambda *_, **__: True)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A file for the editor."""
    path = tmp_path / "draft.txt"
    path.write_text("a text", encoding="utf-8")
    return path


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory in which the editor's files lie."""
    path = tmp_path / "drafts"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    return path


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Make an editor of a few lines of Python, in which `path` is the file."""

    def prepare(code: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(f"import os, sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8")
        monkeypatch.setenv("VISUAL", shlex.join([sys.executable, str(script)]))

    return prepare


INTERRUPT = "import signal; os.kill(os.getppid(), signal.SIGINT)\n"


def test_an_interrupt_in_the_editor_ends_nothing(saves: Callable[[str], None], draft: Path) -> None:
    saves(f"{INTERRUPT}path.write_text('a text amended')")
    before = signal.getsignal(signal.SIGINT)
    assert edited(draft) == "a text amended"
    assert signal.getsignal(signal.SIGINT) is before


def test_an_editor_that_an_interrupt_ended_is_a_stop(saves: Callable[[str], None], draft: Path) -> None:
    saves(f"{INTERRUPT}sys.exit(130)")
    with pytest.raises(click.Abort):
        edited(draft)


@pytest.mark.parametrize(
    ("visual", "editor", "installed", "command"),
    [
        ("code --wait", "ed", {"vim"}, "code --wait"),
        ("", "ed -s", {"vim"}, "ed -s"),
        ("", "", {"vim", "nano"}, "vim"),
        ("", "", set(), "vi"),
    ],
)
def test_the_editor_is_the_one_that_is_named_or_one_that_is_there(
    monkeypatch: pytest.MonkeyPatch, visual: str, editor: str, installed: set[str], command: str
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", editor)
    monkeypatch.setattr("snow_escalations.cli.editor.shutil.which", lambda name: name if name in installed else None)
    assert _editor() == command


@pytest.mark.parametrize("editor", ["/no/such/editor", "vi 'unbalanced"])
def test_an_editor_that_cannot_be_started_is_a_matter_of_configuration(
    monkeypatch: pytest.MonkeyPatch, draft: Path, editor: str
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    with pytest.raises(ConfigurationError, match="set EDITOR, or give the text by --reply FILE"):
        edited(draft)


def kept(ran: Ran) -> list[bytes]:
    """What the files hold that are told to keep a text."""
    return [Path(name).read_bytes() for name in re.findall("Your text is kept in (.*)", ran.err)]


LATIN = "Sehr geehrte Frau Sousa, wir haben es geprüft".encode("latin-1")
HUGE = "ä".encode() * 3_000_000


@pytest.mark.parametrize(
    ("code", "told", "saved"),
    [
        (f"path.write_bytes({LATIN!r})", (2, "is not UTF-8 text (byte 43)"), LATIN),
        ("path.write_bytes('ä'.encode() * 3_000_000)", (2, "is longer than 65536 bytes, the limit"), HUGE),
        (r"path.write_text('my\x07words')", (2, ":1:3: the reply holds the control character U+0007"), b"my\x07words"),
        ("path.write_text('my words'); sys.exit(3)", (1, "it ended with an error"), b"my words"),
        ("path.unlink()", (1, "the editor removed the file"), None),
        ("sys.exit(3)", (1, "it ended with an error"), None),
        ("path.write_text(' ')", (1, "is empty"), None),
    ],
    ids=["latin-1", "huge", "control", "fails after saving", "removes the file", "fails", "empty"],
)
@pytest.mark.usefixtures("drafts")
def test_what_the_editor_saved_is_kept_and_told_whatever_is_wrong_with_it(
    snow: Command, saves: Callable[[str], None], code: str, told: tuple[int, str], saved: bytes | None
) -> None:
    saves(code)
    for arguments in (("draft", "ESC0000001", "--edit"), ("reject", "ESC0000001"), ("approve", "ESC0000001")):
        ran = snow(*arguments)
        assert (ran.code, told[1] in ran.err, ran.err.count("Error: ")) == (told[0], True, 1), ran.err
        assert kept(ran) == ([] if saved is None else [saved])
    assert len(list(Path(tempfile.gettempdir()).iterdir())) == (0 if saved is None else 3)


def test_a_text_that_was_refused_stays_when_the_next_one_cannot_be_read(
    snow: Command, saves: Callable[[str], None], drafts: Path
) -> None:
    saves("path.write_bytes(b'Too short' if b'Dear' in path.read_bytes() else b'\\xff')")
    ran = snow("reject", "ESC0000001")
    assert (ran.code, sorted(kept(ran))) == (2, [b"Too short", b"\xff"])


def test_a_disk_without_room_for_the_draft_is_told_and_takes_nothing_that_was_kept(
    snow: Command, saves: Callable[[str], None], drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [*range(2)]

    def open_or_fail(handle: int, mode: str) -> IO[bytes]:
        os.close(handle)
        files.pop()
        return Path("/dev/null" if files else "/dev/full").open(mode)

    saves("path.write_text('Too short, but mine')")
    monkeypatch.setattr("snow_escalations.cli.kept.os.fdopen", open_or_fail)
    ran = snow("reject", "ESC0000001")
    assert (ran.code, "No space left on device. Nothing was written" in ran.err) == (1, True)
    assert kept(ran) == [b"Too short, but mine"]
    assert len(list(drafts.iterdir())) == 1


@pytest.fixture(params=[signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def ending(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A signal that ends a run, to which nothing has happened before or after."""
    number: int = request.param
    before = signal.signal(number, signal.SIG_DFL)
    yield number
    assert signal.getsignal(number) is signal.SIG_DFL
    signal.signal(number, before)


END = "signal.alarm(30); os.kill(os.getppid(), {0}); signal.pause()"
AT_THE_END = "signal.signal({0}, lambda *_: (path.write_text('saved at the end'), sys.exit()))"


@pytest.mark.parametrize("word", ["draft", "reject", "approve"])
@pytest.mark.parametrize(
    "case",
    [
        (f"path.write_text('my words'); {END}", b"my words"),
        (f"{AT_THE_END}; {END}", b"saved at the end"),
        (END, None),
    ],
    ids=["saved before", "saves when it is ended", "nothing saved"],
)
@pytest.mark.usefixtures("drafts")
def test_the_file_of_an_editor_that_is_open_when_the_run_is_ended_is_kept_and_told(
    snow: Command, saves: Callable[[str], None], ending: int, case: tuple[str, bytes | None], word: str
) -> None:
    code, saved = case
    saves("import signal; " + code.format(ending))
    ran = snow(word, "ESC0000001", *(["--edit"] if word == "draft" else []))
    (file,) = Path(tempfile.gettempdir()).iterdir()
    assert (ran.code, kept(ran)) == (128 + ending, [file.read_bytes()])
    assert file.read_bytes() == saved if saved else b"ESC0000001" in file.read_bytes()
    assert "What the editor had not saved is not in it" in ran.err
    assert f"Stopped by {signal.Signals(ending).name}." in ran.err


def test_a_text_that_was_refused_is_told_when_the_run_is_ended_at_the_question_after_it(
    snow: Command, saves: Callable[[str], None], drafts: Path, ending: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(click, "confirm", lambda *_, **__: os.kill(os.getpid(), ending))
    saves("path.write_text('Too short, but mine')")
    ran = snow("reject", "ESC0000001")
    assert (ran.code, kept(ran)) == (128 + ending, [b"Too short, but mine"])
    assert "\nYour text is kept" in ran.err
    assert "had not saved" not in ran.err


def test_a_run_that_ends_with_its_terminal_ends_with_its_exit_code(
    snow: Command, saves: Callable[[str], None], drafts: Path, ending: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    saves(f"import signal; path.write_text('my words'); os.kill(os.getppid(), {ending}); signal.pause()")
    monkeypatch.setattr(click, "echo", gone)
    assert snow("reject", "ESC0000001").code == 128 + ending
    assert [file.read_bytes() for file in drafts.iterdir()] == [b"my words"]


def test_a_signal_that_is_ignored_ends_nothing(
    snow: Command, saves: Callable[[str], None], drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As under `nohup`."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        saves("import signal; os.kill(os.getppid(), signal.SIGHUP); path.write_text('my words')")
        ran = snow("draft", "ESC0000001", "--edit")
        assert (ran.code, kept(ran), signal.getsignal(signal.SIGHUP)) == (4, [b"my words"], signal.SIG_IGN)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_signals_wait_until_all_is_told_and_end_the_run_once(ending: int) -> None:
    told: list[str] = []

    def tell() -> None:
        os.kill(os.getpid(), ending)
        told.append("where")

    with pytest.raises(Ended) as caught, telling(tell):
        told.append("begun")
    assert (told, caught.value.number) == (["begun", "where"], ending)
    with pytest.raises(Ended), telling(tell):
        os.kill(os.getpid(), ending)
    assert told == ["begun", "where", "where"]
