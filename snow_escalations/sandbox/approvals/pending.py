"""Asynchronous work of the engine that outlives its process: a row says what is to be done, and when.

The row is written with the vote or request that causes the work, and goes with what the work writes: each in one
transaction, so that a sandbox that goes on with a database file neither forgets a vote nor counts it twice.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from snow_escalations.sandbox.approvals.vocabulary import ESCALATION
from snow_escalations.sandbox.hooks import Instance

TABLE = "sandbox_pending"
_COLUMNS = ("kind", "escalation", "approval", "voter", "name")


@dataclass(frozen=True, slots=True)
class Work:
    """Something to do for an escalation: start its approval, or count a vote on one of its approvals.

    Attributes:
        escalation: sys_id, as `approval` and `voter`, which a request does not have.
        name: what it is called among the pending jobs.
    """

    kind: Literal["request", "vote"]
    escalation: str
    approval: str
    voter: str
    name: str


Action: TypeAlias = Callable[[Work, Instance], None]


def create(instance: Instance) -> None:
    """Create the table where the database has none."""
    columns = ", ".join(f"{column} TEXT NOT NULL" for column in (*_COLUMNS, "due"))
    instance.store.database.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} ({columns})")


def schedule(work: Work, lag: timedelta, action: Action, instance: Instance) -> None:
    """Do `work` by `action` when the lag is over, in this process or in a later one."""
    due = (instance.clock.now() + lag).isoformat()
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    instance.store.database.execute(f"INSERT INTO {TABLE} VALUES ({marks})", [*astuple(work), due])
    _enqueue(work, due, lag, action, instance)


def resume(action: Action, instance: Instance) -> None:
    """Schedule again what an earlier process left; what was due meanwhile is due at once."""
    rows = instance.store.database.rows(f"SELECT {', '.join(_COLUMNS)}, due FROM {TABLE} ORDER BY due, rowid")
    for *columns, due in rows:
        lag = max(datetime.fromisoformat(due) - instance.clock.now(), timedelta(0))
        _enqueue(Work(*columns), due, lag, action, instance)


def _enqueue(work: Work, due: str, lag: timedelta, action: Action, instance: Instance) -> None:
    instance.jobs.schedule(lag, work.name, lambda later: _carry_out(work, due, action, later))


def _carry_out(work: Work, due: str, action: Action, instance: Instance) -> None:
    tests = " AND ".join(f"{column} = ?" for column in (*_COLUMNS, "due"))
    with instance.store.writing(instance.store.schema[ESCALATION]):
        instance.store.database.execute(f"DELETE FROM {TABLE} WHERE {tests}", [*astuple(work), due])
        action(work, instance)
