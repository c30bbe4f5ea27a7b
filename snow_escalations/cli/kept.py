"""What a person wrote in the editor, kept in files until it has gone out: no refusal, no and no crash loses it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from snow_escalations.cli.editor import edited
from snow_escalations.cli.output import words
from snow_escalations.cli.replies import kept_reply
from snow_escalations.decisions.drafting import CheckedReply


class Kept:
    """The texts of one run, by number of the case."""

    def __init__(self) -> None:
        self._files: dict[str, Path] = {}

    def keep(self, case: str, text: str) -> None:
        """Keep a text, in place of what was kept for the case before.

        Raises:
            SnowEscalationsError: it cannot be written.
        """
        self._files[case] = kept_reply(text, self._files.get(case), case)

    def forget(self) -> None:
        """Remove the files: the texts have gone out."""
        for path in self._files.values():
            path.unlink(missing_ok=True)
        self._files.clear()

    def tell(self) -> None:
        """Say where the texts are."""
        for path in self._files.values():
            click.echo(f"Your text is kept in {path}", err=True)


@contextmanager
def keeping() -> Iterator[Kept]:
    """What is kept and not forgotten is told at the end, however the end comes."""
    kept = Kept()
    try:
        yield kept
    finally:
        kept.tell()


def edited_drafts(drafts: Sequence[CheckedReply], kept: Kept, before: Mapping[str, str]) -> dict[str, str]:
    """Drafts as a person made them in the editor, one after the other, by sys_id of the case; what differs is kept.

    The editor opens on what was made of a draft `before`.

    Raises:
        ConfigurationError, SnowEscalationsError: as `edited`.
    """
    texts = dict(before)
    for place, draft in enumerate(drafts, start=1):
        case = draft.case
        if len(drafts) > 1:
            click.echo(words(f"[{place}/{len(drafts)}] the reply on {case.number}"), err=True)
        texts[case.sys_id] = edited(texts.get(case.sys_id, draft.words))
        if texts[case.sys_id].strip() != draft.words.strip():
            kept.keep(case.number, texts[case.sys_id])
    return texts
