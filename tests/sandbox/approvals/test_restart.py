"""What the engine has still to do survives the process, where the database is a file."""

from datetime import timedelta
from pathlib import Path

from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions

from .conftest import NOW, World, sys_id, world


def started(path: Path, **options) -> World:
    return World(LocalInstance(SandboxOptions(now=NOW, database=path, **options)))


def test_a_vote_is_counted_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    first = started(path, rows=world())
    escalation = first.escalate()
    first.vote(escalation, "ann", "rejected")
    first.store.close()
    second = started(path)
    assert [name for _, name in second.jobs.pending] == [f"roll up {escalation['number']}"]
    second.settle()
    declined = second.get(escalation)
    assert (declined["state"], declined["declined_by"]) == ("102", sys_id("ann"))
    second.store.close()
    third = started(path)
    assert third.jobs.pending == []
    third.store.close()


def test_a_request_gets_its_approvals_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    first = started(path, rows=world(), properties={"sandbox.approval.request_lag_ms": "60000"})
    escalation = first.escalate()
    assert first.states(escalation) == {}
    first.store.close()
    second = started(path)
    second.clock.advance(timedelta(seconds=59))
    second.instance.run_due_jobs()
    assert second.states(escalation) == {}
    second.clock.advance(timedelta(seconds=1))
    second.instance.run_due_jobs()
    assert set(second.states(escalation).values()) == {"requested"}
    second.store.close()


def test_what_fell_due_meanwhile_is_due_at_once(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    first = started(path, rows=world())
    escalation = first.escalate()
    first.vote(escalation, "ann", "approved")
    first.store.close()
    second = World(LocalInstance(SandboxOptions(now=NOW + timedelta(days=1), database=path)))
    second.instance.run_due_jobs()
    assert second.get(escalation)["state"] == "101"
    second.store.close()


def test_nothing_follows_from_votes_that_the_data_brings(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    first = started(path, rows=world())
    first.store.close()
    second = started(path)
    assert second.jobs.pending == []
    second.store.close()
