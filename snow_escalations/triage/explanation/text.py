"""An explanation as plain lines, for a terminal."""

from collections.abc import Iterator

from snow_escalations.model import Branch, Clause, Explanation, RuleTrace
from snow_escalations.triage.policy.sentences import asked
from snow_escalations.triage.policy.values import shown_value, with_unit

MARKS = {"matched": "+", "not_matched": "-", "unknown": "?"}
_SAID = {"matched": "matched", "not_matched": "not matched", "unknown": "unknown"}


def explanation_lines(explanation: Explanation, *, whole: bool = False) -> Iterator[str]:
    """The sentence, and under it the rules in the order in which they were tried.

    Of a rule that does not match, only the comparisons that failed are told, unless the `whole` is asked for.
    """
    yield explanation.sentence
    for rule in explanation.rules:
        yield f"{MARKS[rule.result]} {rule_words(rule)}"
        yield from _parts(rule.parts, rule.result, "    ", whole=whole)


def rule_words(rule: RuleTrace) -> str:
    """A rule and how it went: `reject because ... (shadow): not matched`."""
    if rule.kind == "guard":
        return f"guard: {rule.rule}: {_SAID[rule.result]}"
    mode = "" if rule.mode == "enforce" else f" ({rule.mode})"
    return f"{rule.verdict} because {rule.rule}{mode}: {_SAID[rule.result]}"


def _parts(parts: tuple[Clause | Branch, ...], result: str, indent: str, *, whole: bool) -> Iterator[str]:
    for part in map(unwrapped, parts):
        if not whole and result not in {"matched", part.result}:
            continue
        if isinstance(part, Clause):
            yield f"{indent}{MARKS[part.result]} {clause_words(part)}"
        else:
            yield f"{indent}{MARKS[part.result]} {part.kind}"
            # Why `not` failed is told by what matched in it.
            yield from _parts(part.parts, "matched", f"{indent}  ", whole=whole)


def unwrapped(part: Clause | Branch) -> Clause | Branch:
    """A part without the `all` around it that joins nothing: each item under `any` is such a one."""
    while isinstance(part, Branch) and part.kind == "all" and len(part.parts) == 1:
        part = part.parts[0]
    return part


def clause_words(clause: Clause) -> str:
    """A comparison: what was asked, what was seen, where, and the words quoted."""
    question = asked(clause.fact, clause.matcher, clause.wanted)
    seen = f"could not be read: {clause.because}" if clause.because and clause.seen is None else _seen(clause)
    if clause.because and clause.seen is not None:
        seen += f"; {clause.because}"
    source = clause.source
    place = f" [{source.table}.{source.field}{f' of {source.record}' if source.record else ''}]" if source.table else ""
    quotes = "".join(f' "{quote.text}"' for quote in clause.quotes)
    return f"{question}: {seen}{place}{quotes}"


def _seen(clause: Clause) -> str:
    if clause.unit and isinstance(clause.seen, int | float) and not isinstance(clause.seen, bool):
        return with_unit(clause.seen, clause.unit)
    return shown_value(clause.seen)
