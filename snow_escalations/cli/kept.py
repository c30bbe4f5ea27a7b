"""What a person wrote in the editor, kept in files until it has gone out: no refusal, no failure and no crash loses it.

The editor works on the file in which the text is kept, so keeping it needs no room on a disk that has become full.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from snow_escalations.cli.editor import edited, require_terminal
from snow_escalations.cli.ended import Ended, telling
from snow_escalations.cli.output import one_line
from snow_escalations.decisions.drafting import CheckedReply
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Case


class Kept:
    """The texts of one run, by sys_id of the case: one each, or more where the last one cannot be read."""

    def __init__(self) -> None:
        self._files: dict[str, list[Path]] = {}
        self._left_open = self._stopped = False

    def edited(self, case: Case, draft: str, text: str) -> str:
        """What a person makes of a text in the editor; what came back is kept as it is, unless it is the draft.

        Raises:
            ConfigurationError, SnowEscalationsError: as `editor.edited`, or the editor has no file to work on.
        """
        require_terminal()
        path, before = _opened(text, case.number), self._files.get(case.sys_id, [])
        self._files[case.sys_id] = [*before, path]
        made: str | None = None
        try:
            made = edited(path)
        except Ended:
            self._left_open = True  # whatever the editor saves yet belongs to that file
            raise
        finally:
            if made is None and not self._left_open and _is_nothing_of_a_person(path, draft):
                self._files[case.sys_id] = before
                _remove([path])
        if made.strip() == draft.strip():
            _remove([path])
            self._files[case.sys_id] = before
        else:
            self._files[case.sys_id] = [path]
            _remove(before)
        return made

    def forget(self) -> None:
        """Remove the files: the texts have gone out."""
        for paths in self._files.values():
            _remove(paths)
        self._files.clear()

    def stopped(self) -> None:
        """Take note that the run was stopped, by a key or a signal."""
        self._stopped = True

    def tell(self) -> None:
        """Say where the texts are, as far as somebody is there who reads it."""
        with suppress(OSError):
            if self._stopped and self._files:
                click.echo(err=True)  # behind a question, or what a key left there
            for paths in self._files.values():
                for path in paths:
                    click.echo(f"Your text is kept in {path}", err=True)
            if self._left_open:
                click.echo("What the editor had not saved is not in it; many editors put that beside it.", err=True)


def _opened(text: str, number: str) -> Path:
    """A new file with a text, for the editor."""
    plain = "".join(item for item in number if item.isalnum())
    path: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f"reply-{plain}-", suffix=".txt")
        path = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(f"{text.rstrip()}\n".encode(errors="replace"))
    except OSError as error:
        if path is not None:
            _remove([path])
        raise SnowEscalationsError(
            f"there is no file for the editor to work on: {error.strerror or error}. Nothing was written; make room, "
            f"or set TMPDIR to a directory that has some"
        ) from error
    return path


def _is_nothing_of_a_person(path: Path, draft: str) -> bool:
    """Whether a file holds no words of a person: it is gone, empty or the draft as it was. Doubt means that it does."""
    ours = draft.strip().encode(errors="replace")
    try:
        with path.open("rb") as file:
            content = file.read(len(ours) + 1024)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return content.strip() in {b"", ours}


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


@contextmanager
def keeping() -> Iterator[Kept]:
    """What is kept and not forgotten is told at the end, however the end comes.

    Raises:
        Ended: a signal was that end.
    """
    kept = Kept()
    with telling(kept.tell):
        try:
            yield kept
        except (click.Abort, KeyboardInterrupt, Ended):
            kept.stopped()
            raise


def edited_drafts(drafts: Sequence[CheckedReply], kept: Kept, before: Mapping[str, str]) -> dict[str, str]:
    """Drafts as a person made them in the editor, one after the other, by sys_id of the case; what differs is kept.

    The editor opens on what was made of a draft `before`.

    Raises:
        ConfigurationError, SnowEscalationsError: as `Kept.edited`.
    """
    texts = dict(before)
    for place, draft in enumerate(drafts, start=1):
        case = draft.case
        if len(drafts) > 1:
            click.echo(one_line(f"[{place}/{len(drafts)}] the reply on {case.number}"), err=True)
        texts[case.sys_id] = kept.edited(case, draft.words, texts.get(case.sys_id, draft.words))
    return texts
