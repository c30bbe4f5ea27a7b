"""All signals of a text but its deadlines: executives, stalled progress, impact and asks."""

from datetime import datetime

from snow_escalations.model.base import Model
from snow_escalations.triage.reading.asks import Ask, asks_in
from snow_escalations.triage.reading.grammar import Grammar
from snow_escalations.triage.reading.impact import ImpactReading, impact_in
from snow_escalations.triage.reading.people import Executive, executives_in
from snow_escalations.triage.reading.stalled import Stalled, stalled_in


class Signals(Model):
    """What a text says; facts with their quotes, never a verdict."""

    executives: tuple[Executive, ...] = ()
    stalled: tuple[Stalled, ...] = ()
    impact: ImpactReading = ImpactReading()
    asks: tuple[Ask, ...] = ()


def signals_of(text: str, *, now: datetime | None = None, grammar: Grammar | None = None) -> Signals:
    """The signals of a text that was written at `now` (aware; without it, "since Monday" claims no duration)."""
    return Signals(
        executives=executives_in(text, grammar=grammar),
        stalled=stalled_in(text, now=now, grammar=grammar),
        impact=impact_in(text, grammar=grammar),
        asks=asks_in(text, grammar=grammar),
    )
