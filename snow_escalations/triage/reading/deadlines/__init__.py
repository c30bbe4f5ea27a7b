"""Dates that a customer imposes: "by EOD Friday", "go-live on 12 December", "within 48 hours", "before Diwali".

vocabulary   the words and cues, as data that a team can extend
patterns     cues as data, found in words
model        what is found, and what a team may add
parts        the parts of a text that are worth reading
moment       a time expression before it is known what it is for
shapes       numbers that look like dates, times or spans
named_days   Christmas, Thanksgiving, Diwali, and the days that a team names
days         calendar dates, named days, today and tomorrow
weekdays     Friday, next Friday, Friday week
counted      days told by other days: the day before Christmas, the last Friday of the month, T-6
periods      weeks, months, quarters, years, their ends and middles
spans        so many hours, days, business days from now
clock        times of day, and their zones
grammar      all of these, tried word by word
sentence     cues, clauses, and where the verbs look
beside       the words right beside a day
inert        labels, plans of others, opening hours, examples, quotes
passing      what is said of days in passing: validity, notices, what was withdrawn
points       how much the words around a day sound like a limit
rest         how much the rest of a text sounds as if somebody waits
reference    days to which a later word comes back: "by then"
context      whether the sentence makes a limit of it, a past event, or nothing
read         the text in, the deadlines out
"""

from snow_escalations.triage.reading.deadlines.model import Deadline, DeadlineSettings, ImposedBy
from snow_escalations.triage.reading.deadlines.read import DeadlineReader, Imposed

__all__ = ["Deadline", "DeadlineReader", "DeadlineSettings", "Imposed", "ImposedBy"]
