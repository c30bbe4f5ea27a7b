"""A person's editor, opened on a file with a draft."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from snow_escalations.cli.replies import text_of
from snow_escalations.errors import ConfigurationError, SnowEscalationsError


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
    """
    _open_editor(path)
    if not path.exists():
        raise SnowEscalationsError("the editor removed the file that it was opened on. Nothing was written")
    text = text_of(path)
    if not text.strip():
        raise SnowEscalationsError("the text that came back from the editor is empty. Nothing was written")
    return text


def _open_editor(path: Path) -> None:
    try:
        with _interrupts_left_to_the_editor() as interrupts:
            click.edit(filename=str(path))
    except click.ClickException as error:
        if interrupts:
            raise click.Abort from error
        if isinstance(error.__cause__, OSError):
            raise ConfigurationError(f"{error.message}; set EDITOR, or give the text by --reply FILE") from error
        raise SnowEscalationsError(
            f"{error.message}: it ended with an error, so what it saved is not used. Nothing was written; try again, "
            f"set EDITOR, or give the text by --reply FILE"
        ) from error
    except ValueError as error:
        raise ConfigurationError(
            f"the editor that VISUAL or EDITOR names cannot be started ({error}); set EDITOR, or give the text by "
            f"--reply FILE"
        ) from error


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[list[int]]:
    """Gives the interrupts that came meanwhile: in many editors Ctrl-C is a key like others, and the text goes on."""
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)
