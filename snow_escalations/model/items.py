"""What a fact that is a list has in it, each with the words or the record that it comes from."""

import datetime as dt
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, with_config


@with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class Item(ABC):
    """One thing of a fact that is a list. It is checked where it comes from outside, which is `from_json`."""

    @property
    @abstractmethod
    def key(self) -> str:
        """What the matcher `contains` compares with."""

    def as_json(self) -> dict[str, Any]:
        """An object of its fields."""
        shape: dict[str, Any] = _form(type(self)).dump_python(self, mode="json")
        return shape

    @classmethod
    def from_json(cls, item: Any) -> Self:
        """The item that `as_json` gave.

        Raises:
            ValueError: it is not of that form.
        """
        checked: Self = _form(cls).validate_python(item)
        return checked


@cache
def _form(item: type[Item]) -> TypeAdapter[Any]:
    return TypeAdapter(item)


@dataclass(frozen=True, slots=True)
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
    imposed_by: Annotated[
        Literal["customer", "us"],
        Field(description="`us`: a promise of ours that the customer holds us to, or a date that our own staff sets"),
    ]
    hours_left: float
    business_hours_left: float
    words: str

    @property
    def key(self) -> str:
        """The date as `2026-12-04`."""
        return self.date.isoformat()


@dataclass(frozen=True, slots=True)
class ExecutiveItem(Item):
    """A person of rank on the customer's side who watches, asks, writes, or will be told."""

    title: Annotated[str, Field(description="The rank: `CIO`, `VP`, `board`, `head` and so on")]
    role: Literal["asks", "watches", "writer", "announced"]
    words: str

    @property
    def key(self) -> str:
        """The rank."""
        return self.title


@dataclass(frozen=True, slots=True)
class ComplaintItem(Item):
    """A complaint that nothing moves, with the wall-clock hours that it claims, if it does."""

    kind: Literal["silence", "circles", "movement"]
    hours: float | None
    words: str

    @property
    def key(self) -> str:
        """The kind."""
        return self.kind


@dataclass(frozen=True, slots=True)
class ImpactItem(Item):
    """What the trouble does to the customer."""

    kind: Literal["production_down", "revenue", "safety", "legal"]
    words: str

    @property
    def key(self) -> str:
        """The kind."""
        return self.kind


@dataclass(frozen=True, slots=True)
class AskItem(Item):
    """What the customer asks for."""

    kind: Literal["call", "engineer", "date", "patch", "status", "manager"]
    words: str

    @property
    def key(self) -> str:
        """The kind."""
        return self.kind


@dataclass(frozen=True, slots=True)
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
