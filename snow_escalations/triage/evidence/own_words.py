"""What a justification by our own staff tells of the customer: "our VP" is ours, and so is what "we want" by Friday.

The grammar reads every text as one of the customer's. Of what it finds in the words of our own staff, people of rank on
their own side are left out, and a date is the customer's only where the sentence speaks of the customer, and not of
us: "the customer goes live on Friday", but "we want this closed by Friday, do not tell the customer" is ours.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from snow_escalations.model import Case
from snow_escalations.triage.reading import Deadline
from snow_escalations.triage.reading.deadlines import ImposedBy
from snow_escalations.triage.reading.people import Executive
from snow_escalations.triage.reading.tokens import word_set

_OWN = re.compile(
    r"(?:\b(?:our|my|ours)\b(?:[\s'’]+[\w-]+){0,3}|\bas the|\b(?:i am|i['’]m)(?:\s+the)?)[\s,]*\Z", re.IGNORECASE
)
_OF_OURS = re.compile(r"(?:\s+[\w-]+){0,3}\s+(?:of|from|on|at|with)\s+(?:our|ours|us)\b", re.IGNORECASE)
_BEFORE, _AFTER = 40, 60  # characters in which it stands whose a person is
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|\n")
_US = word_set("we us our ours i me my mine")
_THEM = word_set("customer customers client clients they them their theirs he she his her contact")
_LEAST_NAME = 3


def names_of(cases: Iterable[Case]) -> frozenset[str]:
    """The words of the names of accounts and contacts, in lower case."""
    named = [case.account.number for case in cases if case.account is not None]
    named += [case.contact.name for case in cases if case.contact is not None]
    return frozenset(word for name in named for word in _WORD.findall(name.lower()) if len(word) >= _LEAST_NAME)


def of_others(executives: Iterable[Executive], text: str, names: frozenset[str]) -> list[Executive]:
    """Those that are not of the writer's own side, `names` being those of the customer."""
    return [person for person in executives if not _is_own(person, text, names)]


def _is_own(person: Executive, text: str, names: frozenset[str]) -> bool:
    start, end = person.quote.start, person.quote.end
    if person.role == "writer":
        return True
    before = _OWN.search(text[max(start - _BEFORE, 0) : start])
    if before is not None:  # but "our customer's CTO" is theirs
        return (_THEM | names).isdisjoint(_WORD.findall(before[0].lower()))
    return _OF_OURS.match(text[end : end + _AFTER]) is not None


def with_whose(deadlines: Sequence[Deadline], text: str, names: frozenset[str]) -> list[Deadline]:
    """Deadlines with whose they are, `names` being those of the customer."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)] if deadlines else []
    whose = []
    for deadline in deadlines:
        begin, stop = ends[bisect_right(ends, deadline.start) - 1], ends[bisect_left(ends, deadline.end)]
        words = _WORD.findall(text[begin:stop].lower())
        of_customer = _US.isdisjoint(words) and not (_THEM | names).isdisjoint(words)
        whose.append(deadline if of_customer else deadline._replace(imposed_by=ImposedBy.US))
    return whose
