"""All facts of one dossier: always there, each from somewhere, by the calendar of the account."""

import sys
from datetime import UTC, datetime, timedelta

import pytest

from snow_escalations.errors import ConfigurationError
from snow_escalations.model import FACTS, Dossier, Evidence, Journal, Kind, Part, ReadTables, Span
from snow_escalations.triage.calendars import CalendarModel, Calendars
from snow_escalations.triage.evidence import EvidenceReader
from snow_escalations.triage.reading import DeadlineSettings, ReadingSettings
from tests.support.dossiers import (
    CASE_ID,
    CUSTOMER,
    NOW,
    UNKNOWN,
    US,
    account,
    account_dossier,
    ago,
    case,
    comment,
    dossier,
    earlier,
    escalation,
    level,
    seen,
    shipped_reader,
)

FULL = dossier(
    comment(US, ago(hours=30)),
    comment(CUSTOMER, ago(hours=2), "Our CIO is watching. We have heard nothing for 2 days; fix it by 2026-12-04."),
    earlier=(earlier(9, "declined"),),
    service_levels=(level(),),
    case=case(reassignments=2, reopenings=0),
)
DOSSIERS = {
    "full": FULL,
    "plain": dossier(),
    "account": account_dossier(case()),
    "missing": dossier(case=None, account_load=None, missing=("gone",)),
    "closed": dossier(
        journals={CASE_ID: Journal(unreadable="closed")},
        escalation=escalation(reason=None, unreadable=frozenset({"reason", "justification"})),
        unread=dict.fromkeys(Part, "hidden"),
    ),
    "unknown": dossier(comment(UNKNOWN, ago(hours=2))),
}


@pytest.mark.parametrize("name", DOSSIERS)
def test_evidence_always_has_every_fact_in_order_with_unit_and_source(name: str) -> None:
    facts = shipped_reader().read(DOSSIERS[name], NOW).facts
    assert list(facts) == list(FACTS)
    for fact in facts.values():
        assert fact.unit == FACTS[fact.name].unit
        assert fact.source.table
        assert fact.source.field
        assert fact.value is None or fact.unreadable is None
        assert set(fact.rests_on) <= set(FACTS)


@pytest.mark.parametrize("name", DOSSIERS)
def test_a_value_is_of_the_kind_of_its_fact_and_none_only_where_that_has_a_meaning(name: str) -> None:
    kinds = {Kind.TEXT: str, Kind.NAME: str, Kind.BOOLEAN: bool, Kind.DURATION: Span, Kind.LIST: tuple}
    for fact in shipped_reader().read(DOSSIERS[name], NOW).facts.values():
        spec = FACTS[fact.name]
        if not fact.is_known:
            continue
        if fact.value is None:
            assert spec.none, fact.name
        elif spec.kind in kinds:
            assert isinstance(fact.value, kinds[spec.kind]), fact.name
        if spec.values and not spec.is_open and isinstance(fact.value, str):
            assert fact.value in spec.values
        if isinstance(fact.value, tuple) and not isinstance(fact.value, Span) and spec.values and not spec.is_open:
            assert {item.key for item in fact.value} <= set(spec.values)


@pytest.mark.parametrize("name", DOSSIERS)
def test_evidence_goes_through_json_unchanged(name: str) -> None:
    evidence = shipped_reader().read(DOSSIERS[name], NOW)
    assert Evidence.from_json(evidence.as_json()) == evidence


def test_the_json_of_a_fact_is_an_object_with_value_unit_source_and_quotes() -> None:
    plain = shipped_reader().read(FULL, NOW).as_json()
    assert set(plain["priority"]) == {"value", "unit", "source", "quotes"}
    assert plain["stalled"]["value"] is True
    assert plain["deadlines"]["value"][0]["date"] == "2026-12-04"
    assert plain["executives"]["value"][0]["title"] == "CIO"
    assert plain["since_last_reply"]["value"] == {"hours": 30.0, "business_hours": 9.0}
    assert plain["stalled"]["source"]["record"] == "ESC0010023"
    assert [quote["source"]["field"] for quote in plain["stalled"]["quotes"]] == ["justification", "comments"]


def test_the_source_of_a_fact_is_the_record_it_was_read_from() -> None:
    facts = shipped_reader().read(FULL, NOW).facts
    places = {
        name: (facts[name].source.table, facts[name].source.field, facts[name].source.record)
        for name in ("priority", "reason", "sla_stage", "inactive_approvers", "delegated_approvers")
    }
    assert places == {
        "priority": ("sn_customerservice_case", "priority", "CS0010001"),
        "reason": ("sn_customerservice_escalation", "reason", "ESC0010023"),
        "sla_stage": ("task_sla", "stage", "CS0010001"),
        "inactive_approvers": ("sysapproval_approver", "approver", "ESC0010023"),
        "delegated_approvers": ("sys_user_delegate", "user", "ESC0010023"),
    }
    of_account = shipped_reader().read(account_dossier(case()), NOW).fact("sla_stage").source
    assert (of_account.table, of_account.record) == ("task_sla", "ESC0010023")


def test_a_time_since_an_instant_tells_the_instant_which_stays_as_time_goes_on() -> None:
    """Of each fact that is one, and of no other; by the clock of the account's calendar."""
    reader = EvidenceReader(Calendars(accounts={"Boxeo": BERLIN}))
    since = {}
    for now in (NOW, NOW + timedelta(days=1)):
        facts = reader.read(FULL, now).facts
        since[now] = {name: fact.since for name, fact in facts.items() if fact.since is not None}
        for name, instant in since[now].items():
            span = facts[name].value
            assert isinstance(span, Span)
            assert span.hours == pytest.approx((now - instant).total_seconds() / 3600, abs=0.01)
            assert instant.utcoffset() == timedelta(hours=1 if instant >= BERLIN_WINTER else 2)
    assert since[NOW] == since[NOW + timedelta(days=1)]
    known = {name for name, spec in FACTS.items() if spec.is_since and facts[name].value is not None}
    assert since[NOW].keys() == known
    assert {"since_last_reply", "since_customer_wrote", "since_last_escalation", "waiting_for"} < known
    assert not FACTS["stalled_for"].is_since


@pytest.mark.parametrize(("hour", "offset"), [(0, 2), (1, 1)])
def test_an_instant_of_the_hour_that_comes_twice_comes_back_from_json_as_it_was(hour: int, offset: int) -> None:
    reader = EvidenceReader(Calendars(default=CalendarModel(zone="Europe/Berlin")))
    of = dossier(comment(US, datetime(2026, 10, 25, hour, 30, tzinfo=UTC)))
    evidence = reader.read(of, NOW)
    assert evidence.as_json()["since_last_reply"]["since"] == f"2026-10-25T02:30:00+0{offset}:00"
    assert Evidence.from_json(evidence.as_json()) == evidence


def test_a_source_names_the_table_that_was_read_where_the_instance_calls_it_otherwise() -> None:
    """Of every fact and every quote, for a case and for an account."""
    own = {"approval": "u_approver", "journal": "u_journal", "service_level": "u_sla", "delegation": "u_delegate"}
    shipped = set(ReadTables().model_dump().values())
    for of in (FULL, account_dossier(case())):
        facts = shipped_reader().read(of.model_copy(update={"tables": ReadTables(**own)}), NOW).facts.values()
        read = {source.table for fact in facts for source in (fact.source, *(quote.source for quote in fact.quotes))}
        assert read.isdisjoint(shipped)
        assert read >= {"u_approver", "u_sla", "u_delegate"}
    quoted = shipped_reader().read(FULL.model_copy(update={"tables": ReadTables(**own)}), NOW).fact("executives").quotes
    assert [quote.source.table for quote in quoted if quote.source is not None] == ["u_journal"]


def test_the_same_dossier_at_the_same_instant_gives_the_same_evidence() -> None:
    assert EvidenceReader().read(FULL, NOW) == shipped_reader().read(FULL, NOW)
    assert EvidenceReader().read(FULL, NOW) != shipped_reader().read(FULL, NOW + timedelta(hours=1))


BERLIN = CalendarModel(
    zone="Europe/Berlin",
    windows={"wednesday": [{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:30"}]},  # type: ignore[dict-item]
    extra_holidays=frozenset({datetime(2026, 11, 11, tzinfo=UTC).date()}),
)

BERLIN_WINTER = datetime(2026, 10, 25, 1, tzinfo=UTC)


@pytest.mark.parametrize("key", ["Boxeo", "ACCT001"])
def test_an_account_has_its_own_business_hours_by_name_or_number(key: str) -> None:
    """NOW is 11 in Berlin, three hours into a Wednesday; the Wednesday before is a holiday there."""
    reader = EvidenceReader(Calendars(accounts={key: BERLIN}))
    by_case = dossier(comment(US, ago(days=8)), case=case(account_number="ACCT001"))
    assert seen("since_last_reply", by_case, reader=reader) == Span(192.0, 3.0)
    assert seen("since_requested", account_dossier(case()), reader=reader) == Span(3.0, 3.0)
    assert seen("since_last_reply", by_case) == Span(192.0, 48.0)


def test_an_account_has_its_own_business_hours_however_its_name_is_written() -> None:
    for listed, named in (
        (" Boxeo ", "Boxeo"),
        ("Boxeo", "Boxeo "),
        ("Mu\u0308ller", "M\u00fcller"),
        ("M\u00fcller", "Mu\u0308ller"),
    ):
        reader = EvidenceReader(Calendars(accounts={listed: BERLIN}))
        of = account_dossier(case(), account=account(name=named))
        assert seen("since_requested", of, reader=reader) == Span(3.0, 3.0)


def test_other_accounts_and_none_keep_the_teams_hours() -> None:
    reader = EvidenceReader(Calendars(accounts={"Boxeo": BERLIN}))
    for the in (case(account=None), case(account=account_key("Other"))):
        assert seen("since_last_reply", dossier(comment(US, ago(days=8)), case=the), reader=reader) == Span(192.0, 48.0)
    other = account_dossier(case(), account=account(name="Other", number="ACCT002"))
    assert seen("since_requested", other, reader=reader) == Span(3.0, 1.0)
    gone = dossier(case=None, missing=("gone",))
    assert seen("since_requested", gone, reader=reader) == Span(3.0, 1.0)


def account_key(name: str) -> object:
    plain = case().account
    assert plain is not None
    return plain.model_copy(update={"number": name})


def test_a_deadline_is_read_in_the_zone_and_the_business_hours_of_the_account() -> None:
    reader = EvidenceReader(Calendars(accounts={"Boxeo": BERLIN}))
    of = dossier(escalation=escalation(justification="We need this by EOD today."))
    (deadline,) = seen("deadlines", of, reader=reader)  # type: ignore[misc]
    assert (deadline.hours_left, deadline.business_hours_left) == (6.5, 5.5)


def test_public_holidays_of_the_account_do_not_count() -> None:
    reader = EvidenceReader(Calendars(default=CalendarModel(country="US")))
    after_thanksgiving = datetime(2026, 11, 27, 10, tzinfo=UTC)
    of = dossier(comment(US, after_thanksgiving - timedelta(days=2)))
    assert seen("since_last_reply", of, after_thanksgiving, reader) == Span(48.0, 8.0)


def test_a_teams_words_are_heard() -> None:
    reading = ReadingSettings(
        extra_titles={"Steerco": ("steering committee",)},
        deadlines=DeadlineSettings(extra_holidays={"founders day": "03-14"}),
    )
    of = dossier(escalation=escalation(justification="Our steering committee is watching. Fix it by founders day."))
    reader = EvidenceReader(reading=reading)
    assert [item.key for item in seen("executives", of, reader=reader)] == ["Steerco"]  # type: ignore[attr-defined]
    assert [item.key for item in seen("deadlines", of, reader=reader)] == ["2027-03-14"]  # type: ignore[attr-defined]


def test_words_that_cannot_be_used_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="there is no group"):
        EvidenceReader(reading=ReadingSettings(extra_cues={"stalled.nothing": ("x",)}))


def test_a_reader_keeps_nothing_of_a_dossier() -> None:
    reader = EvidenceReader()
    first = reader.read(FULL, NOW)
    reader.read(DOSSIERS["account"], NOW)
    assert reader.read(FULL, NOW) == first


def thirty_entries() -> Dossier:
    entries = [comment(CUSTOMER if number % 3 else US, ago(hours=300 - number), "words") for number in range(30)]
    return dossier(*entries)


def test_thirty_entries_are_read_in_few_calls() -> None:
    """Counts calls of Python functions beside the reading of texts, which were read, as time depends on the machine."""
    reader, of = EvidenceReader(), thirty_entries()
    reader.read(of, NOW)
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    try:
        sys.setprofile(count)
        reader.read(of, NOW)
    finally:
        sys.setprofile(before)
    assert calls < 285
