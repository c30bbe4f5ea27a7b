"""Which rows an instance starts with: given ones, the platform's own, and the demo desk where none are given."""

from collections.abc import Iterator, Mapping, Sequence

from snow_escalations.sandbox.clock import SandboxClock, stored
from snow_escalations.sandbox.content import metadata, platform
from snow_escalations.sandbox.content.batch import Batch
from snow_escalations.sandbox.content.files import RawRow, RawTables, read_folder
from snow_escalations.sandbox.content.load import store_batches
from snow_escalations.sandbox.content.problems import DataError
from snow_escalations.sandbox.content.rows import RowReader
from snow_escalations.sandbox.desk import build_desk
from snow_escalations.sandbox.identifiers import Identifiers
from snow_escalations.sandbox.options import SandboxOptions
from snow_escalations.sandbox.properties import Properties, PropertyError
from snow_escalations.sandbox.schema.model import Schema
from snow_escalations.sandbox.store import Store

_PLATFORM = "the platform's own rows"
_DESK = "the demo desk"
_MEMORY = "rows"
_PROPERTIES = "sys_properties"


def fill(
    store: Store, options: SandboxOptions, *, clock: SandboxClock, properties: Properties, identifiers: Identifiers
) -> None:
    """Store the rows that the options ask for.

    Raises:
        ConfigurationError: the data folder cannot be read.
        DataError: rows that do not fit the schema, every problem at once.
    """
    given = _given(store.schema, options)
    desk = {} if given is not None else build_desk(options.seed, clock.now())
    tables = dict(given or {})
    tables |= _platform(store.schema, properties, tables, desk)
    reader = RowReader(store.schema, identifiers)
    batches: list[Batch] = []
    for name, (source, rows) in tables.items():
        batches += reader.read(store.schema[name], source, rows)
    problems = [*reader.problems, *_property_problems(*tables[_PROPERTIES], properties)]
    if problems:
        raise DataError(problems)
    store_batches(store, batches, stored(clock.now()))


def _property_problems(source: str, rows: Sequence[RawRow], properties: Properties) -> Iterator[str]:
    """A problem for each row of sys_properties whose name is unknown or taken, or whose value the property refuses."""
    taken: dict[str, int] = {}
    for index, row in enumerate(rows):
        name, value = row.get("name"), row.get("value", "")
        if not isinstance(name, str) or not isinstance(value, str):
            continue  # told already, as of any table
        earlier = taken.setdefault(name, index) if name else index
        if earlier != index:
            taken_by = f"property `{name}` is already set by row {earlier}; keep one row"
            yield f"{source}: row {index}, field `name`: {taken_by}"
        try:
            properties.check(name, value)
        except PropertyError as error:
            field = "value" if name in properties.declarations else "name"
            yield f"{source}: row {index}, field `{field}`: {error}"


def _given(schema: Schema, options: SandboxOptions) -> RawTables | None:
    if options.data is None and options.rows is None:
        return None
    tables = {} if options.data is None else read_folder(options.data, schema)
    unknown = [name for name in options.rows or {} if schema.find(name) is None]
    if unknown:
        raise DataError([f"{_MEMORY}: no table is named `{name}`" for name in unknown])
    for name, rows in (options.rows or {}).items():
        tables[name] = (f"{_MEMORY}[{name!r}]", rows)
    return tables


def _platform(
    schema: Schema, properties: Properties, given: RawTables, desk: Mapping[str, Sequence[RawRow]]
) -> RawTables:
    """What the platform adds: whole tables that nobody gives, and its accounts and roles beside the demo desk's."""
    tables: RawTables = {name: (_DESK, list(rows)) for name, rows in desk.items()}

    def add(name: str, rows: Sequence[RawRow], key: str) -> Sequence[RawRow]:
        if name in given:
            return given[name][1]
        source, own = tables.get(name, (_PLATFORM, []))
        taken = {row[key] for row in own}
        merged = [*own, *(row for row in rows if row[key] not in taken)]
        tables[name] = (source, merged)
        return merged

    users = _ids(add("sys_user", list(platform.user_rows()), "user_name"), "user_name")
    roles = _ids(add("sys_user_role", list(platform.role_rows(schema)), "name"), "name")
    add("sys_user_role_contains", list(platform.contained_rows(roles)), "sys_id")
    add("sys_user_has_role", list(platform.grant_rows(users, roles)), "sys_id")
    add("sys_properties", list(platform.property_rows(properties.declarations.values())), "name")
    add("sys_db_object", list(metadata.table_rows(schema)), "name")
    add("sys_dictionary", list(metadata.dictionary_rows(schema)), "sys_id")
    add("sys_choice", list(metadata.choice_rows(schema)), "sys_id")
    return tables


def _ids(rows: Sequence[RawRow], key: str) -> dict[str, str]:
    """The sys_ids of rows by another field; rows without either, which data files may hold, are left out."""
    return {row[key]: row["sys_id"] for row in rows if isinstance(row.get(key), str) and row.get("sys_id")}
