"""Every record of the demo desk fits its neighbours, and every moment is one at which it could have happened."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from snow_escalations.sandbox.desk.texts.zones import OFFSETS

STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
LENGTHS = {"duration", "business_duration", "time_left", "business_time_left"}
DUE = {"planned_end_time", "original_breach_time", "starts", "ends"}
REFERENCES = {
    "sys_user": {"manager": "sys_user", "department": "cmn_department"},
    "sys_user_has_role": {"user": "sys_user", "role": "sys_user_role"},
    "sys_user_grmember": {"user": "sys_user", "group": "sys_user_group"},
    "sys_user_group": {"manager": "sys_user"},
    "sys_user_delegate": {"user": "sys_user", "delegate": "sys_user"},
    "cmn_department": {"dept_head": "sys_user"},
    "customer_account": {"primary_contact": "customer_contact", "active_escalation": "sn_customerservice_escalation"},
    "customer_contact": {"account": "customer_account", "company": "customer_account"},
    "sn_customerservice_case": {
        "contact": "customer_contact",
        "account": "customer_account",
        "company": "customer_account",
        "assigned_to": "sys_user",
        "assignment_group": "sys_user_group",
        "opened_by": "person",
        "resolved_by": "sys_user",
        "closed_by": "sys_user",
        "watch_list": "person",
        "active_escalation": "sn_customerservice_escalation",
        "active_account_escalation": "sn_customerservice_escalation",
    },
    "sn_customerservice_escalation": {
        "source_record": "source",
        "escalation_severity": "sn_customerservice_escalation_severity",
        "type": "sn_customerservice_escalation_template",
        "requested_by": "person",
        "opened_by": "person",
        "closed_by": "sys_user",
        "assigned_to": "sys_user",
        "assignment_group": "sys_user_group",
        "approved_by": "sys_user",
        "declined_by": "sys_user",
        "de_escalated_by": "sys_user",
        "watch_list": "person",
    },
    "sn_customerservice_escalation_template": {"approval_group": "sys_user_group", "watch_list": "sys_user"},
    "sysapproval_approver": {
        "approver": "sys_user",
        "group": "sysapproval_group",
        "sysapproval": "sn_customerservice_escalation",
        "document_id": "sn_customerservice_escalation",
    },
    "sysapproval_group": {"parent": "sn_customerservice_escalation", "assignment_group": "sys_user_group"},
    "task_sla": {"task": "task", "sla": "contract_sla"},
    "sys_journal_field": {"element_id": "journalled"},
}
FAMILIES = {
    "person": ("sys_user", "customer_contact"),
    "source": ("sn_customerservice_case", "customer_account"),
    "task": ("sn_customerservice_case", "sn_customerservice_escalation"),
    "journalled": ("sn_customerservice_case", "sn_customerservice_escalation", "sysapproval_approver"),
}


def instant(stored: str) -> datetime:
    return datetime.strptime(stored, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)


def test_every_value_is_a_string(desk):
    for table, rows in desk.tables.items():
        for row in rows:
            assert all(isinstance(value, str) for value in row.values()), (table, row)


def test_every_sys_id_is_32_hex_digits_and_unique(desk):
    ids = [row["sys_id"] for rows in desk.tables.values() for row in rows]
    assert all(re.fullmatch(r"[0-9a-f]{32}", sys_id) for sys_id in ids)
    assert len(ids) == len(set(ids))


def test_every_reference_resolves(desk):
    tables = {sys_id: table for table, rows in desk.tables.items() for sys_id in (row["sys_id"] for row in rows)}
    checked = 0
    for table, fields in REFERENCES.items():
        for row in desk[table]:
            for field, target in fields.items():
                for sys_id in filter(None, row.get(field, "").split(",")):
                    assert tables.get(sys_id) in FAMILIES.get(target, (target,)), (table, field, sys_id)
                    checked += 1
    assert checked > 5000


def test_every_field_that_holds_a_sys_id_is_checked_above(desk):
    """A reference that a later change adds must be added to the table, or nothing checks it."""
    found = {
        (table, field)
        for table, rows in desk.tables.items()
        for row in rows
        for field, value in row.items()
        if field != "sys_id" and re.fullmatch(r"[0-9a-f]{32}(,[0-9a-f]{32})*", value)
    }
    assert found <= {(table, field) for table, fields in REFERENCES.items() for field in fields}


def test_every_author_exists(desk):
    names = {*desk.users, *desk.contacts, "system"}
    for table, rows in desk.tables.items():
        assert {row["sys_created_by"] for row in rows} <= names, table
        assert {row.get("sys_updated_by", "system") for row in rows} <= names, table


def test_the_source_table_is_that_of_the_source_record(desk):
    for escalation in desk.escalations:
        source = desk.source(escalation)
        assert escalation["source_table"] == ("customer_account" if "industry" in source else "sn_customerservice_case")


def test_nothing_but_due_dates_lies_in_the_future(desk):
    now = desk.now.strftime("%Y-%m-%d %H:%M:%S")
    for table, rows in desk.tables.items():
        for row in rows:
            for field, value in row.items():
                if STAMP.fullmatch(value) and field not in DUE:
                    assert value <= now, (table, field, value)


def test_records_are_updated_after_they_were_created(desk):
    for table, rows in desk.tables.items():
        for row in rows:
            if "sys_updated_on" in row:
                assert row["sys_created_on"] <= row["sys_updated_on"], (table, row)
                assert (row["sys_mod_count"] == "0") >= (row["sys_created_on"] > row["sys_updated_on"])


def test_the_last_update_of_a_case_is_its_last_journal_entry_or_later(desk):
    for case in desk.cases:
        entries = desk.journals[case["sys_id"]]
        assert case["sys_updated_on"] >= max((entry["sys_created_on"] for entry in entries), default="")
        assert int(case["sys_mod_count"]) >= len(entries)


@pytest.mark.parametrize(
    ("table", "prefix", "field"),
    [
        ("sn_customerservice_case", "CS", "opened_at"),
        ("sn_customerservice_escalation", "ESC", "opened_at"),
        ("customer_account", "ACCT", "sys_created_on"),
    ],
)
def test_numbers_ascend_with_time(desk, table, prefix, field):
    rows = sorted(desk[table], key=lambda row: row["number"])
    assert [row["number"] for row in rows] == [f"{prefix}{number:07}" for number in range(10001, 10001 + len(rows))]
    assert [row[field] for row in rows] == sorted(row[field] for row in rows)


def test_cases_have_the_dates_of_their_state(desk):
    for case in desk.cases:
        resolved, closed = case.get("resolved_at", ""), case.get("closed_at", "")
        assert bool(resolved) == (case["state"] in ("6", "3"))
        assert bool(closed) == (case["state"] in ("3", "7"))
        assert case["active"] == ("false" if closed else "true")
        assert case["opened_at"] <= (resolved or closed or case["opened_at"])
        assert not (resolved and closed) or resolved <= closed


def test_an_escalation_is_asked_for_while_its_case_is_there(desk):
    for escalation in desk.escalations:
        if escalation["source_table"] == "sn_customerservice_case":
            case = desk.source(escalation)
            assert case["opened_at"] < escalation["opened_at"] < (case.get("closed_at") or "9")


def test_people_write_mostly_in_their_working_hours_and_seldom_at_weekends(desk):
    """Cases of priority 1 run around the clock, and the last two days are told to the hour."""
    hours: Counter[bool] = Counter()
    weekends: Counter[bool] = Counter()
    for case in desk.cases:
        for entry in desk.by_us(case) if case["priority"] != "1" else ():
            if desk.hours_since(entry["sys_created_on"]) < 48:
                continue
            zone = desk.users[entry["sys_created_by"]]["time_zone"]
            local = instant(entry["sys_created_on"]) + timedelta(hours=OFFSETS[zone])
            hours[8 <= local.hour < 18] += 1
            weekends[local.weekday() > 4] += 1
    assert hours[True] > 500
    assert hours[True] / hours.total() > 0.8
    assert weekends[True] / weekends.total() < 0.06


def test_no_two_cases_read_the_same(desk):
    threads = [
        (case["description"], *(entry["value"] for entry in desk.entries(case) if entry["sys_created_by"] != "system"))
        for case in desk.cases
    ]
    assert len(set(threads)) == len(threads)
    assert len({thread[0] for thread in threads}) == len(threads)
    spoken = Counter(text for thread in threads for text in thread[1:] if len(text) > 200)
    assert max(spoken.values()) <= 3


def test_every_slot_and_alternative_was_filled(desk):
    """`$slot` and `{a|b}` are the generator's own marks; what customers inject is known."""
    for case in desk.cases:
        for text in (
            case["description"],
            case["short_description"],
            *(e["value"] for e in desk.journals[case["sys_id"]]),
        ):
            assert not re.search(r"\$[a-z]|\{[^}]*\|", text), text


def test_threads_are_answered_by_the_group_of_the_product(desk):
    for case in desk.cases:
        group = desk.by_id[case["assignment_group"]]["name"]
        members = {
            desk.by_id[row["user"]]["user_name"]
            for row in desk["sys_user_grmember"]
            if row["group"] == case["assignment_group"]
        }
        assert {entry["sys_created_by"] for entry in desk.by_us(case)} <= members, group


def test_the_state_of_a_case_fits_its_last_words(desk):
    """Who waits for information has asked for it last, and a closed case ends with our words."""
    for case in desk.cases:
        ours, theirs = desk.by_us(case), desk.by_customer(case)
        if case["state"] in ("18", "3", "7"):
            assert ours
            assert not theirs or ours[-1]["sys_created_on"] > theirs[-1]["sys_created_on"]
        if case["state"] == "1":
            assert not ours


def test_texts_fit_their_fields(desk):
    for case in desk.cases:
        assert len(case["short_description"]) <= 160
        assert len(case["description"]) <= 4000
    for escalation in desk.escalations:
        assert len(escalation["escalation_justification"]) <= 4000
        assert len(escalation["short_description"]) <= 160
