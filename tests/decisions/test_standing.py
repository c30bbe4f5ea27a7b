"""What a plan meets when the world went on without it: other hands, other rights, comments cut on their way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from snow_escalations.decisions.outcome import Status
from snow_escalations.model import AuthorKind, Decision, HoldCause, Outcome, Person
from snow_escalations.sandbox import Actor, Fault, Kind
from snow_escalations.servicenow.rights import DecidingRights
from snow_escalations.settings.shipped import shipped_commitments
from tests.decisions.conftest import Bench, plan_of
from tests.decisions.test_planning import held
from tests.support.dossiers import NOW, ago, approval, comment, escalation
from tests.support.instance import APPROVAL, CASE, ESCALATION, connected, running, sid, small_world
from tests.support.planning import ANY_ACCOUNT, ANY_CASE, SHIPPED, SHORT, approved, planner, rejected, short

PERSON = Actor("mia.manager", sid("user", 1), frozenset({"admin"}))
SERVICE = Actor("snow.escalations", sid("user", 7), frozenset({"admin"}))
REJECTED, APPROVED, BY_DOCUMENT = 1, 2, 3
QUIET = {"sandbox.approval.case_notes": "false"}


def reply_to(decision: Decision) -> str:
    assert decision.action is not None
    return decision.action.reply


@pytest.mark.parametrize("cut", [60, 300])
def test_a_reply_that_arrived_cut_is_for_a_person_however_often_the_plan_is_applied(bench: Bench, cut: int) -> None:
    cut_reply = reply_to(bench.decision(REJECTED))[:cut]
    bench.sandbox.store.update(CASE, sid("case", REJECTED), {"comments": cut_reply}, SERVICE)
    for _ in range(2):
        result = bench.run(REJECTED)
        assert (result.status, result.cause) == (Status.HELD, HoldCause.CONFLICT)
        assert "not with the text that was written" in result.detail
    assert bench.writes() == []
    assert bench.state(REJECTED) == "requested"


def test_our_reference_in_another_text_does_not_count_as_the_answer(bench: Bench) -> None:
    """The words were changed on the way: the first run fails, and the second does not reject in silence."""
    action = bench.decision(REJECTED).action
    assert action is not None
    text = f"Dear customer.\n\n{action.reference}"
    bench.sandbox.store.update(CASE, sid("case", REJECTED), {"comments": text}, PERSON)
    result = bench.run(REJECTED)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.CONFLICT)
    assert bench.state(REJECTED) == "requested"


def test_an_earlier_letter_that_begins_alike_is_no_trace_of_ours(bench: Bench) -> None:
    earlier = reply_to(bench.decision(REJECTED)).replace("ESC0000001", "ESC0000009")
    world = small_world()
    world.comment(REJECTED, "sam.support", "2026-10-01 10:00:00", earlier)
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        assert Bench(sandbox, connection, plan_of(connection)).run(REJECTED).status is Status.DONE


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": "2", "escalation_justification": "By Friday."}, "the escalation changed since the plan"),
        ({"state": "103"}, "the escalation is closed now"),
    ],
)
@pytest.mark.parametrize("number", [REJECTED, APPROVED, BY_DOCUMENT])
def test_an_escalation_that_changed_is_left_alone(number: int, values: dict[str, str], words: str) -> None:
    with running(properties=QUIET) as sandbox, connected(sandbox.url) as connection:
        url = connection.options.url
        made = planner(instance=url, policy=ANY_CASE, templates=short()) if number == BY_DOCUMENT else None
        bench = Bench(sandbox, connection, plan_of(connection, made))
        sandbox.store.update(ESCALATION, sid("escalation", number), values, Actor.system())
        sandbox.requests.clear()
        result = bench.run(number)
        assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
        assert words in result.detail
        assert bench.writes() == []


@pytest.mark.parametrize("state", ["approved", "rejected"])
def test_a_sibling_decided_meanwhile_is_not_overruled(state: str) -> None:
    world = small_world()
    world.user(3, "Other Manager")
    world.approval(6, sid("escalation", REJECTED), approver=sid("user", 3))
    every = {"sandbox.approval.approve_when": "all", "sandbox.approval.reject_when": "all"}
    with running(world.rows, properties=every) as sandbox, connected(sandbox.url) as connection:
        bench = Bench(sandbox, connection, plan_of(connection))
        sandbox.store.update(APPROVAL, sid("approval", 6), {"state": state, "comments": "mine"}, PERSON)
        result = bench.run(REJECTED)
        assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
        assert f"another approver has {state} it since the plan" in result.detail
        assert bench.writes() == []


@pytest.mark.parametrize("user_name", ["", "Snow.Escalations"])
def test_a_half_done_approval_is_finished_whatever_name_the_login_has(user_name: str) -> None:
    """API keys and OAuth clients name no user: the approval's own comment proves that it was us."""
    with running() as sandbox, connected(sandbox.url) as connection:
        bench = Bench(sandbox, connection, plan_of(connection))
        sandbox.faults.add(Fault(Kind.FORBIDDEN, method="PATCH", table=CASE))
        assert bench.run(APPROVED).status is Status.FAILED
        sandbox.faults.clear()
        again = replace(bench.carry_out(), own_user_name=user_name)
        result = again(bench.decision(APPROVED))
        assert (result.status, result.comments, result.states) == (Status.DONE, 1, 0)


def test_nobody_is_told_of_a_decision_that_the_account_may_not_make(bench: Bench) -> None:
    rights = DecidingRights("9" * 32, frozenset({"sn_customerservice_agent", "approver_user"}), frozenset())
    result = replace(bench.carry_out(), rights=rights)(bench.decision(REJECTED))
    assert (result.status, result.cause) == (Status.HELD, HoldCause.CONFLICT)
    assert "may not decide" in result.detail
    assert bench.writes() == []


def test_where_rights_are_unknown_the_first_refusal_counts_for_the_rest(bench: Bench) -> None:
    bench.sandbox.faults.add(Fault(Kind.FORBIDDEN, method="PATCH", table=APPROVAL))
    carry_out = bench.carry_out()
    assert carry_out(bench.decision(APPROVED)).status is Status.FAILED
    result = carry_out(bench.decision(REJECTED))
    assert (result.status, result.cause) == (Status.HELD, HoldCause.CONFLICT)
    assert "did not let the account decide ESC0000002" in result.detail
    assert bench.comments(REJECTED) == []


def test_after_a_refused_login_nothing_more_is_tried() -> None:
    """Instances lock accounts that fail too often."""
    with running() as sandbox, connected(sandbox.url) as connection:
        bench = Bench(sandbox, connection, plan_of(connection))
        carry_out = bench.carry_out()
        sandbox.faults.add(Fault(Kind.UNAUTHORIZED))
        sandbox.requests.clear()
        first, second = carry_out(bench.decision(REJECTED)), carry_out(bench.decision(APPROVED))
        assert (first.status, second.status) == (Status.FAILED, Status.FAILED)
        assert second.detail == "not tried, as the login was refused at ESC0000001"
        assert len(sandbox.requests) == 1


def test_an_approval_that_is_gone_is_a_failure_and_nothing_is_written(bench: Bench) -> None:
    bench.sandbox.store.delete(APPROVAL, sid("approval", REJECTED), Actor.system())
    result = bench.run(REJECTED)
    assert result.status is Status.FAILED
    assert "is not there any more" in result.detail
    assert bench.writes() == []


def test_a_plan_holds_what_the_account_may_not_decide() -> None:
    mine = Person(sys_id="9" * 32, name="Service")
    own = DecidingRights("9" * 32, frozenset({"approver_user"}), frozenset())
    cause, sentence = held(rejected(), rights=own)
    assert cause is HoldCause.CONFLICT
    assert "the account may not decide the approval of Mia Manager; give it the role approval_admin" in sentence
    rows = (approval(), approval(sys_id="f" * 32, approver=mine))
    decision = planner(rights=own).decide(rejected(approvals=rows), NOW)
    assert decision.action is not None
    assert decision.action.approval.sys_id == "f" * 32


def test_a_reply_that_was_cut_is_not_posted_again_by_a_new_plan() -> None:
    drafted = planner().decide(rejected(), NOW)
    journal = rejected().journals
    (case_id, entries), *_ = journal.items()
    late = comment(AuthorKind.US, ago(minutes=5), reply_to(drafted)[:300])
    with_copy = rejected(journals={case_id: entries.model_copy(update={"entries": (*entries.entries, late)})})
    cause, sentence = held(with_copy)
    assert cause is HoldCause.CONFLICT
    assert "begins like the reply is on CS0010001 already" in sentence
    before = late.model_copy(update={"created_at": ago(days=9)})
    older = rejected(journals={case_id: entries.model_copy(update={"entries": (before, *entries.entries)})})
    assert planner().decide(older, NOW).verdict.outcome is Outcome.REJECT


def test_a_plan_lives_by_the_present_and_judges_by_the_instant_asked() -> None:
    made_at = datetime(2026, 12, 1, tzinfo=UTC)
    plan = planner(lifetime=timedelta(hours=2)).plan([approved(escalation=escalation(mod_count=4))], NOW, made_at)
    assert (plan.judged_at, plan.created_at, plan.expires_at) == (NOW, made_at, made_at + timedelta(hours=2))
    action = plan.decisions[0].action
    assert action is not None
    assert action.escalation_mod_count == 4


def test_a_standing_knows_siblings_escalation_and_last_writer(bench: Bench) -> None:
    records = bench.carry_out().records
    decision = bench.decision(REJECTED)
    assert decision.action is not None
    standing = records.standing(decision.escalation, decision.action.approval)
    assert (standing.approval.state.key, standing.approval.approver, standing.siblings) == (
        "requested",
        sid("user", 1),
        (),
    )
    assert standing.escalation.state.key == "requested"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"comments": "Please wait, I call the customer first."}, "the approval was changed since the plan"),
        ({"approver": sid("user", 2)}, "the approval was given to another approver since the plan"),
    ],
)
def test_an_approval_that_somebody_touched_is_left_alone(bench: Bench, values: dict[str, str], words: str) -> None:
    bench.sandbox.store.update(APPROVAL, sid("approval", REJECTED), values, PERSON)
    result = bench.run(REJECTED)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
    assert words in result.detail
    assert bench.writes() == []


def test_an_approver_more_is_a_change(bench: Bench) -> None:
    row = {"state": "requested", "approver": sid("user", 2), "sysapproval": sid("escalation", REJECTED)}
    bench.sandbox.store.insert(APPROVAL, {**row, "source_table": ESCALATION}, Actor.system())
    result = bench.run(REJECTED)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
    assert "the escalation has 2 approvals now, and had 1 when the plan was made" in result.detail


class SlowClock:
    """A clock on which so many seconds go by between two looks at it, and a person who acts meanwhile."""

    def __init__(self, bench: Bench, values: dict[str, str] | None) -> None:
        self.seconds = 0.0
        self._bench, self._values = bench, values

    def __call__(self) -> float:
        self.seconds += 2.0
        if self.seconds > 3 and self._values is not None:
            self._bench.sandbox.store.update(APPROVAL, sid("approval", REJECTED), self._values, PERSON)
            self._values = None
        return self.seconds


def test_a_person_who_decides_while_the_instance_is_slow_wins(bench: Bench) -> None:
    """The comment went out before; that it did is told, and a person has to look."""
    by_hand = {"state": "approved", "comments": "I decided by hand."}
    result = replace(bench.carry_out(), clock=SlowClock(bench, by_hand))(bench.decision(REJECTED))
    assert (result.status, result.cause, result.comments, result.states) == (Status.HELD, HoldCause.DRIFT, 1, 0)
    assert "the approval is approved now (last written by mia.manager)" in result.detail
    assert bench.state(REJECTED) == "approved"


def test_a_slow_instance_costs_one_more_look(bench: Bench) -> None:
    result = replace(bench.carry_out(), clock=SlowClock(bench, None))(bench.decision(REJECTED))
    assert result.status is Status.DONE
    assert [item.table for item in bench.sandbox.requests].count(APPROVAL) == 3


def test_a_busy_instance_is_looked_at_again_before_the_state_is_set(bench: Bench) -> None:
    bench.sandbox.faults.add(Fault(Kind.TOO_MANY_REQUESTS, method="PATCH", table=APPROVAL, times=1, retry_after=3))
    result = bench.carry_out()(bench.decision(REJECTED))
    assert (result.status, result.states) == (Status.DONE, 1)
    told = [(item.method, item.status) for item in bench.sandbox.requests if item.table == APPROVAL]
    assert told == [("GET", 200), ("PATCH", 429), ("GET", 200), ("PATCH", 200)]


def test_an_instance_that_stays_busy_is_given_up(bench: Bench) -> None:
    bench.sandbox.faults.add(Fault(Kind.TOO_MANY_REQUESTS, method="PATCH", table=APPROVAL, retry_after=3))
    result = bench.carry_out()(bench.decision(REJECTED))
    assert (result.status, result.comments, result.states) == (Status.FAILED, 1, 0)
    bench.sandbox.faults.clear()
    assert bench.run(REJECTED).status is Status.DONE
    assert len(bench.comments(REJECTED)) == 1


@pytest.mark.parametrize("number", [REJECTED, APPROVED])
def test_of_two_plans_for_one_escalation_one_answers(number: int) -> None:
    """Another wording gives another reference; the customer gets one letter all the same."""
    with running() as sandbox, connected(sandbox.url) as connection:
        first = Bench(sandbox, connection, plan_of(connection))
        later = shipped_commitments().model_copy(update={"next_update": "within two business days"})
        templates = replace(SHIPPED, commitments=later)
        made = planner(templates=templates, instance=connection.options.url)
        second = Bench(sandbox, connection, plan_of(connection, made))
        assert first.run(number).status is Status.DONE
        result = second.run(number)
        assert (result.status, result.cause) == (Status.HELD, HoldCause.CONFLICT)
        assert f"the reply of another plan is on CS000000{number} already" in result.detail
        assert len(first.comments(number)) == 1


def test_each_case_of_an_account_is_answered_by_its_own_name_to_its_own_contact() -> None:
    world = small_world()
    world.contact(2, "Bo Lund")
    world.rows[CASE][4]["contact"] = sid("contact", 2)
    replies = short(SHORT.replace("{{ contact.name }},", "{{ contact.name }}, {{ case.number }}:") + "So it is. " * 5)
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        made = planner(instance=connection.options.url, policy=ANY_ACCOUNT, templates=replies)
        bench = Bench(sandbox, connection, plan_of(connection, made))
        assert bench.run(4).comments == 2
        assert bench.comments(4)[0].startswith("Dear Ana Sousa, CS0000004: we have declined")
        assert bench.comments(5)[0].startswith("Dear Bo Lund, CS0000005: we have declined")
        assert bench.run(4).status is Status.ALREADY_DONE
