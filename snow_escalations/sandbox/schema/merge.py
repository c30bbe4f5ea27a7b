"""Schema files in the order given, merged: a later file adds to a table, or replaces it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from snow_escalations.documents import Document, Problem
from snow_escalations.sandbox.schema.documents import (
    AccessDocument,
    FieldAccessDocument,
    FieldDocument,
    Grants,
    OverrideDocument,
    RuleDocument,
    SchemaDocument,
    TableDocument,
)

PathPart: TypeAlias = str | int
PartT = TypeVar("PartT")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something is written, for problems."""

    document: Document
    path: tuple[PathPart, ...]

    def problem(self, message: str, *more: PathPart) -> Problem:
        """A problem here, or below here."""
        return self.document.problem((*self.path, *more), message)


@dataclass(frozen=True, slots=True)
class Placed(Generic[PartT]):
    """A part of a document that remembers where it was written."""

    part: PartT
    origin: Origin


@dataclass(slots=True)
class Draft:
    """One table as far as the files so far say; `head` is the document that introduced it."""

    name: str
    head: TableDocument
    origin: Origin
    fields: dict[str, Placed[FieldDocument]] = field(default_factory=dict)
    overrides: dict[str, Placed[OverrideDocument]] = field(default_factory=dict)
    rules: list[Placed[RuleDocument]] = field(default_factory=list)
    rights: dict[str, Placed[Grants]] = field(default_factory=dict)
    field_rights: dict[str, Placed[FieldAccessDocument]] = field(default_factory=dict)
    settings: dict[str, Placed[Any]] = field(default_factory=dict)


_RIGHTS = ("read", "create", "write", "delete")
_ACCESS_SETTINGS = ("read_denied", "query_acl")
_SETTINGS = ("label", "plural", "display", "natural_order", "hierarchy", "number")


def merge(files: Iterable[tuple[Document, SchemaDocument]]) -> tuple[dict[str, Draft], list[Problem]]:
    """The drafts of all tables by name, and what cannot be merged."""
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    for document, schema in files:
        for name, table in schema.tables.items():
            origin = Origin(document, ("tables", name))
            known = drafts.get(name)
            if known is None or table.replace:
                drafts[name] = draft = Draft(name, table, origin)
                _add(draft, table, origin)
                continue
            problems += _conflicts(known, table, origin)
            _add(known, table, origin)
    return drafts, problems


def _conflicts(known: Draft, table: TableDocument, origin: Origin) -> list[Problem]:
    problems = []
    if "extends" in table.model_fields_set and table.extends != known.head.extends:
        message = (
            f"table `{known.name}` already extends `{known.head.extends or 'nothing'}`; leave `extends` out to add to "
            "it, or write `replace: true` to define it anew"
        )
        problems.append(origin.problem(message, "extends"))
    if "audit" in table.model_fields_set and table.audit != known.head.audit:
        message = f"`audit` of the existing table `{known.name}` cannot change; write `replace: true` to define it anew"
        problems.append(origin.problem(message, "audit"))
    return problems


def _add(draft: Draft, table: TableDocument, origin: Origin) -> None:
    for name, entry in table.fields.items():
        draft.fields[name] = Placed(entry, _below(origin, "fields", name))
    for name, override in table.overrides.items():
        draft.overrides[name] = Placed(_combined(draft, name, override), _below(origin, "overrides", name))
    for index, rule in enumerate(table.rules):
        draft.rules.append(Placed(rule, _below(origin, "rules", index)))
    for name in _SETTINGS:
        if getattr(table, name) is not None:
            draft.settings[name] = Placed(getattr(table, name), _below(origin, name))
    for view, names in table.views.items():
        draft.settings[f"views.{view}"] = Placed(names, _below(origin, "views", view))
    _add_access(draft, table.access, _below(origin, "access"))


def _add_access(draft: Draft, access: AccessDocument, origin: Origin) -> None:
    for right in _RIGHTS:
        if getattr(access, right) is not None:
            draft.rights[right] = Placed(getattr(access, right), _below(origin, right))
    for name in _ACCESS_SETTINGS:
        if getattr(access, name) is not None:
            draft.settings[name] = Placed(getattr(access, name), _below(origin, name))
    for name, rights in access.fields.items():
        draft.field_rights[name] = Placed(rights, _below(origin, "fields", name))


def _combined(draft: Draft, name: str, override: OverrideDocument) -> OverrideDocument:
    """An override on top of an earlier one: added choices add up, the rest is replaced where it is written."""
    earlier = draft.overrides.get(name)
    if earlier is None:
        return override
    changes = {key: getattr(override, key) for key in override.model_fields_set}
    if "choices" not in changes:
        changes["add_choices"] = earlier.part.add_choices | override.add_choices
    return earlier.part.model_copy(update=changes)


def _below(origin: Origin, *more: PathPart) -> Origin:
    return Origin(origin.document, (*origin.path, *more))
