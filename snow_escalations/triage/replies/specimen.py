"""Contexts to check templates with: one in which everything is known, and one for each other way that a fact can be."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from snow_escalations.model import (
    FACTS,
    AskItem,
    ComplaintItem,
    DeadlineItem,
    EarlierItem,
    ExecutiveItem,
    FactSpec,
    FactValue,
    ImpactItem,
    Item,
    Kind,
    Span,
)
from snow_escalations.triage.replies.commitments import Commitments
from snow_escalations.triage.replies.context import promised, shown


class Specimen(NamedTuple):
    """A context, and the words that tell how it differs from the first: `where ... is empty`."""

    context: Mapping[str, Any]
    where: str = ""


def _deadline(days: int) -> DeadlineItem:
    day, at = dt.date(2026, 12, 4), dt.datetime(2026, 12, 4, 17, tzinfo=dt.UTC)
    return DeadlineItem(
        date=day,
        first_date=day,
        last_date=day,
        earliest=at,
        latest=at,
        imposed_by="customer",
        hours_left=24.0 * days,
        business_hours_left=8.0 * days,
        words="by 4 December",
    )


_READ = dt.datetime(2026, 11, 14, 17, tzinfo=dt.UTC)
"""The instant of the evidence: twenty days before the usual deadline."""
_LATER = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)
_ITEMS: Mapping[type[Item], tuple[Item, ...]] = {
    DeadlineItem: (_deadline(20), _deadline(-3), replace(_deadline(20), imposed_by="us")),
    ExecutiveItem: (ExecutiveItem(title="CIO", role="watches", words="our CIO"),),
    ComplaintItem: (
        ComplaintItem(kind="silence", hours=48.0, words="no answer for two days"),
        ComplaintItem(kind="circles", hours=None, words="we go in circles"),
    ),
    ImpactItem: (ImpactItem(kind="production_down", words="production is down"),),
    AskItem: (AskItem(kind="call", words="call us"),),
    EarlierItem: (
        EarlierItem(number="ESC0010002", outcome="declined", opened_at=_LATER, age_hours=360.0),
        EarlierItem(number="ESC0010002", outcome="other", opened_at=None, age_hours=None),
    ),
}
_VALUES: Mapping[Kind, tuple[FactValue, ...]] = {
    Kind.NAME: ("Boxeo",),
    Kind.NUMBER: (1, 0, 7),
    Kind.DURATION: (Span(30.5, 9.0), Span(0.0, 0.0), Span(0.2, 0.0), Span(1.0, 1.0), Span(4000.0, 900.0)),
    Kind.DATE: (dt.date(2026, 12, 4), dt.date(2027, 1, 1)),
    Kind.BOOLEAN: (True, False),
}


_SIDE, _SOURCE = "requester_side", "request_source"
_SIDES = ("customer", "us")
_ASKED_OTHERWISE: tuple[Mapping[str, str], ...] = (
    {_SIDE: "us", _SOURCE: "internal"},
    {_SIDE: "us", _SOURCE: "other"},
)
"""Who asked, where it is not plainly the customer: our own staff, and nobody can tell."""


def values_of(spec: FactSpec) -> tuple[FactValue, ...]:
    """Values that a fact can have, a usual one first."""
    if spec.kind is Kind.LIST and spec.item is not None:
        items = _ITEMS[spec.item]
        return (*((item,) for item in items), ())
    if spec.name == _SIDE:
        return _SIDES
    if spec.kind is Kind.TEXT:
        return (*spec.values, "another_one") if spec.is_open else spec.values
    return (*_VALUES[spec.kind], 62.5) if spec.unit == "percent" else _VALUES[spec.kind]


def specimen(commitments: Commitments, facts: Collection[str] = tuple(FACTS)) -> dict[str, Any]:
    """A context in which these facts are known, all if none are given."""
    return {
        "escalation": {"number": "ESC0010001", "reason": "Inactivity"},
        "case": {"number": "CS0010001", "short_description": "The export stops"},
        "contact": {"name": "Ana Sousa"},
        "evidence": {name: _shown(FACTS[name], values_of(FACTS[name])[0]) for name in sorted(facts)},
        "commitments": promised(commitments),
        "explanation": "You were last answered on 13 November 2026 at 10:30 (UTC).",
    }


def specimens(context: Mapping[str, Any], named: Collection[str]) -> Iterator[Specimen]:
    """The context itself, and variations of it: one for each other value of each fact that is named and there.

    A letter that asks who requested the escalation gets all of them for a request of the customer's, for one of our own
    and, where it asks for both facts, for one of which they do not tell who asked.
    """
    there = sorted(set(named) & set(context["evidence"]))
    yield Specimen(context)
    yield Specimen({**context, "contact": {"name": ""}}, "where the contact has no name")
    yield from _variations(context, there)
    for asked in _asked_otherwise(there):
        of_others = {**context, "evidence": {**context["evidence"], **asked}}
        said = " and ".join(f"`evidence.{name}` is {value}" for name, value in asked.items())
        yield Specimen(of_others, f"where {said}")
        for varied, where in _variations(of_others, [name for name in there if name not in asked]):
            yield Specimen(varied, f"{where} and {said}")


def _asked_otherwise(there: Collection[str]) -> list[dict[str, str]]:
    """Who asked, as far as a letter asks for it; each answer once."""
    found: list[dict[str, str]] = []
    for asked in _ASKED_OTHERWISE:
        named = {name: value for name, value in asked.items() if name in there}
        if named and named not in found:
            found.append(named)
    return found


def _variations(context: Mapping[str, Any], names: Iterable[str]) -> Iterator[Specimen]:
    for name in names:
        for value in values_of(FACTS[name])[1:]:
            facts = {**context["evidence"], name: _shown(FACTS[name], value)}
            yield Specimen({**context, "evidence": facts}, f"where `evidence.{name}` is {_told(value)}")


def _shown(spec: FactSpec, value: FactValue) -> Any:
    since = _READ - dt.timedelta(hours=value.hours) if spec.is_since and isinstance(value, Span) else None
    return shown(value, since)


def _told(value: FactValue) -> str:
    if isinstance(value, Span):
        return f"{value.hours:g} hours"
    if isinstance(value, tuple):
        return f"a list of {', '.join(item.key for item in value if isinstance(item, Item))}" if value else "empty"
    return str(value).lower() if isinstance(value, bool) else str(value)
