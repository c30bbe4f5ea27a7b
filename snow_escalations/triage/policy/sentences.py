"""A policy in plain sentences, for a person who does not read YAML."""

from collections.abc import Iterable, Iterator
from typing import Any

from snow_escalations.model import Outcome
from snow_escalations.model.facts import FACTS, Kind
from snow_escalations.triage.policy.conditions import Join, Node
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.rules import Mode, Rule

_SAYS = {
    "equals": "is {}",
    "one_of": "is {}",
    "at_least": "is at least {}",
    "at_most": "is at most {}",
    "more_than": "is more than {}",
    "less_than": "is less than {}",
    "between": "is from {} to {}",
}
_COUNTS = {
    "equals": "exactly",
    "at_least": "at least",
    "at_most": "at most",
    "more_than": "more than",
    "less_than": "less than",
}
_DONE = {Outcome.APPROVE: "Approved", Outcome.REJECT: "Rejected", Outcome.HOLD: "Held"}


def policy_sentences(policy: Policy) -> Iterator[str]:
    """The guards, the rules in order, and what becomes of the rest."""
    if policy.start_date is not None:
        yield f"Held if it was requested before {policy.start_date.isoformat()}."
    for name, listed in policy.never_auto:
        if listed:
            yield f"Never approved or rejected without a person if the {_SINGULAR[name]} is {_or(listed)}."
    for place, rule in enumerate(policy.rules, start=1):
        yield f"{place}. {rule_sentence(rule)}"
    yield "Everything else is held for a person."


_SINGULAR = {"accounts": "account", "severities": "severity", "priorities": "priority"}


def rule_sentence(rule: Rule) -> str:
    """A rule as a sentence: what follows, by its name and by what it asks."""
    done = _DONE[rule.verdict]
    if rule.mode is Mode.PROPOSE and rule.verdict is not Outcome.HOLD:
        done = f"Held for a person, and proposed to be {done.lower()},"
    elif rule.mode is Mode.SHADOW:
        done = f"Only noted that it would be {done.lower()}"
    reply = f' The reply is "{rule.reply}".' if rule.reply else ""
    return f"{done} because {rule.name}: if {parts_sentence(rule.when.parts)}.{reply}"


def parts_sentence(parts: Iterable[Node]) -> str:
    """Conditions that must all hold."""
    return " and ".join(part_sentence(part) for part in parts)


def part_sentence(part: Node) -> str:
    """A condition, or joined ones in brackets."""
    if isinstance(part, Condition):
        return condition_sentence(part)
    if part.kind == "not":
        inner = parts_sentence(part.parts)
        is_in_brackets = len(part.parts) == 1 and isinstance(part.parts[0], Join) and inner.startswith("(")
        return f"not {inner}" if is_in_brackets else f"not ({inner})"
    joined = f" {'or' if part.kind == 'any' else 'and'} ".join(part_sentence(item) for item in part.parts)
    return f"({joined})" if len(part.parts) > 1 else joined


def condition_sentence(condition: Condition) -> str:
    """What a condition asks, in words."""
    return asked(condition.fact, condition.matcher, condition.wanted_json)


def asked(fact: str, matcher: str, wanted: Any) -> str:
    """What was asked of a fact, in words."""
    listed = [_word(item) for item in wanted] if isinstance(wanted, list) else [_word(wanted)]
    if matcher == "is_known":
        return f"{fact} {'could' if wanted else 'could not'} be read"
    if matcher == "within":
        return f"the first of {fact} is at most {listed[0]} ahead"
    if matcher == "contains":
        return f"{fact} has {_or(listed)}"
    if matcher in _COUNTS and FACTS[fact].kind is Kind.LIST:
        return f"{fact} has {_COUNTS[matcher]} {listed[0]} {'item' if wanted == 1 else 'items'}"
    if matcher == "one_of":
        return f"{fact} is {_or(listed)}"
    return f"{fact} {_SAYS[matcher].format(*listed)}"


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _or(words: Iterable[str]) -> str:
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"
