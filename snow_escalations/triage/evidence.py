"""The facts of a dossier at an instant. What could not be read is said to be unreadable, never guessed."""

from datetime import datetime, timedelta

from snow_escalations.model import AuthorKind, Case, Dossier, Element, Evidence, Fact, JournalEntry, Source
from snow_escalations.model.evidence import FactValue
from snow_escalations.model.facts import FACTS

CLOCK_TOLERANCE = timedelta(minutes=10)


def evidence_of(dossier: Dossier, now: datetime) -> Evidence:
    """All facts of `snow_escalations.model.facts.FACTS` about a dossier, as of `now`.

    Of an account escalation the facts about a case are unreadable, as it has several or none.
    """
    facts = [
        _reason(dossier),
        _source(dossier),
        _case_state(dossier),
        _priority(dossier),
        _since_last_reply(dossier, now),
        _last_word(dossier, now),
        _earlier(dossier),
        _self_approval(dossier),
    ]
    return Evidence(facts={fact.name: fact for fact in facts})


def _known(name: str, value: FactValue, source: Source) -> Fact:
    return Fact(name=name, value=value, unit=FACTS[name].unit, source=source)


def _unreadable(name: str, why: str, source: Source) -> Fact:
    return Fact(name=name, unit=FACTS[name].unit, source=source, unreadable=why)


def _of_escalation(dossier: Dossier, field: str) -> Source:
    escalation = dossier.escalation
    return Source(table=escalation.table, field=field, record=escalation.number, sys_id=escalation.sys_id)


def _of_case(dossier: Dossier, field: str) -> Source:
    key = dossier.escalation.source
    case = dossier.case
    record = case.number if case is not None else key.number
    return Source(table=case.table if case is not None else key.table, field=field, record=record, sys_id=key.sys_id)


def _reason(dossier: Dossier) -> Fact:
    source = _of_escalation(dossier, "reason")
    if "reason" in dossier.escalation.unreadable:
        return _unreadable("reason", "the field is closed to the account", source)
    if dossier.escalation.reason is None:
        return _unreadable("reason", "the escalation gives no reason", source)
    return _known("reason", dossier.escalation.reason.key, source)


def _source(dossier: Dossier) -> Fact:
    source = _of_escalation(dossier, "source_table")
    if dossier.missing:
        return _unreadable("source", dossier.missing[0], source)
    return _known("source", "case" if dossier.case is not None else "account", source)


def _one_case(dossier: Dossier, name: str, field: str) -> Case | Fact:
    if dossier.case is None:
        why = dossier.missing[0] if dossier.missing else "an account escalation has no one case"
        return _unreadable(name, why, _of_case(dossier, field))
    if field in dossier.case.unreadable:
        return _unreadable(name, "the field is closed to the account", _of_case(dossier, field))
    return dossier.case


def _case_state(dossier: Dossier) -> Fact:
    case = _one_case(dossier, "case_state", "state")
    return case if isinstance(case, Fact) else _known("case_state", case.state.key, _of_case(dossier, "state"))


def _priority(dossier: Dossier) -> Fact:
    case = _one_case(dossier, "priority", "priority")
    if isinstance(case, Fact):
        return case
    source = _of_case(dossier, "priority")
    if case.priority is None:
        return _unreadable("priority", "the case has no priority", source)
    return _known("priority", case.priority.key, source)


def _comments(dossier: Dossier, name: str, now: datetime) -> tuple[Case, tuple[JournalEntry, ...]] | Fact:
    case = _one_case(dossier, name, "comments")
    if isinstance(case, Fact):
        return case
    journal = dossier.journals.get(case.sys_id)
    if journal is None or journal.unreadable is not None:
        why = journal.unreadable if journal is not None and journal.unreadable else "the journal was not read"
        return _unreadable(name, why, _of_case(dossier, "comments"))
    # What was written after the instant was not yet there to be read, whatever the clocks' small differences.
    return case, tuple(entry for entry in journal.of(Element.COMMENTS) if entry.created_at <= now + CLOCK_TOLERANCE)


def _since_last_reply(dossier: Dossier, now: datetime) -> Fact:
    name = "since_last_reply"
    read = _comments(dossier, name, now)
    if isinstance(read, Fact):
        return read
    case, comments = read
    source = _of_case(dossier, "comments")
    for entry in reversed(comments):
        if entry.author_kind is AuthorKind.UNKNOWN:
            when = entry.created_at.strftime("%Y-%m-%d %H:%M UTC")
            return _unreadable(name, f"it is not known who wrote the comment of {when}", source)
        if entry.author_kind is AuthorKind.US:
            return _known(name, _hours(entry.created_at, now), source)
    if case.opened_at is None:
        return _unreadable(name, "we never replied, and when the case was opened is not known", source)
    return _known(name, _hours(case.opened_at, now), source)


def _hours(since: datetime, now: datetime) -> float:
    return max(0.0, round((now - since).total_seconds() / 3600, 2))


def _last_word(dossier: Dossier, now: datetime) -> Fact:
    read = _comments(dossier, "last_word", now)
    if isinstance(read, Fact):
        return read
    source = _of_case(dossier, "comments")
    people = [entry for entry in read[1] if entry.author_kind is not AuthorKind.SYSTEM]
    if not people:
        return _known("last_word", "nobody", source)
    if people[-1].author_kind is AuthorKind.UNKNOWN:
        return _unreadable("last_word", "it is not known who wrote the last comment", source)
    return _known("last_word", people[-1].author_kind.value, source)


def _earlier(dossier: Dossier) -> Fact:
    source = _of_escalation(dossier, "source_record")
    if dossier.escalation.opened_at is None:
        return _unreadable("earlier_escalations", "when the escalation was opened is not known", source)
    return _known("earlier_escalations", len(dossier.earlier), source)


def _self_approval(dossier: Dossier) -> Fact:
    source = _of_escalation(dossier, "requested_by")
    requester = dossier.escalation.requested_by
    if requester is None:
        return _unreadable("self_approval", "who requested the escalation is not known", source)
    approvers = {approval.approver.sys_id for approval in dossier.requested if approval.approver is not None}
    return _known("self_approval", requester.sys_id in approvers, source)
