"""Who asks a query, when, and in which time zone: what operands are evaluated against."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QueryContext:
    """The circumstances of one query.

    Attributes:
        now: the instant, aware.
        zone: the caller's time zone, in which `javascript:` values and relative operators are evaluated.
        literal_zone: the zone in which date literals are read: the caller's, or UTC by mode.
        user_id: what `gs.getUserID()` answers.
        user_name: what `gs.getUserName()` answers.
        caret_escape: `^^` stands for a caret.
        changes: VALCHANGES, CHANGESFROM and CHANGESTO are meant (conditions of rules, never of lists).
    """

    now: datetime
    zone: ZoneInfo
    literal_zone: ZoneInfo
    user_id: str
    user_name: str
    caret_escape: bool = False
    changes: bool = False
