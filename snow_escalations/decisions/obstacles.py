"""Why an escalation cannot be decided, whatever a rule or a person says."""

from snow_escalations.model import Approval, AuthorKind, Case, Dossier, Element, HoldCause, Part, ReplyTarget
from snow_escalations.servicenow.dossiers import age_key
from snow_escalations.triage.replies import begins_alike, reference_prefix

Obstacle = tuple[HoldCause, str]
CLOSED_STATES = frozenset({"closed", "cancelled"})


def obstacle(dossier: Dossier) -> Obstacle | None:
    """Why an escalation cannot be decided although a rule, or a person, says how; or None."""
    return undecidable(dossier) or unanswerable(dossier) or already_answered(dossier)


def undecidable(dossier: Dossier) -> Obstacle | None:
    """Why no approval of an escalation is ours to set, or None."""
    if not dossier.requested:
        return HoldCause.CONFLICT, _none_waits(dossier)
    state = dossier.escalation.state
    if state.key != "requested":
        return HoldCause.CONFLICT, f"an approval waits, but the escalation is already {state.label or state.key}"
    decided = _decided(dossier)
    if decided:
        return HoldCause.CONFLICT, f"one approver has already {decided[0].state.key} it; the others must follow"
    first = next((item for item in dossier.duplicates if age_key(item) < age_key(dossier.escalation)), None)
    if first is not None:
        return (
            HoldCause.CONFLICT,
            f"{first.number} waits for the same {dossier.escalation.source.number}; decide it first",
        )
    return None


def _none_waits(dossier: Dossier) -> str:
    """That no approval waits, how the escalation stands, and on whose approvals it was decided."""
    state = dossier.escalation.state
    told = f"the escalation is {state.label or state.key}"
    decided = [f"{row.state.key}: {row.approver.name if row.approver else 'nobody'}" for row in _decided(dossier)]
    if decided:
        told += f" ({'; '.join(decided)})"
    hidden = dossier.unread.get(Part.APPROVALS)
    if hidden is not None:
        return f"no approval that can be read waits for a decision: {told}; {hidden}"
    return f"no approval waits for a decision{' any more' if dossier.approvals else ''}: {told}"


def _decided(dossier: Dossier) -> list[Approval]:
    return [row for row in dossier.approvals if row.state.key in {"approved", "rejected"}]


def unanswerable(dossier: Dossier) -> Obstacle | None:
    """Why the customer cannot be answered, or None."""
    if not dossier.cases:
        return HoldCause.MISSING_EVIDENCE, "there is no case on which the customer could be answered"
    if not answerable(dossier):
        return HoldCause.CONFLICT, "the case is closed and takes no comment"
    return None


def answerable(dossier: Dossier) -> tuple[Case, ...]:
    """The cases that take a comment."""
    return tuple(case for case in dossier.cases if case.state.key not in CLOSED_STATES)


def already_answered(dossier: Dossier) -> Obstacle | None:
    """That the customer was answered already, or that it cannot be known; or None."""
    prefix = reference_prefix(dossier.escalation.number)
    for case in answerable(dossier):
        journal = dossier.journals.get(case.sys_id)
        if journal is None or journal.unreadable is not None:
            why = journal.unreadable if journal is not None else "it was not read"
            return HoldCause.MISSING_EVIDENCE, f"the comments of {case.number} cannot be read: {why}"
        if any(prefix in entry.text for entry in journal.of(Element.COMMENTS)):
            why = f"a reply to it is already on {case.number}; apply the plan that wrote it, or decide by hand"
            return HoldCause.CONFLICT, why
    return None


def copied_on(dossier: Dossier, target: ReplyTarget) -> bool:
    """Whether a case already holds a comment which begins like the reply, posted since the escalation was opened.

    An instance or an integration may cut a comment, and with it the reference line at its end.
    """
    since, journal = dossier.escalation.opened_at, dossier.journals.get(target.case.sys_id)
    return any(
        entry.author_kind is not AuthorKind.CUSTOMER and begins_alike(entry.text, target.reply)
        for entry in (journal.of(Element.COMMENTS) if journal is not None else ())
        if since is None or entry.created_at >= since
    )
