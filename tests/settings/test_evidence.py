"""Calendars, words and weights of a team reach its evidence, and what is wrong with them is told at its place."""

import datetime as dt
from pathlib import Path

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.settings.load import load_configuration, load_settings
from snow_escalations.settings.shipped import write_out
from snow_escalations.triage.calendars import Calendars
from snow_escalations.triage.evidence import WeighingSettings
from snow_escalations.triage.reading import ReadingSettings
from tests.support.dossiers import CUSTOMER, ago, choice, comment, dossier, escalation, seen

GOOD = (
    "commitments: {contact: the Desk, talk: call us any time, next_update: tomorrow, meeting_link: https://m.example}\n"
)


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load_settings(GOOD + text, "settings.yaml")
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_without_settings_all_is_as_it_ships() -> None:
    settings = load_settings(GOOD, "s")
    assert (settings.calendars, settings.reading, settings.weighing) == (
        Calendars(),
        ReadingSettings(),
        WeighingSettings(),
    )


def test_calendars_are_set_by_weekday_place_and_account() -> None:
    settings = load_settings(
        f"{GOOD}calendars:\n  default:\n    zone: Europe/Berlin\n    country: DE\n    subdivision: BY\n"
        '    windows: {monday: [{opens: "08:00", closes: "17:30"}]}\n    extra_holidays: ["2026-12-24"]\n'
        "  accounts: {Boxeo: {country: US}}\n",
        "s",
    )
    default, boxeo = settings.calendars.of("Other"), settings.calendars.of("Boxeo")
    assert (default.zone, default.subdivision, default.extra_holidays) == (
        "Europe/Berlin",
        "BY",
        {dt.date(2026, 12, 24)},
    )
    assert [str(window.closes) for window in default.windows["monday"]] == ["17:30:00"]  # type: ignore[index]
    assert (boxeo.country, boxeo.zone) == ("US", "UTC"), "an account's calendar replaces the default as a whole"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("calendars: {default: {zone: Europe/Berln}}", "2:23", "there is no time zone 'Europe/Berln'"),
        ("calendars: {default: {zon: UTC}}", "2:23", "unknown key `zon`; did you mean `zone`?"),
        ("calendars: {default: {country: XX}}", "2:13", "no public holidays are known for country 'XX'"),
        ("calendars: {default: {windows: {mon: []}}}", "2:33", "'monday', 'tuesday'"),
        ("calendars: {default: {country: USA}}", "2:13", "for country 'USA'; did you mean US?"),
        ("calendars: {default: {zone: localtime}}", "2:23", "there is no time zone 'localtime'"),
        ("calendars: {default: {zone: right/Europe/Berlin}}", "2:23", "there is no time zone 'right/Europe/Berlin'"),
        ("calendars: {default: {extra_holidays: [20261224]}}", "2:40", "20261224 is not a date; write it like 2026"),
        ('calendars: {default: {working_holidays: ["1766534400"]}}', "2:42", "'1766534400' is not a date"),
        ("calendars: {default: {windows: {monday: [{opens: 8, closes: '17:00'}]}}}", "2:43", "8 is no time of day"),
        ("weighing: {silence: 0}", "2:12", "should be greater than 0"),
        ("weighing: {hand_overs: 1.5}", "2:12", "valid integer"),
        ("weighing: {silences: 3}", "2:12", "unknown key `silences`; did you mean `silence`?"),
        ("reading: {extra_cues: {stalled.silence: quiet}}", "2:24", "must be a list"),
        ("reading: {deadlines: {extra_cue: {}}}", "2:23", "unknown key `extra_cue`; did you mean `extra_cues`?"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(text: str, place: str, words: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(f"settings.yaml:{place}: ")
    assert words in problem


def test_the_environment_sets_weights_and_a_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_WEIGHING__SILENCE", "40")
    monkeypatch.setenv("SNOW_ESCALATIONS_CALENDARS__DEFAULT__ZONE", "Asia/Tokyo")
    settings = load_settings(GOOD + "weighing: {silence: 20, hand_overs: 5}", "s")
    assert (settings.weighing.silence, settings.weighing.hand_overs) == (40, 5)
    assert settings.calendars.default.zone == "Asia/Tokyo"


def test_a_weight_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_WEIGHING__RECENT_REPLY", "inf")
    (problem,) = problems("")
    assert "`weighing.recent_reply`: input should be a finite number" in problem


def configured(directory: Path, text: str) -> Path:
    write_out(directory)
    path = directory / "settings.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return directory


def test_what_a_team_sets_reaches_its_evidence(tmp_path: Path) -> None:
    text = "reading: {extra_cues: {stalled.silence: [purple haze]}}\nweighing: {silence: 4}\n"
    reader = load_configuration(configured(tmp_path, text)).evidence_reader
    the = escalation(justification="It is purple haze.", reason=choice("inactivity"))
    of = dossier(comment(CUSTOMER, ago(days=1)), escalation=the)
    assert (seen("stalled", of, reader=reader), seen("stated_reason", of, reader=reader)) == (True, "supported")
    assert (seen("stalled", of), seen("stated_reason", of)) == (False, "unverifiable")


WRONG = """\
calendars: {default: {zone: Europe/Berln}}
reading:
  extra_titles: {"": [boss], CIO: [""], COO: []}
  extra_cues: {stalled.silence: [x, "..."]}
  deadlines:
    extra_cues: {limit: [by, "a? b?"]}
    extra_holidays:
      founders day: easter -999
      light day: IN Nope
"""
TOLD = [
    ("2:23", "no time zone 'Europe/Berln'"),
    ("4:18", "`reading.extra_titles.`: the title `` has no name"),
    ("4:36", "`reading.extra_titles.CIO[0]`: the cue `` cannot be used: it has 0 parts"),
    ("4:41", "`reading.extra_titles.COO`: the title `COO` has 0 spellings"),
    ("5:37", "`reading.extra_cues.stalled.silence[1]`: the cue `...` cannot be used: it begins"),
    ("7:30", "`reading.deadlines.extra_cues.limit[1]`: the cue 'a? b?' begins"),
    ("9:7", "`reading.deadlines.extra_holidays.founders day`: the named day 'easter -999' cannot be used"),
    ("10:7", "`reading.deadlines.extra_holidays.light day`: the named day 'IN Nope' cannot be used"),
]


def test_all_words_that_cannot_be_used_are_told_at_once_beside_other_errors() -> None:
    told = problems(WRONG)
    assert [problem.split(": ")[0] for problem in told] == [f"settings.yaml:{place}" for place, _ in TOLD]
    for problem, (_, words) in zip(told, TOLD, strict=True):
        assert words in problem
    assert problems(WRONG.partition("\n")[2])[0].startswith("settings.yaml:3:18: "), "words alone are an error as well"


def test_words_of_the_environment_are_checked_with_those_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_READING__DEADLINES__EXTRA_HOLIDAYS__PARTY", "easter -999")
    (outside, inside) = problems("reading: {deadlines: {extra_holidays: {light day: IN Nope}}, extra_titles: {}}")
    assert "'IN Nope'" in outside + inside
    assert "environment variable SNOW_ESCALATIONS_READING__DEADLINES__EXTRA_HOLIDAYS__PARTY: " in outside + inside


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reading: {extra_cues: {stalled.silent: [x]}}", "there is no group `stalled.silent`"),
        ("reading: {deadlines: {extra_cues: {limits: [x]}}}", "there are no cues called 'limits'"),
        ('reading: {deadlines: {extra_holidays: {founders day: "14th"}}}', "14th"),
    ],
)
def test_words_that_cannot_be_used_are_told_at_their_section(tmp_path: Path, text: str, words: str) -> None:
    directory = configured(tmp_path, text)
    with pytest.raises(DocumentError, match=r"settings\.yaml") as caught:
        _ = load_configuration(directory).evidence_reader
    (problem,) = caught.value.problems
    assert words in problem.message
    assert problem.message.count("reading.deadlines") <= 1
    assert problem.line > 1
