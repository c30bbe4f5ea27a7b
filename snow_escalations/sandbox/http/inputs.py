"""What a request may write: values made ready to store, fields dropped as an instance drops them silently.

Dropped, while the rest is saved: unknown fields, read-only and calculated ones, fields that an access rule keeps from
the caller, values that their type cannot hold, and values that are no choice of their field. References are stored as
they are, dead ones included.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from snow_escalations.sandbox.access.rights import TableRights
from snow_escalations.sandbox.clock import stored
from snow_escalations.sandbox.http.refusals import operation_refused
from snow_escalations.sandbox.http.services import Services
from snow_escalations.sandbox.identity.directory import Caller
from snow_escalations.sandbox.query.match import Row
from snow_escalations.sandbox.schema.model import Field, Table
from snow_escalations.sandbox.schema.types import NUMERIC, Kind
from snow_escalations.sandbox.store.normal import normal
from snow_escalations.sandbox.values.durations import from_words
from snow_escalations.sandbox.values.java_dates import parsed

_SYS_ID = re.compile(r"[0-9A-Za-z]{32}")
_TIMES = frozenset({Kind.DATE_TIME, Kind.DATE})
_INSERTABLE = frozenset({"sys_id", "sys_created_on", "sys_created_by"})


class Inputs:
    """Turns the fields of request bodies into values to store."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def values(
        self,
        written: Mapping[str, str],
        table: Table,
        rights: TableRights,
        caller: Caller,
        *,
        row: Row | None,
        display: bool,
    ) -> dict[str, str]:
        """The values to store.

        Args:
            written: the fields of the body.
            table: the table asked.
            rights: the caller's rights on it.
            caller: who writes.
            row: the stored row; None on insert.
            display: `sysparm_input_display_value`: values are what the caller sees.

        Raises:
            Refusal: 403, a field is not the caller's to write and the instance is set to refuse instead of dropping.
        """
        values: dict[str, str] = {}
        right: Literal["create", "write"] = "create" if row is None else "write"
        for name, field in self._writable(written, table, row):
            if not rights.holds(rights.field(name, right), row if row is not None else written):
                if self._services.properties.get("sandbox.acl.field_write_denied") == "refuse":
                    raise operation_refused(right)
                continue
            meant = self._from_display(table, field, written[name], caller) if display else written[name]
            value = None if meant is None else normal(field, meant)
            if value is not None and not self._is_dropped(table, field, value, row):
                values[name] = value if field.is_journal else value[: field.max_length]
        return values

    def _writable(self, written: Mapping[str, str], table: Table, row: Row | None) -> Iterator[tuple[str, Field]]:
        for name in written:
            field = table.fields.get(name)
            if field is None or field.kind is Kind.JOURNAL_UNION:
                continue
            if not field.read_only or (row is None and name in _INSERTABLE):
                yield name, field

    def _is_dropped(self, table: Table, field: Field, value: str, row: Row | None) -> bool:
        """A sys_id that is none; the empty text for a choice field, which clears any other; no choice of the field."""
        if field.element == "sys_id":
            return not _SYS_ID.fullmatch(value)
        choices = self._services.store.choices.of(table, field.element)
        if not choices:
            return False
        if value == "":
            return row is not None
        if value in choices:
            return False
        return not self._services.properties.boolean("glide.rest.choice.allow_non_existing_value")

    def _from_display(self, table: Table, field: Field, value: str, caller: Caller) -> str | None:
        """The stored value that a shown one means; what cannot be read stays as it is.

        None for a moment that the caller's zone moves beyond the calendar, which no field can hold.
        """
        if value == "" or field.is_journal:
            return value
        choice = self._services.store.choices.value_of(table, field.element, value)
        if choice is not None:
            return choice
        if field.kind is Kind.REFERENCE:
            return self._referenced(field, value)
        if field.kind in NUMERIC:
            return value.replace(",", "")
        if field.kind is Kind.LIST:
            return ",".join(self._referenced(field, item.strip()) for item in value.split(",") if item.strip())
        if field.kind is Kind.DURATION:
            return from_words(value) or value
        return self._time(value, field, caller) if field.kind in _TIMES else value

    def _time(self, value: str, field: Field, caller: Caller) -> str | None:
        locale = self._services.locale(caller)
        try:
            if field.kind is Kind.DATE:
                return parsed(value, locale.date_format).date().isoformat()
            return stored(parsed(value, locale.pattern).replace(tzinfo=locale.zone))
        except ValueError:
            return value
        except OverflowError:
            return None

    def _referenced(self, field: Field, value: str) -> str:
        target = self._services.schema.find(field.reference)
        if target is None or not target.display or self._services.store.get(target.name, value) is not None:
            return value
        found = self._services.store.find(target.name, **{target.display: value})
        return found[0][field.reference_key] if found else value
