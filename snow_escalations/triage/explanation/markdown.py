"""An explanation as Markdown, for tickets and documents. Words of records are data: nothing of them is markup."""

import re
from collections.abc import Iterator

from snow_escalations.model import Branch, Clause, Explanation
from snow_escalations.triage.explanation.text import clause_words, rule_words, unwrapped

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&:@])")
_RESULT = {"matched": "yes", "not_matched": "no", "unknown": "unknown"}


def explanation_markdown(explanation: Explanation) -> str:
    """The sentence, and a list of the rules with their comparisons."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    yield f"**{escaped(explanation.sentence)}**"
    if explanation.rules:
        yield ""
    for place, rule in enumerate(explanation.rules, start=1):
        yield f"{place}. {escaped(rule_words(rule))}"
        yield from _parts(rule.parts, "   ")


def _parts(parts: tuple[Clause | Branch, ...], indent: str) -> Iterator[str]:
    for part in map(unwrapped, parts):
        said = clause_words(part) if isinstance(part, Clause) else part.kind
        yield f"{indent}- {_RESULT[part.result]}: {escaped(said)}"
        if isinstance(part, Branch):
            yield from _parts(part.parts, f"{indent}  ")


def escaped(text: str) -> str:
    """Text of which Markdown makes nothing else: one line, every mark escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
