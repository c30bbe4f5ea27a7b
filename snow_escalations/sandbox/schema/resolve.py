"""Merged drafts to tables: parents, fields, access and rules resolved, every problem collected."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import cast, get_args

from snow_escalations.documents import Problem, suggest
from snow_escalations.sandbox.schema.documents import FieldAccessDocument, Grants
from snow_escalations.sandbox.schema.fields import dangling, label_of, overridden, own_field, system_fields
from snow_escalations.sandbox.schema.merge import Draft, Origin
from snow_escalations.sandbox.schema.model import (
    ALL_FIELDS,
    ANY_ROLE,
    Access,
    Field,
    FieldRight,
    Grant,
    Numbering,
    Right,
    Rule,
    Table,
)
from snow_escalations.sandbox.schema.types import Kind

_RESERVED = ("sqlite_", "sandbox_instance", "sandbox_pending")
_DEFAULT_GRANTS = (Grant(ANY_ROLE),)
_RIGHTS: tuple[Right, ...] = get_args(Right)
_FIELD_RIGHTS: tuple[FieldRight, ...] = get_args(FieldRight)


class Resolver:
    """Resolves the drafts of one schema, parents before children."""

    def __init__(self, drafts: Mapping[str, Draft]) -> None:
        self._drafts = drafts
        self.tables: dict[str, Table] = {}
        self.problems: list[Problem] = []
        self._open: list[str] = []
        self._failed: set[str] = set()

    def resolve(self) -> None:
        """Fill `tables` and `problems`."""
        for name, draft in self._drafts.items():
            if name.startswith(_RESERVED):
                self.problems.append(draft.origin.problem(f"a table cannot be named `{name}`: SQLite keeps that name"))
            else:
                self._table(name)

    def _table(self, name: str) -> Table | None:
        if name in self.tables or name in self._failed:
            return self.tables.get(name)
        draft = self._drafts[name]
        parent: Table | None = None
        if draft.head.extends is not None:
            parent = self._parent(draft)
            if parent is None:
                self._failed.add(name)
                return None
        table = self._built(draft, parent)
        self.tables[name] = table
        return table

    def _parent(self, draft: Draft) -> Table | None:
        name = draft.head.extends or ""
        if name in self._open or name == draft.name:
            cycle = " extends ".join(f"`{step}`" for step in (*self._open, draft.name, name))
            self.problems.append(draft.origin.problem(f"tables extend each other in a circle: {cycle}", "extends"))
            return None
        if name not in self._drafts:
            message = f"table `{draft.name}` extends the unknown table `{name}`{suggest(name, self._drafts)}"
            self.problems.append(draft.origin.problem(message, "extends"))
            return None
        self._open.append(draft.name)
        parent = self._table(name)
        self._open.pop()
        if parent is not None and "sys_class_name" not in parent.fields:
            message = f"table `{name}` has no field sys_class_name and cannot be extended by `{draft.name}`"
            self.problems.append(draft.origin.problem(message, "extends"))
            return None
        return parent

    def _built(self, draft: Draft, parent: Table | None) -> Table:
        fields = self._fields(draft, parent)
        self._check_fields(draft, fields)
        label = self._setting(draft, "label", "") or label_of(draft.name)
        return Table(
            name=draft.name,
            label=label,
            plural=self._setting(draft, "plural", "") or f"{label}s",
            lineage=(draft.name, *(parent.lineage if parent else ())),
            fields=fields,
            display=self._named(draft, fields, "display", parent.display if parent else ""),
            natural_order=self._natural_order(draft, fields, parent),
            hierarchy=self._named(draft, fields, "hierarchy", parent.hierarchy if parent else ""),
            numbering=self._numbering(draft, fields, parent),
            access=self._access(draft, fields, parent),
            rules=(*self._rules(draft, fields), *(parent.rules if parent else ())),
            views=self._views(draft, fields, parent),
        )

    def _fields(self, draft: Draft, parent: Table | None) -> dict[str, Field]:
        fields = dict(parent.fields) if parent else system_fields(draft)
        for name, placed in draft.fields.items():
            if name in fields:
                owner = fields[name].table if parent else "every table"
                message = f"field `{name}` already belongs to {owner}; put changes of it under `overrides`"
                self.problems.append(placed.origin.problem(message))
                continue
            field = own_field(draft, name, placed, is_base=parent is None)
            if isinstance(field, Problem):
                self.problems.append(field)
            else:
                fields[name] = field
        for name, override in draft.overrides.items():
            if name in fields:
                fields[name] = overridden(fields[name], override.part)
            else:
                message = f"`overrides` changes the unknown field `{name}`{suggest(name, fields)}"
                self.problems.append(override.origin.problem(message))
        return dict(sorted(fields.items()))

    def _check_fields(self, draft: Draft, fields: Mapping[str, Field]) -> None:
        for name, field in fields.items():
            written = draft.fields.get(name) or draft.overrides.get(name)
            origin = None if written is None else written.origin
            if origin is None:
                continue
            if field.kind is Kind.DOCUMENT and field.dependent not in fields:
                message = f"field `{name}`: a document_id needs `dependent`, the field that names its table"
                self.problems.append(origin.problem(message))
            if field.cascade is not None and field.kind not in {Kind.REFERENCE, Kind.DOCUMENT}:
                message = f"field `{name}`: type {field.type} refers to no row; leave `cascade` out"
                self.problems.append(origin.problem(message, "cascade"))
            if field.lookup is not None:
                self._require_fields(fields, field.lookup.sources, origin, f"field `{name}`: `lookup`")

    def _require_fields(self, fields: Collection[str], names: Iterable[str], origin: Origin, what: str) -> None:
        for text in dangling(fields, names):
            self.problems.append(origin.problem(f"{what} names the unknown field {text}"))

    def _setting(self, draft: Draft, name: str, default: str) -> str:
        placed = draft.settings.get(name)
        return default if placed is None else cast("str", placed.part)

    def _named(self, draft: Draft, fields: Mapping[str, Field], setting: str, default: str) -> str:
        placed = draft.settings.get(setting)
        if placed is None:
            return default
        self._require_fields(fields, [placed.part], placed.origin, f"`{setting}`")
        return cast("str", placed.part)

    def _natural_order(self, draft: Draft, fields: Mapping[str, Field], parent: Table | None) -> tuple[str, ...]:
        placed = draft.settings.get("natural_order")
        if placed is None:
            return parent.natural_order if parent else ()
        self._require_fields(fields, placed.part, placed.origin, "`natural_order`")
        return tuple(placed.part)

    def _views(self, draft: Draft, fields: Mapping[str, Field], parent: Table | None) -> dict[str, tuple[str, ...]]:
        views = dict(parent.views) if parent else {}
        for name, placed in draft.settings.items():
            if name.startswith("views."):
                self._require_fields(fields, placed.part, placed.origin, "a view")
                views[name.removeprefix("views.")] = tuple(placed.part)
        return views

    def _numbering(self, draft: Draft, fields: Mapping[str, Field], parent: Table | None) -> Numbering | None:
        placed = draft.settings.get("number")
        if placed is None:
            return parent.numbering if parent else None
        self._require_fields(fields, ["number"], placed.origin, "`number`")
        return Numbering(placed.part.prefix, placed.part.digits, placed.part.start)

    def _access(self, draft: Draft, fields: Mapping[str, Field], parent: Table | None) -> Access:
        rights: dict[Right, tuple[Grant, ...]] = dict.fromkeys(_RIGHTS, _DEFAULT_GRANTS)
        if parent is not None:
            rights |= parent.access.rights
        for right in _RIGHTS:
            if right in draft.rights:
                rights[right] = _grants(draft.rights[right].part)
        by_field = dict(parent.access.fields) if parent else {}
        for name, placed in draft.field_rights.items():
            self._require_fields((ALL_FIELDS, *fields), [name], placed.origin, "`access`")
            by_field[name] = {**by_field.get(name, {}), **_field_rights(placed.part)}
        refuse = draft.settings.get("read_denied")
        query_acl = draft.settings.get("query_acl")
        return Access(
            rights=rights,
            fields=by_field,
            refuse_read=refuse.part == "refuse" if refuse else bool(parent and parent.access.refuse_read),
            query_acl=query_acl.part if query_acl else bool(parent and parent.access.query_acl),
        )

    def _rules(self, draft: Draft, fields: Mapping[str, Field]) -> Iterable[Rule]:
        for placed in draft.rules:
            rule, origin = placed.part, placed.origin
            if [rule.abort, bool(rule.require), bool(rule.restore), bool(rule.assign)].count(True) != 1:
                message = f"rule `{rule.name}` needs exactly one of `abort: true`, `require`, `restore` and `set`"
                self.problems.append(origin.problem(message))
                continue
            self._require_fields(fields, (*rule.require, *rule.restore, *rule.assign), origin, f"rule `{rule.name}`")
            yield Rule(
                name=rule.name,
                sys_id=hashlib.md5(f"{draft.name}.{rule.name}".encode(), usedforsecurity=False).hexdigest(),
                table=draft.name,
                operations=frozenset(rule.operations),
                if_property=rule.if_property,
                before=rule.before,
                condition=rule.condition,
                abort=rule.abort,
                require=tuple(rule.require),
                restore=tuple(rule.restore),
                assign=dict(rule.assign) or None,
            )


def _grants(written: Grants) -> tuple[Grant, ...]:
    return tuple(Grant(entry.role, entry.rows) for entry in written)


def _field_rights(written: FieldAccessDocument) -> dict[FieldRight, tuple[Grant, ...]]:
    return {right: _grants(grants) for right in _FIELD_RIGHTS if (grants := getattr(written, right)) is not None}
