"""Hints added up: what is no complaint by itself ("your colleague", "twice", "under review") is one with others.

Each cue of `hints.yaml` has points: above zero for the vendor's handling of the case, below for the product, praise,
and what the customer did not do. Points are added up over a few neighbouring sentences, each group once.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.grammar import Group
from snow_escalations.triage.reading.tokens import Sentence, word_set

ENOUGH = 9
"""Points that make a complaint."""
CERTAIN = 12
"""What a cue of `stalled.yaml` counts, and what must be left of it after the hints of its sentence."""
LEFT = 6
TWICE = 2
NEUTRAL = frozenset({"vendor", "talk", "question"})
"""Groups that any text about a case has: they count once, however often they stand there."""
REACH = 3
"""Sentences whose hints add up."""
VETO = -10
"""Points of what speaks against a complaint wherever it stands near: praise, and the customer's own doing."""
_CONTRAST = word_set("but however although though unfortunately since yet still until then nevertheless sadly except")

SEVERAL = 2
"""Words of the product that make it the subject."""
_HANDLING = frozenset({"vendor", "talk", "handed"})
_PRODUCT = frozenset({"product", "symptom"})


class Heard(NamedTuple):
    """A group of hints in a sentence: its first words, and how often it stands there."""

    group: Group
    hit: Hit
    times: int


Hint = tuple[int, Group, list[Hit]]
Meant = Mapping[int, list[Heard]]


def meant_hints(said: tuple[Sentence, ...], hints: Iterable[Hint]) -> Meant:
    """By the number of the sentence, each group that hints at something there: its first words, and how many."""
    result: dict[int, list[Heard]] = {}
    for number, group, hits in hints:
        following = said[number + 1] if number + 1 < len(said) else None
        meant = list(group.meant(hits, following))
        if meant:
            result.setdefault(number, []).append(Heard(group, meant[0], len(meant)))
    return result


def stands(number: int, hit: Hit, meant: Meant) -> bool:
    """Whether a cue that is a complaint by itself is one here: not under praise, apology, or talk of the product."""
    here = meant.get(number, ())
    if CERTAIN + sum(heard.group.points for heard in here) < LEFT:
        return False
    if _of_the_product(number, hit, meant):
        return False
    if _contrasted(hit):
        return True
    near = (heard for place in (number - 1, number, number + 1) for heard in meant.get(place, ()))
    return not any(heard.group.points <= VETO for heard in near)


def _of_the_product(number: int, hit: Hit, meant: Meant) -> bool:
    """Whether what stands around tells of things that run, and of nobody who works on the case.

    Silence is judged by its own sentence and the one before, as a symptom is often told first and the silence after.
    """
    here = {heard.group.name for heard in meant.get(number, ())}
    before = {heard.group.name for heard in meant.get(number - 1, ())}
    if "product" in here and not here & _HANDLING:
        return True
    if (here | before) & _HANDLING or "lapse" in here:
        return False
    reach = (number - 1, number) if hit.group == "silence" else range(number - 2, number + 3)
    near = (heard for place in reach for heard in meant.get(place, ()))
    return sum(heard.times for heard in near if heard.group.name in _PRODUCT) >= SEVERAL


def _contrasted(hit: Hit) -> bool:
    return hit.sentence.find(_CONTRAST, 0, hit.begin) >= 0


def together(meant: Meant) -> list[tuple[int, Hit]]:
    """The weightiest words of the sentences whose hints together make a complaint, or none."""
    best: tuple[int, int] = (ENOUGH - 1, 0)
    for number in meant:
        points = _points(meant, number)
        if points > best[0]:
            best = (points, number)
    if best[0] < ENOUGH:
        return []
    number, heard = max(_near(meant, best[1]), key=lambda found: (found[1].group.points, -found[0]))
    return [(number, heard.hit._replace(group=heard.group.kind))]


def _near(meant: Meant, number: int) -> list[tuple[int, Heard]]:
    return [(place, heard) for place in range(number, number + REACH) for heard in meant.get(place, ())]


def _points(meant: Meant, number: int) -> int:
    """What the sentences from `number` on are worth: each group at most twice, what vetoes once, and from farther."""
    times: dict[str, int] = {}
    points: dict[str, int] = {}
    for _, heard in _near(meant, number):
        points[heard.group.name] = heard.group.points
        most = 1 if heard.group.name in NEUTRAL else TWICE
        times[heard.group.name] = min(times.get(heard.group.name, 0) + heard.times, most)
    around = (heard.group for place in range(number - 1, number + REACH + 1) for heard in meant.get(place, ()))
    for group in around:
        if group.points <= VETO:
            points[group.name], times[group.name] = group.points, 1
    return sum(points[name] * times[name] for name in points)
