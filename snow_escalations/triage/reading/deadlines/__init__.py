"""Dates that a customer imposes: "by EOD Friday", "go-live on 12 December", "within 48 hours", "before Diwali".

vocabulary   the words and cues, as data that a team can extend
patterns     cues as data, found in words
model        what is found, and what a team may add
moment       a time expression before it is known what it is for
shapes       numbers that look like dates, times or spans
days         weekdays, calendar dates, named days
periods      weeks, months, quarters, years, their ends and middles
spans        so many hours, days, business days from now
clock        times of day, and their zones
grammar      all of these, tried word by word
context      whether the sentence makes a limit of it, a past event, or nothing
read         the text in, the deadlines out
"""

from snow_escalations.triage.reading.deadlines.model import Deadline, DeadlineSettings, ImposedBy
from snow_escalations.triage.reading.deadlines.read import DeadlineReader

__all__ = ["Deadline", "DeadlineReader", "DeadlineSettings", "ImposedBy"]
