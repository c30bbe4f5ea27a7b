"""Verdicts: first match wins, unknown facts hold, and what modes and guards make of a match."""

from typing import Any, Literal
from unicodedata import normalize

import pytest

from snow_escalations.model import Evidence, Explanation, HoldCause, Outcome, Verdict
from snow_escalations.model.facts import FACTS
from snow_escalations.triage.explanation import explanation_lines
from snow_escalations.triage.policy import Policy, judge, load_policy
from snow_escalations.triage.policy.conditions import When
from snow_escalations.triage.policy.evidence_words import evidence_of_words, fact_of_words

READABLE: dict[str, Any] = {
    "reason": "inactivity",
    "account": "Boxeo",
    "severity": "High",
    "requested_on": "2026-12-03",
    "source": "case",
    "priority": "moderate",
    "since_last_reply": {"hours": 5, "business_hours": 2},
    "waiting_for": None,
    "last_word": "us",
    "earlier_escalations": 0,
    "sla_percentage": 62.5,
    "self_approval": False,
    "executives": ["CIO", "VP"],
    "impact": [],
    "deadlines": [{"hours_left": 30, "business_hours_left": 8}, "5 days"],
}
LOST = {"unreadable": "it is closed"}


def evidence(**changes: Any) -> Evidence:
    return evidence_of_words(changes, base=READABLE)


def policy(rules: str, head: str = "") -> Policy:
    return load_policy(f"{head}rules:\n{rules}", "policy.yaml")


def rule(when: str, verdict: str = "approve", name: str = "a rule", mode: str = "enforce") -> str:
    return f"  - {{name: {name}, when: {when}, verdict: {verdict}, reply: r, mode: {mode}}}\n"


ALWAYS = "{source: {equals: case}}"
YES = "{last_word: {equals: us}}"


@pytest.mark.parametrize(
    ("when", "matches"),
    [
        ("{reason: {equals: inactivity}}", True),
        ("{reason: {equals: lack_of_progress}}", False),
        ("{reason: {one_of: [lack_of_progress, inactivity]}}", True),
        ("{reason: {is_known: true}}", True),
        ("{reason: {is_known: false}}", False),
        ("{account: {equals: BOXEO}}", True),
        ("{account: {one_of: [Acme, boxeo]}}", True),
        ("{account: {equals: Box}}", False),
        ("{self_approval: {equals: false}}", True),
        ("{since_last_reply: {at_least: 5 hours}}", True),
        ("{since_last_reply: {at_least: 301 minutes}}", False),
        ("{since_last_reply: {more_than: 5 hours}}", False),
        ("{since_last_reply: {at_most: 5 hours}}", True),
        ("{since_last_reply: {less_than: 5 hours}}", False),
        ("{since_last_reply: {less_than: 0.5 days}}", True),
        ("{since_last_reply: {less_than: 1 week}}", True),
        ("{since_last_reply: {at_least: 3 business hours}}", False),
        ("{since_last_reply: {at_least: 2 business hours, at_most: 1 day}}", True),
        ("{since_last_reply: {between: [5 hours, 5 hours]}}", True),
        ("{since_last_reply: {between: [3 business hours, 9 business hours]}}", False),
        ("{sla_percentage: {more_than: 62}}", True),
        ("{sla_percentage: {at_most: 62.4}}", False),
        ("{earlier_escalations: {one_of: [1, 2]}}", False),
        ("{earlier_escalations: {between: [0, 2]}}", True),
        ("{requested_on: {equals: 2026-12-03}}", True),
        ("{requested_on: {at_least: 2026-12-04}}", False),
        ("{requested_on: {more_than: 2026-12-02}}", True),
        ("{requested_on: {less_than: 2026-12-03}}", False),
        ("{requested_on: {between: [2026-12-01, 2026-12-03]}}", True),
        ("{executives: {contains: VP}}", True),
        ("{executives: {contains: [CEO, CIO]}}", True),
        ("{executives: {contains: CEO}}", False),
        ("{executives: {equals: 2}}", True),
        ("{executives: {more_than: 2}}", False),
        ("{impact: {equals: 0}}", True),
        ("{impact: {at_least: 1}}", False),
        ("{deadlines: {within: 30 hours}}", True),
        ("{deadlines: {within: 29 hours}}", False),
        ("{deadlines: {within: 8 business hours}}", True),
        ("{deadlines: {within: 7 business hours}}", False),
        ("{waiting_for: {at_least: 0 hours}}", False),
        ("{waiting_for: {is_known: true}}", True),
        ("{not: {waiting_for: {at_least: 0 hours}}}", True),
        ("{not: {reason: {equals: inactivity}}}", False),
        ("{any: [{reason: {equals: lack_of_progress}}, {executives: {contains: CIO}}]}", True),
        ("{any: [{reason: {equals: lack_of_progress}}, {priority: {equals: low}}]}", False),
        ("{all: [{reason: {equals: inactivity}}, {priority: {equals: moderate}}]}", True),
        ("{not: {any: [{reason: {equals: lack_of_progress}}, {not: {impact: {equals: 0}}}]}}", True),
        ("{reason: {equals: inactivity}, priority: {equals: low}}", False),
    ],
)
def test_each_matcher_compares_what_it_says(when: str, matches: bool) -> None:
    verdict = judge(evidence(), policy(rule(when)))
    assert (verdict.outcome is Outcome.APPROVE) is matches


@pytest.mark.parametrize(
    ("deadlines", "matches"), [([], False), (["1 day ago"], False), (["0 hours"], True), (["3 days", "1 hour"], False)]
)
def test_within_looks_at_the_first_deadline_that_has_not_passed(deadlines: list[str], matches: bool) -> None:
    verdict = judge(evidence(deadlines=deadlines), policy(rule("{deadlines: {within: 2 days}}")))
    assert (verdict.outcome is Outcome.APPROVE) is matches


def test_a_deadline_is_named_by_its_day() -> None:
    found = policy(rule("{deadlines: {contains: 2026-12-02}}"))
    assert judge(evidence(deadlines=["30 hours"]), found).outcome is Outcome.APPROVE
    assert judge(evidence(deadlines=["60 hours"]), found).outcome is Outcome.HOLD


def test_the_first_rule_that_matches_decides_and_names_itself() -> None:
    rules = rule(YES, "reject", "first") + rule("{priority: {equals: moderate}}", name="second")
    verdict = judge(evidence(), policy(rules))
    assert (verdict.outcome, verdict.rule, verdict.reply, verdict.cause) == (Outcome.REJECT, "first", "r", None)
    assert verdict.explanation.sentence == "rejected because first"
    assert [trace.rule for trace in verdict.explanation.rules] == ["first"]


def test_without_a_matching_rule_a_person_looks() -> None:
    verdict = judge(evidence(), policy(rule("{reason: {equals: lack_of_progress}}")))
    assert (verdict.outcome, verdict.rule, verdict.cause) == (Outcome.HOLD, None, HoldCause.NO_RULE)
    assert verdict.explanation.sentence == "held because no rule matches"


def test_a_hold_by_a_rule_is_the_policys_own() -> None:
    verdict = judge(evidence(), policy(rule(ALWAYS, "hold", "it is a case")))
    assert (verdict.cause, verdict.explanation.sentence) == (HoldCause.POLICY, "held because it is a case")


def test_an_unknown_fact_in_a_rule_that_would_match_holds_and_never_falls_through() -> None:
    rules = rule("{since_last_reply: {at_least: 2 days}}") + rule(ALWAYS, "reject", "second")
    verdict = judge(evidence(since_last_reply=LOST), policy(rules))
    assert (verdict.outcome, verdict.cause, verdict.reply) == (Outcome.HOLD, HoldCause.MISSING_EVIDENCE, None)
    assert "since_last_reply: it is closed" in verdict.explanation.sentence


def test_only_the_facts_that_leave_it_open_are_named_as_missing() -> None:
    when = "{any: [{stalled: {equals: true}}, {priority: {equals: moderate}}], not: {account: {equals: Acme}}}"
    sentence = judge(evidence(account=LOST, stalled=LOST), policy(rule(when))).explanation.sentence
    assert "account: it is closed" in sentence
    assert "stalled" not in sentence


def test_an_unknown_fact_in_a_rule_that_fails_otherwise_does_not_matter() -> None:
    rules = rule("{since_last_reply: {at_least: 2 days}, source: {equals: account}}") + rule(ALWAYS, name="second")
    assert judge(evidence(since_last_reply=LOST), policy(rules)).outcome is Outcome.APPROVE


def test_a_fact_that_the_evidence_does_not_have_is_unknown() -> None:
    verdict = judge(Evidence({}), policy(rule(ALWAYS)))
    assert verdict.cause is HoldCause.MISSING_EVIDENCE
    assert "source: the evidence does not have it" in verdict.explanation.sentence


def test_whether_a_fact_is_known_can_itself_be_asked() -> None:
    rules = rule("{since_last_reply: {is_known: false}}", "hold", "we cannot see the journal")
    assert judge(evidence(since_last_reply=LOST), policy(rules)).cause is HoldCause.POLICY


def test_no_rejection_rests_on_a_fact_being_unreadable() -> None:
    rules = rule("{stalled: {is_known: true}}", "approve", "they complain or not") + rule(ALWAYS, "reject", "second")
    verdict = judge(evidence(stalled=LOST), policy(rules))
    assert (verdict.outcome, verdict.rule, verdict.cause) == (
        Outcome.HOLD,
        "they complain or not",
        HoldCause.MISSING_EVIDENCE,
    )
    assert verdict.explanation.sentence == (
        'held because no rejection may rest on what could not be read (stalled: it is closed; the rule "second" would '
        "reject)"
    )
    assert judge(evidence(stalled=False), policy(rules)).outcome is Outcome.APPROVE


def partly(name: str, value: Any) -> Evidence:
    """Evidence of which a fact is known in part."""
    known = evidence(**{name: value})
    note = "not all could be read: it is closed"
    return Evidence({**known.facts, name: known.facts[name]._replace(partial=True, note=note)})


def test_no_rejection_rests_on_what_a_text_that_could_not_be_read_may_say() -> None:
    rules = rule("{impact: {contains: legal}}", "hold", "the law is concerned") + rule(ALWAYS, "reject", "second")
    assert judge(evidence(impact=["revenue"]), policy(rules)).outcome is Outcome.REJECT
    verdict = judge(partly("impact", ["revenue"]), policy(rules))
    assert (verdict.outcome, verdict.rule, verdict.cause) == (
        Outcome.HOLD,
        "the law is concerned",
        HoldCause.MISSING_EVIDENCE,
    )
    assert verdict.explanation.sentence == (
        "held because no rejection may rest on what could not be read (impact: not all could be read: it is closed; "
        'the rule "second" would reject)'
    )
    lines = "\n".join(explanation_lines(verdict.explanation))
    assert "? impact has legal: [revenue]; not all could be read: it is closed" in lines


IN_PART = [
    ("impact", ["revenue"], "contains: [revenue, legal]", True),
    ("impact", ["revenue"], "contains: legal", False),
    ("impact", ["revenue"], "at_least: 1", True),
    ("impact", ["revenue"], "at_most: 1", False),
    ("impact", ["revenue", "legal"], "more_than: 1", True),
    ("impact", ["revenue"], "less_than: 2", False),
    ("impact", ["revenue"], "equals: 1", False),
    ("impact", ["revenue"], "is_known: true", True),
    ("deadlines", ["2 days"], "within: 3 days", False),
    ("users_affected", 50, "at_least: 50", True),
    ("users_affected", 50, "less_than: 20", True),
    ("users_affected", 50, "equals: 20", True),
    ("users_affected", 50, "equals: 60", False),
    ("users_affected", 50, "more_than: 50", False),
    ("users_affected", 50, "between: [20, 100]", False),
    ("users_affected", 50, "one_of: [50, 20]", False),
    ("stalled", True, "equals: true", True),
    ("stalled_for", "3 days", "at_least: 2 days", True),
    ("stalled_for", "3 days", "at_most: 5 days", False),
    ("stalled_for", "3 days", "at_least: 5 business hours", False),
    ("stated_reason", "unverifiable", "equals: unverifiable", False),
    ("stated_reason", "unverifiable", "is_known: true", True),
    ("better_reason", None, "equals: inactivity", False),
]


@pytest.mark.parametrize(("name", "value", "asked", "is_sure"), IN_PART)
def test_a_rejection_may_rest_on_what_more_words_would_not_change(
    name: str, value: Any, asked: str, is_sure: bool
) -> None:
    rules = rule(f"{{{name}: {{{asked}}}}}", "reject", "first") + rule(ALWAYS, "reject", "second")
    verdict = judge(partly(name, value), policy(rules))
    assert (verdict.outcome is Outcome.REJECT) is is_sure
    assert verdict.cause is (None if is_sure else HoldCause.MISSING_EVIDENCE)


def test_an_approval_may_rest_on_a_fact_that_is_known_in_part() -> None:
    rules = rule("{impact: {at_most: 1}}", "approve")
    assert judge(partly("impact", ["revenue"]), policy(rules)).outcome is Outcome.APPROVE


def test_a_shadow_rule_is_noted_and_the_search_goes_on() -> None:
    rules = rule(YES, "reject", "shadowy", "shadow") + rule("{stalled: {equals: true}}", "reject", "unread", "shadow")
    verdict = judge(evidence(), policy(rules + rule(ALWAYS, name="second")))
    assert (verdict.outcome, verdict.rule) == (Outcome.APPROVE, "second")
    noted, unread, decided = verdict.explanation.rules
    assert (noted.rule, noted.mode, noted.verdict, noted.result) == ("shadowy", "shadow", "reject", "matched")
    assert (unread.result, decided.result) == ("unknown", "matched")


def test_a_propose_rule_leaves_it_to_a_person_with_the_reply() -> None:
    verdict = judge(evidence(), policy(rule(YES, "reject", "we answered", "propose") + rule(ALWAYS, name="second")))
    assert (verdict.outcome, verdict.cause, verdict.proposed) == (Outcome.HOLD, HoldCause.POLICY, Outcome.REJECT)
    assert (verdict.rule, verdict.reply) == ("we answered", "r")
    assert verdict.explanation.sentence == (
        "held because the rule only proposes; it would be rejected because we answered"
    )


@pytest.mark.parametrize(
    "named", ["accounts: [BOXEO]", 'accounts: [" Boxeo"]', "severities: [high]", "priorities: [moderate]"]
)
def test_never_auto_turns_a_decision_into_a_proposal(named: str) -> None:
    made = policy(rule(ALWAYS, "approve", "it is a case"), f"never_auto: {{{named}}}\n")
    verdict = judge(evidence(), made)
    assert (verdict.outcome, verdict.cause, verdict.proposed) == (Outcome.HOLD, HoldCause.POLICY, Outcome.APPROVE)
    assert "is one that is never decided without a person" in verdict.explanation.sentence
    assert '(the rule "it is a case" would approve)' in verdict.explanation.sentence
    guard = verdict.explanation.rules[-1]
    assert (guard.kind, guard.result, guard.verdict) == ("guard", "matched", None)


@pytest.mark.parametrize(("listed", "named"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_never_auto_knows_a_name_however_its_accents_are_written(
    listed: Literal["NFC", "NFD"], named: Literal["NFC", "NFD"]
) -> None:
    text = f'never_auto: {{accounts: ["{normalize(listed, "MÜLLER AG")}"]}}\n'
    made = policy(rule(ALWAYS, "approve", "it is a case"), text)
    assert judge(evidence(account=normalize(named, "Müller AG")), made).outcome is Outcome.HOLD
    assert judge(evidence(account="Muller AG"), made).outcome is Outcome.APPROVE


def test_never_auto_holds_where_its_fact_could_not_be_read_and_lets_what_has_none_pass() -> None:
    made = policy(rule(ALWAYS), "never_auto: {accounts: [Acme]}\n")
    verdict = judge(evidence(account=LOST), made)
    assert (verdict.cause, verdict.proposed) == (HoldCause.MISSING_EVIDENCE, Outcome.APPROVE)
    assert "it cannot be told whether the account is one" in verdict.explanation.sentence
    assert judge(evidence(account=None), made).outcome is Outcome.APPROVE
    assert judge(evidence(account="Boxeo"), made).outcome is Outcome.APPROVE
    assert (
        judge(evidence(account=LOST), policy(rule(ALWAYS), "never_auto: {accounts: []}\n")).outcome is Outcome.APPROVE
    )


def test_what_was_requested_before_the_start_date_is_left_to_people() -> None:
    made = policy(rule(ALWAYS), "start_date: 2026-12-03\n")
    assert judge(evidence(), made).outcome is Outcome.APPROVE
    early = judge(evidence(requested_on="2026-12-02"), made)
    assert (early.outcome, early.cause, early.rule) == (Outcome.HOLD, HoldCause.POLICY, None)
    assert early.explanation.sentence == "held because it was requested before the start date 2026-12-03"
    unread = judge(evidence(requested_on=LOST), made)
    assert unread.cause is HoldCause.MISSING_EVIDENCE
    assert "requested_on: it is closed" in unread.explanation.sentence


def test_the_explanation_holds_what_was_compared_and_where_it_was_read() -> None:
    rules = rule("{since_last_reply: {at_least: 2 business hours, more_than: 2 days}}") + rule(ALWAYS, name="second")
    first, second = judge(evidence(), policy(rules)).explanation.rules
    held, failed = first.clauses
    assert (first.result, second.result) == ("not_matched", "matched")
    assert (held.wanted, held.result, failed.wanted, failed.result) == (
        "2 business hours",
        "matched",
        "2 days",
        "not_matched",
    )
    assert (failed.fact, failed.matcher, failed.seen, failed.unit) == (
        "since_last_reply",
        "more_than",
        (5.0, 2.0),
        "hours",
    )
    assert failed.source == fact_of_words(FACTS["source"], "case").source


def test_joins_stand_in_the_explanation_as_they_were_written() -> None:
    when = "{any: [{reason: {equals: lack_of_progress}}, {not: {priority: {equals: low}}}]}"
    (trace,) = judge(evidence(), policy(rule(when))).explanation.rules
    (either,) = trace.parts
    assert (either.kind, either.result) == ("any", "matched")
    assert [(part.kind, part.result) for part in either.parts] == [("all", "not_matched"), ("all", "matched")]
    inner = either.parts[1].parts[0]
    assert (inner.kind, inner.result, inner.parts[0].result) == ("not", "matched", "not_matched")


def test_words_are_made_once_and_when_they_are_asked_for() -> None:
    explanation = judge(evidence(), policy(rule(ALWAYS))).explanation
    assert explanation.rules is explanation.rules
    assert explanation == Explanation(explanation.sentence, explanation.rules)
    assert hash(explanation) == hash(Explanation(explanation.sentence))
    assert "approved because a rule" in repr(explanation)


def test_a_verdict_can_be_copied_between_processes() -> None:
    import pickle

    verdict = judge(evidence(), policy(rule(ALWAYS)))
    assert pickle.loads(pickle.dumps(verdict)) == verdict
    assert verdict.model_copy(update={"rule": None}).explanation == verdict.explanation
    assert verdict == Verdict(
        outcome=Outcome.APPROVE, rule="a rule", cause=None, explanation=verdict.explanation, reply="r"
    )


TRACE = {"rule": "a", "kind": "rule", "mode": "enforce", "verdict": None, "result": "matched", "parts": []}


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"rules": []},
        {"sentence": 3},
        {"sentence": "held", "rules": [{"rule": "a"}]},
        {"sentence": "held", "rules": [{**TRACE, "kind": "x"}]},
        {"sentence": "held", "rules": [{**TRACE, "rule": 3}]},
        {"sentence": "held", "rules": [{**TRACE, "parts": [{"fact": "weather"}]}]},
    ],
)
def test_an_explanation_that_is_none_is_refused(content: Any) -> None:
    with pytest.raises(ValueError, match="explanation"):
        Explanation.from_json(content)


def test_a_rule_that_asks_nothing_fits_everything() -> None:
    """No file can say so, and a mutant that lost its only condition does."""
    made = policy(rule(ALWAYS))
    asks_nothing = made.rules[0].model_copy(update={"when": When(())})
    for found in (evidence(), Evidence({})):
        assert (
            judge(found, Policy.model_construct(**{**dict(made), "rules": (asks_nothing,)})).outcome is Outcome.APPROVE
        )
