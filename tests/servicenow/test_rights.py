"""Whose approvals an account may decide is told by its roles, those that they contain, and its delegations."""

from datetime import timedelta

import pytest

from snow_escalations.model import Person
from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.account import own_user
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.options import BasicLogin
from snow_escalations.servicenow.rights import NOTHING_KNOWN, DecidingRights, read_rights
from snow_escalations.servicenow.tables import Tables
from tests.support.instance import NOW, Rows, connected, running, running_desk, sid, stamp

ME, PRINCIPAL, STRANGER = "9" * 32, "8" * 32, "7" * 32
AGENT, APPROVER, ADMIN = frozenset({"agent"}), frozenset({"approver_user"}), frozenset({"approval_admin"})


@pytest.mark.parametrize(
    ("rights", "own", "principal", "stranger"),
    [
        (NOTHING_KNOWN, None, None, None),
        (DecidingRights(ME, ADMIN), True, True, True),
        (DecidingRights(ME, APPROVER, frozenset({PRINCIPAL})), True, True, False),
        (DecidingRights(ME, APPROVER, None), True, None, None),
        (DecidingRights(ME, AGENT, frozenset({PRINCIPAL})), False, False, False),
        (DecidingRights("", AGENT, frozenset()), False, False, False),
    ],
)
def test_rights_by_row(rights: DecidingRights, own: bool | None, principal: bool | None, stranger: bool | None) -> None:
    assert [rights.may_decide(approver) for approver in (ME, PRINCIPAL, STRANGER)] == [own, principal, stranger]


def read(sandbox: Sandbox, user: str) -> DecidingRights:
    with connected(sandbox.url, BasicLogin(user, "sandbox")) as connection:
        tables = Tables(connection)
        return read_rights(tables, Dialect(), own_user(tables, Dialect(), user), NOW)


def test_an_account_that_decides_everything_costs_two_requests(company: Sandbox) -> None:
    company.requests.clear()
    rights = read(company, "snow.escalations")
    assert rights.may_decide(sid("user", 1)) is True
    assert len(company.requests) == 2


def test_a_role_inside_a_role_counts(company: Sandbox) -> None:
    """sn_customerservice_manager contains approver_user."""
    rights = read(company, "own.rows")
    assert rights.roles is not None
    assert {"sn_customerservice_manager", "approver_user"} <= rights.roles
    assert (rights.may_decide(rights.own), rights.may_decide(sid("user", 1))) == (True, False)


def test_a_delegation_counts_within_its_dates() -> None:
    def delegation(user: int, start: int, end: int | None, **more: str) -> dict[str, str]:
        ends = "" if end is None else stamp(NOW + timedelta(days=end))
        dates = {"starts": stamp(NOW + timedelta(days=start)), "ends": ends}
        return {"user": sid("user", user), "delegate": sid("user", 9), "approvals": "true", **dates, **more}

    rows: Rows = {
        "sys_user": [{"sys_id": sid("user", 9), "user_name": "own.rows", "name": "Own", "active": "true"}],
        "sys_user_role": [{"sys_id": "a" * 32, "name": "approver_user"}],
        "sys_user_has_role": [{"sys_id": "b" * 32, "user": sid("user", 9), "role": "a" * 32}],
        "sys_user_delegate": [
            delegation(1, -1, 1),
            delegation(2, -1, None),
            delegation(3, -9, -1),
            delegation(4, 1, 2),
            delegation(5, -1, 1, approvals="false"),
            delegation(6, -1, 1, starts=""),
        ],
    }
    with running(rows) as sandbox:
        rights = read(sandbox, "own.rows")
    assert rights.principals == {sid("user", 1)}


def test_a_role_that_waits_for_its_approval_counts_for_nothing() -> None:
    rows: Rows = {
        "sys_user": [{"sys_id": sid("user", 9), "user_name": "own.rows", "name": "Own", "active": "true"}],
        "sys_user_role": [{"sys_id": "a" * 32, "name": "approval_admin"}, {"sys_id": "c" * 32, "name": "itil"}],
        "sys_user_has_role": [
            {"sys_id": "b" * 32, "user": sid("user", 9), "role": "a" * 32, "state": "pending_approval"},
            {"sys_id": "d" * 32, "user": sid("user", 9), "role": "c" * 32, "state": "active"},
        ],
    }
    with running(rows) as sandbox:
        assert read(sandbox, "own.rows").may_decide(sid("user", 1)) is False


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("sys_user_has_role", NOTHING_KNOWN),
        ("sys_user_role_contains", DecidingRights("", frozenset({"sn_customerservice_manager"}), frozenset())),
        ("sys_user_delegate", None),
    ],
)
def test_what_is_closed_stays_unknown(table: str, expected: DecidingRights | None) -> None:
    with running_desk() as sandbox:
        sandbox.faults.add(Fault(Kind.FORBIDDEN, table=table))
        rights = read(sandbox, "own.rows")
    if expected is None:
        assert rights.principals is None
        assert rights.may_decide(sid("user", 1)) is None
    else:
        assert rights.roles == expected.roles


def test_without_a_user_record_nothing_is_known(sandbox: Sandbox) -> None:
    with connected(sandbox.url) as connection:
        assert read_rights(Tables(connection), Dialect(), None, NOW) is NOTHING_KNOWN
        nobody = Person(sys_id="6" * 32, name="x")
        assert read_rights(Tables(connection), Dialect(), nobody, NOW).roles is None
