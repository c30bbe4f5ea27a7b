"""The nearest flips of what is decided about an escalation: against all that can hold it, not the policy alone."""

from datetime import datetime
from typing import Any

from snow_escalations.decisions.planning import Planner
from snow_escalations.model import Decision, Dossier, Evidence, Verdict
from snow_escalations.triage.policy import judge
from snow_escalations.triage.policy.flips import Flip, nearest_flips


def flips_of(
    planner: Planner, dossier: Dossier, decision: Decision, now: datetime, accounts: frozenset[str]
) -> tuple[Flip, ...]:
    """The smallest change of each fact for each other outcome that would come of it, the smallest of all first."""

    def decide(evidence: Evidence) -> Verdict:
        return planner.decided(_as_in(evidence, dossier, decision.evidence), evidence, accounts).verdict

    return nearest_flips(decision.evidence, planner.policy, now, planner.reader.calendar(dossier), decide)


def is_held_besides(planner: Planner, decision: Decision) -> bool:
    """Whether something else than the policy holds an escalation."""
    return judge(decision.evidence, planner.policy).outcome is not decision.verdict.outcome


def _as_in(evidence: Evidence, dossier: Dossier, before: Evidence) -> Dossier:
    """The dossier where a fact is another one on which an obstacle rests too."""
    changes: dict[str, Any] = {}
    if evidence.fact("duplicates").value == 0:
        changes["duplicates"] = ()
    state, case = evidence.fact("case_state").value, dossier.case
    if case is not None and state is not None and state != before.fact("case_state").value:
        changes["case"] = case.model_copy(update={"state": case.state.model_copy(update={"key": state})})
    return dossier.model_copy(update=changes) if changes else dossier
