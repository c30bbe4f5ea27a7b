"""What a policy file may say."""

import re
from contextlib import suppress
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from snow_escalations.model import Model, Outcome
from snow_escalations.model.evidence import FactValue
from snow_escalations.model.facts import FACTS, FactSpec, Kind

_DURATION = re.compile(r"(?P<count>[0-9]+(?:\.[0-9]+)?) (?P<unit>hours?|days?)")

LONGEST_DAYS = 3650
"""The longest duration that a rule may ask for."""
ORDERED = ("at_least", "at_most", "more_than", "less_than")
MATCHERS: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("equals", "one_of", "is_known"),
    Kind.BOOLEAN: ("equals", "is_known"),
    Kind.NUMBER: ("equals", "one_of", *ORDERED, "is_known"),
    Kind.DURATION: (*ORDERED, "is_known"),
}


def hours(text: object) -> float:
    """A written duration, `36 hours` or `2 days`, in hours.

    Raises:
        ValueError: it is not written like that, or longer than LONGEST_DAYS.
    """
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{text!r} is not a duration; write it like `36 hours` or `2 days`")
    counted = float(match["count"]) * (24 if match["unit"].startswith("day") else 1)
    if counted > LONGEST_DAYS * 24:
        raise ValueError(f"a duration of {counted / 24:.6g} days is longer than {LONGEST_DAYS}, the limit")
    return counted


class Condition(Model):
    """One fact and what is asked of it; several matchers must all hold."""

    fact: str
    matcher: str
    wanted: FactValue | tuple[FactValue, ...]


def _conditions(when: object) -> object:
    """`{fact: {matcher: wanted}}` as a list of conditions. What is malformed is left out: load.py reports it."""
    if not isinstance(when, dict) or not when:
        raise ValueError("must be a mapping of facts to matchers, and not empty: the rule would match everything")
    conditions = []
    for name, matchers in when.items():
        for matcher, wanted in matchers.items() if isinstance(matchers, dict) else ():
            spec = FACTS.get(name)
            if spec is not None and matcher in MATCHERS[spec.kind]:
                with suppress(ValueError):
                    conditions.append({"fact": name, "matcher": matcher, "wanted": wanted_of(spec, matcher, wanted)})
    return conditions


def wanted_of(spec: FactSpec, matcher: str, wanted: Any) -> FactValue | tuple[FactValue, ...]:
    """What a matcher compares with, in the fact's own unit.

    Raises:
        ValueError: it does not fit the fact.
    """
    if matcher == "is_known":
        if not isinstance(wanted, bool):
            raise ValueError("`is_known` takes true or false")
        return wanted
    if matcher == "one_of":
        if not isinstance(wanted, list) or not wanted:
            raise ValueError("`one_of` takes a list that is not empty")
        return tuple(_single(spec, item) for item in wanted)
    return _single(spec, wanted)


def _single(spec: FactSpec, value: object) -> FactValue:
    if spec.kind is Kind.DURATION:
        return hours(value)
    kinds: dict[Kind, tuple[type, ...]] = {Kind.TEXT: (str,), Kind.BOOLEAN: (bool,), Kind.NUMBER: (int, float)}
    fits = isinstance(value, kinds[spec.kind]) and (spec.kind is Kind.BOOLEAN or not isinstance(value, bool))
    if not fits:
        raise ValueError(f"`{spec.name}` is a {spec.kind.value}, it cannot be compared with {value!r}")
    return value  # type: ignore[return-value]


class Rule(Model):
    """One rule. `name` finishes the sentence "it is approved/rejected/held because ..."."""

    name: str = Field(min_length=3, max_length=200)
    when: Annotated[tuple[Condition, ...], BeforeValidator(_conditions)]
    verdict: Outcome
    reply: str | None = Field(default=None, pattern=r"^[a-z0-9_]+$")

    @model_validator(mode="after")
    def _replies(self) -> "Rule":
        if self.verdict is not Outcome.HOLD and self.reply is None:
            raise ValueError(f"a rule that can {self.verdict.value} needs a reply: the customer must hear of it")
        return self


class Policy(Model):
    """Ordered rules; the first that matches decides."""

    rules: tuple[Rule, ...] = Field(min_length=1)
