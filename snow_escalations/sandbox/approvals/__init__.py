"""The approval engine of the sandbox: what follows from a request, a vote, a close, as flows and rules make it follow.

    guards      before a write: who may decide, rules that a property switches on
    lifecycle   after a write to an escalation: link and notes on the source record, journal copies
    request     approvals of a new escalation, from its template
    votes       after a vote: history, and the roll-up when its lag is over
    pending     work for later, which a restart does not lose
    outcome     what votes amount to (pure)
    deciders, rows, source, notes, properties, vocabulary

Facts: ServiceNow docs (case-escalation-process, ask-approval-flow-designer), the base rule "approval events", notes of
`EscalationUtils` on live instances. Where sources are silent docs/sandbox-approvals.md says what was chosen.
"""

from collections.abc import Mapping

from snow_escalations.sandbox.approvals import pending
from snow_escalations.sandbox.approvals.guards import guard_approval, guard_escalation
from snow_escalations.sandbox.approvals.lifecycle import after_escalation
from snow_escalations.sandbox.approvals.properties import PROPERTIES
from snow_escalations.sandbox.approvals.request import start_approval
from snow_escalations.sandbox.approvals.vocabulary import APPROVAL, ESCALATION
from snow_escalations.sandbox.approvals.votes import after_approval, roll_up
from snow_escalations.sandbox.hooks import Hooks, Instance

__all__ = ["PROPERTIES", "install"]


_ACTIONS: Mapping[str, pending.Action] = {"request": start_approval, "vote": roll_up}


def install(hooks: Hooks, instance: Instance) -> None:
    """Register the engine, and take up what it left undone; `PROPERTIES` must be declared in the instance's."""
    pending.create(instance)
    pending.resume(lambda work, later: _ACTIONS[work.kind](work, later), instance)
    hooks.before(APPROVAL, guard_approval)
    hooks.before(ESCALATION, guard_escalation)
    hooks.after(APPROVAL, after_approval)
    hooks.after(ESCALATION, after_escalation)
