"""Writes the cases of the demo desk with their journals."""

from random import Random

from snow_escalations.sandbox.actor import SYSTEM_USER
from snow_escalations.sandbox.desk.escalations import Escalations
from snow_escalations.sandbox.desk.moments import Moment, stored
from snow_escalations.sandbox.desk.plan import CasePlan, Event
from snow_escalations.sandbox.desk.rows import Row, Rows, touch
from snow_escalations.sandbox.desk.shapes import CANCELED, CLOSED, NEW, RESOLVED
from snow_escalations.sandbox.desk.staff import Employee, Staff
from snow_escalations.sandbox.desk.voice import CaseVoice

CASE = "sn_customerservice_case"

_CHANNELS = ("web", "web", "web", "web", "email", "email", "phone", "chat")
_ATTEMPTS = 30
_IMPACTS = {"1": "1", "2": "2", "3": "2", "4": "3"}


class Cases:
    """Writes one case after the other, in order of opening."""

    def __init__(self, rows: Rows, staff: Staff, escalations: Escalations, now: Moment, rng: Random) -> None:
        self._rows = rows
        self._staff = staff
        self._escalations = escalations
        self._now = now
        self._rng = rng
        self._descriptions: set[str] = set()

    def write(self, plan: CasePlan) -> None:
        """The case row, then every event of the plan."""
        colleagues = [agent for agent in self._staff.agents_for(plan.topic.product, "en") if agent is not plan.agent]
        voice = CaseVoice(plan, colleagues, self._now, self._rng)
        self._open(plan, voice)
        for index, event in enumerate(plan.events[1:], start=1):
            if event.request is not None:
                self._escalations.step(plan, event, event.request, voice)
            else:
                self._say(plan, event, voice, plan.agent_at(index))
        self._settle(plan)

    def _open(self, plan: CasePlan, voice: CaseVoice) -> None:
        opener, channel = plan.contact, self._rng.choice(_CHANNELS)
        if channel == "phone":
            opener = plan.agent_at(0).row
        group = self._staff.groups[f"{plan.topic.product} Support"]
        assigned = plan.state != NEW or len(plan.events) > 1
        plan.row = self._rows.add(
            CASE,
            plan.opened,
            opener["user_name"],
            number=plan.number,
            short_description=voice.subject(),
            description=self._description(plan, voice),
            state=plan.state,
            priority=plan.priority,
            impact=_IMPACTS[plan.priority],
            category="0" if plan.priority == "4" else "1",
            contact=plan.contact["sys_id"],
            account=plan.customer.row["sys_id"],
            company=plan.customer.row["sys_id"],
            contact_type=channel,
            contact_time_zone=plan.customer.account.zone,
            assignment_group=group["sys_id"],
            assigned_to=plan.agent.sys_id if assigned else "",
            opened_at=stored(plan.opened),
            opened_by=opener["sys_id"],
            reassignment_count=str(len(plan.agents) - 1),
            active="true",
            active_escalation="",
            active_account_escalation="",
            watch_list=self._watchers(plan),
        )
        if channel in ("web", "email"):
            seen = plan.opened + 20 + int(self._rng.random() * 60)
            self._rows.journal(plan.row, seen, SYSTEM_USER, table=CASE, element="comments", text=voice.received())

    def _description(self, plan: CasePlan, voice: CaseVoice) -> str:
        """What the customer wrote first, in words that no other case has."""
        for _ in range(_ATTEMPTS):
            text = voice.entry(plan.events[0], plan.agent_at(0))
            if text not in self._descriptions:
                break
        self._descriptions.add(text)
        return text

    def _watchers(self, plan: CasePlan) -> str:
        watchers = [plan.contact]
        if plan.scene is not None and plan.scene.executive:
            first, last, *_ = plan.scene.executive.split("|")
            watchers = [row for row in plan.customer.contacts if row["name"] == f"{first} {last}"]
        elif self._rng.random() < 0.7:
            return ""
        return ",".join(row["sys_id"] for row in watchers)

    def _say(self, plan: CasePlan, event: Event, voice: CaseVoice, agent: Employee) -> None:
        author = plan.contact["user_name"] if event.who == "customer" else agent.user_name
        element = "work_notes" if event.who == "note" else "comments"
        text = voice.entry(event, agent)
        self._rows.journal(plan.row, event.moment, author, table=CASE, element=element, text=text)

    def _settle(self, plan: CasePlan) -> None:
        if plan.state not in (RESOLVED, CLOSED, CANCELED):
            last = plan.events[-1]
            if last.who == "customer" and plan.state != NEW:
                plan.row["needs_attention"] = "true"
            return
        row, agent = plan.row, plan.agent
        fixed = next((event.moment for event in plan.events if event.kind == "fix"), plan.events[-1].moment)
        row["close_notes"] = plan.topic.cause if plan.state != CANCELED else "Withdrawn by the customer."
        row["resolution_code"] = "4" if plan.state == CANCELED else self._rng.choice(("1", "1", "1", "2"))
        if plan.state != CANCELED:
            touch(
                row, fixed, agent.user_name, resolved_at=stored(fixed), resolved_by=agent.sys_id, cause=plan.topic.cause
            )
        if plan.state != RESOLVED:
            self._close(row, plan)

    def _close(self, row: Row, plan: CasePlan) -> None:
        ended = plan.events[-1].moment
        touch(
            row,
            ended,
            plan.agent.user_name,
            active="false",
            closed_at=stored(ended),
            closed_by=plan.agent.sys_id,
        )
