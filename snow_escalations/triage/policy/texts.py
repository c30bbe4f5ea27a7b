"""The texts that a policy compares facts with: those that a fact never has are told, with the one that was meant."""

import difflib
import re
from collections.abc import Collection, Iterator

from snow_escalations.documents import Document, Node, Problem, Scalar, Sequence, suggest
from snow_escalations.model.facts import FactSpec, Kind

_NEAR = 0.88
"""Nearer than this to a known reason is taken for a slip: `lack_of_progres` is, `exec_visibility` is not."""


def bad_texts(document: Document, spec: FactSpec, node: Node, reasons: Collection[str]) -> Iterator[Problem]:
    """Texts that the fact never has, so that the condition could never hold."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if spec.kind is not Kind.TEXT or not isinstance(item, Scalar) or not isinstance(item.value, str):
            continue
        trouble = _trouble_of_reason(item.value, spec, reasons) if spec.is_open else _trouble_of_text(item.value, spec)
        if trouble:
            yield document.problem_at(item.position, trouble)


def _trouble_of_text(text: str, spec: FactSpec) -> str | None:
    if text in spec.values:
        return None
    return f"`{spec.name}` is never `{text}`{suggest(text, spec.values)}; known: {', '.join(spec.values)}"


def _trouble_of_reason(text: str, spec: FactSpec, reasons: Collection[str]) -> str | None:
    """Any label of an instance can be a reason, so only what is no key, or nearly a known one, is a mistake."""
    if text in spec.values or text in reasons:
        return None
    key = re.sub(r"\W+", "_", text.strip().lower()).strip("_")
    if key != text:
        return f"`{text}` is not the key of a {spec.name}; write `{key}` for the label `{text}`"
    near = difflib.get_close_matches(text, (*spec.values, *reasons), n=1, cutoff=_NEAR)
    if not near:
        return None
    return (
        f"`{text}` is not a known {spec.name}; did you mean `{near[0]}`? Known: {', '.join((*spec.values, *reasons))}. "
        f"If it is one of your own, name it under dialect.reasons in the settings"
    )
