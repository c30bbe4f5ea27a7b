"""Finds the points of `data/kinds.tsv` anew: logistic regression over the texts of `kinds.yaml` and `signals.yaml`.

Run `python -m benchmarks.weigh_kinds` after a change of classes or texts, then `python -m benchmarks kinds`. Only texts
that are `seen` take part. The result is the same on every run.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.kinds import KINDS, learned_from
from benchmarks.weigh import SEEDS, mean
from snow_escalations.triage import reading
from snow_escalations.triage.reading.grammar import shipped_grammar
from snow_escalations.triage.reading.kinds import Key, keys_of
from snow_escalations.triage.reading.points import chance
from snow_escalations.triage.reading.tokens import sentences

POINTS = Path(reading.__file__).parent / "data" / "kinds.tsv"
LEAST_TEXTS = 4
"""Texts in which a key must stand to have points."""
RATE, START, LEAST_STEP, SHRINKING = 0.2, 1e-6, 1e-3, 0.01
BIAS = -2.0
EPOCHS = 20
NEXT_TO_NOTHING = 12
THRESHOLD: Mapping[str, float] = dict.fromkeys(KINDS, -1.0) | {"production_down": 0.0, "safety": -1.5, "legal": -1.5}
"""Log odds from which a sentence is of a kind: below even odds where missing it is worse than hearing it in vain.

`production_down` is even, as it can approve an escalation.
"""

Labelled = tuple[list[list[Key]], frozenset[str]]
"""The keys of each sentence of a text, and the kinds that it is of."""


def labelled(items: Iterable[tuple[str, frozenset[str]]], classes: Mapping[str, Sequence[str]]) -> list[Labelled]:
    """The keys of the sentences of texts, as far as they stand in several."""
    keys = [([keys_of(sentence.words, classes) for sentence in sentences(text)], kinds) for text, kinds in items]
    often = Counter(key for here, _ in keys for key in frozenset[Key]().union(*here))
    kept = {key for key, times in often.items() if times >= LEAST_TEXTS}
    return [([[key for key in each if key in kept] for each in here], kinds) for here, kinds in keys if here]


def weighed(data: Sequence[Labelled], kind: str, seed: int) -> tuple[float, Mapping[Key, float]]:
    """What a sentence is worth without any key, and each key; a text is of a kind if one of its sentences is."""
    weights: defaultdict[Key, float] = defaultdict(float)
    history: defaultdict[Key, float] = defaultdict(lambda: START)
    bias, bias_history = BIAS, 1.0
    order, rng = list(data), random.Random(seed)
    for _ in range(EPOCHS):
        rng.shuffle(order)
        for keys, kinds in order:
            chances = [chance(bias + sum([weights[key] for key in here])) for here in keys]
            none = math.prod(1 - each for each in chances)
            factor = -none / max(1 - none, 1e-4) if kind in kinds else 1.0
            for here, each in zip(keys, chances, strict=True):
                slope = each * factor
                if abs(slope) < LEAST_STEP:
                    continue
                bias_history += slope * slope
                bias -= RATE * slope / math.sqrt(bias_history)
                for key in here:
                    own = slope + SHRINKING * weights[key]
                    history[key] += own * own
                    weights[key] -= RATE * own / math.sqrt(history[key])
    return bias, weights


def table(data: Sequence[Labelled], kinds: Sequence[str] = KINDS) -> str:
    """The points as `kinds.tsv` has them; what is worth next to nothing is left out."""
    found = {kind: [weighed(data, kind, seed) for seed in SEEDS] for kind in kinds}
    bias = [mean([odds for odds, _ in found[kind]]) - round(100 * THRESHOLD[kind]) for kind in kinds]
    lines = ["\t".join(("kind", *kinds)), "\t".join(("=", *map(str, bias)))]
    for key in sorted({key for here, _ in data for keys in here for key in keys}):
        points = [mean([weights.get(key, 0.0) for _, weights in found[kind]]) for kind in kinds]
        if max(map(abs, points)) >= NEXT_TO_NOTHING:
            lines.append("\t".join((key, *map(str, points))))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    POINTS.write_text(table(labelled(learned_from(), shipped_grammar().kinds.classes)), "utf-8")
