"""A second evaluator, written from docs/policy.md and as slow as it is plain, to compare the real one with."""

import datetime as dt
from collections.abc import Iterator
from itertools import combinations_with_replacement
from typing import Any

from snow_escalations.model import FACTS, Evidence, Kind
from snow_escalations.triage.policy.evidence_words import deadline, item_of_key

HOURS = {"minute": 1 / 60, "hour": 1, "day": 24, "week": 168}


def verdict(policy: dict[str, Any], evidence: Evidence) -> tuple[str, str | None, str | None, str | None]:
    """Outcome, rule, cause and what is proposed."""
    if "start_date" in policy:
        early = condition("requested_on", "less_than", policy["start_date"], evidence, strict=False)
        if early is not False:
            return "hold", None, "policy" if early else "missing_evidence", None
    for place, rule in enumerate(policy["rules"]):
        if rule["mode"] == "shadow":
            continue
        result = every(rule["when"], evidence, strict=False)
        if result is None:
            return "hold", rule["name"], "missing_evidence", None
        if result:
            return decided(policy, place, evidence)
    return "hold", None, "no_rule", None


def decided(policy: dict[str, Any], place: int, evidence: Evidence) -> tuple[str, str | None, str | None, str | None]:
    rule = policy["rules"][place]
    name, outcome = rule["name"], rule["verdict"]
    if outcome == "hold":
        return "hold", name, "policy", None
    if outcome == "reject":
        for earlier in policy["rules"][: place + 1]:
            if earlier["mode"] != "shadow" and every(earlier["when"], evidence, strict=True) is None:
                return "hold", earlier["name"], "missing_evidence", None
    if rule["mode"] == "propose":
        return "hold", name, "policy", outcome
    never = policy.get("never_auto", {})
    facts = {"accounts": "account", "severities": "severity", "priorities": "priority"}
    guards = [condition(facts[key], "one_of", names, evidence, strict=False) for key, names in never.items() if names]
    if True in guards:
        return "hold", name, "policy", outcome
    if None in guards:
        return "hold", name, "missing_evidence", outcome
    return outcome, name, None, None


def every(when: dict[str, Any], evidence: Evidence, *, strict: bool) -> bool | None:
    results: list[bool | None] = []
    for key, content in when.items():
        if key == "all":
            results += [every(part, evidence, strict=strict) for part in content]
        elif key == "any":
            parts = [every(part, evidence, strict=strict) for part in content]
            results.append(True if True in parts else None if None in parts else False)
        elif key == "not":
            inner = every(content, evidence, strict=strict)
            results.append(None if inner is None else not inner)
        else:
            results += [condition(key, name, wanted, evidence, strict=strict) for name, wanted in content.items()]
    return False if False in results else None if None in results else True


def condition(name: str, matcher: str, wanted: Any, evidence: Evidence, *, strict: bool) -> bool | None:
    fact = evidence.facts[name]
    known = fact.unreadable is None
    if matcher == "is_known":
        return None if strict and not known else known is wanted
    if not known:
        return None
    if fact.value is None:
        return False
    result = answer(name, matcher, wanted, fact.value)
    if strict and fact.partial and any(answer(name, matcher, wanted, more) != result for more in raised(name, fact)):
        return None
    return result


def raised(name: str, fact: Any) -> Iterator[Any]:
    """Values that a fact which is known in part may have, were all of it read."""
    spec = FACTS[name]
    if spec.kind is Kind.NUMBER:
        yield from (fact.value + more for more in (0.5, 1, 1.5, 2))
    elif spec.kind is Kind.LIST:
        items = [item_of_key(spec, key) for key in spec.values] or [deadline(hours) for hours in (-5.0, 0.0, 48.0)]
        for count in (1, 2, 3):
            for more in combinations_with_replacement(items, count):
                yield (*more, *fact.value)


def answer(name: str, matcher: str, wanted: Any, value: Any) -> bool:
    seen = value
    kind = FACTS[name].kind
    if matcher == "within":
        hours, business = hours_of(wanted)
        left = seen[0].business_hours_left if seen and business else seen[0].hours_left if seen else 0
        return bool(seen) and seen[0].hours_left >= 0 and left <= hours
    if matcher == "contains":
        return any(item.key in (wanted if isinstance(wanted, list) else [wanted]) for item in seen)
    if kind is Kind.LIST:
        seen = len(seen)
    if kind is Kind.NAME:
        seen, wanted = seen.lower(), [item.lower() for item in wanted] if isinstance(wanted, list) else wanted.lower()
    several = wanted if isinstance(wanted, list) else [wanted]
    if kind is Kind.DURATION:
        business = hours_of(several[0])[1]
        seen, several = (seen.business_hours if business else seen.hours), [hours_of(item)[0] for item in several]
    if kind is Kind.DATE:
        several = [dt.date.fromisoformat(item) for item in several]
    return {
        "equals": lambda: seen == several[0],
        "one_of": lambda: seen in several,
        "at_least": lambda: seen >= several[0],
        "at_most": lambda: seen <= several[0],
        "more_than": lambda: seen > several[0],
        "less_than": lambda: seen < several[0],
        "between": lambda: several[0] <= seen <= several[-1],
    }[matcher]()


def hours_of(text: str) -> tuple[float, bool]:
    count, *unit = text.split()
    return float(count) * HOURS[unit[-1].rstrip("s")], len(unit) == 2
