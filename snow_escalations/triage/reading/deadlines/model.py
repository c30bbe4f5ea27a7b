"""What is found of deadlines in a text, and what a team may add to the words that find them."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from snow_escalations.model.base import Model


class ImposedBy(StrEnum):
    """Whose deadline it is."""

    CUSTOMER = "customer"
    US = "us"  # a promise of ours, to which the customer holds us


class Deadline(NamedTuple):
    """A date that the text imposes, with the words that do so: `text[start:end] == quote`.

    `date` is the day that a careful reader takes, in the zone of the calendar; `first_date` and `last_date` bound it
    where the words leave it open. `earliest` and `latest` bound the instant at which time is up: with a time of day
    they are that instant, with "EOD" the end of business, and otherwise the end of business and of the day.
    `hours_left` are wall-clock hours from now to `earliest`, negative if it has passed; `business_hours_left` the same
    in business hours of the calendar.
    """

    quote: str
    start: int
    end: int
    date: dt.date
    first_date: dt.date
    last_date: dt.date
    earliest: dt.datetime
    latest: dt.datetime
    imposed_by: ImposedBy
    hours_left: float
    business_hours_left: float

    @property
    def is_open(self) -> bool:
        """Whether there is a reading of the words by which time is not yet up."""
        return (self.latest - self.earliest).total_seconds() / 3600 + self.hours_left >= 0


class DeadlineSettings(Model):
    """What a team adds to the shipped words, in its settings under `reading.deadlines`.

    Names that do not exist and words that cannot be used are refused when the words are loaded: ValueError names the
    entry and what could stand there.
    """

    extra_cues: Mapping[str, tuple[str, ...]] = Field(
        default={},
        description="Cues by heading of the shipped file (limit, need, event, own, vendor, ...): words in order, `a|b` "
        "for either, `a?` for what may be missing, `..` for a gap of up to three words",
    )
    extra_holidays: Mapping[str, str] = Field(
        default={},
        description="Days by name: month and day (`founders day: 03-14`), a weekday of a month (`4 thursday 11 +1`), "
        "days around Easter (`easter -2`) or Advent (`advent +0`), a public holiday of a country (`IN Diwali`)",
    )
