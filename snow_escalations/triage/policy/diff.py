"""Two policies on the same evidence: every verdict that flips, and the first rule that makes the difference."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from snow_escalations.model import Evidence, Outcome, RuleTrace, Verdict
from snow_escalations.triage.policy.judge import judge
from snow_escalations.triage.policy.model import Policy

_GRAVITY = {Outcome.REJECT: 0, Outcome.APPROVE: 1, Outcome.HOLD: 2}


class Flipped(NamedTuple):
    """A verdict that the new policy gives otherwise; `differs` is the first rule that the two try differently."""

    label: str
    old: Verdict
    new: Verdict
    differs: str


class PolicyDiff(NamedTuple):
    """How many evidences were judged, those that flip, rejections first, and those that only another rule decides."""

    judged: int
    flips: tuple[Flipped, ...]
    others: tuple[Flipped, ...]


def diff_policies(old: Policy, new: Policy, evidences: Iterable[tuple[str, Evidence]]) -> PolicyDiff:
    """Judge each evidence by both policies; labels say whose evidence it is."""
    judged = 0
    flips: list[Flipped] = []
    others: list[Flipped] = []
    for label, evidence in evidences:
        judged += 1
        before, after = judge(evidence, old), judge(evidence, new)
        if _answer(before) == _answer(after):
            continue
        found = Flipped(label, before, after, first_difference(before, after))
        (flips if (before.outcome, before.proposed) != (after.outcome, after.proposed) else others).append(found)
    flips.sort(key=lambda item: (_GRAVITY[item.new.outcome], _GRAVITY[item.old.outcome], item.label))
    return PolicyDiff(judged, tuple(flips), tuple(sorted(others, key=lambda item: item.label)))


def _answer(verdict: Verdict) -> tuple[object, ...]:
    return verdict.outcome, verdict.rule, verdict.cause, verdict.reply, verdict.proposed


def first_difference(old: Verdict, new: Verdict) -> str:
    """In words the first rule or guard that was tried with another result, or that only one of them has.

    A rule that does not match, in the one policy or in both, makes no difference wherever it stands.
    """
    ours, theirs = old.explanation.rules, new.explanation.rules
    for before, after in zip_longest(_telling(ours, theirs), _telling(theirs, ours)):
        if before is None:
            return f"`{after.rule}` is tried by the new policy only ({_told(after)})"
        if after is None:
            return f"`{before.rule}` is tried by the old policy only ({_told(before)})"
        if before.rule != after.rule:
            return f"`{before.rule}` ({_told(before)}) against `{after.rule}` ({_told(after)})"
        if _told(before) != _told(after):
            return f"`{before.rule}`: {_told(before)} before, {_told(after)} now"
    return "the reply" if old.reply != new.reply else "what follows from the same results"


def _telling(rules: Iterable[RuleTrace], others: Iterable[RuleTrace]) -> Iterator[RuleTrace]:
    """The rules that match or may, and those that do so in the other policy."""
    elsewhere = {rule.rule for rule in others if rule.result != "not_matched"}
    return (rule for rule in rules if rule.result != "not_matched" or rule.rule in elsewhere)


def _told(rule: RuleTrace) -> str:
    result = rule.result.replace("_", " ")
    if rule.verdict is None:
        return result
    return f"{rule.verdict}{'' if rule.mode == 'enforce' else f', {rule.mode}'}: {result}"
