"""Which facts a rule asks about, and which of them are certainly known where it matches."""

from snow_escalations.triage.policy.cells import NONE, UNREADABLE
from snow_escalations.triage.policy.conditions import When
from snow_escalations.triage.policy.reach import space_of
from snow_escalations.triage.policy.regions import TooManyBoxes
from snow_escalations.triage.policy.rules import Rule


def facts_of_rule(rule: Rule) -> frozenset[str]:
    """The facts that a rule asks about."""
    return frozenset(condition.fact for condition in rule.when.conditions)


def facts_known_to(rule: Rule) -> frozenset[str]:
    """The facts that could be read and are not None wherever the rule matches, whatever stands before it."""
    return facts_known_where(rule.when)


def facts_known_where(when: When) -> frozenset[str]:
    """The facts that could be read and are not None wherever all of this holds."""
    space = space_of((when,))
    try:
        region = space.where(when.parts, live=False)
    except TooManyBoxes:
        return frozenset()
    doubt = UNREADABLE | NONE
    known = [{aspect[0] for aspect, cells in box.items() if not cells & doubt} for box in region]
    return frozenset.intersection(*map(frozenset, known)) if known else frozenset()
