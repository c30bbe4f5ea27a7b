"""Nothing is written but by the gate, and the gate lets nothing else pass."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import snow_escalations
from snow_escalations.decisions.apply import RollUp, apply, decided
from snow_escalations.decisions.gate import GateRefusal
from snow_escalations.decisions.outcome import CarriedOut, Status
from snow_escalations.model import HoldCause, Outcome, RecordKey
from snow_escalations.servicenow.dialect import Dialect
from tests.decisions.conftest import Bench, plan_of
from tests.support.instance import APPROVAL, CASE, ESCALATION, NOW, FakeTime, connected, running, sid


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (ESCALATION, {"state": "102"}),
        (ESCALATION, {"comments": "x"}),
        (CASE, {"state": "3"}),
        (CASE, {"comments": "x", "priority": "1"}),
        (CASE, {"active_escalation": ""}),
        (APPROVAL, {"approver": "x"}),
        (APPROVAL, {"state": "rejected", "document_id": "x"}),
        ("sys_user", {"roles": "admin"}),
        (CASE, {}),
    ],
)
def test_only_four_fields_pass(bench: Bench, table: str, values: dict[str, str]) -> None:
    key = RecordKey(table=table, sys_id=sid("case", 1))
    with pytest.raises(GateRefusal, match="may not be written there") as caught:
        bench.gate().write(key, values)
    assert caught.value.exit_code == 4
    assert len(bench.sandbox.requests) == 0


def test_a_work_note_may_pass(bench: Bench) -> None:
    bench.gate().write(RecordKey(table=CASE, sys_id=sid("case", 1)), {"work_notes": "x"})
    assert bench.writes() == [CASE]


def test_a_plan_for_another_instance_is_refused(bench: Bench) -> None:
    with pytest.raises(GateRefusal, match=r"was made for http://127.*, and this is https://other") as caught:
        bench.gate(instance="https://other.example").check_plan()
    assert caught.value.cause is HoldCause.CONFLICT


def test_a_plan_that_expires_while_it_is_applied_stops_there(bench: Bench) -> None:
    late = NOW + timedelta(hours=24)
    with pytest.raises(
        GateRefusal, match="the plan expired at 2026-11-19 10:00:00 UTC, and now is 2026-11-19 10:00:00"
    ):
        list(apply(bench.plan, bench.carry_out(late)))
    result = bench.run(1, late)
    assert (result.status, result.cause) == (Status.HELD, HoldCause.DRIFT)
    assert len(bench.sandbox.requests) == 0


def test_a_plan_is_applied_in_its_order_and_holds_are_passed_over(bench: Bench) -> None:
    results = list(apply(bench.plan, bench.carry_out()))
    assert [item.escalation.number for item in results] == ["ESC0000002", "ESC0000001"]
    assert len(decided(bench.plan)) == 2


def test_no_module_but_the_gate_calls_patch() -> None:
    root = Path(snow_escalations.__file__).parent
    callers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "sandbox" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "patch"
    }
    assert callers == {"decisions/gate.py"}


def results_of(bench: Bench) -> list[CarriedOut]:
    return list(apply(bench.plan, bench.carry_out()))


def roll_up(bench: Bench, time: FakeTime) -> RollUp:
    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        bench.sandbox.clock.advance(timedelta(seconds=seconds))

    return RollUp(bench.tables, Dialect(), sleep)


def test_escalations_are_waited_for_until_they_follow(bench: Bench) -> None:
    time = FakeTime()
    followed = roll_up(bench, time).follow(results_of(bench))
    assert {item.outcome: item.rolled_up for item in followed} == {
        Outcome.REJECT: "declined",
        Outcome.APPROVE: "escalated",
    }
    assert sum(time.slept) < 1


def test_escalations_that_do_not_follow_are_told_after_a_bounded_wait() -> None:
    on = {"sandbox.approval.listener": "false"}
    with running(properties=on) as sandbox, connected(sandbox.url) as connection:
        bench = Bench(sandbox, connection, plan_of(connection))
        time = FakeTime()
        followed = roll_up(bench, time).follow(results_of(bench))
    assert {item.rolled_up for item in followed} == {"requested"}
    assert sum(time.slept) == 8


def test_nothing_done_is_nothing_to_wait_for(bench: Bench) -> None:
    time = FakeTime()
    assert roll_up(bench, time).follow([]) == []
    assert (time.slept, len(bench.sandbox.requests)) == ([], 0)
