"""What a fact that is a list has in it, each with the words or the record that it comes from."""

import datetime as dt
from abc import abstractmethod
from typing import Literal

from pydantic import Field

from snow_escalations.model.base import Model


class Item(Model):
    """One thing of a fact that is a list."""

    @property
    @abstractmethod
    def key(self) -> str:
        """What the matcher `contains` compares with."""


class DeadlineItem(Item):
    """A date that the customer imposes.

    `date` is the day that a careful reader takes; `first_date` and `last_date` bound it where the words leave it open,
    `earliest` and `latest` the instant at which time is up. Hours run from the instant of the evidence to `earliest`,
    and are negative once it has passed.
    """

    date: dt.date
    first_date: dt.date
    last_date: dt.date
    earliest: dt.datetime
    latest: dt.datetime
    imposed_by: Literal["customer", "us"] = Field(description="`us`: a promise of ours that the customer holds us to")
    hours_left: float
    business_hours_left: float
    words: str

    @property
    def key(self) -> str:
        """The date as `2026-12-04`."""
        return self.date.isoformat()


class ExecutiveItem(Item):
    """A person of rank on the customer's side who watches, asks, writes, or will be told."""

    title: str = Field(description="The rank: `CIO`, `VP`, `board`, `head` and so on")
    role: Literal["asks", "watches", "writer", "announced"]
    words: str

    @property
    def key(self) -> str:
        """The rank."""
        return self.title


class ComplaintItem(Item):
    """A complaint that nothing moves, with the wall-clock hours that it claims, if it does."""

    kind: Literal["silence", "circles", "movement"]
    hours: float | None
    words: str

    @property
    def key(self) -> str:
        """The kind."""
        return self.kind


class ImpactItem(Item):
    """What the trouble does to the customer."""

    kind: Literal["production_down", "revenue", "safety", "legal"]
    words: str

    @property
    def key(self) -> str:
        """The kind."""
        return self.kind


class AskItem(Item):
    """What the customer asks for."""

    kind: Literal["call", "engineer", "date", "patch", "status", "manager"]
    words: str

    @property
    def key(self) -> str:
        """The kind."""
        return self.kind


class EarlierItem(Item):
    """An earlier escalation of the same case or account; `age_hours` since it was opened, by the wall clock."""

    number: str
    outcome: Literal["requested", "escalated", "declined", "closed", "deescalation_requested", "other"]
    opened_at: dt.datetime | None
    age_hours: float | None

    @property
    def key(self) -> str:
        """The outcome."""
        return self.outcome
