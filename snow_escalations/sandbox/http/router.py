"""Paths and methods to handlers: the REST resources that the sandbox has."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from snow_escalations.sandbox.http.aggregate import Aggregates
from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.reads import Reads
from snow_escalations.sandbox.http.refusals import invalid_table, method_not_allowed, no_resource
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.http.writes import Writes
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.schema.model import Table

Api: TypeAlias = Literal["Table API", "Aggregate API", "Batch API"]
_PATH = re.compile(
    r"/api/now/(?:(?P<version>v[12])/)?(?:"
    r"(?P<kind>table|stats)/(?P<table>[^/]+)(?:/(?P<sys_id>[^/]*))?/?"
    r"|(?P<batch>batch)/?)"
)


@dataclass(frozen=True, slots=True)
class Route:
    """What a path asks for: the API, its version, the table and row in it."""

    api: Api
    version: str
    table: str = ""
    sys_id: str = ""


def route(path: str) -> Route | None:
    """The resource behind a path, or None."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    version = found["version"] or ""
    if found["batch"]:
        return Route("Batch API", version)
    api: Api = "Table API" if found["kind"] == "table" else "Aggregate API"
    return Route(api, version, found["table"], found["sys_id"] or "")


class Resources:
    """Answers calls on tables and their aggregates."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._reads = Reads(services)
        self._writes = Writes(services, self._reads)
        self._aggregates = Aggregates(services, self._reads)

    def answer(self, call: Call, caller: Caller) -> Answer:
        """The answer of the resource.

        Raises:
            Refusal: whatever the resource refuses.
        """
        asked = route(call.path)
        if asked is None or asked.api == "Batch API":
            raise no_resource()
        table = self._services.schema.find(asked.table)
        if table is None:
            raise invalid_table(asked.table)
        if asked.api == "Aggregate API":
            if call.method not in {"GET", "HEAD"} or asked.sys_id:
                raise method_not_allowed()
            return self._aggregates.answer(call, caller, table)
        if asked.sys_id:
            return self._row(call, caller, table, asked.sys_id)
        return self._table(call, caller, table, v1=asked.version == "v1")

    def _table(self, call: Call, caller: Caller, table: Table, *, v1: bool) -> Answer:
        match call.method:
            case "GET" | "HEAD":
                return self._reads.list_rows(call, caller, table, v1=v1)
            case "POST":
                return self._writes.insert(call, caller, table)
            case _:
                raise method_not_allowed()

    def _row(self, call: Call, caller: Caller, table: Table, sys_id: str) -> Answer:
        match call.method:
            case "GET" | "HEAD":
                return self._reads.one_row(call, caller, table, sys_id)
            case "PUT" | "PATCH":
                return self._writes.update(call, caller, table, sys_id)
            case "DELETE":
                return self._writes.delete(caller, table, sys_id)
            case _:
                raise method_not_allowed()
