"""Replies to the customer: templates that cannot run anything, the draft, its reference and the check it must pass."""

from snow_escalations.triage.replies.check import Point, check_reply
from snow_escalations.triage.replies.reference import reference_line, reference_prefix, with_reference
from snow_escalations.triage.replies.templates import Commitments, ReplyTemplates, TemplateError

__all__ = [
    "Commitments",
    "Point",
    "ReplyTemplates",
    "TemplateError",
    "check_reply",
    "reference_line",
    "reference_prefix",
    "with_reference",
]
