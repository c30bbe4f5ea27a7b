"""A small world for the approval engine: three approvers, a delegate, an administrator, and what they decide about."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
LAG = timedelta(milliseconds=300)
CASE, ACCOUNT, ESCALATION = "sn_customerservice_case", "customer_account", "sn_customerservice_escalation"
APPROVAL, GROUP_APPROVAL = "sysapproval_approver", "sysapproval_group"

Row = dict[str, str]


def sys_id(name: str) -> str:
    """The sys_id of whatever has this name."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def user(name: str, **values: str) -> Row:
    return {
        "sys_id": sys_id(name),
        "user_name": name,
        "name": f"{name.capitalize()} Example",
        "user_password": "sandbox",
        "active": "true",
        **values,
    }


def template(name: str, **values: str) -> Row:
    return {"sys_id": sys_id(name), "name": name, "type": "case", "use_default_approval": "true", **values}


USERS = ("ann", "bob", "carl", "dora", "mia", "root", "agent", "stranger")
ROLES = {
    "ann": ("sn_customerservice_agent", "approver_user"),
    "bob": ("sn_customerservice_manager",),
    "carl": ("approver_user",),
    "dora": ("sn_customerservice_agent", "approver_user"),
    "mia": ("sn_customerservice_manager",),
    "root": ("approval_admin",),
    "agent": ("sn_customerservice_agent",),
    "stranger": ("sn_customerservice_agent", "approver_user"),
}


def world() -> dict[str, list[Row]]:
    """The rows that every test of the engine starts with."""
    members = [("approvers", "ann"), ("approvers", "bob"), ("approvers", "carl")]
    return {
        "sys_user": [user(name, active="false" if name == "carl" else "true") for name in USERS],
        "sys_user_role": [
            {"sys_id": sys_id(f"role {role}"), "name": role} for role in sorted(set(sum(ROLES.values(), ())))
        ],
        "sys_user_has_role": [
            {"user": sys_id(name), "role": sys_id(f"role {role}")} for name, roles in ROLES.items() for role in roles
        ],
        "sys_user_group": [
            {"sys_id": sys_id("approvers"), "name": "Approvers", "active": "true"},
            {"sys_id": sys_id("nobody"), "name": "Nobody", "active": "true"},
            {"sys_id": sys_id("support"), "name": "Support", "manager": sys_id("mia"), "active": "true"},
        ],
        "sys_user_grmember": [{"group": sys_id(group), "user": sys_id(name)} for group, name in members],
        "sys_user_delegate": [
            {
                "user": sys_id("ann"),
                "delegate": sys_id("dora"),
                "starts": "2026-11-17 00:00:00",
                "ends": "2026-11-19 00:00:00",
                "approvals": "true",
            }
        ],
        "customer_account": [{"sys_id": sys_id("acme"), "number": "ACCT0010001", "name": "Acme"}],
        "customer_contact": [
            user("carol", account=sys_id("acme"), user_password="")  # the customer does not log in here
        ],
        CASE: [
            case("case1", "CS0010001"),
            case("case2", "CS0010002"),
            case("related", "CS0010003", active_account_escalation=""),
            case("shut", "CS0010004", state="3", active="false"),
        ],
        "sn_customerservice_escalation_template": [
            template("plain", approval_group=sys_id("approvers"), add_group_manager="true"),
            template("group", approval_group=sys_id("approvers")),
            template("skip", approval_group=sys_id("approvers"), skip_approval="true"),
            template("empty", approval_group=sys_id("nobody")),
            template("foreign", approval_group=sys_id("approvers"), use_default_approval="false"),
            template("manager", add_group_manager="true"),
            template("account", type="account", approval_group=sys_id("approvers"), add_group_manager="true"),
        ],
        "sys_journal_field": [],
        ESCALATION: [],
        APPROVAL: [],
    }


def case(name: str, number: str, **values: str) -> Row:
    return {
        "sys_id": sys_id(name),
        "number": number,
        "short_description": f"About {name}",
        "state": "10",
        "active": "true",
        "account": sys_id("acme"),
        "contact": sys_id("carol"),
        "assignment_group": sys_id("support"),
        **values,
    }


def actor(name: str, *roles: str) -> Actor:
    """A user of the world with the roles that it has there, containment resolved by hand."""
    own = set(roles or ROLES.get(name, ()))
    if "sn_customerservice_manager" in own:
        own |= {"sn_customerservice_agent", "approver_user"}
    return Actor(name, sys_id(name), frozenset(own))


@dataclass
class World:
    """The running instance and short ways to do and see things in it."""

    instance: LocalInstance
    lag: timedelta = LAG
    made: list[str] = field(default_factory=list)

    def __getattr__(self, name: str):
        return getattr(self.instance, name)

    def escalate(self, source: str = "case1", *, template: str = "group", by: str = "agent", **values: str) -> Row:
        """Request an escalation as a person does and let its approvals be made."""
        table = ACCOUNT if source == "acme" else CASE
        row = self.store.insert(
            ESCALATION,
            {
                "source_table": table,
                "source_record": sys_id(source),
                "type": sys_id(template) if template else "",
                "reason": "1",
                "escalation_justification": "It takes too long.",
                "requested_by": sys_id(by),
                **values,
            },
            actor(by),
        )
        self.instance.run_due_jobs()
        return self.get(row)

    def approval(self, escalation: Row, approver: str) -> Row:
        (row,) = self.store.find(APPROVAL, document_id=escalation["sys_id"], approver=sys_id(approver))
        return row

    def states(self, escalation: Row) -> dict[str, str]:
        """State of each approval by the first name of its approver."""
        names = {sys_id(name): name for name in USERS}
        return {
            names[row["approver"]]: row["state"] for row in self.store.find(APPROVAL, document_id=escalation["sys_id"])
        }

    def vote(self, escalation: Row, approver: str, state: str, comment: str = "", by: Actor | None = None) -> None:
        values = {"state": state, "comments": comment} if comment else {"state": state}
        self.store.update(APPROVAL, self.approval(escalation, approver)["sys_id"], values, by or actor(approver))

    def settle(self) -> None:
        """Let the lag pass and the due work run."""
        self.clock.advance(self.lag)
        self.instance.run_due_jobs()

    def get(self, row: Row, table: str = ESCALATION) -> Row:
        found = self.store.get(table, row["sys_id"])
        assert found is not None
        return found

    def source(self, name: str) -> Row:
        found = self.store.get(ACCOUNT if name == "acme" else CASE, sys_id(name))
        assert found is not None
        return found

    def journal(self, record: str, element: str) -> list[tuple[str, str]]:
        """`(author, text)` of the entries of a record, oldest first."""
        rows = self.store.find("sys_journal_field", element_id=record, element=element)
        order = {row: place for place, (row,) in enumerate(self._written())}
        ordered = sorted(rows, key=lambda row: order[row["sys_id"]])
        return [(row["sys_created_by"], row["value"]) for row in ordered]

    def _written(self) -> list[tuple[str, ...]]:
        return self.store.database.rows("SELECT sys_id FROM sys_journal_field ORDER BY rowid")

    def case_notes(self, name: str = "case1") -> list[str]:
        return [text for _, text in self.journal(sys_id(name), "work_notes")]


@pytest.fixture
def make_world() -> Iterator[Callable[..., World]]:
    """Worlds with properties set and rows added: `make_world({"sandbox.approval.lag_ms": "0"}, sys_user=[...])`."""
    instances: list[LocalInstance] = []

    def make(properties: Mapping[str, str] | None = None, **more: list[Row]) -> World:
        rows = world()
        for table, added in more.items():
            rows.setdefault(table, []).extend(added)
        instance = LocalInstance(SandboxOptions(now=NOW, rows=rows, properties=properties or {}))
        instances.append(instance)
        return World(instance)

    yield make
    for instance in instances:
        instance.store.close()


@pytest.fixture
def engine(make_world: Callable[..., World]) -> World:
    """A world with every property at its default."""
    return make_world()
