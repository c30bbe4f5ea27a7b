"""Dossiers and a policy into a plan. Nothing is written; every doubt becomes a hold with its cause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from snow_escalations.decisions.digest import digest_of
from snow_escalations.decisions.drafting import CheckedReply, Drafting, approver_of, failed_points
from snow_escalations.decisions.obstacles import Obstacle, copied_on, obstacle
from snow_escalations.model import (
    Action,
    Decision,
    Dossier,
    Evidence,
    Explanation,
    HoldCause,
    Outcome,
    Plan,
    RecordKey,
    Unread,
    Verdict,
)
from snow_escalations.triage.evidence import EvidenceReader
from snow_escalations.triage.policy import Policy, judge
from snow_escalations.triage.replies import TemplateError

LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Planner:
    """Judges dossiers as one instance, account, policy and set of templates would."""

    drafting: Drafting
    reader: EvidenceReader
    policy: Policy
    lifetime: timedelta = LIFETIME

    def plan(
        self,
        dossiers: Iterable[Dossier],
        now: datetime,
        made_at: datetime | None = None,
        unread: Unread | None = None,
    ) -> Plan:
        """The plan of one pass.

        Args:
            dossiers: what is pending.
            now: the instant to judge by.
            made_at: the present, from which the plan's life counts; `now`, if not given.
            unread: what is pending besides and could not be read.
        """
        created_at = now if made_at is None else made_at
        dossiers = tuple(dossiers)
        accounts = accounts_of(dossiers)
        read = zip(dossiers, self.reader.read_all(dossiers, now), strict=True)
        plan = self.plan_of([self.decided(dossier, evidence, accounts) for dossier, evidence in read], now, created_at)
        plan = plan.model_copy(update={"unread": unread})
        return plan.model_copy(update={"digest": digest_of(plan)})

    def plan_of(self, decisions: Sequence[Decision], now: datetime, created_at: datetime) -> Plan:
        """Decisions as a plan, without its digest."""
        return Plan(
            instance=self.drafting.instance,
            created_at=created_at,
            expires_at=created_at + self.lifetime,
            judged_at=now,
            policy_digest=digest_of(self.policy),
            decisions=tuple(decisions),
        )

    def decide(self, dossier: Dossier, now: datetime, accounts: frozenset[str] = frozenset()) -> Decision:
        """What is to be done about one escalation; `accounts` are the names that only their own customers may read."""
        return self.decided(dossier, self.reader.read(dossier, now), accounts)

    def decided(self, dossier: Dossier, evidence: Evidence, accounts: frozenset[str]) -> Decision:
        """The same, of facts that were read from the dossier, or might have been."""
        verdict = judge(evidence, self.policy)
        stopped = None if verdict.outcome is Outcome.HOLD else self.stopped(dossier)
        if stopped is not None:
            verdict = held(verdict, *stopped)
        action: Action | None = None
        if verdict.outcome is not Outcome.HOLD:
            verdict, action = self._drafted(verdict, evidence, dossier, accounts)
        return decision_of(dossier, evidence, verdict, action)

    def stopped(self, dossier: Dossier) -> Obstacle | None:
        """Why nobody can decide the escalation by this account, or None."""
        return obstacle(dossier) or self.right_missing(dossier)

    def _drafted(
        self, verdict: Verdict, evidence: Evidence, dossier: Dossier, accounts: frozenset[str]
    ) -> tuple[Verdict, Action | None]:
        try:
            replies = self.drafting.drafts(
                verdict.reply or "",
                dossier,
                evidence,
                verdict.outcome,
                explanation=verdict.explanation,
                other_accounts=accounts,
            )
        except TemplateError as error:
            why = f"the reply `{verdict.reply}` cannot be drafted: {error}"
            return held(verdict, HoldCause.ERROR, why), None
        unfit = [reply for reply in replies if not self.drafting.is_full(reply)]
        if unfit:
            why = f"the draft of the reply `{verdict.reply}` fails the reply check ({failed_points(replies, unfit)})"
            return held(verdict, HoldCause.ERROR, why), None
        action = self.drafting.action(dossier, {reply.case.sys_id: reply.text for reply in replies})
        copied = copy_of(dossier, action)
        return (verdict, action) if copied is None else (held(verdict, *copied), None)

    def right_missing(self, dossier: Dossier) -> Obstacle | None:
        """The account decides nothing that it may not: the customer would be told of a decision that never comes."""
        row = self.drafting.row_to_decide(dossier.requested)
        if self.drafting.rights.may_decide(approver_of(row)) is not False:
            return None
        name = row.approver.name if row.approver is not None else "nobody"
        return HoldCause.CONFLICT, f"the account may not decide the approval of {name}; give it the role approval_admin"


def decision_of(dossier: Dossier, evidence: Evidence, verdict: Verdict, action: Action | None) -> Decision:
    """The verdict about a dossier with what is to be written."""
    escalation = dossier.escalation
    return Decision(
        escalation=RecordKey(table=escalation.table, sys_id=escalation.sys_id, number=escalation.number),
        source=escalation.source,
        verdict=verdict,
        evidence=evidence,
        action=action,
    )


def copy_of(dossier: Dossier, action: Action) -> Obstacle | None:
    """Why a reply would be a second one, or None."""
    for target in action.targets:
        if copied_on(dossier, target):
            number = target.case.number
            return HoldCause.CONFLICT, f"a comment that begins like the reply is on {number} already; look at it first"
    return None


def accounts_of(dossiers: Iterable[Dossier]) -> frozenset[str]:
    """The names of all accounts that dossiers are about."""
    names: set[str] = set()
    for dossier in dossiers:
        names.update(case.account.number for case in dossier.cases if case.account is not None)
        if dossier.account is not None:
            names.add(dossier.account.name)
    return frozenset(name for name in names if name)


def held(verdict: Verdict, cause: HoldCause, why: str) -> Verdict:
    """The verdict turned into a hold, with the rule that would have decided still told."""
    sentence = f"held because {why}"
    if verdict.rule is not None:
        sentence += f' (the rule "{verdict.rule}" would {verdict.outcome.value})'
    explanation = Explanation(sentence=sentence, rules=verdict.explanation.rules)
    return Verdict(outcome=Outcome.HOLD, rule=verdict.rule, cause=cause, explanation=explanation)


__all__ = ["CheckedReply", "Planner", "accounts_of", "copy_of", "decision_of", "held"]
