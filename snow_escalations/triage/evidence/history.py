"""What came before: earlier escalations and their outcome, what else is open of the account, the case's own way."""

from collections.abc import Callable, Sequence

from snow_escalations.model import AuthorKind, EarlierItem, Escalation, JournalEntry, Part
from snow_escalations.triage.evidence.conversation import Conversation
from snow_escalations.triage.evidence.notes import Notes

Explains = Callable[[str, Escalation], bool]
"""Whether a comment explains the rejection of an escalation."""

_EARLIER_PART, _ACCOUNT_LOAD = Part.EARLIER, Part.ACCOUNT_LOAD
_EARLIER = ("earlier_escalations", "earlier", "since_last_escalation")
_OUTCOMES = ("last_outcome", "re_escalations")


def note_history(notes: Notes, conversation: Conversation, explains: Explains) -> None:
    """Note the earlier escalations, the account's load, and how often the case changed hands or was reopened."""
    unread = _unread_source(notes)
    _note_duplicates(notes, unread)
    unread = unread or _undated(notes)
    if unread is not None:
        for name in (*_EARLIER, *_OUTCOMES):
            notes.miss(name, unread, notes.of_escalation("source_record"))
        notes.miss("last_rejection", unread, notes.of_case("comments"))
    else:
        _note_earlier(notes, conversation, explains)
    _note_account(notes)
    _note_case(notes)


def _note_duplicates(notes: Notes, unread: str | None) -> None:
    source = notes.of_escalation("source_record")
    unread = unread or _unread_state((notes.dossier.escalation, *notes.dossier.earlier))
    if unread is not None:
        notes.miss("duplicates", unread, source)
    else:
        notes.know("duplicates", len(notes.dossier.duplicates), source)


def _unread_source(notes: Notes) -> str | None:
    """Why it is not known what else there is of the same source."""
    if not notes.dossier.escalation.source.sys_id:
        return "the escalation names no source record"
    return notes.unread(_EARLIER_PART)


def _undated(notes: Notes) -> str | None:
    """Why it is not known in which order they came."""
    undated = [item.number for item in (notes.dossier.escalation, *notes.dossier.earlier) if item.opened_at is None]
    return f"when {undated[0]} was opened is not known" if undated else None


def _unread_state(escalations: Sequence[Escalation]) -> str | None:
    closed = [item.number for item in escalations if "state" in item.unreadable]
    return f"the state of {closed[0]} is closed to the account" if closed else None


def _note_earlier(notes: Notes, conversation: Conversation, explains: Explains) -> None:
    source = notes.of_escalation("source_record")
    earlier = sorted(notes.dossier.earlier, key=_age, reverse=True)
    notes.know("earlier_escalations", len(earlier), source)
    if not earlier:
        notes.know("since_last_escalation", None, source)
    else:
        notes.know_since("since_last_escalation", earlier[0].opened_at, source, "")
    unread = _unread_state(earlier)
    if unread is not None:
        for name in ("earlier", *_OUTCOMES):
            notes.miss(name, unread, source)
        notes.miss("last_rejection", unread, notes.of_case("comments"))
        return
    declined = [item for item in earlier if item.state.key == "declined"]
    notes.know("earlier", tuple([_item(notes, item) for item in earlier]), source)
    notes.know("last_outcome", earlier[0].state.key if earlier else None, source)
    # Each of them was followed by another request, at the latest by this one.
    notes.know("re_escalations", len(declined), source)
    _note_rejection(notes, declined[0] if declined else None, conversation, explains)


def _age(escalation: Escalation) -> tuple[object, ...]:
    return (escalation.opened_at, escalation.number, escalation.sys_id)


def _item(notes: Notes, earlier: Escalation) -> EarlierItem:
    opened = earlier.opened_at
    hours = None if opened is None else max(0.0, round((notes.present.now - opened).total_seconds() / 3600, 2))
    return EarlierItem.from_json(
        {"number": earlier.number, "outcome": earlier.state.key, "opened_at": opened, "age_hours": hours}
    )


def _note_rejection(notes: Notes, rejected: Escalation | None, conversation: Conversation, explains: Explains) -> None:
    name, source = "last_rejection", notes.of_case("comments")
    if rejected is None:
        notes.know(name, None, source)
        return
    if conversation.unread is not None:
        notes.miss(name, conversation.unread, source)
        return
    later = conversation.since(rejected.opened_at)
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
    source = notes.of_case("account" if notes.dossier.account is None else "name")
    unread = notes.unread(_ACCOUNT_LOAD)
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
    case = notes.dossier.case
    _note_count(notes, "reassignments", "reassignment_count", case.reassignments if case is not None else None)
    _note_count(notes, "reopenings", "reopen_count", case.reopenings if case is not None else None)


def _note_count(notes: Notes, name: str, element: str, count: int | None) -> None:
    source, case = notes.of_case(element), notes.one_case(element)
    if isinstance(case, str) and notes.dossier.case is None:
        notes.miss(name, case, source)
    elif isinstance(case, str) or count is None:
        notes.miss(name, f"the case shows no {element}", source)
    else:
        notes.know(name, count, source)
