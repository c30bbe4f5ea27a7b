"""The engine's switches: declared once, checked, documented."""

from pathlib import Path

import pytest

from snow_escalations.sandbox.approvals import PROPERTIES
from snow_escalations.sandbox.properties import PropertyError

DOCS = Path(__file__).parents[3] / "docs" / "sandbox-approvals.md"


@pytest.mark.parametrize("declaration", PROPERTIES, ids=lambda declaration: declaration.name)
def test_every_switch_is_documented_with_its_default(declaration):
    (row,) = [
        line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{declaration.name}` |")
    ]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1] == f"`{declaration.default}`"
    assert cells[2] == declaration.description


def test_every_switch_that_is_documented_exists():
    documented = {
        line.split("`")[1] for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    }
    names = {declaration.name for declaration in PROPERTIES}
    assert {name for name in documented if name.startswith(("sandbox.approval.", "com.glide."))} == names


def test_defaults_are_values_that_the_switch_takes():
    for declaration in PROPERTIES:
        declaration.check(declaration.default)


def test_a_wrong_value_is_refused(engine):
    with pytest.raises(PropertyError, match=r"approve_when`: `most` is not one of any, all"):
        engine.properties.set("sandbox.approval.approve_when", "most")
