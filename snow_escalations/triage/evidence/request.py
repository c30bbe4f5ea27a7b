"""Who asks for what (the escalation record)."""

from snow_escalations.model import AuthorKind
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes


def note_request(notes: Notes) -> None:
    """Note reason, request source, severity, template, requester, and when the escalation was requested."""
    escalation = notes.dossier.escalation
    reason, asked, closed = escalation.reason, escalation.request_source, escalation.unreadable
    fields = {
        "reason": reason.key if reason is not None else None,
        "request_source": asked.key if asked is not None else None,
        "severity": escalation.severity or None,
        "template": escalation.template or None,
    }
    for name, value in fields.items():  # whose facts have their names
        if name in closed:
            notes.miss(name, CLOSED_FIELD, notes.of_escalation(name))
        else:
            notes.know(name, value, notes.of_escalation(name))
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
    requester = notes.dossier.escalation.requested_by
    if requester is None:
        for name in ("requester", "requester_side"):
            notes.miss(name, "who requested the escalation is not known", source)
        return
    name = requester.name
    if name:
        notes.know("requester", name, source)
    else:
        notes.miss("requester", "the name of the requester cannot be read", source)
    cases, side = notes.cases, requester.side
    contacts = [case.contact.sys_id for case in cases if case.contact is not None]
    if requester.sys_id in contacts:
        # Some companies keep their customers' contacts among their own users.
        notes.know("requester_side", str(AuthorKind.CUSTOMER), source)
    elif side is AuthorKind.US and any("contact" in case.unreadable for case in cases):
        notes.miss("requester_side", "whether the requester is the contact is closed to the account", source)
    elif side is AuthorKind.US or side is AuthorKind.CUSTOMER:
        notes.know("requester_side", str(side), source)
    else:
        notes.miss("requester_side", "the user record does not tell on whose side the requester is", source)
