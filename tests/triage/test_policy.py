"""Policies are checked whole, judged three-valued, and explain themselves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snow_escalations.documents import DocumentError, parse
from snow_escalations.model import Evidence, Fact, HoldCause, Outcome, Source
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.model.facts import FACTS, Kind
from snow_escalations.triage.policy import Policy, judge, load_policy

SOURCE = Source(table="t", field="f")
READABLE: dict[str, Any] = {
    "reason": "inactivity",
    "source": "case",
    "case_state": "open",
    "priority": "moderate",
    "since_last_reply": 5.0,
    "last_word": "us",
    "earlier_escalations": 0,
    "self_approval": False,
}


def evidence(**changes: Any) -> Evidence:
    """Evidence with these values; None for a fact that could not be read."""
    facts = {}
    for name, value in {**READABLE, **changes}.items():
        known = {"value": value} if value is not None else {"unreadable": "closed"}
        facts[name] = Fact(name=name, unit=FACTS[name].unit, source=SOURCE, **known)
    return Evidence(facts=facts)


def policy(rules: str) -> Policy:
    return load_policy("rules:\n" + rules, "policy.yaml")


def rule(when: str, verdict: str = "approve", name: str = "a rule", reply: str = "r") -> str:
    replied = f"    reply: {reply}\n" if verdict != "hold" else ""
    return f"  - name: {name}\n    when: {when}\n    verdict: {verdict}\n{replied}"


SHIPPED = load_policy((shipped_config() / "policy.yaml").read_text(encoding="utf-8"), "policy.yaml")


@pytest.mark.parametrize(
    ("when", "matches"),
    [
        ("{reason: {equals: inactivity}}", True),
        ("{reason: {equals: lack_of_progress}}", False),
        ("{reason: {one_of: [lack_of_progress, inactivity]}}", True),
        ("{reason: {is_known: true}}", True),
        ("{reason: {is_known: false}}", False),
        ("{since_last_reply: {at_least: 5 hours}}", True),
        ("{since_last_reply: {more_than: 5 hours}}", False),
        ("{since_last_reply: {at_most: 5 hours}}", True),
        ("{since_last_reply: {less_than: 5 hours}}", False),
        ("{since_last_reply: {at_least: 4 hours, at_most: 1 day}}", True),
        ("{since_last_reply: {less_than: 0.5 days}}", True),
        ("{earlier_escalations: {equals: 0}}", True),
        ("{earlier_escalations: {one_of: [1, 2]}}", False),
        ("{self_approval: {equals: false}}", True),
        ("{reason: {equals: inactivity}, priority: {equals: low}}", False),
    ],
)
def test_each_matcher_compares_what_it_says(when: str, matches: bool) -> None:
    verdict = judge(evidence(), policy(rule(when)))
    assert (verdict.outcome is Outcome.APPROVE) is matches


def test_the_first_rule_that_matches_decides_and_names_itself() -> None:
    rules = rule("{reason: {equals: inactivity}}", "reject", "first") + rule("{source: {equals: case}}", name="second")
    verdict = judge(evidence(), policy(rules))
    assert (verdict.outcome, verdict.rule, verdict.reply, verdict.cause) == (Outcome.REJECT, "first", "r", None)
    assert verdict.explanation.sentence == "rejected because first"


def test_without_a_matching_rule_a_person_looks() -> None:
    verdict = judge(evidence(), policy(rule("{reason: {equals: other}}")))
    assert (verdict.outcome, verdict.rule, verdict.cause) == (Outcome.HOLD, None, HoldCause.NO_RULE)


def test_a_hold_by_a_rule_is_the_policys_own() -> None:
    verdict = judge(evidence(), policy(rule("{source: {equals: case}}", "hold", "it is a case")))
    assert (verdict.cause, verdict.explanation.sentence) == (HoldCause.POLICY, "held because it is a case")


def test_an_unknown_fact_in_a_rule_that_would_match_holds_and_never_falls_through() -> None:
    rules = rule("{since_last_reply: {at_least: 2 days}}") + rule("{source: {equals: case}}", "reject", "second")
    verdict = judge(evidence(since_last_reply=None), policy(rules))
    assert (verdict.outcome, verdict.cause) == (Outcome.HOLD, HoldCause.MISSING_EVIDENCE)
    assert "since_last_reply: closed" in verdict.explanation.sentence


def test_an_unknown_fact_in_a_rule_that_fails_otherwise_does_not_matter() -> None:
    rules = rule("{since_last_reply: {at_least: 2 days}, source: {equals: account}}")
    rules += rule("{source: {equals: case}}", name="second")
    assert judge(evidence(since_last_reply=None), policy(rules)).outcome is Outcome.APPROVE


def test_whether_a_fact_is_known_can_itself_be_asked() -> None:
    rules = rule("{since_last_reply: {is_known: false}}", "hold", "we cannot see the journal")
    assert judge(evidence(since_last_reply=None), policy(rules)).cause is HoldCause.POLICY


def test_the_explanation_holds_what_was_compared() -> None:
    rules = rule("{since_last_reply: {at_least: 2 days}}") + rule("{source: {equals: case}}", name="second")
    verdict = judge(evidence(), policy(rules))
    first, second = verdict.explanation.rules
    clause = first.clauses[0]
    assert (first.result, second.result) == ("not_matched", "matched")
    assert (clause.fact, clause.matcher, clause.wanted, clause.seen, clause.unit) == (
        "since_last_reply",
        "at_least",
        48.0,
        5.0,
        "hours",
    )


@given(st.data())
def test_losing_a_fact_never_turns_hold_or_approve_into_reject(data: st.DataObject) -> None:
    values = {
        name: data.draw(
            st.sampled_from(spec.values)
            if spec.values
            else st.booleans()
            if spec.kind is Kind.BOOLEAN
            else st.sampled_from([0, 1, 3, 5.0, 23.5, 30.0, 48.0, 400.0])
        )
        for name, spec in FACTS.items()
    }
    before = judge(evidence(**values), SHIPPED)
    lost = data.draw(st.sampled_from(sorted(FACTS)))
    after = judge(evidence(**{**values, lost: None}), SHIPPED)
    assert after.outcome is not Outcome.REJECT or before.outcome is Outcome.REJECT


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("rules: []", 1, 1, "at least 1 item"),
        ("rulez: []", 1, 1, "unknown key `rulez`; did you mean `rules`?"),
        (f"rules:\n{rule('{reasn: {equals: x}}')}", 3, 12, "unknown fact `reasn`; did you mean `reason`?"),
        (
            f"rules:\n{rule('{reason: {at_least: 3}}')}",
            3,
            21,
            "`at_least` cannot be asked of `reason`, which is a text",
        ),
        (f"rules:\n{rule('{reason: inactivity}')}", 3, 12, "`reason` needs a matcher, one of equals, one_of, is_known"),
        (f"rules:\n{rule('{since_last_reply: {at_least: 48}}')}", 3, 41, "write it like `36 hours` or `2 days`"),
        (f"rules:\n{rule('{since_last_reply: {at_least: 2 weeks}}')}", 3, 41, "is not a duration"),
        (
            f"rules:\n{rule('{since_last_reply: {at_least: 99999999999999999999999 days}}')}",
            3,
            41,
            "a duration of 1e+23 days is longer than 3650, the limit",
        ),
        (f"rules:\n{rule('{priority: {equals: crtical}}')}", 3, 31, "is never `crtical`; did you mean `critical`?"),
        (f"rules:\n{rule('{earlier_escalations: {equals: true}}')}", 3, 42, "it cannot be compared with True"),
        (f"rules:\n{rule('{reason: {one_of: []}}')}", 3, 29, "a list that is not empty"),
        (f"rules:\n{rule('{reason: {is_known: 1}}')}", 3, 31, "takes true or false"),
        (f"rules:\n{rule('{}')}", 3, 5, "must be a mapping of facts to matchers"),
        (f"rules:\n{rule('[]')}", 3, 5, "must be a mapping of facts to matchers"),
        (f"rules:\n{rule('{source: {equals: case}}', verdict='aprove')}", 4, 5, "did you mean `approve`?"),
        (f"rules:\n{rule('{source: {equals: case}}', reply='no way')}", 5, 5, "should match pattern"),
        (
            "rules:\n  - name: abc\n    when: {source: {equals: case}}\n    verdict: reject\n",
            2,
            5,
            "a rule that can reject needs a reply",
        ),
        (
            f"rules:\n{rule('{source: {equals: case}}')}{rule('{source: {equals: case}}')}",
            6,
            5,
            "a rule of this name is already in line 2",
        ),
    ],
)
def test_a_bad_policy_says_where_and_what(text: str, line: int, column: int, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_policy(text, "policy.yaml")
    found = [problem for problem in caught.value.problems if words in problem.message]
    assert [(problem.line, problem.column) for problem in found] == [(line, column)]


OPEN = "{since_last_reply: {at_least: 2 days}}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (OPEN, OPEN),
        (OPEN, "{since_last_reply: {at_least: 3 days}}"),
        (OPEN, "{since_last_reply: {more_than: 48 hours}}"),
        (OPEN, "{since_last_reply: {at_least: 3 days}, last_word: {equals: customer}}"),
        (OPEN, "{since_last_reply: {is_known: false}}"),
        ("{last_word: {one_of: [us, customer]}}", "{last_word: {equals: us}}"),
        ("{last_word: {one_of: [us, customer, nobody]}}", "{priority: {equals: low}}"),
        ("{priority: {is_known: true}}", "{priority: {equals: low}}"),
        ("{earlier_escalations: {at_least: 0}}", "{earlier_escalations: {one_of: [1, 2]}}"),
        ("{earlier_escalations: {at_least: 1}}", "{earlier_escalations: {equals: 1}}"),
        ("{reason: {one_of: [inactivity, outage]}}", "{reason: {equals: outage}}"),
    ],
)
def test_a_rule_that_an_earlier_one_takes_all_of_is_refused(first: str, second: str) -> None:
    with pytest.raises(DocumentError) as caught:
        policy(rule(first, name="the first") + rule(second, "hold", "the second"))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (6, 5)
    assert "the rule can never decide: the rule `the first` in line 2 comes before it" in problem.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("{since_last_reply: {more_than: 2 days}}", OPEN),
        (OPEN, "{since_last_reply: {at_least: 1 day}}"),
        (OPEN, "{last_word: {equals: us}}"),
        ("{since_last_reply: {at_least: 2 days}, source: {equals: case}}", OPEN),
        ("{since_last_reply: {is_known: true}}", "{since_last_reply: {is_known: false}}"),
        ("{since_last_reply: {is_known: true}}", "{source: {equals: case}}"),
        ("{reason: {equals: outage}}", "{reason: {one_of: [inactivity, outage]}}"),
        ("{earlier_escalations: {one_of: [1, 2]}}", "{earlier_escalations: {at_least: 1}}"),
    ],
)
def test_a_rule_with_something_left_to_decide_is_kept(first: str, second: str) -> None:
    assert len(policy(rule(first, name="the first") + rule(second, "hold", "the second")).rules) == 2


@pytest.mark.parametrize(
    ("when", "fact", "column"),
    [
        ("{since_last_reply: {at_least: 5 days, less_than: 1 day}}", "since_last_reply", 12),
        ("{since_last_reply: {more_than: 1 day, at_most: 1 day}}", "since_last_reply", 12),
        ("{source: {equals: case}, since_last_reply: {less_than: 0 hours}}", "since_last_reply", 36),
        ("{reason: {equals: inactivity, one_of: [outage]}}", "reason", 12),
        ("{reason: {equals: inactivity, is_known: false}}", "reason", 12),
        ("{earlier_escalations: {equals: 3, at_most: 2}}", "earlier_escalations", 12),
        ("{earlier_escalations: {equals: -1}}", "earlier_escalations", 12),
    ],
)
def test_a_rule_that_asks_for_what_cannot_be_is_refused(when: str, fact: str, column: int) -> None:
    with pytest.raises(DocumentError) as caught:
        policy(rule(when))
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, column)
    assert problem.message == f"nothing fits all that is asked of `{fact}`, so the rule can never match"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lack_of_progres", "did you mean `lack_of_progress`? Known: inactivity, lack_of_progress"),
        ("inactivty", "name it under dialect.reasons in the settings"),
        ("Lack of progress", "is not the key of a reason; write `lack_of_progress`"),
        ("service_outag", "did you mean `service_outage`?"),
    ],
)
def test_a_reason_that_is_nearly_a_known_one_is_refused(text: str, words: str) -> None:
    rules = f"rules:\n{rule(f'{{reason: {{one_of: [outage, {text}]}}}}')}"
    with pytest.raises(DocumentError) as caught:
        load_policy(rules, "p", reasons=["service_outage"])
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == (3, 38)
    assert words in problem.message


@pytest.mark.parametrize("text", ["outage", "executive_visit", "störung", "inactivty", "Odd key"])
def test_a_reason_of_the_teams_own_is_accepted(text: str) -> None:
    rules = f"rules:\n{rule(f'{{reason: {{equals: {text}}}}}')}"
    assert load_policy(rules, "p", reasons=["inactivty", "Odd key"]).rules


VALUES_OF_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.NUMBER: st.sampled_from([0, 1, 2, 3]),
    Kind.DURATION: st.sampled_from([0.0, 12.0, 24.0, 36.0, 48.0, 60.0]),
    Kind.BOOLEAN: st.booleans(),
}


@st.composite
def conditions(draw: st.DrawFn) -> str:
    written = []
    for fact in draw(st.lists(st.sampled_from(["since_last_reply", "earlier_escalations", "last_word"]), min_size=1)):
        spec = FACTS[fact]
        known = draw(st.booleans())
        ends = draw(st.sampled_from([(0, 1), (1, 2), (1, 1), (2, 0)]))
        unit = " days" if spec.kind is Kind.DURATION else ""
        choices = [f"{{is_known: {str(known).lower()}}}"]
        if spec.kind is Kind.TEXT:
            choices.append(f"{{equals: {draw(st.sampled_from(spec.values))}}}")
        else:
            choices.append(f"{{at_least: {ends[0]}{unit}, at_most: {ends[1]}{unit}}}")
            choices.append(f"{{more_than: {ends[0]}{unit}}}")
        written.append((fact, draw(st.sampled_from(choices))))
    return "{" + ", ".join(f"{fact}: {matchers}" for fact, matchers in dict(written).items()) + "}"


@given(conditions(), conditions(), st.data())
def test_a_rule_that_is_refused_as_idle_decides_nothing(first: str, second: str, data: st.DataObject) -> None:
    rules = rule(first, name="the first") + rule(second, "hold", "the second")
    try:
        policy(rules)
    except DocumentError:
        idle = Policy.model_validate(parse(f"rules:\n{rules}", "p").plain())
    else:
        return
    values = {
        name: data.draw(st.none() | (st.sampled_from(spec.values) if spec.values else VALUES_OF_KIND[spec.kind]))
        for name, spec in FACTS.items()
    }
    verdict = judge(evidence(**values), idle)
    alone = [judge(evidence(**values), Policy(rules=(item,))) for item in idle.rules]
    decided = [item.cause not in {HoldCause.NO_RULE, HoldCause.MISSING_EVIDENCE} for item in alone]
    # Either the first can never match, or the second never has the last word.
    assert not decided[0] or verdict.rule != "the second"
    assert not (decided[0] and decided[1]) or verdict.rule == "the first"


def test_all_problems_of_a_policy_come_at_once() -> None:
    text = f"rules:\n{rule('{reasn: {equals: x}}', verdict='aprove')}{rule('{source: {equals: 7}}')}"
    with pytest.raises(DocumentError) as caught:
        load_policy(text, "policy.yaml")
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("changes", "outcome", "rule_part"),
    [
        ({"source": "account", "case_state": None, "priority": None}, Outcome.HOLD, "whole account"),
        ({"case_state": "resolved"}, Outcome.HOLD, "no longer being worked on"),
        ({"self_approval": True}, Outcome.HOLD, "also asked to approve"),
        ({"since_last_reply": 48.0, "last_word": "customer"}, Outcome.APPROVE, "two days"),
        ({"since_last_reply": 47.9, "last_word": "customer"}, Outcome.HOLD, None),
        ({"since_last_reply": 4.0, "last_word": "customer", "priority": "critical"}, Outcome.APPROVE, "critical"),
        ({"since_last_reply": 3.9, "last_word": "customer", "priority": "critical"}, Outcome.HOLD, None),
        ({}, Outcome.REJECT, "within the last day"),
        ({"since_last_reply": 24.0}, Outcome.HOLD, None),
        ({"earlier_escalations": 1}, Outcome.HOLD, None),
        ({"reason": "executive_visibility"}, Outcome.HOLD, None),
        ({"last_word": "customer"}, Outcome.HOLD, None),
        ({"since_last_reply": None}, Outcome.HOLD, "within the last day"),
        ({"since_last_reply": None, "last_word": None}, Outcome.HOLD, "two days"),
    ],
)
def test_the_shipped_policy_decides_the_clear_cases_and_holds_the_rest(
    changes: dict[str, Any], outcome: Outcome, rule_part: str | None
) -> None:
    verdict = judge(evidence(**changes), SHIPPED)
    assert verdict.outcome is outcome
    assert (rule_part or "") in (verdict.rule or "")
    assert (verdict.rule is None) is (rule_part is None)
