"""An explanation for its readers: all of it for the team, and for the customer what both sides can see."""

import re
from typing import Any

import pytest

from snow_escalations.model import Explanation, Fact, Quote, Source, Verdict
from snow_escalations.model.evidence import Evidence
from snow_escalations.triage.explanation import LANGUAGES, explanation_lines, explanation_markdown, for_customer
from snow_escalations.triage.policy import judge
from snow_escalations.triage.policy.sentences import policy_sentences
from tests.triage.policy.test_judge import LOST, YES, evidence, policy, rule

JOINED = "{any: [{priority: {equals: low}}, {stalled: {equals: true}}], not: {impact: {contains: safety}}}"
RULES = rule(JOINED, "reject", "a first rule") + rule("{earlier_escalations: {at_most: 1}}", "approve", "a second rule")


def told(changes: dict[str, Any], *, whole: bool = False, rules: str = RULES) -> list[str]:
    return list(explanation_lines(judge(evidence(**changes), policy(rules)).explanation, whole=whole))


def test_the_lines_tell_of_a_failed_rule_what_failed() -> None:
    assert told({"stalled": False}) == [
        "approved because a second rule",
        "- reject because a first rule: not matched",
        "    - any",
        "      - priority is low: moderate",
        "      - stalled is true: false",
        "+ approve because a second rule: matched",
        "    + earlier_escalations is at most 1: 0 escalations",
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "0 users"), (1, "1 user"), (2, "2 users"), (1234567, "1234567 users")])
def test_a_number_is_told_in_full_with_its_unit(count: int, said: str) -> None:
    rules = rule("{users_affected: {at_least: 0}}", "approve", "a first rule")
    assert told({"users_affected": count}, rules=rules)[-1] == f"    + users_affected is at least 0: {said}"


def test_the_whole_tells_every_comparison() -> None:
    lines = told({"stalled": False}, whole=True)
    assert "    + not" in lines
    assert "      - impact has safety: empty" in lines


def test_what_could_not_be_read_is_told_with_the_reason() -> None:
    lines = told({"stalled": LOST})
    assert lines[0] == 'held because the rule "a first rule" depends on what could not be read (stalled: it is closed)'
    assert "? reject because a first rule: unknown" in lines
    assert "      ? stalled is true: could not be read: it is closed" in lines


def sourced(**changes: Any) -> Explanation:
    source = Source(table="sn_customerservice_escalation", field="justification", record="ESC0010001")
    facts = evidence(**changes).facts
    quoted = Fact("stalled", True, "", source, (Quote(text="*nobody* answers", start=3, end=18),))
    return judge(Evidence({**facts, "stalled": quoted}), policy(RULES)).explanation


def test_place_and_words_are_quoted_and_modes_told() -> None:
    place = '[sn_customerservice_escalation.justification of ESC0010001] "*nobody* answers"'
    assert any(f"stalled is true: true {place}" in line for line in explanation_lines(sourced()))
    made = policy(rule(YES, "reject", "noted", "shadow") + RULES, "never_auto: {accounts: [Acme]}\n")
    lines = list(explanation_lines(judge(evidence(stalled=False), made).explanation))
    assert "+ reject because noted (shadow): matched" in lines
    assert "- guard: the account is one that is never decided without a person: not matched" in lines


def test_markdown_has_every_comparison_and_makes_no_markup_of_words() -> None:
    text = explanation_markdown(sourced())
    assert text.startswith("**rejected because a first rule**\n\n1. reject because a first rule")
    assert "\\*nobody\\* answers" in text
    assert "   - yes: any" in text
    assert "     - no: priority is low" in text
    assert explanation_markdown(Explanation("held <b>")) == "**held \\<b\\>**\n"


SEEN = (
    "{since_last_reply: {at_most: 9 days}, ever_replied: {is_known: true}, waiting_on: {is_known: true}, "
    "since_customer_wrote: {is_known: true}, deadlines: {is_known: true}, sla_percentage: {more_than: 3}}"
)


def customer(language: str = "en", **changes: Any) -> tuple[str, ...]:
    known = evidence(**{"ever_replied": True, "waiting_on": "customer", "since_customer_wrote": "50 hours", **changes})
    return for_customer(judge(known, policy(rule(SEEN))).explanation, known, language)


def test_a_customer_reads_times_turn_and_date_in_plain_sentences() -> None:
    assert customer() == (
        "Our last reply on the case was on 30 November 2026 at 19:00 (UTC).",
        "Your last comment on the case was on 28 November 2026 at 22:00 (UTC).",
        "The next step on the case is yours: we are waiting for your answer.",
        "We have noted the date that you named: 2026-12-02.",
    )
    assert customer(waiting_on="us", since_customer_wrote=None, deadlines=[]) == (
        "Our last reply on the case was on 30 November 2026 at 19:00 (UTC).",
        "The next step is ours.",
    )


@pytest.mark.parametrize(
    ("changes", "absent"),
    [
        ({"ever_replied": False}, "last reply"),
        ({"since_customer_wrote": None}, "last comment"),
        ({"waiting_on": "unclear"}, "next step"),
        ({"deadlines": ["1 day ago"]}, "date"),
        ({"deadlines": [{"imposed_by": "us"}]}, "date"),
    ],
)
def test_a_customer_is_told_nothing_that_is_not_so(changes: dict[str, Any], absent: str) -> None:
    assert not [sentence for sentence in customer(**changes) if absent in sentence]


@pytest.mark.parametrize("language", [*LANGUAGES, "xx"])
def test_nothing_internal_is_in_what_a_customer_reads(language: str) -> None:
    sentences = " ".join(customer(language))
    assert len(customer(language)) == 4
    for word in ("a rule", "9 days", "sla", "62", "known", "evidence", "policy", "{}"):
        assert word not in sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_customer_reads_of_times_is_as_true_a_day_later(language: str) -> None:
    """A letter may be read long after it was drafted: times are told as instants, and none as a length."""
    for sentence in customer(language)[:2]:
        assert "2026" in sentence
        assert not re.search(r"ago|vor |zurück|il y a|remonte|hace|前", sentence)


def test_a_time_whose_instant_was_not_stored_is_passed_over() -> None:
    known = evidence(ever_replied=True)
    stored = Evidence({name: fact._replace(since=None) for name, fact in known.facts.items()})
    sentences = for_customer(judge(stored, policy(rule(SEEN))).explanation, stored)
    assert not any("last reply" in sentence for sentence in sentences)


def test_an_explanation_of_nothing_tells_a_customer_nothing() -> None:
    verdict = judge(evidence(), policy(rule("{priority: {equals: low}}")))
    assert isinstance(verdict, Verdict)
    assert for_customer(verdict.explanation, evidence()) == ()


def test_a_policy_is_told_in_sentences() -> None:
    made = policy(
        rule(YES, "reject", "we answered", "propose")
        + rule("{any: [{executives: {equals: 1}}], all: [{stalled: {is_known: false}}]}", "hold", "one", "shadow")
        + rule("{requested_on: {between: [2026-12-01, 2026-12-05]}, self_approval: {equals: true}}", name="three"),
        "start_date: 2026-12-01\nnever_auto: {accounts: [Acme, Boxeo], priorities: [critical]}\n",
    )
    assert list(policy_sentences(made)) == [
        "Held if it was requested before 2026-12-01.",
        "Never approved or rejected without a person if the account is Acme or Boxeo.",
        "Never approved or rejected without a person if the priority is critical.",
        '1. Held for a person, and proposed to be rejected, because we answered: if last_word is us. The reply is "r".',
        (
            "2. Only noted that it would be held because one: if executives has exactly 1 item and stalled could not "
            'be read. The reply is "r".'
        ),
        (
            "3. Approved because three: if requested_on is from 2026-12-01 to 2026-12-05 and self_approval is true. "
            'The reply is "r".'
        ),
        "Everything else is held for a person.",
    ]


def test_sentences_have_no_brackets_twice_and_propose_no_hold() -> None:
    either = "{not: {any: [{source: {equals: account}}, {stalled: {equals: true}}]}}"
    joined = "{not: {source: {equals: account}, stalled: {equals: true}}}"
    made = policy(rule(either, "hold", "one", "propose") + rule(joined, "hold", "two"))
    assert list(policy_sentences(made))[:2] == [
        '1. Held because one: if not (source is account or stalled is true). The reply is "r".',
        '2. Held because two: if not (source is account and stalled is true). The reply is "r".',
    ]
