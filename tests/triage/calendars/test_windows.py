"""A window of a business calendar is written as text or with its two times; what cannot be read is told."""

from datetime import time

import pytest
from pydantic import ValidationError

from snow_escalations.documents import parse, validate
from snow_escalations.triage.calendars import CalendarModel, Weekday, Window


@pytest.mark.parametrize(
    ("written", "opens", "closes"),
    [
        ("08:00-17:30", time(8), time(17, 30)),
        ("8:00 - 12:15", time(8), time(12, 15)),
        (" 13:00\N{EN DASH}18:00 ", time(13), time(18)),
        ("22:00-00:00", time(22), time(0)),
        ("00:00-00:00", time(0), time(0)),
    ],
)
def test_a_window_as_text_is_the_window_with_its_two_times(written: str, opens: time, closes: time) -> None:
    assert Window.model_validate(written) == Window(opens=opens, closes=closes)
    assert Window.model_validate({"opens": opens, "closes": closes}) == Window(opens=opens, closes=closes)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("nine to five", "'nine to five' cannot be read; write when it opens and closes, \"08:00-17:30\""),
        ("08:00", "'08:00' cannot be read"),
        ("08:00-17:30 CET", "cannot be read"),
        ("", "cannot be read"),
        ("08:00-25:00", "'25:00', which is no time of day; write 00:00 to 23:59"),
        ("08:00-24:00", "'24:00', which is no time of day"),
        ("08:70-12:00", "'08:70', which is no time of day"),
        ("22:00-06:00", "split a night shift at midnight"),
        ("09:00-09:00", "is not after 09:00"),
    ],
)
def test_a_window_that_cannot_be_read_says_what_could_stand_there(written: str, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Window.model_validate(written)
    assert told in str(caught.value)


def test_both_ways_stand_side_by_side_in_a_file() -> None:
    written = 'windows:\n  monday: ["08:00-12:00", {opens: "13:00", closes: "17:30"}]\n  friday: [09:00-12:00]\n'
    windows = validate(parse(written, source="settings.yaml"), CalendarModel).windows
    assert windows[Weekday.MONDAY] == (
        Window(opens=time(8), closes=time(12)),
        Window(opens=time(13), closes=time(17, 30)),
    )
    assert windows[Weekday.FRIDAY] == (Window(opens=time(9), closes=time(12)),)


def test_windows_as_text_are_held_to_their_order() -> None:
    with pytest.raises(ValidationError, match="overlap or are out of order"):
        CalendarModel.model_validate({"windows": {"monday": ["13:00-17:00", "08:00-12:00"]}})
