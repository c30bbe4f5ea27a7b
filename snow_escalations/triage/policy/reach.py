"""Rules that can never decide: what they ask for cannot be, or earlier rules take all of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from snow_escalations.triage.policy.cells import cells_of
from snow_escalations.triage.policy.conditions import When
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.regions import Cover, Space, TooManyBoxes


class Asking(NamedTuple):
    """What the rule at a place asks, and whether it ends the search for every evidence that fits or might fit."""

    place: int
    when: When
    ends: bool


class Idle(NamedTuple):
    """A rule that can never decide, by its place, and why.

    Either nothing fits what it asks, of `facts` if it can be said, or the rules at the places `taken_by` take all.
    """

    place: int
    facts: tuple[str, ...] = ()
    taken_by: tuple[int, ...] = ()


def idle_rules(rules: Sequence[Asking]) -> Iterator[Idle]:
    """The rules, in their order, of which it is proven that they never decide."""
    space = space_of(rule.when for rule in rules)
    cover = Cover(space)
    for place, when, ends in rules:
        try:
            matches, live = space.where(when.parts, live=False), space.where(when.parts, live=True)
        except TooManyBoxes:
            continue
        if not matches:
            yield Idle(place, facts=tuple(_contradicted(space, when)))
        elif taken := cover.takes(live):
            yield Idle(place, taken_by=tuple(sorted(taken)))
        elif ends:
            cover.add(live, place)


def space_of(whens: Iterable[When]) -> Space:
    """The space of evidence that conditions can tell apart."""
    return Space(cells_of(condition for when in whens for condition in when.conditions))


def _contradicted(space: Space, when: When) -> Iterator[str]:
    """The facts of which alone is asked what cannot be."""
    for fact in dict.fromkeys(part.fact for part in when.parts if isinstance(part, Condition)):
        asked = [part for part in when.parts if isinstance(part, Condition) and part.fact == fact]
        if not space.where(asked, live=False):
            yield fact
