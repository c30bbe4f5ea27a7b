"""What rows show in the three modes, over HTTP."""

import pytest

from snow_escalations.sandbox.store.passwords import digest
from tests.sandbox.worlds import ABEL, ACCOUNT, APPROVAL, BOW, CASE, CONTACT, ESCALATION, INCIDENTS, small_world

MODES = ("false", "true", "all")


@pytest.fixture(scope="module")
def world(launch_once):
    return launch_once(rows=small_world())


def shown(client, table: str, sys_id: str, field: str, *, auth=("admin", "admin"), **params: str):
    """The cell of a field in the three modes; None where the key is absent."""
    cells = []
    for mode in MODES:
        asked = {"sysparm_display_value": mode, "sysparm_fields": field, **params}
        row = client.get(f"/api/now/table/{table}/{sys_id}", params=asked, auth=auth).json()["result"]
        cells.append(row.get(field))
    return tuple(cells)


def both(display: str | None, value: str) -> dict[str, str | None]:
    return {"display_value": display, "value": value}


@pytest.mark.parametrize(
    ("index", "field", "plain", "display"),
    [
        (0, "short_description", "Incident 1", "Incident 1"),
        (0, "close_notes", "", ""),
        (4, "calendar_stc", "102197", "102,197"),
        (0, "calendar_stc", "", ""),
        (0, "active", "true", "true"),
        (0, "state", "1", "New"),
        (0, "sys_class_name", "incident", "Incident"),
        (4, "business_duration", "1970-01-02 04:23:00", "1 Day 4 Hours 23 Minutes"),
        (0, "business_duration", "", ""),
        (0, "opened_at", "2026-11-10 09:00:00", "2026-11-10 09:00:00"),
        (0, "closed_at", "", ""),
        (0, "sla_due", "", "UNKNOWN"),
        (1, "watch_list", f"{ABEL},{BOW},guest@example.com", "Abel Tuter, Bow Ruggeri, guest@example.com"),
        (0, "work_notes", "", ""),
        (0, "sys_tags", "", ""),
    ],
)
def test_scalars(world, index: int, field: str, plain: str, display: str) -> None:
    assert shown(world, "incident", INCIDENTS[index], field) == (plain, display, both(display, plain))


def test_an_empty_choice_is_null_under_all_alone(world) -> None:
    assert shown(world, "incident", INCIDENTS[3], "contact_type") == ("", "", both(None, ""))


def test_references_with_and_without_links(world) -> None:
    link = f"{world.sandbox.url}/api/now/table/sys_user/{ABEL}"
    assert shown(world, "incident", INCIDENTS[0], "assigned_to") == (
        {"link": link, "value": ABEL},
        {"display_value": "Abel Tuter", "link": link},
        {"display_value": "Abel Tuter", "link": link, "value": ABEL},
    )
    plain = shown(world, "incident", INCIDENTS[0], "assigned_to", sysparm_exclude_reference_link="true")
    assert plain == (ABEL, "Abel Tuter", both("Abel Tuter", ABEL))
    assert shown(world, "incident", INCIDENTS[4], "assigned_to") == ("", "", both("", ""))


def test_references_that_lead_nowhere(world) -> None:
    domain = shown(world, "incident", INCIDENTS[0], "sys_domain")
    link = f"{world.sandbox.url}/api/now/table/sys_user_group/global"
    assert domain == (
        {"link": link, "value": "global"},
        {"display_value": "global", "link": link},
        {"display_value": "global", "link": link, "value": "global"},
    )
    dead = "f" * 32
    world.sandbox.store.update("incident", INCIDENTS[5], {"caller_id": dead}, _system())
    assert shown(world, "incident", INCIDENTS[5], "caller_id")[1]["display_value"] == ""
    assert shown(world, "incident", INCIDENTS[5], "cmdb_ci") == ("", "", both("", ""))


def _system():
    from snow_escalations.sandbox import Actor

    return Actor.system()


def test_documents_link_to_the_table_that_another_field_names(world) -> None:
    link = f"{world.sandbox.url}/api/now/table/sn_customerservice_escalation/{ESCALATION}"
    assert shown(world, "sysapproval_approver", APPROVAL, "document_id") == (
        {"link": link, "value": ESCALATION},
        {"display_value": "Escalation: ESC0010001", "link": link},
        {"display_value": "Escalation: ESC0010001", "link": link, "value": ESCALATION},
    )
    source = shown(world, "sysapproval_approver", APPROVAL, "sysapproval.source_table")
    assert source == (None, None, None)
    world.sandbox.store.insert("sysapproval_approver", {"sys_id": "6" * 32, "document_id": CASE}, _system())
    assert shown(world, "sysapproval_approver", "6" * 32, "document_id") == (CASE, CASE, both(CASE, CASE))


def test_a_row_is_shown_by_what_its_display_field_shows(world) -> None:
    world.sandbox.store.insert("contract_sla", {"sys_id": "7" * 32, "name": "Escalated case response"}, _system())
    world.sandbox.store.insert("task_sla", {"sys_id": "8" * 32, "sla": "7" * 32, "task": CASE}, _system())
    assert shown(world, "task_sla", "8" * 32, "sla")[1]["display_value"] == "Escalated case response"
    assert shown(world, "task_sla", "8" * 32, "task")[1]["display_value"] == "CS0010001"


def test_platform_references_go_by_name(world) -> None:
    row = world.rows("sys_dictionary", "name=incident^element=caller_id")[0]
    assert row["reference"] == {
        "link": f"{world.sandbox.url}/api/now/table/sys_db_object?name=sys_user",
        "value": "sys_user",
    }
    assert row["internal_type"]["value"] == "reference"
    found = world.rows("sys_dictionary", "reference.label=User^name=incident^element=caller_id")
    assert [entry["sys_id"] for entry in found] == [row["sys_id"]]
    labelled = world.rows("sys_dictionary", f"sys_id={row['sys_id']}", params={"sysparm_display_value": "true"})
    assert labelled[0]["reference"]["display_value"] == "User"


def test_passwords_are_masked_where_shown(world) -> None:
    kept = digest("sesame")
    assert shown(world, "sys_user", ABEL, "user_password") == (kept, "********", both("********", kept))
    assert shown(world, "sys_user", CONTACT, "user_password") == ("", "", both("", ""))


def test_dates_in_the_format_of_the_caller(world) -> None:
    abel = ("abel.tuter", "sesame")
    assert shown(world, "incident", INCIDENTS[0], "opened_at", auth=abel)[1] == "10/11/2026 01:00:00 AM"
    world.sandbox.store.update("sys_user", BOW, {"last_login": "2026-11-20"}, _system())
    assert shown(world, "sys_user", BOW, "last_login", auth=abel)[1] == "20/11/2026"
    assert shown(world, "sys_user", BOW, "last_login_time", auth=abel)[1] == ""


def test_fractions_are_grouped_before_the_point(world) -> None:
    world.sandbox.store.insert("task_sla", {"sys_id": "8" * 31 + "9", "percentage": "12345.678"}, _system())
    assert shown(world, "task_sla", "8" * 31 + "9", "percentage")[1] == "12,345.678"


def test_journals_newest_first_with_names_and_labels(world) -> None:
    comments = (
        "2026-11-20 12:00:00 - Abel Tuter (Additional comments)\nYes, we are.\n\n"
        "2026-11-20 10:00:00 - Geri Forness (Additional comments)\nIs anybody there?\n\n"
    )
    assert shown(world, "sn_customerservice_case", CASE, "comments") == ("", comments, both(comments, ""))
    union = shown(world, "sn_customerservice_case", CASE, "comments_and_work_notes")[1]
    assert union.index("Yes, we are.") < union.index("(Work notes)\nLooking\ninto it") < union.index("Is anybody")
    abel = ("abel.tuter", "sesame")
    world.sandbox.store.insert("sys_user_has_role", {"user": ABEL, "role": _role(world)}, _system())
    local = shown(world, "sn_customerservice_case", CASE, "work_notes", auth=abel)[1]
    assert local.startswith("20/11/2026 03:00:00 AM - Abel Tuter (Work notes)\n")
    assert shown(world, "sysapproval_approver", APPROVAL, "sysapproval.comments") == ("", "", both("", ""))


def _role(world) -> str:
    return world.sandbox.store.insert("sys_user_role", {"name": "sn_customerservice_agent"}, _system())["sys_id"]


def test_dot_walks_give_flat_keys_and_empty_ones_where_a_reference_ends(world) -> None:
    fields = "account,account.name,contact.account.number,assigned_to.manager.name,consumer.name,account.nothing"
    row = world.rows("sn_customerservice_case", params={"sysparm_fields": fields, "sysparm_display_value": "true"})[0]
    assert row["account.name"] == "Boxeo"
    assert row["account"]["display_value"] == "Boxeo"
    assert row["account"]["link"].endswith(f"/customer_account/{ACCOUNT}")
    assert row["contact.account.number"] == "ACCT0010001"
    assert row["assigned_to.manager.name"] == "Bow Ruggeri"
    assert "account.nothing" not in row
    assert "consumer.name" not in row  # csm_consumer is no table here
    empty = world.rows("incident", f"sys_id={INCIDENTS[4]}", params={"sysparm_fields": "assigned_to.name"})
    assert empty == [{"assigned_to.name": ""}]


def test_fields_tolerate_spaces_and_repetition_and_ignore_unknown_ones(world) -> None:
    answer = world.get("/api/now/table/cmn_department", params={"sysparm_fields": "sys_id, name ,name,bogus"})
    assert [sorted(row) for row in answer.json()["result"]] == [["name", "sys_id"]]
    assert world.rows("cmn_department", params={"sysparm_fields": "bogus"}) == [{}]


def test_names_stand_in_for_users_that_are_gone(world) -> None:
    world.sandbox.store.insert(
        "sys_journal_field",
        {"name": "incident", "element": "comments", "element_id": INCIDENTS[2], "value": "x", "sys_created_by": "gone"},
        _system(),
    )
    assert " - gone (Additional comments)\nx" in shown(world, "incident", INCIDENTS[2], "comments")[1]
