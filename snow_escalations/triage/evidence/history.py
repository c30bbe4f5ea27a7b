"""What came before: earlier escalations and their outcome, what else is open of the account, the case's own way."""

from collections.abc import Callable

from snow_escalations.model import AuthorKind, EarlierItem, Escalation, JournalEntry, Part
from snow_escalations.triage.evidence.conversation import Conversation
from snow_escalations.triage.evidence.notes import Notes

Explains = Callable[[str, Escalation], bool]
"""Whether a comment explains the rejection of an escalation."""


def note_history(notes: Notes, conversation: Conversation, explains: Explains) -> None:
    """Note the earlier escalations, the account's load, and how often the case changed hands or was reopened."""
    _note_earlier(notes, conversation, explains)
    _note_account(notes)
    _note_case(notes)


def _note_earlier(notes: Notes, conversation: Conversation, explains: Explains) -> None:
    source = notes.of_escalation("source_record")
    unread = notes.dossier.unread.get(Part.EARLIER)
    if unread is not None:
        notes.miss("duplicates", unread, source)
    else:
        notes.know("duplicates", len(notes.dossier.duplicates), source)
    if unread is None and notes.dossier.escalation.opened_at is None:
        unread = "when the escalation was opened is not known"
    if unread is not None:
        for name in ("earlier_escalations", "earlier", "last_outcome", "since_last_escalation", "re_escalations"):
            notes.miss(name, unread, source)
        notes.miss("last_rejection", unread, notes.of_case("comments"))
        return
    earlier = notes.dossier.earlier[::-1]
    declined = [item for item in earlier if item.state.key == "declined"]
    notes.know("earlier_escalations", len(earlier), source)
    notes.know("earlier", tuple(_item(notes, item) for item in earlier), source)
    notes.know("last_outcome", earlier[0].state.key if earlier else None, source)
    if not earlier:
        notes.know("since_last_escalation", None, source)
    else:
        opened = earlier[0].opened_at
        notes.know_since("since_last_escalation", opened, source, f"when {earlier[0].number} was opened is not known")
    notes.know("re_escalations", len(declined), source)
    _note_rejection(notes, declined[0] if declined else None, conversation, explains)


def _item(notes: Notes, earlier: Escalation) -> EarlierItem:
    opened = earlier.opened_at
    return EarlierItem.model_validate(
        {
            "number": earlier.number,
            "outcome": earlier.state.key,
            "opened_at": opened,
            "age_hours": None if opened is None else notes.span_since(opened).hours,
        }
    )


def _note_rejection(notes: Notes, rejected: Escalation | None, conversation: Conversation, explains: Explains) -> None:
    name, source = "last_rejection", notes.of_case("comments")
    if rejected is None:
        notes.know(name, None, source)
        return
    if conversation.unread is not None:
        notes.miss(name, conversation.unread, source)
        return
    since = rejected.opened_at
    until = notes.dossier.escalation.opened_at
    later = [
        entry
        for entry in conversation.entries
        if (since is None or entry.created_at >= since) and (until is None or entry.created_at <= until)
    ]
    told = next((entry for entry in later if _is_from_us(entry) and explains(entry.text, rejected)), None)
    if told is not None:
        notes.know(name, "explained", source, note=f"{rejected.number}, on {told.created_at:%Y-%m-%d %H:%M} UTC")
    elif any(entry.author_kind is AuthorKind.UNKNOWN and explains(entry.text, rejected) for entry in later):
        notes.miss(name, f"it is not known who explained the rejection of {rejected.number}", source)
    else:
        notes.know(name, "unexplained", source, note=rejected.number)


def _is_from_us(entry: JournalEntry) -> bool:
    return entry.author_kind in {AuthorKind.US, AuthorKind.TOOL}


def _note_account(notes: Notes) -> None:
    names = ("account_escalations", "account_open_cases")
    source = notes.of_case("account")
    unread = notes.dossier.unread.get(Part.ACCOUNT_LOAD)
    load, case = notes.dossier.account_load, notes.dossier.case
    if load is not None and unread is None:
        others = load.escalations - {notes.dossier.escalation.sys_id}
        notes.know("account_escalations", len(others), source)
        notes.know("account_open_cases", load.open_cases, source)
        return
    is_without = case is not None and case.account is None and "account" not in case.unreadable
    for name in names:
        if is_without:
            notes.know(name, None, source)
        else:
            notes.miss(name, unread or "the account cannot be read", source)


def _note_case(notes: Notes) -> None:
    for name, field, element in (
        ("reassignments", "reassignments", "reassignment_count"),
        ("reopenings", "reopenings", "reopen_count"),
    ):
        source = notes.of_case(element)
        case = notes.one_case(element)
        if isinstance(case, str):
            notes.miss(name, f"the case shows no {element}" if notes.dossier.case is not None else case, source)
            continue
        count: int | None = getattr(case, field)
        if count is None:
            notes.miss(name, f"the case shows no {element}", source)
        else:
            notes.know(name, count, source)
