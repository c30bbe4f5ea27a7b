"""Facts that are known in part, as a text that could not be read may say more.

Words only raise facts: with more of them there are more items, higher numbers and longer times, never fewer. How a
stated reason stands is known in part where a fact that few instances have could bear it out.
"""

from typing import Any, cast

from snow_escalations.model import Fact, Span
from snow_escalations.model.facts import FACTS, Group
from snow_escalations.triage.policy.lengths import Length
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.steps import listed

_WEIGHED = frozenset({"stated_reason", "better_reason"})


def may_be_partial(name: str) -> bool:
    """Whether a fact is one that words raise, or that is weighed from others."""
    return FACTS[name].group is Group.READING or name in _WEIGHED


def may_turn(condition: Condition, fact: Fact) -> bool:
    """Whether more words could turn the answer to a condition on a fact that is known in part."""
    value, wanted = fact.value, listed(condition)
    if condition.matcher == "is_known" or isinstance(value, bool):
        return False  # a complaint that was heard stays one
    if condition.matcher == "contains":
        return not any(item.key in wanted for item in cast("Any", value))
    if condition.matcher == "within" or value is None or isinstance(value, str):
        return True  # another date may bind first
    if isinstance(value, Span):
        # A longer time that began earlier may have less business in it.
        return any(item.is_business for item in wanted) or _may_grow_past(condition.matcher, value.hours, wanted)
    return _may_grow_past(condition.matcher, len(value) if isinstance(value, tuple) else value, wanted)


def _may_grow_past(matcher: str, size: Any, wanted: tuple[Any, ...]) -> bool:
    """Whether a number that can only grow may come to a bound yet, or over it."""
    highest = max(item.hours if isinstance(item, Length) else item for item in wanted)
    return bool(size < highest if matcher in {"at_least", "less_than"} else size <= highest)
