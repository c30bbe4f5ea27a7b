"""How the source record stands: state, priority, service levels, and who is asked to approve."""

from collections.abc import Sequence

from snow_escalations.model import Part, Person, ServiceLevel, Source
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes

_OVER = frozenset({"completed", "cancelled"})
_SERVICE_LEVELS, _APPROVALS, _DELEGATIONS = Part.SERVICE_LEVELS, Part.APPROVALS, Part.DELEGATIONS


def note_standing(notes: Notes) -> None:
    """Note source, account, state and priority, the service levels, and the approvers."""
    _note_source(notes)
    _note_account(notes)
    _note_service_levels(notes)
    _note_approvers(notes)


def _note_source(notes: Notes) -> None:
    dossier = notes.dossier
    source = notes.of_escalation("source_table")
    # Cases are linked to an account escalation alone, also where the record of the account is closed to us.
    if dossier.missing and not dossier.linked_cases:
        notes.miss("source", dossier.missing[0], source)
    else:
        notes.know("source", "case" if dossier.case is not None else "account", source)
    case = notes.one_case("state")
    if isinstance(case, str):
        notes.miss("case_state", case, notes.of_case("state"))
    else:
        notes.know("case_state", case.state.key, notes.of_case("state"))
    case = notes.one_case("priority")
    if isinstance(case, str):
        notes.miss("priority", case, notes.of_case("priority"))
    else:
        priority = case.priority
        notes.know("priority", priority.key if priority is not None else None, notes.of_case("priority"))


def _note_account(notes: Notes) -> None:
    account = notes.dossier.account
    source = notes.of_case("account" if account is None else "name")
    case = notes.one_case("account")
    if account is not None:
        name: str | None = account.name
    elif isinstance(case, str):
        notes.miss("account", case, source)
        return
    else:
        name = case.account.number if case.account is not None else None
    if name == "":
        notes.miss("account", "the name of the account cannot be read", source)
    else:
        notes.know("account", name, source)


def _note_service_levels(notes: Notes) -> None:
    dossier = notes.dossier
    record = dossier.escalation.number if dossier.account is not None else dossier.escalation.source.number
    table, levels = dossier.tables.service_level, dossier.service_levels
    source, breach = notes.of_table(table, "stage", record), notes.of_table(table, "has_breached", record)
    unread = dossier.missing[0] if dossier.missing else notes.unread(_SERVICE_LEVELS)
    if unread is None and [level for level in levels if not level.stage.value]:
        unread = "the stage of a service level is closed to the account"
    if unread is not None:
        notes.miss("sla_stage", unread, source)
        notes.miss("sla_percentage", unread, source)
        notes.miss("sla_breached", unread, breach)
        return
    running = [level for level in levels if level.stage.key not in _OVER]
    if running:
        _note_most_advanced(notes, running, source)
    else:
        notes.know("sla_stage", None, source)
        notes.know("sla_percentage", None, source)
    _note_breach(notes, breach)


def _note_most_advanced(notes: Notes, running: list[ServiceLevel], source: Source) -> None:
    """Which one is the most advanced is not known where one of several shows no percentage."""
    without = min((level.name for level in running if level.percentage is None), default=None)
    why = f"the service level {without} shows no percentage"
    level = max(running, key=_advance)
    if without is not None and len(running) > 1:
        notes.miss("sla_stage", why, source)
    else:
        notes.know("sla_stage", level.stage.key, source, note=level.name)
    if without is not None:
        notes.miss("sla_percentage", why, source)
    else:
        notes.know("sla_percentage", level.percentage, source, note=level.name)


def _advance(level: ServiceLevel) -> tuple[float, str, str]:
    return (-1.0 if level.percentage is None else level.percentage, level.name, level.stage.key)


def _note_breach(notes: Notes, source: Source) -> None:
    levels = notes.dossier.service_levels
    breached = [level.name for level in levels if level.has_breached or level.stage.key == "breached"]
    if breached:
        notes.know("sla_breached", value=True, source=source, note=min(breached))
    elif [level for level in levels if level.has_breached is None]:
        notes.miss("sla_breached", "whether a service level was breached is closed to the account", source)
    else:
        notes.know("sla_breached", value=False, source=source)


def _note_approvers(notes: Notes) -> None:
    dossier = notes.dossier
    requested = dossier.requested
    people = [row.approver for row in requested if row.approver is not None]
    approvers = {person.sys_id for person in people}
    unread = notes.unread(_APPROVALS)
    if unread is None and len(people) < len(requested):
        unread = "who is asked to approve cannot be read"
    _note_self_approval(notes, approvers, unread)
    _note_assignee(notes, approvers, unread)
    _note_inactive(notes, people, unread)
    source = notes.of_table(dossier.tables.delegation, "user", dossier.escalation.number)
    unread = unread or notes.unread(_DELEGATIONS)
    if unread is not None:
        notes.miss("delegated_approvers", unread, source)
    else:
        notes.know("delegated_approvers", len(approvers & dossier.delegated), source)


def _note_inactive(notes: Notes, people: Sequence[Person], unread: str | None) -> None:
    dossier = notes.dossier
    source = notes.of_table(dossier.tables.approval, "approver", dossier.escalation.number)
    unsure = [person.name or "an approver" for person in people if person.active is None]
    if unread is not None:
        notes.miss("inactive_approvers", unread, source)
    elif unsure:
        notes.miss("inactive_approvers", f"whether {min(unsure)} is active cannot be read", source)
    else:
        notes.know("inactive_approvers", len({person.sys_id for person in people if not person.active}), source)


def _note_self_approval(notes: Notes, approvers: set[str], unread: str | None) -> None:
    source = notes.of_escalation("requested_by")
    requester = notes.dossier.escalation.requested_by
    if requester is None:
        notes.miss("self_approval", "who requested the escalation is not known", source)
    elif unread is not None and requester.sys_id not in approvers:
        notes.miss("self_approval", unread, source)
    else:
        notes.know("self_approval", requester.sys_id in approvers, source)


def _note_assignee(notes: Notes, approvers: set[str], unread: str | None) -> None:
    source = notes.of_case("assigned_to")
    if notes.dossier.missing:
        notes.miss("approver_is_assignee", notes.dossier.missing[0], source)
        return
    cases = notes.cases
    assignees = [case.assigned_to.sys_id for case in cases if case.assigned_to is not None]
    if not approvers.isdisjoint(assignees):
        notes.know("approver_is_assignee", value=True, source=source)
    elif [case for case in cases if "assigned_to" in case.unreadable]:
        notes.miss("approver_is_assignee", CLOSED_FIELD, source)
    elif notes.dossier.case is None and Part.LINKED_CASES in notes.dossier.unread:
        notes.miss("approver_is_assignee", notes.dossier.unread[Part.LINKED_CASES], source)
    elif unread is not None and assignees:
        notes.miss("approver_is_assignee", unread, source)
    else:
        notes.know("approver_is_assignee", value=False, source=source)
