"""Complaints of silence, of going in circles and of no movement, with the duration that the writer claims."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import itemgetter
from typing import Literal, NamedTuple, cast

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.durations import TECHNICAL, claimed_hours, hours_ago, tells_time
from snow_escalations.triage.reading.grammar import Cue, Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.points import Score
from snow_escalations.triage.reading.quotes import quote
from snow_escalations.triage.reading.tokens import Said, Sentence, sentences, word_set

ENOUGH = 0.2
"""The score of a text that is read as a complaint; see `points`."""
SURE = 1.0
"""The score of a sentence with a cue that complains by itself, whatever else the text is about."""
QUOTABLE = -2.0
"""The score of a sentence whose cues are quoted if the text complains."""
LONGEST = 25
"""Words that are quoted of a sentence without a cue."""
_CIRCLING = word_set(
    "again same another third fourth circles circle handed bounced passed transferred reassigned forwarded closed "
    "different new repeat repeated every twice"
)
_ANSWERING = word_set(
    "answer answers answered reply replies replied response responses responded update updates updated call calls "
    "called mail mails email emails feedback news heard hear told said promised contact callback message messages "
    "acknowledged asked chased reminder reminders eta information informed"
)

SHORT = 5
"""Words of a sentence that may lend its duration to its neighbour: "Five days. No answer." """
_SINCE = word_set("since")
_THEN = word_set("then that this")
_BACK = word_set("thereafter afterwards")
_BEFORE = 2
"""Sentences before one that may say how long it has been."""


Kind = Literal["silence", "circles", "movement"]


class Stalled(NamedTuple):
    """A complaint: of what kind, for how many wall-clock hours if it claims that, and the words."""

    kind: Kind
    quote: Quote
    hours: float | None = None


def stalled_in(text: str, *, now: datetime | None = None, grammar: Grammar | None = None) -> tuple[Stalled, ...]:
    """The complaints in a text, in the order of their words; one of each kind for a sentence at most.

    Args:
        text: what the customer wrote.
        now: when it was written, aware; without it, "since Monday" claims no duration.
        grammar: the cues; those that ship if absent.
    """
    used, said = grammar or shipped_grammar(), sentences(text)
    return stalled_among(text, said, used.find(said), used, now)


def stalled_among(text: str, said: Said, found: Found, grammar: Grammar, now: datetime | None) -> tuple[Stalled, ...]:
    """The same from what the words are worth and match."""
    if found.complaints is None:
        return ()
    heard = found.heard
    score = grammar.points.score(heard.sentences, heard.whole, groups_of(found.complaints))
    chosen = _complaints(said, found.complaints, score)
    timed = bool(chosen) and tells_time(said.words)
    complaints: list[Stalled] = []
    seen: set[tuple[int, str]] = set()
    for number, hit in chosen:
        if (number, hit.group) in seen:
            continue
        hours = _hours(said, number, hit, now) if timed else None
        if hours == TECHNICAL:
            continue
        seen.add((number, hit.group))
        complaints.append(Stalled(cast("Kind", hit.group), quote(text, hit), hours))
    if timed and complaints and all(complaint.hours is None for complaint in complaints):
        complaints[0] = complaints[0]._replace(hours=_hours_of_any(said, score, now))
    return tuple(complaints)


def _complaints(said: Said, cues: list[Cue], score: Score) -> list[tuple[int, Hit]]:
    """The words that complain: cues in sentences that sound so, and the sentence that sounds most like it without."""
    sure = [(cue.number, cue.hit) for cue in cues if score.sentences[cue.number] >= SURE or cue.enough]
    if score.text < ENOUGH:
        return sure
    strongest = max(range(len(said)), key=score.sentences.__getitem__)
    if score.sentences[strongest] >= SURE and strongest not in [cue.number for cue in cues]:
        return sorted([*sure, (strongest, _whole(said[strongest]))], key=itemgetter(0))
    standing = [(cue.number, cue.hit) for cue in cues if cue.enough or score.sentences[cue.number] > QUOTABLE]
    return standing or [(strongest, _whole(said[strongest]))]


def groups_of(cues: Iterable[Cue]) -> dict[int, set[str]]:
    """By the number of the sentence, the groups of the cues that stand there, as they have points."""
    groups: dict[int, set[str]] = {}
    for cue in cues:
        told = groups.setdefault(cue.number, set())
        told.update(("cue", cue.hit.group, "clear") if cue.clear else ("cue", cue.hit.group))
    return groups


def _whole(sentence: Sentence) -> Hit:
    """All of a sentence (its beginning, if it is long) as what complains, of the kind that its words are of."""
    words = set(sentence.words)
    kind = "circles" if words & _CIRCLING else "silence" if words & _ANSWERING else "movement"
    return Hit(kind, sentence, 0, min(len(sentence.words), LONGEST))


def _hours(said: Said, number: int, hit: Hit, now: datetime | None) -> float | None:
    own = claimed_hours(hit.sentence, hit.begin, now)
    if own is not None:
        return own
    for near in _lending(said, number):
        lent = claimed_hours(said[near], 0, now)
        if lent is not None:
            return lent
    return _since_then(said, number) if _points_back(hit.sentence) else None


def _lending(said: Said, number: int) -> Iterator[int]:
    """The short sentences right before one, nearest first, and the one after it."""
    for near in range(number - 1, max(number - 1 - _BEFORE, -1), -1):
        if said.end(near) - said.begins[near] > SHORT:
            break
        yield near
    if number + 1 < len(said) and said.end(number + 1) - said.begins[number + 1] <= SHORT:
        yield number + 1


def _hours_of_any(said: Said, score: Score, now: datetime | None) -> float | None:
    """The longest time that a sentence claims which sounds like a complaint."""
    sounding = [said[number] for number, odds in enumerate(score.sentences) if odds >= ENOUGH]
    claimed = [claimed_hours(sentence, 0, now) for sentence in sounding]
    return max([hours for hours in claimed if hours is not None and hours > 0], default=None)


def _points_back(sentence: Sentence) -> bool:
    """Whether a sentence counts from what was told before: "Since then I have heard nothing", "No feedback since"."""
    words = sentence.words
    if words[-1] == "since" or not _BACK.isdisjoint(words):
        return True
    place = sentence.find(_SINCE)
    return place >= 0 and (words[place + 1] in _THEN or words[max(place - 1, 0)] == "ever")


def _since_then(said: Said, number: int) -> float | None:
    """How long ago that was by the sentences before."""
    for near in range(number - 1, max(number - 1 - _BEFORE, -1), -1):
        hours = hours_ago(said[near])
        if hours is not None:
            return hours
    return None
