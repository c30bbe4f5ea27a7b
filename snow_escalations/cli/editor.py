"""A person's editor, opened on a draft."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from snow_escalations.errors import ConfigurationError, SnowEscalationsError


def has_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def asked(question: str, *, default: bool) -> bool:
    """What a person answers; the end of the input is a stop, as Ctrl-C is."""
    return click.confirm(question, default=default, err=True)


def edited(draft: str) -> str:
    """What a person makes of a draft in the editor that VISUAL or EDITOR names.

    Raises:
        ConfigurationError: there is no terminal, or the editor cannot be started.
        SnowEscalationsError: nothing was saved, or nothing but blanks.
    """
    if not has_terminal():
        raise ConfigurationError(
            "there is no terminal to open an editor on; write the text and give it by --reply FILE"
        )
    try:
        with _interrupts_left_to_the_editor() as interrupts:
            text = click.edit(draft, extension=".txt", require_save=False)
    except click.ClickException as error:
        if interrupts:
            raise click.Abort from error
        raise ConfigurationError(f"{error.message}; set EDITOR, or give the text by --reply FILE") from error
    if text is None or not text.strip():
        raise SnowEscalationsError("the text that came back from the editor is empty. Nothing was written")
    return text


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[list[int]]:
    """Gives the interrupts that came meanwhile: in many editors Ctrl-C is a key like others, and the text goes on."""
    seen: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: seen.append(number))
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, before)
