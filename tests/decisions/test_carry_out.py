"""A decision is carried out in its order, once, and never over a person's head."""

from typing import Any

import pytest

from snow_escalations.decisions.outcome import Status
from snow_escalations.decisions.records import Found, Records
from snow_escalations.model import HoldCause, Outcome
from snow_escalations.sandbox import Actor, Fault, Kind
from snow_escalations.servicenow.parallel import in_parallel
from tests.decisions.conftest import Bench, plan_of
from tests.support.instance import APPROVAL, CASE, ESCALATION, connected, running, sid
from tests.support.planning import ANY_ACCOUNT, planner, short

PERSON = Actor("mia.manager", sid("user", 1), frozenset({"admin"}))
REJECTED, APPROVED = 1, 2


def test_the_plan_rejects_one_approves_one_and_holds_the_others(bench: Bench) -> None:
    outcomes = {item.escalation.number: item.verdict.outcome.value for item in bench.plan.decisions}
    assert outcomes == {
        "ESC0000001": "reject",
        "ESC0000002": "approve",
        "ESC0000003": "hold",
        "ESC0000004": "hold",
        "ESC0000005": "hold",
    }


def test_a_rejection_posts_reads_back_and_only_then_sets_the_state(bench: Bench) -> None:
    result = bench.run(REJECTED)
    assert (result.status, result.comments, result.states) == (Status.DONE, 1, 1)
    assert [(item.method, item.table) for item in bench.sandbox.requests] == [
        ("GET", APPROVAL),
        ("GET", CASE),
        ("PATCH", CASE),
        ("GET", "sys_journal_field"),
        ("PATCH", APPROVAL),
    ]
    assert bench.state(REJECTED) == "rejected"
    action = bench.decision(REJECTED).action
    assert action is not None
    assert bench.comments(1) == [action.reply]
    escalation = bench.sandbox.store.get(ESCALATION, sid("escalation", 1))
    assert escalation is not None
    assert escalation["state"] == "102"


def test_an_approval_sets_the_state_first_and_answers_then(bench: Bench) -> None:
    result = bench.run(APPROVED)
    assert (result.status, result.comments, result.states) == (Status.DONE, 1, 1)
    assert bench.writes() == [APPROVAL, CASE]
    assert len(bench.sandbox.requests) == 5
    assert bench.state(APPROVED) == "approved"
    assert len(bench.comments(2)) == 1


def test_of_a_hold_nothing_is_done(bench: Bench) -> None:
    result = bench.run(3)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.NO_RULE)
    assert len(bench.sandbox.requests) == 0


@pytest.mark.parametrize("number", [REJECTED, APPROVED])
def test_a_second_run_finds_everything_done_and_writes_nothing(bench: Bench, number: int) -> None:
    bench.run(number)
    bench.sandbox.requests.clear()
    assert bench.run(number).status is Status.ALREADY_DONE
    assert bench.writes() == []


LOSSES = [
    Kind.ERROR_BEFORE_COMMIT,
    Kind.ERROR_AFTER_COMMIT,
    Kind.RESET_BEFORE_COMMIT,
    Kind.RESET_AFTER_COMMIT,
    Kind.CUT_BODY,
    Kind.EMPTY_200,
    Kind.HTML_200,
    Kind.BAD_GATEWAY,
    Kind.UNAUTHORIZED,
    Kind.FORBIDDEN,
]


@pytest.mark.parametrize("number", [REJECTED, APPROVED])
@pytest.mark.parametrize("kind", LOSSES)
def test_a_fault_at_any_step_leaves_no_mute_rejection_and_the_next_run_finishes_with_one_comment(
    number: int, kind: Kind
) -> None:
    """Each request of the run fails once, from the first on; after each the promises hold, and a new run completes."""
    for step in range(1, 6):
        with running() as sandbox, connected(sandbox.url) as connection:
            bench = Bench(sandbox, connection, plan_of(connection))
            sandbox.faults.add(Fault(kind, nth=step, times=1))
            bench.run(number)
            sandbox.faults.clear()
            if bench.state(REJECTED) == "rejected":
                assert len(bench.comments(1)) == 1
            assert len(bench.comments(number)) <= 1
            again = bench.run(number)
            assert again.status in {Status.DONE, Status.ALREADY_DONE}, again.detail
            assert bench.state(number) == ("rejected" if number == REJECTED else "approved")
            assert len(bench.comments(number)) == 1


@pytest.mark.parametrize("state", ["approved", "rejected", "not_required"])
@pytest.mark.parametrize("number", [REJECTED, APPROVED])
def test_a_person_who_decided_meanwhile_wins(bench: Bench, number: int, state: str) -> None:
    bench.sandbox.store.update(APPROVAL, sid("approval", number), {"state": state, "comments": "mine"}, PERSON)
    result = bench.run(number)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
    assert f"the approval is {state} now (last written by mia.manager)" in result.detail
    assert bench.writes() == []


@pytest.mark.parametrize("number", [REJECTED, APPROVED])
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"comments": "One more thing."}, "changed since the plan (sys_mod_count was"),
        ({"priority": "1"}, "changed since the plan"),
        ({"state": "3"}, "is closed now and takes no comment"),
    ],
)
def test_a_case_that_moved_on_is_left_alone(bench: Bench, number: int, values: dict[str, str], words: str) -> None:
    bench.sandbox.store.update(CASE, sid("case", number), values, PERSON)
    result = bench.run(number)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
    assert words in result.detail
    assert bench.writes() == []


def test_comments_that_cannot_be_read_hold(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Records.case

    def closed(self: Records, key: Any) -> Any:
        from dataclasses import replace

        return replace(whole(self, key), comments=None)

    monkeypatch.setattr(Records, "case", closed)
    result = bench.run(REJECTED)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.MISSING_EVIDENCE)
    assert bench.writes() == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Found.NOTHING, "the journal of CS0000001 does not show it"),
        (Found.ALTERED, "not with the text that was written"),
        (Found.UNREADABLE, "cannot be read back"),
    ],
)
def test_a_comment_that_is_not_read_back_whole_stops_a_rejection(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, found: Found, words: str
) -> None:
    monkeypatch.setattr(Records, "find_comment", lambda *args: found)
    result = bench.run(REJECTED)
    assert (result.status, result.cause) == (Status.FAILED, HoldCause.ERROR)
    assert words in result.detail
    assert bench.state(REJECTED) == "requested"


def test_a_comment_is_found_whole_altered_or_not_at_all(bench: Bench) -> None:
    action = bench.decision(REJECTED).action
    assert action is not None
    records = bench.carry_out().records
    case = action.targets[0].case
    assert records.find_comment(case, action.reply, action.reference) is Found.NOTHING
    bench.sandbox.store.update(CASE, case.sys_id, {"comments": f"Shortened. {action.reference}"}, PERSON)
    assert records.find_comment(case, action.reply, action.reference) is Found.ALTERED
    bench.sandbox.store.update(CASE, case.sys_id, {"comments": action.reply.replace("\n", "\r\n  ")}, PERSON)
    assert records.find_comment(case, action.reply, action.reference) is Found.WHOLE


def test_a_rejection_of_ours_whose_comment_is_gone_is_for_a_person(bench: Bench) -> None:
    bench.run(REJECTED)
    for row in bench.sandbox.store.find("sys_journal_field", element_id=sid("case", 1), element="comments"):
        bench.sandbox.store.delete("sys_journal_field", row["sys_id"], Actor.system())
    result = bench.run(REJECTED)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.CONFLICT)
    assert bench.comments(1) == []


def test_an_approval_that_broke_off_before_its_answer_is_answered_by_the_next_run(bench: Bench) -> None:
    """The engine wrote on the case meanwhile, which does not count as drift once the state is ours."""
    bench.sandbox.faults.add(Fault(Kind.FORBIDDEN, method="PATCH", table=CASE))
    assert bench.run(APPROVED).status is Status.FAILED
    assert bench.state(APPROVED) == "approved"
    bench.sandbox.faults.clear()
    result = bench.run(APPROVED)
    assert (result.status, result.comments, result.states) == (Status.DONE, 1, 0)
    assert len(bench.comments(2)) == 1


def test_a_rule_that_demands_a_comment_on_rejection_is_satisfied() -> None:
    on = {"sandbox.approval.rejection_comment_required": "true"}
    with running(properties=on) as sandbox, connected(sandbox.url) as connection:
        bench = Bench(sandbox, connection, plan_of(connection))
        assert bench.run(REJECTED).status is Status.DONE


def test_an_account_escalation_is_answered_on_each_linked_case_once() -> None:
    with running() as sandbox, connected(sandbox.url) as connection:
        made = planner(instance=connection.options.url, policy=ANY_ACCOUNT, templates=short())
        bench = Bench(sandbox, connection, plan_of(connection, made))
        assert bench.decision(4).verdict.outcome is Outcome.REJECT
        assert bench.run(4).comments == 2
        assert (len(bench.comments(4)), len(bench.comments(5))) == (1, 1)
        assert bench.run(4).status is Status.ALREADY_DONE


def test_two_runs_at_once_never_post_two_rejections_of_one_approval(bench: Bench) -> None:
    """Without a shared ledger two processes can race; what holds is that neither leaves a mute rejection."""
    in_parallel([lambda: bench.carry_out()(bench.decision(REJECTED))] * 2, 2)
    assert bench.state(REJECTED) == "rejected"
    assert len(bench.comments(1)) >= 1
