"""What waits and could not be read: told beside every list, so that nobody takes a blind desk for an empty one."""

import click

from snow_escalations.cli.instance import Instance
from snow_escalations.cli.output import one_line
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Unread
from snow_escalations.servicenow.dossiers import Pending
from snow_escalations.triage.policy.values import with_unit


class NothingReadable(SnowEscalationsError):
    """Approvals wait, and the account can read none of the escalations that they wait for."""


def warn_of_unread(pending: Pending) -> None:
    """Tell on standard error what is known to be pending but could not be read."""
    for approval in pending.unreadable:
        click.echo(
            one_line(
                f"Warning: approval {approval.sys_id} waits for an escalation that cannot be read "
                f"({approval.escalation_sys_id or 'it names none'})"
            ),
            err=True,
        )
    if pending.withheld:
        one, what = pending.withheld == 1, "more approvals" if pending.dossiers or pending.unreadable else "approvals"
        click.echo(
            f"Warning: {with_unit(pending.withheld, what)} {'waits' if one else 'wait'}, which the account may not "
            f"read; give it the role approval_admin, or expect that others decide {'it' if one else 'them'}",
            err=True,
        )


def told_of_none(unread: Unread) -> str:
    """What is said in place of a list without any escalation."""
    if unread.count:
        return (
            f"No escalation that waits can be read: {_waiting(unread, 'approvals')} for what the account cannot read."
        )
    if unread.withheld is None:
        return (
            "No escalation that the account can read waits for a decision; the instance does not say how many it hides."
        )
    return "No escalation waits for a decision."


def told_beside(unread: Unread) -> str:
    """What is said under a list that is not the whole; empty if it is, as far as the instance tells."""
    if not unread.count:
        return ""
    return f"Not in this list: {_waiting(unread, 'more approvals')} for what the account cannot read."


def told_of_no_escalation(hidden: int | None) -> str:
    """What is said of a case without a readable escalation; `hidden` counts those that ACLs hide, None if unknown."""
    if hidden is None:
        return "No escalation of this case can be read; the instance does not say how many it hides."
    if hidden:
        return f"No escalation of this case can be read: {with_unit(hidden, 'escalations')} hidden from the account."
    return "This case has never been escalated."


def require_sight(pending: Pending, instance: Instance) -> None:
    """Refuse to end as after an empty desk, where something waits of which nothing could be read.

    Raises:
        NothingReadable: that is so.
    """
    unread = pending.unread
    if pending.dossiers or not unread.count:
        return
    table = instance.configuration.settings.dialect.tables.escalation
    raise NothingReadable(
        f"{instance.url}: {_waiting(unread, 'approvals')} for what {instance.user_name or 'the account'} cannot read: "
        f"{told_of_causes(unread, table)}. Give the account the rights that it lacks; `snow-escalations doctor` tells "
        f"which"
    )


def told_of_causes(unread: Unread, table: str) -> str:
    """Why what waits cannot be read, and of how many approvals it is so: only causes that there are."""
    hidden, closed = unread.withheld or 0, len(unread.approvals)
    told = []
    if hidden:
        told.append(f"{_of_them(hidden, unread)} {'is' if hidden == 1 else 'are'} hidden from the account")
    if closed and unread.count == 1:
        told.append(f"its escalation ({table}) is missing or closed to the account")
    elif closed:
        what = f"the escalation ({table})" if closed == 1 else f"the escalations ({table})"
        verb = "is" if closed == 1 else "are"
        told.append(f"{what} of {_of_them(closed, unread)} {verb} missing or closed to the account")
    return ", and ".join(told)


def _of_them(count: int, unread: Unread) -> str:
    if count != unread.count:
        return f"{count} of them"
    return "it" if count == 1 else f"all {count}"


def _waiting(unread: Unread, what: str) -> str:
    verb = "waits" if unread.count == 1 else "wait"
    return f"{with_unit(unread.count, what)} {verb}"
