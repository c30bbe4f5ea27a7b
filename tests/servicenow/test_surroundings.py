"""What is read beside the records is known where all of it came, and is open where the instance hid some of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from snow_escalations.model import AuthorKind, Dossier, Part, ReadTables
from snow_escalations.sandbox import Fault, Kind, Sandbox
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.dialect import Tables as TableNames
from snow_escalations.servicenow.dossiers import Link, OpenCase, account_loads
from snow_escalations.servicenow.errors import Forbidden
from snow_escalations.servicenow.records import account
from snow_escalations.servicenow.surroundings import Surroundings
from snow_escalations.servicenow.tables import Tables
from snow_escalations.triage.evidence import EvidenceReader
from tests.support.instance import NOW, World, ago, connected, running, sid, small_world


@contextmanager
def around(world: World, **changes: object) -> Iterator[tuple[Surroundings, Sandbox]]:
    with running(world.rows, **changes) as sandbox, connected(sandbox.url) as connection:
        yield Surroundings(Tables(connection), Dialect(), NOW), sandbox


def gathered(world: World, number: int = 1, schema: tuple[Path, ...] = (), dialect: Dialect | None = None) -> Dossier:
    with running(world.rows, schema=schema) as sandbox, connected(sandbox.url) as connection:
        (dossier,) = Desk(connection, dialect or Dialect()).gather([sid("escalation", number)], NOW)
    return dossier


@pytest.fixture
def schema(tmp_path: Path) -> Callable[[str], tuple[Path, ...]]:
    """A schema file to merge over the shipped tables."""

    def write(text: str) -> tuple[Path, ...]:
        path = tmp_path / "schema.yaml"
        path.write_text(f"tables: {text}", encoding="utf-8")
        return (path,)

    return write


def test_service_levels_come_with_stage_percentage_and_name() -> None:
    world = small_world()
    world.level(1, sid("case", 1), business_percentage="1234.5", stage="paused", has_breached="true")
    world.level(2, sid("case", 1), stage="u_odd", business_percentage="")
    world.level(3, sid("case", 2))
    levels = gathered(world).service_levels
    assert [(level.name, level.stage.key, level.percentage, level.has_breached) for level in levels] == [
        ("Level 1", "paused", 1234.5, True),
        ("Level 2", "other", None, False),
    ]


def test_the_service_levels_of_an_account_escalation_are_its_own() -> None:
    world = small_world()
    world.level(1, sid("escalation", 4))
    world.level(2, sid("case", 4))
    assert [level.name for level in gathered(world, 4).service_levels] == ["Level 1"]


def test_the_load_of_an_account_counts_open_cases_and_open_escalations() -> None:
    world = small_world()
    world.account(2, "Other")
    world.rows["customer_account"][0]["active_escalation"] = sid("escalation", 4)
    states = {1: "10", 2: "18", 3: "6", 4: "3", 5: "7"}
    for number, state in states.items():
        world.rows["sn_customerservice_case"][number - 1] |= {"state": state}
    world.rows["sn_customerservice_case"][0] |= {"active_escalation": sid("escalation", 1)}
    world.rows["sn_customerservice_case"][1] |= {"active_escalation": sid("escalation", 9)}
    world.case(6, account=sid("account", 2), active_escalation=sid("escalation", 2))
    load = gathered(world).account_load
    assert load is not None
    assert load.open_cases == 2
    assert load.escalations == {sid("escalation", 1), sid("escalation", 4)}, "escalation 9 was declined"


def test_the_escalation_of_an_account_counts_for_its_cases_without_any_open_one() -> None:
    world = small_world()
    for row in world.rows["sn_customerservice_case"]:
        row["state"] = "6"
    world.rows["customer_account"][0]["active_escalation"] = sid("escalation", 4)
    load = gathered(world).account_load
    assert load is not None
    assert (load.open_cases, load.escalations) == (0, {sid("escalation", 4)})


def test_a_case_without_an_account_has_no_load() -> None:
    world = small_world()
    world.rows["sn_customerservice_case"][0]["account"] = ""
    dossier = gathered(world)
    assert (dossier.account_load, dossier.unread) == (None, {})


def test_who_has_delegated_their_approvals_now() -> None:
    world = small_world()
    world.user(3, "Max Manager")
    world.approval(31, sid("escalation", 1), approver=sid("user", 3))
    world.approval(32, sid("escalation", 1), approver=sid("user", 2), state="approved")
    world.delegation(1, sid("user", 1))
    world.delegation(2, sid("user", 3), ends=ago(hours=1))
    world.delegation(3, sid("user", 2))
    assert gathered(world).delegated == {sid("user", 1)}


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({"starts": ago(), "ends": ago()}, True),
        ({"starts": ago(seconds=-1)}, False),
        ({"ends": ago(seconds=1)}, False),
        ({"approvals": "false"}, False),
        ({"ends": ""}, False),
    ],
)
def test_a_delegation_holds_from_its_first_to_its_last_second(values: dict[str, str], holds: bool) -> None:
    world = small_world()
    world.delegation(1, sid("user", 1), **values)
    assert bool(gathered(world).delegated) is holds


HIDDEN = {
    Part.SERVICE_LEVELS: ("task_sla", "{role: any_role, rows: 'stage=paused'}", "1 rows of task_sla are hidden"),
    Part.ACCOUNT_LOAD: (
        "sn_customerservice_case",
        "{role: any_role, rows: 'number!=CS0000002'}",
        "1 rows of sn_customerservice_case are hidden",
    ),
    Part.DELEGATIONS: (
        "sys_user_delegate",
        "{role: any_role, rows: 'approvals=false'}",
        "1 rows of sys_user_delegate are hidden",
    ),
    Part.EARLIER: (
        "sn_customerservice_escalation",
        "{role: any_role, rows: 'state=100'}",
        "1 rows of sn_customerservice_escalation are hidden",
    ),
    Part.APPROVALS: (
        "sysapproval_approver",
        "{role: any_role, rows: 'state=requested'}",
        "1 rows of sysapproval_approver are hidden",
    ),
    Part.LINKED_CASES: (
        "sn_customerservice_case",
        "{role: any_role, rows: 'number!=CS0000005'}",
        "1 rows of sn_customerservice_case are hidden",
    ),
}


def full_world() -> World:
    world = small_world()
    world.level(1, sid("case", 2))
    world.delegation(1, sid("user", 1))
    world.approval(21, sid("escalation", 2), approver=sid("user", 2), state="approved")
    return world


@pytest.mark.parametrize("part", HIDDEN)
def test_hidden_rows_of_a_part_are_told_and_read_as_nothing(part: Part, schema: Callable) -> None:
    table, grant, why = HIDDEN[part]
    number = 4 if part is Part.LINKED_CASES else 2 if part is not Part.ACCOUNT_LOAD else 1
    closed = schema(f"{{{table}: {{access: {{read: [{grant}]}}}}}}")
    assert part not in gathered(full_world(), number).unread
    assert gathered(full_world(), number, closed).unread[part] == f"{why} from the account"


CLOSED = {
    "task_sla": Part.SERVICE_LEVELS,
    "sys_user_delegate": Part.DELEGATIONS,
}


@pytest.mark.parametrize("table", CLOSED)
def test_a_closed_table_is_told_and_breaks_nothing(table: str) -> None:
    with running(full_world().rows) as sandbox, connected(sandbox.url) as connection:
        sandbox.faults.add(Fault(Kind.FORBIDDEN, table=table))
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 2)], NOW)
    assert dossier.unread[CLOSED[table]].startswith(f"{table} is closed to the account (")


def test_an_account_that_is_closed_is_missing_from_its_escalation() -> None:
    world = full_world()
    for row in world.rows["sn_customerservice_case"]:
        row["active_account_escalation"] = ""
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        (known,) = Desk(connection, Dialect()).gather([sid("escalation", 4)], NOW)
        sandbox.faults.add(Fault(Kind.FORBIDDEN, table="customer_account"))
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 4)], NOW)
    assert known.account is not None
    assert (known.account.name, known.missing) == ("Boxeo", ())
    assert dossier.account is None
    assert dossier.missing
    assert dossier.unread[Part.ACCOUNT_LOAD].startswith("customer_account is closed to the account (")


@pytest.mark.parametrize("access", ["read: []", "fields: {active_escalation: {read: [admin]}}"])
def test_an_account_that_is_hidden_behind_its_case_leaves_its_load_open(access: str, schema: Callable) -> None:
    dossier = gathered(full_world(), 2, schema(f"{{customer_account: {{access: {{{access}}}}}}}"))
    assert dossier.account_load is None
    assert dossier.case is not None
    assert dossier.case.account is not None


@pytest.mark.parametrize("table", ["sn_customerservice_case", "sysapproval_approver"])
def test_what_nothing_can_be_decided_without_stops_the_gathering(table: str) -> None:
    with running(full_world().rows) as sandbox, connected(sandbox.url) as connection:
        sandbox.faults.add(Fault(Kind.FORBIDDEN, table=table))
        with pytest.raises(Forbidden):
            Desk(connection, Dialect()).gather([sid("escalation", 2)], NOW)


def test_an_instance_that_does_not_count_rows_may_hide_some(monkeypatch: pytest.MonkeyPatch) -> None:
    from snow_escalations.servicenow import tables

    monkeypatch.setattr(tables, "_count", lambda text: None)
    with around(full_world()) as (surroundings, _):
        assert len(surroundings.service_levels([sid("case", 2)])) == 1
        assert surroundings.unread == {
            Part.SERVICE_LEVELS: "the instance does not count the rows of task_sla, so that some may be hidden"
        }


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ("stage: {read: [admin]}", ("", 50.0, False)),
        ("business_percentage: {read: [admin]}", ("in_progress", None, False)),
        ("has_breached: {read: [admin]}", ("in_progress", 50.0, None)),
    ],
)
def test_closed_fields_of_service_levels_did_not_come(fields: str, count: tuple, schema: Callable) -> None:
    closed = schema(f"{{task_sla: {{access: {{fields: {{{fields}}}}}}}}}")
    (level,) = gathered(full_world(), 2, closed).service_levels
    assert (level.stage.value, level.percentage, level.has_breached) == count


@pytest.mark.parametrize("field", ["starts", "ends"])
def test_closed_dates_of_delegations_leave_open_whether_they_hold(field: str, schema: Callable) -> None:
    closed = schema(f"{{sys_user_delegate: {{access: {{fields: {{{field}: {{read: [admin]}}}}}}}}}}")
    assert gathered(full_world(), 2, closed).unread[Part.DELEGATIONS] == (
        "the dates of sys_user_delegate are closed to the account"
    )


def test_an_escalation_whose_state_is_hidden_leaves_the_load_open(schema: Callable) -> None:
    world = small_world()
    world.rows["sn_customerservice_case"][0] |= {"active_escalation": sid("escalation", 1)}
    links = "active_escalation: {read: [admin]}"
    closed = schema(f"{{sn_customerservice_case: {{access: {{fields: {{{links}}}}}}}}}")
    assert gathered(world).account_load is not None
    assert gathered(world, 1, closed).account_load is None


def test_several_hidden_chunks_are_summed() -> None:
    with around(World()) as (surroundings, _):
        surroundings._hidden[Part.EARLIER, "b"] += 2
        surroundings._hidden[Part.EARLIER, "b"] += 3
        surroundings._hidden[Part.DELEGATIONS, "a"] += 1
        surroundings._close(Part.DELEGATIONS, "y")
        surroundings._close(Part.DELEGATIONS, "x")
        assert surroundings.unread == {
            Part.DELEGATIONS: "x",
            Part.EARLIER: "5 rows of b are hidden from the account",
        }


def test_loads_of_accounts_that_are_known_whole() -> None:
    rows = [account({"sys_id": key}, Dialect()) for key in ("a", "b", "c")]
    loads = account_loads(
        [
            OpenCase("a", (Link("1", is_open=True), Link("", is_open=False))),
            OpenCase("a", (Link("1", is_open=True), Link("2", is_open=False))),
            OpenCase("b", (Link("3", is_open=None),)),
        ],
        [(rows[0], Link("4", is_open=True)), (rows[1], Link("", is_open=False)), (rows[2], Link("", is_open=False))],
        ["a", "b", "c", "d"],
    )
    assert {key: (load.open_cases, load.escalations) for key, load in loads.items()} == {
        "a": (2, {"1", "4"}),
        "c": (0, frozenset()),
    }


def test_an_author_of_our_own_class_with_a_role_of_customers_is_a_customer(schema: Callable) -> None:
    world = small_world()
    world.role(1, sid("user", 2), "sn_customerservice.customer")
    readable = schema("{sys_user_has_role: {access: {read: [any_role]}}}")
    kinds = {entry.author: entry.author_kind for entry in gathered(world, 1, readable).journals[sid("case", 1)].entries}
    assert kinds == {"ana.sousa": AuthorKind.CUSTOMER, "sam.support": AuthorKind.CUSTOMER}
    world = small_world()
    world.role(1, sid("user", 2), "itil")
    kinds = {entry.author: entry.author_kind for entry in gathered(world).journals[sid("case", 1)].entries}
    assert kinds["sam.support"] is AuthorKind.US


def test_hidden_or_closed_roles_leave_open_on_whose_side_our_own_class_is() -> None:
    """An account without `user_admin` sees none but its own roles, as the base system has it."""
    world = small_world()
    world.role(1, sid("user", 2), "sn_customerservice.customer")
    kinds = {entry.author: entry.author_kind for entry in gathered(world).journals[sid("case", 1)].entries}
    assert kinds == {"ana.sousa": AuthorKind.CUSTOMER, "sam.support": AuthorKind.UNKNOWN}
    with running(small_world().rows) as sandbox, connected(sandbox.url) as connection:
        sandbox.faults.add(Fault(Kind.FORBIDDEN, table="sys_user_has_role"))
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
    entries = dossier.journals[sid("case", 1)].entries
    assert {entry.author_kind for entry in entries if entry.author == "sam.support"} == {AuthorKind.UNKNOWN}


def test_a_team_without_roles_of_customers_asks_for_none() -> None:
    world = small_world()
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        sandbox.faults.add(Fault(Kind.FORBIDDEN, table="sys_user_has_role"))
        (dossier,) = Desk(connection, Dialect(customer_roles=())).gather([sid("escalation", 1)], NOW)
    entries = dossier.journals[sid("case", 1)].entries
    assert {entry.author_kind for entry in entries if entry.author == "sam.support"} == {AuthorKind.US}


def test_a_dossier_tells_the_tables_of_the_dialect_that_it_was_read_from(schema: Callable) -> None:
    """Whether or not a row came of one, as that is what a fact of it was read from."""
    own = {"approval": "u_approver", "journal": "u_journal", "service_level": "u_sla"}
    base = {"approval": "sysapproval_approver", "journal": "sys_journal_field", "service_level": "task_sla"}
    world = full_world()
    for part in ("approval", "journal"):
        world.rows[own[part]] = world.rows.pop(base[part])
    classes = "{fields: {sys_class_name: sys_class_name}}"
    tables = [f"{base[part]}: {classes}, {name}: {{extends: {base[part]}}}" for part, name in own.items()]
    extended = schema(f"{{{', '.join(tables)}}}")
    dossier = gathered(world, 2, extended, Dialect(tables=TableNames(**own)))
    assert dossier.tables.model_dump() == {**own, "delegation": "sys_user_delegate"}
    assert dossier.requested
    assert dossier.journals[sid("case", 2)].entries
    assert dossier.service_levels == ()
    facts = EvidenceReader().read(dossier, NOW).facts
    assert {facts[name].source.table for name in ("sla_stage", "sla_breached")} == {"u_sla"}
    assert facts["inactive_approvers"].source.table == "u_approver"
    assert ReadTables().model_dump() == {**base, "delegation": "sys_user_delegate"}


def test_a_comment_that_ends_in_a_reference_line_of_ours_was_posted_by_this_program() -> None:
    world = small_world()
    text = "We declined ... Reference ESC0000009-7K3Q"
    world.comment(2, "sam.support", ago(hours=1), text)
    world.comment(2, "ana.sousa", ago(minutes=30), text)
    kinds = [entry.author_kind for entry in gathered(world, 2).journals[sid("case", 2)].entries]
    assert kinds == [AuthorKind.US, AuthorKind.CUSTOMER, AuthorKind.TOOL, AuthorKind.CUSTOMER]
