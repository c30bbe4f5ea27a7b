"""After an escalation was written: the link of its source record, the notes on its case, copies of its journal."""

from collections.abc import Mapping

from snow_escalations.sandbox.approvals import notes
from snow_escalations.sandbox.approvals import properties as switches
from snow_escalations.sandbox.approvals.pending import Work, schedule
from snow_escalations.sandbox.approvals.request import start_approval
from snow_escalations.sandbox.approvals.rows import end_pending
from snow_escalations.sandbox.approvals.source import link, name_of, note, source_of, unlink
from snow_escalations.sandbox.approvals.vocabulary import (
    CANCELLED,
    CLOSED,
    DE_ESCALATION_REQUESTED,
    DECLINED,
    ESCALATED,
    ESCALATION,
    OPEN_STATES,
    REQUESTED_STATE,
)
from snow_escalations.sandbox.hooks import Abort, Change, Instance, Refused

_TOLD = (
    "reason",
    "escalation_justification",
    "escalation_severity",
    "request_source",
    "assignment_group",
    "assigned_to",
)
"""Fields whose change is noted on the case."""

_COPIED = ("comments", "work_notes")


def after_escalation(change: Change, instance: Instance) -> None:
    """Whatever follows at once from a write to an escalation; approvals follow by jobs."""
    if change.before is None:
        _created(change, instance)
    elif change.changed("state"):
        _moved(change, change.before["state"], instance)
    else:
        _edited(change, instance)
    _copy_journals(change, instance)


def _created(change: Change, instance: Instance) -> None:
    escalation = change.after
    if escalation["state"] in OPEN_STATES:
        link(escalation, instance)
    if escalation["state"] == REQUESTED_STATE:
        requester = name_of(escalation["requested_by"], instance, change.actor.user_name)
        note(escalation, notes.requested(requester, escalation["number"]), instance)
        work = Work("request", change.sys_id, "", "", f"start approval of {escalation['number']}")
        lag = switches.lag(instance.properties, switches.REQUEST_LAG)
        schedule(work, lag, start_approval, instance)
    elif escalation["state"] == ESCALATED:
        note(escalation, _approved(escalation, instance), instance)


def _moved(change: Change, left: str, instance: Instance) -> None:
    escalation, number = change.after, change.after["number"]
    state = escalation["state"]
    if left == REQUESTED_STATE and not change.actor.is_system:
        # Somebody moved it on by hand: the flow that asked for approvals is cancelled.
        end_pending(change.sys_id, CANCELLED, instance)
    if state == ESCALATED:
        note(escalation, _approved(escalation, instance), instance)
    elif state == DECLINED:
        decider = name_of(escalation.get("declined_by", ""), instance, change.actor.user_name)
        note(escalation, notes.declined_by(decider, number), instance)
    elif state == CLOSED:
        note(escalation, notes.closed(number), instance)
    elif state == DE_ESCALATION_REQUESTED:
        note(escalation, notes.updated(number, "De-escalation Requested"), instance)
    if state in OPEN_STATES and left not in OPEN_STATES:
        link(escalation, instance)
    elif state not in OPEN_STATES:
        unlink(escalation, instance)


def _approved(escalation: Mapping[str, str], instance: Instance) -> str:
    approver = name_of(escalation.get("approved_by", ""), instance)
    return notes.approved_by(approver, escalation["number"]) if approver else notes.approved(escalation["number"])


def _edited(change: Change, instance: Instance) -> None:
    escalations = instance.store.schema[ESCALATION]
    number = change.after["number"]
    if change.changed("trend"):
        trend = change.after["trend"]
        shown = instance.store.choices.of(escalations, "trend").get(trend, trend)
        note(change.after, notes.trend_changed(number, shown), instance)
    labels = [escalations.fields[name].label for name in _TOLD if change.changed(name)]
    if labels:
        note(change.after, notes.updated(number, ", ".join(labels)), instance)


def _copy_journals(change: Change, instance: Instance) -> None:
    texts = [change.journals[element] for element in _COPIED if element in change.journals]
    if not texts or not instance.properties.boolean(switches.COPY_JOURNALS):
        return
    source = source_of(change.after, instance)
    if source is None or not source.is_case:
        return
    for text in texts:
        try:
            instance.store.update(source.table, source.sys_id, {"work_notes": text}, change.actor)
        except (Abort, Refused):
            # The case takes no more notes (closed, for one); what was written on the escalation stays.
            return
