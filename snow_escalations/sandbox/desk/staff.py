"""The vendor's side of the demo desk: departments, groups, employees, service accounts, roles, delegations."""

from dataclasses import dataclass

from snow_escalations.sandbox.desk.moments import DAY, Moment, stored
from snow_escalations.sandbox.desk.rows import Row, Rows
from snow_escalations.sandbox.desk.texts.staff import (
    ACCOUNTS,
    COLUMNS,
    DELEGATIONS,
    DEPARTMENTS,
    FORMATS,
    GROUPS,
    RIGHTS,
    STAFF,
)
from snow_escalations.sandbox.identifiers import named

_FOUNDED = 900 * DAY
PASSWORD = "sandbox"  # noqa: S105 - the documented password of everyone who may log in to the sandbox


@dataclass(frozen=True, slots=True)
class Employee:
    """One of the vendor's people, as the stories need them."""

    row: Row
    zone: str
    language: str
    is_agent: bool
    groups: tuple[str, ...]

    @property
    def user_name(self) -> str:
        """`sys_user.user_name`."""
        return self.row["user_name"]

    @property
    def sys_id(self) -> str:
        """`sys_user.sys_id`."""
        return self.row["sys_id"]

    @property
    def first(self) -> str:
        """First name."""
        return self.row["first_name"]


class Staff:
    """Everyone who works for the vendor.

    Attributes:
        people: employees by user name.
        groups: `sys_user_group` rows by name.
    """

    def __init__(self, rows: Rows, now: Moment) -> None:
        self._rows = rows
        self._since = now - _FOUNDED
        self.people: dict[str, Employee] = {}
        self.groups: dict[str, Row] = {}
        self._roles: dict[str, Row] = {}
        self._hire()
        self._organise()
        self._delegate(now)

    def members(self, group: str) -> list[Employee]:
        """The active members of a group, managers included."""
        return [person for person in self.people.values() if group in person.groups and person.row["active"] == "true"]

    def agents_for(self, product: str, language: str) -> list[Employee]:
        """The agents who answer questions about `product` in `language`; every agent answers in English."""
        agents = [person for person in self.members(f"{product} Support") if person.is_agent]
        return [agent for agent in agents if language in ("en", agent.language)]

    def _hire(self) -> None:
        people = [dict(zip(COLUMNS, line.split("|"), strict=True)) for line in STAFF.strip().splitlines()]
        managers = {person["user_name"]: person.pop("manager") for person in people}
        for person in people:
            self._employ(person)
        for user_name, manager in managers.items():
            if manager:
                self.people[user_name].row["manager"] = self.people[manager].sys_id
        for user_name, name, password, roles in ACCOUNTS:
            row = self._user(user_name, "", name, password)
            self._grant(row, roles)

    def _employ(self, person: dict[str, str]) -> None:
        row = self._user(person["user_name"], person["first_name"], person["last_name"], PASSWORD)
        date_format, time_format = FORMATS.get(person["zone"], ("", ""))
        row.update(
            title=person["title"],
            time_zone=person["zone"],
            date_format=date_format,
            time_format=time_format,
            preferred_language=person["language"],
            email=f"{person['user_name']}@corvane.example",
            active="false" if person["kind"] == "left" else "true",
            department=person["department"],
        )
        self._grant(row, RIGHTS[person["kind"]])
        groups = tuple(name for name in person["groups"].split(", ") if name)
        self.people[person["user_name"]] = Employee(
            row, person["zone"], person["language"], person["title"].endswith("Engineer"), groups
        )

    def _user(self, user_name: str, first: str, last: str, password: str) -> Row:
        return self._rows.add(
            "sys_user",
            self._since,
            "admin",
            user_name=user_name,
            first_name=first,
            last_name=last,
            name=f"{first} {last}".strip(),
            user_password=password,
            active="true",
        )

    # Roles, and who has them, keep the sys_ids that the platform gives its own, so that both are the same rows.
    def _grant(self, user: Row, roles: tuple[str, ...]) -> None:
        for name in roles:
            role = self._roles.get(name)
            if role is None:
                role = self._roles[name] = self._rows.add("sys_user_role", self._since, "admin", name=name)
                role["sys_id"] = named(f"sys_user_role/{name}")
            granted = self._rows.add(
                "sys_user_has_role", self._since, "admin", user=user["sys_id"], role=role["sys_id"]
            )
            granted["sys_id"] = named(f"sys_user_has_role/{user['user_name']}/{name}")

    def _organise(self) -> None:
        departments = {
            name: self._rows.add("cmn_department", self._since, "admin", name=name, dept_head=self.people[head].sys_id)
            for name, head in DEPARTMENTS.items()
        }
        for person in self.people.values():
            person.row["department"] = departments[person.row["department"]]["sys_id"]
        for name, manager in GROUPS.items():
            self.groups[name] = self._rows.add(
                "sys_user_group", self._since, "admin", name=name, manager=self.people[manager].sys_id, active="true"
            )
        for person in self.people.values():
            for name in person.groups:
                self._rows.add(
                    "sys_user_grmember",
                    self._since,
                    "admin",
                    user=person.sys_id,
                    group=self.groups[name]["sys_id"],
                )

    def _delegate(self, now: Moment) -> None:
        for user, delegate, starts, ends in DELEGATIONS:
            begin = now + starts * DAY
            self._rows.add(
                "sys_user_delegate",
                min(begin, now) - DAY,
                user,
                user=self.people[user].sys_id,
                delegate=self.people[delegate].sys_id,
                starts=stored(begin),
                ends=stored(now + ends * DAY),
                approvals="true",
                assignments="false",
                notifications="true",
            )
