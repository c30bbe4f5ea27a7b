"""Judging dossiers of 30 journal entries on one core: evidence with the reading of texts, and the verdict."""

import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.labelled import load
from benchmarks.measure import Figure
from snow_escalations.cli.main import collect_seldom
from snow_escalations.model import (
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
)
from snow_escalations.settings import load_configuration
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.evidence import EvidenceReader
from snow_escalations.triage.policy import Policy, judge

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
COUNT, ENTRIES, PASSES = 128, 30, 128
LAST_TEXT = 2563
"""Texts that were labelled later are shorter, and would make the figures better than before."""
APART = 997
"""Texts from one dossier to the next, so that each pass has texts of all kinds: those of a kind stand together."""
TEXTS = Path(__file__).resolve().parents[1] / "tests/triage/reading/data/signals.yaml"


def _choice(key: str) -> Choice:
    return Choice(key=key, value=key, label=key)


def _dossier(number: int, texts: list[str]) -> Dossier:
    """An escalation with a justification, and 30 entries by both sides in turn, the last a comment of the customer."""
    contact = Person(sys_id=f"{number:032x}", name="Ana Sousa", user_name="ana.sousa", side=AuthorKind.CUSTOMER)
    manager = Person(sys_id="1" * 32, name="Mia Manager", user_name="mia.manager", active=True)
    case_key = RecordKey(table="sn_customerservice_case", sys_id=f"c{number:031x}", number=f"CS{number:07d}")
    sides = [AuthorKind.CUSTOMER if index % 2 else AuthorKind.US for index in range(ENTRIES)]
    entries = tuple(
        JournalEntry(
            element=Element.WORK_NOTES if side is AuthorKind.US and index % 4 == 2 else Element.COMMENTS,
            text=f"{texts[(number * APART + index * 7 + 7) % len(texts)]} ({number})",
            created_at=NOW - timedelta(hours=6 * (ENTRIES - index)),
            author=side.value,
            author_kind=side,
            sys_id=f"{number:016x}{index:016x}",
        )
        for index, side in enumerate(sides)
    )
    case = Case(
        sys_id=case_key.sys_id,
        table=case_key.table,
        number=case_key.number,
        state=_choice("open"),
        priority=_choice("moderate"),
        short_description=f"The nightly export stops ({number})",
        account=RecordKey(table="customer_account", sys_id="d" * 32, number="Boxeo"),
        contact=contact,
        assigned_to=None,
        assignment_group="Exports",
        opened_at=NOW - timedelta(days=10),
        updated_at=NOW,
        mod_count=1,
        active_escalation=f"e{number:031x}",
        active_account_escalation="",
        reassignments=1,
    )
    escalation = Escalation(
        sys_id=f"e{number:031x}",
        table="sn_customerservice_escalation",
        number=f"ESC{number:07d}",
        state=_choice("requested"),
        reason=_choice(("inactivity", "lack_of_progress", "customer_imposed_deadline")[number % 3]),
        request_source=_choice("customer"),
        severity="High Severity",
        template="Case escalation",
        justification=f"{texts[number * APART % len(texts)]} ({number})",
        requested_by=contact,
        opened_at=NOW - timedelta(hours=3),
        closed_at=None,
        mod_count=0,
        source=case_key,
    )
    approval = Approval(
        sys_id=f"a{number:031x}",
        state=_choice("requested"),
        approver=manager,
        escalation_sys_id=escalation.sys_id,
        linked_by="sysapproval",
        mod_count=0,
        created_at=NOW,
    )
    return Dossier(
        escalation=escalation,
        approvals=(approval,),
        case=case,
        journals={case.sys_id: Journal(entries=entries)},
        read_at=NOW,
    )


def run() -> Iterator[Figure]:
    """How many dossiers a second: each with texts that no other has, and the same dossiers once more.

    Of some short passes the best counts, as other programs can only make one slower; the median is told as well.
    """
    texts = [item["text"] for item in load(TEXTS)["items"] if item["id"] <= LAST_TEXT]
    collect_seldom()
    configuration = load_configuration(shipped_config())
    reader, policy = configuration.evidence_reader, configuration.policy
    first, again = [], []
    for start in range(0, PASSES * COUNT, COUNT):
        dossiers = [_dossier(number, texts) for number in range(start, start + COUNT)]
        first.append(_pace(dossiers, reader, policy, NOW))
        again.append(_pace(dossiers, reader, policy, NOW + timedelta(minutes=1)))
    yield Figure("dossiers of 30 entries judged, reading included", max(first), "a second", 2_000, at_least=True)
    yield Figure("the same in the median of the passes", statistics.median(first), "a second")
    yield Figure(
        "the same a minute later, as their texts were read before", max(again), "a second", 2_000, at_least=True
    )


def _pace(dossiers: Sequence[Dossier], reader: EvidenceReader, policy: Policy, now: datetime) -> float:
    """How many are judged in a second."""
    begun = time.perf_counter()
    for evidence in reader.read_all(dossiers, now):
        judge(evidence, policy)
    return len(dossiers) / (time.perf_counter() - begun)
