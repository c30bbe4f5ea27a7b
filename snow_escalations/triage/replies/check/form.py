"""The points about the form of a reply: its length, where it stands, its reference."""

from snow_escalations.model import Element, Outcome
from snow_escalations.triage.replies.check.checked import Checked, point, unchecked
from snow_escalations.triage.replies.check.model import Point, Profile
from snow_escalations.triage.replies.leaks import has_code_tag
from snow_escalations.triage.replies.reference import has_reference


def long_enough(checked: Checked) -> Point:
    """Words, or characters where a script has no blanks; a sentence that is repeated counts once."""
    reply, settings, rejects = checked.reply, checked.settings, checked.context.outcome is Outcome.REJECT
    if reply.is_unspaced:
        least = settings.min_characters_rejection if rejects else settings.min_characters_approval
        count, unit = sum(map(len, dict.fromkeys(reply.unspaced))), "character"
    else:
        least = settings.min_words_rejection if rejects else settings.min_words_approval
        count, unit = sum(sentence.count(" ") for sentence in dict.fromkeys(reply.sentences)), "word"
    said = f"{count} {unit}{'' if count == 1 else 's'}; at least {least} are wanted"
    return point("long_enough", count >= least, f"has {said}", f"has only {said}")


def is_customer_visible(checked: Checked) -> Point:
    """Whether the customer sees it: a comment, and no work note."""
    name, element = "is_customer_visible", checked.context.element
    if element is None:
        if checked.context.profile is Profile.AUDIT:
            return unchecked(name, "the journal field that the text stands in was not given")
        return point(name, True, "will be posted as a comment, which the customer sees", "")  # noqa: FBT003
    return point(
        name,
        element is Element.COMMENTS,
        "is a comment, which the customer sees",
        f"stands in `{element.value}`, which the customer does not see",
    )


def reference(checked: Checked) -> Point:
    """Whether a draft ends in its reference line; no other text needs one."""
    name, number = "has_reference", checked.context.escalation_number
    if checked.context.profile is Profile.PERSON:
        return point(name, True, "gets its reference line when it is posted", "")  # noqa: FBT003
    if checked.context.profile is Profile.AUDIT:
        return point(name, True, "stands on the case and needs no reference line", "")  # noqa: FBT003
    if not number:
        return unchecked(name, "the number of the escalation was not given")
    well = has_reference(checked.reply.raw, number)
    return point(name, well, "ends in its reference line", f"does not end in a reference line to {number}")


def no_code_tag(checked: Checked) -> Point:
    """Whether nothing in it is rendered as HTML."""
    found = has_code_tag(checked.reply.folded)
    return point("no_code_tag", not found, "carries no [code] tag", "carries a [code] tag, which is rendered as HTML")
