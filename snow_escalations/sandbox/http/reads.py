"""GET of the Table API: lists and single rows."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from snow_escalations.sandbox.access.fields import query_refused as is_query_refused
from snow_escalations.sandbox.access.fields import visible
from snow_escalations.sandbox.access.rights import NOTHING, TableRights
from snow_escalations.sandbox.http.answer import Answer, Headers
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.filters import pair_conditions, pair_uses
from snow_escalations.sandbox.http.links import link_header
from snow_escalations.sandbox.http.parameters import Parameters, read
from snow_escalations.sandbox.http.refusals import no_record, query_refused, table_refused
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.query.bind import Bound, bind
from snow_escalations.sandbox.query.tree import EVERYTHING, AllOf, Constant, Leaf, Node, OneOf, Path
from snow_escalations.sandbox.schema.model import Table
from snow_escalations.sandbox.store.reading import Selection
from snow_escalations.sandbox.values.cells import Style
from snow_escalations.sandbox.values.hashmap import ordered
from snow_escalations.sandbox.values.render import Column, Rendered, Renderer

_TABLE_PATH = "/table/"
_CACHED = 500


@dataclass(frozen=True, slots=True)
class Ask:
    """A request about rows of a table: who asks for which of them, and what the caller may see."""

    call: Call
    caller: Caller
    table: Table
    rights: TableRights
    parameters: Parameters


class Reads:
    """Answers GET requests on tables."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._renderers: dict[Hashable, Renderer] = {}

    def list_rows(self, call: Call, caller: Caller, table: Table, *, v1: bool) -> Answer:
        """GET on a table."""
        services = self._services
        parameters = read(call.parameters, services.properties)
        ask = Ask(call, caller, table, self.readable(table, caller), parameters)
        bound = self.bound(ask)
        where = services.lag.narrowed(table, bound.where)
        total = services.store.count(table, where) if parameters.count else None
        selection = Selection(
            where=where,
            order=bound.order,
            limit=parameters.limit,
            offset=parameters.offset,
            shuffled=services.properties.get("sandbox.unordered_reads") == "shuffle",
        )
        rows = self._rows(ask, selection)
        if v1 and not rows:
            raise no_record()
        return Answer(200, {"result": rows}, self._page_headers(ask, total))

    def one_row(self, call: Call, caller: Caller, table: Table, sys_id: str) -> Answer:
        """GET on a row."""
        parameters = read(call.parameters, self._services.properties)
        rights = self.readable(table, caller)
        where = self._services.lag.narrowed(table, _is(table, sys_id))
        rows = self._rows(Ask(call, caller, table, rights, parameters), Selection(where=where, limit=1))
        if not rows:
            raise no_record()
        return Answer(200, {"result": rows[0]})

    def written_row(self, ask: Ask, sys_id: str) -> Rendered:
        """The row that a write answers with; {} where the caller may write the row and not read it."""
        rows = self._rows(ask, Selection(where=_is(ask.table, sys_id), limit=1))
        return rows[0] if rows else {}

    def readable(self, table: Table, caller: Caller) -> TableRights:
        """What the caller may do with a table.

        Raises:
            Refusal: 403, a table that refuses instead of hiding its rows.
        """
        rights = self._services.access.of(table, caller.actor)
        if rights.refused:
            raise table_refused(table.name)
        return rights

    def bound(self, ask: Ask) -> Bound:
        """The query of a request, invalid parts handled as the instance is set to.

        Raises:
            Refusal: 403, a query ACL.
        """
        services, table = self._services, ask.table
        context = services.query_context(ask.caller)
        bound = bind(services.schema, table, ask.parameters.query, context)
        pairs = ask.parameters.pairs
        asked = replace(bound, uses=(*bound.uses, *pair_uses(services.schema, table, pairs)))
        if is_query_refused(services.schema, services.access, asked, ask.caller.actor):
            raise query_refused()
        where = bound.where
        if bound.invalid and services.properties.boolean("glide.invalid_query.returns_no_rows"):
            where = Constant(truth=False)
        conditions = pair_conditions(services.store, table, pairs, context)
        if conditions:
            where = AllOf((where, *conditions))
        return replace(bound, where=where)

    def _rows(self, ask: Ask, selection: Selection) -> list[Rendered]:
        """The rows of a page that the caller may read: access rules come after the limit."""
        services, table = self._services, ask.table
        renderer = self._renderer(ask)
        guard = RowGuard(services, table, ask.caller)
        selected = services.store.select(table, [*renderer.paths, *guard.paths], selection)
        width = len(renderer.paths)
        passed = [values for values in selected if guard.passes(values[width:])] if guard.needed else selected
        rendered = renderer.rows([values[:width] for values in passed] if guard.paths else passed)
        if not ask.rights.conditional:
            return rendered
        return [
            self._thinned(ask.rights, cells, guard.row(values[width:]))
            for cells, values in zip(rendered, passed, strict=True)
        ]

    def _renderer(self, ask: Ask) -> Renderer:
        """The renderer of a request; the same again for requests of the same shape."""
        parameters = ask.parameters
        locale = self._services.locale(ask.caller)
        style = Style(parameters.mode, parameters.links, self._link_base(ask.call), locale)
        key = (ask.table.name, ask.rights, parameters.fields, parameters.view, style)
        renderer = self._renderers.get(key)
        if renderer is None:
            if len(self._renderers) >= _CACHED:
                self._renderers.clear()
            renderer = Renderer(self._services.store, ask.table, list(self._columns(ask)), style)
            self._renderers[key] = renderer
        return renderer

    def _columns(self, ask: Ask) -> Iterator[Column]:
        table, parameters = ask.table, ask.parameters
        names = parameters.fields
        if names is None:
            names = table.views.get(parameters.view) or tuple(table.fields)
        for name in names:
            path = visible(self._services.schema, self._services.access, table, name, ask.rights.actor)
            if path is not None:
                yield Column(name, path)

    def _thinned(self, rights: TableRights, cells: Rendered, row: dict[str, str]) -> Rendered:
        """A row without the fields that the caller may not read on this very row."""
        hidden = {name for name, condition in rights.conditional.items() if not rights.holds(condition, row)}
        if not hidden:
            return cells
        return {name: cells[name] for name in ordered(sorted(set(cells) - hidden))}

    def _page_headers(self, ask: Ask, total: int | None) -> Headers:
        call, parameters = ask.call, ask.parameters
        headers: Headers = []
        if total is None:
            return headers
        if parameters.pagination and parameters.limit:
            link = link_header(
                self._services.origin(call) + call.raw_path,
                call.query_string,
                limit=parameters.limit,
                offset=parameters.offset,
                total=total,
            )
            if link is not None:
                headers.append(("Link", link))
        headers.append(("X-Total-Count", str(total)))
        return headers

    def _link_base(self, call: Call) -> str:
        prefix, _, _ = call.raw_path.partition(_TABLE_PATH)
        return f"{self._services.origin(call)}{prefix}{_TABLE_PATH}"


def _is(table: Table, sys_id: str) -> Node:
    return Leaf(Path((), table.fields["sys_id"]), OneOf((sys_id,)))


class RowGuard:
    """Thins out the rows of a page by the access rules of each row's own class.

    `paths` must be selected after the columns; without any, every row passes.
    """

    def __init__(self, services: Services, table: Table, caller: Caller) -> None:
        self._services = services
        self._table = table
        self._actor = caller.actor
        rights = services.access.of(table, self._actor)
        self.needed = not services.access.is_total(table, self._actor)
        self.paths: list[Path] = []
        if self.needed or rights.conditional:
            self.paths = [Path((), table.fields["sys_id"])]
            if services.schema.is_extended(table.name):
                self.paths.append(Path((), table.fields["sys_class_name"]))

    def passes(self, values: Sequence[str]) -> bool:
        """Whether the caller may read the row with these guard values."""
        own = self._services.schema[values[1]] if len(values) > 1 else self._table
        rights = self._services.access.of(own, self._actor)
        condition = rights.row("read")
        if condition in {EVERYTHING, NOTHING}:
            return condition == EVERYTHING
        row = self._services.store.fetch(own.name, "sys_id", values[0])
        return row is not None and rights.holds(condition, row)

    def row(self, values: Sequence[str]) -> dict[str, str]:
        """The whole row with these guard values."""
        return self._services.store.fetch(self._table.name, "sys_id", values[0]) or {}
