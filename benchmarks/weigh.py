"""Finds the points of `data/points.tsv` anew: logistic regression over the labelled texts and the examples.

Run `python -m benchmarks.weigh` after a change of cues, classes or texts, then `python -m benchmarks signals`. Only
texts that are `seen` take part. The result is the same on every run.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.labelled import load
from benchmarks.signals import TEXTS, natural, texts
from snow_escalations.triage import reading
from snow_escalations.triage.reading.grammar import Grammar, shipped_grammar
from snow_escalations.triage.reading.points import Key, Points, Weight, chance
from snow_escalations.triage.reading.stalled import groups_of
from snow_escalations.triage.reading.tokens import sentences

POINTS = Path(reading.__file__).parent / "data" / "points.tsv"
EXAMPLES = (TEXTS.with_name("examples.yaml"), TEXTS.with_name("complaints.yaml"))
MIXED = TEXTS.with_name("mixed.yaml")
TIMES_MIXED = 3
"""How often a text of `mixed.yaml` or `natural.yaml` counts: they are as real ones, others serve one purpose each."""
LEAST_TEXTS = 5
"""Texts in which a key must stand to have points."""
RATE, LEAST_STEP, START = 0.2, 1e-3, 1e-6
SHRINKING, SHRINKING_OF_TEXTS = 0.01, 0.005
NEXT_TO_NOTHING = 15
EPOCHS_OF_SENTENCES, EPOCHS_OF_TEXTS, RATE_OF_TEXTS = 8, 7, 0.1
SEEDS = range(1, 6)
"""Orders in which the texts are learned from; the mean of the weights depends less on any of them."""

Keys = Mapping[Key, float]
"""Keys with how often each stands in a sentence or text."""

Labelled = tuple[list[Keys], bool]
"""The keys of each sentence of a text, and whether it complains."""


class Regression:
    """Weights that are moved by the slope, each by its own history of slopes (AdaGrad), and shrunk."""

    def __init__(self, bias: float, rate: float, shrinking: float = SHRINKING) -> None:
        self.weights: defaultdict[Key, float] = defaultdict(float)
        self.bias, self._rate, self._shrinking = bias, rate, shrinking
        self._bias_history = 1.0
        self._history: defaultdict[Key, float] = defaultdict(lambda: START)

    def odds(self, keys: Keys) -> float:
        weights = self.weights
        return self.bias + sum([weights[key] * often for key, often in keys.items()])

    def move(self, keys: Keys, slope: float) -> None:
        weights, history, rate, shrinking = self.weights, self._history, self._rate, self._shrinking
        self._bias_history += slope * slope
        self.bias -= rate * slope / math.sqrt(self._bias_history)
        for key, often in keys.items():
            own = slope * often + shrinking * weights[key]
            history[key] += own * own
            weights[key] -= rate * own / math.sqrt(history[key])


def labelled(items: Iterable[tuple[str, bool]], grammar: Grammar) -> list[Labelled]:
    """The keys of the sentences of texts, as they are read."""
    result: list[Labelled] = []
    for text, complains in items:
        said = sentences(text)
        groups = groups_of(grammar.find(said, everything=True).complaints or [])
        keys: list[Keys] = [
            grammar.points.classes.keys(sentence.words) + Counter(f"!{name}" for name in groups.get(number, ()))
            for number, sentence in enumerate(said)
        ]
        if keys:
            result.append((keys, complains))
    return result


def of_sentences(data: Sequence[Labelled], seed: int = 1) -> Regression:
    """Weights by which a text complains if any of its sentences does."""
    found, order, rng = Regression(-1.0, RATE), list(data), random.Random(seed)
    for _ in range(EPOCHS_OF_SENTENCES):
        rng.shuffle(order)
        for keys, complains in order:
            chances = [chance(found.odds(here)) for here in keys]
            none = math.prod(1 - each for each in chances)
            factor = -none / max(1 - none, 1e-4) if complains else 1.0
            for here, each in zip(keys, chances, strict=True):
                if abs(each * factor) >= LEAST_STEP:
                    found.move(here, each * factor)
    return found


def of_texts(data: Sequence[Labelled], seed: int = 1) -> Regression:
    """Weights by which a text complains by all that it says."""
    found, rng = Regression(0.0, RATE_OF_TEXTS, SHRINKING_OF_TEXTS), random.Random(seed)
    order = [(_together(keys), complains) for keys, complains in data]
    for _ in range(EPOCHS_OF_TEXTS):
        rng.shuffle(order)
        for keys, complains in order:
            found.move(keys, chance(found.odds(keys)) - complains)
    return found


def weighed(data: Sequence[Labelled], grammar: Grammar) -> Points:
    """The points that the labelled texts give."""
    often = Counter(key for keys, _ in data for key in _together(keys))
    kept = {key for key, times in often.items() if times >= LEAST_TEXTS}
    data = [([_of(keys, kept) for keys in by_sentence], complains) for by_sentence, complains in data]
    strong, whole = ([found(data, seed) for seed in SEEDS] for found in (of_sentences, of_texts))
    weights = {
        key: Weight(mean([each.weights[key] for each in strong]), mean([each.weights[key] for each in whole]))
        for key in sorted(kept)
    }
    bias = Weight(mean([each.bias for each in strong]), mean([each.bias for each in whole]))
    return Points(grammar.points.classes, weights, bias)


def mean(weights: Sequence[float]) -> int:
    """The points of several weights of the same key, in hundredths."""
    return round(100 * sum(weights) / len(weights))


def _together(sentences: Iterable[Keys]) -> Keys:
    together: Counter[Key] = Counter()
    for keys in sentences:
        together.update(keys)
    return together


def _of(keys: Keys, kept: set[Key]) -> Keys:
    return {key: often for key, often in keys.items() if key in kept}


def table(points: Points) -> str:
    """The points as `points.tsv` has them; what is worth next to nothing is left out."""
    lines = sorted(
        f"{key}\t{weight.sentence}\t{weight.text}"
        for key, weight in points.weights.items()
        if abs(weight.sentence) + abs(weight.text) >= NEXT_TO_NOTHING
    )
    bias = f"=\t{points.bias.sentence}\t{points.bias.text}"
    return "\n".join([bias, *lines]) + "\n"


def examples() -> list[tuple[str, bool]]:
    """Texts that are only learned from, by whether they complain."""
    read = [load(path) for path in (*EXAMPLES, *[MIXED] * TIMES_MIXED)]
    told = [(text, name == "complaints") for file in read for name in ("complaints", "others") for text in file[name]]
    return told + [(item["text"], item["stalled"]) for item in natural("stalled")] * TIMES_MIXED


def seen() -> list[tuple[str, bool]]:
    """All that takes part: the texts that are seen, and the examples."""
    chosen = [item for item in texts("seen") if "stalled" in item.get("only", ("stalled",))]
    return [(item["text"], bool(item.get("stalled"))) for item in chosen] + examples()


if __name__ == "__main__":
    used = shipped_grammar()
    POINTS.write_text(table(weighed(labelled(seen(), used), used)), "utf-8")
