"""The record that an escalation is about, and the link from it to the escalation that is open."""

from collections.abc import Mapping
from dataclasses import dataclass

from snow_escalations.sandbox.approvals import properties as switches
from snow_escalations.sandbox.approvals.vocabulary import ACCOUNT, CASE
from snow_escalations.sandbox.approvals.writes import update
from snow_escalations.sandbox.hooks import Instance

LINK = "active_escalation"
ACCOUNT_LINK = "active_account_escalation"


@dataclass(frozen=True, slots=True)
class Source:
    """A case (of any case table) or an account that exists."""

    table: str
    sys_id: str
    is_case: bool
    row: Mapping[str, str]


def source_of(escalation: Mapping[str, str], instance: Instance) -> Source | None:
    """The record that an escalation names, or None where it names nothing that can be escalated."""
    table = instance.store.schema.find(escalation["source_table"])
    if table is None or not {CASE, ACCOUNT} & set(table.lineage):
        return None
    row = instance.store.get(table.name, escalation["source_record"])
    if row is None:
        return None
    return Source(table.name, escalation["source_record"], CASE in table.lineage, row)


def link(escalation: Mapping[str, str], instance: Instance) -> None:
    """The source record is escalated: its `active_escalation` is this one."""
    source = source_of(escalation, instance)
    if source is not None:
        update(instance, source.table, source.sys_id, {LINK: escalation["sys_id"]})


def unlink(escalation: Mapping[str, str], instance: Instance) -> None:
    """The source record is no longer escalated by this escalation, nor are the cases of an account escalation."""
    if not instance.properties.boolean(switches.CLEAR_LINK):
        return
    source = source_of(escalation, instance)
    if source is not None and source.row.get(LINK) == escalation["sys_id"]:
        update(instance, source.table, source.sys_id, {LINK: ""})
    if ACCOUNT_LINK in instance.store.schema[CASE].fields:
        for case in instance.store.find(CASE, **{ACCOUNT_LINK: escalation["sys_id"]}):
            update(instance, CASE, case["sys_id"], {ACCOUNT_LINK: ""})


def note(escalation: Mapping[str, str], text: str, instance: Instance) -> None:
    """A work note by the system on the case; the steps of account escalations are noted nowhere."""
    if not instance.properties.boolean(switches.CASE_NOTES):
        return
    source = source_of(escalation, instance)
    if source is not None and source.is_case:
        update(instance, source.table, source.sys_id, {"work_notes": text})


def name_of(sys_id: str, instance: Instance, otherwise: str = "") -> str:
    """The full name of a user, or `otherwise` where there is no such user."""
    user = instance.store.get("sys_user", sys_id) if sys_id else None
    return (user["name"] if user is not None else "") or otherwise
