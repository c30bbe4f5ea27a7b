# ruff: noqa: E501 policies and tests stand on one line each
"""Tests of policies cannot pass by testing nothing, and mutants that live are told."""

from typing import Any

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.model import Evidence, Verdict
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.policy import Policy, load_policy
from snow_escalations.triage.policy.checks import Checked, load_tests, run_tests
from snow_escalations.triage.policy.evidence_words import evidence_of_words
from snow_escalations.triage.policy.mutants import mutants, survivors
from tests.support.dossiers import case, dossier
from tests.support.replies import shipped as shipped_replies

RULES = """rules:
  - name: we owe an answer
    when: {waiting_on: {equals: us}, waiting_for: {at_least: 2 days}}
    verdict: approve
    reply: approved
  - name: they watch
    when: {executives: {contains: [CIO, CEO]}}
    verdict: hold
"""
GOOD = """tests:
  - {name: owed, evidence: {waiting_on: us, waiting_for: 2 days}, expect: {verdict: approve, rule: we owe an answer}}
  - {name: early, evidence: {waiting_on: us, waiting_for: 47.5 hours, executives: []}, expect: {verdict: hold, cause: no_rule}}
  - {name: theirs, evidence: {waiting_on: customer, waiting_for: 3 days, executives: [CIO]}, expect: {verdict: hold, rule: they watch}}
  - {name: theirs too, evidence: {waiting_on: customer, waiting_for: 3 days, executives: [VP]}, expect: {verdict: hold, cause: no_rule}}
  - {name: the other, evidence: {waiting_on: customer, waiting_for: 3 days, executives: [CEO]}, expect: {verdict: hold, rule: they watch}}
"""


def policy(rules: str = RULES) -> Policy:
    return load_policy(rules, "policy.yaml")


def run(tests: str, rules: str = RULES, **kwargs: Any) -> Checked:
    made = policy(rules)
    return run_tests(load_tests(tests, "tests.yaml", made.names), made, **kwargs)


def problems(tests: str) -> list[tuple[int, int, str]]:
    with pytest.raises(DocumentError) as caught:
        load_tests(tests, "tests.yaml", policy().names)
    return [(item.line, item.column, item.message) for item in caught.value.problems]


def alive(tests: str, rules: str = RULES) -> list[str]:
    checked = run(tests, rules)
    _, found = survivors(policy(rules), [(item.evidence, item.test.expect) for item in checked.tests])
    return [mutant.what for mutant in found]


def shipped() -> tuple[Policy, Checked]:
    directory = shipped_config()
    made = load_policy((directory / "policy.yaml").read_text(encoding="utf-8"), "policy.yaml")
    tests = load_tests((directory / "policy_tests.yaml").read_text(encoding="utf-8"), "policy_tests.yaml", made.names)
    return made, run_tests(tests, made, render=letter)


def letter(verdict: Verdict, evidence: Evidence) -> str:
    """The shipped letter that a verdict leads to, on a case whose contact names no language."""
    return shipped_replies().render(verdict.reply or "", dossier(), evidence, case()).text


def test_the_shipped_policy_passes_its_tests_and_they_kill_every_mutant() -> None:
    made, checked = shipped()
    assert [(item.test.name, item.problems) for item in checked.failed] == []
    assert checked.untested == ()
    count, found = survivors(made, [(item.evidence, item.test.expect) for item in checked.tests])
    assert count > 150
    assert [(mutant.rule, mutant.what) for mutant in found] == []


def test_each_rule_of_the_shipped_policy_is_explained_in_one_line_above_it() -> None:
    lines = (shipped_config() / "policy.yaml").read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        if line.startswith("  - name:"):
            assert lines[place - 1].startswith("  # ")
            assert lines[place - 2] == "" or lines[place - 2] == "rules:"


def test_good_tests_pass_and_kill_every_mutant() -> None:
    checked = run(GOOD)
    assert checked.passed
    assert alive(GOOD) == []


def test_an_expectation_that_is_not_met_fails_with_what_came_instead() -> None:
    test = "  - {name: wrong, evidence: {waiting_on: customer, executives: []}, expect: {verdict: approve}}\n"
    checked = run(GOOD + test)
    assert not checked.passed
    assert [item.problems for item in checked.failed] == [("expected approve; held because no rule matches",)]


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{verdict: hold, rule: they watch}", "hold by the rule `they watch`"),
        ("{verdict: hold, cause: missing_evidence}", "hold with the cause missing_evidence"),
        ("{verdict: hold, proposed: approve}", "hold with approve proposed"),
        ("{verdict: hold, shadow: [they watch]}", "hold noting they watch"),
    ],
)
def test_each_part_of_an_expectation_counts(expect: str, told: str) -> None:
    test = f"tests:\n  - {{name: wrong, evidence: {{waiting_on: customer, executives: []}}, expect: {expect}}}\n"
    assert run(test).failed[0].problems == (f"expected {told}; held because no rule matches",)


def test_shadow_rules_are_expected_by_name() -> None:
    rules = RULES + "  - {name: noted, when: {stalled: {equals: true}}, verdict: hold, mode: shadow}\n"
    test = "  - {name: s, evidence: {waiting_on: customer, executives: [], stalled: true}, expect: {verdict: hold, shadow: %s}}\n"
    checked = run(
        "tests:\n" + (test % "[noted]").replace("name: s", "name: one") + (test % "[]").replace("name: s", "name: two"),
        rules,
    )
    assert [item.test.name for item in checked.failed] == ["two"]
    assert checked.failed[0].problems[0].endswith("(noting noted)")


def test_a_rule_that_no_test_makes_true_fails_all() -> None:
    checked = run("\n".join(GOOD.splitlines()[:3]))
    assert (checked.failed, checked.untested, checked.passed) == ((), ("they watch",), False)


def test_mutants_that_live_are_told_in_words() -> None:
    """Without the test of 47.5 hours nobody holds the bound, and without that of the CEO nobody the list."""
    lines = GOOD.splitlines()
    assert "`waiting_for is at least 2 days` became `waiting_for is at least 47 hours`" in alive(
        "\n".join([*lines[:2], *lines[3:]])
    )
    assert alive("\n".join(lines[:5])) == ["`executives has CIO or CEO` became `executives has CIO`"]


JOINED = """start_date: 2026-12-01
never_auto: {accounts: [Boxeo, Acme]}
rules:
  - name: joined
    when:
      any:
        - {stalled: {equals: true}}
        - {not: {priority: {one_of: [low, moderate]}}}
        - {requested_on: {between: [2026-12-03, 2026-12-05]}, reopenings: {more_than: 1}}
      all:
        - {deadlines: {within: 90 minutes}}
    verdict: reject
    reply: r
    mode: propose
  - {name: noted, when: {source: {equals: case}}, verdict: hold, mode: shadow}
  - {name: last, when: {reason: {is_known: true}, executives: {at_most: 2}}, verdict: hold}
"""


def test_mutants_are_made_of_every_part_of_a_policy() -> None:
    told = {mutant.what for mutant in mutants(policy(JOINED))}
    assert {
        "the start date is dropped",
        "the start date became 2026-12-02",
        "`Acme` is dropped from never_auto.accounts",
        "the rule is dropped",
        "the verdict became approve",
        "the mode became enforce",
        "`the first of deadlines is at most 90 minutes ahead` became `the first of deadlines is at most 91 minutes ahead`",
        "`the first of deadlines is at most 90 minutes ahead` is turned around",
        "`stalled is true` is dropped from `any`",
        "`not (priority is low or moderate)` lost its not",
        "`priority is low or moderate` became `priority is low`",
        "`requested_on is from 2026-12-03 to 2026-12-05` became `requested_on is from 2026-12-03 to 2026-12-06`",
        "`reopenings is more than 1` became `reopenings is at least 1`",
        "`reopenings is more than 1` became `reopenings is more than 2`",
        "`reopenings is more than 1` is dropped",
        "`reason could be read` is turned around",
        "`executives has at most 2 items` became `executives has less than 2 items`",
    } <= told
    assert not [mutant for mutant in mutants(policy(JOINED)) if mutant.rule == "noted"]


def test_mutants_that_are_proven_to_judge_alike_are_not_made() -> None:
    """An earlier rule takes all critical cases, so that later nothing depends on asking for others."""
    rules = """rules:
  - {name: critical, when: {priority: {equals: critical}}, verdict: hold}
  - {name: others, when: {not: {priority: {equals: critical}}, stalled: {equals: true}}, verdict: approve, reply: r}
"""
    told = [mutant.what for mutant in mutants(policy(rules)) if mutant.rule == "others"]
    assert "`not (priority is critical)` is dropped" not in told
    assert "`stalled is true` is dropped" in told


def test_phrases_of_the_reply_are_looked_for_in_what_is_rendered() -> None:
    def render(verdict: Verdict, evidence: Evidence) -> str:
        return f"Dear Ana,\nwe  have {verdict.reply} it, {evidence.fact('waiting_on').value}."

    one = "  - {name: owed, evidence: {waiting_on: us, waiting_for: 2 days}, expect: {verdict: approve, reply_contains: [%s]}}\n"
    tests = "tests:\n" + one % "we have approved it"
    assert run(tests, render=render).failed == ()
    failed = run("tests:\n" + one % "rejected", render=render).failed[0].problems
    assert failed == ("the reply `approved` does not contain `rejected`",)
    assert run(tests).failed[0].problems == ("the reply `approved` cannot be rendered here",)


def test_phrases_where_there_is_no_reply_match_nothing_and_fail() -> None:
    test = "tests:\n  - {name: held, evidence: {waiting_on: customer, executives: []}, expect: {verdict: hold, reply_contains: [x]}}\n"
    assert run(test).failed[0].problems == ("expected phrases of a reply, and the verdict has no reply",)


def test_a_dossier_is_read_by_whoever_can() -> None:
    test = "tests:\n  - {name: from a dossier, dossier: %s, expect: {verdict: approve}}\n"
    read: list[Any] = []

    def evidence_of(dossier: Any) -> Evidence:
        read.append(dossier)
        return evidence_of_words({"waiting_on": "us", "waiting_for": "3 days"})

    assert run(test % "one.json", evidence_of=evidence_of).failed == ()
    assert run(test % "{number: ESC1}", evidence_of=evidence_of).failed == ()
    assert read == ["one.json", {"number": "ESC1"}]
    with pytest.raises(ValueError, match="cannot be read here"):
        run(test % "one.json")


def test_facts_that_are_not_given_are_unreadable_and_a_base_is_shared() -> None:
    tests = """base: {waiting_on: us}
tests:
  - {name: nothing known, evidence: {}, expect: {verdict: hold, cause: missing_evidence}}
  - {name: with a time, evidence: {waiting_for: 3 days}, expect: {verdict: approve}}
"""
    checked = run(tests)
    assert checked.failed == ()
    assert "waiting_for: not given in the test" in checked.tests[0].verdict.explanation.sentence


@pytest.mark.parametrize(
    ("tests", "line", "column", "words"),
    [
        ("tests: []", 1, 1, "at least 1 item"),
        ("tests:\n  - {name: one, expect: {verdict: hold}}", 2, 5, "either `evidence` or a `dossier`"),
        ("tests:\n  - {name: one, evidence: {}, dossier: x, expect: {verdict: hold}}", 2, 5, "either `evidence`"),
        ("tests:\n  - {name: one, evidence: {}, expect: {}}", 2, 31, "`tests[0].expect.verdict` is missing"),
        ("tests:\n  - {name: one, evidence: {}, expect: {verdict: hold, rule: they wach}}", 2, 61, "did you mean `they watch`?"),
        ("tests:\n  - {name: one, evidence: {}, expect: {verdict: hold, shadow: [nobody]}}", 2, 64, "has no rule `nobody`"),
        ("tests:\n  - {name: one, evidence: {}, expect: {verdict: approve, cause: policy}}", 2, 31, "those of a hold"),
        ("tests:\n  - {name: one, evidence: {}, expect: {verdict: approve, reply_contains: [' ']}}", 2, 31, "empty phrase"),
        ("tests:\n  - {name: one, evidence: {reasn: x}, expect: {verdict: hold}}", 2, 28, "did you mean `reason`?"),
        ("tests:\n  - {name: one, evidence: {stalled: null}, expect: {verdict: hold}}", 2, 28, "never without a value"),
        ("tests:\n  - {name: one, evidence: {stalled: maybe}, expect: {verdict: hold}}", 2, 28, "true or false, not `maybe`"),
        ("tests:\n  - {name: one, evidence: {priority: urgent}, expect: {verdict: hold}}", 2, 28, "never `urgent`"),
        ("tests:\n  - {name: one, evidence: {account: 3}, expect: {verdict: hold}}", 2, 28, "is a text, not `3`"),
        ("tests:\n  - {name: one, evidence: {reopenings: -1}, expect: {verdict: hold}}", 2, 28, "not negative"),
        ("tests:\n  - {name: one, evidence: {requested_on: today}, expect: {verdict: hold}}", 2, 28, "not a date"),
        ("tests:\n  - {name: one, evidence: {waiting_for: {hours: 1}}, expect: {verdict: hold}}", 2, 28, "write both"),
        ("tests:\n  - {name: one, evidence: {waiting_for: {hours: 1, business_hours: 2}}, expect: {verdict: hold}}", 2, 28, "do not fit"),
        ("tests:\n  - {name: one, evidence: {executives: CIO}, expect: {verdict: hold}}", 2, 28, "is a list, such as"),
        ("tests:\n  - {name: one, evidence: {executives: [3]}, expect: {verdict: hold}}", 2, 41, "texts or mappings"),
        ("tests:\n  - {name: one, evidence: {impact: [reputation]}, expect: {verdict: hold}}", 2, 37, "never has `reputation`"),
        ("tests:\n  - {name: one, evidence: {impact: [{kind: x}]}, expect: {verdict: hold}}", 2, 37, "Input should be"),
        ("tests:\n  - {name: one, evidence: {deadlines: [soon]}, expect: {verdict: hold}}", 2, 40, "not a duration"),
        ("tests:\n  - {name: one, evidence: {deadlines: [{hours_left: 1e12}]}, expect: {verdict: hold}}", 2, 40, "3650 days, the limit"),
        ("tests:\n  - {name: one, evidence: {stalled: {unreadable: 3}}, expect: {verdict: hold}}", 2, 28, "says why"),
        ("base: [x]\ntests:\n  - {name: one, evidence: {}, expect: {verdict: hold}}", 1, 1, "`base`"),
        ("base: {weather: x}\ntests:\n  - {name: one, evidence: {}, expect: {verdict: hold}}", 1, 8, "unknown fact"),
    ],
)  # fmt: skip
def test_broken_tests_are_told_at_their_places(tests: str, line: int, column: int, words: str) -> None:
    assert any((at, of) == (line, column) and words in message for at, of, message in problems(tests)), problems(tests)


def test_all_that_is_wrong_with_tests_is_told_in_one_round_and_nothing_else_is() -> None:
    tests = """base: {stalled: yes, stalled: true}
tests:
  - {name: x, expect: {verdict: approve, cause: policy, reply_contains: [' '], shadow: [nobody]}}
  - {name: two, evidnce: {}, expect: {verdct: hold}}
  - {name: three, evidence: {executives: [3, CIO, 4], impact: [fame], reasn: x}, expect: {verdict: hodl, cause: policy}}
"""
    assert problems(tests) == [
        (1, 17, "`yes` means a boolean to some readers; write true or false, or quote the text"),
        (1, 22, "duplicate key `stalled`; it is first written in line 1"),
        (3, 5, "`tests[0]`: a test has either `evidence` or a `dossier`"),
        (3, 6, "`tests[0].name`: string should have at least 3 characters"),
        (3, 15, "`tests[0].expect`: `cause` and `proposed` are those of a hold"),
        (3, 15, "`tests[0].expect`: an empty phrase is in every reply"),
        (3, 89, "the policy has no rule `nobody`"),
        (4, 17, "unknown key `evidnce`; did you mean `evidence`?"),
        (4, 39, "unknown key `verdct`; did you mean `verdict`?"),
        (5, 43, "`executives` is a list of texts or mappings, and `3` is neither"),
        (5, 51, "`executives` is a list of texts or mappings, and `4` is neither"),
        (5, 64, "`impact` never has `fame`; known: production_down, revenue, safety, legal"),
        (5, 71, "unknown fact `reasn`; did you mean `reason`?"),
        (5, 91, "`tests[2].expect.verdict`: input should be 'approve', 'reject' or 'hold'; did you mean `hold`?"),
    ]


def test_two_tests_of_one_name_are_refused() -> None:
    one = "  - {name: one, evidence: {}, expect: {verdict: hold}}\n"
    assert problems(f"tests:\n{one}{one}") == [(3, 6, "a test of this name is already in line 2")]


def test_evidence_in_words_of_an_unknown_fact_is_refused() -> None:
    with pytest.raises(ValueError, match="did you mean `stalled`"):
        evidence_of_words({"staled": True})
