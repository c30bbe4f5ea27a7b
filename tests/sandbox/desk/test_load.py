"""The demo desk fits the tables that it is loaded into: fields, types, choices, lengths, references."""

import re
from collections.abc import Iterator

import pytest

from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.schema.load import load
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store.passwords import digest

from .conftest import SUNDAY_NIGHT, Desk

FORMS = {
    Kind.BOOLEAN: r"true|false",
    Kind.INTEGER: r"-?\d+",
    Kind.DECIMAL: r"-?\d+(\.\d+)?",
    Kind.DATE_TIME: r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    Kind.DURATION: r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
    Kind.REFERENCE: r"[0-9a-f]{32}",
    Kind.DOCUMENT: r"[0-9a-f]{32}",
    Kind.LIST: r"[0-9a-f]{32}(,[0-9a-f]{32})*",
}
LOCAL_CHOICES = {("sn_customerservice_escalation", "reason", "3"), ("customer_contact", "preferred_language", "sv")}


@pytest.fixture(scope="module")
def instance() -> Iterator[LocalInstance]:
    """An instance that was given no data."""
    started = LocalInstance(SandboxOptions(now=SUNDAY_NIGHT, seed=11))
    yield started
    started.store.close()


def test_every_row_is_loaded_as_it_is(instance):
    for table, rows in Desk(11, SUNDAY_NIGHT).tables.items():
        loaded = {row["sys_id"]: row for row in instance.store.find(table)}
        for row in rows:
            kept = {"user_password": digest(row["user_password"])} if "user_password" in row else {}
            assert (row | kept).items() <= loaded[row["sys_id"]].items(), table


def test_nothing_is_added_to_the_tables_of_the_desk(instance):
    desk = Desk(11, SUNDAY_NIGHT)
    for table in (
        "sn_customerservice_case",
        "sn_customerservice_escalation",
        "sysapproval_approver",
        "customer_account",
    ):
        assert len(instance.store.find(table)) == len(desk[table])


def test_no_account_and_no_grant_is_there_twice(instance):
    users = [row["user_name"] for row in instance.store.find("sys_user")]
    assert len(users) == len(set(users))
    grants = [(row["user"], row["role"]) for row in instance.store.find("sys_user_has_role")]
    assert len(grants) == len(set(grants))
    roles = [row["name"] for row in instance.store.find("sys_user_role")]
    assert len(roles) == len(set(roles))


def test_every_value_has_the_form_length_and_choice_of_its_field(desk):
    schema = load(())
    unknown = set()
    for table, rows in desk.tables.items():
        fields = schema[table].fields
        for row in rows:
            for name, value in row.items():
                field = fields[name]
                if value == "":
                    continue
                form = FORMS.get(field.kind)
                assert form is None or re.fullmatch(form, value), (table, name, value)
                assert not field.max_length or len(value) <= field.max_length, (table, name, value)
                if field.choices and value not in {choice.value for choice in field.choices}:
                    unknown.add((table, name, value))
    assert unknown <= LOCAL_CHOICES


def test_every_reference_points_into_the_table_that_the_schema_names(desk):
    schema = load(())
    for table, rows in desk.tables.items():
        for name, field in schema[table].fields.items():
            if field.kind not in (Kind.REFERENCE, Kind.LIST):
                continue
            targets = {field.reference, *schema.family(field.reference)} if schema.find(field.reference) else set()
            known = {row["sys_id"] for target in targets for row in desk.tables.get(target, ())}
            used = {sys_id for row in rows for sys_id in row.get(name, "").split(",") if sys_id}
            assert used <= known, (table, name)


def test_names_are_searchable_through_dot_walks(instance):
    """A list that a support lead would open: pending approvals with the case behind them."""
    rows = instance.store.find("sysapproval_approver", state="requested")
    for row in rows:
        escalation = instance.store.get("sn_customerservice_escalation", row["document_id"])
        assert escalation is not None
        assert instance.store.get(escalation["source_table"], escalation["source_record"]) is not None
