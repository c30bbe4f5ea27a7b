"""The JSON that reading commands print (docs/json.md describes each shape)."""

from collections.abc import Iterable
from typing import Any

from snow_escalations.cli.differing import first_differing
from snow_escalations.decisions.drafting import CheckedReply
from snow_escalations.model import Case, Decision, Dossier, Escalation, Journal, Outcome, RecordKey, Verdict
from snow_escalations.model.evidence import value_as_json
from snow_escalations.triage.policy.flips import Flip


def decision_shape(decision: Decision, dossier: Dossier | None) -> dict[str, Any]:
    """One escalation of the queue with its verdict."""
    verdict = decision.verdict
    escalation = dossier.escalation if dossier is not None else None
    reason = escalation.reason if escalation is not None else None
    action = decision.action
    return {
        "number": decision.escalation.number,
        "source": record_shape(decision.source),
        "reason": reason.key if reason is not None else None,
        "reason_label": reason.label if reason is not None else None,
        "opened_at": _instant(escalation.opened_at) if escalation is not None else None,
        "verdict": verdict.outcome.value,
        "rule": verdict.rule,
        "hold_cause": verdict.cause.value if verdict.cause is not None else None,
        "proposed": verdict.proposed.value if verdict.proposed is not None else None,
        "why": verdict.explanation.sentence,
        "first_differing": differing_shape(verdict),
        "evidence": decision.evidence.as_json(),
        "reply": action.reply if action is not None else None,
        "reference": action.reference if action is not None else None,
    }


def explanation_shape(decision: Decision, flips: Iterable[Flip]) -> dict[str, Any]:
    """Why a verdict is what it is, with what would change it."""
    verdict = decision.verdict
    return {
        "number": decision.escalation.number,
        "source": record_shape(decision.source),
        "verdict": verdict.outcome.value,
        "rule": verdict.rule,
        "hold_cause": verdict.cause.value if verdict.cause is not None else None,
        "proposed": verdict.proposed.value if verdict.proposed is not None else None,
        "why": verdict.explanation.sentence,
        "explanation": verdict.explanation.as_json(),
        "flips": [
            {
                "fact": flip.fact,
                "is": value_as_json(decision.evidence.fact(flip.fact).value),
                "to": value_as_json(flip.value),
                "verdict": flip.outcome.value,
                "rule": flip.rule,
                "sentence": flip.words,
            }
            for flip in flips
        ],
        "evidence": decision.evidence.as_json(),
    }


def draft_shape(dossier: Dossier, outcome: Outcome, replies: Iterable[CheckedReply]) -> dict[str, Any]:
    """A draft on each case, with how each point of the reply check came out."""
    return {
        "number": dossier.escalation.number,
        "outcome": outcome.value,
        "replies": [
            {
                "case": reply.case.number,
                "template": reply.draft.template if reply.draft is not None else None,
                "language": reply.draft.language if reply.draft is not None else None,
                "because": reply.draft.because if reply.draft is not None else None,
                "text": reply.text,
                "check": [
                    {"name": point.name, "result": point.state.value, "sentence": point.sentence}
                    for point in reply.points
                ],
            }
            for reply in replies
        ],
    }


def differing_shape(verdict: Verdict) -> dict[str, Any] | None:
    """The first rule that would have said something else, and why it did not match; null where there is none."""
    found = first_differing(verdict)
    if found is None:
        return None
    rule, why = found
    return {"rule": rule.rule, "verdict": rule.verdict, "because": why}


def record_shape(key: RecordKey) -> dict[str, str]:
    """A record by table, number and sys_id."""
    return {"table": key.table, "number": key.number, "sys_id": key.sys_id}


def escalation_shape(escalation: Escalation) -> dict[str, Any]:
    """An escalation as read."""
    return {
        "number": escalation.number,
        "sys_id": escalation.sys_id,
        "state": escalation.state.key,
        "reason": escalation.reason.key if escalation.reason is not None else None,
        "request_source": escalation.request_source.key if escalation.request_source is not None else None,
        "severity": escalation.severity,
        "template": escalation.template,
        "requested_by": escalation.requested_by.name if escalation.requested_by is not None else None,
        "opened_at": _instant(escalation.opened_at),
        "closed_at": _instant(escalation.closed_at),
        "justification": escalation.justification,
        "unreadable": sorted(escalation.unreadable),
    }


def case_shape(case: Case, journal: Journal | None) -> dict[str, Any]:
    """A case as read, with its journal."""
    return {
        "number": case.number,
        "table": case.table,
        "sys_id": case.sys_id,
        "state": case.state.key,
        "priority": case.priority.key if case.priority is not None else None,
        "short_description": case.short_description,
        "account": case.account.number if case.account is not None else None,
        "contact": case.contact.name if case.contact is not None else None,
        "assigned_to": case.assigned_to.name if case.assigned_to is not None else None,
        "assignment_group": case.assignment_group,
        "opened_at": _instant(case.opened_at),
        "updated_at": _instant(case.updated_at),
        "journal": journal_shape(journal),
        "unreadable": sorted(case.unreadable),
    }


def journal_shape(journal: Journal | None) -> dict[str, Any]:
    """A journal, or the reason why it could not be read."""
    if journal is None:
        return {"unreadable": "it was not read", "entries": []}
    entries = [
        {
            "element": entry.element.value,
            "created_at": _instant(entry.created_at),
            "author": entry.author,
            "author_kind": entry.author_kind.value,
            "text": entry.text,
        }
        for entry in journal.entries
    ]
    return {"unreadable": journal.unreadable, "entries": entries}


def dossier_shape(dossier: Dossier, decision: Decision | None) -> dict[str, Any]:
    """A whole dossier; `decision` is None for an escalation that no longer waits."""
    return {
        "escalation": escalation_shape(dossier.escalation),
        "source": record_shape(dossier.escalation.source),
        "approvals": [
            {
                "sys_id": approval.sys_id,
                "state": approval.state.key,
                "approver": approval.approver.name if approval.approver is not None else None,
                "approver_active": approval.approver.active if approval.approver is not None else None,
                "linked_by": approval.linked_by,
                "created_at": _instant(approval.created_at),
            }
            for approval in dossier.approvals
        ],
        "account": dossier.account.name if dossier.account is not None else None,
        "cases": [case_shape(case, dossier.journals.get(case.sys_id)) for case in dossier.cases],
        "earlier": [escalation_shape(item) for item in dossier.earlier],
        "duplicates": [escalation_shape(item) for item in dossier.duplicates],
        "missing": list(dossier.missing),
        "decision": decision_shape(decision, dossier) if decision is not None else None,
    }


def _instant(instant: Any) -> str | None:
    return None if instant is None else instant.strftime("%Y-%m-%dT%H:%M:%SZ")
