"""Many dossiers are read as each alone, and what a text said is remembered, but never what depends on the present."""

from datetime import timedelta

import pytest

from snow_escalations.model import DeadlineItem, Dossier, Evidence, RecordKey
from snow_escalations.triage.calendars import CalendarModel, Calendars
from snow_escalations.triage.evidence import EvidenceReader, reader, said
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


def test_many_dossiers_are_read_as_each_alone_and_in_their_order() -> None:
    several = [_dossier(number) for number in range(reader.TOGETHER + 5)]
    together = [evidence.as_json() for evidence in EvidenceReader().read_all(several, NOW)]
    assert together == [EvidenceReader().read(each, NOW).as_json() for each in several]


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


def test_only_the_last_texts_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(said, "REMEMBERED", 2)
    used = EvidenceReader()
    for _ in used.read_all([_dossier(number) for number in range(4)], NOW):
        pass
    read_again = []
    plain = said.signals_of_all

    def noted(texts, grammar):  # type: ignore[no-untyped-def]
        read_again.extend(texts)
        return plain(texts, grammar)

    monkeypatch.setattr(said, "signals_of_all", noted)
    used.read(_dossier(0), NOW)
    assert read_again


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
