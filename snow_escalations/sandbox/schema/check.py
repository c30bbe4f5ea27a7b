"""The encoded queries that schema files write, in rules and access grants: each must be valid as a whole."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from snow_escalations.documents import Problem
from snow_escalations.sandbox.query.bind import bind
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.schema.documents import FieldAccessDocument, Grants
from snow_escalations.sandbox.schema.merge import Draft, Origin
from snow_escalations.sandbox.schema.model import Schema, Table

_RIGHTS = ("read", "create", "write", "query_match", "query_range")


def invalid_conditions(schema: Schema, drafts: Mapping[str, Draft]) -> Iterator[Problem]:
    """A problem for each condition that an instance would silently leave out."""
    utc = ZoneInfo("UTC")
    now = datetime(2000, 1, 1, tzinfo=UTC)
    for name, draft in drafts.items():
        table = schema[name]
        for text, origin, changes in _conditions(draft):
            context = QueryContext(now, utc, utc, "user", "user", changes=changes)
            for part in bind(schema, table, text, context).invalid:
                yield origin.problem(_message(table, text, part))


def _message(table: Table, text: str, part: str) -> str:
    return f"in the condition `{text}` on table `{table.name}`, `{part}` names no field, operator or value that exists"


def _conditions(draft: Draft) -> Iterator[tuple[str, Origin, bool]]:
    for rule in draft.rules:
        yield rule.part.before, rule.origin, False
        yield rule.part.condition, rule.origin, True
    for grants in draft.rights.values():
        yield from _rows(grants.part, grants.origin)
    for placed in draft.field_rights.values():
        yield from _field_rows(placed.part, placed.origin)


def _rows(grants: Grants, origin: Origin) -> Iterator[tuple[str, Origin, bool]]:
    for grant in grants:
        yield grant.rows, origin, False


def _field_rows(rights: FieldAccessDocument, origin: Origin) -> Iterator[tuple[str, Origin, bool]]:
    for right in _RIGHTS:
        yield from _rows(getattr(rights, right) or [], origin)
