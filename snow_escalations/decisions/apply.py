"""A whole plan, applied: each decision in turn, and then a look whether the escalations followed.

The engine of the instance rolls an approval up to its escalation some time after the write. Whether it did is asked for
all escalations together, a few times within a bounded wait; one that does not follow is told, as nothing may be
listening on the instance.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from snow_escalations.decisions.carry_out import CarryOut
from snow_escalations.decisions.outcome import CarriedOut, Status
from snow_escalations.model import Decision, Plan
from snow_escalations.servicenow.chunks import chunks
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect, choice
from snow_escalations.servicenow.query import Queries, value_of
from snow_escalations.servicenow.tables import Tables

FIRST_PAUSE = 0.25
WAIT = 8.0
"""Seconds that escalations are waited for, unless the caller says otherwise."""


def apply(plan: Plan, carry_out: CarryOut) -> Iterator[CarriedOut]:
    """Carry out the decisions of a plan, one after the other, in its order. Holds are passed over.

    Raises:
        GateRefusal: the plan itself is not for this instance or time; nothing was done.
    """
    carry_out.gate.check_plan()
    for decision in decided(plan):
        yield carry_out(decision)


def decided(plan: Plan) -> list[Decision]:
    """The decisions of a plan that want something done."""
    return [decision for decision in plan.decisions if decision.action is not None]


@dataclass(frozen=True, slots=True)
class RollUp:
    """Looks whether escalations followed their approvals."""

    tables: Tables
    dialect: Dialect
    sleep: Callable[[float], None]

    def follow(self, results: Sequence[CarriedOut], wait: float = WAIT) -> list[CarriedOut]:
        """The results, those that were done with the state that their escalation has after at most `wait` seconds.

        Raises:
            InstanceError: the states cannot be read.
        """
        waiting = [item.escalation.sys_id for item in results if item.status in {Status.DONE, Status.ALREADY_DONE}]
        states = self._states(waiting)
        for pause in _pauses(wait):
            if all(states.get(sys_id) != "requested" for sys_id in waiting):
                break
            self.sleep(pause)
            states = self._states(waiting)
        return [item.model_copy(update={"rolled_up": states.get(item.escalation.sys_id)}) for item in results]

    def _states(self, sys_ids: Sequence[str]) -> dict[str, str]:
        name = self.dialect.fields.escalation.state
        states: dict[str, str] = {}
        for chunk in chunks(sys_ids):
            query = Queries(self.dialect).of(self.dialect.tables.escalation).where("sys_id", Operator.IN, chunk)
            for row in self.tables.rows(query, [name]):
                key = choice(self.dialect.states.escalation, value_of(row.get(name)) or "").key
                states[value_of(row.get("sys_id")) or ""] = key
        return states


def _pauses(wait: float) -> Iterator[float]:
    """Doubling pauses between the looks that come to `wait` seconds in all."""
    pause = FIRST_PAUSE
    while wait > 0:
        yield min(pause, wait)
        wait -= pause
        pause *= 2
