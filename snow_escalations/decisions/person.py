"""A person's own decision: the same obstacles, the same reply check and the same way out as a rule's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from snow_escalations.decisions.begun import Begun, begun
from snow_escalations.decisions.digest import digest_of
from snow_escalations.decisions.drafting import CheckedReply, failed_points
from snow_escalations.decisions.obstacles import Obstacle, already_answered, answerable, unanswerable, undecidable
from snow_escalations.decisions.planning import Planner, copy_of, decision_of
from snow_escalations.decisions.records import Records
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import Dossier, Explanation, HoldCause, Outcome, Plan, Verdict
from snow_escalations.triage.replies import same_words

REFUSED = 4
_DONE = {Outcome.APPROVE: "approved", Outcome.REJECT: "rejected"}


class DecisionRefused(SnowEscalationsError):
    """A person's decision cannot be carried out as it is: the reply is not full, or something stands in its way."""

    exit_code = REFUSED


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Decides as a person says, and goes on with what an earlier run of the same decision began.

    `records` reads approvals again. `now` is the instant of which the records are judged, `created_at` the present,
    from which a plan's life counts. `who` is the user name of the account that decides, for the record, and `accounts`
    the names that only their own customers may read.
    """

    planner: Planner
    records: Records
    now: datetime
    created_at: datetime
    who: str = ""
    accounts: frozenset[str] = frozenset()

    def begun(self, dossier: Dossier, outcome: Outcome) -> Begun:
        """What an earlier run left of the decision.

        Raises:
            DecisionRefused: it cannot be decided.
            InstanceError: the approvals cannot be read again.
        """
        left = begun(dossier, outcome, self.records, self.planner.drafting.approval_table, self.who)
        stopped = self._stopped(dossier, outcome, left)
        if stopped is not None:
            raise DecisionRefused(f"{dossier.escalation.number} cannot be decided: {stopped[1]}. Nothing was written")
        return left

    def _stopped(self, dossier: Dossier, outcome: Outcome, left: Begun) -> Obstacle | None:
        if left.approval is not None:
            return unanswerable(dossier) or (None if left.texts else already_answered(dossier))
        if not left.texts:
            return self.planner.stopped(dossier)
        stopped = undecidable(dossier) or unanswerable(dossier) or self.planner.right_missing(dossier)
        if stopped is None and outcome is Outcome.APPROVE:
            # An approval is set before it is answered, so what is there without a state is a rejection.
            numbers = ", ".join(case.number for case in answerable(dossier) if case.sys_id in left.texts)
            why = f"the reply that rejects it is on {numbers} already ({left.reference}); finish that with `reject`"
            return HoldCause.CONFLICT, why
        return stopped

    def plan(
        self, dossier: Dossier, outcome: Outcome, texts: str | Mapping[str, str]
    ) -> tuple[Plan, tuple[CheckedReply, ...]]:
        """A plan of one decision with the reply that a person wrote, and how that was checked.

        Args:
            dossier: what is decided.
            outcome: approve or reject.
            texts: the reply, without a reference line: one for all cases, or by sys_id of the case.

        Raises:
            DecisionRefused: it cannot be decided, or the reply fails the check: each point is named.
            InstanceError: the approvals cannot be read again.
        """
        left = self.begun(dossier, outcome)
        if isinstance(texts, str):
            texts = {case.sys_id: texts for case in answerable(dossier)}
        replies = self._checked(dossier, outcome, texts, left)
        drafting = self.planner.drafting
        action = drafting.action(dossier, {reply.case.sys_id: reply.text for reply in replies}, left)
        copied = None if left.texts else copy_of(dossier, action)
        if copied is not None:
            raise DecisionRefused(f"{dossier.escalation.number}: {copied[1]}. Nothing was written")
        sentence = f"{_DONE[outcome]} by {self.who or 'a person'}, with a reply of their own"
        verdict = Verdict(outcome=outcome, rule=None, cause=None, explanation=Explanation(sentence=sentence))
        evidence = self.planner.reader.read(dossier, self.now)
        decision = decision_of(dossier, evidence, verdict, action)
        plan = self.planner.plan_of([decision], self.now, self.created_at)
        return plan.model_copy(update={"digest": digest_of(plan)}), replies

    def _checked(
        self, dossier: Dossier, outcome: Outcome, texts: Mapping[str, str], left: Begun
    ) -> tuple[CheckedReply, ...]:
        drafting, number = self.planner.drafting, dossier.escalation.number
        replies = drafting.by_person(texts, dossier, outcome, other_accounts=self.accounts)
        for reply in replies:
            posted = left.texts.get(reply.case.sys_id)
            if posted is not None and not same_words(posted, reply.text):
                raise DecisionRefused(
                    f"another reply of ours is on {reply.case.number} already ({left.reference}), and a second one "
                    f"would confuse the customer; leave --reply out to go on with that one. Nothing was written"
                )
        # What is on the case already was checked before it was posted.
        unfit = [item for item in replies if item.case.sys_id not in left.texts and not drafting.is_full(item)]
        if unfit:
            raise DecisionRefused(
                f"the reply to {number} fails the reply check: {failed_points(replies, unfit)}. Nothing was written; "
                f"amend the reply and try again"
            )
        return replies
