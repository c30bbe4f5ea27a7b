"""How right the reading of effects and asks is, by half of the labelled texts."""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.labelled import load
from benchmarks.measure import Figure
from benchmarks.signals import DATA, HALVES, Score, expected, read, texts
from snow_escalations.triage.reading.signals import signals_of

EFFECTS = ("production_down", "revenue", "safety", "legal")
ASKS = ("call", "engineer", "date", "patch", "status", "manager")
KINDS = EFFECTS + ASKS
TEXTS = DATA / "kinds.yaml"


def labelled(half: str) -> list[dict[str, Any]]:
    """The texts of a half."""
    return [item for item in load(TEXTS)["items"] if item["half"] == half]


def learned_from() -> list[tuple[str, frozenset[str]]]:
    """The texts that take part in the points, with the kinds of each."""
    plain = [item for item in texts("seen") if "only" not in item]
    others = [(item["text"], expected(item, "impact") | expected(item, "asks")) for item in plain]
    own = [(item["text"], {*item["impact"], *item["asks"]}) for item in labelled("seen")]
    return [(text, frozenset(kinds).intersection(KINDS)) for text, kinds in own + others]


def score(items: Sequence[dict[str, Any]], what: str, kinds: Sequence[str]) -> Score:
    """How right the reading of some kinds is, `what` being `impact` or `asks`."""
    right = wrong = missed = 0
    faults = []
    for item in items:
        want, got = set(item[what]) & set(kinds), read(signals_of(item["text"]), what) & set(kinds)
        right, wrong, missed = right + len(want & got), wrong + len(got - want), missed + len(want - got)
        if want != got:
            faults.append(f"{item['id']}: wanted {sorted(want)}, read {sorted(got)} in {item['text']!r}")
    return Score(right, wrong, missed, tuple(faults))


def run() -> Iterator[Figure]:
    """Precision and recall of effects and asks, each and all."""
    for half in HALVES:
        for what, kinds in (("impact", EFFECTS), ("asks", ASKS)):
            for name, chosen in ((what, kinds), *((f"{what}, {kind}", (kind,)) for kind in kinds)):
                found = score(labelled(half), what, chosen)
                yield Figure(f"{name}, {half}: precision", found.precision, "")
                yield Figure(f"{name}, {half}: recall", found.recall, "")
