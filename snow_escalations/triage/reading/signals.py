"""All signals of a text but its deadlines: executives, stalled progress, impact and asks."""

from dataclasses import dataclass
from datetime import datetime

from snow_escalations.triage.reading.asks import Ask, asks_among
from snow_escalations.triage.reading.grammar import Grammar, shipped_grammar
from snow_escalations.triage.reading.impact import NO_IMPACT, ImpactReading, impact_among
from snow_escalations.triage.reading.people import Executive, executives_among
from snow_escalations.triage.reading.stalled import Stalled, stalled_among
from snow_escalations.triage.reading.tokens import sentences


@dataclass(frozen=True, slots=True)
class Signals:
    """What a text says; facts with their quotes, never a verdict."""

    executives: tuple[Executive, ...] = ()
    stalled: tuple[Stalled, ...] = ()
    impact: ImpactReading = NO_IMPACT
    asks: tuple[Ask, ...] = ()


def signals_of(text: str, *, now: datetime | None = None, grammar: Grammar | None = None) -> Signals:
    """The signals of a text that was written at `now` (aware; without it, "since Monday" claims no duration)."""
    used, said = grammar or shipped_grammar(), sentences(text)
    found = used.find(said)
    return Signals(
        executives_among(text, said, found, used),
        stalled_among(text, said, found, used, now),
        impact_among(text, found),
        asks_among(text, found),
    )
