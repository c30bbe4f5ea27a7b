"""The JSON Schema of a policy file, made from the facts and the models, for editors to complete and check by."""

import json
from collections.abc import Callable
from typing import Any

from snow_escalations.model import Model, Outcome
from snow_escalations.model.facts import FACTS, FactSpec, Kind
from snow_escalations.triage.policy.matchers import matchers_of
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.rules import Mode, NeverAuto, Rule

SCHEMA_FILE = "policy.schema.json"
_DATE = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "A day such as 2026-12-01"}
_DURATION = {
    "type": "string",
    "pattern": "^[0-9]+(\\.[0-9]+)? (minute|hour|business hour|day|week)s?$",
    "description": "A duration such as `90 minutes`, `16 business hours`, `3 days` or `2 weeks`",
    "examples": ["90 minutes", "16 business hours", "3 days", "2 weeks"],
}
_COUNT = {"type": "integer", "minimum": 0}
_TELLS = {
    "equals": "is this",
    "one_of": "is any of these",
    "at_least": "is this or more",
    "at_most": "is this or less",
    "more_than": "is more than this",
    "less_than": "is less than this",
    "between": "is from the first to the second, both included",
    "contains": "the list has this in it, or any of these",
    "within": "the first, binding one lies at most this far ahead and has not passed",
    "is_known": "could be read (true), or could not (false)",
}


def policy_schema() -> dict[str, Any]:
    """The schema, in draft 7, which editors know best."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Policy of snow-escalations",
        "description": Policy.__doc__,
        "type": "object",
        "additionalProperties": False,
        "required": _required(Policy),
        "properties": {
            "start_date": {**_DATE, "description": _told(Policy, "start_date")},
            "never_auto": {"$ref": "#/definitions/never_auto"},
            "rules": {
                "type": "array",
                "minItems": 1,
                "description": _told(Policy, "rules"),
                "items": {"$ref": "#/definitions/rule"},
            },
        },
        "definitions": {
            "rule": _rule(),
            "when": _when(),
            "never_auto": _never_auto(),
            "duration": _DURATION,
            **{f"fact_{name}": _fact(spec) for name, spec in FACTS.items()},
        },
    }


def _told(model: type[Model], name: str) -> str:
    return model.model_fields[name].description or ""


def _required(model: type[Model]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.is_required()]


def _rule() -> dict[str, Any]:
    decides = [item.value for item in Outcome if item is not Outcome.HOLD]
    return {
        "type": "object",
        "description": "One rule",
        "additionalProperties": False,
        "required": _required(Rule),
        "properties": {
            "name": {"type": "string", "minLength": 3, "maxLength": 200, "description": _told(Rule, "name")},
            "when": {"$ref": "#/definitions/when"},
            "verdict": {"enum": [item.value for item in Outcome], "description": _told(Rule, "verdict")},
            "reply": {"type": "string", "pattern": "^[a-z0-9_]+$", "description": _told(Rule, "reply")},
            "mode": {
                "enum": [item.value for item in Mode],
                "default": Mode.ENFORCE.value,
                "description": _told(Rule, "mode"),
            },
        },
        "if": {"properties": {"verdict": {"enum": decides}}, "required": ["verdict"]},
        "then": {"required": ["reply"]},
    }


def _when() -> dict[str, Any]:
    nested = {"$ref": "#/definitions/when"}
    several = {"type": "array", "minItems": 1, "items": nested}
    return {
        "type": "object",
        "description": _told(Rule, "when"),
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "all": {**several, "description": "All of these hold"},
            "any": {**several, "description": "At least one of these holds"},
            "not": {"allOf": [nested], "description": "These do not all hold"},
            **{name: {"$ref": f"#/definitions/fact_{name}"} for name in FACTS},
        },
    }


def _never_auto() -> dict[str, Any]:
    items: dict[str, dict[str, Any]] = {name: {"type": "string", "minLength": 1} for name in NeverAuto.model_fields}
    items["priorities"] = {"enum": list(FACTS["priority"].values)}
    return {
        "type": "object",
        "description": _told(Policy, "never_auto"),
        "additionalProperties": False,
        "properties": {
            name: {"type": "array", "uniqueItems": True, "items": item, "description": _told(NeverAuto, name)}
            for name, item in items.items()
        },
    }


def _fact(spec: FactSpec) -> dict[str, Any]:
    return {
        "type": "object",
        "description": described(spec),
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            matcher: {
                **_wanted(spec, matcher),
                "description": f"{spec.name} {_TELLS[matcher]}{_counted(spec, matcher)}",
            }
            for matcher in matchers_of(spec)
        },
    }


def described(spec: FactSpec) -> str:
    """What a fact means, its unit, and what it means that there is none."""
    parts = [f"{spec.description}."]
    if spec.kind is Kind.DURATION:
        parts.append("A duration, in hours of the clock or in business hours.")
    elif spec.unit:
        parts.append(f"Unit: {spec.unit}.")
    if spec.none:
        parts.append(f"There may be none: {spec.none}; then only `is_known: true` holds.")
    return " ".join(parts)


def _counted(spec: FactSpec, matcher: str) -> str:
    return ", counting its items" if spec.kind is Kind.LIST and _wanted(spec, matcher) == _COUNT else ""


def _wanted(spec: FactSpec, matcher: str) -> dict[str, Any]:
    if matcher == "is_known":
        return {"type": "boolean"}
    if matcher == "within":
        return {"allOf": [{"$ref": "#/definitions/duration"}]}
    if matcher == "contains":
        key = _text(spec)
        return {"anyOf": [key, {"type": "array", "minItems": 1, "uniqueItems": True, "items": key}]}
    single = _COUNT if spec.kind is Kind.LIST else _SINGLE[spec.kind](spec)
    if matcher == "one_of":
        return {"type": "array", "minItems": 1, "uniqueItems": True, "items": single}
    if matcher == "between":
        return {"type": "array", "minItems": 2, "maxItems": 2, "items": single}
    return single


def _text(spec: FactSpec) -> dict[str, Any]:
    if spec.kind is Kind.LIST and not spec.values:
        return _DATE
    if spec.values and not spec.is_open:
        return {"enum": list(spec.values)}
    # What an instance calls its own is allowed; what is known is offered.
    return {"anyOf": [{"enum": list(spec.values)}, {"type": "string"}]} if spec.values else {"type": "string"}


_SINGLE: dict[Kind, Callable[[FactSpec], dict[str, Any]]] = {
    Kind.TEXT: _text,
    Kind.NAME: _text,
    Kind.BOOLEAN: lambda _: {"type": "boolean"},
    Kind.NUMBER: lambda _: {"type": "number", "minimum": 0},
    Kind.DURATION: lambda _: {"allOf": [{"$ref": "#/definitions/duration"}]},
    Kind.DATE: lambda _: _DATE,
}


def schema_text() -> str:
    """The schema as the file that ships beside the policy."""
    return json.dumps(policy_schema(), indent=2) + "\n"
