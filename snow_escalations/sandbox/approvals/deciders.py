"""Who may decide an approval: its approver, a delegate while the delegation lasts, administrators of approvals."""

from collections.abc import Mapping

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.approvals import properties as switches
from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.hooks import Instance

APPROVAL_ADMIN = "approval_admin"


def may_decide(actor: Actor, approval: Mapping[str, str], instance: Instance) -> bool:
    """Whether `actor` may decide `approval` now (ServiceNow docs, base system roles; `isApprovalMine`)."""
    if actor.is_admin or APPROVAL_ADMIN in actor.roles:
        return True
    approver = approval["approver"]
    if not actor.sys_id or not approver:
        return False
    return approver == actor.sys_id or (
        instance.properties.boolean(switches.DELEGATES) and is_delegate(actor.sys_id, approver, instance)
    )


def is_delegate(delegate: str, user: str, instance: Instance) -> bool:
    """Whether `delegate` decides approvals for `user` now; both ends of the delegation count."""
    now = stored(instance.clock.now())
    rows = instance.store.find("sys_user_delegate", user=user, delegate=delegate, approvals="true")
    return any(row["starts"] and row["starts"] <= now <= row["ends"] for row in rows)
