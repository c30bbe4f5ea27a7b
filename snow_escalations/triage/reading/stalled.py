"""Complaints of silence, of going in circles and of no movement, with the duration that the writer claims."""

from datetime import datetime
from typing import Literal

from snow_escalations.model.base import Model
from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.durations import TECHNICAL, claimed_hours
from snow_escalations.triage.reading.grammar import Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.hints import ENOUGH, meant_hints, stands, together
from snow_escalations.triage.reading.quotes import quote
from snow_escalations.triage.reading.tokens import Sentence, sentences

SHORT = 5
"""Words of a sentence that may lend its duration to its neighbour: "Five days. No answer." """


class Stalled(Model):
    """A complaint: of what kind, for how many wall-clock hours if it claims that, and the words."""

    kind: Literal["silence", "circles", "movement"]
    hours: float | None = None
    quote: Quote


def stalled_in(text: str, *, now: datetime | None = None, grammar: Grammar | None = None) -> tuple[Stalled, ...]:
    """The complaints in a text, in the order of their words; one of each kind for a sentence at most.

    Args:
        text: what the customer wrote.
        now: when it was written, aware; without it, "since Monday" claims no duration.
        grammar: the cues; those that ship if absent.
    """
    said = sentences(text)
    return stalled_among(text, said, (grammar or shipped_grammar()).find(said), now)


def stalled_among(text: str, said: tuple[Sentence, ...], found: Found, now: datetime | None) -> tuple[Stalled, ...]:
    """The same from what the words of the text match."""
    complaints: list[Stalled] = []
    seen: set[tuple[int, str]] = set()
    for number, hit in _complaints(said, found):
        hours = _hours(said, number, hit, now)
        if (number, hit.group) in seen or hours == TECHNICAL:
            continue
        seen.add((number, hit.group))
        complaints.append(Stalled.model_validate({"kind": hit.group, "hours": hours, "quote": quote(text, hit)}))
    return tuple(complaints)


def _complaints(said: tuple[Sentence, ...], found: Found) -> list[tuple[int, Hit]]:
    """The cues that complain, or else the hints that do together."""
    certain, clear = found.hits["stalled"], found.clear
    if not certain and sum(max(group.points, 0) for _, group, _ in found.hints) < ENOUGH:
        return []
    meant = meant_hints(said, found.hints)
    standing = [pair for pair in certain if pair in clear or stands(*pair, meant)]
    return standing or together(meant)


def _hours(said: tuple[Sentence, ...], number: int, hit: Hit, now: datetime | None) -> float | None:
    own = claimed_hours(hit.sentence, hit.begin, now)
    if own is not None:
        return own
    for near in (number - 1, number + 1):
        if 0 <= near < len(said) and len(said[near].words) <= SHORT:
            lent = claimed_hours(said[near], 0, now)
            if lent is not None:
                return lent
    return None
