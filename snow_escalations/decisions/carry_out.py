"""One decision, carried out in the order that never leaves a rejection without a full comment.

    rejection   read approval and case > post the comment > read it back > set `rejected`, checked on the answered row
    approval    read approval and case > set `approved`, checked on the answered row > post the comment > read it back

Before anything is posted, our reference line is looked for on the case: what an earlier run posted is not posted again.
Five requests, two of them writes, for a case escalation. A write whose answer was lost is looked up, never repeated.
"""

from dataclasses import dataclass, field

from snow_escalations.decisions.drift import WANTED, check_approval, check_case
from snow_escalations.decisions.gate import Gate, GateRefusal
from snow_escalations.decisions.outcome import CarriedOut, Status
from snow_escalations.decisions.records import Found, Records
from snow_escalations.model import Action, Decision, HoldCause, Outcome, RecordKey, ReplyTarget
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Call, InstanceError, NotLanded, OutcomeUnknown
from snow_escalations.servicenow.query import value_of


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
    own_user_name: str = ""
    _mod_counts: dict[str, int] = field(default_factory=dict)

    def __call__(self, decision: Decision) -> CarriedOut:
        """Carry one decision out. Refusals of the gate and errors of the instance are told in the result.

        Of a hold nothing is done. After an error it is safe to apply the same plan again.
        """
        if decision.action is None:
            return _result(decision, Status.HELD, decision.verdict.explanation.sentence, cause=decision.verdict.cause)
        written = _Written()
        try:
            self.gate.check_plan()
            self._steps(decision, decision.action, written)
        except GateRefusal as refusal:
            return _result(decision, Status.HELD, refusal.why, written, cause=refusal.cause)
        except InstanceError as error:
            return _result(decision, Status.FAILED, str(error), written, cause=HoldCause.ERROR)
        if written.comments == 0 and written.states == 0:
            return _result(decision, Status.ALREADY_DONE, "an earlier run did all of it", written)
        return _result(decision, Status.DONE, f"{WANTED[decision.verdict.outcome]}, and answered on the case", written)

    def _steps(self, decision: Decision, action: Action, written: _Written) -> None:
        outcome, escalation = decision.verdict.outcome, decision.escalation
        now = self.records.approval(action.approval)
        is_set = check_approval(escalation, now, outcome, self.own_user_name)
        unanswered = [target for target in action.targets if not self._is_answered(decision, action, target, is_set)]
        if outcome is Outcome.REJECT and is_set and unanswered:
            # By the order below we never reject without the comment, so it was there and somebody took it away.
            raise GateRefusal(escalation.number, HoldCause.CONFLICT, "rejected by us, but our comment is not there")
        if outcome is Outcome.APPROVE and not is_set:
            self._set_state(decision, action, written)
        self._answer(action, unanswered, written)
        if outcome is Outcome.REJECT and not is_set:
            self._set_state(decision, action, written)

    def _is_answered(self, decision: Decision, action: Action, target: ReplyTarget, is_set: bool) -> bool:  # noqa: FBT001
        case = self.records.case(target.case)
        if case.comments is not None and action.reference in case.comments:
            return True
        # Once the state is ours the engine writes on the case too: that it changed means nothing any more.
        expected = None if is_set else self._mod_counts.get(target.case.sys_id, target.mod_count)
        check_case(decision.escalation, target, case, expected)
        return False

    def _answer(self, action: Action, targets: list[ReplyTarget], written: _Written) -> None:
        for target in targets:
            lost: OutcomeUnknown | None = None
            try:
                row = self.gate.write(target.case, {self.dialect.fields.case.comments: action.reply})
                self._remember(target.case, value_of(row.get("sys_mod_count")))
            except OutcomeUnknown as error:
                lost = error
            self._read_back(action, target.case, lost)
            written.comments += 1

    def _read_back(self, action: Action, case: RecordKey, lost: OutcomeUnknown | None) -> None:
        found = self.records.find_comment(case, action.reply, action.reference)
        if found is Found.WHOLE:
            return
        if lost is not None and found is Found.NOTHING:
            raise lost
        whys = {
            Found.NOTHING: f"the comment was accepted, but the journal of {case.number} does not show it",
            Found.ALTERED: f"the comment is on {case.number}, but not with the text that was written",
            Found.UNREADABLE: f"the comment cannot be read back from {case.number}",
        }
        raise NotLanded(Call("PATCH", case.table), whys[found])

    def _set_state(self, decision: Decision, action: Action, written: _Written) -> None:
        names = self.dialect.fields.approval
        wanted = WANTED[decision.verdict.outcome]
        value: str = getattr(self.dialect.states.approval, wanted)
        try:
            self.gate.write(action.approval, {names.state: value, names.comments: _note(decision, action)})
        except OutcomeUnknown:
            if self.records.approval(action.approval).state.key != wanted:
                raise
        written.states += 1

    def _remember(self, case: RecordKey, mod_count: str | None) -> None:
        if mod_count is not None and mod_count.isdigit():
            self._mod_counts[case.sys_id] = int(mod_count)


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
