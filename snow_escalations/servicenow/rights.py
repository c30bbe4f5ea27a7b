"""What the account may decide, told by its roles and delegations, as to try would be to write.

The state of an approval is written by its approver (role `approver_user`), by a delegate of that person within the
delegation's dates, or by anybody with `approval_admin` (ServiceNow docs, base system roles; KB0677278).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from snow_escalations.model import Person
from snow_escalations.servicenow.chunks import chunks
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Forbidden, QueryRefused, UnknownTable
from snow_escalations.servicenow.journal_text import instant
from snow_escalations.servicenow.query import Queries, Row, value_of
from snow_escalations.servicenow.tables import Tables

ROLES = "sys_user_has_role"
CONTAINED = "sys_user_role_contains"
DELEGATES = "sys_user_delegate"
OWN_ROLES = frozenset({"approver_user", "approval_admin", "admin"})
OTHERS_ROLES = frozenset({"approval_admin", "admin"})
_PENDING = "pending_approval"
_CLOSED = (Forbidden, QueryRefused, UnknownTable)


@dataclass(frozen=True, slots=True)
class DecidingRights:
    """Whose approvals an account may decide.

    `own` is the sys_id of its user, `roles` its roles with those that they contain, `principals` the sys_ids of the
    users whose delegate it is now. What is None could not be read.
    """

    own: str = ""
    roles: frozenset[str] | None = None
    principals: frozenset[str] | None = None

    def may_decide(self, approver: str) -> bool | None:
        """Whether it may decide a row of this approver (a sys_id); None where that cannot be told."""
        if self.roles is None:
            return None
        if self.roles & OTHERS_ROLES:
            return True
        if self.own and approver == self.own:
            return bool(self.roles & OWN_ROLES)
        if self.principals is None:
            return None
        return approver in self.principals and bool(self.roles & OWN_ROLES)


NOTHING_KNOWN = DecidingRights()


def read_rights(tables: Tables, dialect: Dialect, own: Person | None, now: datetime) -> DecidingRights:
    """The rights of an account by its own user record; nothing is known without one.

    One request for an account that may decide everything, a few more for others.

    Raises:
        InstanceError: a read failed. Tables that are closed to the account leave their part unknown.
    """
    if own is None:
        return NOTHING_KNOWN
    queries = Queries(dialect)
    roles = _roles(tables, queries, own.sys_id)
    names = _names(roles)
    if not names or names & OTHERS_ROLES:
        return DecidingRights(own.sys_id, names or None)
    names = _names(_with_contained(tables, queries, roles))
    return DecidingRights(own.sys_id, names, _principals(tables, queries, own.sys_id, now))


def _roles(tables: Tables, queries: Queries, own: str) -> Mapping[str, str]:
    """Names of roles by sys_id; none where the table is closed, or its rows are."""
    query = queries.of(ROLES).where("user", Operator.EQUALS, own)
    try:
        rows = tables.rows(query, ["user", "role", "role.name", "state"])
        return _pairs((row for row in rows if value_of(row.get("state")) != _PENDING), "role")
    except _CLOSED:
        return {}


def _with_contained(tables: Tables, queries: Queries, roles: Mapping[str, str]) -> Mapping[str, str]:
    """The roles, and all that they contain at any depth, as far as that can be read."""
    known: dict[str, str] = {}
    new = dict(roles)
    try:
        while new:
            known |= new
            found: dict[str, str] = {}
            for chunk in chunks(sorted(new)):
                query = queries.of(CONTAINED).where("role", Operator.IN, chunk)
                found |= _pairs(tables.rows(query, ["role", "contains", "contains.name"]), "contains")
            new = {sys_id: name for sys_id, name in found.items() if sys_id not in known}
    except _CLOSED:
        return known
    return known


def _pairs(rows: Iterable[Row], field: str) -> dict[str, str]:
    """Names of roles by sys_id, from a reference field and the name behind it."""
    pairs = ((value_of(row.get(field)), value_of(row.get(f"{field}.name"))) for row in rows)
    return {sys_id: name for sys_id, name in pairs if sys_id and name}


def _names(roles: Mapping[str, str]) -> frozenset[str]:
    return frozenset(roles.values())


def _principals(tables: Tables, queries: Queries, own: str, now: datetime) -> frozenset[str] | None:
    query = queries.of(DELEGATES).where("delegate", Operator.EQUALS, own).where("approvals", Operator.EQUALS, "true")
    try:
        rows = list(tables.rows(query, ["user", "starts", "ends"]))
    except _CLOSED:
        return None
    return frozenset(user for row in rows if (user := value_of(row.get("user"))) and is_current(row, now))


def is_current(row: Row, now: datetime) -> bool:
    """Whether a delegation holds; one without a beginning or an end does not, as the platform compares with both."""
    first, last = instant(value_of(row.get("starts"))), instant(value_of(row.get("ends")))
    return first is not None and last is not None and first <= now <= last
