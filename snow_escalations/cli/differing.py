"""The first rule that would have said something else than the verdict, and why it did not match."""

from collections.abc import Iterable, Iterator

from snow_escalations.model import Branch, Clause, RuleTrace, Verdict
from snow_escalations.triage.policy.sentences import asked
from snow_escalations.triage.policy.values import shown_value


def first_differing(verdict: Verdict) -> tuple[RuleTrace, str] | None:
    """The first rule of another verdict that did not match, with the comparison on which it failed; or None.

    A shadow rule has no verdict of its own: it would change nothing if it matched.
    """
    for rule in verdict.explanation.rules:
        is_acting = rule.kind == "rule" and rule.mode != "shadow"
        if is_acting and rule.result == "not_matched" and rule.verdict != verdict.outcome.value:
            why = next(_failed(rule.parts), "")
            return rule, why
    return None


def _failed(parts: Iterable[Clause | Branch], *, wanted: str = "not_matched") -> Iterator[str]:
    for part in parts:
        if part.result != wanted:
            continue
        if isinstance(part, Clause):
            yield f"{asked(part.fact, part.matcher, part.wanted)}: {shown_value(part.seen)}"
        else:
            # What fails a `not` is what matched in it.
            yield from _failed(part.parts, wanted="matched" if part.kind == "not" else "not_matched")
