"""What a template can name, for one case of a dossier. What is not known is not there, so that using it is an error."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from snow_escalations.model import Case, Dossier, Evidence, FactValue, Item, Span
from snow_escalations.triage.replies.commitments import LONG, Commitments
from snow_escalations.triage.replies.tellable import tellable
from snow_escalations.triage.replies.words import one_line, quotable

ROOTS = ("case", "commitments", "contact", "escalation", "evidence")
"""Names whose parts a template can name; `explanation` is a text by itself."""
_EXPLANATION_LENGTH = 1200


@dataclass(frozen=True, slots=True)
class Length:
    """A duration, in hours by the wall clock and in business hours of the calendar that applies.

    Where it runs since an instant, `since` is that one, by the clock of that calendar.
    """

    hours: float
    business_hours: float
    since: dt.datetime | None = None


def context_of(
    dossier: Dossier,
    evidence: Evidence,
    case: Case,
    commitments: Commitments,
    *,
    explanation: Sequence[str] = (),
    facts: Collection[str] | None = None,
) -> dict[str, Any]:
    """The names and values for a reply on a case.

    Args:
        dossier: what is decided about.
        evidence: its facts; what is unreadable, None or not for the customer is left out.
        case: the case on which the reply is written, and to whose contact.
        commitments: in the language of the reply.
        explanation: sentences that the customer may read.
        facts: those that the template names; all, if not given.
    """
    reason = dossier.escalation.reason
    return {
        "escalation": {
            "number": quotable(dossier.escalation.number),
            "reason": quotable(reason.label) if reason is not None else "",
        },
        "case": {"number": quotable(case.number), "short_description": quotable(case.short_description)},
        "contact": {"name": name_of(case)},
        "evidence": facts_told(evidence, facts),
        "commitments": promised(commitments),
        "explanation": one_line(" ".join(explanation), _EXPLANATION_LENGTH),
    }


def facts_told(evidence: Evidence, facts: Collection[str] | None = None) -> dict[str, Any]:
    """The facts as a letter names them: those that it names, if given, else all that it may tell."""
    told = {name: tellable(evidence, name) for name in evidence.facts if facts is None or name in facts}
    return {name: shown(value, evidence.facts[name].since) for name, value in told.items() if value is not None}


def promised(commitments: Commitments) -> dict[str, str]:
    """The commitments as a letter names them."""
    return {
        "contact": one_line(commitments.contact),
        "talk": one_line(commitments.talk, LONG),
        "next_update": one_line(commitments.next_update),
        "meeting_link": one_line(commitments.meeting_link, LONG),
    }


def name_of(case: Case) -> str:
    """The name of the contact, or nothing where there is none, or none that a letter could begin with."""
    name = case.contact.name if case.contact is not None else ""
    line = quotable(name)
    is_name = line == " ".join(name.split()) and any(character.isalpha() for character in line)
    return line if is_name else ""


def shown(value: FactValue, since: dt.datetime | None = None) -> Any:
    """A value as a template sees it: texts harmless, durations as `Length`, items as mappings of what they have."""
    if isinstance(value, str):
        return quotable(value)
    if isinstance(value, Span):
        return Length(value.hours, value.business_hours, since)
    if isinstance(value, tuple):
        return tuple(_item(item) for item in value if isinstance(item, Item))
    return value


def _item(item: Item) -> Mapping[str, Any]:
    values = ((field.name, getattr(item, field.name)) for field in fields(item))
    return {name: _field(value) for name, value in values if value is not None}


def _field(value: Any) -> str | float | bool | dt.date:
    return quotable(value) if isinstance(value, str) else value
