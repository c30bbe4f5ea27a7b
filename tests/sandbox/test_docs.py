"""docs/sandbox.md names everything that a person can set, and its examples work."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from pydantic import BaseModel

from snow_escalations.sandbox import Faults, Kind
from snow_escalations.sandbox.faults.load import FaultDocument
from snow_escalations.sandbox.faults.load import load as load_faults
from snow_escalations.sandbox.identity.accounts import ACCOUNTS, API_KEYS, CLIENTS
from snow_escalations.sandbox.properties import CORE
from snow_escalations.sandbox.schema import documents
from snow_escalations.sandbox.schema.load import load, shipped
from snow_escalations.sandbox.schema.types import TYPES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
SCHEMA_MODELS = [
    model
    for model in vars(documents).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__name__.endswith("Document")
]


def example(start: str) -> str:
    """The indented block that begins with a line."""
    lines = TEXT[TEXT.index(f"    {start}") :].splitlines()
    block = []
    for line in lines:
        if line and not line.startswith("    "):
            break
        block.append(line)
    return dedent("\n".join(block))


@pytest.mark.parametrize("declaration", CORE, ids=lambda declaration: declaration.name)
def test_every_property_stands_in_the_table(declaration) -> None:
    default = f"`{declaration.default}`" if declaration.default else "(empty)"
    rows = [line for line in TEXT.splitlines() if line.startswith(f"| `{declaration.name}` |")]
    assert len(rows) == 1
    assert f"| {default} | {declaration.description} |" in rows[0]
    for choice in declaration.choices:
        assert f"`{choice}`" in rows[0]


@pytest.mark.parametrize("kind", Kind)
def test_every_fault_stands_in_the_table(kind: Kind) -> None:
    assert re.search(rf"^\| `{kind.value}` \|", TEXT, re.MULTILINE)


def test_every_setting_of_a_fault_is_named() -> None:
    for name in FaultDocument.model_fields:
        assert re.search(rf"`{name}`|\b{name}:", TEXT), name


def test_every_key_of_a_schema_file_is_named() -> None:
    assert len(SCHEMA_MODELS) == 10
    block = example("tables:\n")
    for model in SCHEMA_MODELS:
        for name, info in model.model_fields.items():
            assert re.search(rf"\b{info.alias or name}:", block), (model.__name__, name)


def test_every_field_type_and_table_is_named() -> None:
    for name in (*TYPES, *shipped().tables):
        assert (
            f"`{name}`" in TEXT
            or f"{name} with its severities" in TEXT
            or name.startswith("sn_customerservice_escalation_")
        ), name


def test_every_account_is_named() -> None:
    for account in ACCOUNTS:
        assert f"| `{account.user_name}` | `{account.password}` |" in TEXT
    for text in (*API_KEYS, *(client.client_id for client in CLIENTS), *(client.client_secret for client in CLIENTS)):
        assert text in TEXT


def test_the_example_of_a_schedule_loads(tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(example("seed: 7"), encoding="utf-8")
    faults = Faults(seed=0)
    load_faults(path, faults, shipped())
    assert [fault.kind for fault in faults] == [Kind.ERROR_AFTER_COMMIT, Kind.TOO_MANY_REQUESTS, Kind.LATENCY]


def test_the_example_of_a_schema_file_loads(tmp_path: Path) -> None:
    block = example("tables:\n")
    # One table cannot show every setting at once: of a rule's four effects one is chosen, a key stands for another.
    text = re.sub(r"#.*", "", block).replace("hierarchy: u_parent", "hierarchy: u_owner")
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    schema = load((path,))
    assert schema["u_tape"].parent == "task"
    assert schema["u_tape"].fields["u_record"].dependent == "u_table"
    assert "u_more" in schema["incident"].fields
    assert "u_only" in schema["problem"].fields
