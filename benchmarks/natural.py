"""How right all that is read is on texts as customers write them, by hands that knew nothing of the program.

All but the last hands' texts take part in the points since they were first read; the header of `natural.yaml` tells
what was read at first sight.
"""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.deadlines import WRITTEN, Measured
from benchmarks.kinds import ASKS, EFFECTS
from benchmarks.measure import Figure
from benchmarks.signals import Score, natural
from snow_escalations.triage.calendars import BusinessCalendar, CalendarModel
from snow_escalations.triage.reading.deadlines import DeadlineReader
from snow_escalations.triage.reading.people import attending
from snow_escalations.triage.reading.signals import Signals, signals_of

WHATS = ("executives", "stalled", "impact", "asks")
_READ: dict[str, Callable[[Signals], set[str]]] = {
    "executives": lambda signals: {"executives"} if attending(signals.executives) else set(),
    "stalled": lambda signals: {"stalled"} if signals.stalled else set(),
    "impact": lambda signals: {effect.kind for effect in signals.impact.effects}.intersection(EFFECTS),
    "asks": lambda signals: {ask.kind for ask in signals.asks}.intersection(ASKS),
}


def deadlines() -> Measured:
    """How many deadlines are right, and in how many texts without one is found."""
    reader = DeadlineReader(BusinessCalendar(CalendarModel()))
    imposing = right = silent = false = 0
    for item in natural("deadline"):
        found = reader.read(item["text"], WRITTEN)
        if item["deadline"]:
            imposing, right = imposing + 1, right + (bool(found) and found[0].date in item["deadline"])
        else:
            silent, false = silent + 1, false + bool(found)
    return Measured(imposing, right, silent, false)


def score(what: str) -> Score:
    """How right one kind of fact is: whether there is any, or each effect and ask."""
    right = wrong = missed = 0
    faults = []
    for item in natural(what):
        want, got = _wanted(item, what), _READ[what](signals_of(item["text"], now=WRITTEN))
        right, wrong, missed = right + len(want & got), wrong + len(got - want), missed + len(want - got)
        if want != got:
            faults.append(f"{item['id']}: wanted {sorted(want)}, read {sorted(got)} in {item['text']!r}")
    return Score(right, wrong, missed, tuple(faults))


def _wanted(item: dict[str, Any], what: str) -> set[str]:
    told = item[what]
    if isinstance(told, list):
        return set(told)
    return {what} if told else set()


def run() -> Iterator[Figure]:
    """Deadlines, and precision and recall of the rest."""
    measured = deadlines()
    yield Figure(f"deadlines: right of {measured.imposing}", measured.right_percent, "%")
    yield Figure(f"deadlines: false of {measured.silent} without", measured.false_percent, "%")
    for what in WHATS:
        found = score(what)
        yield Figure(f"{what}: precision", found.precision, "")
        yield Figure(f"{what}: recall", found.recall, "")
