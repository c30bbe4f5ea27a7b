"""A policy file is checked whole: every problem at once, at its line and column, with the offending line."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from snow_escalations.documents import DocumentError
from snow_escalations.model import FACTS
from snow_escalations.triage.policy import Policy, facts_known_to, facts_of_rule, load_policy
from snow_escalations.triage.policy.load import RULE_LIMIT
from tests.triage.policy.generated import plain_policies

BROKEN: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "broken.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["name"])
def test_a_broken_policy_tells_each_problem_at_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(DocumentError) as caught:
        load_policy(case["policy"], "policy.yaml")
    found = [[problem.line, problem.column, problem.message] for problem in caught.value.problems]
    assert found == case["problems"]
    lines = case["policy"].splitlines()
    for problem in caught.value.problems:
        if problem.line <= len(lines) and not problem.line_text.endswith("…"):
            assert problem.line_text == " ".join(lines[problem.line - 1].split("\t")).strip()


def test_there_are_many_broken_policies() -> None:
    assert len(BROKEN) >= 110


def problems_of(text: str) -> list[str] | None:
    """The messages of a policy's problems, or None if it has none."""
    try:
        load_policy(text, "p.yaml")
    except DocumentError as error:
        return [problem.message for problem in error.problems]
    return None


def load(when: str, **kwargs: Any) -> Policy:
    return load_policy(f"rules:\n  - {{name: a rule, when: {when}, verdict: hold}}\n", "p.yaml", **kwargs)


def test_reasons_of_the_instance_are_known_where_they_are_given() -> None:
    when = "{reason: {equals: lack_of_progres}}"
    with pytest.raises(DocumentError, match="did you mean"):
        load(when)
    assert load(when, reasons=["lack_of_progres"]).rules
    assert load("{reason: {equals: tone_of_the_agent}}").rules


def test_titles_of_a_teams_own_are_accepted() -> None:
    assert load("{executives: {contains: [CIO, Vorstand]}}").rules


def test_too_many_rules_are_refused() -> None:
    rule = "  - {name: rule %d, when: {account: {equals: name %d}}, verdict: hold}\n"
    text = "rules:\n" + "".join(rule % (place, place) for place in range(RULE_LIMIT + 1))
    with pytest.raises(DocumentError, match=f"{RULE_LIMIT + 1} rules, the limit is {RULE_LIMIT}"):
        load_policy(text, "p.yaml")


def test_a_policy_that_is_no_document_tells_its_troubles_too() -> None:
    """Nothing that is malformed is left out in silence, whichever way a policy is made."""
    with pytest.raises(ValidationError, match="unknown fact `reasn`"):
        Policy.model_validate({"rules": [{"name": "a rule", "when": {"reasn": {"equals": "x"}}, "verdict": "hold"}]})


@given(plain_policies())
def test_a_policy_survives_json_whole(plain: dict[str, Any]) -> None:
    policy = Policy.model_validate(plain)
    assert Policy.model_validate(json.loads(policy.model_dump_json())).model_dump() == policy.model_dump()
    assert Policy.model_validate(policy.rules and {"rules": policy.rules}).rules == policy.rules


@given(st.text(alphabet="{}[]:,-\n #&*!|>'\"rulesnamewhn0159.", max_size=60))
def test_any_text_is_a_policy_or_told_as_a_document_error(text: str) -> None:
    found = problems_of(text)
    assert found is None or found


@given(plain_policies(max_rules=3))
def test_any_policy_is_loaded_or_its_rules_are_told_as_idle(plain: dict[str, Any]) -> None:
    told = ("can never", "no rejection may rest")
    for message in problems_of(json.dumps(plain)) or ():
        assert any(words in message for words in told)


@pytest.mark.parametrize(
    ("when", "known"),
    [
        ("{priority: {equals: low}, waiting_for: {at_least: 1 hour}}", {"priority", "waiting_for"}),
        ("{waiting_for: {is_known: true}}", set()),
        ("{stalled: {is_known: true}}", {"stalled"}),
        ("{any: [{priority: {equals: low}}, {stalled: {equals: true}}]}", set()),
        ("{any: [{priority: {equals: low}}, {priority: {equals: high}, stalled: {equals: true}}]}", {"priority"}),
        ("{not: {stalled: {equals: true}}}", {"stalled"}),
        ("{not: {priority: {equals: low}}}", set()),
        ("{executives: {at_least: 1}, deadlines: {within: 3 days}}", {"executives", "deadlines"}),
    ],
)
def test_which_facts_are_certain_where_a_rule_matches(when: str, known: set[str]) -> None:
    rule = load(when).rules[0]
    assert facts_known_to(rule) == known
    assert facts_known_to(rule) <= facts_of_rule(rule)


def test_a_rule_that_is_too_large_to_reason_about_is_loaded_and_nothing_is_certain_of_it() -> None:
    either = [f"{{{name}: {{is_known: true}}}}" for name in FACTS]
    parts = ", ".join(f"{{any: [{', '.join(either[place : place + 3])}]}}" for place in range(0, 24, 3))
    policy = load(f"{{all: [{parts}]}}")
    assert facts_known_to(policy.rules[0]) == frozenset()


@pytest.mark.parametrize(
    "when",
    [
        "{any: [{priority: {is_known: false}}, {stalled: {equals: true}}]}",
        "{not: {priority: {is_known: false}}}",
        "{not: {priority: {is_known: true}, stalled: {equals: true}}}",
        "{not: {not: {priority: {is_known: true}}}}",
    ],
)
def test_a_rejection_that_may_rest_on_what_is_read_is_accepted(when: str) -> None:
    assert load_policy(f"rules:\n  - {{name: one, when: {when}, verdict: reject, reply: r}}\n", "p.yaml").rules


def test_a_long_list_of_names_is_read_name_by_name() -> None:
    """A list of ten times as many names takes no hundred times as long."""
    names = [f"account {number}" for number in range(20_000)]
    when = f"{{account: {{one_of: [{', '.join(names)}]}}}}"
    assert load(when).rules[0].when.conditions[0].wanted == tuple(names)
    with pytest.raises(DocumentError, match="`account 7` is listed twice"):
        load(when.replace("account 19999", "account 7"))
