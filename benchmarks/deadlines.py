"""Deadlines in texts of customers: how many are right, how many are found where there are none, and how fast."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from benchmarks.measure import Figure, median_seconds
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader

OWN = Path(__file__).resolve().parents[1] / "tests/triage/reading/data/deadlines.yaml"
LEAST_RIGHT, MOST_FALSE = 95.0, 2.0
MOST_MICROSECONDS = {75: 60.0, 300: 150.0}  # by characters; the labelled texts nearly all have a day or a time in them
WRITTEN = datetime.fromisoformat("2026-11-18T10:00:00+00:00")
_PLAIN = "The case goes from desk to desk and nobody reads what the one before has written. "
SILENT = {size: (_PLAIN * 4)[:size] for size in MOST_MICROSECONDS}


@dataclass(frozen=True)
class Measured:
    """Texts with a deadline, those of them that are right; texts without, those of them in which one was found."""

    imposing: int
    right: int
    silent: int
    false: int

    @property
    def right_percent(self) -> float:
        return 100 * self.right / self.imposing

    @property
    def false_percent(self) -> float:
        return 100 * self.false / self.silent


def shared() -> Path | None:
    """The labelled set outside the repository, if there is one."""
    path = Path(os.environ.get("SHARED_DIR", "")) / "data/deadlines.yaml"
    return path if path.is_file() else None


def measure(path: Path, split: str | None = None) -> Measured:
    """Read all texts of a labelled set, or those of one half; right is a binding deadline on an accepted date."""
    labelled = yaml.safe_load(path.read_text(encoding="utf-8"))
    written = datetime.fromisoformat(labelled["now"])
    reader = DeadlineReader(BusinessCalendar(CalendarModel()))
    imposing = right = silent = false = 0
    for item in labelled["items"]:
        if split is not None and item["split"] != split:
            continue
        found = reader.read(item["text"], written)
        if item["accept"]:
            imposing += 1
            right += bool(found) and found[0].date in item["accept"]
        else:
            silent += 1
            false += bool(found)
    return Measured(imposing, right, silent, false)


def _read_microseconds(reader: DeadlineReader, size: int) -> tuple[int, float]:
    """How many texts of about that many characters there are, and the microseconds that one of them takes."""
    items = yaml.safe_load(OWN.read_text(encoding="utf-8"))["items"]
    texts = [item["text"] for item in items if 0.75 * size <= len(item["text"]) <= 1.25 * size]
    taken = median_seconds(lambda: [reader.read(text, WRITTEN) for text in texts], 9)
    return len(texts), taken / len(texts) * 1e6


def run() -> Iterator[Figure]:
    """All figures about deadlines."""
    halves = [("own texts, seen", OWN, "seen"), ("own texts, unseen", OWN, "unseen")]
    other = shared()
    for what, path, split in [*halves, *([("shared texts", other, None)] if other is not None else [])]:
        figures = measure(path, split)
        yield Figure(f"{what}: right of {figures.imposing}", figures.right_percent, "%", LEAST_RIGHT, at_least=True)
        yield Figure(f"{what}: false of {figures.silent} without", figures.false_percent, "%", MOST_FALSE)
    reader = DeadlineReader(BusinessCalendar(CalendarModel()))
    for size, most in MOST_MICROSECONDS.items():
        count, taken = _read_microseconds(reader, size)
        yield Figure(f"one text of about {size} characters ({count} labelled texts)", taken, "microseconds", most)
    for size, text in SILENT.items():
        taken = median_seconds(lambda text=text: [reader.read(text, WRITTEN) for _ in range(200)], 9) / 200 * 1e6
        yield Figure(f"one text of {size} characters without any time", taken, "microseconds", MOST_MICROSECONDS[size])
