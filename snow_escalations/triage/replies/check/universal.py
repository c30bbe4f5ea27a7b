"""Scores and thresholds that are written the same in any language."""

import re
from collections.abc import Iterator, Mapping

from snow_escalations.model import FACTS

_FACTS = "|".join(sorted(name for name in FACTS if "_" in name))
_KNOWN: Mapping[str, re.Pattern[str]] = {
    "scores": re.compile(
        r"\b(?:score|confidence|sentiment|probability|p_\w{1,20}|\w{1,30}_score)\b"
        r"\s?(?:is |of |: ?|= ?)\s?[-+]?\d[\d.,]{0,8}"
    ),
    "thresholds": re.compile(
        r"\b[a-z]{1,30}(?:_[a-z0-9]{1,30}){1,5}\s?(?:>=|<=|==|!=|>|<|≥|≤)\s?-?\d[\d.,]{0,8}"
        # `max_connections = 500` is advice; with a fact's name it is a rule of ours.
        rf"|\b(?:{_FACTS})\s?=\s?-?\d[\d.,]{{0,8}}"
        r"|\b\w{0,30}threshold\b\s?(?:: ?|= ?)\s?-?\d[\d.,]{0,8}"
    ),
}
_NEEDED = {"scores": ("score", "confidence", "sentiment", "probability", "p_"), "thresholds": ("_", "threshold")}
_PUBLIC = re.compile(
    r"\b(?:cvss|credit|game|match|test|exam|benchmark|lighthouse|f1|alarm|alert|cpu|disk|memory)[\w. ]{0,16}\Z"
)


def said_in_any_language(folded: str, group: str) -> Iterator[str]:
    """What tells of a score or a threshold by its notation, such as `confidence: 0.87` or `age_hours < 16`."""
    if not any(word in folded for word in _NEEDED[group]):
        return
    for match in _KNOWN[group].finditer(folded):
        if not _PUBLIC.search(folded[max(0, match.start() - 30) : match.start()]):
            yield match[0]
