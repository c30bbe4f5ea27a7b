"""Writes the escalations of the demo desk: the records, their approvals, and what they left on the source record."""

from dataclasses import dataclass, field
from random import Random

from snow_escalations.sandbox.actor import SYSTEM_USER
from snow_escalations.sandbox.approvals import notes
from snow_escalations.sandbox.desk.moments import HOUR, Moment, stored
from snow_escalations.sandbox.desk.plan import ASKED, DECIDED, CasePlan, Event
from snow_escalations.sandbox.desk.rows import Row, Rows, touch
from snow_escalations.sandbox.desk.scene import CLOSED, DECLINED, REQUESTED, Request, Vote
from snow_escalations.sandbox.desk.setup import Setup
from snow_escalations.sandbox.desk.staff import Staff
from snow_escalations.sandbox.desk.voice import CaseVoice

CASE, ACCOUNT, ESCALATION = "sn_customerservice_case", "customer_account", "sn_customerservice_escalation"
APPROVAL, APPROVAL_GROUP = "sysapproval_approver", "sysapproval_group"
SCENE_PREFIX = "demo:"
_CUSTOMER, _INTERNAL = "0", "1"


@dataclass(slots=True)
class _Written:
    """An escalation that is being told: its row, its group approval, its approvals with the votes behind them."""

    row: Row
    group: Row | None = None
    approvals: list[tuple[Row, Vote]] = field(default_factory=list)


class Escalations:
    """Carries out the steps of escalations, oldest first within a case.

    Args:
        numbers: number of the escalation by name of the request.
    """

    def __init__(self, rows: Rows, staff: Staff, setup: Setup, numbers: dict[str, str], rng: Random) -> None:
        self._rows = rows
        self._staff = staff
        self._setup = setup
        self._numbers = numbers
        self._rng = rng
        self._users = {row["user_name"]: row for row in rows.tables["sys_user"]}
        self._by_id = {row["sys_id"]: row for row in rows.tables["sys_user"]}
        self._written: dict[str, _Written] = {}
        self._groups = 0

    @property
    def written(self) -> dict[str, Row]:
        """The escalations written so far, by name of the request."""
        return {name: written.row for name, written in self._written.items()}

    def link_cases(self, plan: CasePlan) -> None:
        """Link the cases of an account escalation that is open to it, once all of them are written."""
        if plan.account_requests:
            for case in (plan, *plan.related):
                case.row["active_account_escalation"] = plan.customer.row["active_escalation"]

    def step(self, plan: CasePlan, event: Event, request: Request, voice: CaseVoice) -> None:
        """One event of the escalation `request`: asked for, decided, or ended."""
        if event.kind == ASKED:
            self._ask(plan, request, event.moment, voice)
        elif event.kind == DECIDED:
            self._decide(plan, request, event.moment)
        else:
            self._end(plan, request, event.moment)

    def _ask(self, plan: CasePlan, request: Request, at: Moment, voice: CaseVoice) -> None:
        requester = self._staff.people[request.requester].row if request.requester else plan.contact
        source_table, source = (ACCOUNT, plan.customer.row) if plan.account_requests else (CASE, plan.row)
        template = self._setup.templates[request.template]
        severity = self._setup.severities.get(request.severity)
        row = self._rows.add(
            ESCALATION,
            at,
            requester["user_name"],
            number=self._numbers[request.name],
            correlation_id=f"{SCENE_PREFIX}{request.name}",
            source_table=source_table,
            source_record=source["sys_id"],
            state=request.state,
            request_source=_INTERNAL if request.requester else _CUSTOMER,
            reason=request.reason,
            escalation_justification=voice.plain(request.justification),
            escalation_severity=severity["sys_id"] if severity else "",
            type=template["sys_id"],
            requested_by=requester["sys_id"],
            opened_by=requester["sys_id"],
            opened_at=stored(at),
            short_description=source["name"] if plan.account_requests else plan.row["short_description"],
            priority=plan.priority,
            approval="requested",
            trend=request.trend,
            active="true",
            watch_list=",".join(filter(None, (template["watch_list"], plan.row["watch_list"]))),
        )
        written = self._written[request.name] = _Written(row)
        if plan.account_requests:
            self._lead(row, request)
        self._link(plan, row["sys_id"], at)
        self._note(plan, notes.requested(requester["name"], row["number"]), at + 1)
        if len(request.votes) > 1:
            written.group = self._group(row, template["approval_group"], at + 2)
        for vote in request.votes:
            approval = self._approval(written, vote, at + 2)
            written.approvals.append((approval, vote))
            if vote.state == "not_required" and not request.decided:
                touch(approval, at + HOUR, SYSTEM_USER, state=vote.state)

    def _lead(self, row: Row, request: Request) -> None:
        row["assignment_group"] = self._staff.groups["Escalation Managers"]["sys_id"]
        if request.state != REQUESTED:
            row["assigned_to"] = self._rng.choice(self._staff.members("Escalation Managers")).sys_id

    def _group(self, escalation: Row, group: str, at: Moment) -> Row:
        self._groups += 1
        return self._rows.add(
            APPROVAL_GROUP,
            at,
            SYSTEM_USER,
            number=f"SAG{10000 + self._groups:07}",
            parent=escalation["sys_id"],
            assignment_group=group,
            approval="requested",
            wait_for="any",
        )

    def _approval(self, written: _Written, vote: Vote, at: Moment) -> Row:
        escalation = written.row
        return self._rows.add(
            APPROVAL,
            at,
            SYSTEM_USER,
            approver=self._approver(vote),
            group=written.group["sys_id"] if written.group else "",
            state="requested",
            sysapproval="" if vote.document_only else escalation["sys_id"],
            document_id=escalation["sys_id"],
            source_table=ESCALATION,
        )

    def _approver(self, vote: Vote) -> str:
        if vote.approver:
            return self._staff.people[vote.approver].sys_id
        return self._rng.choice(self._staff.members("Escalation Approvers")).sys_id

    def _decide(self, plan: CasePlan, request: Request, at: Moment) -> None:
        written = self._written[request.name]
        escalation, number = written.row, written.row["number"]
        declined, decider = request.state == DECLINED, ""
        for row, vote in written.approvals:
            if vote.state in ("approved", "rejected"):
                decider = self._vote(escalation, row, vote, at)
            else:
                touch(row, at + 1, SYSTEM_USER, state=vote.state)
        note, result = notes.approved(number), {"approval": "approved"}
        if declined:
            note = notes.declined_by(self._name(decider), number)
            result = {
                "approval": "rejected",
                "declined_by": decider,
                "active": "false",
                "closed_at": stored(at + 1),
            }
        elif decider:
            note = notes.approved_by(self._name(decider), number)
            result = {"approval": "approved", "approved_by": decider}
        if written.group:
            touch(written.group, at + 1, SYSTEM_USER, approval=result["approval"])
        touch(escalation, at + 1, SYSTEM_USER, **result)
        self._note(plan, note, at + 1)
        if declined:
            self._link(plan, "", at + 1)

    def _vote(self, escalation: Row, approval: Row, vote: Vote, at: Moment) -> str:
        approver = self._name(approval["approver"])
        actor = vote.actor or self._user_name(approval["approver"])
        if vote.comment:
            self._rows.journal(approval, at, actor, table=APPROVAL, element="comments", text=vote.comment)
        touch(approval, at, actor, state=vote.state)
        line = notes.history(approver, vote.state, vote.comment)
        self._rows.journal(escalation, at, SYSTEM_USER, table=ESCALATION, element="approval_history", text=line)
        return self._users[actor]["sys_id"]

    def _end(self, plan: CasePlan, request: Request, at: Moment) -> None:
        row, agent = self._written[request.name].row, plan.agent
        touch(row, at, agent.user_name, de_escalation_justification=request.ending)
        if request.state != CLOSED:
            self._note(plan, notes.updated(row["number"], "De-escalation Requested"), at)
            return
        touch(
            row,
            at,
            agent.user_name,
            active="false",
            closed_at=stored(at),
            closed_by=agent.sys_id,
            de_escalated_by=agent.sys_id,
        )
        self._note(plan, notes.closed(row["number"]), at)
        self._link(plan, "", at)

    def _link(self, plan: CasePlan, sys_id: str, at: Moment) -> None:
        if not plan.account_requests:
            touch(plan.row, at, SYSTEM_USER, active_escalation=sys_id, follow_the_sun="true")
            return
        touch(plan.customer.row, at, SYSTEM_USER, active_escalation=sys_id)

    def _note(self, plan: CasePlan, text: str, at: Moment) -> None:
        # Account escalations leave no notes anywhere: only those of a case are replicated.
        if not plan.account_requests:
            self._rows.journal(plan.row, at, SYSTEM_USER, table=CASE, element="work_notes", text=text)

    def _name(self, sys_id: str) -> str:
        return self._by_id[sys_id]["name"]

    def _user_name(self, sys_id: str) -> str:
        return self._by_id[sys_id]["user_name"]
