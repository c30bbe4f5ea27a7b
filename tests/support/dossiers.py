"""Dossiers made by hand, with everything in order unless a test says otherwise."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from snow_escalations.model import (
    Account,
    AccountLoad,
    Approval,
    AuthorKind,
    Case,
    Choice,
    Dossier,
    Element,
    Escalation,
    Journal,
    JournalEntry,
    Person,
    RecordKey,
    ServiceLevel,
)
from snow_escalations.triage.evidence import EvidenceReader

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
US, CUSTOMER, TOOL = AuthorKind.US, AuthorKind.CUSTOMER, AuthorKind.TOOL
SYSTEM, UNKNOWN = AuthorKind.SYSTEM, AuthorKind.UNKNOWN
ESCALATION_ID, CASE_ID, APPROVAL_ID, ACCOUNT_ID = ("e" * 32, "c" * 32, "a" * 32, "d" * 32)
MANAGER = Person(sys_id="1" * 32, name="Mia Manager", user_name="mia.manager", active=True)
CONTACT = Person(sys_id="2" * 32, name="Ana Sousa", user_name="ana.sousa")


def ago(**span: float) -> datetime:
    """An instant before NOW."""
    return NOW - timedelta(**span)


def choice(key: str, label: str = "") -> Choice:
    """A choice by key."""
    return Choice(key=key, value=key, label=label or key.replace("_", " ").title())


def escalation(**changes: Any) -> Escalation:
    """A pending case escalation for inactivity."""
    values: dict[str, Any] = {
        "sys_id": ESCALATION_ID,
        "table": "sn_customerservice_escalation",
        "number": "ESC0010023",
        "state": choice("requested"),
        "reason": choice("inactivity"),
        "request_source": choice("customer"),
        "severity": "High Severity",
        "template": "Case escalation",
        "justification": "We have not heard from you for days.",
        "requested_by": CONTACT,
        "opened_at": ago(hours=3),
        "closed_at": None,
        "mod_count": 0,
        "source": RecordKey(table="sn_customerservice_case", sys_id=CASE_ID, number="CS0010001"),
    }
    return Escalation(**{**values, **changes})


def case(**changes: Any) -> Case:
    """An open case of moderate priority, ten days old."""
    values: dict[str, Any] = {
        "sys_id": CASE_ID,
        "table": "sn_customerservice_case",
        "number": "CS0010001",
        "state": choice("open"),
        "priority": choice("moderate"),
        "short_description": "The nightly export stops",
        "account": RecordKey(table="customer_account", sys_id=ACCOUNT_ID, number="Boxeo"),
        "contact": CONTACT,
        "assigned_to": None,
        "assignment_group": "Exports",
        "opened_at": ago(days=10),
        "updated_at": ago(hours=5),
        "mod_count": 7,
        "active_escalation": ESCALATION_ID,
        "active_account_escalation": "",
    }
    return Case(**{**values, **changes})


def approval(**changes: Any) -> Approval:
    """A requested approval of the manager's."""
    values: dict[str, Any] = {
        "sys_id": APPROVAL_ID,
        "state": choice("requested"),
        "approver": MANAGER,
        "escalation_sys_id": ESCALATION_ID,
        "linked_by": "sysapproval",
        "mod_count": 0,
        "created_at": ago(hours=3),
    }
    return Approval(**{**values, **changes})


def account(**changes: Any) -> Account:
    """The account."""
    values: dict[str, Any] = {
        "sys_id": ACCOUNT_ID,
        "table": "customer_account",
        "name": "Boxeo",
        "number": "ACCT001",
        "active_escalation": "",
        "mod_count": 0,
    }
    return Account(**{**values, **changes})


def earlier(number: int, state: str, **changes: Any) -> Escalation:
    """An escalation of the same case that was opened as many days ago as its number says."""
    values: dict[str, Any] = {
        "sys_id": f"{number:032x}",
        "number": f"ESC{number:07d}",
        "state": choice(state),
        "opened_at": ago(days=number),
    }
    return escalation(**{**values, **changes})


def level(percentage: float | None = 50, stage: str = "in_progress", **changes: Any) -> ServiceLevel:
    """A service level that runs, and was not breached."""
    values: dict[str, Any] = {
        "task": CASE_ID,
        "name": "Case resolution - P3",
        "stage": Choice(key=stage, value=stage if stage != "closed to us" else "", label=stage),
        "percentage": percentage,
        "has_breached": False,
    }
    return ServiceLevel(**{**values, **changes})


def comment(kind: AuthorKind, at: datetime, text: str = "words", element: Element = Element.COMMENTS) -> JournalEntry:
    """An entry of a journal, with a sys_id that tells when it was written."""
    sys_id = f"{int(at.timestamp()):032x}"
    return JournalEntry(element=element, text=text, created_at=at, author=kind.value, author_kind=kind, sys_id=sys_id)


def dossier(*comments: JournalEntry, **changes: Any) -> Dossier:
    """A dossier with these comments on its case, oldest first."""
    the_case = changes.pop("case", case())
    values: dict[str, Any] = {
        "escalation": escalation(),
        "approvals": (approval(),),
        "case": the_case,
        "journals": {CASE_ID: Journal(entries=comments)} if the_case is not None else {},
        "account_load": AccountLoad(open_cases=1, escalations=frozenset({ESCALATION_ID})),
        "read_at": NOW,
    }
    return Dossier(**{**values, **changes})


def account_dossier(*linked: Case, **changes: Any) -> Dossier:
    """A dossier of an account escalation with linked cases."""
    source = RecordKey(table="customer_account", sys_id=ACCOUNT_ID, number="Boxeo")
    values: dict[str, Any] = {
        "case": None,
        "escalation": escalation(source=source),
        "account": account(),
        "linked_cases": linked,
        "journals": {item.sys_id: Journal() for item in linked},
    }
    return dossier(**{**values, **changes})


@cache
def shipped_reader() -> EvidenceReader:
    """Reads evidence as it is read without settings: Monday to Friday from 9 to 17 in UTC."""
    return EvidenceReader()


def seen(name: str, of: Dossier, now: datetime = NOW, reader: EvidenceReader | None = None) -> object:
    """The value of a fact, or why it could not be read."""
    fact = (reader or shipped_reader()).read(of, now).fact(name)
    return fact.value if fact.is_known else f"unreadable: {fact.unreadable}"


def is_open(name: str, of: Dossier) -> bool:
    """Whether a fact could not be read."""
    return not shipped_reader().read(of, NOW).fact(name).is_known
