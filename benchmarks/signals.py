"""How right the reading of executives, silence, impact and asks is, by half of the labelled texts; and how fast."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.labelled import load
from benchmarks.measure import Figure, median_seconds
from snow_escalations.triage.reading.people import attending
from snow_escalations.triage.reading.signals import Signals, signals_of

DATA = Path(__file__).parent.parent / "tests" / "triage" / "reading" / "data"
TEXTS, LANGUAGES, NATURAL = DATA / "signals.yaml", DATA / "languages.yaml", DATA / "natural.yaml"
HALVES = ("seen", "unseen")
PRECISION, RECALL = 0.95, 0.90
WRITTEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
AIMED_AT = ("executives", "stalled")


@dataclass(frozen=True)
class Score:
    """How many facts were right, wrong and missed, and the texts where it went wrong."""

    right: int
    wrong: int
    missed: int
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def texts(half: str) -> list[dict[str, Any]]:
    """The labelled texts of a half."""
    return [item for item in load(TEXTS)["items"] if item["half"] == half]


def natural(*whats: str) -> list[dict[str, Any]]:
    """The texts of `natural.yaml` that are labelled for all of some facts."""
    return [item for item in load(NATURAL)["items"] if all(what in item for what in whats)]


def labelled(half: str, what: str) -> list[dict[str, Any]]:
    """Those of them that are labelled for one kind of fact."""
    return [item for item in texts(half) if what in item.get("only", (what,))]


def expected(item: dict[str, Any], what: str) -> set[str]:
    """The facts that a label names."""
    if what == "stalled":
        return {"stalled"} if item.get("stalled") else set()
    if what == "hours":
        return {str(float(item["hours"]))} if "hours" in item else set()
    return set(item.get(what, ()))


def read(signals: Signals, what: str) -> set[str]:
    """The same facts as they were read."""
    if what == "executives":
        return {executive.title for executive in attending(signals.executives)}
    if what == "stalled":
        return {"stalled"} if signals.stalled else set()
    if what == "hours":
        claimed = [complaint.hours for complaint in signals.stalled if complaint.hours is not None]
        return {str(max(claimed))} if claimed else set()
    if what == "asks":
        return {ask.kind for ask in signals.asks}
    return _impact(signals)


def _impact(signals: Signals) -> set[str]:
    found: set[str] = {effect.kind for effect in signals.impact.effects}
    for affected in signals.impact.affected:
        number = str(affected.least) if affected.least == affected.most else f"{affected.least}-{affected.most}"
        found.add(f"{affected.what}={'all' if affected.all else number}")
    known = signals.impact.workaround.known
    return found if known == "unknown" else found | {f"workaround={known}"}


def score(half: str, what: str) -> Score:
    """How right the reading of one kind of fact is over a half."""
    right = wrong = missed = 0
    faults = []
    for item in labelled(half, what):
        want, got = expected(item, what), read(signals_of(item["text"], now=WRITTEN if "only" in item else None), what)
        right, wrong, missed = right + len(want & got), wrong + len(got - want), missed + len(want - got)
        if want != got:
            faults.append(f"{item['id']}: wanted {sorted(want)}, read {sorted(got)} in {item['text']!r}")
    return Score(right, wrong, missed, tuple(faults))


def run() -> Iterator[Figure]:
    """Precision and recall of each kind and half, and the texts read in a second."""
    for what in ("executives", "stalled", "hours", "impact", "asks"):
        for half in HALVES:
            if not labelled(half, what):
                continue
            found = score(half, what)
            aimed = what in AIMED_AT
            yield Figure(f"{what}, {half}: precision", found.precision, "", PRECISION if aimed else None, at_least=True)
            yield Figure(f"{what}, {half}: recall", found.recall, "", RECALL if aimed else None, at_least=True)
    yield from _languages()
    yield from _speed()


def languages(half: str, label: str) -> tuple[list[dict[str, Any]], int]:
    """The texts of a half with a label, `english` or `foreign`, whose language was told wrong, and of how many."""
    items = [item for item in load(LANGUAGES)["items"] if item["half"] == half and item["label"] == label]
    return [item for item in items if signals_of(item["text"]).is_foreign != (label == "foreign")], len(items)


def _languages() -> Iterator[Figure]:
    """How many texts are known to be in English, or in part in another language."""
    for half in HALVES:
        for label in ("english", "foreign"):
            wrong, of = languages(half, label)
            yield Figure(f"language, {half}: right of {of} {label}", 100 * (1 - len(wrong) / of), "%")


def _speed() -> Iterator[Figure]:
    """How long the reading of a text takes, sentences included, by its length."""
    everything = [item["text"] for half in HALVES for item in texts(half)]
    for name, least, most in (("about 75", 40, 110), ("about 300", 220, 380)):
        chosen = [text for text in everything if least <= len(text) <= most]

        def all_of_them(chosen: list[str] = chosen) -> None:
            for text in chosen:
                signals_of(text)

        seconds = median_seconds(all_of_them, 5) / len(chosen)
        yield Figure(f"signals of a text of {name} characters", seconds * 1e6, "µs")
