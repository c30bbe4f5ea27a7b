"""Policies and evidence by chance, dense enough for conditions to meet."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from snow_escalations.model import FACTS, Evidence, Fact, FactSpec, Group, Kind, Source, Span
from snow_escalations.triage.policy import Policy
from snow_escalations.triage.policy.evidence_words import deadline, item_of_key
from snow_escalations.triage.policy.matchers import matchers_of

SOURCE = Source(table="t", field="f", record="R1")
USED = (
    "reason",
    "priority",
    "account",
    "requested_on",
    "stalled",
    "since_last_reply",
    "waiting_for",
    "earlier_escalations",
    "users_affected",
    "deadlines",
    "executives",
    "impact",
)
NAMES = ("Acme", "ACME", "Boxeo")
HOURS = (0.0, 1.0, 2.0, 5.0, 24.0, 48.0)
LENGTHS = ("1 hour", "2 hours", "1 day", "2 days", "1 business hour", "2 business hours", "5 business hours")
DAYS = tuple(dt.date(2026, 12, day) for day in (1, 2, 3, 5))
UNREADABLE = object()
RAISED = tuple(name for name in USED if FACTS[name].group is Group.READING)
"""The facts that words raise, and that may be known in part."""


def values(spec: FactSpec) -> st.SearchStrategy[Any]:
    """Values that a fact can have, but for being unreadable."""
    made = {
        Kind.TEXT: lambda: st.sampled_from([*spec.values[:3], *(["of_our_own"] if spec.is_open else [])]),
        Kind.NAME: lambda: st.sampled_from([*NAMES, "Zed"]),
        Kind.NUMBER: lambda: st.sampled_from([0, 1, 2, 3, 1.5]),
        Kind.BOOLEAN: st.booleans,
        Kind.DATE: lambda: st.sampled_from([*DAYS, dt.date(2026, 12, 4)]),
        Kind.DURATION: lambda: st.builds(
            lambda hours, share: Span(hours, hours * share), st.sampled_from(HOURS), st.sampled_from([0.0, 0.5, 1.0])
        ),
        Kind.LIST: lambda: st.lists(items(spec), max_size=3).map(tuple),
    }[spec.kind]()
    return st.one_of(made, st.none()) if spec.none else made


def items(spec: FactSpec) -> st.SearchStrategy[Any]:
    if not spec.values:
        return st.builds(deadline, st.sampled_from([-5.0, *HOURS]), st.sampled_from(HOURS))
    return st.sampled_from(spec.values[:3]).map(lambda key: item_of_key(spec, key))


def fact(name: str, value: Any) -> Fact:
    spec = FACTS[name]
    if value is UNREADABLE:
        return Fact(name, None, spec.unit, SOURCE, (), "it is closed")
    return Fact(name, value, spec.unit, SOURCE)


def in_part(name: str, value: Any) -> Fact:
    """A fact to which a text that could not be read may add."""
    return fact(name, value)._replace(partial=True, note="not all could be read: it is closed")


@st.composite
def evidences(draw: st.DrawFn, *, readable: bool = False) -> Evidence:
    """Evidence of the facts that generated policies use."""
    found = {}
    for name in USED:
        lost = not readable and draw(st.integers(0, 5)) == 0
        value = UNREADABLE if lost else draw(values(FACTS[name]))
        is_partial = not readable and name in RAISED and not lost and value and draw(st.integers(0, 3)) == 0
        found[name] = in_part(name, value) if is_partial else fact(name, value)
    return Evidence(found)


@st.composite
def matchers(draw: st.DrawFn, spec: FactSpec) -> dict[str, Any]:
    matcher = draw(st.sampled_from(matchers_of(spec)))
    return {matcher: draw(wanted(spec, matcher))}


def wanted(spec: FactSpec, matcher: str) -> st.SearchStrategy[Any]:
    if matcher == "is_known":
        return st.booleans()
    if matcher == "within":
        return st.sampled_from(LENGTHS)
    if matcher == "contains":
        keys = spec.values[:3] or ("2026-12-01", "2026-12-03")
        return st.one_of(st.sampled_from(keys), st.lists(st.sampled_from(keys), min_size=1, unique=True))
    single: st.SearchStrategy[Any] = {
        Kind.TEXT: st.sampled_from(spec.values[:3] or ("x",)),
        Kind.NAME: st.sampled_from(NAMES),
        Kind.NUMBER: st.sampled_from([0, 1, 2]),
        Kind.BOOLEAN: st.booleans(),
        Kind.DATE: st.sampled_from([day.isoformat() for day in DAYS]),
        Kind.DURATION: st.sampled_from(LENGTHS),
        Kind.LIST: st.sampled_from([0, 1, 2]),
    }[spec.kind]
    if matcher == "one_of":
        return st.lists(single, min_size=1, max_size=2, unique=True)
    if matcher == "between":
        if spec.kind is Kind.DURATION:
            return st.sampled_from(
                [["1 hour", "1 day"], ["2 hours", "2 hours"], ["1 business hour", "5 business hours"]]
            )
        return st.lists(single, min_size=2, max_size=2).map(sorted)
    return single


def conditions(names: tuple[str, ...] = USED) -> st.SearchStrategy[dict[str, Any]]:
    """A mapping of one fact to one matcher."""
    return st.sampled_from(names).flatmap(lambda name: matchers(FACTS[name]).map(lambda made: {name: made}))


def merged(parts: list[dict[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for part in parts:
        for name, content in part.items():
            whole.setdefault(name, content)
    return whole


def whens(names: tuple[str, ...] = USED) -> st.SearchStrategy[dict[str, Any]]:
    """What stands under `when`, with joins inside of joins."""
    return st.recursive(
        st.lists(conditions(names), min_size=1, max_size=2).map(merged),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"all": parts}),
            inner.map(lambda part: {"not": part}),
            st.lists(inner, min_size=1, max_size=2).map(merged),
        ),
        max_leaves=5,
    )


@st.composite
def plain_policies(
    draw: st.DrawFn, *, max_rules: int = 5, guards: bool = True, names: tuple[str, ...] = USED
) -> dict[str, Any]:
    """A policy as it is written, which asks for facts of these names."""
    rules = []
    for place in range(draw(st.integers(1, max_rules))):
        rule = {"name": f"rule {place}", "when": draw(whens(names)), "reply": "r"}
        rule["verdict"] = draw(st.sampled_from(["approve", "reject", "reject", "hold"]))
        rule["mode"] = draw(st.sampled_from(["enforce", "enforce", "enforce", "propose", "shadow"]))
        rules.append(rule)
    made: dict[str, Any] = {"rules": rules}
    if guards and draw(st.booleans()):
        made["never_auto"] = {"accounts": ["acme"], "priorities": draw(st.sampled_from([[], ["critical"]]))}
    if guards and draw(st.integers(0, 3)) == 0:
        made["start_date"] = "2026-12-02"
    return made


def policies(*, max_rules: int = 5, guards: bool = True) -> st.SearchStrategy[Policy]:
    return plain_policies(max_rules=max_rules, guards=guards).map(Policy.model_validate)
