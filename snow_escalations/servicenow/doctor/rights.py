"""Whether the account may decide: its own rows, and those of others. Told by its roles, as nothing is written here."""

from collections.abc import Iterator

from snow_escalations.servicenow.doctor.examination import Examination
from snow_escalations.servicenow.doctor.finding import Finding, failure, ok, warning
from snow_escalations.servicenow.rights import OTHERS_ROLES, OWN_ROLES, ROLES, read_rights

_OWN, _OTHERS = "decide own approvals", "decide others' approvals"


def check_rights(examination: Examination) -> Iterator[Finding]:
    """The roles that decide who may write an approval's state, with those that they contain."""
    now = examination.seen.now()
    roles = read_rights(examination.tables, examination.dialect, examination.own, now).roles
    if roles is None:
        remedy = f"Let the account read {ROLES}, or look its roles up by hand: approval_admin, or approver_user"
        detail = "its roles cannot be read, and to try would be to write"
        yield warning(_OWN, detail, remedy)
        yield warning(_OTHERS, detail, remedy)
        return
    if roles & OWN_ROLES:
        yield ok(_OWN, f"by the role {min(roles & OWN_ROLES)}")
    else:
        yield failure(_OWN, "none of its roles lets it decide an approval", "Give it approver_user, or approval_admin")
    if roles & OTHERS_ROLES:
        yield ok(_OTHERS, f"by the role {min(roles & OTHERS_ROLES)}")
    else:
        only = "what it, or who it is a delegate of, is asked to approve" if roles & OWN_ROLES else "nothing at all"
        remedy = "Give it approval_admin, or name it as an approver in the escalation templates"
        yield warning(_OTHERS, f"it can decide {only}", remedy)
