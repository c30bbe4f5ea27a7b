"""The switches of the approval engine: ServiceNow's own names where it has one, else `sandbox.approval.`."""

from datetime import timedelta
from typing import Final

from snow_escalations.sandbox.properties import Properties, Property

HISTORY: Final = "com.glide.hub.flow.approval.history_comment"
ALLOW_INACTIVE: Final = "com.glide.hub.flow.approval.allow_inactive_entity"
LISTENER: Final = "sandbox.approval.listener"
LAG: Final = "sandbox.approval.lag_ms"
REQUEST_LAG: Final = "sandbox.approval.request_lag_ms"
APPROVE_WHEN: Final = "sandbox.approval.approve_when"
REJECT_WHEN: Final = "sandbox.approval.reject_when"
SIBLINGS: Final = "sandbox.approval.siblings_not_required"
CREATE_APPROVERS: Final = "sandbox.approval.create_approvers"
CLEAR_LINK: Final = "sandbox.approval.clear_active_escalation"
CASE_NOTES: Final = "sandbox.approval.case_notes"
COPY_JOURNALS: Final = "sandbox.approval.copy_journals"
REJECTION_COMMENT: Final = "sandbox.approval.rejection_comment_required"
DELEGATES: Final = "sandbox.approval.delegates"
SECOND_DECISION: Final = "sandbox.approval.second_decision"
ONE_OPEN: Final = "sandbox.approval.one_open_escalation"

PROPERTIES: tuple[Property, ...] = (
    Property(
        HISTORY,
        "boolean",
        "true",
        "Each vote adds a line to the escalation's `approval_history`, or what `approval_journal_column` names.",
    ),
    Property(
        ALLOW_INACTIVE,
        "list",
        "INDIVIDUAL,GROUP",
        "Approvals are also requested from inactive users (INDIVIDUAL) and through inactive groups (GROUP).",
    ),
    Property(
        LISTENER,
        "boolean",
        "true",
        "A flow listens to escalations and their approvals. false: votes and requests are stored and nothing follows.",
    ),
    Property(
        LAG,
        "integer",
        "300",
        "Milliseconds of sandbox time between a vote and what follows on the escalation and its other approvals.",
    ),
    Property(
        REQUEST_LAG,
        "integer",
        "0",
        "Milliseconds of sandbox time between a requested escalation and its approvals (or its automatic approval).",
    ),
    Property(
        APPROVE_WHEN,
        "choice",
        "any",
        "An escalation is approved when any approver approves, or when all of them do.",
        choices=("any", "all"),
    ),
    Property(
        REJECT_WHEN,
        "choice",
        "any",
        "An escalation is declined when any approver rejects, or when all of them do.",
        choices=("any", "all"),
    ),
    Property(
        SIBLINGS,
        "boolean",
        "true",
        "Once an escalation is decided, approvals that still wait become `not_required`. false: they stay as they are.",
    ),
    Property(
        CREATE_APPROVERS,
        "boolean",
        "true",
        "A request gets approvals from its template. false: it gets none, and is not approved for want of them.",
    ),
    Property(
        CLEAR_LINK,
        "boolean",
        "true",
        "`active_escalation` of the case or account is cleared when the escalation is declined or closed.",
    ),
    Property(CASE_NOTES, "boolean", "true", "The steps of a case escalation are noted in the work notes of the case."),
    Property(
        COPY_JOURNALS,
        "boolean",
        "true",
        "Comments and work notes of a case escalation are copied to the work notes of the case.",
    ),
    Property(
        REJECTION_COMMENT,
        "boolean",
        "false",
        "A business rule aborts a rejection that brings no comment on the approval (403).",
    ),
    Property(
        DELEGATES,
        "boolean",
        "true",
        "A delegate decides for the approver within the dates of the delegation. false: delegates are refused (403).",
    ),
    Property(
        SECOND_DECISION,
        "choice",
        "accepted",
        "A vote on an approval that no longer waits for one is accepted without effect, or aborted by a rule (403).",
        choices=("accepted", "aborted"),
    ),
    Property(
        ONE_OPEN,
        "boolean",
        "false",
        "A business rule aborts what would make a second escalation of a record open: a request, or reopening one "
        "(403).",
    ),
)


def lag(properties: Properties, name: str) -> timedelta:
    """The length that a property gives in milliseconds."""
    return timedelta(milliseconds=properties.integer(name))
