"""Whether the account may decide: its own rows, and those of others. Told by its roles, as nothing is written here."""

from collections.abc import Iterator

from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.doctor.examination import Examination
from snow_escalations.servicenow.doctor.finding import Finding, failure, ok, warning
from snow_escalations.servicenow.errors import Forbidden, QueryRefused, UnknownTable
from snow_escalations.servicenow.query import value_of

_TABLE = "sys_user_has_role"
_OWN, _OTHERS = "decide own approvals", "decide others' approvals"
OWN_ROLES = frozenset({"approver_user", "approval_admin", "admin"})
OTHERS_ROLES = frozenset({"approval_admin", "admin"})


def check_rights(examination: Examination) -> Iterator[Finding]:
    """The roles that decide who may write an approval's state (ServiceNow docs, base system roles; KB0677278)."""
    roles = _roles(examination)
    if roles is None:
        remedy = f"Let the account read {_TABLE}, or look its roles up by hand: approval_admin, or approver_user"
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
        yield warning(
            _OTHERS,
            "it can decide only what it is asked to approve itself",
            "Give it approval_admin, or name it as an approver in the escalation templates",
        )


def _roles(examination: Examination) -> frozenset[str] | None:
    if examination.own is None:
        return None
    query = examination.query(_TABLE).where("user", Operator.EQUALS, examination.own.sys_id)
    try:
        names = {value_of(row.get("role.name")) for row in examination.tables.rows(query, ["user", "role.name"])}
    except (Forbidden, QueryRefused, UnknownTable):
        return None
    found = frozenset(name for name in names if name)
    return found or None
