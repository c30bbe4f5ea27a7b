"""Puts the demo desk together: staff and customers, plans, then every case with its journal and escalations."""

from datetime import datetime
from random import Random

from snow_escalations.sandbox.desk.cases import Cases
from snow_escalations.sandbox.desk.casting import Casting
from snow_escalations.sandbox.desk.customers import Customers
from snow_escalations.sandbox.desk.escalations import ESCALATION, Escalations
from snow_escalations.sandbox.desk.moments import moment_of
from snow_escalations.sandbox.desk.plan import ASKED, CasePlan, numbered
from snow_escalations.sandbox.desk.rows import Rows, Tables
from snow_escalations.sandbox.desk.setup import Setup
from snow_escalations.sandbox.desk.slas import Slas
from snow_escalations.sandbox.desk.staff import Staff


def build_desk(seed: int, now: datetime) -> Tables:
    """The rows of the demo desk, by table, in Table API form: values are strings, references are sys_ids.

    The same seed and instant give the same rows. Built for an instant a whole number of weeks away, the desk is the
    same with its dates moved; at another weekday or hour it tells the same stories, but what happened in working
    hours happens in other ones, and numbers follow the order of time.

    Args:
        seed: which desk.
        now: the instant that every date is relative to, with a time zone. Nothing but due dates lies after it.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError(f"the demo desk needs an instant with a time zone, not {now.isoformat()}")
    moment = moment_of(now)
    rng = Random(seed)  # noqa: S311 - a demo, not a secret
    rows = Rows(rng)
    staff = Staff(rows, moment)
    setup = Setup(rows, staff, moment)
    customers = Customers(rows, moment, rng)
    plans = numbered(Casting(staff, customers, moment, rng).plans())
    escalations = Escalations(rows, staff, setup, _escalation_numbers(plans), rng)
    cases = Cases(rows, staff, escalations, moment, rng)
    for plan in plans:
        cases.write(plan)
    slas, written = Slas(rows, setup, moment), escalations.written
    for plan in plans:
        if plan.scene is not None:
            escalations.link_cases(plan)
            slas.attach(plan, written)
    rows.tables[ESCALATION].sort(key=lambda row: row["number"])
    return rows.tables


def _escalation_numbers(plans: list[CasePlan]) -> dict[str, str]:
    asked = sorted(
        (event.moment, event.request.name)
        for plan in plans
        for event in plan.events
        if event.kind == ASKED and event.request is not None
    )
    return {name: f"ESC{number:07}" for number, (_, name) in enumerate(asked, start=10001)}
