"""Evidence against a policy: three-valued, first match wins, and the explanation is what was compared.

A condition on a fact that could not be read is unknown. A rule that would match but for unknown conditions ends the
search with a hold: it never falls through to a later rule, which might reject. And no rejection rests on a fact being
unreadable: where asking `is_known` of such a fact led to it, the verdict is a hold too. Nor does one rest on what a
text that could not be read may yet say, where a fact is known in part. So losing a fact, or one of the texts that raise
it, never turns a hold or an approval into a rejection, whatever the policy says.
"""

from snow_escalations.model import Evidence, HoldCause, Outcome, Verdict
from snow_escalations.triage.policy.compiled import UNKNOWN, Compiled, CompiledRule
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.rules import Mode
from snow_escalations.triage.policy.trace import Ending, Record

# Members of an enumeration cost a tenth of a microsecond where they are looked up by name, in Python 3.11.
_REJECT, _HOLD = Outcome.REJECT, Outcome.HOLD
_PROPOSE = Mode.PROPOSE
_DECIDED, _PROPOSED = Ending.DECIDED, Ending.PROPOSED
_CAUSES = {
    Ending.NO_RULE: HoldCause.NO_RULE,
    Ending.MISSING: HoldCause.MISSING_EVIDENCE,
    Ending.DOUBT: HoldCause.MISSING_EVIDENCE,
    Ending.BACKLOG_UNKNOWN: HoldCause.MISSING_EVIDENCE,
    Ending.NEVER_AUTO_UNKNOWN: HoldCause.MISSING_EVIDENCE,
    Ending.DECIDED: HoldCause.POLICY,
    Ending.PROPOSED: HoldCause.POLICY,
    Ending.BACKLOG: HoldCause.POLICY,
    Ending.NEVER_AUTO: HoldCause.POLICY,
}
_TO_A_PERSON = frozenset({Ending.PROPOSED, Ending.NEVER_AUTO, Ending.NEVER_AUTO_UNKNOWN})


def judge(evidence: Evidence, policy: Policy) -> Verdict:
    """The verdict of the first rule that matches, as far as the policy lets rules decide; without one, a hold."""
    compiled = policy.compiled
    compared = matched, unknown = compiled.columns.compare(evidence.facts)
    start = compiled.start
    if start is not None and (matched | unknown) & start.bit:
        ending = Ending.BACKLOG if matched & start.bit else Ending.BACKLOG_UNKNOWN
        return _held(Record(compiled, evidence, compared, ending))
    rule, result = compiled.first(matched, unknown)
    if rule is None:
        return _held(Record(compiled, evidence, compared, Ending.NO_RULE))
    if result == UNKNOWN:
        return _held(Record(compiled, evidence, compared, Ending.MISSING, rule))
    return _decided(compiled, evidence, compared, rule)


def _decided(compiled: Compiled, evidence: Evidence, compared: tuple[int, int], by: CompiledRule) -> Verdict:
    rule = by.rule
    verdict = rule.verdict
    ending = _DECIDED
    if verdict is not _HOLD:
        if verdict is _REJECT and (compiled.asking or compiled.raised):
            doubt = _doubt(compiled, evidence, compared, by)
            if doubt is not None:
                return _held(doubt)
        if rule.mode is _PROPOSE:
            ending = _PROPOSED
        elif compiled.never_auto:
            ending = _guarded(compiled, compared)
        if ending is _DECIDED:
            record = Record(compiled, evidence, compared, ending, by)
            return Verdict.trusted(verdict, rule.name, None, record, rule.reply, None)
    return _held(Record(compiled, evidence, compared, ending, by))


def _guarded(compiled: Compiled, compared: tuple[int, int]) -> Ending:
    """Whether a guard of the policy leaves the decision to a person."""
    matched, unknown = compared
    if any(matched & guard.bit for guard in compiled.never_auto):
        return Ending.NEVER_AUTO
    lost = any(unknown & guard.bit for guard in compiled.never_auto)
    return Ending.NEVER_AUTO_UNKNOWN if lost else Ending.DECIDED


def _doubt(compiled: Compiled, evidence: Evidence, compared: tuple[int, int], by: CompiledRule) -> Record | None:
    """Why a rejection is not to be believed, or None.

    It is not if a rule up to the rejecting one would be unknown, were asking `is_known` of an unreadable fact unknown,
    and what more words could answer otherwise.
    """
    asked = compiled.doubtful(evidence.facts)
    if not asked:
        return None
    # Without the bits of rules: a rule that asks `is_known` has not failed for certain then.
    strict = compared[0] & ~asked & ((1 << compiled.shift) - 1), compared[1] | asked
    rule, result = compiled.first(*strict, until=by.place + 1)
    return Record(compiled, evidence, strict, Ending.DOUBT, by, rule) if result == UNKNOWN else None


def _held(record: Record) -> Verdict:
    ending, by = record.ending, record.by
    cause = _CAUSES[ending]
    if by is None:
        return Verdict.trusted(_HOLD, None, cause, record, None, None)
    named = by.rule if record.doubtful is None else record.doubtful.rule
    if ending in _TO_A_PERSON:
        return Verdict.trusted(_HOLD, named.name, cause, record, by.rule.reply, by.rule.verdict)
    reply = by.rule.reply if ending is _DECIDED else None
    return Verdict.trusted(_HOLD, named.name, cause, record, reply, None)
