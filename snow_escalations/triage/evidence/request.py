"""Who asks for what (the escalation record)."""

from snow_escalations.model import AuthorKind
from snow_escalations.triage.evidence.notes import CLOSED_FIELD, Notes


def note_request(notes: Notes) -> None:
    """Note reason, request source, severity, template, requester, and when the escalation was requested."""
    escalation = notes.dossier.escalation
    reason, asked = escalation.reason, escalation.request_source
    _note_field(notes, "reason", reason.key if reason is not None else None)
    _note_field(notes, "request_source", asked.key if asked is not None else None)
    _note_field(notes, "severity", escalation.severity or None)
    _note_field(notes, "template", escalation.template or None)
    _note_requester(notes)
    source = notes.of_escalation("opened_at")
    opened = escalation.opened_at
    notes.know_since("since_requested", opened, source, "when the escalation was requested is not known")
    if opened is None:
        notes.miss("requested_on", "when the escalation was requested is not known", source)
    else:
        notes.know("requested_on", opened.date(), source)


def _note_field(notes: Notes, name: str, value: str | None) -> None:
    """Note a field of the escalation whose fact has its name."""
    source = notes.of_escalation(name)
    if name in notes.dossier.escalation.unreadable:
        notes.miss(name, CLOSED_FIELD, source)
    else:
        notes.know(name, value, source)


def _note_requester(notes: Notes) -> None:
    source = notes.of_escalation("requested_by")
    requester = notes.dossier.escalation.requested_by
    if requester is None:
        for name in ("requester", "requester_side"):
            notes.miss(name, "who requested the escalation is not known", source)
        return
    if requester.name:
        notes.know("requester", requester.name, source)
    else:
        notes.miss("requester", "the name of the requester cannot be read", source)
    cases, side = notes.dossier.cases, requester.side
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
