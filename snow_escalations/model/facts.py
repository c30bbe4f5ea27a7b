"""The vocabulary of evidence: which facts there are, of which kind, in which unit, and what they mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from snow_escalations.model.items import (
    AskItem,
    ComplaintItem,
    DeadlineItem,
    EarlierItem,
    ExecutiveItem,
    ImpactItem,
    Item,
)


class Kind(StrEnum):
    """What a fact's value is, which decides the matchers that fit it."""

    TEXT = "text"  # a key, such as `inactivity`
    NAME = "name"  # words of a record, such as the name of an account
    NUMBER = "number"
    DURATION = "duration"  # a Span
    DATE = "date"
    BOOLEAN = "boolean"
    LIST = "list"  # a tuple of items


class Group(StrEnum):
    """Under which heading a person reads a fact."""

    REQUEST = "request"
    STANDING = "standing"
    TIME = "time"
    HISTORY = "history"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact that evidence always has: its name, group, kind, unit and meaning.

    `values` lists the ones of a text, or the keys of a list; where it `is_open`, there may be others, such as an
    instance's own. `none` says what it means that the value is None, for the facts of which that can be so. `item` is
    what a list is made of. A duration that `is_since` an instant tells that instant too (`Fact.since`).
    """

    name: str
    group: Group
    kind: Kind
    description: str
    unit: str = ""
    values: tuple[str, ...] = ()
    is_open: bool = False
    none: str = ""
    item: type[Item] | None = None
    is_since: bool = False


_R, _S, _T, _H, _W = Group.REQUEST, Group.STANDING, Group.TIME, Group.HISTORY, Group.READING
REASONS = ("inactivity", "lack_of_progress", "customer_imposed_deadline", "executive_visibility")
OUTCOMES = ("requested", "escalated", "declined", "closed", "deescalation_requested", "other")
TITLES = ("CEO", "CIO", "CTO", "CFO", "COO", "CISO", "EVP", "SVP", "VP", "president", "board", "head", "director")


def _duration(name: str, group: Group, description: str, *, none: str = "", is_since: bool = True) -> FactSpec:
    return FactSpec(name, group, Kind.DURATION, description, unit="hours", none=none, is_since=is_since)


def _boolean(name: str, group: Group, description: str) -> FactSpec:
    return FactSpec(name, group, Kind.BOOLEAN, description)


def _number(name: str, group: Group, description: str, unit: str, *, none: str = "") -> FactSpec:
    return FactSpec(name, group, Kind.NUMBER, description, unit=unit, none=none)


_REQUEST = (
    FactSpec(
        "reason",
        _R,
        Kind.TEXT,
        "The reason that the escalation gives, as a key",
        values=REASONS,
        is_open=True,
        none="the escalation gives no reason",
    ),
    FactSpec(
        "stated_reason",
        _R,
        Kind.TEXT,
        "Whether the facts bear the stated reason out",
        values=("supported", "contradicted", "unverifiable"),
    ),
    FactSpec(
        "better_reason",
        _R,
        Kind.TEXT,
        "The reason that the facts support better than the stated one",
        values=REASONS,
        is_open=True,
        none="no other reason is supported better",
    ),
    FactSpec(
        "request_source",
        _R,
        Kind.TEXT,
        "Who asked, as the escalation says",
        values=("customer", "internal", "other"),
        none="the escalation names no request source",
    ),
    FactSpec("severity", _R, Kind.NAME, "The severity of the escalation, as it is named", none="it has none"),
    FactSpec("template", _R, Kind.NAME, "The template of the escalation, as it is named", none="it has none"),
    FactSpec("requester", _R, Kind.NAME, "The name of the person who requested the escalation"),
    FactSpec(
        "requester_side",
        _R,
        Kind.TEXT,
        "On whose side the requester is, by the user record",
        values=("us", "customer"),
    ),
    FactSpec("requested_on", _R, Kind.DATE, "The day on which the escalation was requested, in UTC"),
)
_STANDING = (
    FactSpec("source", _S, Kind.TEXT, "What is escalated: a case or an account", values=("case", "account")),
    FactSpec("account", _S, Kind.NAME, "The name of the account", none="the case has no account"),
    FactSpec(
        "case_state",
        _S,
        Kind.TEXT,
        "The state of the case",
        values=("new", "open", "awaiting_info", "resolved", "closed", "cancelled", "other"),
    ),
    FactSpec(
        "priority",
        _S,
        Kind.TEXT,
        "The priority of the case",
        values=("critical", "high", "moderate", "low", "other"),
        none="the case has no priority",
    ),
    FactSpec(
        "sla_stage",
        _S,
        Kind.TEXT,
        "The stage of the most advanced service level that is not completed or cancelled",
        values=("in_progress", "paused", "breached", "other"),
        none="no service level runs",
    ),
    _number(
        "sla_percentage",
        _S,
        "How much of that service level's business time has elapsed",
        "percent",
        none="no service level runs",
    ),
    _boolean("sla_breached", _S, "Whether a service level of the case was breached, completed ones included"),
    _boolean("self_approval", _S, "Whether a person who is asked to approve requested the escalation"),
    _boolean("approver_is_assignee", _S, "Whether a person who is asked to approve is assigned to the case"),
    _number("inactive_approvers", _S, "Approvers asked whose user record is inactive", "approvers"),
    _number("delegated_approvers", _S, "Approvers asked who have delegated their approvals now", "approvers"),
)
_TIME = (
    _duration(
        "since_last_reply",
        _T,
        "Time since our last comment that the customer can see, or since the case was opened if there is none. "
        "Comments of the instance and of this program do not count",
    ),
    _boolean("ever_replied", _T, "Whether a person of ours ever wrote a comment that the customer can see"),
    _duration("since_customer_wrote", _T, "Time since the customer's last comment", none="the customer never wrote"),
    _duration("since_opened", _T, "Time since the case was opened"),
    _duration("since_requested", _T, "Time since the escalation was requested"),
    FactSpec(
        "last_word",
        _T,
        Kind.TEXT,
        "Who wrote the last comment that the customer can see",
        values=("us", "customer", "nobody"),
    ),
    FactSpec("waiting_on", _T, Kind.TEXT, "Whose turn it is", values=("us", "customer", "unclear")),
    _duration("waiting_for", _T, "How long the one whose turn it is has been waited for", none="it is unclear"),
)
_HISTORY = (
    _number("earlier_escalations", _H, "Escalations of the same case or account before this one", "escalations"),
    FactSpec(
        "earlier",
        _H,
        Kind.LIST,
        "Those escalations with outcome and age, the latest first",
        values=OUTCOMES,
        item=EarlierItem,
    ),
    FactSpec(
        "last_outcome",
        _H,
        Kind.TEXT,
        "What became of the latest of them",
        values=OUTCOMES,
        none="there was none",
    ),
    _duration("since_last_escalation", _H, "Time since the latest of them was opened", none="there was none"),
    FactSpec(
        "last_rejection",
        _H,
        Kind.TEXT,
        "Whether the latest rejection was explained to the customer on the case",
        values=("explained", "unexplained"),
        none="nothing was rejected before",
    ),
    _number("re_escalations", _H, "How often it was escalated again after a rejection, this time included", "times"),
    _number(
        "account_escalations",
        _H,
        "Other open escalations of the account and its cases",
        "escalations",
        none="the case has no account",
    ),
    _number("account_open_cases", _H, "Open cases of the account", "cases", none="the case has no account"),
    _number("reassignments", _H, "How often the case changed hands", "times"),
    _number("reopenings", _H, "How often the case was reopened", "times"),
    _number("duplicates", _H, "Other escalations of the same case or account that wait for a decision", "escalations"),
)
_READING = (
    FactSpec("deadlines", _W, Kind.LIST, "Dates that the customer imposes, the binding one first", item=DeadlineItem),
    FactSpec(
        "executives",
        _W,
        Kind.LIST,
        "People of rank on the customer's side who watch or ask",
        values=TITLES,
        is_open=True,
        item=ExecutiveItem,
    ),
    _boolean("stalled", _W, "Whether the customer complains of silence, of going in circles or of no movement"),
    FactSpec(
        "complaints",
        _W,
        Kind.LIST,
        "Those complaints",
        values=("silence", "circles", "movement"),
        item=ComplaintItem,
    ),
    _duration(
        "stalled_for",
        _W,
        "How long that has been so, as the customer says",
        none="the customer does not say",
        is_since=False,
    ),
    FactSpec(
        "impact",
        _W,
        Kind.LIST,
        "What the trouble does to the customer",
        values=("production_down", "revenue", "safety", "legal"),
        item=ImpactItem,
    ),
    _number("users_affected", _W, "How many users the customer says are affected", "users", none="it is not said"),
    _number("sites_affected", _W, "How many sites the customer says are affected", "sites", none="it is not said"),
    FactSpec(
        "workaround",
        _W,
        Kind.TEXT,
        "Whether there is a workaround, as the customer says",
        values=("known", "none"),
        none="it is not said",
    ),
    FactSpec(
        "asks",
        _W,
        Kind.LIST,
        "What the customer asks for",
        values=("call", "engineer", "date", "patch", "status", "manager"),
        item=AskItem,
    ),
)


def _by_name(specs: Iterable[FactSpec]) -> Mapping[str, FactSpec]:
    return MappingProxyType({spec.name: spec for spec in specs})


FACTS: Mapping[str, FactSpec] = _by_name((*_REQUEST, *_STANDING, *_TIME, *_HISTORY, *_READING))
