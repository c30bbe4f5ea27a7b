"""A plan decides what is clear, drafts what it decides, and turns every doubt into a hold with its cause."""

from datetime import timedelta
from typing import Any

import pytest

from snow_escalations.decisions.digest import digest_of
from snow_escalations.decisions.obstacles import undecidable
from snow_escalations.model import Decision, Dossier, HoldCause, Journal, Outcome, Part, Person, Plan
from snow_escalations.servicenow.rights import DecidingRights
from snow_escalations.triage.replies import Commitments, ReplyTemplates
from tests.support.dossiers import (
    APPROVAL_ID,
    CASE_ID,
    CONTACT,
    MANAGER,
    NOW,
    account_dossier,
    ago,
    approval,
    case,
    choice,
    comment,
    dossier,
    escalation,
)
from tests.support.planning import (
    ANY_ACCOUNT,
    ANY_CASE,
    CUSTOMER,
    POLICY,
    SHORT,
    US,
    approved,
    decide,
    planner,
    rejected,
    short,
)
from tests.support.replies import COMMITMENTS, template


@pytest.mark.parametrize(("of", "outcome"), [(approved(), Outcome.APPROVE), (rejected(), Outcome.REJECT)])
def test_a_clear_case_is_decided_with_reply_reference_approval_and_case(of: Dossier, outcome: Outcome) -> None:
    decision = decide(of)
    action = decision.action
    assert decision.verdict.outcome is outcome
    assert action is not None
    assert action.approval.sys_id == APPROVAL_ID
    assert action.reply.rstrip().endswith(action.reference)
    assert [(target.case.sys_id, target.mod_count) for target in action.targets] == [(CASE_ID, 7)]


def held(of: Dossier, **changes: Any) -> tuple[HoldCause | None, str]:
    decision = decide(of, **changes)
    assert decision.verdict.outcome is Outcome.HOLD
    assert decision.action is None
    return decision.verdict.cause, decision.verdict.explanation.sentence


def test_hidden_approvals_are_not_taken_for_none_that_waits() -> None:
    stopped = undecidable(rejected(approvals=(), unread={Part.APPROVALS: "2 rows are hidden"}))
    told = "no approval that can be read waits for a decision: the escalation is Requested; 2 rows are hidden"
    assert stopped == (HoldCause.CONFLICT, told)


@pytest.mark.parametrize(
    ("of", "cause", "words"),
    [
        (rejected(escalation=escalation(state=choice("declined"))), HoldCause.CONFLICT, "is already Declined"),
        (rejected(approvals=()), HoldCause.CONFLICT, "no approval waits for a decision: the escalation is Requested"),
        (
            rejected(approvals=(approval(), approval(sys_id="b" * 32, state=choice("approved")))),
            HoldCause.CONFLICT,
            "one approver has already approved it",
        ),
        (
            dossier(comment(CUSTOMER, ago(hours=9)), comment(US, ago(hours=5), "Reference ESC0010023-7K3Q")),
            HoldCause.CONFLICT,
            "a reply to it is already on CS0010001",
        ),
        (
            rejected(duplicates=(escalation(sys_id="b" * 32, number="ESC0010001", opened_at=ago(days=1)),)),
            HoldCause.CONFLICT,
            "ESC0010001 waits for the same CS0010001; decide it first",
        ),
        (rejected(journals={}), HoldCause.MISSING_EVIDENCE, "the journal was not read"),
        (
            rejected(journals={CASE_ID: Journal(unreadable="closed")}),
            HoldCause.MISSING_EVIDENCE,
            "closed",
        ),
    ],
)
def test_what_stands_in_the_way_holds_with_its_cause(of: Dossier, cause: HoldCause, words: str) -> None:
    found, sentence = held(of)
    assert found is cause
    assert words in sentence


def test_of_duplicates_the_oldest_is_decided() -> None:
    younger = escalation(sys_id="b" * 32, number="ESC0010099", opened_at=ago(hours=1))
    assert decide(rejected(duplicates=(younger,))).verdict.outcome is Outcome.REJECT


def test_an_account_escalation_is_answered_on_every_open_linked_case() -> None:
    linked = [
        case(active_account_escalation="e" * 32),
        case(sys_id="b" * 32, number="CS2"),
        case(sys_id="f" * 32, number="CS3", state=choice("closed")),
    ]
    decision = decide(account_dossier(*linked), policy=ANY_ACCOUNT, templates=short())
    assert decision.action is not None
    assert [target.case.number for target in decision.action.targets] == ["CS0010001", "CS2"]


def test_without_a_case_there_is_nobody_to_answer() -> None:
    cause, sentence = held(account_dossier(), policy=ANY_ACCOUNT, templates=short())
    assert cause is HoldCause.MISSING_EVIDENCE
    assert "no case on which the customer could be answered" in sentence


def test_a_closed_case_takes_no_comment() -> None:
    cause, sentence = held(rejected(case=case(state=choice("closed"))), policy=ANY_CASE, templates=short())
    assert cause is HoldCause.CONFLICT
    assert "takes no comment" in sentence


def test_a_linked_case_whose_comments_are_closed_holds() -> None:
    of = account_dossier(case(), journals={CASE_ID: Journal(unreadable="closed to the account")})
    cause, sentence = held(of, policy=ANY_ACCOUNT, templates=short())
    assert cause is HoldCause.MISSING_EVIDENCE
    assert "closed to the account" in sentence


def test_a_draft_that_fails_the_reply_check_names_each_point() -> None:
    cause, sentence = held(rejected(), policy=ANY_CASE, templates=short("We decline {{ escalation.number }}."))
    assert cause is HoldCause.ERROR
    assert "long_enough" in sentence
    assert 'the rule "any case" would reject' in sentence


def test_a_draft_in_a_language_that_cannot_be_read_names_what_could_not_be_checked() -> None:
    talk = {"talk": "Responda a este comentário.", "next_update": "amanhã"}
    commitments = Commitments(**{**COMMITMENTS.model_dump(), "translations": {"pt": talk}})
    letters = {f"short.{code}": (f"short.{code}.j2", template(SHORT, language=code)) for code in ("en", "pt")}
    held_one = rejected(case=case(contact=CONTACT.model_copy(update={"preferred_language": "pt"})))
    cause, sentence = held(held_one, policy=ANY_CASE, templates=ReplyTemplates.load(letters, commitments))
    assert cause is HoldCause.ERROR
    assert "(states_decision: cannot tell whether it says what was decided: its language `pt` is none of" in sentence


def test_where_one_of_several_drafts_fails_the_check_its_case_is_named() -> None:
    letter = SHORT + "So it is. " * 5 + "{% if case.number == 'CS2' %}TBD{% endif %}"
    cause, sentence = held(
        account_dossier(case(), case(sys_id="b" * 32, number="CS2")), policy=ANY_ACCOUNT, templates=short(letter)
    )
    assert cause is HoldCause.ERROR
    assert "fails the reply check (on CS2: no_placeholders: shows a placeholder: `TBD`)" in sentence
    _, of_both = held(
        account_dossier(case(), case(sys_id="b" * 32, number="CS2")), policy=ANY_ACCOUNT, templates=short(SHORT + "TBD")
    )
    assert "fails the reply check (no_placeholders: shows a placeholder: `TBD`)" in of_both


def test_a_template_that_lacks_something_holds() -> None:
    templates = short(SHORT + "{{ evidence.priority }}")
    cause, sentence = held(rejected(case=case(priority=None)), policy=ANY_CASE, templates=templates)
    assert cause is HoldCause.ERROR
    assert "the reply `short` cannot be drafted" in sentence


def test_the_accounts_own_row_is_decided_before_others() -> None:
    own = Person(sys_id="9" * 32, name="Service")
    rows = (approval(sys_id="1" * 32, approver=MANAGER), approval(sys_id="2" * 32, approver=own))
    first = decide(rejected(approvals=rows)).action
    mine = decide(rejected(approvals=rows), rights=DecidingRights("9" * 32)).action
    of_nobody = rejected(approvals=(approval(sys_id="3" * 32, approver=None),))
    nobody = decide(of_nobody, policy=ANY_CASE, templates=short()).action
    assert first is not None
    assert mine is not None
    assert nobody is not None
    assert (first.approval.sys_id, mine.approval.sys_id) == ("1" * 32, "2" * 32)


def test_a_plan_is_bound_to_instance_policy_and_time_and_digests_itself() -> None:
    plan = planner(lifetime=timedelta(hours=2)).plan([rejected(), approved()], NOW)
    assert (plan.instance, plan.created_at, plan.expires_at) == (
        "https://x.service-now.com",
        NOW,
        NOW + timedelta(hours=2),
    )
    assert plan.policy_digest == digest_of(POLICY)
    assert plan.digest == digest_of(plan.model_copy(update={"digest": ""}))
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_the_same_dossiers_give_the_same_plan() -> None:
    assert planner().plan([rejected(), approved()], NOW) == planner().plan([rejected(), approved()], NOW)


def test_an_action_belongs_to_every_verdict_but_a_hold() -> None:
    decision = decide(rejected())
    with pytest.raises(ValueError, match="do not fit together"):
        Decision.model_validate({**decision.model_dump(), "action": None})
