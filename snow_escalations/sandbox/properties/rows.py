"""The rows of `sys_properties` and the values in force, kept the same: one row a name, checked before it is written."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from snow_escalations.sandbox.actor import Actor
from snow_escalations.sandbox.hooks import Abort, Change, Hooks, Instance
from snow_escalations.sandbox.identifiers import named
from snow_escalations.sandbox.properties.declaration import PropertyError

if TYPE_CHECKING:
    from snow_escalations.sandbox.store import Store

TABLE = "sys_properties"
VALUE_RULE = "Check sandbox properties"
UNIQUE_RULE = "One row per property"


def install(hooks: Hooks) -> None:
    """From now on what is written to the table is checked, and counts."""
    hooks.before(TABLE, _check)
    hooks.after(TABLE, _absorb)
    hooks.deleted(TABLE, _forget)


def write(store: "Store", name: str, value: str) -> None:
    """Write the value of a property into its row, which is made where there is none."""
    rows = _rows(store, name)
    if rows:
        store.update(TABLE, rows[0]["sys_id"], {"value": value}, Actor.system())
    else:
        store.insert(TABLE, {"name": name, "value": value}, Actor.system())


def _check(change: Change, instance: Instance) -> None:
    name = change.after["name"]
    try:
        instance.properties.check(name, change.after["value"])
    except PropertyError as error:
        raise _abort(VALUE_RULE) from error
    if name and change.changed("name") and _rows(instance.store, name):
        raise _abort(UNIQUE_RULE)


def _absorb(change: Change, instance: Instance) -> None:
    if change.before is not None and change.changed("name"):
        _forgotten(change.before["name"], instance)
    instance.properties.absorb(change.after["name"], change.after["value"])


def _forget(change: Change, instance: Instance) -> None:
    _forgotten(change.after["name"], instance)


def _forgotten(name: str, instance: Instance) -> None:
    """A name lost a row: its default applies again, unless the system has written it another one."""
    left = _rows(instance.store, name)
    if left:
        instance.properties.absorb(name, left[0]["value"])
    else:
        instance.properties.forget(name)


def _rows(store: "Store", name: str) -> list[Mapping[str, str]]:
    """The rows of exactly this name: queries compare text without case, names of properties are compared with it."""
    return [row for row in store.find(TABLE, name=name) if row["name"] == name]


def _abort(rule: str) -> Abort:
    return Abort(rule, named(rule))
