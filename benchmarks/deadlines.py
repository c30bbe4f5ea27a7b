"""Deadlines in texts of customers: how many are right, how many are found where there are none, and how fast."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.labelled import load
from benchmarks.measure import Figure, median_seconds
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

OWN = Path(__file__).resolve().parents[1] / "tests/triage/reading/data/deadlines.yaml"
LEAST_RIGHT, MOST_FALSE = 95.0, 2.0
WRITTEN = datetime.fromisoformat("2026-11-18T10:00:00+00:00")
MIXED = OWN.with_name("signals.yaml")
JOINED = 4


@dataclass(frozen=True)
class Measured:
    """Texts with a deadline, those of them that are right; texts without, those of them in which one was found."""

    imposing: int
    right: int
    silent: int
    false: int

    @property
    def right_percent(self) -> float:
        return 100 * self.right / self.imposing if self.imposing else 100.0

    @property
    def false_percent(self) -> float:
        return 100 * self.false / self.silent if self.silent else 0.0


def shared() -> Path | None:
    """The labelled set outside the repository, if there is one."""
    beside = Path(__file__).resolve().parents[2] / "shared"
    path = Path(os.environ.get("SHARED_DIR", beside)) / "data/deadlines.yaml"
    return path if path.is_file() else None


def measure(path: Path, split: str | None = None, *, every: int = 1) -> Measured:
    """Read all texts of a labelled set, or those of one half; right is a binding deadline on an accepted date.

    `every`: of these only the first of so many.
    """
    labelled = load(path)
    written = datetime.fromisoformat(labelled["now"])
    reader = DeadlineReader(BusinessCalendar(CalendarModel()))
    imposing = right = silent = false = 0
    for item in [item for item in labelled["items"] if split is None or item["split"] == split][::every]:
        found = reader.read(item["text"], written)
        if item["accept"]:
            imposing += 1
            right += bool(found) and found[0].date in item["accept"]
        else:
            silent += 1
            false += bool(found)
    return Measured(imposing, right, silent, false)


def _texts(path: Path) -> list[str]:
    return [item["text"] for item in load(path)["items"]]


def _microseconds(reader: DeadlineReader, texts: list[str]) -> float:
    """The microseconds that one text takes, on average."""
    return median_seconds(lambda: [reader.read(text, WRITTEN) for text in texts], 9) / len(texts) * 1e6


def _speed() -> Iterator[Figure]:
    """Texts of every kind, short and joined to long ones, and apart from them those that have a day or a time."""
    reader, short = DeadlineReader(BusinessCalendar(CalendarModel())), _texts(MIXED)
    long = [" ".join(short[start : start + JOINED]) for start in range(0, len(short), JOINED)]
    for texts in (short, long):
        size = round(sum(map(len, texts)) / len(texts))
        yield Figure(f"one text of any kind, {size} characters", _microseconds(reader, texts), "microseconds")
    timed = [text for text in _texts(OWN) if reader.read(text, WRITTEN)]
    size = round(sum(map(len, timed)) / len(timed))
    yield Figure(f"one text with a deadline, {size} characters", _microseconds(reader, timed), "microseconds")


def run() -> Iterator[Figure]:
    """All figures about deadlines."""
    halves = [("own texts, seen", OWN, "seen"), ("own texts, unseen", OWN, "unseen")]
    other = shared()
    for what, path, split in [*halves, *([("shared texts", other, None)] if other is not None else [])]:
        figures = measure(path, split)
        yield Figure(f"{what}: right of {figures.imposing}", figures.right_percent, "%", LEAST_RIGHT, at_least=True)
        yield Figure(f"{what}: false of {figures.silent} without", figures.false_percent, "%", MOST_FALSE)
    yield from _speed()
