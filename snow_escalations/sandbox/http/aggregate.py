"""GET of the Aggregate API: counts, averages, sums and extremes, grouped or not.

Groups come in the order of what their values show, as in the docs' sample. Access rules on rows do not apply: like
X-Total-Count the figures count rows that the caller may not read; a table that the caller may not read at all is 403.
Access rules on fields do: one that the caller may not read on every row is as an unknown one.
"""

from collections.abc import Sequence
from typing import Any

from snow_escalations.sandbox.access.fields import visible
from snow_escalations.sandbox.access.rights import NOTHING
from snow_escalations.sandbox.http.aggregate_question import Ranking, question
from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.parameters import read
from snow_escalations.sandbox.http.reads import Ask, Reads
from snow_escalations.sandbox.http.refusals import table_refused
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.query.paths import table_of
from snow_escalations.sandbox.query.tree import Path, folded
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store.grouping import Figure, Group
from snow_escalations.sandbox.values.cells import Mode, display_of
from snow_escalations.sandbox.values.display import Locale, shown
from snow_escalations.sandbox.values.hashmap import ordered


class Aggregates:
    """Answers aggregate requests."""

    def __init__(self, services: Services, reads: Reads) -> None:
        self._services = services
        self._reads = reads

    def answer(self, call: Call, caller: Caller, table: Table) -> Answer:
        """GET /api/now/stats/{table}."""
        services = self._services
        parameters = read(call.parameters, services.properties)
        rights = self._reads.readable(table, caller)
        if rights.row("read") == NOTHING:
            raise table_refused(table.name)
        where = services.lag.narrowed(table, self._reads.bound(Ask(call, caller, table, rights, parameters)).where)

        def find(name: str) -> Path | None:
            return visible(services.schema, services.access, table, name, caller.actor, on_every_row=True)

        asked = question(call.parameters, find)
        groups = services.store.groups(table, where, asked.computed, [path for _, path in asked.groups])
        if not asked.groups:
            return Answer(200, {"result": {"stats": _stats(asked.figures, groups[0])}})
        kept = [group for group in groups if all(condition.passes(group) for condition in asked.having)]
        view = _GroupView(services, table, services.locale(caller), asked.groups)
        result = [
            {"stats": _stats(asked.figures, group), "groupby_fields": view.fields(group, parameters.mode)}
            for group in view.sorted(kept, asked.rankings)
        ]
        return Answer(200, {"result": result})


class _GroupView:
    """What the values of groups show, and the order that follows from it."""

    def __init__(self, services: Services, table: Table, locale: Locale, grouped: Sequence[tuple[str, Path]]) -> None:
        self._services = services
        self._table = table
        self._locale = locale
        self._grouped = grouped

    def sorted(self, groups: Sequence[Group], rankings: Sequence[Ranking]) -> list[Group]:
        ranked = sorted(groups, key=lambda group: [folded(text) for text in self._displays(group)])
        for ranking in reversed(rankings):
            ranked.sort(key=lambda group: group.number(ranking.figure) or 0.0, reverse=ranking.descending)
        return ranked

    def fields(self, group: Group, mode: Mode) -> list[dict[str, Any]]:
        entries = []
        for (name, _), value, display in zip(self._grouped, group.values, self._displays(group), strict=True):
            shown_too = {"display_value": display} if mode == "all" else {}
            entries.append({**shown_too, "value": display if mode == "true" else value, "field": name})
        return entries

    def _displays(self, group: Group) -> list[str]:
        return [self._display(path, value) for (_, path), value in zip(self._grouped, group.values, strict=True)]

    def _display(self, path: Path, value: str) -> str:
        field, schema = path.field, self._services.schema
        if field.kind is Kind.REFERENCE:
            return display_of(value, self._known(schema, field.reference, field.reference_key, value))
        choices = self._services.store.choices.of(table_of(schema, self._table, path), field.element)
        return shown(field, schema, self._locale, choices)(value) or ""

    def _known(self, schema: Schema, table: str, key: str, value: str) -> dict[str, str]:
        target = schema.find(table)
        if target is None or key not in target.fields:
            return {}
        return self._services.store.displays(target, target.fields[key], [value])


def _stats(asked: Sequence[Figure], group: Group) -> dict[str, Any]:
    """The figures asked for, all of them text: counts whole, averages with four decimals."""
    stats: dict[str, Any] = {}
    for figure in asked:
        text = group.text(figure)
        if figure.function == "count":
            stats["count"] = text
        else:
            stats.setdefault(figure.function, {})[figure.name] = text
    stats = {
        key: {name: value[name] for name in ordered(sorted(value))} if isinstance(value, dict) else value
        for key, value in stats.items()
    }
    return {key: stats[key] for key in ordered(sorted(stats))}
