"""New rows that are not readable yet: the lag between a POST and its visibility."""

from datetime import datetime, timedelta

from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.query.tree import AllOf, Leaf, Node, OneOf, Path
from snow_escalations.sandbox.schema.model import Table


class VisibilityLag:
    """Remembers rows that reads over HTTP must not show yet."""

    def __init__(self, properties: Properties, clock: SandboxClock) -> None:
        self._properties = properties
        self._clock = clock
        self._hidden: dict[tuple[str, str], datetime] = {}

    def hide(self, table: Table, sys_id: str) -> None:
        """A row was posted: it shows when the lag is over."""
        lag = self._properties.integer("sandbox.insert_visibility_lag_ms")
        if lag:
            self._hidden[table.base, sys_id] = self._clock.now() + timedelta(milliseconds=lag)

    def is_hidden(self, table: Table, sys_id: str) -> bool:
        """Whether a row does not show yet."""
        return sys_id in self._current(table)

    def narrowed(self, table: Table, where: Node) -> Node:
        """A condition without the rows that do not show yet."""
        hidden = self._current(table)
        if not hidden:
            return where
        return AllOf((where, Leaf(Path((), table.fields["sys_id"]), OneOf(tuple(hidden)), negated=True)))

    def _current(self, table: Table) -> list[str]:
        if not self._hidden:
            return []
        now = self._clock.now()
        self._hidden = {key: due for key, due in self._hidden.items() if due > now}
        return [sys_id for base, sys_id in self._hidden if base == table.base]
