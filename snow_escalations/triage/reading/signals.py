"""All signals of a text but its deadlines: executives, stalled progress, impact and asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from snow_escalations.triage.reading.asks import Ask, asks_among
from snow_escalations.triage.reading.grammar import Grammar, shipped_grammar
from snow_escalations.triage.reading.impact import NO_IMPACT, ImpactReading, impact_among
from snow_escalations.triage.reading.people import Executive, executives_among
from snow_escalations.triage.reading.speech import words_left_out
from snow_escalations.triage.reading.stalled import Stalled, stalled_among
from snow_escalations.triage.reading.tokens import sentences


class Signals(NamedTuple):
    """What a text says; facts with their quotes, never a verdict.

    Of a text that `is_foreign`, or of which so many words are `left_out` as quoted, forwarded or code that they count
    for more than the others, only what it says is known, not what it does not say.
    """

    executives: tuple[Executive, ...] = ()
    stalled: tuple[Stalled, ...] = ()
    impact: ImpactReading = NO_IMPACT
    asks: tuple[Ask, ...] = ()
    is_foreign: bool = False
    left_out: int = 0


NO_SIGNALS = Signals()


def signals_of(text: str, *, now: datetime | None = None, grammar: Grammar | None = None) -> Signals:
    """The signals of a text that was written at `now` (aware; without it, "since Monday" claims no duration)."""
    return signals_of_all([(text, now)], grammar or shipped_grammar())[0]


def signals_of_all(texts: Sequence[tuple[str, datetime | None]], grammar: Grammar) -> list[Signals]:
    """The signals of each of some texts, with when it was written.

    They are read a step at a time, since a step that finds what it needs still at hand takes half as long.
    """
    said = [sentences(text) for text, _ in texts]
    heard = grammar.ear.heard_of_all(said)
    found = [grammar.find(each, worth) for each, worth in zip(said, heard, strict=True)]
    listed = [*zip(texts, said, found, strict=True)]
    executives = [executives_among(text, each, match, grammar) for (text, _), each, match in listed]
    stalled = [stalled_among(text, each, match, grammar, now) for (text, now), each, match in listed]
    impact = [impact_among(text, each, match) for (text, _), each, match in listed]
    asks = [asks_among(text, each, match) for (text, _), each, match in listed]
    is_foreign = grammar.languages.is_foreign
    foreign = [
        is_foreign(text, each.words, worth.unknown) for (text, _), each, worth in zip(texts, said, heard, strict=True)
    ]
    left_out = [words_left_out(text, each.words) for (text, _), each, _ in listed]
    read = zip(executives, stalled, impact, asks, foreign, left_out, strict=True)
    return [NO_SIGNALS if signals == NO_SIGNALS else Signals(*signals) for signals in read]
