"""The texts that a policy compares facts with: those that a fact never has are told, with the one that was meant."""

import difflib
import re
from collections.abc import Collection, Iterator

from snow_escalations.documents import suggest
from snow_escalations.model.facts import FACTS, FactSpec, Kind
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.steps import listed

_NEAR = 0.88
"""Nearer than this to a known reason is taken for a slip: `lack_of_progres` is, `exec_visibility` is not."""
_REASONS = frozenset({"reason", "better_reason"})


def bad_texts(condition: Condition, reasons: Collection[str]) -> Iterator[tuple[int, str]]:
    """Texts that the fact never has, so that the condition could never hold: their places, and what to say."""
    spec = FACTS[condition.fact]
    if not spec.values or condition.matcher not in {"equals", "one_of", "contains"} or spec.kind is Kind.NAME:
        return
    own = reasons if spec.name in _REASONS else ()
    for place, text in enumerate(listed(condition)):
        if isinstance(text, str):
            trouble = _trouble_of_open(text, spec, own) if spec.is_open else trouble_of_text(text, spec)
            if trouble:
                yield place, trouble


def trouble_of_text(text: str, spec: FactSpec) -> str | None:
    """What to say of a text that is none of a closed fact's values, or None."""
    if text in spec.values:
        return None
    has = "never has" if spec.kind is Kind.LIST else "is never"
    return f"`{spec.name}` {has} `{text}`{suggest(text, spec.values)}; known: {', '.join(spec.values)}"


def _trouble_of_open(text: str, spec: FactSpec, own: Collection[str]) -> str | None:
    """An instance can have reasons and titles of its own, so only what is nearly a known one, or no key, is wrong."""
    known = (*spec.values, *own)
    if text in known:
        return None
    alike = next((item for item in known if item.casefold() == text.casefold()), None)
    if alike is not None:
        has = "never has" if spec.kind is Kind.LIST else "is never"
        return f"`{spec.name}` {has} `{text}`; did you mean `{alike}`?"
    if spec.name not in _REASONS:
        return None
    key = re.sub(r"\W+", "_", text.strip().lower()).strip("_")
    if key != text:
        return f"`{text}` is not the key of a {spec.name}; write `{key}` for the label `{text}`"
    near = difflib.get_close_matches(text, known, n=1, cutoff=_NEAR)
    if not near:
        return None
    return (
        f"`{text}` is not a known {spec.name}; did you mean `{near[0]}`? Known: {', '.join(known)}. "
        f"If it is one of your own, name it under dialect.reasons in the settings"
    )
