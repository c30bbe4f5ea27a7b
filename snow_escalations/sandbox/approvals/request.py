"""An escalation is requested: it gets its approvals from its template, or is approved for want of them."""

from collections.abc import Mapping

from snow_escalations.sandbox.approvals import properties as switches
from snow_escalations.sandbox.approvals.pending import Work
from snow_escalations.sandbox.approvals.source import source_of
from snow_escalations.sandbox.approvals.vocabulary import (
    APPROVAL,
    APPROVED,
    ESCALATED,
    ESCALATION,
    GROUP_APPROVAL,
    REQUESTED,
    REQUESTED_STATE,
    TEMPLATE,
    USER,
)
from snow_escalations.sandbox.approvals.writes import insert, update
from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.hooks import Instance


def is_listened_to(escalation: Mapping[str, str], instance: Instance) -> bool:
    """Whether a flow waits for what happens to an escalation: one is there, and the template uses the default approval.

    The sandbox has no custom flows: an escalation of a template that names another one is nobody's.
    """
    template = _template(escalation, instance)
    return instance.properties.boolean(switches.LISTENER) and (
        template is None or template.get("use_default_approval", "true") == "true"
    )


def start_approval(work: Work, instance: Instance) -> None:
    """What the flow does with a new request, once it runs."""
    escalation_id = work.escalation
    escalation = instance.store.get(ESCALATION, escalation_id)
    if escalation is None or escalation["state"] != REQUESTED_STATE or not is_listened_to(escalation, instance):
        return
    template = _template(escalation, instance)
    if template is not None and template.get("skip_approval") == "true":
        _approve(escalation, instance)
        return
    if not instance.properties.boolean(switches.CREATE_APPROVERS):
        return
    group = template.get("approval_group", "") if template is not None else ""
    members = _members(group, instance)
    manager = _manager(escalation, template, instance)
    approvers = dict.fromkeys([*members, *manager])
    if not approvers:
        _approve(escalation, instance)
        return
    parent = _request_group(escalation, group, instance) if members else ""
    for approver in approvers:
        _request(escalation, approver, parent if approver in members else "", instance)
    update(instance, ESCALATION, escalation_id, {"approval": REQUESTED})


def _approve(escalation: Mapping[str, str], instance: Instance) -> None:
    values = {"state": ESCALATED, "approval": APPROVED, "approval_set": stored(instance.clock.now())}
    update(instance, ESCALATION, escalation["sys_id"], values)


def _template(escalation: Mapping[str, str], instance: Instance) -> dict[str, str] | None:
    return instance.store.get(TEMPLATE, escalation["type"]) if escalation["type"] else None


def _members(group: str, instance: Instance) -> list[str]:
    row = instance.store.get("sys_user_group", group) if group else None
    if row is None or not _is_asked(row, "GROUP", instance):
        return []
    users = [member["user"] for member in instance.store.find("sys_user_grmember", group=group)]
    return [user for user in users if _exists_and_is_asked(user, instance)]


def _manager(escalation: Mapping[str, str], template: Mapping[str, str] | None, instance: Instance) -> list[str]:
    source = source_of(escalation, instance)
    if template is None or template.get("add_group_manager") != "true" or source is None or not source.is_case:
        return []
    group = instance.store.get("sys_user_group", source.row["assignment_group"])
    manager = group["manager"] if group is not None else ""
    return [manager] if manager and _exists_and_is_asked(manager, instance) else []


def _exists_and_is_asked(user: str, instance: Instance) -> bool:
    row = instance.store.get(USER, user)
    return row is not None and _is_asked(row, "INDIVIDUAL", instance)


def _is_asked(row: Mapping[str, str], kind: str, instance: Instance) -> bool:
    return row["active"] == "true" or kind in instance.properties.items(switches.ALLOW_INACTIVE)


def _request_group(escalation: Mapping[str, str], group: str, instance: Instance) -> str:
    values = {
        "parent": escalation["sys_id"],
        "assignment_group": group,
        "approval": REQUESTED,
        "wait_for": instance.properties.get(switches.APPROVE_WHEN),
    }
    return insert(instance, GROUP_APPROVAL, values)


def _request(escalation: Mapping[str, str], approver: str, group: str, instance: Instance) -> None:
    values = {
        "approver": approver,
        "state": REQUESTED,
        "sysapproval": escalation["sys_id"],
        "document_id": escalation["sys_id"],
        "source_table": ESCALATION,
        "group": group,
    }
    insert(instance, APPROVAL, values)
