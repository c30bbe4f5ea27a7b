"""The stated reason weighed by the other facts: `supported`, `contradicted`, or `unverifiable`.

Each canonical reason has a test for and a test against it, three-valued: a test that needs a fact which could not be
read is open. What contradicts the reason goes first: that we answered two hours ago and wait for the customer stands,
whatever was slow before. A reason that is neither contradicted nor supported is unverifiable. Words of the customer are
evidence of what the customer says (a date, a person), and never of what we did or did not do.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from snow_escalations.model import DeadlineItem, Fact, Model, Span
from snow_escalations.triage.evidence.notes import Notes

BusinessHours = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class WeighingSettings(Model):
    """From when on facts speak for or against a stated reason; times are business hours."""

    recent_reply: float = Field(
        default=8, gt=0, allow_inf_nan=False, description="An answer of ours younger than this contradicts silence"
    )
    silence: float = Field(
        default=16, gt=0, allow_inf_nan=False, description="Waiting this long for us bears out inactivity"
    )
    old_case: BusinessHours = Field(
        default=80, description="A case this old that waits for us bears out lack of progress"
    )
    hand_overs: int = Field(default=3, ge=1, description="This many reassignments bear out lack of progress")


@dataclass(frozen=True, slots=True)
class Finding:
    """How one test went: yes, no, or open; the facts that it rests on, and what they say."""

    holds: bool | None
    rests_on: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a reason stands, None where that depends on facts that could not be read."""

    status: Literal["supported", "contradicted", "unverifiable"] | None
    rests_on: tuple[str, ...]
    note: str = ""


Test = Callable[["_Facts", WeighingSettings], Finding]
Part = tuple[tuple[str, ...], bool]
"""Facts, and whether they say what a test asks for."""

_NO_FACTS = Finding(holds=False, rests_on=())


class _Facts:
    """The facts that tests ask for."""

    def __init__(self, facts: Mapping[str, Fact], partial: AbstractSet[str]) -> None:
        self._facts, self._partial = facts, partial

    def is_partial(self, name: str) -> bool:
        """Whether a text that could add to a known fact could not be read."""
        return name in self._partial

    def known(self, *names: str) -> bool:
        return all(self._facts[name].is_known for name in names)

    def value(self, name: str) -> object:
        return self._facts[name].value

    def hours(self, name: str) -> float | None:
        value = self._facts[name].value
        return value.hours if isinstance(value, Span) else None

    def business_hours(self, name: str) -> float | None:
        value = self._facts[name].value
        return value.business_hours if isinstance(value, Span) else None

    def why_open(self, names: tuple[str, ...]) -> str:
        unread = [name for name in names if not self.known(name) or self.is_partial(name)]
        first = self._facts[unread[0]]
        return f"it depends on {', '.join(unread)}: {first.unreadable or first.note}"

    def all(self, note: str, *parts: Part) -> Finding:
        """Whether all parts hold: one that is known not to decides, whatever could not be read of the others."""
        for names, says in parts:
            if self.known(*names) and not says:
                return Finding(holds=False, rests_on=names)
        rests_on = _together(*(names for names, _ in parts))
        return Finding(True if self.known(*rests_on) else None, rests_on, note)


def _silent(facts: _Facts, settings: WeighingSettings) -> Finding:
    waited = facts.business_hours("waiting_for")
    note = f"the customer has waited for us for {_business(waited)}, at least {settings.silence:g} count"
    return facts.all(
        note,
        (("waiting_on",), facts.value("waiting_on") == "us"),
        (("waiting_for",), waited is not None and waited >= settings.silence),
    )


def _answered(facts: _Facts, settings: WeighingSettings) -> Finding:
    """An answer that came because the customer escalated does not count against the customer."""
    since, requested = facts.hours("since_last_reply"), facts.hours("since_requested")
    business = facts.business_hours("since_last_reply")
    return facts.all(
        f"our answer of {_business(business)} ago, before the request, is the last word",
        (("last_word",), facts.value("last_word") == "us"),
        (("since_last_reply",), business is not None and business < settings.recent_reply),
        (("since_last_reply", "since_requested"), since is not None and requested is not None and since > requested),
    )


def _business(hours: float | None) -> str:
    return f"{hours or 0:g} business hour{'' if hours == 1 else 's'}"


def _waiting_for_customer(facts: _Facts, settings: WeighingSettings) -> Finding:
    turn = facts.all("we wait for the customer", (("waiting_on",), facts.value("waiting_on") == "customer"))
    return _both(_answered(facts, settings), turn)


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
        facts.all(f"the case changed hands {moved} times", (("reassignments",), hands)),
        Finding(again, ("reopenings",), f"the case was reopened {reopened} times") if again else _NO_FACTS,
        facts.all("a service level was breached", (("sla_breached",), facts.value("sla_breached") is True)),
        facts.all(
            f"the case is {_business(opened)} old and waits for us",
            (("since_opened",), old),
            (("waiting_on",), facts.value("waiting_on") == "us"),
        ),
    )


def _deadline(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    ahead = [item for item in _imposed(facts) if _was_ahead(item, facts)]
    note = f"the customer names {ahead[0].date:%Y-%m-%d}" if ahead else ""
    return facts.all(note, (("deadlines",), bool(_imposed(facts))), (("deadlines", "since_requested"), bool(ahead)))


def _only_past(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    found = _imposed(facts)
    passed = [item for item in found if not _was_ahead(item, facts)]
    if found and len(passed) == len(found) and facts.is_partial("deadlines"):
        return Finding(None, ("deadlines",))
    return facts.all(
        "all dates that the customer names had passed when the escalation was requested",
        (("deadlines",), bool(found)),
        (("deadlines", "since_requested"), len(passed) == len(found)),
    )


def _imposed(facts: _Facts) -> list[DeadlineItem]:
    """The dates that the customer sets; a promise of ours is none, however late we are with it."""
    value = facts.value("deadlines")
    items = value if isinstance(value, tuple) else ()
    return [item for item in items if isinstance(item, DeadlineItem) and item.imposed_by == "customer"]


def _was_ahead(item: DeadlineItem, facts: _Facts) -> bool:
    """Whether a date had not passed when the escalation was requested, by any reading of its words.

    It does not count against the customer that a date passes while the request waits for us.
    """
    open_for = (item.latest - item.earliest).total_seconds() / 3600
    return item.hours_left + open_for + (facts.hours("since_requested") or 0) >= 0


def _executive(facts: _Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    found = facts.value("executives")
    count = len(found) if isinstance(found, tuple) else 0
    return facts.all(f"people of rank who watch or ask: {count}", (("executives",), count > 0))


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
    facts, source = _Facts(notes.facts, notes.partial), notes.of_escalation("reason")
    stated = notes.facts["reason"]
    if not stated.is_known:
        notes.miss("stated_reason", stated.unreadable or "", source, rests_on=("reason",))
        notes.miss("better_reason", stated.unreadable or "", source, rests_on=("reason",))
        return
    reason = str(stated.value) if stated.value is not None else ""
    weighed = _weigh(reason, facts, settings)
    rests_on = _together(("reason",), weighed.rests_on)
    if weighed.status is None:
        why = facts.why_open(rests_on)
        notes.miss("stated_reason", why, source, rests_on=rests_on)
        notes.miss("better_reason", why, source, rests_on=rests_on)
        return
    notes.know("stated_reason", weighed.status, source, rests_on=rests_on, note=weighed.note)
    if weighed.status == "supported":
        notes.know("better_reason", None, source, rests_on=rests_on)
    else:
        _note_better(notes, reason, rests_on, facts, settings)


def _weigh(reason: str, facts: _Facts, settings: WeighingSettings) -> Weighed:
    supports, contradicts = _TESTS.get(reason, (_never, _never))
    for_it, against = supports(facts, settings), contradicts(facts, settings)
    if against.holds:
        return Weighed("contradicted", against.rests_on, against.note)
    rests_on = _together(for_it.rests_on, against.rests_on)
    if against.holds is None or for_it.holds is None:
        return Weighed(None, rests_on)
    return Weighed("supported" if for_it.holds else "unverifiable", rests_on, for_it.note if for_it.holds else "")


def _note_better(
    notes: Notes, stated: str, rests_on: tuple[str, ...], facts: _Facts, settings: WeighingSettings
) -> None:
    """The first of the other reasons that would be supported, if it were the stated one."""
    source = notes.of_escalation("reason")
    for reason in _TESTS:
        if reason == stated:
            continue
        weighed = _weigh(reason, facts, settings)
        rests_on = _together(rests_on, weighed.rests_on)
        if weighed.status is None:
            notes.miss("better_reason", facts.why_open(weighed.rests_on), source, rests_on=rests_on)
            return
        if weighed.status == "supported":
            notes.know("better_reason", reason, source, rests_on=rests_on, note=weighed.note)
            return
    notes.know("better_reason", None, source, rests_on=rests_on)


def _together(*names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))


def _both(first: Finding, second: Finding) -> Finding:
    for finding in (first, second):
        if finding.holds is False:
            return finding
    rests_on = _together(first.rests_on, second.rests_on)
    if first.holds is None or second.holds is None:
        return Finding(None, rests_on)
    return Finding(holds=True, rests_on=rests_on, note=f"{first.note}, and {second.note}")


def _any(*findings: Finding) -> Finding:
    held = next((finding for finding in findings if finding.holds), None)
    if held is not None:
        return held
    rests_on = _together(*(finding.rests_on for finding in findings))
    if any(finding.holds is None for finding in findings):
        return Finding(None, rests_on)
    return Finding(holds=False, rests_on=rests_on)
