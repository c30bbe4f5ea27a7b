"""What a justification by our own staff tells of the customer: "our VP" is ours, and so is what "we want" by Friday.

The grammar reads every text as one of the customer's. Of what it finds in the words of our own staff, people of rank on
their own side are left out, and a date is the customer's only where the words before it speak of the customer last:
"the customer goes live on Friday", but "we want this closed by Friday, do not tell the customer" is ours. Where it
cannot be told whose a person or a date is, the fact is not known: as with "Nordwind's CEO", if Nordwind is not the
account, or with all that seems ours where the escalation was filed for the customer, as its words may be theirs.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from snow_escalations.model import AuthorKind, Case
from snow_escalations.triage.reading import Deadline
from snow_escalations.triage.reading.people import Executive
from snow_escalations.triage.reading.tokens import word_set

_OURS, _THEIRS, _UNTOLD = AuthorKind.US, AuthorKind.CUSTOMER, AuthorKind.UNKNOWN
_COLLEAGUE = r"(?:manager|boss|lead|leader|head|director|sponsor|executive|management|leadership|side|team)"
_OWN = re.compile(
    rf"(?:\b(?:our|my|ours|internal)\b(?:[\s'’]+\(?(?!(?:and|or|the)\b)[\w-]+\)?){{0,3}}"
    rf"|\b(?:our|my)\s+(?:[\w-]+\s+){{0,2}}{_COLLEAGUE},\s+(?:the|an?)"
    r"|\bas the|\b(?:i am|i['’]m)(?:\s+the)?)[\s,]*\Z",
    re.IGNORECASE,
)
_OF = r"(?:\s+[\w-]+){0,3}\s+(?:of|from|on|at|with)\s+"
_OF_SOMEONE = re.compile(_OF + r"((?:the\s+|our\s+)?[\w-]+)", re.IGNORECASE)
_OF_OURS = re.compile(rf"(?:{_OF}(?:our|ours|us)\b|\s*\((?:ours?|internal|us)\b)", re.IGNORECASE)
_OF_A_FIRM = re.compile(r"\s+(?:of|at|from|with)\s+[A-Z][\w-]*")
_AT_A_FIRM = re.compile(r"(?:\s+[\w-]+){0,3}\s+(?:at|from)\s+[A-Z][\w-]*")
_NAMED_BEFORE = re.compile(r"\b([A-Z][\w-]*)['’]s?\s+(?:[\w-]+\s+){0,2}\Z")
_SERVING = re.compile(
    r"(?:\W+of)?\W+(?:(?:customer|client|global|technical)\s+)?(?:support|success|care|services|escalations?)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\s*(?:,|/|&|\+|,?\s*(?:and|or|as well as|plus)\b)\s*(?:the\s+|also\s+)?\Z", re.IGNORECASE)
_BEFORE, _AFTER = 40, 60  # characters in which it stands whose a person is
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s|\Z)|\n")
_US = word_set("we our ours i my mine")
_SOMEONE = word_set("he she his her")
_THEM = word_set("customer customers client clients they them their theirs contact") | _SOMEONE
_THEIR_CUSTOMER = word_set("customer customers customer's client clients account accounts user users contact")
_WISHING = word_set(
    "ask asks asked asking want wants wanted expect expects expected demand demands demanded require requires insist "
    "insists insisted request requests requested need needs needed told gave gives give hopes hoped said says say"
)
_PASSING = word_set("promised promise told tell gave give offered offer owe assured assure to for with by")
_ARTICLES = word_set("the a an this our that")
_NEAR = 3
_LEAST_NAME = 3
_NO_NAMES = word_set(
    "the and for inc ltd llc llp gmbh plc corp co company group holding holdings international global services service "
    "systems solutions support our their customer bank team department"
)


class Staff(NamedTuple):
    """Our own staff as the writer of a justification.

    Attributes:
        names: the words by which they call the customer, in lower case.
        for_customer: the escalation was filed for the customer, whose words the justification may be.
    """

    names: frozenset[str]
    for_customer: bool = False

    @property
    def own(self) -> AuthorKind:
        """On whose side is what seems to be the writer's."""
        return _UNTOLD if self.for_customer else _OURS


def names_of(cases: Iterable[Case]) -> frozenset[str]:
    """The words of the names of accounts and contacts, in lower case, without those that name nobody."""
    named = [case.account.number for case in cases if case.account is not None]
    named += [case.contact.name for case in cases if case.contact is not None]
    words = frozenset(word for name in named for word in _WORD.findall(name.lower()) if len(word) >= _LEAST_NAME)
    return words - _NO_NAMES


def sides_of(executives: Sequence[Executive], text: str, staff: Staff) -> list[AuthorKind]:
    """On whose side people of rank are, each: the customer's, ours, or untold."""
    sides: list[AuthorKind] = []
    for number, person in enumerate(executives):
        side = _side_of(person, text, staff)
        if side is None and number:
            last = executives[number - 1].quote
            side = sides[-1] if _JOINING.fullmatch(text[last.end : person.quote.start]) else None
        sides.append(side if side is not None else _THEIRS)
    return sides


def _side_of(person: Executive, text: str, staff: Staff) -> AuthorKind | None:
    """On whose side a person is, None where no word around tells it."""
    start, end = person.quote.start, person.quote.end
    before, after = text[max(start - _BEFORE, 0) : start], text[end : end + _AFTER]
    them = _THEM | staff.names
    if person.role == "writer":
        return staff.own
    employer = _OF_SOMEONE.match(after)
    if employer is not None and not them.isdisjoint(_WORD.findall(employer[1].lower())):
        return _THEIRS
    own = _OWN.search(before)
    if own is not None:  # but "our customer's CTO" is theirs
        return staff.own if them.isdisjoint(_WORD.findall(own[0].lower())) else _THEIRS
    if _OF_OURS.match(after) is not None:
        return staff.own
    return _of_a_firm(person, before, after, them)


def _of_a_firm(person: Executive, before: str, after: str, them: frozenset[str]) -> AuthorKind | None:
    """Untold where a firm is named that is not known, or the person's business is what firms like ours do."""
    named = _NAMED_BEFORE.search(before)
    if named is not None:
        return _UNTOLD if them.isdisjoint(_WORD.findall(named[1].lower())) else _THEIRS
    firm = _OF_A_FIRM if person.title.isupper() and len(person.title) > len("VP") else _AT_A_FIRM
    if firm.match(after) or _SERVING.match(after) or _SERVING.search(person.quote.text):
        return _UNTOLD if them.isdisjoint(_WORD.findall(before.lower())) else None
    return None


def imposers_of(deadlines: Sequence[Deadline], text: str, staff: Staff) -> list[AuthorKind]:
    """By whom dates are set, each: the customer, us, or untold."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)] if deadlines else []
    sides = []
    for deadline in deadlines:
        begin, stop = ends[bisect_right(ends, deadline.start) - 1], ends[bisect_left(ends, deadline.end)]
        of_them = _spoken_of(text[begin : deadline.end], staff.names)
        if of_them is None:
            of_them = _spoken_of(text[deadline.end : stop], staff.names, is_first=True)
        sides.append(_THEIRS if of_them else staff.own)
    return sides


def _spoken_of(text: str, names: frozenset[str], *, is_first: bool = False) -> bool | None:
    """Whether words speak of the customer last, or first, and not of us; None if of neither.

    Whom "the customer asks" or "we promised" something is not who does it: he stays who was spoken of before.
    """
    words = _WORD.findall(text.lower())
    of_them: bool | None = None
    since = 0
    for at, word in enumerate(words):
        if (word in _THEM or word in names) and (of_them is not False or _begins_with_them(words, at)):
            of_them, since = True, at
        elif word in _US and _THEIR_CUSTOMER.isdisjoint(words[at + 1 : at + 2]):
            of_them = bool(of_them) and not _WISHING.isdisjoint(words[since + 1 : since + 1 + _NEAR])
        if is_first and of_them is not None:
            return of_them
    return of_them


def _begins_with_them(words: Sequence[str], at: int) -> bool:
    """Whether a word speaks of the customer anew, after us: not as of whom we promise something."""
    before = [each for each in words[max(at - _NEAR, 0) : at] if each not in _ARTICLES]
    return words[at] not in _SOMEONE and (not before or before[-1] not in _PASSING)
