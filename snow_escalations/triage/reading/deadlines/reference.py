"""What is told of a day after it was named: "we shut down on 16 December and want it behind us by then"."""

import re
from collections.abc import Iterator

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.sentence import Sentence
from snow_escalations.triage.reading.words import listed

_WINDOW = 320  # characters after a day in which somebody may come back to it, and before it to its event
_REFERS = re.compile(  # in lower case, as all that is looked for in what comes after a day
    r"\b(?:(?:by|before|until|till) then\b"
    r"|(?:by|before|until|till|ahead of|prior to|in time for|on|no later than) (?:that|this|the same|the very) "
    r"(?:very )?(?:day|date|time|morning|evening|moment|point|deadline|event)\b"
    r"|(?:ahead of|before|prior to|in time for|beyond|by the start of|later than) (?:it|that|this)"
    r"(?=\s*(?:[.,;:!?)]|$|\n| or else\b| please\b| at the latest\b))"
    r"|before (?:it|this|that) (?:ends|closes|expires|starts|begins|is (?:over|out|up))"
    r"|before(?=\s*(?:[.;!)]|$))"
    r"|(?:before|until|till|when) (?:she|he|they|i|we) "
    r"(?:go(?:es)?|leaves?|retires?|moves?|departs?|(?:am|is|are) gone)"
    r"|while (?:she|he|they) (?:is|are) still (?:here|there|around|with us))\b"
)
_TO = (" by ", " before ", " until ", " till ", " for ", " ahead of ", " in time ", " prior to ")
_WORDS = (" before", " then", " that", " this", " it", " the same", " the very")  # one of which stands in each
_TO_EVENT = re.compile(
    r"\b(?:by|before|until|till|ahead of|in time for|prior to|(?:ready|fixed|done|working|prepared) for) "
    r"(?:(?:the|that|this|our|his|her|their|its) )?([a-z]{3,})"
)
_NAMES = re.compile(r"[a-z]{3,}")
_NO_EVENTS = listed(
    "the and our your you his her him their its them they this that with from for will must have has are was were been "
    "all any but not now then who what when case ticket issue problem support fix update patch bug error team engineer "
    "customer customers client clients people monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december today tomorrow tonight morning "
    "week weekend month year day days time date system product report reports answer reply call company vendor"
)
_LEAST, _SAME = 4, 5  # letters by which a word is of an event that was named: "renews ... by the renewal"
_NEED = re.compile(
    r"\b(?:must|needs?|wants?|ha(?:s|ve) (?:got )?to|please|pls|kindly|should|requires?|expects?|insists?|asks?|"
    r"would like|(?:i|we)['’]d (?:like|need|want)|you(?: have|['’]ve)|hope|gotta|"
    r"cannot|can['’]t|urgent|at the latest|otherwise|or else|"
    r"(?:call|ring|phone|mail|tell) (?:me|us)|"
    r"(?:get|have|send|give|bring|settle|fix|solve|finish|close|deliver|answer|ship|sort) (?:it|this|that|them|us|me)|"
    r"can (?:you|we|i|someone)|could (?:you|we|i|someone)|will you|be ready|required|needed|(?:is|are) due)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:don['’]t|do not|no need|not need|nothing|nobody|won['’]t|wouldn['’]t)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_SO = " so "  # after a reason
_SENTENCES = 2  # that of the day and the one after it


def is_referred_to(scope: Scope, sentence: Sentence, moment: Moment) -> bool:
    """Whether what is needed shall be there by a day that was named just before, or by its event.

    The reference stands in the sentence of the day or in the next one, with a word that says that something is needed.
    """
    if moment.last < scope.today or (moment.span and moment.needs is Needs.LIMIT):
        return False
    start = scope.end(moment.stop - 1)
    rest = scope.text[start : start + _WINDOW]
    references = [*_references(scope, sentence, rest.lower(), start)]
    if not references:
        return False
    ends = [found.end() for found in _STOP.finditer(rest, scope.end(sentence.stop - 1) - start)]
    return any(_is_needed(rest, span, ends) for span in references)


def _is_needed(rest: str, reference: tuple[int, int], ends: list[int]) -> bool:
    """Whether something is needed in the sentence of a reference, which is that of the day or the next one."""
    begin, end = reference
    if len(ends) >= _SENTENCES and begin >= ends[_SENTENCES - 1]:
        return False
    told = max((each for each in ends if each <= begin), default=0)
    stop = next((each for each in ends if each >= end), len(rest))
    if (reason := rest.rfind(_SO, told, begin)) >= 0:
        told = reason  # "there is nobody to do it, so it must be done by then"
    return _NEED.search(rest, told, stop) is not None and _DENIED.search(rest, told, begin) is None


def _references(scope: Scope, sentence: Sentence, rest: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the words after a day come back to it: "by then", "before the final" after "Saturday is cup final"."""
    if any(map(rest.__contains__, _WORDS)) and (found := _REFERS.search(rest)) is not None:
        yield found.span()
    if not any(map(rest.__contains__, _TO)):
        return
    begin, end = max(scope.start(sentence.start), start - _WINDOW), scope.end(sentence.stop - 1)
    for found in _TO_EVENT.finditer(rest):
        named = _NAMES.findall(scope.text[begin : min(end, start + found.start())].lower())
        event = found[1]
        if event not in _NO_EVENTS and any(_is_same(event, word) for word in named if word not in _NO_EVENTS):
            yield found.span()


def _is_same(event: str, word: str) -> bool:
    """Whether two words tell of the same: "renewal" and "renews", "run" and "run", "signing" and "sign"."""
    short, long = sorted((event, word), key=len)
    return (
        event == word
        or (len(short) >= _LEAST and long.startswith(short))
        or (len(short) >= _SAME and short[:_SAME] == long[:_SAME])
    )
