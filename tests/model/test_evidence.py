"""Evidence goes to JSON and back unchanged, and what is none of it is refused in words."""

import datetime as dt
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from snow_escalations.model import FACTS, Evidence, Fact, FactSpec, Kind, Quote, Source, Span
from snow_escalations.model.evidence import fact_from_json, value_as_json, value_from_json
from snow_escalations.model.items import (
    AskItem,
    ComplaintItem,
    DeadlineItem,
    EarlierItem,
    ExecutiveItem,
    ImpactItem,
    Item,
)

SOURCE = Source(table="t", field="f", record="R1", sys_id="a" * 32)
TEXTS = st.text(max_size=20)
HOURS = st.floats(-1e6, 1e6, allow_nan=False)
INSTANTS = st.integers(0, 4_000_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
SINCE = st.none() | st.builds(lambda instant, zone: instant.astimezone(zone), INSTANTS, OFFSETS)
DATES = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
ITEMS: dict[type[Item], st.SearchStrategy[Item]] = {
    DeadlineItem: st.builds(
        DeadlineItem,
        date=DATES,
        first_date=DATES,
        last_date=DATES,
        earliest=INSTANTS,
        latest=INSTANTS,
        imposed_by=st.sampled_from(["customer", "us"]),
        hours_left=HOURS,
        business_hours_left=HOURS,
        words=TEXTS,
    ),
    ExecutiveItem: st.builds(
        ExecutiveItem, title=TEXTS, role=st.sampled_from(["asks", "watches", "writer", "announced"]), words=TEXTS
    ),
    ComplaintItem: st.builds(
        ComplaintItem,
        kind=st.sampled_from(["silence", "circles", "movement"]),
        hours=st.none() | HOURS,
        words=TEXTS,
    ),
    ImpactItem: st.builds(ImpactItem, kind=st.sampled_from(["revenue", "legal"]), words=TEXTS),
    AskItem: st.builds(AskItem, kind=st.sampled_from(["call", "status"]), words=TEXTS),
    EarlierItem: st.builds(
        EarlierItem,
        number=TEXTS,
        outcome=st.sampled_from(["declined", "other"]),
        opened_at=st.none() | INSTANTS,
        age_hours=st.none() | HOURS,
    ),
}
SCALARS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: TEXTS,
    Kind.NAME: TEXTS,
    Kind.NUMBER: st.integers(-(10**9), 10**9) | HOURS,
    Kind.DURATION: st.builds(Span, HOURS, HOURS),
    Kind.DATE: DATES,
    Kind.BOOLEAN: st.booleans(),
}
QUOTES = st.lists(
    st.builds(
        Quote, text=TEXTS, start=st.integers(0, 99), end=st.integers(0, 99), source=st.sampled_from([None, SOURCE])
    ),
    max_size=2,
).map(tuple)


def facts_of(spec: FactSpec) -> st.SearchStrategy[Fact]:
    values = st.lists(ITEMS[spec.item], max_size=3).map(tuple) if spec.item is not None else SCALARS[spec.kind]
    rests_on = st.lists(st.sampled_from(sorted(FACTS)), max_size=2).map(tuple)
    known = st.builds(
        Fact,
        st.just(spec.name),
        st.none() | values,
        st.just(spec.unit),
        st.just(SOURCE),
        QUOTES,
        st.none(),
        rests_on,
        TEXTS,
        since=SINCE if spec.is_since else st.none(),
        partial=st.booleans(),
    ).map(lambda fact: fact if fact.value is not None else fact._replace(since=None, partial=False))
    unread = st.builds(
        Fact,
        st.just(spec.name),
        st.none(),
        st.just(spec.unit),
        st.just(SOURCE),
        st.just(()),
        TEXTS,
        rests_on,
        TEXTS,
        since=st.none(),
        partial=st.just(False),
    )
    return known | unread


@settings(deadline=None)
@given(st.sampled_from(list(FACTS.values())).flatmap(facts_of))
def test_a_fact_comes_back_from_json_as_it_was(fact: Fact) -> None:
    evidence = Evidence({fact.name: fact})
    assert Evidence.from_json(json.loads(json.dumps(evidence.as_json()))) == evidence


ADAPTER = TypeAdapter(Evidence)


def test_evidence_is_part_of_models_by_its_json() -> None:
    evidence = Evidence({"stalled": Fact("stalled", True, "", SOURCE)})
    assert ADAPTER.validate_json(ADAPTER.dump_json(evidence)) == evidence
    assert ADAPTER.validate_python(evidence) is evidence
    assert evidence.fact("stalled").is_known


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@given(
    st.sampled_from(sorted(FACTS)),
    st.dictionaries(
        st.sampled_from(["value", "unreadable", "source", "quotes", "rests_on", "note", "hours", "since"]),
        JSON,
        max_size=4,
    ),
)
def test_whatever_is_given_is_a_fact_or_a_value_error(name: str, given_fact: dict[str, Any]) -> None:
    with suppress(ValueError):
        fact = fact_from_json(name, given_fact)
        assert fact.value is None or fact.unreadable is None
        assert fact_from_json(name, fact.as_json()) == fact


LONG = {"hours": 2.0, "business_hours": 1.0}


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ([], "an object for each fact"),
        ({"nothing": {"value": 1}}, "there is no fact `nothing`"),
        ({"stalled": 1}, "must have either `value` or `unreadable`"),
        ({"stalled": {}}, "must have either `value` or `unreadable`"),
        ({"stalled": {"value": True, "unreadable": "x"}}, "must have either `value` or `unreadable`"),
        ({"stalled": {"unreadable": None}}, "None is not a text"),
        ({"stalled": {"value": 1}}, "1 is not a boolean"),
        ({"duplicates": {"value": True}}, "True is not a number"),
        ({"reason": {"value": 7}}, "7 is not a text"),
        ({"since_opened": {"value": {"hours": 1}}}, "is not a duration"),
        ({"since_opened": {"value": {"hours": None, "business_hours": 1}}}, "`since_opened` cannot be used"),
        ({"since_opened": {"value": LONG, "since": "soon"}}, "Invalid isoformat string"),
        ({"since_opened": {"value": LONG, "since": "2026-11-18T10:00:00"}}, "has no offset"),
        ({"since_opened": {"value": LONG, "since": 5}}, "5 is not a text"),
        ({"requested_on": {"value": "soon"}}, "Invalid isoformat string"),
        ({"deadlines": {"value": [{"date": "2026-12-04"}]}}, "field required"),
        ({"stalled": {"value": True, "quotes": 5}}, "5 is not a list"),
        ({"stalled": {"value": True, "rests_on": "reason"}}, "'reason' is not a list"),
        ({"stalled": {"value": True, "source": {"table": "t"}}}, "field required"),
        ({"stalled": {"value": True, "source": ["t", "f"]}}, r"\['t', 'f'\] is not a source"),
        ({"stalled": {"value": True, "source": {"table": 1, "field": "f"}}}, "should be a valid string"),
        ({"stalled": {"value": True, "source": {"table": "t", "field": "f", "row": "1"}}}, "row"),
        ({"stalled": {"value": True, "quotes": [{"text": "a", "start": 0}]}}, "end"),
        ({"stalled": {"value": True, "quotes": [{"text": "a", "start": 0, "end": 1, "of": 1}]}}, "of"),
        ({"asks": {"value": [{"kind": "money", "words": "pay us"}]}}, "should be 'call', 'engineer'"),
        ({"asks": {"value": [{"kind": "call", "words": "call us", "by": "noon"}]}}, "by"),
    ],
)
def test_what_is_no_evidence_is_refused_in_words(plain: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Evidence.from_json(plain)


def test_an_unreadable_fact_says_why_and_has_no_value() -> None:
    fact = Fact("stalled", None, "", SOURCE, unreadable="closed")
    assert set(fact.as_json()) == {"unreadable", "unit", "source"}
    assert not fact.is_known
    assert fact_from_json("stalled", fact.as_json()) == fact


def test_a_time_since_an_instant_tells_it_with_its_offset_and_stored_ones_without_it_are_still_read() -> None:
    berlin = dt.datetime(2026, 11, 18, 11, 12, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    fact = Fact("since_opened", Span(2.0, 1.0), "hours", SOURCE, since=berlin)
    assert fact.as_json()["since"] == "2026-11-18T11:12:00+01:00"
    back = fact_from_json("since_opened", fact.as_json()).since
    assert back is not None
    assert back.utcoffset() == berlin.utcoffset()
    older = {"value": LONG, "unit": "hours", "source": SOURCE.as_json(), "quotes": []}
    assert fact_from_json("since_opened", older).since is None
    assert fact_from_json("since_opened", older).as_json() == older
    assert "since" not in fact._replace(since=None).as_json()


def test_values_as_json() -> None:
    assert value_as_json(Span(1.5, 0.5)) == {"hours": 1.5, "business_hours": 0.5}
    assert value_as_json(dt.date(2026, 12, 4)) == "2026-12-04"
    assert value_as_json((AskItem(kind="call", words="call us"),)) == [{"kind": "call", "words": "call us"}]
    assert value_as_json(None) is None
    assert value_from_json(FACTS["requested_on"], "2026-12-04") == dt.date(2026, 12, 4)
