"""Gathering 1,000 pending escalations from the sandbox: how many requests, and how many in the time of nothing else."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.measure import Figure
from snow_escalations.sandbox import Sandbox, SandboxOptions
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.options import BasicLogin, ConnectionOptions

COUNT, ENTRIES = 1_000, 30
NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
Rows = dict[str, list[dict[str, str]]]


def _sys_id(kind: int, number: int) -> str:
    return f"{kind:x}{number:031x}"


def rows() -> Rows:
    """Pending escalations, nine of ten about a case of its own with 30 journal entries, the others about an account."""
    escalation, case = "sn_customerservice_escalation", "sn_customerservice_case"
    made: Rows = {
        "sys_user": [{"sys_id": _sys_id(1, 1), "user_name": "agent", "name": "Agent"}],
        "customer_contact": [{"sys_id": _sys_id(2, 1), "user_name": "ana", "name": "Ana"}],
        "customer_account": [{"sys_id": _sys_id(3, 1), "name": "Boxeo"}],
        **{table: [] for table in (case, escalation, "sysapproval_approver", "sys_journal_field")},
    }
    for number in range(COUNT):
        of_account = number % 10 == 0
        source = _sys_id(3, 1) if of_account else _sys_id(4, number)
        made[case].append({"sys_id": _sys_id(4, number), "number": f"CS{number:07d}", "contact": _sys_id(2, 1)})
        made[escalation].append(
            {
                "sys_id": _sys_id(5, number),
                "number": f"ESC{number:07d}",
                "state": "100",
                "source_table": "customer_account" if of_account else case,
                "source_record": source,
            }
        )
        made["sysapproval_approver"].append(
            {
                "sys_id": _sys_id(6, number),
                "state": "requested",
                "sysapproval": _sys_id(5, number),
                "document_id": _sys_id(5, number),
                "source_table": escalation,
            }
        )
        made["sys_journal_field"] += [
            {
                "sys_id": _sys_id(7, number * ENTRIES + entry),
                "name": case,
                "element": "comments",
                "element_id": _sys_id(4, number),
                "value": "words of a conversation " * 5,
                "sys_created_by": "agent" if entry % 2 else "ana",
                "sys_created_on": f"2026-11-{1 + entry % 17:02d} 10:{entry:02d}:00",
            }
            for entry in range(ENTRIES)
        ]
    return made


def run() -> Iterator[Figure]:
    """All figures about gathering."""
    with Sandbox.start(SandboxOptions(rows=rows(), now=NOW)) as sandbox:
        options = ConnectionOptions(url=sandbox.url, login=BasicLogin("snow.escalations", "sandbox"))
        with Connection(options) as connection:
            start = time.perf_counter()
            pending = Desk(connection, Dialect()).pending(NOW)
            seconds = time.perf_counter() - start
        if len(pending.dossiers) != COUNT:
            raise RuntimeError(f"{len(pending.dossiers)} dossiers were gathered, not {COUNT}")
        limit = 6 + 8 * -(-COUNT // 200)
        yield Figure(f"requests to gather {COUNT:,} pending escalations", len(sandbox.requests), "requests", limit)
        yield Figure(f"gathering them with {ENTRIES} journal entries each, sandbox in the same process", seconds, "s")
