"""Finds the points of `data/deadline_points.tsv` anew: logistic regression over the labelled texts of deadlines.

Run `python -m benchmarks.weigh_deadlines [FILE ...]` after a change of cues, grammar or texts, then
`python -m benchmarks deadlines`. Only texts that are `seen` take part, the examples, which serve nothing else, and
those of the files that are named. What the rest of a text says is weighed last, on top of what the sentences of the
days have by points that they took no part in; texts that are marked `weighs: rest` take part only then, as their days
sound like those of others that bind. The result is the same on every run.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.deadlines import OWN, WRITTEN
from benchmarks.labelled import load
from benchmarks.weigh import Regression
from snow_escalations.triage import reading
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader
from snow_escalations.triage.reading.deadlines.points import BIAS, Points
from snow_escalations.triage.reading.deadlines.rest import around
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary
from snow_escalations.triage.reading.points import Key, chance

EXAMPLES = OWN.with_name("deadline_examples.yaml")
POINTS = Path(reading.__file__).parent / "data" / "deadline_points.tsv"
LEAST_DAYS = 2
"""Days around which a key must stand to have points."""
EPOCHS, RATE, SHRINKING, NEXT_TO_NOTHING = 12, 0.1, 0.0003, 10

FOLDS, TRUST = 5, 0.6
"""How the points of a sentence are found for the rest beside it, and how much they count there."""
LEAST_RESTS, EPOCHS_OF_RESTS, RATE_OF_RESTS, SHRINKING_OF_RESTS, LITTLE = 3, 12, 0.05, 0.003, 8

Keys = Counter[Key]


def items(path: Path) -> list[dict[str, Any]]:
    """The labelled texts of a file, those that stay unseen or are kept aside left out."""
    return [item for item in load(path)["items"] if item.get("split", "seen") == "seen"]


class Told(NamedTuple):
    """A day of a text, what stands around it and in the rest of the text, and whether it binds."""

    item: dict[str, Any]
    keys: Keys
    rest: dict[Key, float]
    binds: bool


def told(texts: Iterable[dict[str, Any]], written: datetime = WRITTEN) -> list[Told]:
    """The days of the texts; others of a text that imposes are left out."""
    reader, points = DeadlineReader(BusinessCalendar(CalendarModel())), Points(load_vocabulary(), {})
    found: list[Told] = []
    for item in texts:
        dates = {str(day) for day in item.get("accept", item.get("deadline", ()))}
        for scope, sentence, first, moment in reader.told(item["text"], written):
            if not dates or moment.best.isoformat() in dates:
                keys: Keys = Counter(points.around(scope, sentence, first, moment).written())
                found.append(Told(item, keys, around(scope, reader.pieces, sentence), bool(dates)))
    return found


def labelled(texts: Iterable[dict[str, Any]], written: datetime = WRITTEN) -> list[tuple[Keys, bool]]:
    """What stands around each day of the texts, and whether it binds."""
    return [(each.keys, each.binds) for each in told(texts, written)]


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


def crossed(data: Sequence[Told], seed: int = 1) -> list[float]:
    """The log odds of each day by its sentence, by points of texts that it is not of."""
    names = list(dict.fromkeys(each.item["text"] for each in data))
    random.Random(seed).shuffle(names)
    fold = {name: number % FOLDS for number, name in enumerate(names)}
    odds = [0.0] * len(data)
    for chosen in range(FOLDS):
        found = regression([(each.keys, each.binds) for each in data if fold[each.item["text"]] != chosen])
        for at, each in enumerate(data):
            if fold[each.item["text"]] == chosen:
                odds[at] = found.odds(each.keys)
    return odds


def of_rests(data: Sequence[Told], odds: Sequence[float], seed: int = 1) -> Regression:
    """Weights of what the rest of a text says, beside what the sentence of the day says."""
    often = Counter(key for each in data for key in each.rest)
    kept = [
        (by, {key: n for key, n in each.rest.items() if often[key] >= LEAST_RESTS}, each.binds)
        for each, by in zip(data, odds, strict=True)
        if each.rest
    ]
    found, rng = Regression(0.0, RATE_OF_RESTS, SHRINKING_OF_RESTS), random.Random(seed)
    for _ in range(EPOCHS_OF_RESTS):
        rng.shuffle(kept)
        for by, keys, binds in kept:
            found.move(keys, chance(TRUST * by + found.odds(keys)) - binds)
            found.bias = 0.0  # a rest has one of its own, `any`
    return found


def weighed(texts: Iterable[dict[str, Any]]) -> tuple[Regression, Regression]:
    """The weights of what stands around days, and of what stands in the rest of their texts."""
    days = told(texts)
    whole = [each for each in days if each.item.get("weighs") != "rest"]
    others = [each for each in days if each.item.get("weighs") == "rest"]
    own = regression([(each.keys, each.binds) for each in whole])
    return own, of_rests([*whole, *others], [*crossed(whole), *(own.odds(each.keys) for each in others)])


def table(found: Regression, rests: Regression) -> str:
    """The points as `deadline_points.tsv` has them; what is worth next to nothing is left out."""
    points = {key: round(weight * 100) for key, weight in found.weights.items()}
    lines = [f"{key}\t{worth}" for key, worth in points.items() if abs(worth) >= NEXT_TO_NOTHING]
    points = {key: round(weight * 100 / TRUST) for key, weight in rests.weights.items()}
    lines += [f"{key}\t{worth}" for key, worth in points.items() if abs(worth) >= LITTLE]
    return "\n".join([f"{BIAS}\t{BIAS}\t{round(found.bias * 100)}", *sorted(lines)]) + "\n"


if __name__ == "__main__":
    texts = [item for path in (OWN, EXAMPLES, *map(Path, sys.argv[1:])) for item in items(path)]
    POINTS.write_text(table(*weighed(texts)), "utf-8")
