"""What the customer asks for: a call, an engineer, a date, a patch, a status, an escalation manager."""

from typing import Literal, NamedTuple, cast

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.grammar import Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.quotes import quote
from snow_escalations.triage.reading.tokens import sentences

Wanted = Literal["call", "engineer", "date", "patch", "status", "manager"]


class Ask(NamedTuple):
    """One thing asked for, with the words."""

    kind: Wanted
    quote: Quote


def asks_in(text: str, *, grammar: Grammar | None = None) -> tuple[Ask, ...]:
    """What a text asks for, in the order of its words; one of each kind for a sentence at most."""
    return asks_among(text, (grammar or shipped_grammar()).find(sentences(text)))


def asks_among(text: str, found: Found) -> tuple[Ask, ...]:
    """The same from what the words of the text match."""
    if not found.hits["asks"]:
        return ()
    asks: dict[tuple[int, str], Ask] = {}
    for number, hit in found.hits["asks"]:
        if (number, hit.group) not in asks:
            asks[number, hit.group] = Ask(cast("Wanted", hit.group), quote(text, hit))
    return tuple(asks.values())
