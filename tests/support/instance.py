"""A small instance with known rows: five pending escalations, each for a reason of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from snow_escalations.sandbox import Sandbox, SandboxOptions
from snow_escalations.servicenow.connection import Connection, Sources
from snow_escalations.servicenow.options import BasicLogin, ConnectionOptions, Login, Retries, Timeouts

NOW = datetime(2026, 11, 18, 10, tzinfo=UTC)
SERVICE = BasicLogin("snow.escalations", "sandbox")
ADMIN = BasicLogin("admin", "admin")
Rows = dict[str, list[dict[str, str]]]

CASE, ACCOUNT, ESCALATION = "sn_customerservice_case", "customer_account", "sn_customerservice_escalation"
APPROVAL, JOURNAL = "sysapproval_approver", "sys_journal_field"


def sid(kind: str, number: int) -> str:
    """A sys_id that tells its kind: `c` for a case, `e` for an escalation and so on."""
    digits = {
        "user": "1",
        "contact": "2",
        "account": "3",
        "case": "4",
        "escalation": "5",
        "approval": "6",
        "entry": "7",
        "level": "8",
        "delegation": "9",
        "role": "a",
        "grant": "b",
    }
    return f"{digits[kind]}{number:031x}"


def stamp(instant: datetime) -> str:
    """An instant as the instance stores it."""
    return instant.strftime("%Y-%m-%d %H:%M:%S")


def ago(**span: float) -> str:
    """A stored instant before NOW."""
    return stamp(NOW - timedelta(**span))


class World:
    """Rows that grow by calls, each giving the sys_id of what it added."""

    def __init__(self) -> None:
        self.rows: Rows = {}
        self._entries = 0

    def add(self, table: str, **values: str) -> str:
        """Any row."""
        self.rows.setdefault(table, []).append(values)
        return values["sys_id"]

    def user(self, number: int, name: str, **values: str) -> str:
        """An internal user."""
        user_name = name.lower().replace(" ", ".")
        return self.add("sys_user", sys_id=sid("user", number), name=name, user_name=user_name, active="true", **values)

    def contact(self, number: int, name: str, **values: str) -> str:
        """A customer's contact."""
        user_name = name.lower().replace(" ", ".")
        sys_id = sid("contact", number)
        return self.add("customer_contact", sys_id=sys_id, name=name, user_name=user_name, active="true", **values)

    def account(self, number: int, name: str, **values: str) -> str:
        """An account."""
        return self.add(ACCOUNT, sys_id=sid("account", number), name=name, number=f"ACCT{number:07d}", **values)

    def level(self, number: int, task: str, **values: str) -> str:
        """A service level of a case or escalation that runs, half used up, with a definition of its own."""
        definition = f"c{number:031x}"
        self.add("contract_sla", sys_id=definition, name=f"Level {number}")
        defaults = {"stage": "in_progress", "business_percentage": "50", "has_breached": "false"}
        return self.add(
            "task_sla", **{"sys_id": sid("level", number), "task": task, "sla": definition, **defaults, **values}
        )

    def delegation(self, number: int, user: str, **values: str) -> str:
        """A delegation of a user's approvals to user 99, from yesterday until tomorrow."""
        defaults = {
            "sys_id": sid("delegation", number),
            "user": user,
            "delegate": sid("user", 99),
            "approvals": "true",
            "starts": ago(days=1),
            "ends": ago(days=-1),
        }
        return self.add("sys_user_delegate", **{**defaults, **values})

    def role(self, number: int, user: str, name: str) -> str:
        """A role of its own that a user holds."""
        role = self.add("sys_user_role", sys_id=sid("role", number), name=name)
        return self.add("sys_user_has_role", sys_id=sid("grant", number), user=user, role=role)

    def case(self, number: int, **values: str) -> str:
        """An open case of account 1 and contact 1, ten days old."""
        defaults = {
            "sys_id": sid("case", number),
            "number": f"CS{number:07d}",
            "state": "10",
            "priority": "3",
            "short_description": f"Case {number}",
            "account": sid("account", 1),
            "contact": sid("contact", 1),
            "opened_at": ago(days=10),
            "sys_created_on": ago(days=10),
            "sys_updated_on": ago(days=1),
        }
        return self.add(CASE, **{**defaults, **values})

    def comment(self, case_number: int, author: str, when: str, text: str = "words", element: str = "comments") -> str:
        """A journal entry of a case."""
        self._entries += 1
        return self.add(
            JOURNAL,
            sys_id=sid("entry", self._entries),
            name=CASE,
            element=element,
            element_id=sid("case", case_number),
            value=text,
            sys_created_by=author,
            sys_created_on=when,
        )

    def escalation(self, number: int, source: str, **values: str) -> str:
        """A pending case escalation for Inactivity, opened as many hours ago as its number says."""
        defaults = {
            "sys_id": sid("escalation", number),
            "number": f"ESC{number:07d}",
            "state": "100",
            "source_table": CASE,
            "source_record": source,
            "reason": "0",
            "request_source": "0",
            "escalation_justification": f"Justification {number}",
            "requested_by": sid("contact", 1),
            "opened_at": ago(hours=number),
            "active": "true",
        }
        return self.add(ESCALATION, **{**defaults, **values})

    def approval(self, number: int, escalation: str, **values: str) -> str:
        """A requested approval of user 1, linked both ways."""
        defaults = {
            "sys_id": sid("approval", number),
            "state": "requested",
            "approver": sid("user", 1),
            "sysapproval": escalation,
            "document_id": escalation,
            "source_table": ESCALATION,
            "sys_created_on": ago(hours=1),
        }
        return self.add(APPROVAL, **{**defaults, **values})


def small_world() -> World:
    """Five pending escalations.

    1: answered by us two hours ago, which the shipped policy rejects; 2: silence for three days, which it approves;
    3: linked by document_id only; 4: of an account with two linked cases; 5: on case 1 again, after 1.
    Besides them 9, which was declined a month ago on case 2.
    """
    world = World()
    world.user(1, "Mia Manager")
    world.user(2, "Sam Support")
    world.contact(1, "Ana Sousa")
    world.account(1, "Boxeo")
    for number in range(1, 6):
        world.case(number)
    world.comment(1, "ana.sousa", ago(hours=9), "Any news?")
    world.comment(1, "sam.support", ago(hours=2), "Please send the log.")
    world.comment(1, "sam.support", ago(hours=2), "internal words", element="work_notes")
    world.comment(2, "sam.support", ago(days=4), "We look into it.")
    world.comment(2, "ana.sousa", ago(days=3), "Hello?")
    world.comment(3, "sam.support", ago(hours=30), "Try this.")
    for number in (1, 2, 3):
        world.escalation(number, sid("case", number))
        world.approval(number, sid("escalation", number))
    world.rows[APPROVAL][2] |= {"sysapproval": ""}
    world.escalation(4, sid("account", 1), source_table=ACCOUNT, reason="1")
    world.approval(4, sid("escalation", 4))
    for number in (4, 5):
        world.rows[CASE][number - 1] |= {"active_account_escalation": sid("escalation", 4)}
    world.escalation(5, sid("case", 1), opened_at=ago(minutes=30))
    world.approval(5, sid("escalation", 5))
    world.escalation(9, sid("case", 2), state="102", active="false", opened_at=ago(days=30), closed_at=ago(days=29))
    world.approval(9, sid("escalation", 9), state="rejected")
    return world


class FakeTime:
    """A clock that only sleeping moves, with what was slept."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        """Seconds."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Remember, and move on."""
        self.slept.append(seconds)
        self.seconds += seconds

    def sources(self) -> Sources:
        """For a connection."""
        return Sources(clock=self.now, wall_clock=self.now, sleep=self.sleep, chance=Random(1))


def options(url: str, login: Login = SERVICE, **changes: Any) -> ConnectionOptions:
    """Options with short real timeouts, so that a test that hangs fails."""
    values: dict[str, Any] = {
        "url": url,
        "login": login,
        "timeouts": Timeouts(connect=5, read=5, deadline=60),
        "retries": Retries(attempts=3, first_wait=1, longest_wait=8),
        **changes,
    }
    return ConnectionOptions(**values)


@contextmanager
def connected(url: str, login: Login = SERVICE, time: FakeTime | None = None, **changes: Any) -> Iterator[Connection]:
    """A connection whose waits cost no real time."""
    with Connection(options(url, login, **changes), (time or FakeTime()).sources()) as connection:
        yield connection


@contextmanager
def running(rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None, **changes: Any) -> Iterator[Sandbox]:
    """A sandbox at NOW with the small world, or other rows."""
    with _started({"rows": small_world().rows if rows is None else rows, **changes}) as sandbox:
        yield sandbox


@contextmanager
def running_desk(**changes: Any) -> Iterator[Sandbox]:
    """A sandbox at NOW with the demo desk."""
    with _started(changes) as sandbox:
        yield sandbox


@contextmanager
def _started(changes: Mapping[str, Any]) -> Iterator[Sandbox]:
    values: dict[str, Any] = {"now": NOW, **changes}
    with Sandbox.start(SandboxOptions(**values)) as sandbox:
        yield sandbox
