"""One instance: its parts, put together from the options."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox import approvals
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.content.fill import fill
from snow_escalations.sandbox.content.problems import DataError
from snow_escalations.sandbox.faults import Faults
from snow_escalations.sandbox.hooks import Hooks, Jobs
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.properties import CORE, Properties, PropertyError, rows
from snow_escalations.sandbox.request_log import RequestLog
from snow_escalations.sandbox.schema.load import load
from snow_escalations.sandbox.schema.model import Schema
from snow_escalations.sandbox.store import Store, ddl
from snow_escalations.sandbox.store.database import Database

_ANALYZED_ROWS = 2000


class LocalInstance:
    """The parts of one instance; what hooks and jobs get as `Instance`."""

    def __init__(self, options: SandboxOptions) -> None:
        schema = load(options.schema)
        self.options = options
        self.schema = schema
        self.clock = SandboxClock(options.now or datetime.now(UTC), frozen=options.frozen)
        self.properties = Properties((*CORE, *approvals.PROPERTIES))
        self.hooks = Hooks()
        self.jobs = Jobs(self.clock)
        self.identifiers = Identifiers(options.seed)
        self.faults = Faults(options.seed)
        self.requests = RequestLog()
        if options.faults is not None:
            # Only a sandbox with a schedule pays for the import.
            from snow_escalations.sandbox.faults.load import load as load_faults  # noqa: PLC0415

            load_faults(options.faults, self.faults, schema)
        database = Database(options.database, options.seed)
        self.store = Store(
            schema,
            database,
            clock=self.clock,
            hooks=self.hooks,
            properties=self.properties,
            identifiers=self.identifiers,
            instance=lambda: self,
        )
        with ExitStack() as on_failure, _collection_paused():
            on_failure.callback(self.store.close)
            self._prepare(database)
            on_failure.pop_all()

    def run_due_jobs(self) -> int:
        """Run asynchronous work that is due; the number of jobs run."""
        return self.jobs.run_due(self)

    def _prepare(self, database: Database) -> None:
        if not self._resume(database):
            with database.transaction():
                database.execute("CREATE TABLE sandbox_instance (schema_digest TEXT NOT NULL)")
                database.execute("INSERT INTO sandbox_instance VALUES (?)", (_digest(self.schema),))
                self.store.create()
                fill(
                    self.store,
                    self.options,
                    clock=self.clock,
                    properties=self.properties,
                    identifiers=self.identifiers,
                )
                self.store.create_indexes()
            self._analyze(database)
        self._adopt_properties()
        rows.install(self.hooks)
        self.properties.bind(lambda name, value: rows.write(self.store, name, value))
        for name, value in self.options.properties.items():
            self.properties.set(name, value)
        if self.options.latency_ms:
            self.properties.set("sandbox.latency_ms", str(self.options.latency_ms))
        approvals.install(self.hooks, self)

    def _resume(self, database: Database) -> bool:
        """Whether the database already holds an instance, which then goes on."""
        if database.scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' LIMIT 1") is None:
            return False
        path = self.options.database
        if self.options.data is not None or self.options.rows is not None:
            raise ConfigurationError(f"{path}: already holds an instance; leave the data out, or remove the file")
        known = database.scalar("SELECT 1 FROM sqlite_master WHERE name = 'sandbox_instance'")
        if known is None or database.scalar("SELECT schema_digest FROM sandbox_instance") != _digest(self.schema):
            raise ConfigurationError(f"{path}: was made with other tables than the schema has now; remove the file")
        return True

    def _analyze(self, database: Database) -> None:
        """Tell SQLite how the rows of large tables are spread, or it walks them in order instead of by an index."""
        large = any(
            int(database.scalar(f'SELECT count(*) FROM "{base.name}"')) >= _ANALYZED_ROWS
            for base in ddl.physical_tables(self.schema)
        )
        if large:
            database.execute("PRAGMA analysis_limit = 1000")
            database.execute("ANALYZE")

    def _adopt_properties(self) -> None:
        problems = []
        for row in self.store.find(rows.TABLE):
            try:
                self.properties.absorb(row["name"], row["value"])
            except PropertyError as error:
                problems.append(f"{rows.TABLE}: {error}")
        if problems:
            raise DataError(problems)


@contextmanager
def _collection_paused() -> Iterator[None]:
    """No garbage collection: rows are made by the thousand and kept, and looking for garbage among them takes long."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _digest(schema: Schema) -> str:
    statements = "\n".join(ddl.create_table(schema, base) for base in ddl.physical_tables(schema))
    return hashlib.sha256(statements.encode()).hexdigest()
