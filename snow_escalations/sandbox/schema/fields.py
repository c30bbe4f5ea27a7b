"""The fields of one table: the platform's own, the written ones, and what a table changes in inherited ones."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from snow_escalations.documents import Problem, suggest
from snow_escalations.sandbox.schema.documents import FieldDocument, LookupDocument, OverrideDocument
from snow_escalations.sandbox.schema.merge import Draft, Placed
from snow_escalations.sandbox.schema.model import Choice, Field, Lookup
from snow_escalations.sandbox.schema.types import DEFAULT_LENGTH, DEFAULT_LENGTHS, TYPES, Kind

_SYSTEM: Mapping[str, tuple[str, str, int]] = {
    "sys_id": ("Sys ID", "GUID", 32),
    "sys_created_by": ("Created by", "string", 40),
    "sys_created_on": ("Created", "glide_date_time", 40),
    "sys_tags": ("Tags", "related_tags", 40),
    "sys_mod_count": ("Updates", "integer", 40),
    "sys_updated_by": ("Updated by", "string", 40),
    "sys_updated_on": ("Updated", "glide_date_time", 40),
}
_AUDITS: Mapping[str, tuple[str, ...]] = {
    "full": tuple(_SYSTEM),
    "untagged": tuple(name for name in _SYSTEM if name != "sys_tags"),
    "created": ("sys_id", "sys_created_by", "sys_created_on", "sys_tags"),
    "none": ("sys_id",),
}
_INDEXED = frozenset({"number", "state", "sys_created_on", "sys_updated_on"})


def label_of(element: str) -> str:
    """The label that an element gets when none is written: `short_description` is "Short description"."""
    words = element.removeprefix("u_").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def system_fields(draft: Draft) -> dict[str, Field]:
    """The fields that the platform gives each table, as far as `audit` asks for them."""
    return {
        name: Field(
            element=name,
            table=draft.name,
            column=name,
            label=label,
            type=kind,
            kind=TYPES[kind],
            max_length=length,
            read_only=True,
            indexed=name in _INDEXED,
        )
        for name, (label, kind, length) in _SYSTEM.items()
        if name in _AUDITS[draft.head.audit]
    }


def own_field(draft: Draft, name: str, placed: Placed[FieldDocument], *, is_base: bool) -> Field | Problem:
    """A written field, or the problem with it."""
    entry, origin = placed.part, placed.origin
    kind = TYPES.get(entry.type)
    if kind is None:
        return origin.problem(f"field `{name}`: type `{entry.type}` is unknown{suggest(entry.type, TYPES)}", "type")
    reference = entry.reference or ("sys_user_group" if entry.type == "domain_id" else "")
    if kind in {Kind.REFERENCE, Kind.LIST} and not reference:
        return origin.problem(
            f"field `{name}`: type {entry.type} needs the table it points to, as in `reference: task`"
        )
    if kind not in {Kind.REFERENCE, Kind.LIST} and entry.reference:
        return origin.problem(
            f"field `{name}`: type {entry.type} points to no table; leave `reference` out", "reference"
        )
    return Field(
        element=name,
        table=draft.name,
        column=name if is_base else f"{draft.name}.{name}",
        label=entry.label or label_of(name),
        type=entry.type,
        kind=kind,
        reference=reference,
        reference_key=entry.reference_key,
        dependent=entry.dependent or "",
        choices=choices_of(entry.choices),
        default=entry.default or "",
        max_length=entry.max_length or DEFAULT_LENGTHS.get(entry.type, DEFAULT_LENGTH),
        read_only=entry.read_only or kind is Kind.CLASS,
        indexed=entry.indexed or name in _INDEXED or kind is Kind.DOCUMENT,
        cascade=entry.cascade,
        lookup=_lookup(entry.lookup),
    )


def overridden(field: Field, override: OverrideDocument) -> Field:
    """A field as a child table, or a later file, changes it."""
    changes: dict[str, Any] = {}
    if override.label is not None:
        changes["label"] = override.label
    choices = field.choices if override.choices is None else choices_of(override.choices)
    if override.add_choices:
        choices = choices_of({choice.value: choice.label for choice in choices} | override.add_choices)
    if choices != field.choices:
        changes["choices"] = choices
    if override.default is not None:
        changes["default"] = override.default
    if override.read_only is not None:
        changes["read_only"] = override.read_only
    if override.cascade is not None:
        changes["cascade"] = override.cascade
    if override.lookup is not None:
        changes["lookup"] = _lookup(override.lookup)
    return replace(field, **changes)


def choices_of(written: Mapping[str, str]) -> tuple[Choice, ...]:
    """Choices in the order written."""
    return tuple(Choice(value, label, index) for index, (value, label) in enumerate(written.items(), start=1))


def dangling(fields: Collection[str], names: Iterable[str]) -> list[str]:
    """Those names that are no field, each with the nearest one that is."""
    return [f"`{name}`{suggest(name, fields)}" for name in names if name not in fields]


def _lookup(written: LookupDocument | None) -> Lookup | None:
    return None if written is None else Lookup(tuple(written.sources), dict(written.values))
