"""Output for people: tables and words that no record can turn into terminal commands; and JSON for programs."""

import json
import sys
import textwrap
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH_WITHOUT_TERMINAL = 120
COLOURS = {"approve": "green", "reject": "red", "hold": "yellow"}


def console(*, stderr: bool = False) -> Console:
    """A console for tables: colours on a terminal only, and never markup out of a record's words."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDTH_WITHOUT_TERMINAL
    return Console(file=stream, markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)


def words(text: str) -> str:
    """Words of a record, printable: line ends stay, every other control character becomes a visible mark."""
    return "".join(item if item.isprintable() or item == "\n" else "�" for item in text.replace("\r\n", "\n"))


def styled(text: str, style: str = "") -> Text:
    """Words of a record with a style."""
    return Text(words(text), style=style)


def quoted(text: str, width: int) -> Text:
    """A longer text in the margin of its own, wrapped to a width."""
    lines: list[str] = []
    for line in words(text).rstrip().splitlines():
        lines += textwrap.wrap(line, width - 4) or [""]
    return Text("\n".join(f"  | {line}".rstrip() for line in lines))


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
    """JSON on standard output, indented, in the order given."""
    click.echo(json.dumps(content, indent=2, ensure_ascii=False))


def age(since: datetime | None, now: datetime) -> str:
    """A span in its two largest units: `3 d 4 h`, `25 min`; `?` if the start is not known."""
    if since is None:
        return "?"
    minutes = max(0, int((now - since).total_seconds() // 60))
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"
