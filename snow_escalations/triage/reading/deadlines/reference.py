"""What is told of a day after it was named: "we shut down on 16 December and want it behind us by then"."""

import re

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.sentence import Sentence

_WINDOW = 320  # characters after a day in which somebody may come back to it
_REFERS = re.compile(
    r"\b(?:(?:by|before) then\b"
    r"|(?:by|before|ahead of|prior to|in time for|on|no later than) (?:that|this|the same|the very) "
    r"(?:very )?(?:day|date|time|morning|evening|moment|point|deadline|event)\b"
    r"|(?:ahead of|before|prior to|in time for|beyond|by the start of|later than) (?:it|that|this)"
    r"(?=\s*(?:[.,;:!?)]|$|\n| or else\b| please\b| at the latest\b))"
    r"|(?:before|until|till|when) (?:she|he|they|i|we) "
    r"(?:goes?|leaves?|retires?|moves?|departs?|(?:am|is|are) gone)"
    r"|while (?:she|he|they) (?:is|are) still (?:here|there|around|with us))\b",
    re.IGNORECASE,
)
_WORDS = (" then", " that", " this", " it", " the same", " the very")  # one of which stands in each
_NEED = re.compile(
    r"\b(?:must|needs?|wants?|ha(?:s|ve) (?:got )?to|please|pls|kindly|should|requires?|expects?|insists?|would like|"
    r"(?:i|we)['’]d (?:like|need|want)|hope|gotta|cannot|can['’]t|urgent|at the latest|otherwise|or else|"
    r"can (?:you|we|i|someone)|could (?:you|we|i|someone)|will you|be ready|required)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:don['’]t|do not|no need|not need|nothing|nobody|won['’]t|wouldn['’]t)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_SENTENCES = 2  # that of the day and the one after it


def is_referred_to(scope: Scope, sentence: Sentence, moment: Moment) -> bool:
    """Whether what is needed shall be there by a day that was named just before.

    The reference stands in the sentence of the day or in the next one, with a word that says that something is needed.
    """
    if moment.last < scope.today or (moment.span and moment.needs is Needs.LIMIT):
        return False
    start = scope.end(moment.stop - 1)
    rest = scope.text[start : start + _WINDOW]
    lowered = rest.lower()
    if not any(word in lowered for word in _WORDS):
        return False
    found = _REFERS.search(rest)
    if found is None:
        return False
    ends = [end.end() for end in _STOP.finditer(rest, scope.end(sentence.stop - 1) - start)]
    if len(ends) >= _SENTENCES and found.start() >= ends[_SENTENCES - 1]:
        return False
    told = max((end for end in ends if end <= found.start()), default=0)
    stop = next((end for end in ends if end >= found.end()), len(rest))
    return _NEED.search(rest, told, stop) is not None and _DENIED.search(rest, told, found.start()) is None
