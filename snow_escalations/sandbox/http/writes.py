"""POST, PUT, PATCH and DELETE of the Table API."""

from collections.abc import Iterator
from contextlib import contextmanager

from snow_escalations.sandbox.hooks import Abort, Refused
from snow_escalations.sandbox.http import bodies
from snow_escalations.sandbox.http.answer import Answer
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.inputs import Inputs
from snow_escalations.sandbox.http.parameters import read
from snow_escalations.sandbox.http.reads import Ask, Reads
from snow_escalations.sandbox.http.refusals import (
    Refusal,
    aborted,
    mandatory,
    no_record,
    operation_refused,
)
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.schema.model import Right, Table
from snow_escalations.sandbox.store import StoreError
from snow_escalations.sandbox.store.rules import PolicyViolation


class Writes:
    """Answers writing requests on tables: rights first, then what is dropped, then rules and hooks of the store."""

    def __init__(self, services: Services, reads: Reads) -> None:
        self._services = services
        self._reads = reads
        self._inputs = Inputs(services)

    def insert(self, call: Call, caller: Caller, table: Table) -> Answer:
        """POST on a table: 201, the address of the new row, and the row."""
        services = self._services
        parameters = read(call.parameters, services.properties)
        written = bodies.record(call)
        rights = services.access.of(table, caller.actor)
        if not rights.holds(rights.row("create"), written):
            raise operation_refused("create")
        values = self._inputs.values(written, table, rights, caller, row=None, display=parameters.input_display)
        with self._refusing(table, "create"):
            row = services.store.insert(table.name, values, caller.actor)
        services.lag.hide(table, row["sys_id"])
        address = f"{services.origin(call)}{call.raw_path.rstrip('/')}/{row['sys_id']}"
        ask = Ask(call, caller, table, rights, parameters)
        return self._written(ask, row["sys_id"], Answer(201, headers=[("Location", address)]))

    def update(self, call: Call, caller: Caller, table: Table, sys_id: str) -> Answer:
        """PUT or PATCH on a row: 200 and the row; both change the given fields alone."""
        services = self._services
        parameters = read(call.parameters, services.properties)
        own, row = self._existing(table, sys_id, caller)
        written = bodies.record(call)
        rights = services.access.of(own, caller.actor)
        if not rights.holds(rights.row("write"), row):
            raise operation_refused("write")
        asked = {name: value for name, value in written.items() if name in table.fields}
        values = self._inputs.values(asked, own, rights, caller, row=row, display=parameters.input_display)
        with self._refusing(own, "write"):
            services.store.update(own.name, sys_id, values, caller.actor)
        ask = Ask(call, caller, table, services.access.of(table, caller.actor), parameters)
        return self._written(ask, sys_id, Answer(200))

    def delete(self, caller: Caller, table: Table, sys_id: str) -> Answer:
        """DELETE on a row: 204."""
        services = self._services
        own, row = self._existing(table, sys_id, caller)
        if not services.access.may("delete", own, row, caller.actor):
            raise operation_refused("delete")
        with self._refusing(own, "delete"):
            services.store.delete(own.name, sys_id, caller.actor)
        return Answer(204)

    def _existing(self, table: Table, sys_id: str, caller: Caller) -> tuple[Table, dict[str, str]]:
        """A row's own class and the row, if the caller may read it."""
        services = self._services
        if services.store.get(table.name, sys_id) is None or services.lag.is_hidden(table, sys_id):
            raise no_record()
        own = services.store.class_of(table.name, sys_id)
        row = services.store.get(own.name, sys_id)
        if row is None or not services.access.may("read", own, row, caller.actor):
            raise no_record()
        return own, row

    def _written(self, ask: Ask, sys_id: str, answer: Answer) -> Answer:
        """The answer with the row after rules and hooks, unless the caller wants no body."""
        if ask.call.header("x-no-response-body").lower() != "true":
            answer.value = {"result": self._reads.written_row(ask, sys_id)}
        return answer

    @contextmanager
    def _refusing(self, table: Table, right: Right) -> Iterator[None]:
        """What stops a write in the store, as refusals."""
        try:
            yield
        except Abort as error:
            raise aborted(table.name, error.rule_name, error.rule_sys_id) from error
        except Refused as error:
            raise operation_refused(right) from error
        except PolicyViolation as error:
            raise mandatory(error.labels) from error
        except StoreError as error:
            raise Refusal(403, "Operation Failed", f"Error during {_VERBS[right]} of {table.name}: {error}") from error


_VERBS = {"create": "insert", "write": "update", "delete": "delete", "read": "read"}
