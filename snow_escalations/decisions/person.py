"""A person's own decision: the same obstacles, the same reply check and the same way out as a rule's."""

from dataclasses import dataclass
from datetime import datetime

from snow_escalations.decisions.digest import digest_of
from snow_escalations.decisions.drafting import CheckedReply, failed_points
from snow_escalations.decisions.planning import Planner, copy_of, decision_of
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Dossier, Explanation, Outcome, Plan, Verdict

REFUSED = 4
_DONE = {Outcome.APPROVE: "approved", Outcome.REJECT: "rejected"}


class DecisionRefused(SnowEscalationsError):
    """A person's decision cannot be carried out as it is: the reply is not full, or something stands in its way."""

    exit_code = REFUSED


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Decides as a person says.

    `now` is the instant of which the records are judged, `created_at` the present, from which a plan's life counts.
    `who` is the user name of the account that decides, for the record, and `accounts` the names that only their own
    customers may read.
    """

    planner: Planner
    now: datetime
    created_at: datetime
    who: str = ""
    accounts: frozenset[str] = frozenset()

    def plan(self, dossier: Dossier, outcome: Outcome, text: str) -> tuple[Plan, tuple[CheckedReply, ...]]:
        """A plan of one decision with the reply that a person wrote, and how that was checked.

        Args:
            dossier: what is decided.
            outcome: approve or reject.
            text: the reply, without a reference line.

        Raises:
            DecisionRefused: it cannot be decided, or the reply fails the check: each point is named.
        """
        drafting, number = self.planner.drafting, dossier.escalation.number
        stopped = self.planner.stopped(dossier)
        if stopped is not None:
            raise DecisionRefused(f"{number} cannot be decided: {stopped[1]}. Nothing was written")
        replies = drafting.by_person(text, dossier, outcome, other_accounts=self.accounts)
        unfit = [reply for reply in replies if not drafting.is_full(reply)]
        if unfit:
            raise DecisionRefused(
                f"the reply to {number} fails the reply check: {failed_points(unfit)}. Nothing was written; amend the "
                f"reply and try again"
            )
        action = drafting.action(dossier, {reply.case.sys_id: reply.text for reply in replies})
        copied = copy_of(dossier, action)
        if copied is not None:
            raise DecisionRefused(f"{number}: {copied[1]}. Nothing was written")
        verdict = Verdict(
            outcome=outcome,
            rule=None,
            cause=None,
            explanation=Explanation(
                sentence=f"{_DONE[outcome]} by {self.who or 'a person'}, with a reply of their own"
            ),
        )
        evidence = self.planner.reader.read(dossier, self.now)
        decision = decision_of(dossier, evidence, verdict, action)
        plan = self.planner.plan_of([decision], self.now, self.created_at)
        return plan.model_copy(update={"digest": digest_of(plan)}), replies
