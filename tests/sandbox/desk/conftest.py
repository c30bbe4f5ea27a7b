"""The demo desk as tests look at it: rows by table, and the ways from one record to its neighbours."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest

from snow_escalations.sandbox.desk import build_desk

Row = dict[str, str]

WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 40, 12, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 3, 5, tzinfo=UTC)
MONDAY_MORNING = datetime(2028, 2, 28, 6, 0, tzinfo=UTC)

ANSWERING = re.compile(
    r"(Thank you|Thanks|The log is useful|It does matter|That points to|Your (result|test)|As (agreed|discussed)"
    r"|Vielen Dank|Danke|Wie vereinbart|Merci\b(?! de)|Comme convenu|Le résultat|Gracias|Conforme|Obrigad"
    r"|ありがとう|ご確認いただき|お約束)"
)
"""How an entry begins that answers what the customer has written."""


class Desk:
    """One generated desk with look-ups."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.now = now
        self.tables = build_desk(seed, now)
        self.by_id = {row["sys_id"]: row for rows in self.tables.values() for row in rows}
        self.journals: dict[str, list[Row]] = defaultdict(list)
        for entry in sorted(self.tables["sys_journal_field"], key=lambda row: row["sys_created_on"]):
            self.journals[entry["element_id"]].append(entry)
        self.users = {row["user_name"]: row for row in self["sys_user"]}
        self.contacts = {row["user_name"]: row for row in self["customer_contact"]}

    def __getitem__(self, table: str) -> list[Row]:
        return self.tables[table]

    @property
    def cases(self) -> list[Row]:
        return self["sn_customerservice_case"]

    @property
    def escalations(self) -> list[Row]:
        return self["sn_customerservice_escalation"]

    @property
    def pending(self) -> list[Row]:
        return [row for row in self.escalations if row["state"] == "100"]

    def scene(self, name: str) -> Row:
        (row,) = [row for row in self.escalations if row["correlation_id"] == f"demo:{name}"]
        return row

    def source(self, escalation: Row) -> Row:
        return self.by_id[escalation["source_record"]]

    def approvals(self, escalation: Row) -> list[Row]:
        return [row for row in self["sysapproval_approver"] if row["document_id"] == escalation["sys_id"]]

    def history(self, escalation: Row) -> list[Row]:
        """Earlier and later escalations of the same source, oldest first, without itself."""
        same = [row for row in self.escalations if row["source_record"] == escalation["source_record"]]
        return sorted((row for row in same if row is not escalation), key=lambda row: row["opened_at"])

    def entries(self, row: Row, element: str = "comments") -> list[Row]:
        return [entry for entry in self.journals[row["sys_id"]] if entry["element"] == element]

    def by_us(self, case: Row) -> list[Row]:
        """Customer-visible entries by our people: neither the customer nor the system."""
        return [entry for entry in self.entries(case) if entry["sys_created_by"] in self.users]

    def by_customer(self, case: Row) -> list[Row]:
        return [entry for entry in self.entries(case) if entry["sys_created_by"] in self.contacts]

    def hours_since(self, stored: str) -> float:
        instant = datetime.strptime(stored, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        return (self.now - instant).total_seconds() / 3600

    def silence(self, escalation: Row) -> float:
        """Hours since our last customer-visible words on the case."""
        return self.hours_since(self.by_us(self.source(escalation))[-1]["sys_created_on"])


@cache
def _desk(seed: int, now: datetime) -> Desk:
    return Desk(seed, now)


@pytest.fixture
def make_desk() -> Callable[[int, datetime], Desk]:
    """Desks by seed and instant, built once each."""
    return _desk


@pytest.fixture(
    params=[(0, WEDNESDAY), (0, SUNDAY_NIGHT), (7, NEW_YEAR), (2026, MONDAY_MORNING)],
    ids=["wednesday", "sunday-night", "new-year", "monday-morning"],
)
def desk(request: pytest.FixtureRequest) -> Desk:
    """A desk: each promise holds whatever the seed and the hour."""
    return _desk(*request.param)
