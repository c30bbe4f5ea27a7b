"""A decision that an earlier run began and did not finish, as the instance shows it.

A rejection is answered before its approval is set, an approval is set before it is answered. So a run that was ended in
between leaves a reply without a state, or a state without a reply; and either can be gone on with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from snow_escalations.decisions.drift import WANTED, is_decided_by_us
from snow_escalations.decisions.obstacles import answerable
from snow_escalations.decisions.records import Records
from snow_escalations.model import (
    Approval,
    AuthorKind,
    Case,
    Dossier,
    Element,
    JournalEntry,
    Outcome,
    RecordKey,
    referenced_escalation,
)
from snow_escalations.triage.replies import reference_prefix


@dataclass(frozen=True, slots=True)
class Begun:
    """What an earlier run left behind; nothing of it, where none did.

    `texts` are our replies that are on cases already, by sys_id of the case, without the one `reference` line that ends
    them. `approval` is the row that our own hand has set, where none waits any more.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    reference: str | None = None
    approval: Approval | None = None


NOTHING_BEGUN = Begun()


def begun(dossier: Dossier, outcome: Outcome, records: Records, approval_table: str, who: str) -> Begun:
    """What an earlier run left of the same decision; `who` is the user name of the account.

    Raises:
        InstanceError: the approvals cannot be read again.
    """
    texts, references = _posted(dossier, who)
    if len(references) > 1:
        # Replies of several runs: which one holds is for a person to say.
        return NOTHING_BEGUN
    approval = _set_by_us(dossier, outcome, records, approval_table, who)
    if outcome is Outcome.REJECT and (not texts or len(texts) < len(answerable(dossier))):
        # The comment goes before the state: a rejection without it is none that we began, or its case is out of reach.
        approval = None
    return Begun(texts, next(iter(references), None), approval)


def _posted(dossier: Dossier, who: str) -> tuple[dict[str, str], set[str]]:
    texts: dict[str, str] = {}
    references: set[str] = set()
    for case in answerable(dossier):
        for text in _replies_on(dossier, case, who):
            body, mark, rest = text.rstrip().rpartition(reference_prefix(dossier.escalation.number))
            texts[case.sys_id] = body.rstrip()
            references.add(mark + rest)
    return texts, references


def _replies_on(dossier: Dossier, case: Case, who: str) -> list[str]:
    """Comments of this account that end in the reference line of the escalation."""
    journal = dossier.journals.get(case.sys_id)
    if journal is None or journal.unreadable is not None:
        return []
    return [
        entry.text
        for entry in journal.of(Element.COMMENTS)
        if _is_own(entry, who) and referenced_escalation(entry.text) == dossier.escalation.number
    ]


def _is_own(entry: JournalEntry, who: str) -> bool:
    """Whether this account wrote it; where its user name is not known, as with an API key, one of our side."""
    if who:
        return entry.author.casefold() == who.casefold()
    return entry.author_kind in {AuthorKind.US, AuthorKind.TOOL}


def _set_by_us(dossier: Dossier, outcome: Outcome, records: Records, approval_table: str, who: str) -> Approval | None:
    if dossier.requested:
        return None
    escalation = dossier.escalation
    key = RecordKey(table=escalation.table, sys_id=escalation.sys_id, number=escalation.number)
    for approval in dossier.approvals:
        if approval.state.key == WANTED[outcome]:
            standing = records.standing(key, RecordKey(table=approval_table, sys_id=approval.sys_id))
            if is_decided_by_us(standing, outcome, reference_prefix(escalation.number), who):
                return approval
    return None
