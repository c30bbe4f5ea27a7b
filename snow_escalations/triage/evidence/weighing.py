"""Tests of facts, three-valued: a test that needs a fact which could not be read is open.

Tests are made once. They ask no more facts than they need, and word what they found only where they hold.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from snow_escalations.model import DeadlineItem, Fact, Model, Span

BusinessHours = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class WeighingSettings(Model):
    """From when on facts speak for or against a stated reason; times are business hours."""

    recent_reply: float = Field(
        default=8, gt=0, allow_inf_nan=False, description="An answer of ours younger than this contradicts silence"
    )
    silence: float = Field(
        default=16, gt=0, allow_inf_nan=False, description="Waiting this long for us bears out inactivity"
    )
    old_case: BusinessHours = Field(
        default=80, description="A case this old that waits for us bears out lack of progress"
    )
    hand_overs: int = Field(default=3, ge=1, description="This many reassignments bear out lack of progress")


class Finding(NamedTuple):
    """How one test went: yes, no, or open; the facts that it rests on, and what they say where it holds."""

    holds: bool | None
    rests_on: tuple[str, ...]
    note: str = ""


class Weighed(NamedTuple):
    """How a reason stands, None where that depends on facts that could not be read."""

    status: Literal["supported", "contradicted", "unverifiable"] | None
    rests_on: tuple[str, ...]
    note: str = ""


class Facts:
    """The facts that tests ask for; `missed` could not be read, and a text that could not may add to `partial` ones.

    `dates` are those that the customer sets, `dates_ahead` the ones that had not passed when the escalation was
    requested.
    """

    def __init__(self, facts: Mapping[str, Fact], missed: AbstractSet[str], partial: AbstractSet[str]) -> None:
        self._facts, self._missed, self._partial = facts, missed, partial
        self.dates = dates = _imposed(facts["deadlines"].value)
        requested = facts["since_requested"].since
        self.dates_ahead = [item for item in dates if _was_ahead(item, requested)]

    def known(self, names: tuple[str, ...]) -> bool:
        """Whether all of these could be read."""
        return self._missed.isdisjoint(names)

    def is_partial(self, name: str) -> bool:
        """Whether a text that could add to a known fact could not be read."""
        return name in self._partial

    def value(self, name: str) -> object:
        """The value of a fact."""
        return self._facts[name].value

    def since(self, name: str) -> datetime | None:
        """The instant since which a time runs."""
        return self._facts[name].since

    def business_hours(self, name: str) -> float | None:
        """A duration in business hours."""
        value = self._facts[name].value
        return value.business_hours if isinstance(value, Span) else None

    def why_open(self, names: tuple[str, ...]) -> str:
        """Why it is open what rests on some facts: which of them, and why the first could not be read."""
        unread = [name for name in names if name in self._missed or name in self._partial]
        first = self._facts[unread[0]]
        return f"it depends on {', '.join(unread)}: {first.unreadable or first.note}"


def _imposed(deadlines: object) -> list[DeadlineItem]:
    """The dates that the customer sets; a promise of ours is none, however late we are with it."""
    items = deadlines if isinstance(deadlines, tuple) else ()
    return [item for item in items if isinstance(item, DeadlineItem) and item.imposed_by == "customer"]


def _was_ahead(item: DeadlineItem, requested: datetime | None) -> bool:
    """Whether a date had not passed when the escalation was requested, by any reading of its words.

    It does not count against the customer that a date passes while the request waits for us.
    """
    return requested is None or item.latest >= requested


Test = Callable[[Facts, WeighingSettings], Finding]
Says = Callable[[Facts, WeighingSettings], bool]
Note = Callable[[Facts, WeighingSettings], str]
Part = tuple[tuple[str, ...], Says]
"""Facts, and whether they say what a test asks for."""


@lru_cache(maxsize=1024)
def together(*names: tuple[str, ...]) -> tuple[str, ...]:
    """Each name once. Tests are few, and so are the facts that they rest on together."""
    return tuple(dict.fromkeys(name for some in names for name in some))


class All:
    """A test that holds where all of its parts do. It asks them in order, and words the note where it holds."""

    def __init__(self, note: Note | str, *parts: Part) -> None:
        self._note = note
        self._parts = [(names, says, Finding(holds=False, rests_on=names)) for names, says in parts]
        self._rests_on = together(*(names for names, _ in parts))
        self._open = Finding(holds=None, rests_on=self._rests_on)

    def __call__(self, facts: Facts, settings: WeighingSettings) -> Finding:
        """One part that is known not to hold decides, whatever could not be read of the others."""
        for names, says, no in self._parts:
            if not says(facts, settings) and facts.known(names):
                return no
        if not facts.known(self._rests_on):
            return self._open
        note = self._note
        return Finding(True, self._rests_on, note if isinstance(note, str) else note(facts, settings))  # noqa: FBT003


class Both:
    """A test that holds where two do."""

    def __init__(self, first: Test, second: Test) -> None:
        self._first, self._second = first, second

    def __call__(self, facts: Facts, settings: WeighingSettings) -> Finding:
        """The first that is known not to hold decides."""
        first = self._first(facts, settings)
        if first.holds is False:
            return first
        second = self._second(facts, settings)
        if second.holds is False:
            return second
        rests_on = together(first.rests_on, second.rests_on)
        if first.holds is None or second.holds is None:
            return Finding(None, rests_on)
        return Finding(holds=True, rests_on=rests_on, note=f"{first.note}, and {second.note}")


class Any:
    """A test that holds where one of several does."""

    def __init__(self, *tests: Test) -> None:
        self._tests = tests

    def __call__(self, facts: Facts, settings: WeighingSettings) -> Finding:
        """The first that holds decides."""
        is_open, rests_on = False, []
        for test in self._tests:
            finding = test(facts, settings)
            if finding.holds:
                return finding
            is_open = is_open or finding.holds is None
            rests_on.append(finding.rests_on)
        return Finding(None if is_open else False, together(*rests_on))
