"""One instance: its parts, put together from the options."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox import approvals
from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.clock import SandboxClock
from snow_escalations.sandbox.content.fill import fill
from snow_escalations.sandbox.content.problems import DataError
from snow_escalations.sandbox.faults import Faults
from snow_escalations.sandbox.hooks import Abort, Change, Hooks, Instance, Jobs
from snow_escalations.sandbox.identifiers import Identifiers, named
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.properties import CORE, Properties, PropertyError
from snow_escalations.sandbox.request_log import RequestLog
from snow_escalations.sandbox.schema.load import load
from snow_escalations.sandbox.schema.model import Schema
from snow_escalations.sandbox.store import Store, ddl
from snow_escalations.sandbox.store.database import Database

_PROPERTIES_TABLE = "sys_properties"
_PROPERTY_RULE = "Check sandbox properties"
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
        self.hooks.before(_PROPERTIES_TABLE, _check_property)
        self.hooks.after(_PROPERTIES_TABLE, _absorb_property)
        self.hooks.deleted(_PROPERTIES_TABLE, _forget_property)
        self.properties.bind(self._write_property)
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
        for row in self.store.find(_PROPERTIES_TABLE):
            try:
                self.properties.absorb(row["name"], row["value"])
            except PropertyError as error:
                problems.append(f"{_PROPERTIES_TABLE}: {error}")
        if problems:
            raise DataError(problems)

    def _write_property(self, name: str, value: str) -> None:
        rows = self.store.find(_PROPERTIES_TABLE, name=name)
        if rows:
            self.store.update(_PROPERTIES_TABLE, rows[0]["sys_id"], {"value": value}, Actor.system())
        else:
            self.store.insert(_PROPERTIES_TABLE, {"name": name, "value": value}, Actor.system())


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


def _check_property(change: Change, instance: Instance) -> None:
    try:
        instance.properties.check(change.after["name"], change.after["value"])
    except PropertyError as error:
        raise Abort(_PROPERTY_RULE, named(_PROPERTY_RULE)) from error


def _absorb_property(change: Change, instance: Instance) -> None:
    instance.properties.absorb(change.after["name"], change.after["value"])


def _forget_property(change: Change, instance: Instance) -> None:
    instance.properties.forget(change.after["name"])
