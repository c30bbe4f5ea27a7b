"""The rows of an instance: reading, and writing with everything that happens around a write."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from snow_escalations.documents import suggest
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.hooks import Hooks, Instance
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.properties import Properties
from snow_escalations.sandbox.query.tree import AllOf, Leaf, Node, OneOf, Path
from snow_escalations.sandbox.schema.model import Field, Schema, Table
from snow_escalations.sandbox.store import cascade, ddl, journal
from snow_escalations.sandbox.store.choices import Choices
from snow_escalations.sandbox.store.database import Database
from snow_escalations.sandbox.store.grouping import Figure, Group, groups
from snow_escalations.sandbox.store.numbering import Numbers
from snow_escalations.sandbox.store.reading import Reader, Selection, Values
from snow_escalations.sandbox.store.rules import Rules
from snow_escalations.sandbox.store.writing import StoreError, Writer


class Store:
    """All rows of one instance. Thread-safe; values are text in Table API `value` form, `""` is empty.

    Reading and writing here bypass HTTP, access rules and faults. Business rules and hooks apply, as they do to
    scripts on the platform.
    """

    def __init__(
        self,
        schema: Schema,
        database: Database,
        *,
        clock: SandboxClock,
        hooks: Hooks,
        properties: Properties,
        identifiers: Identifiers,
        instance: Callable[[], Instance],
    ) -> None:
        self.schema = schema
        self.database = database
        self.versions: Counter[str] = Counter()
        self.choices = Choices(database, self.versions)
        self._referrers = tuple(cascade.referrers(schema))
        self._reader = Reader(schema, database)
        self._writer = Writer(
            database,
            rules=Rules(schema, properties, clock, self.fetch),
            hooks=hooks,
            numbers=Numbers(schema, database),
            identifiers=identifiers,
            clock=clock,
            instance=instance,
        )

    def get(self, table: str, sys_id: str) -> dict[str, str] | None:
        """The row, with the fields of `table` (which may be a parent of its class), or None. Journals are ""."""
        return self.fetch(self._table(table).name, "sys_id", sys_id)

    def find(self, table: str, **equals: str) -> list[dict[str, str]]:
        """The rows whose fields equal the values given, ordered by sys_id."""
        definition = self._table(table)
        self._check_fields(definition, equals)
        tests: tuple[Node, ...] = tuple(
            Leaf(Path((), definition.fields[name]), OneOf((value,))) for name, value in equals.items()
        )
        rows = self.select(definition, self.stored_paths(definition), Selection(where=AllOf(tests)))
        found = [dict.fromkeys(definition.fields, "") | dict(zip(definition.stored, row, strict=True)) for row in rows]
        return sorted(found, key=lambda row: row["sys_id"])

    def insert(self, table: str, values: Mapping[str, str], actor: Actor) -> dict[str, str]:
        """Insert a row and return it; journal fields append entries.

        Raises:
            StoreError: an unknown field, or a sys_id that exists.
            Abort, Refused, PolicyViolation: a hook or rule of the schema, unless the system writes.
        """
        definition = self._table(table)
        self._check_fields(definition, values)
        with self.writing(definition):
            sys_id = self._writer.insert(definition, values, actor)
        return self._row(table, sys_id)

    def update(self, table: str, sys_id: str, values: Mapping[str, str], actor: Actor) -> dict[str, str]:
        """Update a row and return it; without an effective change nothing is written.

        Raises:
            StoreError: an unknown field, or no such row.
            Abort, Refused, PolicyViolation: a hook or rule of the schema, unless the system writes.
        """
        self._check_fields(self._table(table), values)
        own = self.class_of(table, sys_id)
        with self.writing(own):
            before = self._row(own.name, sys_id)
            self._writer.update(own, before, values, actor)
        return self._row(table, sys_id)

    def delete(self, table: str, sys_id: str, actor: Actor) -> bool:
        """Delete a row, its journal, and what the cascade rules of the schema say; whether there was one.

        Raises:
            Abort: a rule of the schema, unless the system writes.
        """
        if self.get(table, sys_id) is None:
            return False
        own = self.class_of(table, sys_id)
        with self.writing(own):
            self._remove(own, sys_id, actor)
            self._follow(own, sys_id)
        return True

    def _remove(self, own: Table, sys_id: str, actor: Actor) -> None:
        with self.writing(own):
            self._writer.delete(own, self._row(own.name, sys_id), actor)

    def _follow(self, deleted: Table, sys_id: str) -> None:
        """Delete or clear what refers to a row that is gone, and so on; nobody's rights are asked for that.

        One generation after the other: rows may hang on rows thousands deep, deeper than calls may be nested.
        """
        gone = deque([(deleted, sys_id)])
        while gone:
            target, key = gone.popleft()
            for referrer, row_id in self._referring(target, key):
                table = referrer.table.name
                if self.get(table, row_id) is None:
                    continue  # a row that refers to it twice
                if referrer.cascade == "delete":
                    own = self.class_of(table, row_id)
                    self._remove(own, row_id, Actor.system())
                    gone.append((own, row_id))
                else:
                    self.update(table, row_id, {referrer.field.element: ""}, Actor.system())

    def _referring(self, deleted: Table, sys_id: str) -> Iterator[tuple[cascade.Referrer, str]]:
        """The rows that follow a row that is gone, each with the rule that says so."""
        for referrer in self._referrers:
            if referrer.refers_to(deleted):
                for row in self.find(referrer.table.name, **{referrer.field.element: sys_id}):
                    if referrer.holds(row, deleted):
                        yield referrer, row["sys_id"]

    def class_of(self, table: str, sys_id: str) -> Table:
        """The row's own class.

        Raises:
            StoreError: no such row.
        """
        definition = self._table(table)
        if not self.schema.is_extended(definition.name):
            return definition
        return self.schema[self._row(table, sys_id)["sys_class_name"]]

    def fetch(self, table: str, key_field: str, key: str) -> dict[str, str] | None:
        """The row whose `key_field` is `key`, with the fields of `table`, or None."""
        definition = self.schema[table]
        return self._reader.one(definition, definition.fields[key_field], key)

    def select(self, table: Table, paths: Sequence[Path], selection: Selection) -> list[Values]:
        """The values at `paths` of the rows selected."""
        return self._reader.select(table, paths, selection)

    def count(self, table: Table, where: Node) -> int:
        """The number of rows that match."""
        return self._reader.count(table, where)

    def groups(self, table: Table, where: Node, figures: Sequence[Figure], by: Sequence[Path]) -> list[Group]:
        """Figures over the rows that match, one group for each combination of values at the paths `by`."""
        return groups(self.schema, self.database, table, where, figures=figures, by=by)

    def displays(self, table: Table, key_field: Field, keys: Sequence[str]) -> dict[str, str]:
        """What rows of `table` show where something refers to them, by key."""
        return self._reader.displays(table, key_field, keys)

    def journals(self, record_ids: Sequence[str], elements: Sequence[str]) -> dict[str, list[journal.Entry]]:
        """Journal entries by record, newest first."""
        return journal.entries(self.database, record_ids, elements)

    def stored_paths(self, table: Table) -> list[Path]:
        """The paths of every stored field of a table, in the order of `table.stored`."""
        return [Path((), field) for field in table.stored.values()]

    @contextmanager
    def writing(self, table: Table) -> Iterator[None]:
        """A transaction on the rows of `table`'s hierarchy; inner ones are part of it."""
        with self.database.transaction():
            yield
            self.versions[table.base] += 1

    def create(self) -> None:
        """Create the physical tables."""
        for base in ddl.physical_tables(self.schema):
            self.database.execute(ddl.create_table(self.schema, base))

    def create_indexes(self) -> None:
        """Create the indexes; after the first rows, when that is cheapest."""
        for base in ddl.physical_tables(self.schema):
            for statement in ddl.create_indexes(self.schema, base):
                self.database.execute(statement)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def _row(self, table: str, sys_id: str) -> dict[str, str]:
        row = self.get(table, sys_id)
        if row is None:
            raise StoreError(f"table `{table}` has no row with the sys_id {sys_id}")
        return row

    def _table(self, name: str) -> Table:
        table = self.schema.find(name)
        if table is None:
            raise StoreError(f"table `{name}` is unknown{suggest(name, self.schema.tables)}")
        return table

    @staticmethod
    def _check_fields(table: Table, values: Mapping[str, str]) -> None:
        for name in values:
            if name not in table.fields:
                raise StoreError(f"table `{table.name}` has no field `{name}`{suggest(name, table.fields)}")
