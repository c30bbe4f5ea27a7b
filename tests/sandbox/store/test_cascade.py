"""What goes with a deleted row, and what stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from tests.sandbox import recorded
from tests.sandbox.conftest import NOW
from tests.sandbox.worlds import ABEL, ACCOUNT, APPROVAL, BOW, CASE, ESCALATION, GROUP, INCIDENTS, small_world

ADMIN = Actor("admin", "0" * 31 + "1", frozenset({"admin"}))
OTHER = "6" * 32


@pytest.fixture
def instance() -> Iterator[LocalInstance]:
    rows = small_world()
    rows["sysapproval_approver"].append({"sys_id": OTHER, "document_id": OTHER, "source_table": "incident"})
    rows["sysapproval_group"] = [{"sys_id": "8" * 32, "parent": ESCALATION}]
    rows["task_sla"] = [{"sys_id": "9" * 32, "task": CASE}]
    rows["sys_user_grmember"] = [{"user": ABEL, "group": GROUP}, {"user": BOW, "group": GROUP}]
    made = LocalInstance(SandboxOptions(rows=rows, now=NOW))
    yield made
    made.store.close()


def test_approvals_go_with_what_they_approve(instance: LocalInstance) -> None:
    instance.store.delete("sn_customerservice_escalation", ESCALATION, ADMIN)
    assert [row["sys_id"] for row in instance.store.find("sysapproval_approver")] == [OTHER]
    assert instance.store.find("sysapproval_group") == []


def test_an_approval_linked_by_its_document_alone_goes_with_it(instance: LocalInstance) -> None:
    instance.store.update("sysapproval_approver", APPROVAL, {"sysapproval": ""}, Actor.system())
    instance.store.delete("task", ESCALATION, ADMIN)
    assert [row["sys_id"] for row in instance.store.find("sysapproval_approver")] == [OTHER]


def test_a_document_of_another_table_with_the_same_sys_id_stays(instance: LocalInstance) -> None:
    instance.store.insert("customer_account", {"sys_id": OTHER, "name": "x"}, ADMIN)
    instance.store.delete("customer_account", OTHER, ADMIN)
    assert instance.store.get("sysapproval_approver", OTHER) is not None


def test_the_link_to_a_deleted_escalation_is_cleared(instance: LocalInstance) -> None:
    instance.store.update("customer_account", ACCOUNT, {"active_escalation": ESCALATION}, Actor.system())
    instance.store.delete("sn_customerservice_escalation", ESCALATION, ADMIN)
    for table, sys_id in (("sn_customerservice_case", CASE), ("customer_account", ACCOUNT)):
        row = instance.store.get(table, sys_id)
        assert row is not None
        assert row["active_escalation"] == ""


def test_a_case_takes_its_journal_its_slas_and_its_escalations_with_it(instance: LocalInstance) -> None:
    instance.store.update("incident", INCIDENTS[0], {"work_notes": "stays"}, ADMIN)
    instance.store.delete("sn_customerservice_case", CASE, ADMIN)
    assert [row["value"] for row in instance.store.find("sys_journal_field")] == ["stays"]
    for table in ("task_sla", "sn_customerservice_escalation"):
        assert instance.store.find(table) == []
    assert [row["sys_id"] for row in instance.store.find("sysapproval_approver")] == [OTHER]


def test_a_user_leaves_its_groups_and_stays_where_it_is_named(instance: LocalInstance) -> None:
    instance.store.delete("sys_user", ABEL, ADMIN)
    assert [row["user"] for row in instance.store.find("sys_user_grmember")] == [BOW]
    assert instance.store.find("sys_user_has_role") == []
    row = instance.store.get("incident", INCIDENTS[0])
    assert row is not None
    assert row["assigned_to"] == ABEL


def test_a_cascade_of_a_field_that_refers_to_nothing_is_told(tmp_path: Path) -> None:
    fields = {"u_x": {"type": "string", "cascade": "delete"}}
    schema = recorded.schema_file(tmp_path, {"u_box": {"fields": fields}})
    with pytest.raises(DocumentError, match="type string refers to no row; leave `cascade` out"):
        LocalInstance(SandboxOptions(rows={}, now=NOW, schema=(schema,)))


def test_a_schema_file_may_say_what_follows(tmp_path: Path) -> None:
    fields = {"u_of": {"type": "reference", "reference": "task", "cascade": "delete"}}
    tables = {"u_box": {"fields": fields}, "incident": {"overrides": {"caller_id": {"cascade": "clear"}}}}
    rows = small_world() | {"u_box": [{"sys_id": OTHER, "u_of": INCIDENTS[0]}]}
    made = LocalInstance(SandboxOptions(rows=rows, now=NOW, schema=(recorded.schema_file(tmp_path, tables),)))
    made.store.delete("sys_user", BOW, ADMIN)
    assert made.store.find("incident", number="INC0000001")[0]["caller_id"] == ""
    made.store.delete("incident", INCIDENTS[0], ADMIN)
    assert made.store.find("u_box") == []
    made.store.close()


@pytest.mark.parametrize("follows", ["delete", "clear"])
def test_what_hangs_thousands_deep_goes_too(tmp_path: Path, follows: str) -> None:
    parent = {"type": "reference", "reference": "u_box", "cascade": follows}
    schema = recorded.schema_file(tmp_path, {"u_box": {"fields": {"u_parent": parent}}})
    ids = [f"{index:032x}" for index in range(1, 2001)]
    boxes = [{"sys_id": own, "u_parent": above} for own, above in zip(ids, ["", *ids], strict=False)]
    made = LocalInstance(SandboxOptions(rows={"u_box": boxes}, now=NOW, schema=(schema,)))
    made.store.delete("u_box", ids[0], ADMIN)
    left = made.store.find("u_box")
    assert len(left) == (0 if follows == "delete" else 1999)
    made.store.close()


def test_rows_that_hang_on_each_other_go_once(tmp_path: Path) -> None:
    box = {"type": "reference", "reference": "u_box", "cascade": "delete"}
    schema = recorded.schema_file(tmp_path, {"u_box": {"fields": {"u_a": box, "u_b": box}}})
    rows = [
        {"sys_id": "1" * 32, "u_a": "2" * 32},
        {"sys_id": "2" * 32, "u_a": "1" * 32, "u_b": "1" * 32},
    ]
    made = LocalInstance(SandboxOptions(rows={"u_box": rows}, now=NOW, schema=(schema,)))
    assert made.store.delete("u_box", "1" * 32, ADMIN)
    assert made.store.find("u_box") == []
    made.store.close()
