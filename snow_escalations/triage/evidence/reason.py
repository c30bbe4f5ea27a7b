"""The stated reason weighed by the other facts: `supported`, `contradicted`, or `unverifiable`.

Each canonical reason has a test for and a test against it, three-valued: a test that needs a fact which could not be
read is open. What contradicts the reason goes first: that we answered two hours ago and wait for the customer stands,
whatever was slow before. A reason that is neither contradicted nor supported is unverifiable. Words of the customer are
evidence of what the customer says (a date, a person), and never of what we did or did not do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import Field

from snow_escalations.model import DeadlineItem, Fact, Model, Span
from snow_escalations.triage.evidence.notes import Notes


class WeighingSettings(Model):
    """From when on facts speak for or against a stated reason; times are business hours."""

    recent_reply: float = Field(default=8, gt=0, description="An answer of ours younger than this contradicts silence")
    silence: float = Field(default=16, gt=0, description="Waiting this long for us bears out inactivity")
    old_case: float = Field(
        default=80, gt=0, description="A case this old that waits for us bears out lack of progress"
    )
    hand_overs: int = Field(default=3, ge=1, description="This many reassignments bear out lack of progress")


@dataclass(frozen=True, slots=True)
class Finding:
    """How one test went: yes, no, or open; the facts that it rests on, and what they say."""

    holds: bool | None
    rests_on: tuple[str, ...]
    note: str = ""


Test = Callable[["_Facts", WeighingSettings], Finding]
_NO_FACTS = Finding(holds=False, rests_on=())


class _Facts:
    """The facts that tests ask for."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = facts

    def known(self, *names: str) -> bool:
        return all(self._facts[name].is_known for name in names)

    def value(self, name: str) -> object:
        return self._facts[name].value

    def business_hours(self, name: str) -> float | None:
        value = self._facts[name].value
        return value.business_hours if isinstance(value, Span) else None


def _all(facts: _Facts, names: tuple[str, ...], note: str, *parts: bool) -> Finding:
    """All parts; open where one of the facts could not be read."""
    if not facts.known(*names):
        return Finding(None, names)
    return Finding(all(parts), names, note)


def _silent(facts: _Facts, settings: WeighingSettings) -> Finding:
    names = ("waiting_on", "waiting_for")
    waited = facts.business_hours("waiting_for")
    note = f"the customer has waited for us for {waited or 0:g} business hours, at least {settings.silence:g} count"
    is_long = waited is not None and waited >= settings.silence
    return _all(facts, names, note, facts.value("waiting_on") == "us", is_long)


def _answered(facts: _Facts, settings: WeighingSettings) -> Finding:
    names = ("ever_replied", "last_word", "since_last_reply")
    since = facts.business_hours("since_last_reply")
    note = f"our answer of {since or 0:g} business hours ago is the last word"
    recent = since is not None and since < settings.recent_reply
    return _all(facts, names, note, facts.value("ever_replied") is True, facts.value("last_word") == "us", recent)


def _waiting_for_customer(facts: _Facts, settings: WeighingSettings) -> Finding:
    answered = _answered(facts, settings)
    turn = _all(facts, ("waiting_on",), "we wait for the customer", facts.value("waiting_on") == "customer")
    return _both(answered, turn)


def _no_progress(facts: _Facts, settings: WeighingSettings) -> Finding:
    moved = facts.value("reassignments")
    reopened = facts.value("reopenings")
    opened = facts.business_hours("since_opened")
    hands = isinstance(moved, int) and moved >= settings.hand_overs
    old = opened is not None and opened >= settings.old_case
    # Few instances count reopenings, so that they count where they are known and leave nothing open where not.
    again = facts.known("reopenings") and isinstance(reopened, int) and reopened > 0
    return _any(
        _silent(facts, settings),
        _all(facts, ("reassignments",), f"the case changed hands {moved} times", hands),
        Finding(again, ("reopenings",), f"the case was reopened {reopened} times") if again else _NO_FACTS,
        _all(facts, ("sla_breached",), "a service level was breached", facts.value("sla_breached") is True),
        _all(
            facts,
            ("since_opened", "waiting_on"),
            f"the case is {opened or 0:g} business hours old and waits for us",
            old,
            facts.value("waiting_on") == "us",
        ),
    )


def _deadline(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    found = facts.value("deadlines")
    open_ones = [item for item in _deadlines(found) if item.imposed_by == "customer" and item.hours_left >= 0]
    note = f"the customer names {open_ones[0].date:%Y-%m-%d}" if open_ones else ""
    return _all(facts, ("deadlines",), note, bool(open_ones))


def _only_past(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    found = _deadlines(facts.value("deadlines"))
    note = "all dates that the customer names had passed"
    return _all(facts, ("deadlines",), note, bool(found) and all(item.hours_left < 0 for item in found))


def _deadlines(value: object) -> list[DeadlineItem]:
    return [item for item in value if isinstance(item, DeadlineItem)] if isinstance(value, tuple) else []


def _executive(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    found = facts.value("executives")
    count = len(found) if isinstance(found, tuple) else 0
    return _all(facts, ("executives",), f"{count} people of rank watch or ask", count > 0)


def _never(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    return _NO_FACTS


_TESTS: Mapping[str, tuple[Test, Test]] = {
    "customer_imposed_deadline": (_deadline, _only_past),
    "executive_visibility": (_executive, _never),
    "inactivity": (_silent, _answered),
    "lack_of_progress": (_no_progress, _waiting_for_customer),
}


def note_reason(notes: Notes, settings: WeighingSettings) -> None:
    """Note how the facts stand to the stated reason, and which one they support better."""
    facts, source = _Facts(notes.facts), notes.of_escalation("reason")
    stated = notes.facts["reason"]
    if not stated.is_known:
        why = stated.unreadable or ""
        notes.miss("stated_reason", why, source)
        notes.miss("better_reason", why, source)
        return
    reason = str(stated.value) if stated.value is not None else ""
    supports, contradicts = _TESTS.get(reason, (_never, _never))
    for_it, against = supports(facts, settings), contradicts(facts, settings)
    rests_on = tuple(dict.fromkeys(("reason", *for_it.rests_on, *against.rests_on)))
    if against.holds:
        notes.know("stated_reason", "contradicted", source, rests_on=("reason", *against.rests_on), note=against.note)
    elif against.holds is None or for_it.holds is None:
        unread = [name for name in rests_on if not notes.facts[name].is_known]
        why = f"it depends on {', '.join(unread)}: {notes.facts[unread[0]].unreadable}"
        notes.miss("stated_reason", why, source, rests_on=rests_on)
    elif for_it.holds:
        notes.know("stated_reason", "supported", source, rests_on=rests_on, note=for_it.note)
    else:
        notes.know("stated_reason", "unverifiable", source, rests_on=rests_on)
    _note_better(notes, reason, facts, settings)


def _note_better(notes: Notes, stated: str, facts: _Facts, settings: WeighingSettings) -> None:
    source = notes.of_escalation("reason")
    if notes.facts["stated_reason"].value == "supported":
        notes.know("better_reason", None, source, rests_on=("reason",))
        return
    others = [(name, tests[0](facts, settings)) for name, tests in _TESTS.items() if name != stated]
    found = next(((name, finding) for name, finding in others if finding.holds), None)
    if found is not None:
        name, finding = found
        notes.know("better_reason", name, source, rests_on=finding.rests_on, note=finding.note)
        return
    open_ones = [finding for _, finding in others if finding.holds is None]
    rests_on = tuple(dict.fromkeys(name for _, finding in others for name in finding.rests_on))
    if open_ones:
        unread = next(name for name in open_ones[0].rests_on if not notes.facts[name].is_known)
        why = f"it depends on {unread}: {notes.facts[unread].unreadable}"
        notes.miss("better_reason", why, source, rests_on=rests_on)
    else:
        notes.know("better_reason", None, source, rests_on=rests_on)


def _both(first: Finding, second: Finding) -> Finding:
    rests_on = tuple(dict.fromkeys((*first.rests_on, *second.rests_on)))
    if first.holds is False or second.holds is False:
        return Finding(holds=False, rests_on=rests_on)
    if first.holds is None or second.holds is None:
        return Finding(None, rests_on)
    return Finding(holds=True, rests_on=rests_on, note=f"{first.note}, and {second.note}")


def _any(*findings: Finding) -> Finding:
    rests_on = tuple(dict.fromkeys(name for finding in findings for name in finding.rests_on))
    held = next((finding for finding in findings if finding.holds), None)
    if held is not None:
        return held
    if any(finding.holds is None for finding in findings):
        return Finding(None, rests_on)
    return Finding(holds=False, rests_on=rests_on)
