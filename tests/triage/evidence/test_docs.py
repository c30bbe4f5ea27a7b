"""The page for the team says of each fact what the code says, and shows settings that load."""

from pathlib import Path

import pytest
import yaml

from snow_escalations.model import FACTS, FactSpec
from snow_escalations.triage.evidence import WeighingSettings
from snow_escalations.triage.evidence.reason import _TESTS

DOCS = Path(__file__).resolve().parents[3] / "docs"
PAGE = (DOCS / "evidence.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("spec", FACTS.values(), ids=FACTS)
def test_every_fact_is_on_the_page_with_kind_unit_meaning_and_values(spec: FactSpec) -> None:
    values = ", ".join(f"`{value}`" for value in spec.values) + (" and others" if spec.is_open else "")
    cells = (f"`{spec.name}`", spec.kind.value, spec.unit or "–", spec.description, spec.none or "–", values or "–")
    assert f"| {' | '.join(cells)} |" in PAGE


def test_facts_stand_under_their_groups_and_no_other_fact_does() -> None:
    rows = [
        line.split("`")[1] for line in PAGE[PAGE.index("## Facts") :].split("## When")[0].splitlines() if "| `" in line
    ]
    assert rows == list(FACTS)


def test_every_reason_that_is_weighed_and_every_weight_is_explained() -> None:
    weighed = PAGE[PAGE.index("## How the stated reason is weighed") : PAGE.index("## Facts")]
    assert [word for word in (*_TESTS, *WeighingSettings.model_fields) if f"`{word}`" not in weighed] == []


def test_documented_weights_are_the_defaults() -> None:
    document = (DOCS / "settings.md").read_text(encoding="utf-8")
    for name, field in WeighingSettings.model_fields.items():
        assert f"| `weighing.{name}` | {field.default} |" in document


def test_the_calendars_of_the_settings_page_load() -> None:
    from snow_escalations.triage.calendars import Calendars

    document = (DOCS / "settings.md").read_text(encoding="utf-8")
    example = document[document.index("```yaml\ncalendars:") + 8 :].split("```")[0]
    calendars = Calendars.model_validate(yaml.safe_load(example)["calendars"])
    assert calendars.of("Boxeo").zone == "America/Sao_Paulo"
    assert calendars.of("Other").country == "DE"
