"""The one place through which every write to an instance goes.

Dry run is not a flag here: who must not write is given no gate. What may be written is a closed list (promise P3): a
case's comments and work notes, an approval's state and comments. Nothing is ever written to an escalation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import HoldCause, Plan, RecordKey
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.query import Row
from snow_escalations.servicenow.tables import Tables


class GateRefusal(SnowEscalationsError):
    """The gate does not let a write pass; nothing was written.

    Attributes:
        cause: the hold cause under which the decision waits for a person.
        why: the reason without the name of the record.
    """

    exit_code: ClassVar[int] = 4

    def __init__(self, subject: str, cause: HoldCause, why: str, remedy: str = "") -> None:
        self.cause, self.why = cause, why
        super().__init__(f"{subject}: refused by the gate ({cause.value}): {why}{f'. {remedy}' if remedy else ''}")


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets the writes of one plan pass, one by one.

    `now` is asked at each write: a plan that expires while it is applied stops there.
    """

    tables: Tables
    dialect: Dialect
    plan: Plan
    instance: str
    now: Callable[[], datetime]

    def write(self, record: RecordKey, values: Mapping[str, str], *, once: bool = False) -> Row:
        """Write fields of a record and give the row that the instance answered; `once` without any repeat.

        Raises:
            GateRefusal: the write is not allowed; nothing was sent.
            InstanceError: as `Tables.patch`.
        """
        self.check_plan()
        self._check_fields(record, values)
        journals = [name for name in values if name in self._journals()]
        return self.tables.patch(record.table, record.sys_id, values, journals=journals, once=once)

    def check_plan(self) -> None:
        """Refuse a plan that is not for this instance or not for this time.

        Raises:
            GateRefusal: with what would have to be true.
        """
        plan = self.plan
        if plan.instance != self.instance:
            raise GateRefusal(
                "plan",
                HoldCause.CONFLICT,
                f"the plan was made for {plan.instance}, and this is {self.instance}",
                "Make a plan for this instance",
            )
        now = self.now()
        if now >= plan.expires_at:
            raise GateRefusal(
                "plan",
                HoldCause.DRIFT,
                f"the plan expired at {plan.expires_at:%Y-%m-%d %H:%M:%S} UTC, and now is {now:%Y-%m-%d %H:%M:%S} UTC",
                "Make a new plan",
            )

    def _check_fields(self, record: RecordKey, values: Mapping[str, str]) -> None:
        tables, fields = self.dialect.tables, self.dialect.fields
        allowed = {
            tables.case: {fields.case.comments, fields.case.work_notes},
            tables.approval: {fields.approval.state, fields.approval.comments},
        }.get(record.table, set())
        forbidden = sorted(set(values) - allowed)
        if forbidden or not values:
            raise GateRefusal(
                f"{record.table}/{record.sys_id}",
                HoldCause.ERROR,
                f"{', '.join(forbidden) or 'nothing'} may not be written there; comments and work notes of a case, and "
                f"state and comments of an approval, are all that may",
            )

    def _journals(self) -> frozenset[str]:
        fields = self.dialect.fields
        return frozenset({fields.case.comments, fields.case.work_notes, fields.approval.comments})
