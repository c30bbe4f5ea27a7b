"""Schema files: what they add, extend and replace, and every problem of them at once."""

from pathlib import Path
from textwrap import dedent

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox.instance import LocalInstance
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.schema.load import load, shipped
from snow_escalations.sandbox.schema.model import Grant
from snow_escalations.sandbox.schema.types import Kind
from tests.sandbox import recorded

SHIPPED = (
    "task",
    "sn_customerservice_case",
    "sn_customerservice_escalation",
    "incident",
    "problem",
    "sysapproval_approver",
    "sysapproval_group",
    "sn_customerservice_escalation_severity",
    "sn_customerservice_escalation_template",
    "customer_account",
    "customer_contact",
    "sys_user",
    "sys_user_group",
    "sys_user_grmember",
    "sys_user_has_role",
    "sys_user_role",
    "sys_user_delegate",
    "sys_journal_field",
    "sys_choice",
    "sys_dictionary",
    "sys_db_object",
    "sys_properties",
    "task_sla",
    "cmn_department",
)


def written(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    """`line: message` of each problem of a schema file."""
    with pytest.raises(DocumentError) as caught:
        load((written(folder, text),))
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


def test_the_shipped_tables() -> None:
    assert set(SHIPPED) <= set(shipped().tables)
    assert shipped() is shipped()
    assert load(()) is shipped()


@recorded.needs_recordings
def test_shipped_fields_are_the_keys_of_the_newest_recordings() -> None:
    newest = {
        "incident": recorded.exchange("j1-incident-list-2024-04-16.har.json").rows[0],
        "sys_user": recorded.exchange("j1-sys_user-page1of2-2024-04-16-first3.har.json").rows[0],
        "sys_user_group": recorded.exchange("j1-sys_user_group-list-2024-04-16.har.json").rows[0],
        "sys_user_grmember": recorded.exchange("j1-sys_user_grmember-list-2024-04-16.har.json").rows[0],
        "sys_db_object": recorded.exchange("j1-sys_db_object-full-row-2024-07-19.har.json").rows[0],
        "sys_journal_field": recorded.loaded("r7-sys_journal_field-rows.json")[0],
        "task": recorded.loaded("vm-task-list.json")["result"][0],
        "problem": recorded.loaded("doc-table-get-list-problem.json")["result"][0],
    }
    for table, row in newest.items():
        assert sorted(shipped()[table].fields) == sorted(row), table
    widths = {table: len(row) for table, row in newest.items()}
    assert (widths["incident"], widths["sys_user"], widths["sys_db_object"], widths["problem"]) == (92, 59, 35, 65)


def test_children_inherit_and_override() -> None:
    case = shipped()["sn_customerservice_case"]
    assert case.lineage == ("sn_customerservice_case", "task")
    assert (case.base, case.parent, case.display, case.natural_order) == ("task", "task", "number", ("active",))
    assert [choice.value for choice in case.fields["state"].choices] == ["1", "10", "18", "6", "3", "7"]
    assert case.fields["state"].column == "state"
    assert case.fields["account"].column == "sn_customerservice_case.account"
    assert "Closed Complete" in {choice.label for choice in shipped()["task"].fields["state"].choices}
    assert shipped().family("task") == (
        "incident",
        "problem",
        "sn_customerservice_case",
        "sn_customerservice_escalation",
        "sysapproval_group",
        "task",
    )


def test_a_new_table(tmp_path: Path) -> None:
    schema = load(
        (
            written(
                tmp_path,
                """
                tables:
                  u_tape:
                    label: Tape
                    display: u_name
                    number: {prefix: TAP, digits: 5, start: 7}
                    views: {mobile: [u_name]}
                    fields:
                      number: string
                      u_name: {type: string, max_length: 10, default: none}
                      u_owner: reference sys_user
                      u_seen_by: glide_list sys_user
                      u_source: document_id u_source_table
                      u_source_table: table_name
                      u_kind: {type: choice, choices: {a: Audio, v: Video}, read_only: true, indexed: true}
                """,
            ),
        )
    )
    tape = schema["u_tape"]
    assert (tape.label, tape.plural, tape.base) == ("Tape", "Tapes", "u_tape")
    assert tape.numbering is not None
    assert tape.numbering.text(7) == "TAP00007"
    assert tape.fields["u_owner"].kind is Kind.REFERENCE
    assert tape.fields["u_owner"].label == "Owner"
    assert tape.fields["u_seen_by"].kind is Kind.LIST
    assert tape.fields["u_source"].dependent == "u_source_table"
    assert ("v", "Video") in {(choice.value, choice.label) for choice in tape.fields["u_kind"].choices}
    assert tape.views == {"mobile": ("u_name",)}
    assert "u_tape" not in shipped().tables


def test_more_of_a_shipped_table(tmp_path: Path) -> None:
    schema = load(
        (
            written(
                tmp_path,
                """
                tables:
                  sn_customerservice_escalation:
                    fields:
                      u_business_impact: string
                    overrides:
                      reason: {add_choices: {"3": Executive Visibility}}
                    access:
                      read: [everyone]
                      fields:
                        reason: {write: []}
                """,
            ),
        )
    )
    escalation = schema["sn_customerservice_escalation"]
    assert [choice.label for choice in escalation.fields["reason"].choices] == [
        "Inactivity",
        "Lack of Progress",
        "Customer Imposed Deadline",
        "Executive Visibility",
    ]
    assert "u_business_impact" in escalation.fields
    assert escalation.access.rights["read"] == (Grant("everyone"),)
    assert escalation.access.rights["write"] == shipped()["sn_customerservice_escalation"].access.rights["write"]
    assert escalation.access.fields["reason"] == {"write": ()}


def test_choices_of_two_files_add_up(tmp_path: Path) -> None:
    first = written(tmp_path, "tables: {problem: {overrides: {state: {add_choices: {'8': Eight}, label: Stand}}}}")
    second = tmp_path / "second.yaml"
    second.write_text("tables: {problem: {overrides: {state: {add_choices: {'9': Nine}, default: '9'}}}}")
    state = load((first, second))["problem"].fields["state"]
    assert [choice.value for choice in state.choices][-2:] == ["8", "9"]
    assert (state.label, state.default) == ("Stand", "9")


def test_a_replaced_table(tmp_path: Path) -> None:
    schema = load((written(tmp_path, "tables: {incident: {replace: true, audit: none, fields: {name: string}}}"),))
    assert sorted(schema["incident"].fields) == ["name", "sys_id"]
    assert schema["incident"].rules == ()


@pytest.mark.parametrize(("audit", "count"), [("full", 7), ("untagged", 6), ("created", 4), ("none", 1)])
def test_audit_fields(tmp_path: Path, audit: str, count: int) -> None:
    assert len(load((written(tmp_path, f"tables: {{u_t: {{audit: {audit}}}}}"),))["u_t"].fields) == count


def test_all_problems_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        """\
        tables:
          u_a:
            extends: u_nowhere
          u_b:
            extends: cmn_department
          u_c:
            extends: u_d
          u_d:
            extends: u_c
          u_e:
            fields:
              a: sting
              b: reference
              c: {type: string, reference: task}
              d: document_id
              sys_id: string
              e: {type: integer, lookup: {from: [zz], values: {}}}
            display: nam
            hierarchy: up
            natural_order: [activ]
            number: {prefix: X}
            views: {mobile: [x]}
            overrides: {q: {label: Q}}
            access:
              fields: {nothing: {read: []}}
              read: [{role: itil, rows: nonsense=1}]
            rules:
              - {name: One, abort: true, require: [a]}
              - {name: Two}
              - {name: Three, set: {nofield: x}}
              - {name: Four, condition: "wrong=1", abort: true}
          incident:
            extends: problem
            audit: none
            fields:
              state: string
        """,
    )
    assert found == [
        "3: table `u_a` extends the unknown table `u_nowhere`",
        "5: table `cmn_department` has no field sys_class_name and cannot be extended by `u_b`",
        "9: tables extend each other in a circle: `u_c` extends `u_d` extends `u_c`",
        "12: field `a`: type `sting` is unknown; did you mean `string`?",
        "13: field `b`: type reference needs the table it points to, as in `reference: task`",
        "14: field `c`: type string points to no table; leave `reference` out",
        "15: field `d`: a document_id needs `dependent`, the field that names its table",
        "16: field `sys_id` already belongs to every table; put changes of it under `overrides`",
        "17: field `e`: `lookup` names the unknown field `zz`",
        "18: `display` names the unknown field `nam`",
        "19: `hierarchy` names the unknown field `up`",
        "20: `natural_order` names the unknown field `activ`",
        "21: `number` names the unknown field `number`",
        "22: a view names the unknown field `x`",
        "23: `overrides` changes the unknown field `q`",
        "25: `access` names the unknown field `nothing`",
        "28: rule `One` needs exactly one of `abort: true`, `require`, `restore` and `set`",
        "29: rule `Two` needs exactly one of `abort: true`, `require`, `restore` and `set`",
        "30: rule `Three` names the unknown field `nofield`",
        (
            "33: table `incident` already extends `task`; leave `extends` out to add to it, or write `replace: true` "
            "to define it anew"
        ),
        "34: `audit` of the existing table `incident` cannot change; write `replace: true` to define it anew",
        "36: field `state` already belongs to task; put changes of it under `overrides`",
    ]


def test_names_that_the_database_needs(tmp_path: Path) -> None:
    found = problems(tmp_path, "tables:\n  sqlite_own: {}\n  sandbox_instance: {}\n")
    assert [entry.partition(":")[0] for entry in found] == ["2", "3"]
    fields = "{rowid: string, order: {type: integer, indexed: true}, class: {type: string, indexed: true}}"
    schema = load((written(tmp_path, f"tables: {{tree: {{fields: {fields}}}}}"),))
    instance = LocalInstance(SandboxOptions(rows={"tree": [{"rowid": "7"}]}, schema=(tmp_path / "own.yaml",)))
    assert sorted(schema["tree"].fields)[:3] == ["class", "order", "rowid"]
    assert [row["rowid"] for row in instance.store.find("tree", rowid="7")] == ["7"]
    instance.store.close()


def test_conditions_must_be_valid_as_a_whole(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        """\
        tables:
          problem:
            rules:
              - {name: Four, condition: "wrong=1^stateVALCHANGES", abort: true}
              - {name: Five, before: "stateVALCHANGES", abort: true}
            access:
              read: [{role: itil, rows: "opened_by=javascript:gs.getUser()"}]
              fields: {state: {write: [{role: itil, rows: "no=1"}]}}
        """,
    )
    assert [entry.partition(" on table ")[0] for entry in found] == [
        "4: in the condition `wrong=1^stateVALCHANGES`",
        "5: in the condition `stateVALCHANGES`",
        "7: in the condition `opened_by=javascript:gs.getUser()`",
        "8: in the condition `no=1`",
    ]


def test_mistakes_of_form_name_the_key(tmp_path: Path) -> None:
    found = problems(tmp_path, "tables:\n  u_a:\n    lable: A\n    number: {digits: 3}\n")
    assert found == [
        "3: unknown key `lable`; did you mean `label`?",
        "4: `tables.u_a.number.prefix` is missing",
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load((tmp_path / "none.yaml",))
