"""GET of the Aggregate API: counts, averages, sums and extremes, grouped or not.

Groups come in the order of what their values show, as in the docs' sample. Access rules on rows do not apply: like
X-Total-Count the figures count rows that the caller may not read; a table that the caller may not read at all is 403.
"""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from snow_escalations.sandbox.access.rights import NOTHING
from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.parameters import read
from snow_escalations.sandbox.http.reads import Ask, Reads
from snow_escalations.sandbox.http.refusals import table_refused
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.query.paths import resolve, table_of
from snow_escalations.sandbox.query.tree import Path, folded
from snow_escalations.sandbox.schema.model import Schema, Table
from snow_escalations.sandbox.schema.types import Kind
from snow_escalations.sandbox.store.grouping import Figure, Group
from snow_escalations.sandbox.values.cells import Mode, display_of
from snow_escalations.sandbox.values.display import Locale, shown
from snow_escalations.sandbox.values.hashmap import ordered

_FUNCTIONS = ("avg", "sum", "min", "max")
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COUNT = Figure("count", None)


@dataclass(frozen=True, slots=True)
class _Having:
    figure: Figure
    comparison: str
    bound: float

    def passes(self, group: Group) -> bool:
        value = group.number(self.figure)
        return value is not None and _COMPARISONS[self.comparison](value, self.bound)


@dataclass(frozen=True, slots=True)
class _Ranking:
    figure: Figure
    descending: bool


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
        where = self._reads.bound(Ask(call, caller, table, rights, parameters)).where
        asked = list(self._asked(table, call.parameters))
        grouped = self._paths(table, call.parameters.get("sysparm_group_by", ""))
        having = list(self._having(table, call.parameters.get("sysparm_having", "")))
        rankings = list(self._rankings(table, call.parameters.get("sysparm_order_by", "")))
        figures = [*asked, *(part.figure for part in having), *(ranking.figure for ranking in rankings)]
        groups = services.store.groups(table, where, list(dict.fromkeys(figures)), [path for _, path in grouped])
        if not grouped:
            return Answer(200, {"result": {"stats": _stats(asked, groups[0])}})
        kept = [group for group in groups if all(condition.passes(group) for condition in having)]
        view = _GroupView(services, table, services.locale(caller), grouped)
        result = [
            {"stats": _stats(asked, group), "groupby_fields": view.fields(group, parameters.mode)}
            for group in view.sorted(kept, rankings)
        ]
        return Answer(200, {"result": result})

    def _asked(self, table: Table, parameters: Mapping[str, str]) -> Iterator[Figure]:
        if parameters.get("sysparm_count", "").lower() == "true":
            yield _COUNT
        for function in _FUNCTIONS:
            for name, path in self._paths(table, parameters.get(f"sysparm_{function}_fields", "")):
                yield Figure(function, path, name)

    def _paths(self, table: Table, names: str) -> list[tuple[str, Path]]:
        found = ((name.strip(), resolve(self._services.schema, table, name.strip())) for name in names.split(","))
        return [(name, path) for name, path in found if path is not None]

    def _figure(self, table: Table, function: str, name: str) -> Figure | None:
        if function == "count":
            return _COUNT
        path = resolve(self._services.schema, table, name)
        return Figure(function, path, name) if function in _FUNCTIONS and path is not None else None

    def _having(self, table: Table, text: str) -> Iterator[_Having]:
        """`count^state^>^3`, several separated by commas; what makes no sense is ignored."""
        for part in text.split(","):
            pieces = part.split("^")
            if len(pieces) != 4 or pieces[2] not in _COMPARISONS:
                continue
            figure = self._figure(table, pieces[0].lower(), pieces[1])
            try:
                bound = float(pieces[3])
            except ValueError:
                continue
            if figure is not None:
                yield _Having(figure, pieces[2], bound)

    def _rankings(self, table: Table, text: str) -> Iterator[_Ranking]:
        """`AVG^state`, `COUNT`, each with `^DESC` perhaps, several separated by commas."""
        for part in text.split(","):
            pieces = part.split("^")
            descending = pieces[-1].upper() == "DESC"
            name = pieces[1] if len(pieces) > 1 else ""
            figure = self._figure(table, pieces[0].lower(), name)
            if figure is not None:
                yield _Ranking(figure, descending)


class _GroupView:
    """What the values of groups show, and the order that follows from it."""

    def __init__(self, services: Services, table: Table, locale: Locale, grouped: Sequence[tuple[str, Path]]) -> None:
        self._services = services
        self._table = table
        self._locale = locale
        self._grouped = grouped

    def sorted(self, groups: Sequence[Group], rankings: Sequence[_Ranking]) -> list[Group]:
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
