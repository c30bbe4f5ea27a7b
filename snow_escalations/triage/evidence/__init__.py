"""The facts of a dossier at an instant. What could not be read is said to be unreadable, never guessed.

notes         facts as they are collected, each with its source
request       who asks for what
standing      priority, service levels, approvers
conversation  who wrote last, and whose turn it is
history       what came before, and what else is open
said          what the customer's words say, by `triage.reading`
reason        the stated reason weighed by the other facts
weighing      tests of facts, three-valued, as the reasons are made of
reader        all of them together
"""

from snow_escalations.triage.evidence.reader import EvidenceReader
from snow_escalations.triage.evidence.weighing import WeighingSettings

__all__ = ["EvidenceReader", "WeighingSettings"]
