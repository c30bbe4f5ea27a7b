"""A sandbox with the small world, a plan for it, and what carries the plan out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from snow_escalations.decisions.carry_out import CarryOut
from snow_escalations.decisions.gate import Gate
from snow_escalations.decisions.outcome import CarriedOut
from snow_escalations.decisions.planning import Planner
from snow_escalations.decisions.records import Records
from snow_escalations.model import Decision, Plan
from snow_escalations.sandbox import Sandbox
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.tables import Tables
from tests.support.instance import NOW, SERVICE, connected, running, sid
from tests.support.planning import planner


@dataclass
class Bench:
    """A sandbox, a connection to it, and the plan that was made of it."""

    sandbox: Sandbox
    connection: Connection
    plan: Plan

    @property
    def tables(self) -> Tables:
        return Tables(self.connection)

    def gate(self, now: datetime = NOW, instance: str | None = None) -> Gate:
        url = self.connection.options.url if instance is None else instance
        return Gate(self.tables, Dialect(), self.plan, url, lambda: now)

    def carry_out(self, now: datetime = NOW) -> CarryOut:
        """As a new process would: nothing is remembered."""
        journals = Journals(self.tables, Dialect(), 1000)
        records = Records(self.tables, Dialect(), journals)
        return CarryOut(self.gate(now), records, Dialect(), own_user_name=SERVICE.user)

    def decision(self, number: int) -> Decision:
        """The plan's decision about an escalation."""
        return next(item for item in self.plan.decisions if item.escalation.sys_id == sid("escalation", number))

    def run(self, number: int, now: datetime = NOW) -> CarriedOut:
        """Carry the decision about an escalation out, and let the sandbox's engine follow."""
        result = self.carry_out(now)(self.decision(number))
        self.settle()
        return result

    def settle(self) -> None:
        """Let the asynchronous work of the instance happen."""
        from datetime import timedelta

        self.sandbox.clock.advance(timedelta(seconds=5))
        self.sandbox.run_due_jobs()

    def comments(self, case: int) -> list[str]:
        """Our comments on a case."""
        rows = self.sandbox.store.find("sys_journal_field", element_id=sid("case", case), element="comments")
        return [row["value"] for row in rows if row["sys_created_by"] == SERVICE.user]

    def state(self, approval: int) -> str:
        """The state of an approval."""
        row = self.sandbox.store.get("sysapproval_approver", sid("approval", approval))
        return row["state"] if row is not None else "gone"

    def writes(self) -> list[str]:
        """The tables written to so far, in order."""
        return [item.table for item in self.sandbox.requests if item.method != "GET"]


def plan_of(connection: Connection, made: Planner | None = None) -> Plan:
    """The plan that the shipped policy (or another planner) makes of what is pending."""
    with_instance = made or planner(instance=connection.options.url)
    return with_instance.plan(Desk(connection, Dialect()).pending(NOW).dossiers, NOW)


@pytest.fixture
def bench() -> Iterator[Bench]:
    """Escalation 1 is to be rejected, 2 approved, the others are held."""
    with running() as sandbox, connected(sandbox.url) as connection:
        made = Bench(sandbox, connection, plan_of(connection))
        sandbox.requests.clear()
        yield made
