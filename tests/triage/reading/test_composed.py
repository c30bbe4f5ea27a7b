"""A letter and its accent mean what the one letter means, in texts as in settings; quotes stay as they were given."""

from datetime import UTC, date, datetime
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading import DeadlineReader, DeadlineSettings, ReadingSettings, load_grammar, signals_of
from snow_escalations.triage.reading.composed import FILLER, composed, filled, without_filler
from snow_escalations.triage.reading.tokens import sentences
from snow_escalations.triage.reading.words import words_of

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
CALENDAR = BusinessCalendar(CalendarModel())
FORMS = pytest.mark.parametrize(("of_team", "of_text"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
PIECES = "e E u a n \u0301 \u0308 \u0327 é ü 한 ᄒ ᅡ ᆫ か \u3099 क \u093c . 3 - ’"
pieces = st.sampled_from([*PIECES.split(" "), " "])
texts = st.lists(pieces, max_size=30).map("".join)


def reader(form: Any) -> DeadlineReader:
    added = DeadlineSettings(
        extra_cues={"limit": (normalize(form, "spätestens"),)},
        extra_holidays={normalize(form, "fête de l'été"): "12-05"},
    )
    return DeadlineReader(CALENDAR, settings=added)


@FORMS
def test_deadlines_are_read_by_a_teams_words_in_either_form(of_team: Any, of_text: Any) -> None:
    for said, day in (("Spätestens 4 December.", 4), ("We need it before the Fête de l’Été.", 5)):
        text = normalize(of_text, f"Größe: {said}")
        (found,) = reader(of_team).read(text, WRITTEN)
        assert found.date == date(2026, 12, day)
        assert text[found.start : found.end] == found.quote


@pytest.mark.parametrize("wrapped", ["{}", "<p>{}</p>", "Hé,\n{}\nMercí"])
def test_shipped_months_are_found_where_they_have_an_accent(wrapped: str) -> None:
    known = DeadlineReader(CALENDAR)
    for form in ("NFC", "NFD"):
        text = normalize(form, wrapped.format("Das Audit: we need it by 4. März 2027, Frédéric."))
        (found,) = known.read(text, WRITTEN)
        assert (found.date, text[found.start : found.end]) == (date(2027, 3, 4), found.quote)


@FORMS
def test_signals_are_read_by_a_teams_words_in_either_form(of_team: Any, of_text: Any) -> None:
    grammar = load_grammar(
        ReadingSettings(
            extra_cues={"stalled.silence": (normalize(of_team, "nous_écoutons le_néant"),)},
            extra_titles={normalize(of_team, "Präsident"): (normalize(of_team, "bürovorsteher"),)},
        )
    )
    text = normalize(of_text, "À Zürich nous écoutons le néant. Unser BÜROVORSTEHER wants an answer, José.")
    found = signals_of(text, grammar=grammar)
    ((person,), (complaint,)) = found.executives, found.stalled
    assert person.title == "Präsident"
    for quote in (person.quote, complaint.quote):
        assert text[quote.start : quote.end] == quote.text
    assert normalize("NFC", person.quote.text) == "BÜROVORSTEHER"
    assert normalize("NFC", complaint.quote.text) == "nous écoutons le néant"


@given(texts)
@settings(max_examples=200)
def test_a_filled_text_has_each_character_at_its_offset(text: str) -> None:
    full = filled(text)
    assert len(full) == len(text)
    plain, offsets = without_filler(full)
    assert plain == composed(text)
    assert [full[at] for at in offsets[:-1]] == [*plain]
    assert normalize("NFC", plain) == normalize("NFC", text)


@given(texts)
@settings(max_examples=200)
def test_words_are_those_of_the_composed_text_at_the_offsets_of_the_given_one(text: str) -> None:
    plain, offsets = without_filler(filled(text))
    known = words_of(plain)
    assert [(word.text, word.kind) for word in words_of(text)] == [(word.text, word.kind) for word in known]
    assert [(word.start, word.end) for word in words_of(text)] == [
        (offsets[word.start], offsets[word.end]) for word in known
    ]
    said = sentences(text)
    assert said.words == sentences(plain).words
    for begin, end in [each.span(at, at + 1) for each in said for at in range(len(each.words))]:
        assert 0 <= begin < end <= len(text)


def test_what_has_no_accents_apart_is_left_as_it_is() -> None:
    for text in ("plain", "déjà vu", "日本語", f"a{FILLER}b", ""):
        assert filled(text) is text
    assert composed("e" + "\u0301\u0327" * 60_000)[:2] == "e\u0301", "so many that no language has them"
