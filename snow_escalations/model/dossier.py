"""One escalation with all that a person would read before deciding."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from snow_escalations.model.base import Model
from snow_escalations.model.journal import Journal
from snow_escalations.model.records import Account, AccountLoad, Approval, Case, Escalation, ServiceLevel


class Part(StrEnum):
    """What is read beside the records themselves, of which ACLs may hide rows without a word."""

    SERVICE_LEVELS = "service_levels"
    ACCOUNT_LOAD = "account_load"
    DELEGATIONS = "delegations"
    EARLIER = "earlier"
    APPROVALS = "approvals"
    LINKED_CASES = "linked_cases"


class ReadTables(Model):
    """The tables of the instance that the parts of a dossier were read from which do not name theirs.

    An instance's own dialect may name others than those of the base system.
    """

    approval: str = "sysapproval_approver"
    journal: str = "sys_journal_field"
    service_level: str = "task_sla"
    delegation: str = "sys_user_delegate"


class Dossier(Model):
    """An escalation, its approvals, its source record with journal, and the earlier escalations of the same source.

    `case` is the source of a case escalation; of an account escalation `account` is the source and `linked_cases` are
    the cases that name it in `active_account_escalation`. `journals` holds the journal of each of these cases by
    sys_id. `earlier` are the escalations of the same source that were opened before this one, oldest first, and
    `duplicates` the others that are pending beside it. `service_levels` are those of the case, or of the escalation
    where an account is escalated; `account_load` is None where no account is known, or not all of it could be read;
    `delegated` are the sys_ids of approvers who have delegated their approvals at `read_at`. `missing` says in words
    which part could not be read at all, and `unread` why not all of one of these is known. `tables` are those that were
    asked, whether or not a row came.
    """

    escalation: Escalation
    approvals: tuple[Approval, ...]
    case: Case | None = None
    account: Account | None = None
    linked_cases: tuple[Case, ...] = ()
    journals: dict[str, Journal] = Field(default_factory=dict)
    earlier: tuple[Escalation, ...] = ()
    duplicates: tuple[Escalation, ...] = ()
    service_levels: tuple[ServiceLevel, ...] = ()
    account_load: AccountLoad | None = None
    delegated: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    unread: dict[Part, str] = Field(default_factory=dict)
    tables: ReadTables = ReadTables()
    read_at: AwareDatetime

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases on which the customer can be answered: the source case, or those linked to the account's."""
        return (self.case,) if self.case is not None else self.linked_cases

    @property
    def requested(self) -> tuple[Approval, ...]:
        """The approvals that still wait for a decision."""
        return tuple(approval for approval in self.approvals if approval.state.key == "requested")
