"""What of the evidence a letter may tell: nothing that our own staff wrote when they requested the escalation.

The justification is in the words of whoever requested the escalation: the customer's where that is a person of theirs,
and the escalation does not say that it was requested internally. Our own staff's are internal ("by 27 November; do not
tell them that we know"), also where they asked on the customer's behalf; where the requester's side could not be read,
the words may be theirs.
"""

from collections.abc import Sequence

from snow_escalations.model import FACTS, Evidence, Fact, FactValue, Item, Kind, Source, Span
from snow_escalations.model.facts import Group

_JUSTIFICATION = "justification"
MAY_BE_WITHHELD = frozenset(
    spec.name for spec in FACTS.values() if spec.group is Group.READING and spec.kind not in {Kind.LIST, Kind.BOOLEAN}
)
"""Facts that a letter may lack although the rule that decides has read them. A list is there, if empty, and a yes or no
says no words."""


def tellable(evidence: Evidence, name: str) -> FactValue | None:
    """The value of a fact as a letter may have it: a list without the items that are not for the customer.

    Returns:
        The value, or None where it could not be read, there is none, or it is not for the customer.
    """
    fact = evidence.facts[name]
    value = fact.value
    if value is None or isinstance(value, bool) or not fact.is_known or _is_in_their_words(evidence):
        return value
    if isinstance(value, tuple) and not isinstance(value, Span):
        return _outside_justification(value, _sources(fact))
    return None if any(source.field == _JUSTIFICATION for source in _sources(fact)) else value


def _is_in_their_words(evidence: Evidence) -> bool:
    """Whether the justification is in the customer's words."""
    return _read(evidence, "requester_side") == "customer" and _read(evidence, "request_source") != "internal"


def _read(evidence: Evidence, name: str) -> FactValue | None:
    fact = evidence.facts.get(name)
    return fact.value if fact is not None and fact.is_known else None


def _sources(fact: Fact) -> Sequence[Source]:
    """Where the words of a fact stand, quote by quote; of a fact without quotes its own source."""
    return [quote.source or fact.source for quote in fact.quotes] or [fact.source]


def _outside_justification(items: tuple[Item, ...], sources: Sequence[Source]) -> tuple[Item, ...]:
    """The items whose words stand elsewhere. Items and quotes have one order; without it, all or none are left out."""
    if len(sources) == len(items):
        return tuple(item for item, source in zip(items, sources, strict=True) if source.field != _JUSTIFICATION)
    return () if any(source.field == _JUSTIFICATION for source in sources) else items
