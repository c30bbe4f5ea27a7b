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
    requester = notes.dossier.escalation.requested_by
    if requester is None:
        for name in ("requester", "requester_side"):
            notes.miss(name, "who requested the escalation is not known", source)
        return
    if requester.name:
        notes.know("requester", requester.name, source)
    else:
        notes.miss("requester", "the name of the requester cannot be read", source)
    cases = notes.dossier.cases
    contacts = {case.contact.sys_id for case in cases if case.contact is not None}
    if requester.sys_id in contacts:
        # Some companies keep their customers' contacts among their own users.
        notes.know("requester_side", AuthorKind.CUSTOMER.value, source)
    elif requester.side is AuthorKind.US and any("contact" in case.unreadable for case in cases):
        notes.miss("requester_side", "whether the requester is the contact is closed to the account", source)
    elif requester.side in {AuthorKind.US, AuthorKind.CUSTOMER}:
        notes.know("requester_side", requester.side.value, source)
    else:
        notes.miss("requester_side", "the user record does not tell on whose side the requester is", source)
