"""What happens around a write: hooks before and after it, and jobs that run later by the sandbox clock.

The platform's counterparts are before/after business rules and the asynchronous work of flows and events. Hooks of a
parent table run for its children too, in the order in which they were registered.
"""

import heapq
import itertools
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock

if TYPE_CHECKING:
    from snow_escalations.sandbox.properties import Properties
    from snow_escalations.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is about to be written, or was just written.

    Attributes:
        table: the row's own class.
        sys_id: the row.
        before: the stored values, or None on insert.
        after: the values as they will be, or were, stored; journal fields are always "".
        journals: texts that this very request appends to journal fields, by element.
        actor: who writes.
    """

    table: str
    sys_id: str
    before: Mapping[str, str] | None
    after: Mapping[str, str]
    journals: Mapping[str, str]
    actor: Actor

    def changed(self, field: str) -> bool:
        """Whether the value of `field` differs from the stored one; on insert, whether it is not empty."""
        return self.after.get(field, "") != (self.before or {}).get(field, "")


class Abort(SnowEscalationsError):
    """A business rule aborts the write (`setAbortAction(true)`): HTTP 403, "was aborted by Business Rule"."""

    def __init__(self, rule_name: str, rule_sys_id: str) -> None:
        self.rule_name = rule_name
        self.rule_sys_id = rule_sys_id
        super().__init__(f"the write was aborted by business rule `{rule_name}` ({rule_sys_id})")


class Refused(SnowEscalationsError):
    """The actor may not write this row: HTTP 403, "ACL Exception Update Failed due to security constraints"."""


BeforeHook: TypeAlias = Callable[[Change, "Instance"], Mapping[str, str] | None]
AfterHook: TypeAlias = Callable[[Change, "Instance"], None]
Action: TypeAlias = Callable[["Instance"], None]
HookT = TypeVar("HookT")


class Hooks:
    """The hooks of one sandbox, by table."""

    def __init__(self) -> None:
        self._before: dict[str, list[tuple[int, BeforeHook]]] = defaultdict(list)
        self._after: dict[str, list[tuple[int, AfterHook]]] = defaultdict(list)
        self._deleted: dict[str, list[tuple[int, AfterHook]]] = defaultdict(list)
        self._order = itertools.count()

    def before(self, table: str, hook: BeforeHook) -> None:
        """Run `hook` before each write to `table` or a child of it, unless the system writes.

        The hook may return further field values to store with the write, and may raise `Abort` or `Refused`.
        """
        self._before[table].append((next(self._order), hook))

    def after(self, table: str, hook: AfterHook) -> None:
        """Run `hook` after each effective write to `table` or a child, whoever writes, in the same transaction."""
        self._after[table].append((next(self._order), hook))

    def deleted(self, table: str, hook: AfterHook) -> None:
        """Run `hook` after each delete from `table` or a child; `before` and `after` are the row that is gone."""
        self._deleted[table].append((next(self._order), hook))

    def before_hooks(self, lineage: Sequence[str]) -> list[BeforeHook]:
        """The before hooks of a class and its parents, in order of registration."""
        return [hook for _, hook in sorted(_collected(self._before, lineage), key=_registration)]

    def after_hooks(self, lineage: Sequence[str]) -> list[AfterHook]:
        """The after hooks of a class and its parents, in order of registration."""
        return [hook for _, hook in sorted(_collected(self._after, lineage), key=_registration)]

    def deleted_hooks(self, lineage: Sequence[str]) -> list[AfterHook]:
        """The hooks of deletes from a class and its parents, in order of registration."""
        return [hook for _, hook in sorted(_collected(self._deleted, lineage), key=_registration)]


def _collected(hooks: Mapping[str, list[tuple[int, HookT]]], lineage: Sequence[str]) -> list[tuple[int, HookT]]:
    return [entry for table in lineage for entry in hooks.get(table, ())]


def _registration(entry: tuple[int, object]) -> int:
    return entry[0]


@dataclass(frozen=True, slots=True, order=True)
class _Job:
    due: datetime
    number: int
    name: str = field(compare=False)
    action: Action = field(compare=False)


class Jobs:
    """Asynchronous work of the instance, run when it is due by the sandbox clock.

    Due jobs run before each request is served, by `Sandbox.run_due_jobs`, and by a ticker while the clock ticks.
    Equal due times run in the order of scheduling.
    """

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._queue: list[_Job] = []
        self._numbers = itertools.count()
        self._lock = threading.Lock()

    def schedule(self, delay: timedelta, name: str, action: Action) -> None:
        """Run `action` once `delay` has passed; `name` says what it is in `pending`."""
        job = _Job(self._clock.now() + delay, next(self._numbers), name, action)
        with self._lock:
            heapq.heappush(self._queue, job)

    @property
    def pending(self) -> list[tuple[datetime, str]]:
        """Due instant and name of each job that has not run, soonest first."""
        with self._lock:
            return [(job.due, job.name) for job in sorted(self._queue)]

    def run_due(self, instance: "Instance") -> int:
        """Run what is due, and what that work makes due; the number of jobs run."""
        count = 0
        while (job := self._take()) is not None:
            job.action(instance)
            count += 1
        return count

    def _take(self) -> _Job | None:
        # The unlocked look keeps the usual case, an empty queue, free of cost on every request.
        if not self._queue:
            return None
        now = self._clock.now()
        with self._lock:
            if self._queue and self._queue[0].due <= now:
                return heapq.heappop(self._queue)
        return None


class Instance(Protocol):
    """What hooks and jobs may use of the sandbox."""

    @property
    def store(self) -> "Store":
        """The rows."""
        ...

    @property
    def jobs(self) -> Jobs:
        """Work for later."""
        ...

    @property
    def clock(self) -> SandboxClock:
        """The instance's time."""
        ...

    @property
    def properties(self) -> "Properties":
        """The instance's `sys_properties`."""
        ...
