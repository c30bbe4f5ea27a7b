"""Flips are told of the whole verdict: what a fact does not change, no flip promises."""

from typing import Any

from snow_escalations.decisions.flips import flips_of, is_held_besides
from snow_escalations.model import Dossier, Outcome
from snow_escalations.triage.policy import load_policy
from snow_escalations.triage.replies.check import ReplyCheckSettings
from tests.support.dossiers import NOW, ago, case, choice, escalation
from tests.support.planning import approved, planner, rejected

ALONE = """
rules:
  - name: another one waits beside it
    when: {duplicates: {at_least: 1}}
    verdict: hold
  - name: its case is closed
    when: {case_state: {equals: closed}}
    verdict: hold
  - name: we answered
    when: {ever_replied: {equals: true}}
    verdict: reject
    reply: rejected_inactivity
"""


def flips(of: Dossier, **changes: Any) -> tuple[bool, list[tuple[str, Outcome]]]:
    """Whether something else than the policy holds it, and the flips."""
    made = planner(**changes)
    decision = made.decide(of, NOW)
    found = flips_of(made, of, decision, NOW, frozenset())
    for flip in found:
        assert flip.outcome is not decision.verdict.outcome
    return is_held_besides(made, decision), [(flip.fact, flip.outcome) for flip in found]


def test_a_decision_has_flips_and_nothing_holds_it_besides() -> None:
    besides, found = flips(rejected())
    assert (besides, ("self_approval", Outcome.HOLD) in found, ("last_word", Outcome.HOLD) in found) == (
        False,
        True,
        True,
    )


def test_what_the_reply_check_holds_has_no_flip() -> None:
    check = ReplyCheckSettings(extra_internal_words=frozenset({"escalation"}))
    assert flips(rejected(), check=check) == (True, [])
    assert flips(approved(), check=check) == (True, [])


def test_what_an_obstacle_holds_has_no_flip() -> None:
    assert flips(rejected(escalation=escalation(state=choice("declined")))) == (True, [])


def test_an_obstacle_that_rests_on_a_fact_goes_with_it() -> None:
    policy = load_policy(ALONE, "policy.yaml")
    other = escalation(sys_id="b" * 32, number="ESC0010001", opened_at=ago(days=1))
    assert flips(rejected(duplicates=(other,)), policy=policy) == (False, [("duplicates", Outcome.REJECT)])
    closed = rejected(case=case(state=choice("closed")))
    assert flips(closed, policy=policy) == (False, [("case_state", Outcome.REJECT)])


def test_times_are_those_of_the_calendar_of_the_account() -> None:
    of = approved()
    made = planner()
    decision = made.decide(of, NOW)
    calendar = made.reader.calendar(of)
    (flip,) = [
        flip
        for flip in flips_of(made, of, decision, NOW, frozenset())
        if (flip.fact, flip.outcome) == ("since_last_reply", Outcome.HOLD)
    ]
    value: Any = flip.value
    assert value.business_hours == calendar.business_hours_between(ago(hours=value.hours), NOW)
