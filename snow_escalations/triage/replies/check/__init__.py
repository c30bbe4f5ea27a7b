"""Whether a reply is a full case comment: every point of the check, passed, failed or not checked, with a sentence.

A pure function over a text and what is known beside it. It is used for drafts, for what a person writes, and for
comments that stand on a case already. What the points mean and where they are weak: docs/reply-check.md.
"""

from snow_escalations.triage.replies.check.model import (
    ESSENTIAL,
    POINTS,
    CheckContext,
    Point,
    PointState,
    Profile,
)
from snow_escalations.triage.replies.check.run import check_reply, is_full
from snow_escalations.triage.replies.check.settings import ReplyCheckSettings
from snow_escalations.triage.replies.check.vocabulary import LANGUAGES

__all__ = [
    "ESSENTIAL",
    "LANGUAGES",
    "POINTS",
    "CheckContext",
    "Point",
    "PointState",
    "Profile",
    "ReplyCheckSettings",
    "check_reply",
    "is_full",
]
