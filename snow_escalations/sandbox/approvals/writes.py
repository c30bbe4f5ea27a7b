"""Writes of the engine itself: as the system, and only to fields that the instance has.

The elements of templates, signatures and trend are not printed in any source; an instance that names them otherwise
(`--schema`) keeps its engine, without those details.
"""

from collections.abc import Mapping

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.hooks import Instance


def insert(instance: Instance, table: str, values: Mapping[str, str]) -> str:
    """Insert a row as the system; its sys_id."""
    return instance.store.insert(table, _known(instance, table, values), Actor.system())["sys_id"]


def update(instance: Instance, table: str, sys_id: str, values: Mapping[str, str]) -> None:
    """Update a row as the system."""
    instance.store.update(table, sys_id, _known(instance, table, values), Actor.system())


def _known(instance: Instance, table: str, values: Mapping[str, str]) -> dict[str, str]:
    fields = instance.store.schema[table].fields
    return {name: value for name, value in values.items() if name in fields}
