"""The JSON Schema of a policy is made of the facts, is complete, is the one that ships, and agrees with the loader."""

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from snow_escalations.documents import DocumentError
from snow_escalations.model import FACTS, Kind
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.policy import load_policy
from snow_escalations.triage.policy.matchers import matchers_of
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.rules import NeverAuto, Rule
from snow_escalations.triage.policy.schema import SCHEMA_FILE, policy_schema, schema_text
from tests.triage.policy.generated import plain_policies

SCHEMA = policy_schema()
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}
KNOWN = {
    *("$schema", "title", "description", "definitions", "default", "examples", "$ref", "allOf", "anyOf", "enum"),
    *("type", "properties", "required", "additionalProperties", "minProperties", "items", "minItems", "maxItems"),
    *("uniqueItems", "pattern", "minLength", "maxLength", "minimum", "if", "then"),
}


def fits(schema: dict[str, Any], value: Any) -> bool:  # noqa: PLR0911
    """JSON Schema, draft 7, as far as it is used here; a word that is not known here fails the test."""
    assert not set(schema) - KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return fits(SCHEMA["definitions"][schema["$ref"].removeprefix("#/definitions/")], value)
    if "type" in schema:
        is_bool = isinstance(value, bool) and schema["type"] != "boolean"
        if is_bool or not isinstance(value, TYPES[schema["type"]]):
            return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if not all(fits(part, value) for part in schema.get("allOf", ())):
        return False
    if "anyOf" in schema and not any(fits(part, value) for part in schema["anyOf"]):
        return False
    if "if" in schema and fits(schema["if"], value) and not fits(schema["then"], value):
        return False
    if isinstance(value, dict):
        return _object(schema, value)
    if isinstance(value, list):
        return _array(schema, value)
    if isinstance(value, str):
        return (
            re.search(schema.get("pattern", ""), value) is not None
            and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
        )  # fmt: skip
    return bool(isinstance(value, bool) or value >= schema.get("minimum", value))


def _object(schema: dict[str, Any], value: dict[str, Any]) -> bool:
    known = schema.get("properties", {})
    return (
        len(value) >= schema.get("minProperties", 0)
        and set(schema.get("required", ())) <= set(value)
        and (schema.get("additionalProperties", True) or set(value) <= set(known))
        and all(fits(known[name], item) for name, item in value.items() if name in known)
    )


def _array(schema: dict[str, Any], value: list[Any]) -> bool:
    unique = not schema.get("uniqueItems") or all(item not in value[:place] for place, item in enumerate(value))
    return (
        unique
        and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        and all(fits(schema.get("items", {}), item) for item in value)
    )


def test_the_shipped_schema_is_current() -> None:
    """If this fails: snow-escalations policy schema --out config/policy.schema.json"""
    assert (shipped_config() / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()


def test_the_shipped_policy_names_the_schema_in_its_first_line_and_fits_it() -> None:
    text = (shipped_config() / "policy.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# yaml-language-server: $schema={SCHEMA_FILE}"
    assert fits(SCHEMA, yaml.safe_load(text))


def test_every_fact_with_every_matcher_is_in_it_described_with_its_unit_and_values() -> None:
    when = SCHEMA["definitions"]["when"]["properties"]
    assert set(when) == {*FACTS, "all", "any", "not"}
    for name, spec in FACTS.items():
        fact = SCHEMA["definitions"][f"fact_{name}"]
        assert spec.description in fact["description"]
        assert set(fact["properties"]) == set(matchers_of(spec))
        if spec.unit and spec.kind is not Kind.DURATION:
            assert f"Unit: {spec.unit}." in fact["description"]
        if spec.none:
            assert spec.none in fact["description"]
        for value in spec.values:
            assert f'"{value}"' in json.dumps(fact)
        for matcher in fact["properties"].values():
            assert matcher["description"]


@pytest.mark.parametrize(
    ("model", "place"),
    [(Policy, SCHEMA), (Rule, SCHEMA["definitions"]["rule"]), (NeverAuto, SCHEMA["definitions"]["never_auto"])],
)
def test_every_key_of_the_models_is_in_it(model: Any, place: dict[str, Any]) -> None:
    assert set(place["properties"]) == set(model.model_fields)
    required = {name for name, field in model.model_fields.items() if field.is_required()}
    assert set(place.get("required", ())) == required


def test_every_reference_leads_somewhere() -> None:
    for name in re.findall(r'"#/definitions/([a-z_]+)"', schema_text()):
        assert name in SCHEMA["definitions"]


@settings(max_examples=60)
@given(plain_policies())
def test_what_the_loader_accepts_fits_the_schema(plain: dict[str, Any]) -> None:
    Policy.model_validate(plain)
    assert fits(SCHEMA, plain)


@pytest.mark.parametrize(
    "when",
    [
        {"priority": {"equals": "urgent"}},
        {"priority": {"at_least": 1}},
        {"priority": {}},
        {},
        {"weather": {"equals": "bad"}},
        {"waiting_for": {"at_least": 3}},
        {"waiting_for": {"at_least": "2 business days"}},
        {"earlier_escalations": {"at_least": -1}},
        {"executives": {"at_least": 1.5}},
        {"executives": {"within": "3 days"}},
        {"requested_on": {"at_least": "1.12.2026"}},
        {"any": []},
        {"not": []},
        {"priority": {"one_of": ["high", "high"]}},
        {"priority": {"is_known": "yes"}},
    ],
)
def test_what_the_schema_refuses_the_loader_refuses_too(when: dict[str, Any]) -> None:
    plain = {"rules": [{"name": "a rule", "when": when, "verdict": "hold"}]}
    assert not fits(SCHEMA, plain)
    with pytest.raises(DocumentError):
        load_policy(json.dumps(plain), "p.yaml")


@pytest.mark.parametrize(
    "rule",
    [
        {"verdict": "approve"},
        {"verdict": "hold", "reply": "../x"},
        {"verdict": "hold", "mode": "off"},
        {"verdict": "maybe"},
        {"verdict": "hold", "name": "x"},
        {"verdict": "hold", "extra": 1},
    ],
)
def test_a_rule_that_is_refused_does_not_fit(rule: dict[str, Any]) -> None:
    whole = {"name": "a rule", "when": {"source": {"equals": "case"}}, **rule}
    assert not fits(SCHEMA, {"rules": [whole]})
    assert fits(
        SCHEMA, {"rules": [{**whole, "name": "a rule", "verdict": "hold", "reply": "r", "mode": "shadow"}]}
    ) is ("extra" not in rule)
