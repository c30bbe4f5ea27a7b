"""User names and credentials to callers, from the rows of sys_user and its roles."""

import base64
import binascii
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock, parse_stored
from snow_escalations.sandbox.identity.accounts import ACCOUNTS, CONTAINS, Account
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.store import Store
from snow_escalations.sandbox.store.passwords import digest

_BUILT_IN = {account.user_name: account for account in ACCOUNTS}
_TABLES = ("sys_user", "sys_user_has_role", "sys_user_role", "sys_user_role_contains")
_RESTRICTION = "glide.authenticate.basic_auth.restriction."


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request.

    Attributes:
        actor: as whom it writes.
        name: the full name, as journal entries show it.
        zone: the user's time zone; `date_format` and `time_format` are in Java's pattern letters.
        passwords: digests of what the user may log in with.
    """

    actor: Actor
    name: str
    zone: ZoneInfo
    date_format: str
    time_format: str
    passwords: frozenset[str]


class Directory:
    """The users of the instance. Callers are kept until a row or property that they depend on changes."""

    def __init__(self, store: Store, properties: Properties, clock: SandboxClock) -> None:
        self._store = store
        self._properties = properties
        self._clock = clock
        self._callers: dict[str, Caller] = {}
        self._basic: dict[str, Caller] = {}
        self._version: tuple[int, ...] = ()

    def basic(self, header: str) -> Caller | None:
        """The caller behind a `Basic` Authorization header; None where it does not log in."""
        self._refresh()
        caller = self._basic.get(header) or self._by_password(header)
        if caller is None:
            return None
        self._basic[header] = caller
        return None if self._restricted(caller) else caller

    def named(self, user_name: str) -> Caller | None:
        """The caller of that user name, if it exists, is active and not locked out."""
        self._refresh()
        caller = self._callers.get(user_name) or self._look_up(user_name)
        if caller is not None:
            self._callers[user_name] = caller
        return caller

    def by_password(self, user_name: str, password: str) -> Caller | None:
        """The caller of that user name, if the password is one of its own."""
        caller = self.named(user_name)
        return caller if caller is not None and digest(password) in caller.passwords else None

    def _by_password(self, header: str) -> Caller | None:
        try:
            text = base64.b64decode(header.partition(" ")[2], validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
        user_name, _, password = text.partition(":")
        return self.by_password(user_name, password)

    def _refresh(self) -> None:
        version = (self._properties.version, *(self._store.versions[table] for table in _TABLES))
        if version != self._version:
            self._version = version
            self._callers.clear()
            self._basic.clear()

    def _look_up(self, user_name: str) -> Caller | None:
        built_in = _BUILT_IN.get(user_name)
        row = self._store.fetch("sys_user", "user_name", user_name)
        if row is None:
            return None if built_in is None else self._without_row(built_in)
        if row["active"] != "true" or row["locked_out"] == "true":
            return None
        passwords = {password for password in (row["user_password"],) if password}
        roles = self._granted(row["sys_id"])
        if built_in is not None:
            passwords.add(digest(built_in.password))
            roles |= set(built_in.roles)
        return Caller(
            actor=Actor(row["user_name"], row["sys_id"], self._contained(roles)),
            name=row["name"] or " ".join(part for part in (row["first_name"], row["last_name"]) if part),
            zone=self._zone(row["time_zone"]),
            date_format=row["date_format"] or self._properties.get("glide.sys.date_format"),
            time_format=row["time_format"] or self._properties.get("glide.sys.time_format"),
            passwords=frozenset(passwords),
        )

    def _without_row(self, account: Account) -> Caller:
        return Caller(
            actor=Actor(account.user_name, account.sys_id, self._contained(set(account.roles))),
            name=account.name,
            zone=self._zone(""),
            date_format=self._properties.get("glide.sys.date_format"),
            time_format=self._properties.get("glide.sys.time_format"),
            passwords=frozenset({digest(account.password)}),
        )

    def _granted(self, user_id: str) -> set[str]:
        rows = self._store.database.rows(
            "SELECT role.name FROM sys_user_has_role AS has JOIN sys_user_role AS role ON role.sys_id = has.role "
            "WHERE has.user = ? AND has.state <> 'pending_approval'",
            (user_id,),
        )
        return {name for (name,) in rows}

    def _contained(self, roles: set[str]) -> frozenset[str]:
        """The roles with all that they contain: by rows of sys_user_role_contains, and as the platform ships them."""
        rows = self._store.database.rows(
            "SELECT role.name, contained.name FROM sys_user_role_contains AS link "
            "JOIN sys_user_role AS role ON role.sys_id = link.role "
            "JOIN sys_user_role AS contained ON contained.sys_id = link.contains"
        )
        found: set[str] = set()
        open_roles = set(roles)
        while open_roles:
            role = open_roles.pop()
            found.add(role)
            inner = {contained for name, contained in rows if name == role} | set(CONTAINS.get(role, ()))
            open_roles |= inner - found
        return frozenset(found)

    def _zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name or self._properties.get("glide.sys.default.tz"))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(self._properties.get("glide.sys.default.tz"))

    def _restricted(self, caller: Caller) -> bool:
        """Whether the inbound basic authentication restriction of 2026 keeps the caller out."""
        get = self._properties
        if not (get.boolean(_RESTRICTION + "active") and get.boolean(_RESTRICTION + "enforce")):
            return False
        since = get.get(_RESTRICTION + "enforcement_date")
        if since and self._clock.now() < parse_stored(since):
            return False
        allowed = caller.actor.roles.intersection(get.items(_RESTRICTION + "allowed_roles"))
        return not allowed and caller.actor.user_name not in get.items(_RESTRICTION + "allowed_users")
