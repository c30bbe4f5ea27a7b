"""The points about what a reply says: which escalation, the decision, the reason, what comes next, how to talk."""

import re

from snow_escalations.model import Outcome
from snow_escalations.triage.replies.check.checked import Checked, point
from snow_escalations.triage.replies.check.model import Point, Profile
from snow_escalations.triage.replies.check.talk import telephones_in
from snow_escalations.triage.replies.check.text import UNSPACED, names, words_of

_ESCALATION = re.compile(r"\b[eé]s[ck]al[aoy]|エスカレ", re.IGNORECASE)
_NUMBER = re.compile(r"([A-Z]{2,10})(\d{4,})")


def names_escalation(checked: Checked) -> Point:
    """Whether it names the escalation: its number; on the case the word is enough, unless another number is named."""
    name, number, text = "names_escalation", checked.context.escalation_number, checked.reply.raw
    if number and names(checked.reply.plain, number):
        return point(name, True, f"names the escalation {number}", "")  # noqa: FBT003
    if number and checked.context.profile is not Profile.AUDIT:
        return point(name, False, "", f"does not name the escalation {number}")  # noqa: FBT003
    form = _NUMBER.fullmatch(number)
    others = {f"{prefix}{digits}" for prefix, digits in _NUMBER.findall(text) if form and prefix == form[1]}
    if others:
        return point(name, False, "", f"names {', '.join(sorted(others)[:3])} and not {number}")  # noqa: FBT003
    spoken = _ESCALATION.search(checked.reply.folded) is not None
    return point(name, spoken, "speaks of the escalation", "does not speak of an escalation")


def states_decision(checked: Checked) -> Point:
    """Whether it says what was decided, and not the opposite."""
    name, outcome = "states_decision", checked.context.outcome
    if outcome is Outcome.HOLD:
        return point(name, False, "", "tells of a hold, which is not told to the customer")  # noqa: FBT003
    if checked.meaning is None:
        return checked.not_read(name, "whether it says what was decided")
    decision = checked.meaning.decision
    rejects = outcome is Outcome.REJECT
    wanted = "was not approved" if rejects else "was approved"
    right, wrong = (decision.refused, decision.granted) if rejects else (decision.granted, decision.refused)
    if right and wrong:
        return point(name, False, "", "says both that the escalation was approved and that it was not")  # noqa: FBT003
    if wrong:
        return point(name, False, "", f"does not say that the escalation {wanted}, but the opposite")  # noqa: FBT003
    return point(name, right, f"says that the escalation {wanted}", f"does not say that the escalation {wanted}")


def gives_reason(checked: Checked) -> Point:
    """Whether a rejection gives a reason in a sentence, beyond talk of policy."""
    name = "gives_reason"
    if checked.context.outcome is not Outcome.REJECT:
        return point(name, True, "needs no reason, as it is no rejection", "")  # noqa: FBT003
    if checked.meaning is None:
        return checked.not_read(name, "whether it gives a reason")
    why = "gives no reason in a full sentence; talk of criteria and policy is none, nor is that it was decided so"
    return point(name, checked.meaning.reason, "gives a reason", why)


def says_next_steps(checked: Checked) -> Point:
    """Whether it says what happens next."""
    if checked.meaning is None:
        return checked.not_read("says_next_steps", "whether it says what happens next")
    well = checked.meaning.next_steps
    return point(
        "says_next_steps", well, "says what happens next", "does not say what happens next, who does it or when"
    )


def offers_talk(checked: Checked) -> Point:
    """Whether it offers a way to talk: in a draft all that were promised, elsewhere any."""
    name, offers = "offers_talk", checked.context.offers
    words = checked.reply.words
    missing = [offer for offer in offers if not _stands_in(words, words_of(offer))]
    if checked.context.profile is Profile.DRAFT and offers:
        shown = ", ".join(f"`{offer}`" for offer in missing)
        return point(
            name, not missing, "offers every way to talk that was promised", f"lacks what was promised: {shown}"
        )
    meaning = checked.meaning
    given = [offer for offer in offers if offer not in missing and (meaning is None or meaning.gives(offer))]
    said = bool(given) or (meaning is None and bool(telephones_in(checked.reply.folded)))
    if said or (meaning is not None and (meaning.telephone or meaning.offers_talk)):
        return point(name, True, "offers a way to talk", "")  # noqa: FBT003
    if meaning is None:
        return checked.not_read(name, "whether it offers a way to talk")
    none = "offers no way to talk, such as a contact, a number or a meeting"
    refused = [f"`{way}`" for way in dict.fromkeys(meaning.ways)]
    why = f"refuses the way to talk that it names, or takes it back: {', '.join(refused[:3])}" if refused else none
    return point(name, False, "", why)  # noqa: FBT003


def _stands_in(words: str, sought: str) -> bool:
    """Whether some words stand among others; in a script without blanks, whatever is written around them."""
    if UNSPACED.search(sought):
        return "".join(sought.split()) in "".join(words.split())
    return bool(sought.strip()) and sought in words
