"""The editor of a person: Ctrl-C is a key of its own there."""

import os
import signal

import click
import pytest

from snow_escalations.cli.editor import edited
from snow_escalations.errors import ConfigurationError


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to ask."""
    monkeypatch.setattr("snow_escalations.cli.editor.sys.stdin.isatty", lambda: True, raising=False)


def test_an_interrupt_in_the_editor_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def edit(draft: str, **_: object) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return f"{draft} amended"

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(click, "edit", edit)
    assert edited("a text") == "a text amended"
    assert signal.getsignal(signal.SIGINT) is before


def test_an_editor_that_an_interrupt_ended_is_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def edit(*_: object, **__: object) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        raise click.ClickException("vi: Editing failed")

    monkeypatch.setattr(click, "edit", edit)
    with pytest.raises(click.Abort):
        edited("a text")


def test_an_editor_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def edit(*_: object, **__: object) -> str:
        raise click.ClickException("vi: Editing failed")

    monkeypatch.setattr(click, "edit", edit)
    with pytest.raises(ConfigurationError, match="vi: Editing failed; set EDITOR, or give the text by --reply FILE"):
        edited("a text")
