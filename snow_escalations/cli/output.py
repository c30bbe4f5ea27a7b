"""Output for people: tables and words that no record can turn into terminal commands; and JSON for programs."""

import json
import re
import sys
import unicodedata
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH_WITHOUT_TERMINAL = 120
COLOURS = {"approve": "green", "reject": "red", "hold": "yellow"}


NARROW = 80
"""Columns under which a table of many columns says less than lines do."""
_NARROWEST = 20
# Spaces of all widths, and the joiners without which some scripts and emoji fall apart.
_BREAK = re.compile(r"\s*\n\s*")
_HARMLESS = {"\n", "\u200c", "\u200d"}


class _PlainConsole(Console):
    """A console that leaves it to the command what to do when its reader goes away."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Console:
    """A console for tables: colours on a terminal only, and never markup out of a record's words."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDTH_WITHOUT_TERMINAL
    return _PlainConsole(file=stream, markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def words(text: str) -> str:
    """Words of a record, printable: line ends stay, tabs are spaces, every other control becomes a visible mark."""
    return "".join(item if _is_shown(item) else "�" for item in text.replace("\r\n", "\n").expandtabs(4))


def _is_shown(item: str) -> bool:
    return item.isprintable() or item in _HARMLESS or unicodedata.category(item) == "Zs"


def one_line(text: str) -> str:
    """The same on one line: of a name that holds a line break nobody may make a second line of the output."""
    return _BREAK.sub(" ", words(text))


def styled(text: str, style: str = "") -> Text:
    """Words of a record on one line, with a style."""
    return Text(one_line(text), style=style)


def lines(text: str, style: str = "") -> Text:
    """Words of a record that may have several lines, with a style."""
    return Text(words(text), style=style)


def quoted(text: str, width: int) -> Text:
    """A longer text in the margin of its own, wrapped to a width in columns, of which some characters take two."""
    wrapped: list[str] = []
    room = max(width - 4, _NARROWEST)
    wrapper = Console(width=room, markup=False, highlight=False, emoji=False)
    for line in words(text).rstrip().splitlines():
        wrapped += [part.plain.rstrip() for part in Text(line).wrap(wrapper, room)] or [""]
    return Text("\n".join(f"  | {line}".rstrip() for line in wrapped))


def verdict_text(outcome: str) -> Text:
    """A verdict in its colour."""
    return Text(outcome, style=COLOURS.get(outcome, ""))


def table(*columns: str, title: str | None = None) -> Table:
    """An empty table; the first column never wraps, as it holds the number."""
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        made.add_column(column, no_wrap=index == 0, overflow="fold")
    return made


def print_json(content: Any) -> None:
    """JSON on standard output, indented, in the order given; in ASCII where the output cannot hold every character."""
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(content, indent=2, ensure_ascii=not is_utf8))


def age(since: datetime | None, now: datetime) -> str:
    """A span in its two largest units: `3 d 4 h`, `25 min`; `?` if the start is not known."""
    if since is None:
        return "?"
    minutes = max(0, int((now - since).total_seconds() // 60))
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
