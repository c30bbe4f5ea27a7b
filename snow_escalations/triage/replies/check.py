"""Whether a reply is a full case comment: every point of the check, each passed or failed, with a sentence.

It covers what a reply must name, offer and not carry. It is applied to every draft; a draft that fails becomes a hold.
"""

import re
from collections.abc import Iterable

from snow_escalations.model import Model, Outcome
from snow_escalations.triage.replies.reference import has_reference
from snow_escalations.triage.replies.words import without_code_tags

WORDS_OF_REJECTION = 40
WORDS_OF_APPROVAL = 20
_SYS_ID = re.compile(r"\b[0-9a-f]{32}\b")
_DECISION = {
    Outcome.REJECT: re.compile(r"\b(?:not|unable|declin\w*|reject\w*|cannot)\b", re.IGNORECASE),
    Outcome.APPROVE: re.compile(r"\b(?:approv\w*|accept\w*|escalated)\b", re.IGNORECASE),
}


class Point(Model):
    """One point of the check."""

    name: str
    passed: bool
    sentence: str


def check_reply(
    text: str, *, outcome: Outcome, escalation_number: str, offers: Iterable[str], internal_words: Iterable[str]
) -> tuple[Point, ...]:
    """All points for a reply.

    Args:
        text: the reply with its reference line.
        outcome: what the reply tells; a hold is not told to the customer.
        escalation_number: the escalation that it must name.
        offers: ways to talk (from the commitments), of which each must be in the reply.
        internal_words: what must not be in it, such as names of rules.
    """
    words = len(text.split())
    least = WORDS_OF_REJECTION if outcome is Outcome.REJECT else WORDS_OF_APPROVAL
    folded = " ".join(text.split()).casefold()
    missing = [offer for offer in offers if not offer.strip() or " ".join(offer.split()).casefold() not in folded]
    leaked = [word for word in internal_words if word and word.casefold() in folded]
    decision = _DECISION.get(outcome)
    return (
        _point("names_escalation", escalation_number in text, f"names the escalation {escalation_number}"),
        _point("states_decision", decision is not None and bool(decision.search(text)), "says what was decided"),
        _point("long_enough", words >= least, f"has {words} words; at least {least} are wanted"),
        _point("offers_talk", not missing, "offers a way to talk" + _listed(missing)),
        _point("has_reference", has_reference(text, escalation_number), "ends in its reference line"),
        _point("no_internal_words", not leaked, "carries nothing internal" + _listed(leaked)),
        _point("no_sys_id", not _SYS_ID.search(text), "shows no sys_id"),
        _point("no_code_tag", without_code_tags(text) == text, "carries no [code] tag"),
    )


def _point(name: str, passed: bool, sentence: str) -> Point:  # noqa: FBT001
    return Point(name=name, passed=passed, sentence=sentence)


def _listed(words: list[str]) -> str:
    return f" (concerns: {', '.join(words)})" if words else ""
