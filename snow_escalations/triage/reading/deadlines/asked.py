"""What somebody is told or asked to do by a day, in whatever words."""

from snow_escalations.triage.reading.deadlines.moment import Scope
from snow_escalations.triage.reading.deadlines.sentence import REACH, Sense, Sentence
from snow_escalations.triage.reading.words import listed

SOMEBODY = listed("i we you they he she somebody someone anyone please pls plz kindly us our your i'd we'd we'll")
NOT_DONE = listed(
    "not no isn't aren't hasn't haven't doesn't don't nobody nothing none never unless still without fail fails"
)
_OF_US = listed("i we you us our your my i'll we'll i'd we'd i'm we're")
_CANNOT = listed("can't cannot couldn't")
_BEGINS = frozenset({"", ",", ";", ":", "and", "or", "so", "then"})
_POLITE = ("please", "pls", "plz", "kindly", "just", "now", "do")
_ORDERS = listed(
    "give send fix solve resolve repair restore provide deliver tell get make unlock bring let sort phone ring correct "
    "call release answer show put patch finish"
)
_ORDERED = listed("me us it this that the our them him her back someone somebody a an your everything")
_BIDDEN = listed(
    "confirm send deliver provide fix solve resolve advise respond submit supply give repair restore correct close "
    "finish complete acknowledge commit"
)
_NOUNS = listed("rate date dates time times status of")  # after what is no order then: "fix date by week", "close of"


def is_wanted(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether somebody wants it: not "all goes well until noon"."""
    if any(sentence.has(heading) for heading in ("need", "future", "event", "grant", "limit_after")):
        return True
    return is_threatened(scope, sentence, first)


def is_threatened(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether somebody will act if it isn't done: "if it isn't fixed by 5pm we roll back", not "it is killed"."""
    if not sentence.has_before("condition", first) or _OF_US.isdisjoint(sentence.words):
        return False
    at = next(iter(sentence.starts["condition"]))
    return not NOT_DONE.isdisjoint(scope.texts[at:first])


def is_ordered(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether the clause of a day begins with an order: "Fix it today", "Please give us the code today"."""
    at = scope.past(_begin_of_clause(scope, sentence, first), _POLITE)
    return scope.texts[at] in _ORDERS and scope.texts[at + 1] in _ORDERED


def is_bidden(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether the clause of a limit begins with an order: "Confirm availability of the patch by 12/9"."""
    at = scope.past(_begin_of_clause(scope, sentence, first), _POLITE)
    return scope.texts[at] in _BIDDEN and scope.texts[at + 1] not in _NOUNS and at < first


def _begin_of_clause(scope: Scope, sentence: Sentence, first: int) -> int:
    at = first - 1
    while at > sentence.start and scope.texts[at - 1] not in _BEGINS:
        at -= 1
    return at


def is_asked(scope: Scope, sentence: Sentence, first: int, stop: int, sense: Sense) -> bool:
    """Whether somebody has to do something today: not "today it needs five"."""
    if sense is not Sense.FUTURE or scope.texts[stop] == "as" or "that" in scope.texts[max(0, first - 3) : first]:
        return False  # "I must state that we know today as little as before"
    if any(
        sentence.senses.get(at) is Sense.FUTURE and scope.texts[at] not in _CANNOT
        for at in range(max(sentence.start, first - REACH), first)
    ):
        return True  # not "40k cards can't be redeemed today"
    return not SOMEBODY.isdisjoint(scope.texts[stop : stop + 4])
