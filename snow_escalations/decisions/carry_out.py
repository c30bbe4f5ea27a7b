"""One decision, carried out in the order that never leaves a rejection without a full comment.

    rejection   read approvals and case > post the comment > read it back > set `rejected`, checked on the answered row
    approval    read approvals and case > set `approved`, checked on the answered row > post the comment > read it back

Before anything is posted, our reply is looked for on the case: what an earlier run posted is not posted again, and what
is there but not whole is for a person. Five requests, two of them writes, for a case escalation; one more where its
approvals are linked by `document_id`, and one where more than a second went by since the look at them. A write whose
answer was lost is looked up, never repeated.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from snow_escalations.decisions.drift import WANTED, check_case, check_standing, is_decided_by_us
from snow_escalations.decisions.gate import Gate, GateRefusal
from snow_escalations.decisions.outcome import CarriedOut, Status
from snow_escalations.decisions.records import Found, Records, Standing
from snow_escalations.model import Action, Decision, HoldCause, Outcome, RecordKey, ReplyTarget
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import (
    Call,
    Forbidden,
    InstanceError,
    NotAuthenticated,
    NotLanded,
    OutcomeUnknown,
)
from snow_escalations.servicenow.query import value_of
from snow_escalations.servicenow.retrying import was_not_executed
from snow_escalations.servicenow.rights import NOTHING_KNOWN, DecidingRights
from snow_escalations.triage.replies import reference_prefix

_BEGINNING = 40
_FRESH = 1.0
"""Seconds after which a look at the approvals is too old to write on."""
_ATTEMPTS = 3


@dataclass(slots=True)
class _Written:
    comments: int = 0
    states: int = 0


@dataclass(slots=True)
class CarryOut:
    """Carries out decisions of one plan, one after the other."""

    gate: Gate
    records: Records
    dialect: Dialect
    rights: DecidingRights = NOTHING_KNOWN
    own_user_name: str = ""
    clock: Callable[[], float] = time.monotonic
    _mod_counts: dict[str, int] = field(default_factory=dict)
    _login_refused: str = ""
    _right_refused: str = ""
    _looked_at: float = 0.0

    def __call__(self, decision: Decision) -> CarriedOut:
        """Carry one decision out. Refusals of the gate and errors of the instance are told in the result.

        Of a hold nothing is done. After an error it is safe to apply the same plan again. Once the login was refused
        nothing more is tried: instances lock accounts that fail too often.
        """
        if decision.action is None:
            return _result(decision, Status.HELD, decision.verdict.explanation.sentence, cause=decision.verdict.cause)
        if self._login_refused:
            why = f"not tried, as the login was refused at {self._login_refused}"
            return _result(decision, Status.FAILED, why, cause=HoldCause.ERROR)
        written = _Written()
        try:
            self.gate.check_plan()
            self._steps(decision, decision.action, written)
        except GateRefusal as refusal:
            return _result(decision, Status.HELD, refusal.why, written, cause=refusal.cause)
        except InstanceError as error:
            if isinstance(error, NotAuthenticated):
                self._login_refused = decision.escalation.number
            return _result(decision, Status.FAILED, str(error), written, cause=HoldCause.ERROR)
        if written.comments == 0 and written.states == 0:
            return _result(decision, Status.ALREADY_DONE, "an earlier run did all of it", written)
        return _result(decision, Status.DONE, f"{WANTED[decision.verdict.outcome]}, and answered on the case", written)

    def _steps(self, decision: Decision, action: Action, written: _Written) -> None:
        outcome, escalation = decision.verdict.outcome, decision.escalation
        standing = self._look(decision, action)
        is_set = is_decided_by_us(standing, outcome, action.reference, self.own_user_name)
        if not is_set:
            check_standing(escalation, standing, action)
            self._check_right(escalation, standing.approval.approver)
        unanswered = [target for target in action.targets if not self._is_answered(decision, action, target, is_set)]
        if outcome is Outcome.REJECT and is_set and unanswered:
            # By the order below we never reject without the comment, so it was there and somebody took it away.
            raise GateRefusal(escalation.number, HoldCause.CONFLICT, "rejected by us, but our comment is not there")
        if outcome is Outcome.APPROVE and not is_set:
            self._set_state(decision, action, written)
        self._answer(action, unanswered, written)
        if outcome is Outcome.REJECT and not is_set:
            self._set_state(decision, action, written)

    def _check_right(self, escalation: RecordKey, approver: str) -> None:
        """Refuse a row that the account may not decide, before its customer is told of a decision.

        Where the rights cannot be read, the first refusal of the instance counts for the rest of the plan.
        """
        may = self.rights.may_decide(approver)
        why = ""
        if may is False:
            why = "the account may not decide this approval"
        elif may is None and self._right_refused:
            why = f"the instance did not let the account decide {self._right_refused}"
        if why:
            raise GateRefusal(escalation.number, HoldCause.CONFLICT, why, "Give the account the role approval_admin")

    def _is_answered(self, decision: Decision, action: Action, target: ReplyTarget, is_set: bool) -> bool:  # noqa: FBT001
        """Whether the whole reply is on the case already. A case without any trace of it must be as it was planned."""
        case = self.records.case(target.case)
        if case.comments is not None and _shows_trace(case.comments, target.reply, action.reference):
            found = self.records.find_comment(target.case, target.reply, action.reference)
            if found is Found.WHOLE:
                return True
            if found is not Found.NOTHING or action.reference in case.comments:
                cause = HoldCause.MISSING_EVIDENCE if found is Found.UNREADABLE else HoldCause.CONFLICT
                raise GateRefusal(decision.escalation.number, cause, _not_whole(found, target.case))
        if case.comments is not None and reference_prefix(decision.escalation.number) in case.comments:
            why = f"the reply of another plan is on {target.case.number} already"
            raise GateRefusal(decision.escalation.number, HoldCause.CONFLICT, why)
        # Once the state is ours the engine writes on the case too: that it changed means nothing any more.
        expected = None if is_set else self._mod_counts.get(target.case.sys_id, target.mod_count)
        check_case(decision.escalation, target, case, expected)
        return False

    def _answer(self, action: Action, targets: list[ReplyTarget], written: _Written) -> None:
        for target in targets:
            lost: OutcomeUnknown | None = None
            try:
                row = self.gate.write(target.case, {self.dialect.fields.case.comments: target.reply})
                self._remember(target.case, value_of(row.get("sys_mod_count")))
            except OutcomeUnknown as error:
                lost = error
            self._read_back(action, target, lost)
            written.comments += 1

    def _read_back(self, action: Action, target: ReplyTarget, lost: OutcomeUnknown | None) -> None:
        case = target.case
        found = self.records.find_comment(case, target.reply, action.reference)
        if found is Found.WHOLE:
            return
        if lost is not None and found is Found.NOTHING:
            raise lost
        raise NotLanded(Call("PATCH", case.table), _not_whole(found, case))

    def _set_state(self, decision: Decision, action: Action, written: _Written) -> None:
        """Set the approval, right after a look at it: nobody is overruled while a slow instance makes us wait."""
        for attempt in range(_ATTEMPTS):
            is_old = self.clock() - self._looked_at > _FRESH
            if (attempt or is_old) and self._is_set_meanwhile(decision, action):
                break
            try:
                self._write_state(decision, action)
            except InstanceError as error:
                if attempt + 1 == _ATTEMPTS or not was_not_executed(error):
                    raise
            else:
                break
        written.states += 1

    def _is_set_meanwhile(self, decision: Decision, action: Action) -> bool:
        standing = self._look(decision, action)
        if is_decided_by_us(standing, decision.verdict.outcome, action.reference, self.own_user_name):
            return True
        check_standing(decision.escalation, standing, action)
        return False

    def _look(self, decision: Decision, action: Action) -> Standing:
        standing = self.records.standing(decision.escalation, action.approval)
        self._looked_at = self.clock()
        return standing

    def _write_state(self, decision: Decision, action: Action) -> None:
        names = self.dialect.fields.approval
        wanted = WANTED[decision.verdict.outcome]
        value: str = getattr(self.dialect.states.approval, wanted)
        try:
            self.gate.write(action.approval, {names.state: value, names.comments: _note(decision, action)}, once=True)
        except OutcomeUnknown:
            if self._look(decision, action).approval.state.key != wanted:
                raise
        except (Forbidden, NotLanded):
            self._right_refused = decision.escalation.number
            raise

    def _remember(self, case: RecordKey, mod_count: str | None) -> None:
        if mod_count is not None and mod_count.isascii() and mod_count.isdigit():
            self._mod_counts[case.sys_id] = int(mod_count)


def _shows_trace(comments: str, reply: str, reference: str) -> bool:
    """Whether the comments of a case may hold our reply: its reference, or its beginning."""
    beginning = " ".join(reply.split())[:_BEGINNING]
    return reference in comments or beginning in " ".join(comments.split())


def _not_whole(found: Found, case: RecordKey) -> str:
    """What is wrong where the whole reply should be on a case."""
    return {
        Found.NOTHING: f"the comment was accepted, but the journal of {case.number} does not show it",
        Found.ALTERED: f"the comment is on {case.number}, but not with the text that was written",
        Found.UNREADABLE: f"the comment cannot be read back from {case.number}",
    }[found]


def _note(decision: Decision, action: Action) -> str:
    """The approval's own comment, for colleagues: instances may demand one on a rejection."""
    cases = ", ".join(target.case.number for target in action.targets)
    said = decision.verdict.explanation.sentence
    return f"{said[:1].upper()}{said[1:]}. The customer is answered on {cases}: {action.reference}."


def _result(
    decision: Decision, status: Status, detail: str, written: _Written | None = None, *, cause: HoldCause | None = None
) -> CarriedOut:
    counted = written or _Written()
    return CarriedOut(
        escalation=decision.escalation,
        source=decision.source,
        outcome=decision.verdict.outcome,
        status=status,
        detail=detail,
        cause=cause,
        comments=counted.comments,
        states=counted.states,
    )
