"""Hooks and jobs."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.hooks import Change, Hooks, Instance, Jobs

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NOBODY = cast("Instance", None)


def test_a_change_knows_what_changes() -> None:
    change = Change("t", "1", {"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"comments": "x"}, Actor.system())
    assert not change.changed("a")
    assert change.changed("b")
    insert = Change("t", "1", None, {"a": "", "b": "3"}, {}, Actor.system())
    assert (insert.changed("a"), insert.changed("b"), insert.changed("c")) == (False, True, False)


def test_hooks_of_parents_run_for_children_in_the_order_of_registration() -> None:
    hooks = Hooks()

    def named(name: str) -> Any:
        def hook(*_: object) -> None:
            raise NotImplementedError

        hook.__name__ = name
        return hook

    hooks.before("child", named("first"))
    hooks.before("parent", named("second"))
    hooks.before("other", named("never"))
    hooks.before("child", named("third"))
    hooks.after("parent", named("after"))
    assert [hook.__name__ for hook in hooks.before_hooks(("child", "parent"))] == ["first", "second", "third"]
    assert [hook.__name__ for hook in hooks.after_hooks(("child", "parent"))] == ["after"]
    assert hooks.before_hooks(("nobody",)) == []


def test_jobs_run_when_they_are_due_in_order() -> None:
    clock = SandboxClock(START)
    jobs, ran = Jobs(clock), []

    def job(name: str) -> Any:
        return lambda _: ran.append(name)

    jobs.schedule(timedelta(seconds=2), "late", job("late"))
    jobs.schedule(timedelta(seconds=1), "a", job("a"))
    jobs.schedule(timedelta(seconds=1), "b", job("b"))
    assert [name for _, name in jobs.pending] == ["a", "b", "late"]
    assert jobs.run_due(NOBODY) == 0
    clock.advance(timedelta(seconds=1))
    assert jobs.run_due(NOBODY) == 2
    clock.advance(timedelta(seconds=1))
    assert jobs.run_due(NOBODY) == 1
    assert ran == ["a", "b", "late"]
    assert jobs.run_due(NOBODY) == 0


def test_jobs_may_cause_jobs() -> None:
    clock = SandboxClock(START)
    jobs, ran = Jobs(clock), []
    jobs.schedule(timedelta(0), "outer", lambda _: jobs.schedule(timedelta(0), "inner", lambda _: ran.append("inner")))
    assert jobs.run_due(NOBODY) == 2
    assert ran == ["inner"]
