"""What holds for every policy and every evidence."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.model import Evidence, Outcome, Verdict
from snow_escalations.triage.policy import Policy, facts_known_to, judge
from snow_escalations.triage.policy.evidence_words import NOW
from snow_escalations.triage.policy.flips import nearest_flips
from snow_escalations.triage.policy.model import Mode
from snow_escalations.triage.policy.mutants import mutants
from snow_escalations.triage.policy.reach import Asking, idle_rules
from tests.triage.policy import naive
from tests.triage.policy.generated import (
    RAISED,
    UNREADABLE,
    USED,
    evidences,
    fact,
    in_part,
    plain_policies,
    policies,
    whens,
)


@settings(max_examples=60)
@given(plain_policies() | plain_policies(names=RAISED), st.lists(evidences(), min_size=1, max_size=8))
def test_a_second_evaluator_comes_to_the_same_verdicts(plain: dict[str, Any], found: list[Evidence]) -> None:
    policy = Policy.model_validate(plain)
    for evidence in found:
        verdict = judge(evidence, policy)
        cause = verdict.cause.value if verdict.cause else None
        proposed = verdict.proposed.value if verdict.proposed else None
        assert (verdict.outcome.value, verdict.rule, cause, proposed) == naive.verdict(plain, evidence)


@settings(max_examples=60)
@given(policies(), evidences(), st.sampled_from(USED))
def test_losing_a_fact_never_turns_hold_or_approve_into_reject(policy: Policy, evidence: Evidence, lost: str) -> None:
    before = judge(evidence, policy)
    unread = Evidence({**evidence.facts, lost: fact(lost, UNREADABLE)})
    gone = Evidence({name: item for name, item in evidence.facts.items() if name != lost})
    if before.outcome is not Outcome.REJECT:
        assert judge(unread, policy).outcome is not Outcome.REJECT
        assert judge(gone, policy).outcome is not Outcome.REJECT


@settings(max_examples=200)
@given(whens(RAISED), evidences(readable=True), st.data())
def test_losing_some_of_the_words_never_turns_hold_or_approve_into_reject(
    when: dict[str, Any], evidence: Evidence, data: st.DataObject
) -> None:
    first = {"name": "first", "when": when, "verdict": "approve", "reply": "r"}
    second = {"name": "second", "when": {"reason": {"is_known": True}}, "verdict": "reject", "reply": "r"}
    policy = Policy.model_validate({"rules": [first, second]})
    less = dict(evidence.facts)
    for name in RAISED:
        value = evidence.facts[name].value
        if isinstance(value, tuple) and value:
            shuffled = data.draw(st.permutations(value))
            less[name] = in_part(name, tuple(shuffled[: data.draw(st.integers(1, len(value)))]))
        elif isinstance(value, int | float) and value > 1:
            less[name] = in_part(name, data.draw(st.sampled_from([1, value])))
    if judge(evidence, policy).outcome is not Outcome.REJECT:
        assert judge(Evidence(less), policy).outcome is not Outcome.REJECT


@settings(max_examples=60)
@given(policies(), evidences())
def test_the_facts_that_an_explanation_names_are_enough_for_the_verdict(policy: Policy, evidence: Evidence) -> None:
    verdict = judge(evidence, policy)
    named = {name: evidence.facts[name] for name in verdict.explanation.facts}
    again = judge(Evidence(named), policy)
    assert (again.outcome, again.rule, again.cause, again.reply, again.proposed) == (
        verdict.outcome,
        verdict.rule,
        verdict.cause,
        verdict.reply,
        verdict.proposed,
    )


@settings(max_examples=60)
@given(policies(), evidences())
def test_a_verdict_survives_json_whole(policy: Policy, evidence: Evidence) -> None:
    verdict = judge(evidence, policy)
    text = json.dumps(verdict.model_dump(mode="json"))
    assert Verdict.model_validate(json.loads(text)) == verdict
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict


@settings(max_examples=60)
@given(policies(guards=False, max_rules=6), st.lists(evidences(), min_size=1, max_size=12))
def test_a_rule_reported_as_idle_never_decides(policy: Policy, found: list[Evidence]) -> None:
    asking = [Asking(place, rule.when, rule.mode is not Mode.SHADOW) for place, rule in enumerate(policy.rules)]
    idle = {policy.rules[item.place].name for item in idle_rules(asking)}
    for evidence in found:
        verdict = judge(evidence, policy)
        traces = [trace.rule for trace in verdict.explanation.rules if trace.result == "matched"]
        assert verdict.rule not in idle or verdict.cause == "missing_evidence"
        assert not idle & set(traces)


@settings(max_examples=80)
@given(policies(max_rules=1, guards=False), st.lists(evidences(), min_size=1, max_size=8))
def test_facts_known_to_a_rule_are_there_whenever_it_matches(policy: Policy, found: list[Evidence]) -> None:
    known = facts_known_to(policy.rules[0])
    for evidence in found:
        verdict = judge(evidence, policy)
        if verdict.explanation.rules[0].result == "matched":
            for name in known:
                assert evidence.facts[name].is_known
                assert evidence.facts[name].value is not None


@settings(max_examples=60)
@given(policies(guards=False, max_rules=4), evidences())
def test_a_flip_is_one_and_the_nearest_come_first(policy: Policy, evidence: Evidence) -> None:
    before = judge(evidence, policy)
    flips = nearest_flips(evidence, policy, NOW)
    assert [flip.size for flip in flips] == sorted(flip.size for flip in flips)
    for flip in flips:
        changed = judge(Evidence({**evidence.facts, flip.fact: fact(flip.fact, flip.value)}), policy)
        assert changed.outcome is flip.outcome is not before.outcome
        assert flip.size > 0


@settings(max_examples=12)
@given(policies(guards=True, max_rules=3))
def test_a_mutant_is_another_policy_and_can_be_judged_by(policy: Policy) -> None:
    for mutant in mutants(policy):
        assert mutant.policy != policy
        assert mutant.what
