"""What the customer asks for: a call, an engineer, a date, a patch, a status, an escalation manager."""

from typing import Literal, NamedTuple, cast, get_args

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.grammar import Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.quotes import quote, quote_of_sentence
from snow_escalations.triage.reading.tokens import Said, sentences

Wanted = Literal["call", "engineer", "date", "patch", "status", "manager"]


class Ask(NamedTuple):
    """One thing asked for, with the words."""

    kind: Wanted
    quote: Quote


KINDS: frozenset[str] = frozenset(get_args(Wanted))


def asks_in(text: str, *, grammar: Grammar | None = None) -> tuple[Ask, ...]:
    """What a text asks for, in the order of its words; one of each kind for a sentence at most."""
    used, said = grammar or shipped_grammar(), sentences(text)
    return asks_among(text, said, used.find(said))


def asks_among(text: str, said: Said, found: Found) -> tuple[Ask, ...]:
    """The same from what the words of the text match, and what its sentences sound like."""
    asks: dict[tuple[int, str], Ask] = {}
    for number, hit in found.hits["asks"]:
        if (number, hit.group) not in asks:
            asks[number, hit.group] = Ask(cast("Wanted", hit.group), quote(text, hit))
    sounding = found.heard.sounding
    if not sounding:
        return tuple(asks.values())
    named = {kind for _, kind in asks}
    for kind, number in sounding:
        if kind in KINDS and kind not in named and (number, kind) not in found.denied:
            asks[number, kind] = Ask(cast("Wanted", kind), quote_of_sentence(text, said[number]))
    return tuple(sorted(asks.values(), key=lambda ask: ask.quote.start))
