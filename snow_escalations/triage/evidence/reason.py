"""The stated reason weighed by the other facts: `supported`, `contradicted`, or `unverifiable`.

Each canonical reason has a test for and a test against it, three-valued: a test that needs a fact which could not be
read is open. What contradicts the reason goes first: that we answered two hours ago and wait for the customer stands,
whatever was slow before. A reason that is neither contradicted nor supported is unverifiable. Words of the customer are
evidence of what the customer says (a date, a person), and never of what we did or did not do.
"""

from collections.abc import Mapping

from snow_escalations.triage.evidence.notes import Notes
from snow_escalations.triage.evidence.weighing import (
    All,
    Any,
    Both,
    Facts,
    Finding,
    Part,
    Test,
    Weighed,
    WeighingSettings,
    together,
)


def _says(name: str, value: object) -> Part:
    """That a fact has a value."""
    return (name,), lambda facts, settings: facts.value(name) == value  # noqa: ARG005


def _waits_long(facts: Facts, settings: WeighingSettings) -> bool:
    waited = facts.business_hours("waiting_for")
    return waited is not None and waited >= settings.silence


def _silence(facts: Facts, settings: WeighingSettings) -> str:
    waited = facts.business_hours("waiting_for")
    return f"the customer has waited for us for {_business(waited)}, at least {settings.silence:g} count"


def _is_recent(facts: Facts, settings: WeighingSettings) -> bool:
    since = facts.business_hours("since_last_reply")
    return since is not None and since < settings.recent_reply


def _came_before_the_request(facts: Facts, settings: WeighingSettings) -> bool:  # noqa: ARG001
    """An answer that came because the customer escalated does not count against the customer.

    Instants are compared, as their distances from now are rounded, and an answer of the same second is none before.
    """
    answered, requested = facts.since("since_last_reply"), facts.since("since_requested")
    return answered is not None and requested is not None and answered < requested


def _answer(facts: Facts, settings: WeighingSettings) -> str:  # noqa: ARG001
    return (
        f"our answer of {_business(facts.business_hours('since_last_reply'))} ago, before the request, is the last word"
    )


def _business(hours: float | None) -> str:
    return f"{hours:g} business hour{'' if hours == 1 else 's'}" if hours else "less than one business hour"


def _changed_hands(facts: Facts, settings: WeighingSettings) -> bool:
    moved = facts.value("reassignments")
    return isinstance(moved, int) and moved >= settings.hand_overs


def _reopened(facts: Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    """Few instances count reopenings: where they are not known, the answer without them is known in part."""
    count = facts.value("reopenings")
    if isinstance(count, int) and count > 0:
        return Finding(holds=True, rests_on=("reopenings",), note=f"the case was reopened {count} times")
    return _NO_FACTS


def _is_old(facts: Facts, settings: WeighingSettings) -> bool:
    opened = facts.business_hours("since_opened")
    return opened is not None and opened >= settings.old_case


def _age(facts: Facts, settings: WeighingSettings) -> str:  # noqa: ARG001
    return f"the case is {_business(facts.business_hours('since_opened'))} old and waits for us"


def _names_a_date(facts: Facts, settings: WeighingSettings) -> bool:  # noqa: ARG001
    return bool(facts.dates)


def _names_a_date_ahead(facts: Facts, settings: WeighingSettings) -> bool:  # noqa: ARG001
    return bool(facts.dates_ahead)


def _date_ahead(facts: Facts, settings: WeighingSettings) -> str:  # noqa: ARG001
    return f"the customer names {facts.dates_ahead[0].date:%Y-%m-%d}"


def _names_no_date_ahead(facts: Facts, settings: WeighingSettings) -> bool:  # noqa: ARG001
    return not facts.dates_ahead


def _only_past(facts: Facts, settings: WeighingSettings) -> Finding:
    """Open where a text could not be read that might name another date, or the first one of the customer's own."""
    if facts.is_partial("deadlines") and not facts.dates_ahead:
        return Finding(holds=None, rests_on=("deadlines",))
    return _ALL_PAST(facts, settings)


def _people(facts: Facts) -> int:
    found = facts.value("executives")
    return len(found) if isinstance(found, tuple) else 0


def _never(facts: Facts, settings: WeighingSettings) -> Finding:  # noqa: ARG001
    return _NO_FACTS


_NO_FACTS = Finding(holds=False, rests_on=())
_SILENT = All(_silence, _says("waiting_on", "us"), (("waiting_for",), _waits_long))
_ANSWERED = All(
    _answer,
    _says("last_word", "us"),
    (("since_last_reply",), _is_recent),
    (("since_last_reply", "since_requested"), _came_before_the_request),
)
_WAITING_FOR_CUSTOMER = Both(_ANSWERED, All("we wait for the customer", _says("waiting_on", "customer")))
_NO_PROGRESS = Any(
    _SILENT,
    All(
        lambda facts, _: f"the case changed hands {facts.value('reassignments')} times",
        (("reassignments",), _changed_hands),
    ),
    _reopened,
    All("a service level was breached", _says("sla_breached", value=True)),
    All(_age, (("since_opened",), _is_old), _says("waiting_on", "us")),
)
_DEADLINE = All(_date_ahead, (("deadlines",), _names_a_date), (("deadlines", "since_requested"), _names_a_date_ahead))
_ALL_PAST = All(
    "all dates that the customer names had passed when the escalation was requested",
    (("deadlines",), _names_a_date),
    (("deadlines", "since_requested"), _names_no_date_ahead),
)
_EXECUTIVE = All(
    lambda facts, _: f"people of rank who watch or ask: {_people(facts)}",
    (("executives",), lambda facts, _: _people(facts) > 0),
)
_TESTS: Mapping[str, tuple[Test, Test]] = {
    "customer_imposed_deadline": (_DEADLINE, _only_past),
    "executive_visibility": (_EXECUTIVE, _never),
    "inactivity": (_SILENT, _ANSWERED),
    "lack_of_progress": (_NO_PROGRESS, _WAITING_FOR_CUSTOMER),
}
"""The test for and the test against each reason."""
_COUNTED, _COUNT = "lack_of_progress", "reopenings"
_UNCOUNTED = "a reopening would bear out lack of progress, and the case shows no count of them"


def note_reason(notes: Notes, settings: WeighingSettings) -> None:
    """Note how the facts stand to the stated reason, and which one they support better."""
    facts, source = Facts(notes.facts, notes.missed, notes.partial), notes.of_escalation("reason")
    stated = notes.facts["reason"]
    if not stated.is_known:
        notes.miss("stated_reason", stated.unreadable or "", source, rests_on=("reason",))
        notes.miss("better_reason", stated.unreadable or "", source, rests_on=("reason",))
        return
    reason = str(stated.value) if stated.value is not None else ""
    weighed = _weigh(reason, facts, settings)
    rests_on = together(("reason",), weighed.rests_on)
    if weighed.status is None:
        why = facts.why_open(rests_on)
        notes.miss("stated_reason", why, source, rests_on=rests_on)
        notes.miss("better_reason", why, source, rests_on=rests_on)
        return
    is_partial = _is_uncounted(notes, reason, weighed)
    note = _UNCOUNTED if is_partial else weighed.note
    notes.know("stated_reason", weighed.status, source, rests_on=rests_on, note=note, partial=is_partial)
    if weighed.status == "supported":
        notes.know("better_reason", None, source, rests_on=rests_on)
    else:
        _note_better(notes, reason, rests_on, facts, settings)


def _is_uncounted(notes: Notes, reason: str, weighed: Weighed) -> bool:
    """Whether a count that is not known could bear a reason out for which nothing else speaks."""
    return reason == _COUNTED and weighed.status == "unverifiable" and _COUNT in notes.missed


def _weigh(reason: str, facts: Facts, settings: WeighingSettings) -> Weighed:
    supports, contradicts = _TESTS.get(reason, (_never, _never))
    against = contradicts(facts, settings)
    if against.holds:
        return Weighed("contradicted", against.rests_on, against.note)
    for_it = supports(facts, settings)
    rests_on = together(for_it.rests_on, against.rests_on)
    if against.holds is None or for_it.holds is None:
        return Weighed(None, rests_on)
    return Weighed("supported" if for_it.holds else "unverifiable", rests_on, for_it.note if for_it.holds else "")


def _note_better(
    notes: Notes, stated: str, rests_on: tuple[str, ...], facts: Facts, settings: WeighingSettings
) -> None:
    """The first of the other reasons that would be supported, if it were the stated one."""
    source, is_partial = notes.of_escalation("reason"), False
    for reason in _TESTS:
        if reason == stated:
            continue
        weighed = _weigh(reason, facts, settings)
        rests_on = together(rests_on, weighed.rests_on)
        is_partial = is_partial or _is_uncounted(notes, reason, weighed)
        if weighed.status is None:
            notes.miss("better_reason", facts.why_open(weighed.rests_on), source, rests_on=rests_on)
            return
        if weighed.status == "supported":
            notes.know("better_reason", reason, source, rests_on=rests_on, note=weighed.note)
            return
    note = _UNCOUNTED if is_partial else ""
    notes.know("better_reason", None, source, rests_on=rests_on, note=note, partial=is_partial)
