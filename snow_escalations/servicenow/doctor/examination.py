"""What the checks share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from snow_escalations.model import Person
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Call
from snow_escalations.servicenow.query import Queries, Query
from snow_escalations.servicenow.tables import Tables
from snow_escalations.servicenow.transport import InstanceAnswer


@dataclass(slots=True)
class Seen:
    """What the answers showed on the side: give `note` to the connection as its `on_exchange`."""

    dates: list[tuple[str, datetime]] = field(default_factory=list)
    limits: dict[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = field(kw_only=True)

    def note(self, call: Call, answer: InstanceAnswer | None) -> None:  # noqa: ARG002  (the connection's shape)
        """Remember the server's date, with ours at the same moment, and the rate limit of an answer."""
        if answer is None:
            return
        if "Date" in answer.headers:
            self.dates.append((answer.headers["Date"], self.now()))
        if "X-RateLimit-Limit" in answer.headers:
            self.limits[answer.headers.get("X-RateLimit-Rule", "")] = answer.headers["X-RateLimit-Limit"]


@dataclass(slots=True)
class Examination:
    """One look at an instance. `own` is filled by the login check."""

    connection: Connection
    dialect: Dialect
    user_name: str
    seen: Seen
    own: Person | None = None
    time_zone: str = ""

    @property
    def tables(self) -> Tables:
        """The instance's tables."""
        return Tables(self.connection)

    def query(self, table: str) -> Query:
        """A query over a table."""
        return Queries(self.dialect).of(table)
