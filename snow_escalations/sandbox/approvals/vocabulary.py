"""Tables and stored values of approvals and escalations; their sources are named in the schema's tables."""

from collections.abc import Mapping
from typing import Final

CASE: Final = "sn_customerservice_case"
ACCOUNT: Final = "customer_account"
ESCALATION: Final = "sn_customerservice_escalation"
TEMPLATE: Final = "sn_customerservice_escalation_template"
APPROVAL: Final = "sysapproval_approver"
GROUP_APPROVAL: Final = "sysapproval_group"
USER: Final = "sys_user"

REQUESTED_STATE: Final = "100"
ESCALATED: Final = "101"
DECLINED: Final = "102"
CLOSED: Final = "103"
DE_ESCALATION_REQUESTED: Final = "104"
OPEN_STATES: Final = frozenset({REQUESTED_STATE, ESCALATED, DE_ESCALATION_REQUESTED})
"""States of an escalation, and those in which its source record counts as escalated."""

NOT_YET_REQUESTED: Final = "not requested"
REQUESTED: Final = "requested"
APPROVED: Final = "approved"
REJECTED: Final = "rejected"
NOT_REQUIRED: Final = "not_required"
CANCELLED: Final = "cancelled"
VOTES: Final = frozenset({APPROVED, REJECTED})
PENDING: Final = frozenset({NOT_YET_REQUESTED, REQUESTED})
"""States of an approval: those that are votes, and those that still wait for one."""

STATE_OF_OUTCOME: Final[Mapping[str, str]] = {APPROVED: ESCALATED, REJECTED: DECLINED}
"""What an approved or rejected request makes of the escalation."""
