"""One instance's own names and choice values. Base values are the defaults; every one can be set.

Tables and fields follow the base system of Customer Service Management (ServiceNow docs, Xanadu to Australia). What no
documentation states (the numbers of the escalation's states and reasons, the element names of the escalation form) was
seen in public clients of live instances and may differ on yours: `snow-escalations doctor` compares all of it.
"""

import re
from functools import cache
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from snow_escalations.model import Choice, Model

_NAME = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text!a} is not a ServiceNow name: lower-case letters, digits and `_` only")
    return text


Name = Annotated[str, AfterValidator(_name)]


class Tables(Model):
    """Table names."""

    case: Name = "sn_customerservice_case"
    account: Name = "customer_account"
    escalation: Name = "sn_customerservice_escalation"
    approval: Name = "sysapproval_approver"
    journal: Name = "sys_journal_field"
    user: Name = "sys_user"
    choice: Name = "sys_choice"
    service_level: Name = "task_sla"


class _Distinct(Model):
    """Names or values of which no two may be the same, as what one of them means would mean the other too."""

    @model_validator(mode="after")
    def _is_distinct(self) -> Self:
        by_value: dict[str, str] = {}
        for key, value in self.model_dump().items():
            other = by_value.setdefault(value, key)
            if other != key:
                raise ValueError(f"`{other}` and `{key}` are both `{ascii(value)[1:-1]}`; each needs one of its own")
        return self


class EscalationFields(_Distinct):
    """Fields of the escalation table. `type` refers to the escalation template."""

    number: Name = "number"
    state: Name = "state"
    source_table: Name = "source_table"
    source_record: Name = "source_record"
    reason: Name = "reason"
    request_source: Name = "request_source"
    justification: Name = "escalation_justification"
    severity: Name = "escalation_severity"
    template: Name = "type"
    requested_by: Name = "requested_by"
    opened_at: Name = "opened_at"
    closed_at: Name = "closed_at"


class ApprovalFields(_Distinct):
    """Fields of the approval table."""

    state: Name = "state"
    approver: Name = "approver"
    sysapproval: Name = "sysapproval"
    document_id: Name = "document_id"
    source_table: Name = "source_table"
    comments: Name = "comments"
    due_date: Name = "due_date"


class CaseFields(_Distinct):
    """Fields of the case table.

    No documentation names a count of reopenings; where the instance has no such field, that fact is unreadable.
    """

    number: Name = "number"
    state: Name = "state"
    priority: Name = "priority"
    short_description: Name = "short_description"
    account: Name = "account"
    contact: Name = "contact"
    assigned_to: Name = "assigned_to"
    assignment_group: Name = "assignment_group"
    opened_at: Name = "opened_at"
    active_escalation: Name = "active_escalation"
    active_account_escalation: Name = "active_account_escalation"
    comments: Name = "comments"
    work_notes: Name = "work_notes"
    reassignment_count: Name = "reassignment_count"
    reopen_count: Name = "reopen_count"


class AccountFields(_Distinct):
    """Fields of the account table."""

    name: Name = "name"
    number: Name = "number"
    active_escalation: Name = "active_escalation"


class ServiceLevelFields(_Distinct):
    """Fields of the table of service levels; `percentage` is of business time."""

    task: Name = "task"
    definition: Name = "sla"
    stage: Name = "stage"
    percentage: Name = "business_percentage"
    has_breached: Name = "has_breached"


class Fields(Model):
    """Field names by record."""

    escalation: EscalationFields = EscalationFields()
    approval: ApprovalFields = ApprovalFields()
    case: CaseFields = CaseFields()
    account: AccountFields = AccountFields()
    service_level: ServiceLevelFields = ServiceLevelFields()


class EscalationStates(_Distinct):
    """Stored values of the escalation's state."""

    requested: str = "100"
    escalated: str = "101"
    declined: str = "102"
    closed: str = "103"
    deescalation_requested: str = "104"


class ApprovalStates(_Distinct):
    """Stored values of the approval's state; two are spelt with a space and one with an underscore."""

    not_requested: str = "not requested"
    requested: str = "requested"
    approved: str = "approved"
    rejected: str = "rejected"
    cancelled: str = "cancelled"
    not_required: str = "not_required"
    duplicate: str = "duplicate"
    skipped: str = "skipped"


class CaseStates(_Distinct):
    """Stored values of the case's state."""

    new: str = "1"
    open: str = "10"
    awaiting_info: str = "18"
    resolved: str = "6"
    closed: str = "3"
    cancelled: str = "7"


class Priorities(_Distinct):
    """Stored values of the case's priority."""

    critical: str = "1"
    high: str = "2"
    moderate: str = "3"
    low: str = "4"


class RequestSources(_Distinct):
    """Stored values of the escalation's request source."""

    customer: str = "0"
    internal: str = "1"


class ServiceLevelStages(_Distinct):
    """Stored values of a service level's stage; `breached` is written by instances that were upgraded from 2010."""

    in_progress: str = "in_progress"
    paused: str = "paused"
    completed: str = "completed"
    cancelled: str = "cancelled"
    breached: str = "breached"


class States(Model):
    """Choice values by record and field."""

    escalation: EscalationStates = EscalationStates()
    approval: ApprovalStates = ApprovalStates()
    case: CaseStates = CaseStates()
    service_level: ServiceLevelStages = ServiceLevelStages()


BASE_REASONS = {"0": "inactivity", "1": "lack_of_progress", "2": "customer_imposed_deadline"}
"""Reasons by stored value where the instance tells no label (values seen in one public client of a live instance)."""

_REASON_LABELS = {
    "inactivity": "inactivity",
    "lack of progress": "lack_of_progress",
    "customer imposed deadline": "customer_imposed_deadline",
    "executive visibility": "executive_visibility",
}


class Dialect(Model):
    """One instance's names and values.

    `reasons` maps a stored value of the escalation's reason to the project's key for it, and goes before everything
    that is derived from labels. `customer_classes` are the children of the user table that customers are in,
    `staff_classes` the tables that our own people are in (who is in neither is known as nobody's, and what depends on
    it is held), `customer_roles` the roles that make a customer of a user in one of these, and `system_users` the user
    names under which the instance itself writes. `caret_is_escaped` says that the instance takes `^^` for a literal
    caret, which no documentation states and one measurement contradicts; while it is off, a value with a caret is
    refused.
    """

    tables: Tables = Tables()
    fields: Fields = Fields()
    states: States = States()
    priorities: Priorities = Priorities()
    request_sources: RequestSources = RequestSources()
    reasons: dict[str, str] = Field(default_factory=dict)
    customer_classes: tuple[str, ...] = ("customer_contact", "csm_consumer_user")
    staff_classes: tuple[str, ...] = ("sys_user",)
    customer_roles: tuple[str, ...] = ("sn_customerservice.customer", "sn_customerservice.consumer")
    system_users: tuple[str, ...] = ("system",)
    caret_is_escaped: bool = False

    def reason(self, value: str, label: str) -> Choice:
        """The reason with its key: as set, else by its label, else by the base value if no label is known."""
        key = self.reasons.get(value)
        if key is None and label and label != value:
            key = _REASON_LABELS.get(label.strip().lower()) or slug(label)
        if key is None:
            key = BASE_REASONS.get(value) or slug(value)
        return Choice(key=key, value=value, label=label or value)


def choice(values: Model, value: str, label: str = "") -> Choice:
    """A stored value with the key that the dialect gives it, or `other` where the dialect does not know it."""
    return Choice(key=_keys(values).get(value, "other"), value=value, label=label or value)


@cache
def _keys(values: Model) -> dict[str, str]:
    return {str(value): key for key, value in values.model_dump().items()}


def slug(label: str) -> str:
    """A label as a key: `Executive Visibility` becomes `executive_visibility`."""
    return re.sub(r"\W+", "_", label.strip().lower()).strip("_")
