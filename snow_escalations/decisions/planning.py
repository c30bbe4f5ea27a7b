"""Dossiers and a policy into a plan. Nothing is written; every doubt becomes a hold with its cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from snow_escalations.decisions.digest import digest_of
from snow_escalations.model import (
    Action,
    Approval,
    AuthorKind,
    Case,
    Decision,
    Dossier,
    Element,
    Evidence,
    Explanation,
    HoldCause,
    Outcome,
    Plan,
    RecordKey,
    ReplyTarget,
    Verdict,
)
from snow_escalations.servicenow.dossiers import age_key
from snow_escalations.servicenow.rights import NOTHING_KNOWN, DecidingRights
from snow_escalations.triage.evidence import evidence_of
from snow_escalations.triage.policy import Policy, judge
from snow_escalations.triage.replies import (
    ReplyTemplates,
    TemplateError,
    begins_alike,
    check_reply,
    reference_line,
    reference_prefix,
    with_reference,
)

LIFETIME = timedelta(hours=24)
CLOSED_STATES = frozenset({"closed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Planner:
    """Judges dossiers as one instance, account, policy and set of templates would.

    `rights` are the account's: its own row is decided before anybody else's, and a row that it may not decide is held.
    """

    instance: str
    policy: Policy
    templates: ReplyTemplates
    approval_table: str
    case_table: str
    rights: DecidingRights = NOTHING_KNOWN
    lifetime: timedelta = LIFETIME

    def plan(self, dossiers: Iterable[Dossier], now: datetime, made_at: datetime | None = None) -> Plan:
        """The plan of one pass.

        Args:
            dossiers: what is pending.
            now: the instant to judge by.
            made_at: the present, from which the plan's life counts; `now`, if not given.
        """
        created_at = now if made_at is None else made_at
        plan = Plan(
            instance=self.instance,
            created_at=created_at,
            expires_at=created_at + self.lifetime,
            judged_at=now,
            policy_digest=digest_of(self.policy),
            decisions=tuple(self.decide(dossier, now) for dossier in dossiers),
        )
        return plan.model_copy(update={"digest": digest_of(plan)})

    def decide(self, dossier: Dossier, now: datetime) -> Decision:
        """What is to be done about one escalation."""
        evidence = evidence_of(dossier, now)
        verdict = judge(evidence, self.policy)
        obstacle = None if verdict.outcome is Outcome.HOLD else _obstacle(dossier) or self._right_missing(dossier)
        if obstacle is not None:
            verdict = held(verdict, *obstacle)
        action: Action | None = None
        if verdict.outcome is not Outcome.HOLD:
            verdict, action = self._drafted(verdict, evidence, dossier)
        escalation = dossier.escalation
        return Decision(
            escalation=RecordKey(table=escalation.table, sys_id=escalation.sys_id, number=escalation.number),
            source=escalation.source,
            verdict=verdict,
            evidence=evidence,
            action=action,
        )

    def _drafted(self, verdict: Verdict, evidence: Evidence, dossier: Dossier) -> tuple[Verdict, Action | None]:
        number, approval = dossier.escalation.number, self._row_to_decide(dossier.requested)
        cases = _answerable(dossier)
        try:
            texts = [self.templates.render(verdict.reply or "", dossier, evidence, case) for case in cases]
        except TemplateError as error:
            why = f"the reply `{verdict.reply}` cannot be drafted: {error}"
            return held(verdict, HoldCause.ERROR, why), None
        line = reference_line(number, approval.sys_id, "\n".join(texts))
        targets = tuple(self._target(case, with_reference(text, line)) for case, text in zip(cases, texts, strict=True))
        obstacle = self._unfit(verdict, dossier, targets)
        if obstacle is not None:
            return held(verdict, *obstacle), None
        return verdict, Action(
            approval=RecordKey(table=self.approval_table, sys_id=approval.sys_id),
            approver=_approver(approval),
            approval_mod_count=approval.mod_count,
            approvals=len(dossier.approvals),
            escalation_mod_count=dossier.escalation.mod_count,
            reference=line,
            targets=targets,
        )

    def _unfit(
        self, verdict: Verdict, dossier: Dossier, targets: Iterable[ReplyTarget]
    ) -> tuple[HoldCause, str] | None:
        """Why a reply cannot be posted, or None."""
        for target in targets:
            points = check_reply(
                target.reply,
                outcome=verdict.outcome,
                escalation_number=dossier.escalation.number,
                offers=[self.templates.commitments.contact, self.templates.commitments.talk],
                internal_words=[rule.name for rule in self.policy.rules],
            )
            failed = [f"{point.name}: {point.sentence}" for point in points if not point.passed]
            if failed:
                why = f"the draft of the reply `{verdict.reply}` fails the reply check ({'; '.join(failed)})"
                return HoldCause.ERROR, why
            if copied_on(dossier, target):
                number = target.case.number
                why = f"a comment that begins like the reply is on {number} already; look at it before another"
                return HoldCause.CONFLICT, why
        return None

    def _right_missing(self, dossier: Dossier) -> tuple[HoldCause, str] | None:
        """The account decides nothing that it may not: the customer would be told of a decision that never comes."""
        row = self._row_to_decide(dossier.requested)
        if self.rights.may_decide(_approver(row)) is not False:
            return None
        name = row.approver.name if row.approver is not None else "nobody"
        return HoldCause.CONFLICT, f"the account may not decide the approval of {name}; give it the role approval_admin"

    def _row_to_decide(self, requested: Iterable[Approval]) -> Approval:
        """Our own row before others', one that we may decide before one that we may not, then by sys_id."""

        def rank(row: Approval) -> tuple[bool, bool, str]:
            approver = _approver(row)
            is_own = self.rights.own != "" and approver == self.rights.own
            return (not is_own, self.rights.may_decide(approver) is False, row.sys_id)

        return min(requested, key=rank)

    def _target(self, case: Case, reply: str) -> ReplyTarget:
        key = RecordKey(table=self.case_table, sys_id=case.sys_id, number=case.number)
        return ReplyTarget(case=key, mod_count=case.mod_count, reply=reply)


def _approver(row: Approval) -> str:
    return row.approver.sys_id if row.approver is not None else ""


def held(verdict: Verdict, cause: HoldCause, why: str) -> Verdict:
    """The verdict turned into a hold, with the rule that would have decided still told."""
    sentence = f"held because {why}"
    if verdict.rule is not None:
        sentence += f' (the rule "{verdict.rule}" would {verdict.outcome.value})'
    explanation = Explanation(sentence=sentence, rules=verdict.explanation.rules)
    return Verdict(outcome=Outcome.HOLD, rule=verdict.rule, cause=cause, explanation=explanation)


def _answerable(dossier: Dossier) -> tuple[Case, ...]:
    return tuple(case for case in dossier.cases if case.state.key not in CLOSED_STATES)


def _obstacle(dossier: Dossier) -> tuple[HoldCause, str] | None:
    """Why an escalation cannot be decided although a rule says how, or None."""
    state = dossier.escalation.state
    if state.key != "requested":
        return HoldCause.CONFLICT, f"an approval waits, but the escalation is already {state.label or state.key}"
    if not dossier.requested:
        return HoldCause.CONFLICT, "no approval waits for a decision"
    decided = [row for row in dossier.approvals if row.state.key in {"approved", "rejected"}]
    if decided:
        return HoldCause.CONFLICT, f"one approver has already {decided[0].state.key} it; the others must follow"
    first = next((item for item in dossier.duplicates if age_key(item) < age_key(dossier.escalation)), None)
    if first is not None:
        return (
            HoldCause.CONFLICT,
            f"{first.number} waits for the same {dossier.escalation.source.number}; decide it first",
        )
    if not dossier.cases:
        return HoldCause.MISSING_EVIDENCE, "there is no case on which the customer could be answered"
    if not _answerable(dossier):
        return HoldCause.CONFLICT, "the case is closed and takes no comment"
    return _already_answered(dossier)


def _already_answered(dossier: Dossier) -> tuple[HoldCause, str] | None:
    prefix = reference_prefix(dossier.escalation.number)
    for case in _answerable(dossier):
        journal = dossier.journals.get(case.sys_id)
        if journal is None or journal.unreadable is not None:
            why = journal.unreadable if journal is not None else "it was not read"
            return HoldCause.MISSING_EVIDENCE, f"the comments of {case.number} cannot be read: {why}"
        if any(prefix in entry.text for entry in journal.of(Element.COMMENTS)):
            why = f"a reply to it is already on {case.number}; apply the plan that wrote it, or decide by hand"
            return HoldCause.CONFLICT, why
    return None


def copied_on(dossier: Dossier, target: ReplyTarget) -> bool:
    """Whether a case already holds a comment which begins like the reply, posted since the escalation was opened.

    An instance or an integration may cut a comment, and with it the reference line at its end.
    """
    since, journal = dossier.escalation.opened_at, dossier.journals.get(target.case.sys_id)
    return any(
        entry.author_kind is not AuthorKind.CUSTOMER and begins_alike(entry.text, target.reply)
        for entry in (journal.of(Element.COMMENTS) if journal is not None else ())
        if since is None or entry.created_at >= since
    )


def facts_of(evidence: Evidence) -> dict[str, object]:
    """The evidence as reading commands print it: value, unit, source and quotes by fact, or `unreadable`."""
    printed: dict[str, object] = {}
    for name, fact in evidence.facts.items():
        source = fact.source.model_dump(mode="json")
        if fact.unreadable is not None:
            printed[name] = {"unreadable": fact.unreadable, "unit": fact.unit, "source": source}
        else:
            quotes = [quote.model_dump(mode="json") for quote in fact.quotes]
            printed[name] = {"value": fact.value, "unit": fact.unit, "source": source, "quotes": quotes}
    return printed
