"""Records that were read in bulk, put together into one dossier an escalation. Pure: nothing is read here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from snow_escalations.model import Account, Approval, Case, Dossier, Escalation, Journal, RecordKey

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that belongs to a set of escalations, as it was read."""

    account_table: str
    approvals: Sequence[Approval]
    cases: Sequence[Case]
    accounts: Sequence[Account]
    others: Sequence[Escalation]
    journals: Mapping[str, Journal]
    read_at: datetime

    def dossiers(self, escalations: Iterable[Escalation]) -> list[Dossier]:
        """One dossier for each escalation, by the time it was opened."""
        index = _Index(self)
        dossiers = [index.dossier(escalation) for escalation in escalations]
        return sorted(dossiers, key=lambda dossier: age_key(dossier.escalation))


@dataclass(frozen=True, slots=True)
class Pending:
    """All that waits for a decision, and what is known of it but could not be read.

    `unreadable` are approvals whose escalation is missing or closed to the account; `withheld` counts the rows that
    matched the poll and were hidden by ACLs, None where the instance does not say.
    """

    dossiers: Sequence[Dossier]
    unreadable: Sequence[Approval]
    withheld: int | None


def age_key(escalation: Escalation) -> tuple[datetime, str, str]:
    """Sorts escalations by age; one whose opening is not known comes first, so that it is not overlooked."""
    return (escalation.opened_at or _LONG_AGO, escalation.number, escalation.sys_id)


class _Index:
    """The gathered records by what they belong to."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._approvals: defaultdict[str, dict[str, Approval]] = defaultdict(dict)
        for approval in gathered.approvals:
            self._approvals[approval.escalation_sys_id][approval.sys_id] = approval
        self._cases = {case.sys_id: case for case in gathered.cases}
        self._accounts = {account.sys_id: account for account in gathered.accounts}
        self._linked: defaultdict[str, list[Case]] = defaultdict(list)
        for case in sorted(self._cases.values(), key=lambda case: (case.number, case.sys_id)):
            self._linked[case.active_account_escalation].append(case)
        self._by_source: defaultdict[str, dict[str, Escalation]] = defaultdict(dict)
        for other in gathered.others:
            self._by_source[other.source.sys_id][other.sys_id] = other

    def dossier(self, escalation: Escalation) -> Dossier:
        is_account = escalation.source.table == self._gathered.account_table
        case = None if is_account else self._cases.get(escalation.source.sys_id)
        account = self._accounts.get(escalation.source.sys_id) if is_account else None
        linked = tuple(self._linked[escalation.sys_id]) if is_account else ()
        number = case.number if case is not None else account.name if account is not None else ""
        source = RecordKey(table=escalation.source.table, sys_id=escalation.source.sys_id, number=number)
        cases = (case,) if case is not None else linked
        others = sorted(
            (
                other
                for other in self._by_source[escalation.source.sys_id].values()
                if other.sys_id != escalation.sys_id
            ),
            key=age_key,
        )
        return Dossier(
            escalation=escalation.model_copy(update={"source": source}),
            approvals=tuple(sorted(self._approvals[escalation.sys_id].values(), key=lambda item: item.sys_id)),
            case=case,
            account=account,
            linked_cases=linked,
            journals={item.sys_id: self._gathered.journals[item.sys_id] for item in cases},
            earlier=tuple(other for other in others if age_key(other) < age_key(escalation)),
            duplicates=tuple(other for other in others if other.state.key == "requested"),
            missing=() if number or case or account else (_missing(escalation.source),),
            read_at=self._gathered.read_at,
        )


def _missing(source: RecordKey) -> str:
    if not source.sys_id:
        return "the escalation names no source record"
    return f"the source record {source.table}/{source.sys_id} is missing, or closed to the account"
