"""Replies to the customer: templates that cannot run anything, the draft, its reference and the check it must pass.

commitments   what every reply can promise, by language
languages     which language a reply is written in
wording       durations and dates in words
words         words of a record, made harmless
environment   the Jinja sandbox: filters, operators, what can be printed
parsing, tags what can be read of a template, whatever else cannot
grammar       what a template can be made of
names, tokens unknown names, at their columns
guards        facts that may be missing where they are used
markup        HTML in a reply
front_matter  the head of a template
tellable      what of the evidence a letter may tell
context       what a template can name
specimen      contexts to check templates with
trial         all that fails when a letter is written, statement by statement
written       one template in one language, and all that is wrong with it
letter        one that can be used
rendering     what it makes of a context
templates     all of them: load, render, check_for
reference     the line by which a reply is found again
copies        copies of a reply on a case
check         whether a reply is a full case comment
"""

from snow_escalations.triage.replies.check import (
    CheckContext,
    Point,
    PointState,
    Profile,
    ReplyCheckSettings,
    check_reply,
    is_full,
)
from snow_escalations.triage.replies.copies import begins_alike, is_cut_copy, same_words
from snow_escalations.triage.replies.reference import reference_line, reference_prefix, with_reference
from snow_escalations.triage.replies.templates import Commitments, Draft, ReplyTemplates, TemplateError

__all__ = [
    "CheckContext",
    "Commitments",
    "Draft",
    "Point",
    "PointState",
    "Profile",
    "ReplyCheckSettings",
    "ReplyTemplates",
    "TemplateError",
    "begins_alike",
    "check_reply",
    "is_cut_copy",
    "is_full",
    "reference_line",
    "reference_prefix",
    "same_words",
    "with_reference",
]
