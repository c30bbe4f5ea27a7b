"""What makes a day inert although a sentence names it: labels, plans of others, opening hours, examples, quotes."""

import re
from collections.abc import Container, Sequence

from snow_escalations.triage.reading.deadlines.asked import NOT_DONE
from snow_escalations.triage.reading.deadlines.beside import cue_after
from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.sentence import REACH, Sentence
from snow_escalations.triage.reading.words import listed

_GLUE = frozenset("=_#@\\%&?")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’"}
_SHOWN = {**_QUOTES, "'": "'"}
_ONWARDS = frozenset({"on", "onward", "onwards", "forward"})
_JOINS = frozenset({"and", "but"})
_WHETHER = frozenset({"if", "whether"})
_OR_ELSE = frozenset({"or", "else", "otherwise"})
_OPENED = re.compile(r"(?<!\w)'[^'\n]*\Z")
_CLOSED = re.compile(r"[^'\n.;]{0,20}'(?!\w)")
_TAG = re.compile(
    r"</(?!(?:a|b|i|u|p|s|em|td|th|li|ul|ol|h\d|br|div|del|ins|pre|big|sub|sup|code|span|font|mark|small|strong|center|"
    r"blockquote)>)[^>\s]+>",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[;=|][^\s;]")
_ANY_GLUE = _GLUE | frozenset(";|>")
_ANY_QUOTE = frozenset(_QUOTES)
_APART = re.compile(r"'(?:(?![^\W\d_])|(?<![^\W\d_]'))")  # not between two letters, as in "don't"
_FEW, _SAID = 20, 60  # characters before it: of a value, of what somebody said
_ASKS = listed("is are was were does do did has have will until when which how why what where who")
_ASKS_WHAT = listed("until what which where who")
_OF_OTHERS = frozenset({"own", "away", "vendor"})
_BINDING = frozenset({"need", "speech", "ours", "grant", "event"})
_PERSON = listed("i we us our my me we're i'm we've i've we'd we'll")
_ONCE = frozenset({"when", "once"})
_FINDS_OUT = listed("let see check report watch monitor observe verify test try")
_BY = frozenset({"by", "before", "until", "till"})
_PLACES = frozenset({"office", "town", "country", "house", "reach"})
_WE = frozenset({"we", "i", "you", "they", "he", "she", "", ",", "it", "that", "this"})
_RULED = listed("must should has have is are shall needs need requires required latest mandatory")
_OF_CASES = frozenset({"critical", "urgent"})
_AT_HAND = listed("we i this it that they")
_ADVERBS = listed("now also therefore then hereby still urgently thus really")
_DEFINITE = frozenset({"the", "this", "our", "my"})
_NOBODY = frozenset({"nobody", "noone", "no", "none"})
_US, _ASKS_HOW = frozenset({"me", "us"}), frozenset({"how", "what", "is", "about"})
_OPENERS = listed("and also so btw but hello hi question : , ok well then")
_CONDITIONS = listed("if that so until before when unless once while which to whether")
_LINKS = listed("to through thru - – till until til")
_NIGHT = frozenset({"night", "overnight"})
_BEFORE_DATE = listed(
    "on by for is are at : - – — ( , the and or / to of in from as until till before due ; = > -> | mid"
)


def is_inert(scope: Scope, sentence: Sentence, first: int, moment: Moment, *, limited: bool) -> bool:
    """Whether nobody is bound by a day, whatever the verbs say."""
    starts = sentence.starts
    if is_literal(scope, sentence, first, moment, limited=limited) or _is_range(scope, sentence, first, moment):
        return True
    if scope.texts[first] == "today" and _begins_now(scope, first, moment.stop):
        return True
    if not _OF_OTHERS.isdisjoint(starts) and (
        _keeps(scope, sentence, "own", first, moment.stop)
        or _keeps(scope, sentence, "away", first, moment.stop)
        or _keeps(scope, sentence, "vendor", first, moment.stop, whole=True)
    ):
        return True
    if "recurring" in starts and not moment.dated and "need" not in starts:
        return scope.texts[first - 1] != "from" or scope.texts[moment.stop] not in _ONWARDS
    told = (limited and "need" in starts) or sentence.has_before("ceases", first)
    if not told and "shown" in starts and _keeps(scope, sentence, "shown", first, moment.stop):
        return True
    if (
        moment.span
        and moment.needs is not Needs.NOTHING
        and ("technical" in starts or _keeps(scope, sentence, "every", first, moment.stop))
    ):
        return True
    if moment.span and "rule" in starts and moment.needs is Needs.LIMIT and _is_by_rule(scope, sentence, first):
        return True
    return _is_question(scope, sentence, moment, limited=limited) or _is_told(scope, sentence, first, moment)


def is_literal(scope: Scope, sentence: Sentence, first: int, moment: Moment, *, limited: bool) -> bool:
    """Whether a day stands there as signs: in quotes, as the name of something, or as a part of something longer."""
    signs = scope.signs
    apart = "'" in signs and _APART.search(scope.text) is not None
    if apart and _is_shown_alone(scope, sentence, first, moment.stop):
        return True
    if not _ANY_GLUE.isdisjoint(signs) and _is_glued(scope, first):
        return True
    return not limited and (apart or not _ANY_QUOTE.isdisjoint(signs)) and _is_quoted(scope, first, moment.stop)


def _keeps(scope: Scope, sentence: Sentence, heading: str, first: int, stop: int, *, whole: bool = False) -> bool:
    """Whether such a cue shares the clause of a day, and no need stands between the two."""
    starts = sentence.starts.get(heading)
    if not starts:
        return False
    needs = sentence.starts.get("need", {})
    clause = sentence.clause_of(scope, first)
    conditional = heading == "own" and sentence.has_before("condition", first)
    for start in range(max(sentence.start, first - REACH), min(sentence.stop, stop + REACH)):
        if start not in starts or ((start > first or not whole) and sentence.clause_of(scope, start) != clause):
            continue  # of a vendor's plan only what stands before it reaches over a comma
        if heading == "own" and (scope.texts[start - 1] in _CONDITIONS or (start > first and conditional)):
            continue  # "if we can test", "if nothing happens by Monday I will ask our lawyers"
        cue = range(start, starts[start])
        if heading == "away" and (_is_to_call(scope, cue) or _is_there(scope, sentence, cue, first, stop)):
            continue
        if heading in ("own", "away") and start > first and not _OR_ELSE.isdisjoint(scope.texts[stop:start]):
            continue  # "it prints by Friday or I return the licences"
        if heading == "own" and start < first and _leaves_open(scope, sentence, cue, first, stop):
            continue
        if heading in ("own", "vendor") and start > first and not _JOINS.isdisjoint(scope.texts[stop:start]):
            continue  # "goes live on Friday and all I get is an answer of a machine"
        if heading == "vendor" and start > first and not _WHETHER.isdisjoint(scope.texts[stop:start]):
            continue  # "can you tell me by tomorrow if the fix is included"
        if heading == "shown" and start > first and sentence.has_before("need", first):
            continue  # "must be submitted on 1 December and the column is wrong"
        between = range(starts[start], first) if start < first else range(stop, start)
        if not any(at in needs for at in between):
            return True
    return False


def _is_by_rule(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether a span is how long things of a kind may take by a rule: "per our contract P2 cases must be answered in".

    It is a limit of this one if somebody asks for it, or if it is said of what is at hand: "the case must be ...".
    """
    if not sentence.has_before("rule", first):
        return False
    texts, rules = scope.texts, sentence.starts["rule"].items()
    needs = [at for at in sentence.starts.get("need", ()) if texts[at] not in _OF_CASES]
    return needs != [] and all(
        any(start <= at < end for start, end in rules) or (texts[at] in _RULED and not _is_at_hand(texts, at))
        for at in needs
    )


def _is_at_hand(texts: Sequence[str], at: int) -> bool:
    """Whether a verb is of this case, or of who speaks: "we now need", "the case must"."""
    before = at - 1
    while texts[before] in _ADVERBS:
        before -= 1
    return texts[before] in _AT_HAND or texts[before - 1] in _DEFINITE


def _is_there(scope: Scope, sentence: Sentence, cue: range, first: int, stop: int) -> bool:
    """Whether a day binds although somebody seems only to say when they are there."""
    if cue.start + 1 in sentence.starts.get("valid", ()) and scope.texts[cue.start - 1] not in _WE:
        return True  # "the old licence is good until Friday", which is weighed as what is valid
    if scope.texts[cue.stop] == "of" and scope.texts[cue.stop + 1] not in _PLACES:
        return True  # "by Friday or we're out of the tender", "two days and we are out of stock"
    needs: Container[int] = sentence.starts.get("need", ())
    if any(at in needs and scope.texts[at] == "must" for at in cue):
        return True  # "we must have it closed by Friday"
    if scope.texts[first - 1] == "after" and scope.texts[cue.start] in _NOBODY:
        return True  # "nobody will be in the office after Christmas Eve"
    if scope.texts[cue.start - 1] == "before":
        return True  # "before we shut the books on the 27th", "today before we shut the shop"
    if cue.start < first and cue_after(scope, sentence, "grant_after", stop) is not None:
        return True  # "my patience is good until Friday, not one day more"
    if scope.texts[cue.start - 1] not in _ONCE:
        return False
    return any(at in needs for at in range(first, first + REACH))  # "when I'm back on Monday I expect a solution"


def _is_to_call(scope: Scope, cue: range) -> bool:
    """Whether somebody is asked to call: "can you call me tomorrow?", not "how about a call tomorrow?"."""
    if scope.texts[cue.stop - 1] != "call" or scope.texts[cue.stop] not in _US:
        return False
    return scope.texts[cue.start] not in _ASKS_HOW and scope.texts[cue.start + 1] != "i"


def _leaves_open(scope: Scope, sentence: Sentence, cue: range, first: int, stop: int) -> bool:
    """Whether a day binds although somebody seems to say before it what they will do themselves."""
    texts = scope.texts
    if texts[cue.start] == "patch" and (first, stop) != (cue.start + 1, cue.stop):
        return True  # "our roll-out of Patch Tuesday on 8 December"
    if texts[first - 1] in _BY and sentence.has_before("condition", first) and texts[cue.stop - 1] not in _FINDS_OUT:
        return not NOT_DONE.isdisjoint(texts[cue.stop : first])  # "we'll roll back if it isn't fixed by 6 pm"
    # "I can keep the customer calm until Thursday"
    return texts[cue.start + 1 : cue.start + 3] == ["can", "keep"] and texts[first - 1] in ("until", "till")


def _is_glued(scope: Scope, first: int) -> bool:
    """Whether it is a part of something longer: `?date=2026-12-09`, `ID_20261201`, `30.11.2026;OK`."""
    start, end = scope.start(first), scope.end(first)
    if scope.text[start - 1 : start] == ">" and _TAG.match(scope.text, end) is not None:
        return True
    return (start > 0 and scope.text[start - 1] in _GLUE) or _FIELD.match(scope.text, end) is not None


def _begins_now(scope: Scope, first: int, stop: int) -> bool:
    """Whether "today" says from when something holds: "from today on"."""
    return stop == first + 1 and scope.texts[first - 1] == "from" and scope.texts[stop] in _ONWARDS


def _is_quoted(scope: Scope, first: int, stop: int) -> bool:
    """Whether it stands alone in quotes, as a word on a screen: 'click on "Tomorrow"'."""
    start, end = scope.start(first), scope.end(stop - 1)
    if _within_apostrophes(scope.text, start, end):
        return True
    return start > 0 and _SHOWN.get(scope.text[start - 1]) == scope.text[end : end + 1]


def _within_apostrophes(text: str, start: int, end: int, *, few: int = _FEW) -> bool:
    """Whether it stands in a few words between single quotes, which apostrophes are not."""
    return _CLOSED.match(text, end) is not None and _OPENED.search(text, max(0, start - few), start) is not None


def _is_shown_alone(scope: Scope, sentence: Sentence, first: int, stop: int) -> bool:
    """Whether it stands in quotes with its limit, as the name of something: "the tile 'Due this week' is empty"."""
    if not _BINDING.isdisjoint(sentence.starts):
        return False
    return _within_apostrophes(scope.text, scope.start(first), scope.end(stop - 1))


def _is_range(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it is an end of "Monday to Friday"."""
    texts, stop = scope.texts, moment.stop
    before, after = texts[first - 1], texts[stop]
    if moment.dated or not (before in _LINKS or after in _LINKS) or "moved" in sentence.starts:
        return False  # "Fri 27 Nov 22:00 - Sat 28 Nov 04:00", "moved from Thursday to Monday"
    if not _NIGHT.isdisjoint(texts[max(0, first - 4) : first]):
        return False  # "the night from Saturday to Sunday"
    days = scope.vocabulary.weekdays
    goes_on = after in _LINKS and texts[stop + 1] in days
    if goes_on and before == "from" and (sentence.has("event") or sentence.has("need")):
        return False  # "our stand at the fair is open from Friday to Sunday"
    if goes_on and texts[stop - 1] in days:
        return True  # "8 to 6, Monday to Friday"
    return texts[first] in days and (goes_on or (before in _LINKS and texts[first - 2] in days))


def _is_question(scope: Scope, sentence: Sentence, moment: Moment, *, limited: bool) -> bool:
    """Whether somebody merely asks how things are: "is a response within 4 hours included on 24 December?"."""
    if "?" not in scope.text or not scope.is_asked(sentence.stop):
        return False
    if (limited and not moment.span) or sentence.has("need"):
        return False
    words = scope.texts[sentence.start : sentence.stop]
    if not (sentence.senses or limited or sentence.has("event") or moment.dated):
        return True  # "another web session tomorrow?"
    if not _PERSON.isdisjoint(words) and words[:2] not in (["is", "it"], ["was", "it"], ["what", "happens"]):
        return False
    asks = next((word for word in words if word not in _OPENERS), "")
    return asks in (_ASKS_WHAT if sentence.has("event") else _ASKS)


def _is_told(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it stands in words that somebody said at another time: 'they wrote "tomorrow you have it"'."""
    if moment.dated or not sentence.has("speech"):
        return False
    if _within_apostrophes(scope.text, scope.start(first), scope.end(moment.stop - 1), few=_SAID):
        return True
    quote = scope.start(sentence.start), scope.start(first)
    line = scope.text[quote[0] : quote[1]]
    for opening, closing in _QUOTES.items():
        opened = line.count(opening) % 2 == 1 if opening == closing else line.count(opening) > line.count(closing)
        if opened and closing in scope.text[quote[1] :]:
            return not sentence.has_before("need", first)
    return False


def is_labelled(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether a date in digits stands beside a word as its label, as in "invoice 2026-12-01 is missing"."""
    if not moment.dated or not scope.is_code(first) or moment.stop - first > 1 or moment.needs is not Needs.NOTHING:
        return False
    before = scope.texts[first - 1]
    if not before or before in _BEFORE_DATE or before in scope.vocabulary.weekdays:
        return False
    return moment.stop in sentence.senses and not any(at < first for at in sentence.senses)
