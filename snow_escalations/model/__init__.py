"""The words of the project as frozen models: what every room speaks of. No I/O, no clock, no settings.

Absent, empty and zero are three things here. A field that the instance did not return (its ACLs drop fields without a
word) is named in `unreadable`; an empty one is `""` or None; a number that is 0 is 0.
"""

from snow_escalations.model.base import Model
from snow_escalations.model.dossier import Dossier, Part, ReadTables
from snow_escalations.model.evidence import Evidence, Fact, FactValue, Quote, Source, Span
from snow_escalations.model.facts import FACTS, FactSpec, Group, Kind
from snow_escalations.model.items import (
    AskItem,
    ComplaintItem,
    DeadlineItem,
    EarlierItem,
    ExecutiveItem,
    ImpactItem,
    Item,
)
from snow_escalations.model.journal import AuthorKind, Element, Journal, JournalEntry
from snow_escalations.model.plan import Action, Decision, Plan, ReplyTarget, Unread
from snow_escalations.model.records import (
    Account,
    AccountLoad,
    Approval,
    Case,
    Choice,
    Escalation,
    Person,
    RecordKey,
    ServiceLevel,
)
from snow_escalations.model.reference import referenced_escalation
from snow_escalations.model.verdict import Branch, Clause, Explanation, HoldCause, Outcome, RuleTrace, Verdict

__all__ = [
    "FACTS",
    "Account",
    "AccountLoad",
    "Action",
    "Approval",
    "AskItem",
    "AuthorKind",
    "Branch",
    "Case",
    "Choice",
    "Clause",
    "ComplaintItem",
    "DeadlineItem",
    "Decision",
    "Dossier",
    "EarlierItem",
    "Element",
    "Escalation",
    "Evidence",
    "ExecutiveItem",
    "Explanation",
    "Fact",
    "FactSpec",
    "FactValue",
    "Group",
    "HoldCause",
    "ImpactItem",
    "Item",
    "Journal",
    "JournalEntry",
    "Kind",
    "Model",
    "Outcome",
    "Part",
    "Person",
    "Plan",
    "Quote",
    "ReadTables",
    "RecordKey",
    "ReplyTarget",
    "RuleTrace",
    "ServiceLevel",
    "Source",
    "Span",
    "Unread",
    "Verdict",
    "referenced_escalation",
]
