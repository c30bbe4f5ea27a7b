"""What the rest of a text says adds to the points of a day: it takes it away, or lets it bind."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from benchmarks.weigh_deadlines import EXAMPLES, FOLDS, Told, crossed, items, table, weighed
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader, DeadlineSettings
from snow_escalations.triage.reading.deadlines.points import read_table, shipped_table
from snow_escalations.triage.reading.deadlines.rest import ANY, USUAL, Rest, around
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary

WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday
CALENDAR = BusinessCalendar(CalendarModel())
PLAIN = DeadlineReader(CALENDAR)
CALM = "The display is a bit dim, the machine works. I only want to know why the case was closed."
TABLE = "=\t=\t-7\nrest\twork\t10\nrests\tit work\t100\nrests\t$ it\t1000\nany\tany\t20000\n"


def points_of(text: str, rest: Rest) -> list[int]:
    days = [*PLAIN.told(text, WRITTEN)]
    return [*rest.beside(days[0].scope, PLAIN.pieces, [day.sentence for day in days])]


@pytest.mark.parametrize(
    "background",
    [
        "The film festival begins on 26 November.",
        "A delegation from Seoul visits us on Tuesday.",
        "Our sister company in Brno goes live with your product on 1 December.",
        "Next Monday we get new carpets.",
    ],
)
def test_a_day_binds_nobody_if_the_rest_of_the_text_asks_for_something_else(background: str) -> None:
    assert PLAIN.read(background, WRITTEN) != ()
    assert PLAIN.read(f"{background} {CALM}", WRITTEN) == ()


def test_what_is_needed_by_a_day_holds_beside_a_calm_rest() -> None:
    (found,) = PLAIN.read(f"We need the patch by 26 November. {CALM}", WRITTEN)
    assert found.date.isoformat() == "2026-11-26"


def test_an_event_binds_beside_a_rest_that_tells_of_trouble() -> None:
    text = "The film festival begins on 26 November. The server has taken in no film since Sunday, we can't open."
    assert [found.date.isoformat() for found in PLAIN.read(text, WRITTEN)] == ["2026-11-26"]


def test_a_day_that_sounds_like_little_binds_if_the_rest_says_who_loses_what() -> None:
    text = (
        "Quote for the replacement node is fine, but the budget lapses on 30 November. If the defective unit isn't "
        "swapped and invoiced by then I lose the money and you lose the order."
    )
    assert [found.date.isoformat() for found in PLAIN.read(text, WRITTEN)] == ["2026-11-30"]


def test_a_day_in_words_of_a_team_binds_whatever_the_rest_says() -> None:
    own = DeadlineReader(CALENDAR, settings=DeadlineSettings(extra_holidays={"founders day": "11-26"}))
    assert own.read(f"Our party is on founders day. {CALM}", WRITTEN) != ()


def test_a_promise_of_ours_that_was_told_of_and_broken_is_none() -> None:
    text = "Your hotline told us on Monday that someone would ring back on Tuesday. It's Wednesday. Nobody has rung."
    assert PLAIN.read(text, WRITTEN) == ()


def test_the_points_of_the_rest_are_those_of_its_words_and_of_two_side_by_side() -> None:
    rest = Rest(load_vocabulary(), read_table(TABLE))
    assert points_of("It works by Friday. It works, as far as we see.", rest) == [20000 + 10 + 100 + 1000]
    assert points_of("It works by Friday.", rest) == [0]


def test_a_long_rest_has_no_more_points_than_a_usual_one() -> None:
    rest = Rest(load_vocabulary(), read_table(TABLE))
    usual, long = (points_of(f"By Friday. {'work ' * count}.", rest) for count in (USUAL, 9 * USUAL))
    assert usual == long == [20000 + 10 * USUAL]


def test_what_is_learned_of_a_rest_is_what_is_added() -> None:
    rows = shipped_table()
    text = f"The film festival begins on 26 November. {CALM}"
    (day,) = PLAIN.told(text, WRITTEN)
    keys = around(day.scope, PLAIN.pieces, day.sentence)
    named = [(*str(key).split("\t"), often) for key, often in keys.items()]
    added = sum(rows[name].get(key, 0) * often for name, key, often in named)
    assert points_of(text, Rest(load_vocabulary(), rows)) == [added]
    assert keys[f"{ANY}\t{ANY}"] == 1


def test_texts_that_weigh_only_the_rest_teach_nothing_of_the_sentence() -> None:
    texts = items(EXAMPLES)[-40:]
    assert {item["weighs"] for item in texts} == {"rest"}
    rows = read_table(table(*weighed(texts)))
    assert "rest" in rows
    assert "word" not in rows


def test_the_sentence_of_a_day_is_weighed_by_points_of_other_texts() -> None:
    days = [
        Told({"text": str(number)}, Counter([f"word\t{number}", "word\tsame"]), {}, binds=number % 2 == 0)
        for number in range(20)
        for _ in range(2)
    ]
    assert len(set(crossed(days))) <= FOLDS  # its own word, which would tell, is not known where it is weighed
