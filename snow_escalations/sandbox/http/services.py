"""What handlers of requests work with."""

from dataclasses import dataclass

from snow_escalations.sandbox.access.rights import AccessRules
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.http.call import Call
from snow_escalations.sandbox.http.lag import VisibilityLag
from snow_escalations.sandbox.http.links import origin
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.identity.directory import Caller, Directory
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.query.context import QueryContext
from snow_escalations.sandbox.schema.model import Schema
from snow_escalations.sandbox.store import Store
from snow_escalations.sandbox.values.display import Locale
from snow_escalations.sandbox.zones import UTC_ZONE


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of an instance that answer requests."""

    schema: Schema
    store: Store
    properties: Properties
    clock: SandboxClock
    identifiers: Identifiers
    access: AccessRules
    directory: Directory
    lag: VisibilityLag

    def query_context(self, caller: Caller) -> QueryContext:
        """The circumstances of a query by a caller."""
        literals = UTC_ZONE if self.properties.get("sandbox.query.date_literals") == "utc" else caller.zone
        return QueryContext(
            now=self.clock.now(),
            zone=caller.zone,
            literal_zone=literals,
            user_id=caller.actor.sys_id,
            user_name=caller.actor.user_name,
            caret_escape=self.properties.boolean("sandbox.query.caret_escape"),
        )

    def locale(self, caller: Caller) -> Locale:
        """How a caller sees dates."""
        return Locale(caller.zone, caller.date_format, caller.time_format)

    def origin(self, call: Call) -> str:
        """Scheme and host for the links in an answer."""
        return origin(call, self.properties)
