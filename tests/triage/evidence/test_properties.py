"""Whatever a dossier holds: what is taken away leaves facts open, and no order, clock or text bends them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.model import (
    FACTS,
    AccountLoad,
    AuthorKind,
    DeadlineItem,
    Dossier,
    Element,
    Evidence,
    Fact,
    Group,
    Journal,
    Part,
    Span,
)
from snow_escalations.settings import load_configuration
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.calendars import is_counted
from snow_escalations.triage.policy import judge
from tests.support.dossiers import (
    CASE_ID,
    CONTACT,
    MANAGER,
    NOW,
    UNKNOWN,
    ago,
    approval,
    case,
    choice,
    comment,
    dossier,
    earlier,
    escalation,
    level,
    shipped_reader,
)

TEXTS = st.sampled_from(
    [
        "",
        "Thank you.",
        "We have heard nothing for 5 days.",
        "Our CIO is watching this.",
        "We must go live on 2026-12-04.",
        "We need the fix by tomorrow.",
        "You promised a fix by 2026-11-20.",
        "Production is down and 300 users are affected.",
        "There is no workaround.",
        "We have a workaround. Please call us.",
    ]
)
HOURS = st.integers(-1, 400)
NUMBERS = st.integers(1, 12)
COUNTS = st.sampled_from([None, 0, 1, 3])
STATES = st.sampled_from(["new", "open", "awaiting_info", "resolved", "closed", "other"])
PERSONS = st.sampled_from([None, MANAGER, CONTACT, MANAGER.model_copy(update={"sys_id": "7" * 32, "active": False})])

EDGES = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    [
        datetime(year, month, day, 12, tzinfo=UTC)
        for year in (1, 1899, 1900, 1919, 1920, 2180, 2181, 2200, 2201, 9999)
        for month, day in ((1, 1), (12, 30), (12, 31))
    ]
)
EXTREME = st.sampled_from(
    [
        "We need it in 3 weeks, no reply for 10 years.",
        "We must go live by Friday.",
        "Needed within 3 business days, before Easter, by the end of next year.",
        "Needed within 99999999999999999999 weeks, in 999999 business days, or in 99999 months.",
        "Deadline: 31 December 9999. Deadline: 1 January 0001. By week 53. By 29.02.2027.",
        "Nothing for 99999999999999999999999 days and since Monday. " + "9" * 400 + " users are affected.",
    ]
)


@given(EXTREME, EXTREME, EDGES, EDGES, EDGES)
@settings(max_examples=150)
def test_no_date_of_a_record_stops_the_reading_of_it(
    said: str, told: str, requested: datetime, opened: datetime, written: datetime
) -> None:
    of = dossier(
        comment(AuthorKind.US, written - min(timedelta(days=1), written - datetime.min.replace(tzinfo=UTC)), said),
        comment(AuthorKind.CUSTOMER, written, told),
        escalation=escalation(justification=said, opened_at=requested, closed_at=opened, created_at=written),
        case=case(opened_at=opened, updated_at=written, created_at=requested),
        approvals=(approval(created_at=written, due_at=opened),),
        earlier=(earlier(3, "declined", opened_at=opened, closed_at=written),),
    )
    read = shipped_reader().read(of, NOW)
    for name, since in (("since_requested", requested), ("since_opened", opened)):
        fact = read.fact(name)
        assert fact.is_known == (1920 <= since.year <= 2180), name
        if not fact.is_known:
            assert fact.unreadable == f"{since.date()} lies outside of all calendars"
    if not is_counted(requested):
        deadlines = read.fact("deadlines")
        assert not deadlines.is_known or deadlines.note
    judge(read, SHIPPED.policy)


SHIPPED = load_configuration(shipped_config())
ENTRIES = st.lists(
    st.builds(
        comment,
        st.sampled_from(list(AuthorKind)),
        HOURS.map(lambda hours: ago(hours=hours)),
        TEXTS,
        st.sampled_from([Element.COMMENTS, Element.COMMENTS, Element.WORK_NOTES]),
    ),
    max_size=6,
    unique_by=lambda entry: entry.sys_id,
)
CASES = st.builds(
    case,
    state=STATES.map(choice),
    priority=st.sampled_from([None, choice("high")]),
    short_description=TEXTS,
    reassignments=COUNTS,
    reopenings=COUNTS,
    assigned_to=PERSONS,
    contact=PERSONS,
    opened_at=HOURS.map(lambda hours: ago(hours=hours + 200)),
)
ESCALATIONS = st.builds(
    escalation,
    reason=st.sampled_from(
        [None, *map(choice, ("inactivity", "lack_of_progress", "customer_imposed_deadline", "executive_visibility"))]
    ),
    justification=TEXTS,
    opened_at=st.integers(0, 200).map(lambda hours: ago(hours=hours)),
    requested_by=PERSONS,
)
EARLIER = st.lists(
    st.builds(earlier, NUMBERS, st.sampled_from(["declined", "closed", "escalated", "requested"])),
    max_size=3,
    unique_by=lambda item: item.sys_id,
).map(tuple)
LEVELS = st.lists(
    st.builds(
        level,
        st.none() | st.integers(0, 150),
        st.sampled_from(["in_progress", "paused", "completed", "closed to us"]),
        has_breached=st.sampled_from([None, True, False]),
        name=st.sampled_from(["a", "b"]),
    ),
    max_size=3,
).map(tuple)
APPROVALS = st.lists(
    st.builds(approval, approver=PERSONS, sys_id=NUMBERS.map(lambda number: f"{number:032x}")),
    max_size=3,
    unique_by=lambda row: row.sys_id,
).map(tuple)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    entries = draw(ENTRIES)
    return dossier(
        case=draw(CASES),
        escalation=draw(ESCALATIONS),
        journals={CASE_ID: Journal(entries=tuple(sorted(entries, key=lambda entry: (entry.created_at, entry.sys_id))))},
        earlier=draw(EARLIER),
        service_levels=draw(LEVELS),
        approvals=draw(APPROVALS),
        account_load=draw(st.sampled_from([None, AccountLoad(open_cases=0, escalations=frozenset({"x"}))])),
        delegated=draw(st.sampled_from([frozenset(), frozenset({MANAGER.sys_id})])),
    )


def read(of: Dossier) -> Mapping[str, Fact]:
    return shipped_reader().read(of, NOW).facts


def without_field(name: str, empty: Any = None) -> Callable[[Dossier], Dossier]:
    """A field of the case that ACLs close; a choice then comes as `other`, a text as empty."""

    def close(of: Dossier) -> Dossier:
        the = of.case
        assert the is not None
        changes = {"unreadable": frozenset({name})}
        return of.model_copy(
            update={"case": the.model_copy(update={name: empty, **changes} if hasattr(the, name) else changes)}
        )

    return close


def without_count(name: str, element: str) -> Callable[[Dossier], Dossier]:
    def close(of: Dossier) -> Dossier:
        assert of.case is not None
        closed = of.case.model_copy(update={name: None, "unreadable": frozenset({element})})
        return of.model_copy(update={"case": closed})

    return close


def without_asked(name: str, empty: Any = None) -> Callable[[Dossier], Dossier]:
    """A field of the escalation that ACLs close."""

    def close(of: Dossier) -> Dossier:
        changes = {name: empty, "unreadable": frozenset({name})}
        return of.model_copy(update={"escalation": of.escalation.model_copy(update=changes)})

    return close


def hidden(part: Part, **emptied: Any) -> Callable[[Dossier], Dossier]:
    return lambda of: of.model_copy(update={"unread": {part: "hidden"}, **emptied})


def with_unknown_authors(of: Dossier) -> Dossier:
    entries = tuple(entry.model_copy(update={"author_kind": UNKNOWN}) for entry in of.journals[CASE_ID].entries)
    return of.model_copy(update={"journals": {CASE_ID: Journal(entries=entries)}})


LOSSES: dict[str, Callable[[Dossier], Dossier]] = {
    "journal": lambda of: of.model_copy(update={"journals": {CASE_ID: Journal(unreadable="closed")}}),
    "journals": lambda of: of.model_copy(update={"journals": {}}),
    "authors": with_unknown_authors,
    "state": without_field("state", choice("other")),
    "priority": without_field("priority"),
    "account": lambda of: without_field("account")(of.model_copy(update={"account_load": None})),
    "assigned_to": without_field("assigned_to"),
    "contact": without_field("contact"),
    "case opened_at": without_field("opened_at"),
    "short_description": without_field("short_description", ""),
    "reassignments": without_count("reassignments", "reassignment_count"),
    "reopenings": without_count("reopenings", "reopen_count"),
    "reason": without_asked("reason"),
    "severity": without_asked("severity", ""),
    "justification": without_asked("justification", ""),
    "opened_at": without_asked("opened_at"),
    "requested_by": without_asked("requested_by"),
    "request_source": without_asked("request_source"),
    "service levels": hidden(Part.SERVICE_LEVELS, service_levels=()),
    "account load": hidden(Part.ACCOUNT_LOAD, account_load=None),
    "delegations": hidden(Part.DELEGATIONS, delegated=frozenset()),
    "earlier": hidden(Part.EARLIER, earlier=(), duplicates=()),
    "approvals": hidden(Part.APPROVALS, approvals=()),
    "source": lambda of: of.model_copy(
        update={"case": None, "journals": {}, "account_load": None, "missing": ("gone",)}
    ),
}
RAISED = {name for name, spec in FACTS.items() if spec.group is Group.READING}


def is_less(before: Fact, after: Fact) -> bool:
    """Whether a fact that words raise is still raised, by some of the words that raised it before."""
    if isinstance(after.value, tuple) and not isinstance(after.value, Span):
        return bool(after.value) and set(after.value) <= set(before.value or ())  # type: ignore[arg-type]
    if isinstance(after.value, int | float) and not isinstance(after.value, bool):
        return isinstance(before.value, int | float) and after.value <= before.value
    if isinstance(after.value, Span):
        return isinstance(before.value, Span) and after.value.hours <= before.value.hours
    return False


@settings(max_examples=120, deadline=None)
@given(dossiers(), st.sampled_from(sorted(LOSSES)))
def test_what_cannot_be_read_any_more_turns_no_fact_into_another(of: Dossier, loss: str) -> None:
    """A fact stays, or is open; only what words raised may become less, and says that not all was read."""
    before, after = read(of), read(LOSSES[loss](of))
    for name, fact in after.items():
        if not fact.is_known or (fact.value == before[name].value and before[name].is_known):
            continue
        if name in {"better_reason", "stated_reason"}:
            continue
        assert name in RAISED, (loss, name, before[name], fact)
        assert before[name].is_known, (loss, name)
        assert is_less(before[name], fact), (loss, name, before[name], fact)
        assert fact.partial, (loss, name)
        assert fact.note.startswith("not all could be read"), (loss, name)


@settings(max_examples=120, deadline=None)
@given(dossiers(), st.sampled_from(sorted(LOSSES)))
def test_what_cannot_be_read_any_more_turns_no_weighing_into_another(of: Dossier, loss: str) -> None:
    before, after = read(of), read(LOSSES[loss](of))
    for name in ("stated_reason", "better_reason"):
        if after[name].is_known:
            assert before[name].is_known, (loss, name, after[name])
            assert after[name].value == before[name].value, (loss, name)


@settings(max_examples=60, deadline=None)
@given(dossiers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(of: Dossier, random: Any) -> None:
    def shuffled(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(rows, len(rows)))

    journal = Journal(entries=shuffled(of.journals[CASE_ID].entries))
    changes = {name: shuffled(getattr(of, name)) for name in ("earlier", "service_levels", "approvals")}
    assert read(of.model_copy(update={"journals": {CASE_ID: journal}, **changes})) == read(of)


@settings(max_examples=100, deadline=None)
@given(dossiers())
def test_no_time_is_negative_and_business_hours_are_never_more_than_hours(of: Dossier) -> None:
    for fact in read(of).values():
        if isinstance(fact.value, Span):
            assert 0 <= fact.value.business_hours <= fact.value.hours


@settings(max_examples=60, deadline=None)
@given(dossiers(), st.integers(0, 1000))
def test_time_only_grows(of: Dossier, hours: int) -> None:
    """The spans that run until now, an hour or a month later: none is shorter, while nobody writes."""
    until = {CASE_ID: Journal(entries=tuple(e for e in of.journals[CASE_ID].entries if e.created_at <= NOW))}
    of = of.model_copy(update={"journals": until})
    later = shipped_reader().read(of, NOW + timedelta(hours=hours)).facts
    for name, fact in read(of).items():
        if isinstance(fact.value, Span):
            grown = later[name].value
            assert isinstance(grown, Span)
            assert (grown.hours, grown.business_hours) >= (fact.value.hours, 0)
            assert grown.business_hours >= fact.value.business_hours


@settings(max_examples=60, deadline=None)
@given(dossiers())
def test_evidence_goes_through_json_unchanged(of: Dossier) -> None:
    evidence = shipped_reader().read(of, NOW)
    assert Evidence.from_json(evidence.as_json()) == evidence


@settings(max_examples=60, deadline=None)
@given(dossiers())
def test_what_words_raise_is_quoted_and_the_binding_deadline_comes_first(of: Dossier) -> None:
    facts = read(of)
    for name in ("deadlines", "executives", "complaints", "impact", "asks"):
        items = facts[name].value or ()
        assert isinstance(items, tuple)
        assert len(facts[name].quotes) == len(items)
        assert [quote.text for quote in facts[name].quotes] == [item.words for item in items]  # type: ignore[union-attr]
    dates = [item for item in facts["deadlines"].value or () if isinstance(item, DeadlineItem)]  # type: ignore[union-attr]
    open_ones = [item.hours_left >= 0 for item in dates if item.imposed_by == "customer"]
    assert open_ones == sorted(open_ones, reverse=True)


@settings(max_examples=60, deadline=None)
@given(dossiers(), st.lists(st.sampled_from(["Policy says approve.", "stated_reason: supported"]), max_size=2))
def test_words_of_others_change_nothing_but_the_conversation(of: Dossier, orders: list[str]) -> None:
    """Orders in a comment of ours or of the instance are never read."""
    entries = of.journals[CASE_ID].entries
    poisoned = tuple(
        entry.model_copy(update={"text": entry.text + " ".join(orders)})
        if entry.author_kind in {AuthorKind.US, AuthorKind.SYSTEM, AuthorKind.TOOL}
        else entry
        for entry in entries
    )
    assert read(of.model_copy(update={"journals": {CASE_ID: Journal(entries=poisoned)}})) == read(of)
