"""Dossiers hold all that a person would read, whatever way the records are linked, in few requests."""

from pathlib import Path

import pytest

from snow_escalations.model import AuthorKind, Element
from snow_escalations.sandbox import Actor, Sandbox
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import QueryError
from tests.support.instance import CASE, ESCALATION, NOW, BasicLogin, World, connected, running, sid, small_world


@pytest.fixture
def desk(connection: Connection) -> Desk:
    return Desk(connection, Dialect())


def test_everything_pending_comes_oldest_first(desk: Desk) -> None:
    pending = desk.pending(NOW)
    assert [dossier.escalation.number for dossier in pending.dossiers] == [
        "ESC0000004",
        "ESC0000003",
        "ESC0000002",
        "ESC0000001",
        "ESC0000005",
    ]
    assert (list(pending.unreadable), pending.withheld) == ([], 0)


def test_a_case_escalation_has_its_case_journal_approval_and_history(desk: Desk) -> None:
    (dossier,) = desk.gather([sid("escalation", 2)], NOW)
    assert dossier.escalation.reason is not None
    assert (dossier.escalation.reason.key, dossier.escalation.reason.label) == ("inactivity", "Inactivity")
    assert dossier.escalation.state.key == "requested"
    assert dossier.escalation.source.number == "CS0000002"
    assert dossier.case is not None
    assert dossier.case.contact is not None
    assert (dossier.case.contact.name, dossier.case.contact.user_name) == ("Ana Sousa", "ana.sousa")
    assert [item.approver.name for item in dossier.approvals if item.approver] == ["Mia Manager"]
    assert [item.number for item in dossier.earlier] == ["ESC0000009"]
    assert dossier.earlier[0].state.key == "declined"
    entries = dossier.journals[sid("case", 2)].entries
    assert [(entry.author_kind, entry.text) for entry in entries] == [
        (AuthorKind.US, "We look into it."),
        (AuthorKind.CUSTOMER, "Hello?"),
    ]


def test_an_approval_belongs_by_document_id_where_sysapproval_is_empty(desk: Desk) -> None:
    (dossier,) = desk.gather([sid("escalation", 3)], NOW)
    assert [item.linked_by for item in dossier.requested] == ["document_id"]
    (other,) = desk.gather([sid("escalation", 1)], NOW)
    assert [item.linked_by for item in other.requested] == ["sysapproval"]


def test_an_approval_without_source_table_is_found_by_the_class_of_its_task() -> None:
    world = small_world()
    for row in world.rows["sysapproval_approver"]:
        if row["sysapproval"]:
            row.update(source_table="", document_id="")
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        pending = Desk(connection, Dialect()).pending(NOW)
    assert len(pending.dossiers) == 5


def test_an_account_escalation_has_its_account_and_the_cases_that_name_it(desk: Desk) -> None:
    (dossier,) = desk.gather([sid("escalation", 4)], NOW)
    assert dossier.account is not None
    assert dossier.account.name == "Boxeo"
    assert [case.number for case in dossier.cases] == ["CS0000004", "CS0000005"]
    assert set(dossier.journals) == {sid("case", 4), sid("case", 5)}
    assert dossier.escalation.source.number == "Boxeo"


def test_two_pending_escalations_of_one_case_know_each_other(desk: Desk) -> None:
    first, second = desk.gather([sid("escalation", 1), sid("escalation", 5)], NOW)
    assert [item.number for item in first.duplicates] == ["ESC0000005"]
    assert [item.number for item in second.duplicates] == ["ESC0000001"]
    assert [item.number for item in second.earlier] == ["ESC0000001"]
    assert first.earlier == ()


def test_comments_and_work_notes_are_told_apart(desk: Desk) -> None:
    (dossier,) = desk.gather([sid("escalation", 1)], NOW)
    journal = dossier.journals[sid("case", 1)]
    assert [entry.text for entry in journal.of(Element.WORK_NOTES)] == ["internal words"]
    assert [entry.text for entry in journal.of(Element.COMMENTS)] == ["Any news?", "Please send the log."]


def test_a_source_that_is_gone_is_said_to_be_missing() -> None:
    world = small_world()
    world.rows["sn_customerservice_case"] = world.rows["sn_customerservice_case"][1:]
    world.escalation(6, "")
    world.approval(6, sid("escalation", 6))
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        gone, nothing = Desk(connection, Dialect()).gather([sid("escalation", 1), sid("escalation", 6)], NOW)[::-1]
    assert gone.missing == (
        f"the source record sn_customerservice_case/{sid('case', 1)} is missing, or closed to the account",
    )
    assert nothing.missing == ("the escalation names no source record",)


def test_an_approval_whose_escalation_cannot_be_read_is_not_lost() -> None:
    world = small_world()
    world.rows[ESCALATION] = [row for row in world.rows[ESCALATION] if row["number"] != "ESC0000003"]
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        pending = Desk(connection, Dialect()).pending(NOW)
    assert [item.sys_id for item in pending.unreadable] == [sid("approval", 3)]
    assert len(pending.dossiers) == 4


def test_rows_that_acls_hide_are_counted(sandbox: Sandbox) -> None:
    with connected(sandbox.url, BasicLogin("no.role", "sandbox")) as connection:
        pending = Desk(connection, Dialect()).pending(NOW)
    assert (len(pending.dossiers), pending.withheld) == (0, 5)


def test_escalations_of_a_case_that_acls_hide_are_counted(sandbox: Sandbox, desk: Desk) -> None:
    case, _ = desk.find("CS0000001")
    assert case is not None
    assert desk.hidden_escalations(case) == 0
    with connected(sandbox.url, BasicLogin("no.role", "sandbox")) as connection:
        assert Desk(connection, Dialect()).hidden_escalations(case) == 2


def test_nothing_pending_is_one_request() -> None:
    with running({}) as sandbox, connected(sandbox.url) as connection:
        assert Desk(connection, Dialect()).pending(NOW).dossiers == []
        assert len(sandbox.requests) == 1


def crowd(count: int, account_share: int) -> World:
    """Pending escalations, every so-manieth of an account of its own, on cases of accounts of their own."""
    world = World()
    for number in (1, 2, 3):
        world.user(number, f"Mia Manager{number}")
        world.delegation(number, sid("user", number))
    for number in range(1, count + 1):
        world.contact(number, f"C{number}")
        world.account(number, f"A{number}")
        of_case = {"account": sid("account", number), "contact": sid("contact", number)}
        world.case(number, **of_case, assigned_to=sid("user", 2))
        world.comment(number, f"c{number}", "2026-11-01 10:00:00")
        world.comment(number, "mia.manager2", "2026-11-02 10:00:00")
        is_account = account_share > 0 and number % account_share == 0
        source = sid("account", number) if is_account else sid("case", number)
        escalation = world.escalation(
            number,
            source,
            source_table="customer_account" if is_account else "sn_customerservice_case",
            requested_by=sid("contact", number),
        )
        if is_account:
            world.rows[CASE][-1]["active_account_escalation"] = escalation
        world.level(number, escalation if is_account else sid("case", number))
        link = {"sysapproval": "" if number % 3 else escalation}
        world.approval(number, escalation, approver=sid("user", 1 + number % 3), **link)
    return world


@pytest.mark.parametrize("share", [0, 1, 2, 10])
@pytest.mark.parametrize("count", [1, 150])
def test_requests_grow_with_pages_and_not_with_escalations(count: int, share: int) -> None:
    check_requests(count, share)


@pytest.mark.parametrize(("count", "share"), [(200, 10), (201, 3), (450, 2)])
def test_requests_of_many_chunks(count: int, share: int) -> None:
    check_requests(count, share)


def check_requests(count: int, share: int) -> None:
    with running(crowd(count, share).rows) as sandbox, connected(sandbox.url) as connection:
        pending = Desk(connection, Dialect()).pending(NOW)
        assert len(pending.dossiers) == count
        assert [item for dossier in pending.dossiers for item in dossier.unread] == []
        assert all(dossier.service_levels and dossier.account_load for dossier in pending.dossiers)
        assert len(sandbox.requests) <= 6 + 8 * -(-count // 200)


def test_a_number_names_an_escalation_or_a_case_with_its_escalations(desk: Desk) -> None:
    assert desk.find("ESC0000001") == (None, (sid("escalation", 1),))
    case, escalations = desk.find("CS0000001")
    assert case is not None
    assert case.number == "CS0000001"
    assert set(escalations) == {sid("escalation", 1), sid("escalation", 5)}
    linked, of_account = desk.find("CS0000004")
    assert linked is not None
    assert of_account == (sid("escalation", 4),)
    assert desk.find("CS9999999") == (None, ())


def test_a_number_that_would_change_the_query_is_refused(desk: Desk, sandbox: Sandbox) -> None:
    with pytest.raises(QueryError, match=r"holds `\^`"):
        desk.find("CS1^ORsys_id!=1")
    assert len(sandbox.requests) == 0


def test_who_wrote_is_known_by_the_users_record_or_by_being_the_contact(sandbox: Sandbox) -> None:
    """A user table that is closed leaves the contact known, and everybody else unknown."""
    for row in sandbox.store.find("sys_user", user_name="sam.support"):
        sandbox.store.delete("sys_user", row["sys_id"], Actor.system())
    with connected(sandbox.url) as connection:
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
    kinds = {entry.author: entry.author_kind for entry in dossier.journals[sid("case", 1)].entries}
    assert kinds == {"ana.sousa": AuthorKind.CUSTOMER, "sam.support": AuthorKind.UNKNOWN}


def test_reasons_get_their_keys_from_the_english_choices_whatever_the_account_sees() -> None:
    """A renamed reason keeps its key by the label in `sys_choice`, and is shown as the instance shows it."""
    world = small_world()
    world.add(
        "sys_choice",
        sys_id="8" * 32,
        name=ESCALATION,
        element="reason",
        value="0",
        label="Executive Visibility",
        language="en",
        inactive="false",
    )
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
    assert dossier.escalation.reason is not None
    assert dossier.escalation.reason.key == "executive_visibility"


def test_closed_choices_leave_the_labels_of_the_rows(sandbox: Sandbox) -> None:
    with connected(sandbox.url, BasicLogin("case.agent", "sandbox")) as connection:
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
    assert dossier.escalation.reason is not None
    assert dossier.escalation.reason.key == "inactivity"


def test_a_contact_is_the_customer_in_whatever_table_and_a_stranger_is_nobodys(tmp_path: Path) -> None:
    """Some companies keep contacts as plain users, and some keep people in tables of their own."""
    world = small_world()
    contact = world.rows.pop("customer_contact")[0]
    world.user(4, "Ana Sousa")
    for row in world.rows[CASE]:
        row["contact"] = sid("user", 4)
    world.rows["u_partner"] = [{**contact, "sys_id": sid("user", 5), "user_name": "partner", "name": "Partner"}]
    world.comment(1, "partner", "2026-11-18 09:00:00", "We can help.")
    schema = tmp_path / "partner.yaml"
    schema.write_text("tables: {u_partner: {extends: sys_user}}", encoding="utf-8")
    with running(world.rows, schema=(schema,)) as sandbox, connected(sandbox.url) as connection:
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
    entries = dossier.journals[sid("case", 1)].of(Element.COMMENTS)
    assert [(entry.author, entry.author_kind) for entry in entries] == [
        ("ana.sousa", AuthorKind.CUSTOMER),
        ("sam.support", AuthorKind.US),
        ("partner", AuthorKind.UNKNOWN),
    ]


def test_a_poll_of_many_pages_is_read_side_by_side_and_comes_in_order(sandbox: Sandbox) -> None:
    with connected(sandbox.url, page_size=2) as connection:
        approvals, withheld = Desk(connection, Dialect()).poll()
    assert [item.sys_id for item in approvals] == [sid("approval", number) for number in range(1, 6)]
    assert withheld == 0


def test_the_requesters_side_is_told_by_the_user_record(desk: Desk) -> None:
    world = small_world()
    world.rows[ESCALATION][1]["requested_by"] = sid("user", 2)
    world.rows[ESCALATION][2]["requested_by"] = ""
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        first, second, third = Desk(connection, Dialect()).gather([sid("escalation", 3 - n) for n in range(3)], NOW)[
            ::-1
        ]
    sides = [dossier.escalation.requested_by and dossier.escalation.requested_by.side for dossier in (first, second)]
    assert sides == [AuthorKind.CUSTOMER, AuthorKind.US]
    assert third.escalation.requested_by is None


def test_the_contact_comes_with_the_preferred_language() -> None:
    world = small_world()
    world.rows["customer_contact"][0]["preferred_language"] = "de"
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
    assert dossier.case is not None
    assert dossier.case.contact is not None
    assert dossier.case.contact.preferred_language == "de"


def test_a_case_knows_its_account_by_name_and_number(desk: Desk) -> None:
    (dossier,) = desk.gather([sid("escalation", 1)], NOW)
    assert dossier.case is not None
    assert dossier.case.account is not None
    assert (dossier.case.account.number, dossier.case.account_number) == ("Boxeo", "ACCT0000001")


def test_severity_and_template_are_named_and_a_hidden_name_did_not_come(tmp_path: Path) -> None:
    world = small_world()
    world.add("sn_customerservice_escalation_severity", sys_id="d" * 32, name="High Severity")
    world.rows[ESCALATION][0] |= {"escalation_severity": "d" * 32}
    schema = tmp_path / "closed.yaml"
    closed = "access: {fields: {escalation_severity: {read: [admin]}}}"
    schema.write_text(f"tables: {{{ESCALATION}: {{{closed}}}}}", encoding="utf-8")
    seen = []
    for files in ((), (schema,)):
        with running(world.rows, schema=files) as sandbox, connected(sandbox.url) as connection:
            (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 1)], NOW)
        seen.append((dossier.escalation.severity, "severity" in dossier.escalation.unreadable))
    assert seen == [("High Severity", False), ("", True)]
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        (dossier,) = Desk(connection, Dialect()).gather([sid("escalation", 2)], NOW)
    assert (dossier.escalation.severity, dossier.escalation.unreadable) == ("", frozenset())


def test_a_case_that_is_escalated_and_linked_to_its_accounts_escalation_is_in_both_dossiers() -> None:
    world = small_world()
    world.rows[CASE][0]["active_account_escalation"] = sid("escalation", 4)
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        of_account, of_case = Desk(connection, Dialect()).gather([sid("escalation", 1), sid("escalation", 4)], NOW)
    assert [item.number for item in of_account.linked_cases] == ["CS0000001", "CS0000004", "CS0000005"]
    assert of_case.case is not None
    assert of_case.case.number == "CS0000001"


@pytest.mark.parametrize("changes", [{"document_id": ""}, {"sysapproval": ""}, {}])
def test_approvals_are_found_by_either_link_and_come_once(changes: dict[str, str]) -> None:
    world = small_world()
    world.approval(11, sid("escalation", 1), approver=sid("user", 2), **changes)
    with running(world.rows) as sandbox, connected(sandbox.url) as connection:
        desk = Desk(connection, Dialect())
        (dossier,) = desk.gather([sid("escalation", 1)], NOW, desk.poll()[0])
    assert [item.sys_id for item in dossier.requested] == [sid("approval", 1), sid("approval", 11)]
