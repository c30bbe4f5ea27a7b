"""The ServiceNow records that an escalation is about, in the project's words (dialect names already taken off).

`sys_id` is the record's key, 32 characters as a rule but not by promise (`glide.maint` occurs). Instants are aware and
in UTC. `mod_count` is `sys_mod_count`, the only trace of a second writer that the Table API offers. `unreadable` names
the fields of the model that the instance did not return, which is how its field ACLs answer.
"""

from pydantic import AwareDatetime

from snow_escalations.model.base import Model
from snow_escalations.model.journal import AuthorKind


class RecordKey(Model):
    """A record that is named but not read: its table, sys_id and the number or name that people know it by."""

    table: str
    sys_id: str
    number: str = ""


class Choice(Model):
    """A value of a choice field: the project's key for it, the stored value and the label that people see."""

    key: str
    value: str
    label: str = ""


class Person(Model):
    """A row of `sys_user` or one of its children, as far as a reference told of it.

    `side` is ours or the customer's by the class and roles of that row. `preferred_language` is a code such as `de` or
    `fr_CA`, empty for the instance's own.
    """

    sys_id: str
    name: str = ""
    user_name: str = ""
    active: bool | None = None
    side: AuthorKind = AuthorKind.UNKNOWN
    preferred_language: str = ""


class Approval(Model):
    """One approver's row of `sysapproval_approver`."""

    sys_id: str
    state: Choice
    approver: Person | None
    escalation_sys_id: str
    linked_by: str
    mod_count: int | None
    created_at: AwareDatetime | None
    due_at: AwareDatetime | None = None
    unreadable: frozenset[str] = frozenset()


class Escalation(Model):
    """A row of `sn_customerservice_escalation`; `source` is the case or account that it is about."""

    sys_id: str
    table: str
    number: str
    state: Choice
    reason: Choice | None
    request_source: Choice | None
    severity: str
    template: str
    justification: str
    requested_by: Person | None
    opened_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    mod_count: int | None
    source: RecordKey
    created_at: AwareDatetime | None = None
    unreadable: frozenset[str] = frozenset()


class Case(Model):
    """A row of `sn_customerservice_case` or of one of its children (`table` is the row's own class)."""

    sys_id: str
    table: str
    number: str
    state: Choice
    priority: Choice | None
    short_description: str
    account: RecordKey | None
    contact: Person | None
    assigned_to: Person | None
    assignment_group: str
    opened_at: AwareDatetime | None
    updated_at: AwareDatetime | None
    mod_count: int | None
    active_escalation: str
    active_account_escalation: str
    account_number: str = ""
    created_at: AwareDatetime | None = None
    reassignments: int | None = None
    reopenings: int | None = None
    unreadable: frozenset[str] = frozenset()


class ServiceLevel(Model):
    """A row of `task_sla`: how far a service level of a case or escalation (`task`, a sys_id) has got.

    `percentage` is of its business time, 100 when it is used up.
    """

    task: str
    name: str
    stage: Choice
    percentage: float | None
    has_breached: bool | None


class AccountLoad(Model):
    """What else is open of an account: its cases, and the sys_ids of the escalations that they or itself are under.

    A case is open that is not resolved, closed or cancelled.
    """

    open_cases: int
    escalations: frozenset[str]


class Account(Model):
    """A row of `customer_account`."""

    sys_id: str
    table: str
    name: str
    number: str
    active_escalation: str
    mod_count: int | None
    unreadable: frozenset[str] = frozenset()
