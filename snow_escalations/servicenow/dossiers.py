"""Records that were read in bulk, put together into one dossier an escalation. Pure: nothing is read here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from snow_escalations.model import (
    Account,
    AccountLoad,
    Approval,
    AuthorKind,
    Case,
    Dossier,
    Escalation,
    Journal,
    Part,
    Person,
    ReadTables,
    RecordKey,
    ServiceLevel,
    Unread,
)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that belongs to a set of escalations, as it was read."""

    account_table: str
    tables: ReadTables
    approvals: Sequence[Approval]
    cases: Sequence[Case]
    accounts: Sequence[Account]
    others: Sequence[Escalation]
    journals: Mapping[str, Journal]
    service_levels: Sequence[ServiceLevel]
    account_loads: Mapping[str, AccountLoad]
    delegated: frozenset[str]
    unread: Mapping[Part, str]
    side: Callable[[str], AuthorKind]
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

    @property
    def unread(self) -> Unread:
        """What waits and could not be read."""
        return Unread(approvals=tuple(approval.sys_id for approval in self.unreadable), withheld=self.withheld)


def age_key(escalation: Escalation) -> tuple[datetime, str, str]:
    """Sorts escalations by age; one whose opening is not known comes first, so that it is not overlooked."""
    return (escalation.opened_at or _LONG_AGO, escalation.number, escalation.sys_id)


class Link(NamedTuple):
    """What a record says of the escalation that it is under: the sys_id, empty for none, and whether that is open.

    `is_open` is None where the record, or the escalation, does not tell.
    """

    sys_id: str
    is_open: bool | None


class OpenCase(NamedTuple):
    """A case that is not resolved, closed or cancelled: the sys_id of its account, and its two escalations."""

    account: str
    links: tuple[Link, ...]


def account_loads(
    open_cases: Iterable[OpenCase], accounts: Iterable[tuple[Account, Link]], account_sys_ids: Iterable[str]
) -> dict[str, AccountLoad]:
    """What is open of each account, by its sys_id; one of which not all could be read has none."""
    counts: defaultdict[str, int] = defaultdict(int)
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for case in open_cases:
        counts[case.account] += 1
        links[case.account] += case.links
    readable = set()
    for account, link in accounts:
        readable.add(account.sys_id)
        links[account.sys_id].append(link)
    return {
        sys_id: AccountLoad(
            open_cases=counts[sys_id], escalations=frozenset(link.sys_id for link in links[sys_id] if link.is_open)
        )
        for sys_id in account_sys_ids
        if sys_id in readable and all(link.is_open is not None for link in links[sys_id])
    }


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
        self._levels: defaultdict[str, list[ServiceLevel]] = defaultdict(list)
        for level in gathered.service_levels:
            self._levels[level.task].append(level)

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
        approvals = tuple(sorted(self._approvals[escalation.sys_id].values(), key=lambda item: item.sys_id))
        levels = self._levels[escalation.sys_id if is_account else escalation.source.sys_id]
        of_account = account.sys_id if account is not None else case.account.sys_id if case and case.account else ""
        return Dossier(
            escalation=escalation.model_copy(
                update={"source": source, "requested_by": self._with_side(escalation.requested_by, cases)}
            ),
            approvals=approvals,
            case=case,
            account=account,
            linked_cases=linked,
            journals={item.sys_id: self._gathered.journals[item.sys_id] for item in cases},
            earlier=tuple(other for other in others if age_key(other) < age_key(escalation)),
            duplicates=tuple(other for other in others if other.state.key == "requested"),
            service_levels=tuple(
                sorted(levels, key=lambda level: (level.name, level.stage.key, level.percentage or 0))
            ),
            account_load=self._gathered.account_loads.get(of_account),
            delegated=self._gathered.delegated & {row.approver.sys_id for row in approvals if row.approver is not None},
            unread=dict(self._gathered.unread),
            tables=self._gathered.tables,
            missing=() if number or case or account else (_missing(escalation.source),),
            read_at=self._gathered.read_at,
        )

    def _with_side(self, person: Person | None, cases: Sequence[Case]) -> Person | None:
        """A requester with the side of the user record; the contact of a case is the customer in any case."""
        if person is None:
            return None
        if any(case.contact is not None and case.contact.sys_id == person.sys_id for case in cases):
            return person.model_copy(update={"side": AuthorKind.CUSTOMER})
        return person.model_copy(update={"side": self._gathered.side(person.user_name)})


def _missing(source: RecordKey) -> str:
    if not source.sys_id:
        return "the escalation names no source record"
    return f"the source record {source.table}/{source.sys_id} is missing, or closed to the account"
