"""Service levels (`task_sla`) of the escalated cases and accounts, computed from what happened."""

from snow_escalations.sandbox.actor import SYSTEM_USER
from snow_escalations.sandbox.desk.moments import Moment, stored, stored_duration
from snow_escalations.sandbox.desk.plan import DECIDED, CasePlan
from snow_escalations.sandbox.desk.rows import Row, Rows
from snow_escalations.sandbox.desk.scene import DECLINED, HIGH, REQUESTED
from snow_escalations.sandbox.desk.setup import Setup
from snow_escalations.sandbox.desk.shapes import AWAITING_INFO, CANCELED, CLOSED, RESOLVED


class Slas:
    """Attaches service levels. Elapsed time is wall-clock time: the definitions run around the clock."""

    def __init__(self, rows: Rows, setup: Setup, now: Moment) -> None:
        self._rows = rows
        self._setup = setup
        self._now = now

    def attach(self, plan: CasePlan, escalations: dict[str, Row]) -> None:
        """The resolution level of the case, and a response level for each escalation that was approved."""
        self._resolution(plan)
        for event in plan.events:
            request = event.request
            if event.kind != DECIDED or request is None or request.state in (REQUESTED, DECLINED):
                continue
            hours = 4 if request.severity == HIGH else 8
            kind = "account" if plan.account_requests else "case"
            task = escalations[request.name] if plan.account_requests else plan.row
            answered = next(
                (later.moment for later in plan.events if later.moment > event.moment and later.who == "agent"), None
            )
            self._add(f"Escalated {kind} response - {hours} hours", task, event.moment, answered, "completed")

    def _resolution(self, plan: CasePlan) -> None:
        over = {RESOLVED: "completed", CLOSED: "completed", CANCELED: "cancelled"}.get(plan.state)
        ended = plan.events[-1].moment if over else None
        stage = over or "in_progress"
        if plan.state == AWAITING_INFO:
            stage, ended = "paused", plan.events[-1].moment
        self._add(f"Case resolution - P{plan.priority}", plan.row, plan.opened, ended, stage)

    def _add(self, name: str, task: Row, start: Moment, stopped: Moment | None, stage: str) -> None:
        length = self._setup.durations[name]
        elapsed = (stopped or self._now) - start
        percentage = f"{100 * elapsed / length:.2f}"
        over = stopped is not None and stage != "paused"
        running = {"stage": stage if stopped else "in_progress", "active": "false" if over else "true"}
        self._rows.add(
            "task_sla",
            start,
            SYSTEM_USER,
            task=task["sys_id"],
            sla=self._setup.slas[name]["sys_id"],
            start_time=stored(start),
            end_time=stored(stopped) if stopped and over else "",
            pause_time=stored(stopped) if stopped and not over else "",
            planned_end_time=stored(start + length),
            original_breach_time=stored(start + length),
            duration=stored_duration(elapsed),
            business_duration=stored_duration(elapsed),
            time_left=stored_duration(length - elapsed),
            business_time_left=stored_duration(length - elapsed),
            percentage=percentage,
            business_percentage=percentage,
            has_breached="true" if elapsed > length else "false",
            **running,
        )
