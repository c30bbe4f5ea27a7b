"""How right the reading of effects, asks, numbers affected and workarounds is, by half of the labelled texts."""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.labelled import load
from benchmarks.measure import Figure
from benchmarks.signals import DATA, HALVES, Score, expected, natural, read, texts
from snow_escalations.triage.reading.signals import signals_of

EFFECTS = ("production_down", "revenue", "safety", "legal")
ASKS = ("call", "engineer", "date", "patch", "status", "manager")
KINDS = EFFECTS + ASKS
ASIDE = "aside"
"""The texts of our own that were kept aside while the cues of numbers and workarounds were found."""
COUNTS = ("users", "sites", "workaround")
TEXTS = DATA / "kinds.yaml"


def labelled(half: str) -> list[dict[str, Any]]:
    """The texts of a half."""
    return [item for item in load(TEXTS)["items"] if item["half"] == half]


def learned_from() -> list[tuple[str, frozenset[str]]]:
    """The texts that take part in the points, with the kinds of each."""
    plain = [item for item in texts("seen") if "only" not in item]
    others = [(item["text"], expected(item, "impact") | expected(item, "asks")) for item in plain]
    own = [(item["text"], {*item["impact"], *item["asks"]}) for item in (*labelled("seen"), *natural("impact", "asks"))]
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


def counts_of(text: str) -> dict[str, int | str | None]:
    """The numbers of users and sites that a text says are affected, and whether a workaround is known."""
    impact = signals_of(text).impact
    told: dict[str, int | str | None] = {
        what: max(
            (each.least for each in impact.affected if each.what == what and each.least is not None), default=None
        )
        for what in ("users", "sites")
    }
    return told | {"workaround": {"yes": "known", "no": "none"}.get(impact.workaround.known)}


def score_of_counts(half: str, what: str) -> Score:
    """How right the number of users or of sites, or whether a workaround is known, is where it is labelled."""
    right = wrong = missed = 0
    faults = []
    for item in labelled(half):
        if what not in item:
            continue
        want, got = item[what], counts_of(item["text"])[what]
        right += want == got is not None
        wrong += got not in {None, want}
        missed += want not in {None, got}
        if want != got:
            faults.append(f"{item['id']}: wanted {want}, read {got} in {item['text']!r}")
    return Score(right, wrong, missed, tuple(faults))


def run() -> Iterator[Figure]:
    """Precision and recall of effects and asks, each and all, and of how many are affected and of workarounds."""
    for half in HALVES:
        for what, kinds in (("impact", EFFECTS), ("asks", ASKS)):
            for name, chosen in ((what, kinds), *((f"{what}, {kind}", (kind,)) for kind in kinds)):
                found = score(labelled(half), what, chosen)
                yield Figure(f"{name}, {half}: precision", found.precision, "")
                yield Figure(f"{name}, {half}: recall", found.recall, "")
    for half in (*HALVES, ASIDE):
        for what in COUNTS:
            counts = score_of_counts(half, what)
            yield Figure(f"{what}, {half}: precision", counts.precision, "")
            yield Figure(f"{what}, {half}: recall", counts.recall, "")
