"""A person's editor, opened on a file with a draft."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from snow_escalations.cli.ended import Ended
from snow_escalations.cli.replies import text_of
from snow_escalations.errors import ConfigurationError, SnowEscalationsError

_EDITORS = ("sensible-editor", "vim", "nano")
_GRACE = 3.0
"""Seconds that an editor has to end when the run is ended."""


def has_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def asked(question: str, *, default: bool) -> bool:
    """What a person answers; the end of the input is a stop, as Ctrl-C is."""
    return click.confirm(question, default=default, err=True)


def require_terminal() -> None:
    """Refuse to open an editor where nobody sees it.

    Raises:
        ConfigurationError: there is no terminal.
    """
    if not has_terminal():
        raise ConfigurationError(
            "there is no terminal to open an editor on; write the text and give it by --reply FILE"
        )


def edited(path: Path) -> str:
    """What a person makes of a file in the editor that VISUAL or EDITOR names; the file is left as it was saved.

    Raises:
        ConfigurationError: the editor cannot be started, or what it saved is not UTF-8 or too long.
        SnowEscalationsError: the editor failed, or nothing was saved, or nothing but blanks.
        Ended: a signal ended the run, and the editor with it.
    """
    _open_editor(path)
    if not path.exists():
        raise SnowEscalationsError("the editor removed the file that it was opened on. Nothing was written")
    text = text_of(path)
    if not text.strip():
        raise SnowEscalationsError("the text that came back from the editor is empty. Nothing was written")
    return text


def _open_editor(path: Path) -> None:
    with _interrupts_left_to_the_editor() as interrupts:
        command = _editor()
        code = _run(command, path)
    if code == 0:
        return
    if interrupts:
        raise click.Abort
    how = f"exit code {code}" if code > 0 else f"signal {-code}"
    raise SnowEscalationsError(
        f"{command}: it ended with an error ({how}), so what it saved is not used. Nothing was written; try again, set "
        f"EDITOR, or give the text by --reply FILE"
    )


def _editor() -> str:
    """The command of a person's editor."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    return named or next((name for name in _EDITORS if shutil.which(name)), "vi")


def _run(command: str, path: Path) -> int:
    """The exit code of an editor; less than 0 is the signal that ended it."""
    try:
        editor = subprocess.Popen([*shlex.split(command), str(path)])  # noqa: S603 the person's own command
    except OSError as error:
        raise ConfigurationError(
            f"{command}: the editor cannot be started: {error.strerror or error}; set EDITOR, or give the text by "
            f"--reply FILE"
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            f"the editor that VISUAL or EDITOR names cannot be started ({error}); set EDITOR, or give the text by "
            f"--reply FILE"
        ) from error
    try:
        return editor.wait()
    except Ended as ended:
        _end(editor, ended.number)
        raise


def _end(editor: subprocess.Popen[bytes], number: int) -> None:
    """Hand a signal on, and give the editor time to save and to leave the terminal as it was."""
    editor.send_signal(number)
    with suppress(subprocess.TimeoutExpired):
        editor.wait(_GRACE)


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[list[int]]:
    """Gives the interrupts that came meanwhile: in many editors Ctrl-C is a key like others, and the text goes on."""
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)
