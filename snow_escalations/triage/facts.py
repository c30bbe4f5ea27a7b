"""The vocabulary of evidence: which facts there are, of which kind, in which unit, read from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a fact's value is, which decides the matchers that fit it."""

    TEXT = "text"
    NUMBER = "number"
    DURATION = "duration"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact that evidence always has: its name, kind, unit and meaning.

    `values` lists the ones of a text; where it `is_open`, there may be others, such as an instance's own.
    """

    name: str
    kind: Kind
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()
    is_open: bool = False


_SPECS = (
    FactSpec(
        "reason",
        Kind.TEXT,
        "The reason that the escalation gives, as a key",
        values=("inactivity", "lack_of_progress", "customer_imposed_deadline", "executive_visibility"),
        is_open=True,
    ),
    FactSpec("source", Kind.TEXT, "What is escalated: a case or an account", values=("case", "account")),
    FactSpec(
        "case_state",
        Kind.TEXT,
        "The state of the case",
        values=("new", "open", "awaiting_info", "resolved", "closed", "cancelled", "other"),
    ),
    FactSpec(
        "priority", Kind.TEXT, "The priority of the case", values=("critical", "high", "moderate", "low", "other")
    ),
    FactSpec(
        "since_last_reply",
        Kind.DURATION,
        "Time since our last comment that the customer can see, or since the case was opened if there is none",
        unit="hours",
    ),
    FactSpec(
        "last_word",
        Kind.TEXT,
        "Who wrote the last comment that the customer can see",
        values=("us", "customer", "nobody"),
    ),
    FactSpec("earlier_escalations", Kind.NUMBER, "Escalations of the same case or account before this one"),
    FactSpec("self_approval", Kind.BOOLEAN, "Whether a person who is asked to approve requested the escalation"),
)

FACTS: Mapping[str, FactSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
