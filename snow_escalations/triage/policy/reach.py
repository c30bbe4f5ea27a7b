"""Rules that can never decide: what they ask for cannot be, or earlier rules take all of it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from snow_escalations.triage.policy.cells import cells_of
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.model import Mode, Policy, Rule
from snow_escalations.triage.policy.regions import Cover, Space, TooManyBoxes


class Idle(NamedTuple):
    """A rule that can never decide, by its place, and why.

    Either nothing fits what it asks, of `facts` if it can be said, or the rules at the places `taken_by` take all.
    """

    place: int
    facts: tuple[str, ...] = ()
    taken_by: tuple[int, ...] = ()


def idle_rules(policy: Policy) -> Iterator[Idle]:
    """The rules of which it is proven that they never decide."""
    space = space_of(policy.rules)
    cover = Cover(space)
    for place, rule in enumerate(policy.rules):
        try:
            matches, live = space.where(rule.when.parts, live=False), space.where(rule.when.parts, live=True)
        except TooManyBoxes:
            continue
        if not matches:
            yield Idle(place, facts=tuple(_contradicted(space, rule)))
        elif taken := cover.takes(live):
            yield Idle(place, taken_by=tuple(sorted(taken)))
        elif rule.mode is not Mode.SHADOW:
            cover.add(live, place)


def space_of(rules: Sequence[Rule]) -> Space:
    """The space of evidence that rules can tell apart."""
    return Space(cells_of(condition for rule in rules for condition in rule.when.conditions))


def _contradicted(space: Space, rule: Rule) -> Iterator[str]:
    """The facts of which the rule alone asks what cannot be."""
    for fact in dict.fromkeys(part.fact for part in rule.when.parts if isinstance(part, Condition)):
        asked = [part for part in rule.when.parts if isinstance(part, Condition) and part.fact == fact]
        if not space.where(asked, live=False):
            yield fact
