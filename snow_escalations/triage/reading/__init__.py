"""What a text says, read by cues: facts with the words that carry them, never verdicts.

words      a text as words with their offsets
deadlines  dates that a customer imposes
tokens     a text as sentences of folded words
cues       the pattern language of cues; `grammar` holds those that ship, with a team's own
points, kinds   how much words sound like a complaint, and like each kind of effect and ask; `hearing` looks them up
titles, things   a title where it stands, and whether it is that of a thing
people, stalled, impact, asks   the signals; `signals` reads all four
"""

from snow_escalations.triage.reading.deadlines import Deadline, DeadlineReader, DeadlineSettings
from snow_escalations.triage.reading.grammar import Grammar, load_grammar
from snow_escalations.triage.reading.people import attending
from snow_escalations.triage.reading.settings import ReadingSettings, unusable_words
from snow_escalations.triage.reading.signals import Signals, signals_of, signals_of_all

__all__ = [
    "Deadline",
    "DeadlineReader",
    "DeadlineSettings",
    "Grammar",
    "ReadingSettings",
    "Signals",
    "attending",
    "load_grammar",
    "signals_of",
    "signals_of_all",
    "unusable_words",
]
