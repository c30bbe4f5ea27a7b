"""Replies to the customer: templates that cannot run anything, the draft, its reference and the check it must pass."""

from snow_escalations.triage.replies.check import Point, check_reply
from snow_escalations.triage.replies.copies import begins_alike, is_cut_copy, same_words
from snow_escalations.triage.replies.reference import reference_line, reference_prefix, with_reference
from snow_escalations.triage.replies.templates import Commitments, ReplyTemplates, TemplateError

__all__ = [
    "Commitments",
    "Point",
    "ReplyTemplates",
    "TemplateError",
    "begins_alike",
    "check_reply",
    "is_cut_copy",
    "reference_line",
    "reference_prefix",
    "same_words",
    "with_reference",
]
