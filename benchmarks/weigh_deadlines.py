"""Finds the points of `data/deadline_points.tsv` anew: logistic regression over the labelled texts of deadlines.

Run `python -m benchmarks.weigh_deadlines [FILE ...]` after a change of cues, grammar or texts, then
`python -m benchmarks deadlines`. Only texts that are `seen` take part, the examples, which serve nothing else, and
those of the files that are named. The result is the same on every run.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.deadlines import OWN, WRITTEN
from benchmarks.labelled import load
from benchmarks.weigh import Regression
from snow_escalations.triage import reading
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader
from snow_escalations.triage.reading.deadlines.points import BIAS, Points
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary
from snow_escalations.triage.reading.points import Key, chance

EXAMPLES = OWN.with_name("deadline_examples.yaml")
POINTS = Path(reading.__file__).parent / "data" / "deadline_points.tsv"
LEAST_DAYS = 2
"""Days around which a key must stand to have points."""
EPOCHS, RATE, SHRINKING, NEXT_TO_NOTHING = 12, 0.1, 0.0003, 10

Keys = Counter[Key]


def items(path: Path) -> list[dict[str, Any]]:
    """The labelled texts of a file, those that stay unseen left out."""
    read = load(path)["items"]
    return [item for item in read if item.get("split") != "unseen"]


def labelled(texts: Iterable[dict[str, Any]], written: datetime = WRITTEN) -> list[tuple[Keys, bool]]:
    """What stands around each day of the texts, and whether it binds; others of a text that imposes are left out."""
    reader = DeadlineReader(BusinessCalendar(CalendarModel()))
    points = Points(load_vocabulary(), {})
    found: list[tuple[Keys, bool]] = []
    for item in texts:
        dates = {str(day) for day in item.get("accept", item.get("deadline", ()))}
        for scope, sentence, first, moment in reader.told(item["text"], written):
            if not dates or moment.best.isoformat() in dates:
                keys: Keys = Counter(points.around(scope, sentence, first, moment).written())
                found.append((keys, bool(dates)))
    return found


def regression(data: Sequence[tuple[Keys, bool]], seed: int = 1) -> Regression:
    """Weights by which a day binds by what stands around it."""
    often = Counter(key for keys, _ in data for key in keys)
    kept = [(Counter({key: n for key, n in keys.items() if often[key] >= LEAST_DAYS}), binds) for keys, binds in data]
    found, rng = Regression(0.0, RATE, SHRINKING), random.Random(seed)
    for _ in range(EPOCHS):
        rng.shuffle(kept)
        for keys, binds in kept:
            found.move(keys, chance(found.odds(keys)) - binds)
    return found


def table(found: Regression) -> str:
    """The points as `deadline_points.tsv` has them; what is worth next to nothing is left out."""
    points = {key: round(weight * 100) for key, weight in found.weights.items()}
    lines = [f"{key}\t{worth}" for key, worth in points.items() if abs(worth) >= NEXT_TO_NOTHING]
    return "\n".join([f"{BIAS}\t{BIAS}\t{round(found.bias * 100)}", *sorted(lines)]) + "\n"


if __name__ == "__main__":
    texts = [item for path in (OWN, EXAMPLES, *map(Path, sys.argv[1:])) for item in items(path)]
    POINTS.write_text(table(regression(labelled(texts))), "utf-8")
