"""A day is weighed by the words around it, as the table tells, and the words of a team outweigh it."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from benchmarks.weigh_deadlines import EXAMPLES, items, labelled, regression, table
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader, DeadlineSettings
from snow_escalations.triage.reading.deadlines.points import BOUND, Points, near_of, read_table, shipped_table
from snow_escalations.triage.reading.deadlines.sentence import REACH
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
CALENDAR = BusinessCalendar(CalendarModel())
PLAIN = DeadlineReader(CALENDAR)
TABLE = """=\t=\t-7
word\twork\t10
pair\tby @\t100
near\t-1 by\t1000
near\t1 $\t3
last\thello\t20000
next\tthank\t300000
told\tlimit\t4000000
"""


def test_all_that_stands_around_a_day_adds_up() -> None:
    points = Points(load_vocabulary(), read_table(TABLE))
    text = "Hello until Monday. It works by Friday. Thanks until Tuesday."
    found = [points.odds(*each) for each in PLAIN.told(text, WRITTEN)]
    assert found[1] == -7 + 10 + 100 + 1000 + 3 + 20000 + 300000 + 4000000


def test_what_is_learned_is_what_is_added() -> None:
    table = shipped_table()
    points = Points(load_vocabulary(), table)
    for day in PLAIN.told("We need it by Friday. It was promised for the 3rd, says our CIO.", WRITTEN):
        keys = [key.split("\t") for key in points.around(*day).written()]
        assert points.odds(*day) == table["="]["="] + sum(table[name].get(key, 0) for name, key in keys)


def test_words_farther_away_than_a_verb_reaches_have_no_points() -> None:
    points = Points(load_vocabulary(), read_table(TABLE))
    near, far = (f"{'work ' * count}{'and ' * 3}by Friday{' work' * count}" for count in (2 * REACH, 9 * REACH))
    found = [[points.odds(*each) for each in PLAIN.told(text, WRITTEN)] for text in (near, far)]
    assert found[0] == found[1] != []


def test_a_cue_of_a_team_holds_for_the_days_within_its_reach() -> None:
    reader = DeadlineReader(CALENDAR, settings=DeadlineSettings(extra_cues={"label": ("golden sample",)}))
    beside, beyond = (f"golden sample {'and ' * count}until Friday" for count in (3, 2 * REACH))
    own = [
        reader._vocabulary.is_own(scope.texts, near_of(sentence, first, moment.stop), (first, moment.stop))
        for text in (beside, beyond)
        for scope, sentence, first, moment in reader.told(text, WRITTEN)
    ]
    assert own == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "By Friday.",
        "Deadline: 1 December",
        "Go-live 1 December.",
        "Friday at the latest.",
        "Our licence expires on Friday.",
        "Please answer within 48 hours.",
        "Demo tomorrow.",
        "Month end close.",
        "Penalty from 1 December.",
        "The client gave us until Monday.",
    ],
)
def test_plain_limits_weigh_enough(text: str) -> None:
    assert PLAIN.read(text, WRITTEN)


@pytest.mark.parametrize(
    "text",
    [
        "I'm only here until Thursday, but Olga knows as much about it as I do.",
        "I've extended the retention until 31 January so the logs won't be lost meanwhile.",
        "The subscription was prolonged to 1 March, see the attached order confirmation.",
        "The counter is set to zero at midnight on 1 January.",
    ],
)
def test_what_has_no_cue_is_told_apart_by_its_words(text: str) -> None:
    assert PLAIN.read(text, WRITTEN) == ()


def test_a_day_that_weighs_little_comes_after_one_that_binds() -> None:
    found = PLAIN.read("It must be with the bank by Monday 6am. Can somebody look at it today?", WRITTEN)
    assert [each.date.day for each in found] == [23, 18]


def test_words_of_a_team_are_not_weighed() -> None:
    light = "I'm only here until {}, but Olga knows as much about it as I do."
    points = Points(load_vocabulary(), shipped_table())
    assert all(points.odds(*day) < BOUND for day in PLAIN.told(light.format("Thursday"), WRITTEN))
    of_cue = DeadlineReader(CALENDAR, settings=DeadlineSettings(extra_cues={"limit": ("only here until",)}))
    assert [each.date.day for each in of_cue.read(light.format("Thursday"), WRITTEN)] == [19]
    of_day = DeadlineReader(CALENDAR, settings=DeadlineSettings(extra_holidays={"fruit day": "11-27"}))
    assert [each.date.day for each in of_day.read(light.format("Fruit Day"), WRITTEN)] == [27]


def test_words_that_bind_get_more_points_than_those_said_in_passing() -> None:
    data = [(Counter({"word\tdue": 1}), True), (Counter({"word\tparty": 1}), False)] * 5
    found = read_table(table(regression(data), regression([])))["word"]
    assert found["due"] > 0 > found["party"]


def test_points_are_learned_from_texts_that_are_seen() -> None:
    texts = items(EXAMPLES)[:20]
    data = labelled([*texts, {"text": "We need it by Friday, not Monday.", "accept": ["2026-11-20"]}])
    assert data[-1][1] is True
    assert "near\t-1 by" in data[-1][0]
    assert not any(binds for _, binds in data[:-1])
