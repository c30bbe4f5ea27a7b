"""Many dossiers are read as each alone, and what a text said is remembered, but never what depends on the present."""

import gc
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from snow_escalations.model import DeadlineItem, Dossier, Evidence, RecordKey
from snow_escalations.triage.calendars import CalendarModel, Calendars
from snow_escalations.triage.evidence import EvidenceReader, reader, said
from snow_escalations.triage.reading import Grammar, Signals, signals_of_all
from tests.support.dossiers import CUSTOMER, NOW, US, ago, case, comment, dossier, escalation

NAMES = ("Corvane", "Boxeo")
TEXTS = (
    "We have heard nothing for 5 days, and our CIO is watching this.",
    "We go live on 2026-12-04 and need the patch by Friday.",
    "Thank you for your help.",
    "",
)


def _dossier(number: int) -> Dossier:
    spoken = [comment(US, ago(hours=30)), comment(CUSTOMER, ago(hours=2 + number), text=TEXTS[(number + 1) % 4])]
    return dossier(*spoken, escalation=escalation(justification=TEXTS[number % 4]), case=case(short_description="x"))


def test_many_dossiers_are_read_as_each_alone_and_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [_dossier(number) for number in range(reader.TOGETHER + 5)]
    together = [evidence.as_json() for evidence in EvidenceReader().read_all(several, NOW)]
    monkeypatch.setattr(said, "LONGEST", -1)  # so that nothing is remembered from one to the next
    used = EvidenceReader()
    assert together == [used.read(each, NOW).as_json() for each in several]


def test_reading_leaves_nothing_that_only_a_search_for_cycles_frees() -> None:
    used, several = EvidenceReader(), [_dossier(number) for number in range(8)]
    gc.collect()
    gc.disable()
    try:
        assert [*used.read_all(several, NOW)]
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_no_dossier_gives_no_evidence() -> None:
    assert [*EvidenceReader().read_all([], NOW)] == []


def _hours_left(evidence: Evidence) -> float | None:
    deadlines = evidence.fact("deadlines").value
    assert isinstance(deadlines, tuple)
    assert isinstance(deadlines[0], DeadlineItem)
    return deadlines[0].hours_left


def test_the_hours_left_follow_the_present_though_the_text_was_read_before() -> None:
    used, of = EvidenceReader(), _dossier(1)
    first = _hours_left(used.read(of, NOW))
    later = _hours_left(used.read(of, NOW + timedelta(hours=3)))
    assert first is not None
    assert later == pytest.approx(first - 3)


def test_a_text_that_was_read_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    used, of = EvidenceReader(), _dossier(0)
    before = used.read(of, NOW).as_json()
    monkeypatch.setattr(said, "signals_of_all", lambda texts, grammar: pytest.fail("read again") if texts else [])
    assert used.read(of, NOW).as_json() == before


def _texts_read(used: EvidenceReader, of: Dossier, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read for a dossier, not remembered."""
    found: list[str] = []

    def noted(texts: Sequence[tuple[str, datetime | None]], grammar: Grammar) -> list[Signals]:
        found.extend(text for text, _ in texts)
        return signals_of_all(texts, grammar)

    with monkeypatch.context() as patched:
        patched.setattr(said, "signals_of_all", noted)
        used.read(of, NOW)
    return found


def test_the_last_texts_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "REMEMBERED", 4)
    used = EvidenceReader()
    several = [
        dossier(escalation=escalation(justification=f"Text {n}."), case=case(short_description="")) for n in range(9)
    ]
    for each in several:
        used.read(each, NOW)
    assert _texts_read(used, several[-1], monkeypatch) == []
    assert _texts_read(used, several[5], monkeypatch) == []
    assert _texts_read(used, several[0], monkeypatch) == ["Text 0."]


def test_a_very_long_text_is_read_but_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "LONGEST", 40)
    used, of = EvidenceReader(), dossier(escalation=escalation(justification=TEXTS[0]), case=case(short_description=""))
    assert used.read(of, NOW).fact("stalled").value is True
    assert _texts_read(used, of, monkeypatch) == [TEXTS[0]]


def test_a_text_is_read_the_same_whatever_zone_its_instant_was_first_told_in() -> None:
    late = datetime(2026, 11, 17, 20, tzinfo=UTC)
    told = [late, late.astimezone(ZoneInfo("Asia/Tokyo"))]
    text = "Since Monday nobody answers us, we heard nothing."
    for order in (told, told[::-1]):
        several = [dossier(escalation=escalation(justification=text, opened_at=at)) for at in order]
        read = [evidence.fact("complaints").value for evidence in EvidenceReader().read_all(several, NOW)]
        assert read[0] == read[1]
        assert isinstance(read[0], tuple)
        assert [item.as_json()["hours"] for item in read[0]] == [24.0]


def test_a_number_without_end_stops_nobody() -> None:
    nines = "9" * 400
    text = f"{nines} users are down. We have heard nothing from you for {nines} days."
    evidence = EvidenceReader().read(dossier(escalation=escalation(justification=text)), NOW)
    assert json.loads(json.dumps(evidence.as_json(), allow_nan=False)) == evidence.as_json()


def test_texts_are_read_in_several_threads_as_in_one() -> None:
    used = EvidenceReader()
    several = [_dossier(number) for number in range(12)]
    alone = [used.read(each, NOW).as_json() for each in several]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda each: EvidenceReader().read(each, NOW).as_json(), several))
        again = list(pool.map(lambda each: used.read(each, NOW).as_json(), several * 3))
    assert found * 3 == again == alone * 3


def test_the_same_text_is_read_by_the_calendar_of_each_account() -> None:
    named = Calendars(accounts={"Corvane": CalendarModel(zone="Asia/Tokyo")})
    asked = escalation(justification="We need it by EOD Friday.")
    several = [
        dossier(escalation=asked, case=case(account=RecordKey(table="", sys_id="", number=name))) for name in NAMES
    ]
    used = EvidenceReader(named)
    together = [evidence.as_json() for evidence in used.read_all(several, NOW)]
    assert together == [EvidenceReader(named).read(each, NOW).as_json() for each in several]
    assert together[0]["deadlines"] != together[1]["deadlines"]
