"""Who asks for what (the escalation record)."""

from snow_escalations.model import AuthorKind
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes


def note_request(notes: Notes) -> None:
    """Note reason, request source, severity, template, requester, and when the escalation was requested."""
    escalation = notes.dossier.escalation
    choices = {"reason": escalation.reason, "request_source": escalation.request_source}
    words = {"severity": escalation.severity, "template": escalation.template}
    for name in (*choices, *words):
        source = notes.of_escalation(name)
        if name in escalation.unreadable:
            notes.miss(name, CLOSED_FIELD, source)
        elif name in choices:
            choice = choices[name]
            notes.know(name, choice.key if choice is not None else None, source)
        else:
            notes.know(name, words[name] or None, source)
    _note_requester(notes)
    source = notes.of_escalation("opened_at")
    opened = escalation.opened_at
    notes.know_since("since_requested", opened, source, "when the escalation was requested is not known")
    if opened is None:
        notes.miss("requested_on", "when the escalation was requested is not known", source)
    else:
        notes.know("requested_on", opened.date(), source)


def _note_requester(notes: Notes) -> None:
    source = notes.of_escalation("requested_by")
    requester, case = notes.dossier.escalation.requested_by, notes.dossier.case
    if requester is None:
        for name in ("requester", "requester_side"):
            notes.miss(name, "who requested the escalation is not known", source)
        return
    if requester.name:
        notes.know("requester", requester.name, source)
    else:
        notes.miss("requester", "the name of the requester cannot be read", source)
    contact = case.contact if case is not None else None
    if requester.side in {AuthorKind.US, AuthorKind.CUSTOMER}:
        notes.know("requester_side", requester.side.value, source)
    elif contact is not None and contact.sys_id == requester.sys_id:
        notes.know("requester_side", AuthorKind.CUSTOMER.value, source)
    else:
        notes.miss("requester_side", "the user record does not tell on whose side the requester is", source)
