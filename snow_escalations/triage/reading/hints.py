"""Hints added up: what is no complaint by itself ("your colleague", "twice", "under review") is one with others.

Each cue of `hints.yaml` has points: above zero for the vendor's handling of the case, below for the product, praise,
and what the customer did not do. Points are added up over a few neighbouring sentences, each group once.
"""

from collections.abc import Iterable, Mapping

from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.grammar import Group
from snow_escalations.triage.reading.tokens import Sentence, word_set

ENOUGH = 5
"""Points that make a complaint."""
CERTAIN = 6
"""What a cue of `stalled.yaml` counts."""
REACH = 3
"""Sentences whose hints add up."""
VETO = -4
"""Points of what speaks against a complaint wherever it stands near: praise, and the customer's own doing."""
_CONTRAST = word_set("but however although though unfortunately since yet still until then nevertheless sadly except")

Hint = tuple[int, Group, list[Hit]]
Meant = Mapping[int, list[tuple[Group, Hit]]]


def meant_hints(said: tuple[Sentence, ...], hints: Iterable[Hint]) -> Meant:
    """By the number of the sentence, each group that hints at something there, with its first words."""
    result: dict[int, list[tuple[Group, Hit]]] = {}
    for number, group, hits in hints:
        following = said[number + 1] if number + 1 < len(said) else None
        first = next(group.meant(hits, following), None)
        if first is not None:
            result.setdefault(number, []).append((group, first))
    return result


def stands(number: int, hit: Hit, meant: Meant) -> bool:
    """Whether a cue that is a complaint by itself is one here: not under praise, apology, or talk of the product."""
    here = meant.get(number, ())
    if CERTAIN + sum(group.points for group, _ in here) < ENOUGH - 1:
        return False
    if _contrasted(hit):
        return True
    near = (found for place in (number - 1, number + 1) for found in meant.get(place, ()))
    return not any(group.points <= VETO for group, _ in near)


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
    number, group, hit = max(_near(meant, best[1]), key=lambda found: (found[1].points, -found[0]))
    return [(number, hit._replace(group=group.kind))]


def _near(meant: Meant, number: int) -> list[tuple[int, Group, Hit]]:
    return [(place, *found) for place in range(number, number + REACH) for found in meant.get(place, ())]


def _points(meant: Meant, number: int) -> int:
    groups = {group.name: group.points for _, group, _ in _near(meant, number)}
    groups |= {group.name: group.points for found in meant.values() for group, _ in found if group.points <= VETO}
    return sum(groups.values())
