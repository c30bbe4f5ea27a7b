"""How the source record stands: state, priority, service levels (`task_sla`), and who is asked to approve."""

from snow_escalations.model import Approval, Part, ServiceLevel
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes

_OVER = frozenset({"completed", "cancelled"})


def note_standing(notes: Notes) -> None:
    """Note source, account, state and priority, the service levels, and the approvers."""
    _note_source(notes)
    _note_service_levels(notes)
    _note_approvers(notes)


def _note_source(notes: Notes) -> None:
    dossier = notes.dossier
    source = notes.of_escalation("source_table")
    if dossier.missing:
        notes.miss("source", dossier.missing[0], source)
    else:
        notes.know("source", "case" if dossier.case is not None else "account", source)
    if dossier.account is not None:
        notes.know("account", dossier.account.name, notes.of_case("name"))
    else:
        case = notes.one_case("account")
        if isinstance(case, str):
            notes.miss("account", case, notes.of_case("account"))
        else:
            notes.know("account", case.account.number if case.account is not None else None, notes.of_case("account"))
    state, priority = notes.one_case("state"), notes.one_case("priority")
    if isinstance(state, str):
        notes.miss("case_state", state, notes.of_case("state"))
    else:
        notes.know("case_state", state.state.key, notes.of_case("state"))
    if isinstance(priority, str):
        notes.miss("priority", priority, notes.of_case("priority"))
    else:
        key = priority.priority.key if priority.priority is not None else None
        notes.know("priority", key, notes.of_case("priority"))


def _note_service_levels(notes: Notes) -> None:
    source = notes.of_table("task_sla", "stage", notes.dossier.escalation.source.number)
    unread = notes.dossier.unread.get(Part.SERVICE_LEVELS)
    if unread is not None:
        for name in ("sla_stage", "sla_percentage", "sla_breached"):
            notes.miss(name, unread, source)
        return
    running = [level for level in notes.dossier.service_levels if level.stage.key not in _OVER]
    if not running:
        notes.know("sla_stage", None, source)
        notes.know("sla_percentage", None, source)
    else:
        level = max(running, key=_advance)
        notes.know("sla_stage", level.stage.key, source, note=level.name)
        if level.percentage is None:
            notes.miss("sla_percentage", f"the service level {level.name} shows no percentage", source)
        else:
            notes.know("sla_percentage", level.percentage, source, note=level.name)
    _note_breach(notes)


def _advance(level: ServiceLevel) -> tuple[float, str]:
    return (-1.0 if level.percentage is None else level.percentage, level.name)


def _note_breach(notes: Notes) -> None:
    source = notes.of_table("task_sla", "has_breached", notes.dossier.escalation.source.number)
    breached = [level for level in notes.dossier.service_levels if level.has_breached or level.stage.key == "breached"]
    if breached:
        notes.know("sla_breached", value=True, source=source, note=breached[0].name)
    elif any(level.has_breached is None for level in notes.dossier.service_levels):
        notes.miss("sla_breached", "whether a service level was breached is closed to the account", source)
    else:
        notes.know("sla_breached", value=False, source=source)


def _note_approvers(notes: Notes) -> None:
    requested = notes.dossier.requested
    approvers = {row.approver.sys_id for row in requested if row.approver is not None}
    requester = notes.dossier.escalation.requested_by
    by = notes.of_escalation("requested_by")
    if requester is None:
        notes.miss("self_approval", "who requested the escalation is not known", by)
    else:
        notes.know("self_approval", requester.sys_id in approvers, by)
    _note_assignee(notes, approvers)
    source = notes.of_table("sysapproval_approver", "approver", notes.dossier.escalation.number)
    unsure = next((row for row in requested if row.approver is None or row.approver.active is None), None)
    inactive = [row for row in requested if row.approver is not None and row.approver.active is False]
    if unsure is not None:
        notes.miss("inactive_approvers", f"whether {_name(unsure)} is active cannot be read", source)
    else:
        notes.know("inactive_approvers", len(inactive), source)
    delegations = notes.of_table("sys_user_delegate", "user")
    unread = notes.dossier.unread.get(Part.DELEGATIONS)
    if unread is not None:
        notes.miss("delegated_approvers", unread, delegations)
    else:
        notes.know("delegated_approvers", len(approvers & notes.dossier.delegated), delegations)


def _note_assignee(notes: Notes, approvers: set[str]) -> None:
    source = notes.of_case("assigned_to")
    if notes.dossier.missing:
        notes.miss("approver_is_assignee", notes.dossier.missing[0], source)
        return
    cases = notes.dossier.cases
    if any(case.assigned_to is not None and case.assigned_to.sys_id in approvers for case in cases):
        notes.know("approver_is_assignee", value=True, source=source)
    elif any("assigned_to" in case.unreadable for case in cases):
        notes.miss("approver_is_assignee", CLOSED_FIELD, source)
    else:
        notes.know("approver_is_assignee", value=False, source=source)


def _name(row: Approval) -> str:
    return (row.approver.name or "an approver") if row.approver is not None else "an approver"
