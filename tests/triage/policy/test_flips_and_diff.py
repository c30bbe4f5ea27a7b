# ruff: noqa: E501 sentences stand on one line each
"""What would change a verdict: another value of one fact, or another policy."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.model import FACTS, Evidence, Outcome, Span, Verdict
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.policy import Policy, judge
from snow_escalations.triage.policy.diff import diff_policies
from snow_escalations.triage.policy.evidence_words import NOW
from snow_escalations.triage.policy.flips import nearest_flips
from snow_escalations.triage.policy.mutants import mutants
from snow_escalations.triage.policy.values import shown_value
from tests.triage.policy.test_judge import ALWAYS, LOST, YES, evidence, policy, rule


def flips(made: Policy, **changes: Any) -> list[str]:
    return [flip.words for flip in nearest_flips(evidence(**changes), made, NOW)]


@pytest.mark.parametrize(
    "when",
    [
        "{requested_on: {at_least: 0001-01-01}}",
        "{requested_on: {at_most: 9999-12-31}}",
        "{requested_on: {between: [0001-01-01, 9999-12-31]}}",
        "{since_last_reply: {more_than: 3650 days}}",
        "{since_last_reply: {at_least: 0 minutes}}",
        "{deadlines: {within: 3650 days}}",
        "{deadlines: {at_least: 1000}}",
        "{reassignments: {at_least: 1e300}}",
        "{reassignments: {equals: 9999999999999999999999999999999999999999}}",
    ],
)
@pytest.mark.parametrize("start", ["0001-01-01", "9999-12-31"])
def test_no_bound_at_an_edge_stops_flips_or_mutants(when: str, start: str) -> None:
    made = policy(rule(when, "approve", "at the edge"), f"start_date: {start}\n")
    nearest_flips(evidence(), made, NOW)
    for mutant in mutants(made):
        judge(evidence(), mutant.policy)


def test_a_list_is_not_compared_with_a_number_that_none_has() -> None:
    with pytest.raises(DocumentError, match="1001 is more than 1000, the limit; write a number that a list may have"):
        policy(rule("{deadlines: {at_least: 1001}}", "approve", "never"))


@pytest.mark.parametrize(
    ("when", "changes", "told"),
    [
        (
            "{since_last_reply: {at_least: 6 hours}}",
            {},
            "if since_last_reply were 6 hours, of which 2 business hours (it is 5 hours, of which 2 business hours)",
        ),
        (
            "{since_last_reply: {more_than: 2 business hours}}",
            {},
            "if since_last_reply were 5 hours, of which 2.02 business hours (it is 5 hours, of which 2 business hours)",
        ),
        ("{earlier_escalations: {at_least: 2}}", {}, "if earlier_escalations were 2 (it is 0)"),
        ("{requested_on: {less_than: 2026-12-02}}", {}, "if requested_on were 2026-12-01 (it is 2026-12-03)"),
        ("{self_approval: {equals: true}}", {}, "if self_approval were true (it is false)"),
        ("{priority: {equals: low}}", {}, "if priority were low (it is moderate)"),
        ("{account: {equals: Acme}}", {}, "if account were Acme (it is Boxeo)"),
        ("{executives: {contains: CEO}}", {}, "if executives were [CIO, VP, CEO] (it is [CIO, VP])"),
        ("{executives: {at_most: 1}}", {}, "if executives were [CIO] (it is [CIO, VP])"),
        ("{impact: {at_least: 1}}", {}, "if impact were [production_down] (it is empty)"),
        (
            "{deadlines: {within: 1 day}}",
            {"deadlines": ["30 hours"]},
            "if deadlines were [2026-12-02, 24 hours ahead] (it is [2026-12-02, 30 hours ahead])",
        ),
        ("{deadlines: {within: 1 day}}", {"deadlines": []}, "if deadlines were [2026-12-02, 24 hours ahead] (it is empty)"),
        (
            "{deadlines: {within: 4 business hours}}",
            {"deadlines": ["30 hours"]},
            "if deadlines were [2026-12-02, 30 hours ahead, of which 4 business hours] (it is [2026-12-02, 30 hours ahead])",
        ),
        ("{waiting_for: {at_least: 3 hours}}", {}, "if waiting_for were 3 hours (it is none)"),
        ("{self_approval: {equals: false}}", {"self_approval": LOST}, "if self_approval were false (could not be read: it is closed)"),
    ],
)  # fmt: skip
def test_the_nearest_flip_is_told_in_words(when: str, changes: dict[str, Any], told: str) -> None:
    assert flips(policy(rule(when)), **changes)[0] == f"{told}, it would be approved"


def test_a_list_that_forbids_is_shown_without_what_it_forbids() -> None:
    made = policy(rule("{not: {executives: {contains: CIO}}}"))
    assert flips(made)[0] == "if executives were [VP] (it is [CIO, VP]), it would be approved"


def test_the_date_of_another_deadline_is_counted_from_the_instant_of_the_evidence() -> None:
    now = datetime(2027, 3, 1, 10, tzinfo=UTC)
    for when in ("{deadlines: {within: 2 days}}", "{deadlines: {at_least: 1}}"):
        (flip, *_) = nearest_flips(evidence(deadlines=[]), policy(rule(when)), now)
        (item,) = flip.value  # type: ignore[misc, union-attr]
        assert item.earliest == now + timedelta(hours=item.hours_left)  # type: ignore[union-attr]
        assert f"[{item.earliest:%Y-%m-%d}, " in flip.words  # type: ignore[union-attr]


def test_a_time_that_is_all_business_is_told_so_where_business_hours_count() -> None:
    made = policy(rule("{since_last_reply: {at_least: 30 business hours}}"))
    assert "were 30 hours, all of them business hours (it is" in flips(made)[0]


OFFICE = BusinessCalendar(CalendarModel())
"""Monday to Friday, 09:00 to 17:00; NOW is a Tuesday, 00:00."""


@pytest.mark.parametrize(
    ("when", "changes", "told"),
    [
        (
            "{since_last_reply: {at_least: 72 business hours}}",
            {},
            "if since_last_reply were 12.62 days, of which 72 business hours (it is",
        ),
        (
            "{since_last_reply: {less_than: 2 business hours}}",
            {},
            "if since_last_reply were 8.98 hours, of which 1.98 business hours (it is",
        ),
        (
            "{since_last_reply: {at_most: 8 business hours}}",
            {"since_last_reply": {"hours": 100, "business_hours": 20}},
            "if since_last_reply were 3.29 days, of which 8 business hours (it is 4.17 days",
        ),
        ("{since_last_reply: {at_least: 3 days}}", {}, "if since_last_reply were 3 days, of which 8 business hours (it is"),
        ("{waiting_for: {at_least: 30 business hours}}", {}, "if waiting_for were 5.54 days, of which 30 business hours (it is none)"),
        (
            "{deadlines: {within: 72 business hours}}",
            {"deadlines": []},
            "if deadlines were [2026-12-11, 10.71 days ahead, of which 72 business hours] (it is empty)",
        ),
        (
            "{deadlines: {within: 4 business hours}}",
            {"deadlines": ["30 days"]},
            "if deadlines were [2026-12-01, 13 hours ahead, of which 4 business hours] (it is",
        ),
        (
            "{deadlines: {within: 5 days}}",
            {"deadlines": ["30 days"]},
            "if deadlines were [2026-12-06, 5 days ahead, of which 32 business hours] (it is",
        ),
        (
            "{deadlines: {at_least: 1}}",
            {"deadlines": []},
            "if deadlines were [2026-12-31, 30 days ahead, of which 176 business hours] (it is empty)",
        ),
    ],
)  # fmt: skip
def test_a_flip_names_a_time_that_the_calendar_has(when: str, changes: dict[str, Any], told: str) -> None:
    (flip, *_) = nearest_flips(evidence(**changes), policy(rule(when)), NOW, OFFICE)
    assert told in flip.words
    value = flip.value
    if isinstance(value, Span):
        business = OFFICE.business_hours_between(NOW - timedelta(hours=value.hours), NOW)
        assert value.business_hours == pytest.approx(business)


def test_a_time_that_no_calendar_has_is_no_flip() -> None:
    calendar = BusinessCalendar(CalendarModel.model_validate({"windows": {"monday": ["09:00-09:01"]}}))
    made = policy(rule("{any: [{since_last_reply: {at_least: 3650 business hours}}, {deadlines: {within: 4 hours}}]}"))
    found = nearest_flips(evidence(deadlines=[]), made, NOW, calendar)
    assert [flip.fact for flip in found] == ["deadlines"]


def test_the_time_of_a_flip_tells_since_when_as_a_letter_may_say_so() -> None:
    seen = []

    def decide(found: Evidence) -> Verdict:
        seen.append(found.fact("since_last_reply"))
        return judge(found, made)

    made = policy(rule("{since_last_reply: {at_least: 6 hours}}"))
    nearest_flips(evidence(), made, NOW, decide=decide)
    assert seen[-1].since == NOW - timedelta(hours=seen[-1].value.hours)  # type: ignore[union-attr]


def test_a_flip_that_something_else_would_hold_is_none() -> None:
    made = policy(rule("{priority: {equals: low}}") + rule("{account: {equals: Acme}}", "approve", "an account"))

    def decide(found: Evidence) -> Verdict:
        verdict = judge(found, made)
        return judge(evidence(), made) if verdict.rule == "an account" else verdict

    assert [flip.fact for flip in nearest_flips(evidence(), made, NOW, decide=decide)] == ["priority"]


def test_small_changes_come_before_large_ones() -> None:
    made = policy(rule("{any: [{since_last_reply: {at_least: 50 hours}}, {since_last_reply: {at_most: 270 minutes}}]}"))
    assert "4.5 hours" in flips(made)[0]
    both = policy(rule("{any: [{priority: {equals: low}}, {since_last_reply: {at_least: 6 hours}}]}"))
    assert [words.split()[1] for words in flips(both)] == ["since_last_reply", "priority"]


def test_what_no_fact_can_change_has_no_flip() -> None:
    made = policy(rule("{any: [{stalled: {is_known: true}}, {stalled: {is_known: false}}]}", "hold"))
    assert flips(made) == []


def test_values_are_shown_as_people_say_them() -> None:
    facts = evidence(waiting_for="25 minutes", since_opened="3 days", users_affected=1).facts
    assert [shown_value(facts[name].value) for name in ("waiting_for", "since_opened", "users_affected")] == [
        "25 minutes",
        "3 days",
        "1",
    ]
    assert shown_value(evidence(deadlines=["3 days ago"]).facts["deadlines"].value) == "[2026-11-28, 3 days ago]"
    assert set(facts) == set(FACTS)


OLD = policy(rule(YES, "approve", "we answered") + rule("{source: {equals: account}}", "hold", "an account"))


def test_flips_come_with_rejections_first_and_the_first_rule_that_differs() -> None:
    new = policy(
        rule("{reason: {equals: lack_of_progress}}", "hold", "no progress") + rule(YES, "reject", "we answered")
    )
    cases = [
        ("ESC1", evidence(reason="lack_of_progress")),
        ("ESC2", evidence()),
        ("ESC3", evidence(last_word="customer")),
        ("ESC4", evidence(last_word="customer", source="account")),
    ]
    found = diff_policies(OLD, new, cases)
    assert found.judged == 4
    assert [(item.label, item.old.outcome, item.new.outcome) for item in found.flips] == [
        ("ESC2", Outcome.APPROVE, Outcome.REJECT),
        ("ESC1", Outcome.APPROVE, Outcome.HOLD),
    ]
    # The new rule above it does not match there, so that it is not what makes the difference.
    assert found.flips[0].differs == "`we answered`: approve: matched before, reject: matched now"
    assert found.flips[1].differs == "`we answered` (approve: matched) against `no progress` (hold: matched)"
    assert [item.label for item in found.others] == ["ESC4"]


@pytest.mark.parametrize(
    ("new", "differs"),
    [
        (rule(YES, "reject", "we answered"), "`we answered`: approve: matched before, reject: matched now"),
        (rule("{last_word: {equals: customer}}", "approve", "we answered"), "`we answered`: approve: matched before, approve: not matched now"),
        (rule(YES, "approve", "we answered", "propose"), "`we answered`: approve: matched before, approve, propose: matched now"),
    ],
)  # fmt: skip
def test_the_first_difference_names_the_rule_and_its_results(new: str, differs: str) -> None:
    (found,) = diff_policies(OLD, policy(new), [("ESC1", evidence())]).flips
    assert found.differs == differs


def test_guards_and_rules_of_one_policy_alone_are_told() -> None:
    guarded = policy(rule(YES, "approve", "we answered"), "never_auto: {accounts: [Boxeo]}\n")
    (found,) = diff_policies(OLD, guarded, [("ESC1", evidence())]).flips
    assert (
        found.differs
        == "`the account is one that is never decided without a person` is tried by the new policy only (matched)"
    )
    (back,) = diff_policies(guarded, OLD, [("ESC1", evidence())]).flips
    assert "by the old policy only (matched)" in back.differs


def test_another_reply_is_a_difference_and_no_flip() -> None:
    new = policy(rule(YES, "approve", "we answered").replace("reply: r", "reply: s"))
    found = diff_policies(OLD, new, [("ESC1", evidence())])
    assert (found.flips, [item.differs for item in found.others]) == ((), ["the reply"])


def test_the_same_policy_flips_nothing() -> None:
    found = diff_policies(OLD, OLD, [("ESC1", evidence()), ("ESC2", evidence(last_word=LOST))])
    assert (found.judged, found.flips, found.others) == (2, (), ())
    assert judge(evidence(), policy(rule(ALWAYS))).outcome is Outcome.APPROVE
