"""Callers, tokens, sessions and turnstiles."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.identity.directory import Directory
from snow_escalations.sandbox.identity.sessions import Sessions
from snow_escalations.sandbox.identity.turnstile import Turnstile
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from tests.sandbox.worlds import ABEL, small_world

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
RESTRICTION = "glide.authenticate.basic_auth.restriction."


def started(rows: dict) -> LocalInstance:
    return LocalInstance(SandboxOptions(rows=rows, now=NOW))


@pytest.fixture
def instance() -> Iterator[LocalInstance]:
    made = started(small_world())
    yield made
    made.store.close()


@pytest.fixture
def directory(instance: LocalInstance) -> Directory:
    return Directory(instance.store, instance.properties, instance.clock)


def test_built_in_accounts_log_in_without_a_row(directory: Directory) -> None:
    caller = directory.by_password("case.agent", "sandbox")
    assert caller is not None
    assert caller.name == "Case Agent"
    assert "sn_customerservice.escalation_requester" in caller.actor.roles  # contained in the agent's role
    assert directory.by_password("case.agent", "wrong") is None


def test_built_in_accounts_are_linked_to_their_row(directory: Directory) -> None:
    admin = directory.named("admin")
    assert admin is not None
    assert (admin.actor.sys_id, admin.actor.is_admin) == ("0" * 31 + "1", True)


def test_accounts_have_the_rights_that_are_documented(directory: Directory) -> None:
    roles = {name: directory.named(name).actor.roles for name in ("own.rows", "itil.user", "read.only", "no.role")}
    assert {"sn_customerservice_manager", "approver_user", "sn_customerservice_agent"} <= roles["own.rows"]
    assert roles["itil.user"] == {"itil"}
    assert roles["read.only"] == {"snc_read_only"}
    assert roles["no.role"] == frozenset()


def test_users_of_the_data_log_in_with_their_password_and_roles(directory: Directory) -> None:
    caller = directory.by_password("abel.tuter", "sesame")
    assert caller is not None
    assert (caller.actor, caller.zone.key, caller.date_format) == (
        Actor("abel.tuter", ABEL, frozenset({"itil"})),
        "America/Los_Angeles",
        "dd/MM/yyyy",
    )
    assert directory.by_password("geri", "") is None  # no password, no login


@pytest.mark.parametrize("change", [{"active": "false"}, {"locked_out": "true"}, {"user_password": "other"}])
def test_changes_of_a_user_count_at_once(instance: LocalInstance, directory: Directory, change: dict[str, str]) -> None:
    assert directory.by_password("abel.tuter", "sesame") is not None
    instance.store.update("sys_user", ABEL, change, Actor.system())
    assert directory.by_password("abel.tuter", "sesame") is None


def test_contained_roles_come_from_rows_too() -> None:
    rows = small_world()
    rows["sys_user_role"] += [{"sys_id": "f" * 32, "name": "outer"}, {"sys_id": "9" * 32, "name": "inner"}]
    rows["sys_user_role_contains"] = [
        {"role": "f" * 32, "contains": "9" * 32},
        {"role": "9" * 32, "contains": "f" * 32},
    ]
    rows["sys_user_has_role"] = [
        {"user": ABEL, "role": "f" * 32},
        {"user": ABEL, "role": "e" * 32, "state": "pending_approval"},
    ]
    instance = started(rows)
    caller = Directory(instance.store, instance.properties, instance.clock).named("abel.tuter")
    assert caller is not None
    assert caller.actor.roles == {"outer", "inner"}
    instance.store.close()


def test_names_and_zones_fall_back() -> None:
    user = {"user_name": "x", "first_name": "Ada", "last_name": "Lovelace", "time_zone": "Mars/Olympus"}
    instance = started({"sys_user": [user]})
    instance.properties.set("glide.sys.default.tz", "Europe/London")
    caller = Directory(instance.store, instance.properties, instance.clock).named("x")
    assert caller is not None
    assert (caller.name, caller.zone.key) == ("Ada Lovelace", "Europe/London")
    instance.store.close()


def test_the_restriction_of_basic_authentication(instance: LocalInstance, directory: Directory) -> None:
    header = "Basic YWRtaW46YWRtaW4="  # admin:admin
    for name in ("active", "enforce"):
        assert directory.basic(header) is not None
        instance.properties.set(RESTRICTION + name, "true")
    assert directory.basic(header) is None
    instance.properties.set(RESTRICTION + "enforcement_date", "2026-11-24 08:00:00")
    assert directory.basic(header) is not None
    instance.clock.advance(timedelta(days=1))
    assert directory.basic(header) is None
    instance.properties.set(RESTRICTION + "allowed_users", "someone, admin")
    assert directory.basic(header) is not None
    instance.properties.set(RESTRICTION + "allowed_users", "")
    instance.properties.set(RESTRICTION + "allowed_roles", "admin")
    assert directory.basic(header) is not None


def test_sessions_belong_to_one_user_and_end(instance: LocalInstance) -> None:
    sessions = Sessions(instance.properties, instance.clock, Identifiers(0))
    session, new = sessions.of("", "admin")
    assert new
    assert sessions.of(session.session_id, "admin") == (session, False)
    assert sessions.of(session.session_id, "case.agent")[1]
    instance.clock.advance(timedelta(seconds=1800))
    assert sessions.of(session.session_id, "admin")[1]


def test_forgotten_sessions_make_room(instance: LocalInstance) -> None:
    sessions = Sessions(instance.properties, instance.clock, Identifiers(0))
    opened = [sessions.of("", "admin")[0].session_id for _ in range(1001)]
    assert sessions.of(opened[0], "admin")[1]
    assert not sessions.of(opened[-1], "admin")[1]


def test_a_turnstile_lets_wait_and_turns_away() -> None:
    async def scene() -> list[str]:
        turnstile, events = Turnstile(), []

        async def visitor(name: str) -> None:
            if not await turnstile.enter(size=1, queue_limit=1):
                events.append(f"{name} away")
                return
            events.append(f"{name} in")
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            turnstile.leave()

        await asyncio.gather(*(visitor(name) for name in "abc"))
        await visitor("d")
        return events

    assert asyncio.run(scene()) == ["a in", "c away", "b in", "d in"]


def test_a_turnstile_without_a_size_is_open() -> None:
    async def scene() -> list[bool]:
        turnstile = Turnstile()
        return [await turnstile.enter(size=0, queue_limit=0) for _ in range(3)]

    assert asyncio.run(scene()) == [True, True, True]


def test_waiting_too_long_and_giving_up_leave_no_trace() -> None:
    async def scene() -> list[object]:
        turnstile = Turnstile()
        assert await turnstile.enter(size=1, queue_limit=5)
        too_long = await turnstile.enter(size=1, queue_limit=5, wait_s=0)
        waiting = asyncio.create_task(turnstile.enter(size=1, queue_limit=5))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        turnstile.leave()
        return [too_long, await turnstile.enter(size=1, queue_limit=0)]

    assert asyncio.run(scene()) == [False, True]


def test_giving_up_when_the_turn_has_come_passes_it_on() -> None:
    async def scene() -> bool:
        turnstile = Turnstile()
        assert await turnstile.enter(size=1, queue_limit=5)
        first = asyncio.create_task(turnstile.enter(size=1, queue_limit=5))
        second = asyncio.create_task(turnstile.enter(size=1, queue_limit=5))
        await asyncio.sleep(0)
        turnstile.leave()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert asyncio.run(scene())


def test_identifiers_repeat_with_the_seed() -> None:
    first, again, other = Identifiers(1), Identifiers(1), Identifiers(2)
    made = [first.row(), first.row(), first.token(), first.session(), first.transaction()]
    assert made == [again.row(), again.row(), again.token(), again.session(), again.transaction()]
    assert made[0] != other.row()
    assert [len(text) for text in made] == [32, 32, 86, 32, 12]
