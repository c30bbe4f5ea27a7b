"""Alternatives and slots of the desk's texts."""

from datetime import date
from random import Random

import pytest

from snow_escalations.sandbox.desk.expand import Teller

TODAY = date(2026, 11, 18)


def teller(language="en", seed=0, **facts):
    return Teller(facts, TODAY, language, Random(seed))


def test_a_text_without_marks_is_told_as_it_is():
    assert teller().tell("Nothing to fill: {} and $ 5 and {one}.") == "Nothing to fill: {} and $ 5 and {one}."


def test_every_alternative_is_told_sooner_or_later():
    told = {teller(seed=seed, four="4").tell("{one|two|} or {three|$four}") for seed in range(80)}
    assert told == {f"{first} or {second}" for first in ("one", "two", "") for second in ("three", "4")}


def test_slots_are_filled_and_a_full_stop_ends_them():
    assert teller(host="blue-04", count="7").tell("$count on $host. ($host)") == "7 on blue-04. (blue-04)"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$date_11", "29 November 2026"),
        ("$iso_11", "2026-11-29"),
        ("$iso_16_ago", "2026-11-02"),
        ("$date_1_ago", "17 November 2026"),
    ],
)
def test_dates_count_from_today(text, told):
    assert teller().tell(text) == told


@pytest.mark.parametrize("text", ["$nobody", "{$nobody|$nobody}", "$date_", "$datum_3"])
def test_a_slot_without_a_fact_is_an_error(text):
    with pytest.raises(KeyError, match="no fact for the slot"):
        teller().tell(text)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "${jndi:x}", "[code]<b>x</b>[/code]", "R$ 400,000", "^ORsys_id!=1"])
def test_what_customers_inject_is_no_mark(text):
    assert teller().tell(text) == text
