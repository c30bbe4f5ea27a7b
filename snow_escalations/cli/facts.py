"""Evidence at the terminal: grouped, in words, with what was quoted."""

import datetime as dt

from rich.console import Console
from rich.text import Text

from snow_escalations.cli.output import NARROW, styled, table
from snow_escalations.model import FACTS, DeadlineItem, EarlierItem, Evidence, Fact, Group, Item, Span
from snow_escalations.triage.policy.values import with_unit

_HEADINGS = {
    Group.REQUEST: "What is asked",
    Group.STANDING: "How it stands",
    Group.TIME: "Time, and whose turn it is",
    Group.HISTORY: "What came before",
    Group.READING: "What the customer says",
}


def print_evidence(out: Console, evidence: Evidence) -> None:
    """Every fact with its value and source, a table for each group; under a fact the words that it rests on."""
    if out.width < NARROW:
        _print_lines(out, evidence)
        return
    for group, heading in _HEADINGS.items():
        made = table(heading, "Value", "Read from")
        for name, fact in evidence.facts.items():
            if FACTS[name].group is group:
                made.add_row(name, value_text(fact), styled(_read_from(fact)))
        out.print(made)
        out.print()


def _print_lines(out: Console, evidence: Evidence) -> None:
    """The evidence where a table has no room: name and value on a line, the source under it."""
    for group, heading in _HEADINGS.items():
        out.print(styled(heading, "bold"))
        for name, fact in evidence.facts.items():
            if FACTS[name].group is group:
                out.print(styled(f"{name}: ").append_text(value_text(fact)))
                out.print(styled(f"  {_read_from(fact)}", "dim"))
        out.print()


def _read_from(fact: Fact) -> str:
    return f"{fact.source.table}.{fact.source.field} of {fact.source.record or '?'}"


def value_text(fact: Fact) -> Text:
    """A fact's value in words, with its note and quotes, or why it could not be read."""
    if fact.unreadable is not None:
        return styled(f"unreadable: {fact.unreadable}", "yellow")
    spec = FACTS[fact.name]
    if fact.value is None:
        text = styled(f"none ({spec.none})" if spec.none else "none", "dim")
    elif isinstance(fact.value, tuple) and not isinstance(fact.value, Span):
        text = Text("\n").join(styled(_item(item)) for item in fact.value) if fact.value else styled("none")
    else:
        text = styled(plain(fact))
        for quote in fact.quotes:
            text.append("\n").append_text(styled(f'"{quote.text}"', "dim"))
    if fact.note:
        text.append("\n").append_text(styled(fact.note, "dim"))
    return text


def plain(fact: Fact) -> str:
    """A single value in words: `30.5 hours (12 business hours)`, `yes`, `3 times`."""
    value = fact.value
    if isinstance(value, Span):
        return f"{length(value.hours)} ({with_unit(value.business_hours, 'business hours')})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return with_unit(value, fact.unit).strip()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def length(hours: float) -> str:
    """Hours by the wall clock in words: `25 minutes`, `5 hours`, `3 days 4 hours`."""
    minutes = round(abs(hours) * 60)
    days, rest = divmod(minutes, 1440)
    if days:
        return _counted(days, "day") + (f" {_counted(rest // 60, 'hour')}" if rest >= 60 else "")
    return _counted(minutes, "minute") if minutes < 120 else f"{minutes / 60:g}"[:4].rstrip(".") + " hours"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _item(item: Item) -> str:
    if isinstance(item, DeadlineItem):
        left = "passed" if item.hours_left < 0 else f"in {length(item.hours_left)}"
        span = "" if item.first_date == item.last_date else f" ({item.first_date} to {item.last_date})"
        return f'{item.date:%a %Y-%m-%d}{span}, {left}: "{item.words}"'
    if isinstance(item, EarlierItem):
        return f"{item.number} {item.outcome}" + (
            f", {length(item.age_hours)} ago" if item.age_hours is not None else ""
        )
    return f'{item.key}: "{getattr(item, "words", "")}"'
