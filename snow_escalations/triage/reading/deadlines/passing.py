"""A day that is only said in passing: until when a thing is valid, who is elsewhere then, what has been called off."""

import re
from datetime import timedelta

from snow_escalations.triage.reading.deadlines.beside import HARD_FILLERS, cue_after, cue_before
from snow_escalations.triage.reading.deadlines.moment import Moment, Scope
from snow_escalations.triage.reading.deadlines.sentence import Sense, Sentence
from snow_escalations.triage.reading.words import listed

_ASKS = listed(
    "please pls plz plss kindly should request requested requesting can could would will asap urgent critical"
)
_NAMED = _ASKS | listed("deadline deadlines latest needed required expected otherwise")
_FAR, _FARTHER = timedelta(days=105), timedelta(days=140)
_SOON = timedelta(days=45)
_SHORT_LIVED = listed(
    "temporary temp interim trial emergency demo only just provisional replacement spare loaner offer quote bid "
    "patience tolerance goodwill"
)
_NEW_DAY = listed("new now next instead but")
_IS = listed("is are isn't aren't it's be")
_UP_TO = HARD_FILLERS | {"least", "end", "of", "well"}
_TO = frozenset({"to", "until", "till", "through", "-"})
_JUST = timedelta(days=14)
_GOES_ON = listed("they it he she which this that")
_OWNS = listed("week's month's quarter's year's")
_BEFORE = frozenset({"before", "by", "ahead", "prior"})
_BINDS = _BEFORE | {"due"}
_CUES = frozenset({"withdrawn", "usual", "valid"})
_AFTER = frozenset({"after", "since", "following"})
_OR_ELSE = frozenset({"or", "else", "otherwise"})
_AS_IT_SHOULD = listed("run runs running work works working operate operates operating function functioning up")
_THE = frozenset({"the", "your", "our"})
_RETIRES = frozenset({"retire", "retires", "retiring"})
_DETERMINERS = listed("the this that its our their all these those a an")
_BECOMES = frozenset({"becomes", "became", "become"})
_FALLS = frozenset({"is", "falls"})
_DAY = _FALLS | {"on"}
_OPENED = re.compile(
    r"\b(?:shows?|displays?|prints|label(?:l?ed)?|stamped|chooses?|selects?|clicks?(?: on)?|subject|line|banners?|"
    r"reads|(?:it|page|portal|screen|log|system|tool) says|fields?|tiles?|filters?|buttons?|columns?|tabs?|views?|"
    r"options?|reports?|lists?|tooltips?|captions?|titles?)"
    r"[^\w\"“„«'‘’\n]{1,3}(?:\w+ ){0,2}[\"“„«'‘][^\"“”„«»'‘’\n]{0,60}\Z"
)
_QUOTES = frozenset("\"”“»'’")
_CLOSED = re.compile(r"[^\"“”„«»'‘’\n]{0,60}[\"”“»'’](?!\w)")
_HOURS = re.compile(r"\d{1,2}(?:[:.]\d\d)?[-–]\d{1,2}(?:[:.]\d\d)?")
_REACH = 110
_TAKEN_BACK = frozenset({"withdrawn", "foreseen"})
_HALTS = listed("stop stops halt halts stand stands lose loses lock locks close closes offline production everybody")


def is_in_passing(
    scope: Scope, sentence: Sentence, first: int, moment: Moment, limit: int | None, *, limited: bool
) -> bool:
    """Whether a day is told without anybody being bound by it, unless the sentence says what must be done."""
    starts = sentence.starts
    if _is_displayed(scope, first, moment.stop) or (moment.span and _is_spent(scope, sentence, first)):
        return True
    pressed = "need" in starts and presses(scope, sentence)
    if not _CUES.isdisjoint(starts) and (
        _is_withdrawn(scope, sentence, first, limit)
        or _is_valid(scope, sentence, first, moment, pressed=pressed)
        or _is_usual(scope, sentence, first, moment)
    ):
        return True
    if limit is not None and _was_due(scope, sentence, moment, limit):
        return True
    if pressed:
        return False
    if "foreseen" in starts and _is_foreseen(scope, sentence, limit, limited=limited):
        return True
    if _is_far(scope, sentence, moment, limit) or _is_day_off(scope, sentence, first, moment):
        return True
    if "notice" in starts and (limit is None or scope.texts[limit] not in _BEFORE):
        return _is_notice(scope, sentence, first) or (not limited and _is_tale(scope, sentence, first, moment))
    return not limited and _is_tale(scope, sentence, first, moment)


def is_off(scope: Scope, sentence: Sentence, first: int, _: Moment) -> bool:
    """Whether a day has been taken back, or is that of a guess, so that it binds nobody however it sounds."""
    starts = sentence.starts
    if _TAKEN_BACK.isdisjoint(starts) or ("need" in starts and presses(scope, sentence)):
        return False
    limit = cue_before(scope, sentence, "limit", first, HARD_FILLERS)
    if "withdrawn" in starts and _is_withdrawn(scope, sentence, first, limit):
        return True
    return "foreseen" in starts and _is_foreseen(scope, sentence, limit, limited=limit is not None)


def _is_tale(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it belongs to what has been, or to what a thing shows."""
    texts = scope.texts
    if _is_figure(scope, sentence, moment) or _is_history(scope, sentence, first, moment):
        return True
    if texts[moment.stop - 1] in _OWNS and moment.stop not in sentence.starts.get("event", ()):
        return True  # it only says of which period a thing is: "ten years for this year's entries"
    if texts[sentence.start] in _AFTER and _is_after(scope, sentence, first, moment):
        return True
    return texts[first - 1] in _BECOMES or (moment.dated and texts[moment.stop] in _BECOMES)


def presses(scope: Scope, sentence: Sentence, mild: frozenset[str] = _ASKS) -> bool:
    """Whether it says that something must be done, not only "please" or "can you"."""
    needs = sentence.starts.get("need")
    return needs is not None and any(scope.texts[at] not in mild for at in needs)


def _is_displayed(scope: Scope, first: int, stop: int) -> bool:
    """Whether it stands in quotes as what is shown: "the key shows 'expires 2027-09-30'"."""
    if _QUOTES.isdisjoint(scope.signs) or _CLOSED.match(scope.text, scope.end(stop - 1)) is None:
        return False
    start = scope.start(first)
    return _OPENED.search(scope.text, max(0, start - _REACH), start) is not None


def _is_withdrawn(scope: Scope, sentence: Sentence, first: int, limit: int | None) -> bool:
    """Whether it does not hold any more, or not for this case: "the deadline of 4 December has been withdrawn"."""
    starts = sentence.starts.get("withdrawn")
    if starts is None or sentence.has("condition") or presses(scope, sentence, _NAMED):
        return False
    for start, end in starts.items():
        if not _OR_ELSE.isdisjoint(scope.texts[first:start]):
            continue  # "they give us three days, otherwise the shifts are cancelled"
        present = scope.texts[start] in _IS  # "by Friday it is cancelled" is a threat
        if start > first and not (present and limit is not None):
            return True
        near = start < first and sentence.clause_of(scope, start) == sentence.clause_of(scope, first)
        if near and not present and _NEW_DAY.isdisjoint(scope.texts[end:first]):
            return True
    return False


def _is_valid(scope: Scope, sentence: Sentence, first: int, moment: Moment, *, pressed: bool) -> bool:
    """Whether it is until when something holds that nobody waits for: "the warranty runs until March"."""
    start = cue_before(scope, sentence, "valid", first, _UP_TO)
    if start is None or cue_after(scope, sentence, "grant_after", moment.stop) is not None:
        return False  # or "my patience is good until Friday, not one day more"
    if scope.texts[first - 1] == "from":
        return scope.texts[moment.stop] in _TO  # "is valid from 13 December to 12 June"
    if moment.first - scope.today > _SOON:
        return True
    return not pressed and _SHORT_LIVED.isdisjoint(scope.texts[sentence.start : first])


def _is_usual(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it is told of each time: "the batch normally needs from ten until about three"."""
    starts = sentence.starts.get("usual")
    if starts is None or moment.dated:
        return False
    clause = sentence.clause_of(scope, first)
    return any(
        sentence.clause_of(scope, start) == clause for start in starts if scope.texts[start - 1] not in _AS_IT_SHOULD
    )


def _is_notice(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether it tells from when somebody or something is elsewhere: "I leave the company at the end of May"."""
    starts = sentence.starts.get("notice")
    if starts is None or sentence.has_before("ceases", first):
        return False
    clause = sentence.clause_of(scope, first)
    begin = next(at for at in range(first, sentence.start - 1, -1) if _begins_clause(scope, sentence, at, clause))
    of = clause - 1 if scope.texts[begin] in _GOES_ON else clause  # "I ordered new disks, they arrive on Tuesday"
    granted = sentence.starts.get("grant", {})  # "it leaves us five days"
    return any(
        of <= sentence.clause_of(scope, start) <= clause and not _is_of_a_thing(scope, start, first)
        for start in starts
        if start not in granted
    )


def _is_of_a_thing(scope: Scope, start: int, first: int) -> bool:
    """Whether a thing is retired, not somebody: "Azure retires this policy on 30 November"."""
    return scope.texts[start] in _RETIRES and start + 2 < first and scope.texts[start + 1] in _DETERMINERS


def _begins_clause(scope: Scope, sentence: Sentence, at: int, clause: int) -> bool:
    return at == sentence.start or scope.texts[at - 1] in (",", ";") or sentence.clause_of(scope, at - 1) < clause


def _is_foreseen(scope: Scope, sentence: Sentence, limit: int | None, *, limited: bool) -> bool:
    """Whether it will happen by itself and nothing is said to stop by it: "the next crash would come on Thursday"."""
    is_event = limit is not None and scope.texts[limit] == "come"
    return (is_event or not limited) and _HALTS.isdisjoint(sentence.words)


def _is_far(scope: Scope, sentence: Sentence, moment: Moment, limit: int | None) -> bool:
    """Whether it is months ahead, and so without a word of what must be done a fact, or a day that has passed."""
    far = moment.first - scope.today
    if far <= _FAR or "will" in sentence.words:
        return False
    if limit is not None and scope.texts[limit] in _BINDS and moment.dated and not sentence.has("ours"):
        return False
    return far > _FARTHER or not (moment.dated and moment.back is None and sentence.has("event"))


def _is_day_off(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it tells hours, or a holiday that the calendar does not know: "Black Consciousness Day is on Friday"."""
    texts = scope.texts
    if scope.is_code(moment.stop) and _HOURS.fullmatch(texts[moment.stop]):
        return not sentence.has("event")  # "Fri 9-15"
    at = first - 1
    while texts[at] in _DAY:
        at -= 1
    if texts[at] != "day" or _FALLS.isdisjoint(texts[at + 1 : first]) or not scope.is_capital(at):
        return False
    return scope.is_capital(at - 1) and scope.text[scope.start(at) - 1] == " "  # not "D-Day"


def _is_figure(scope: Scope, sentence: Sentence, moment: Moment) -> bool:
    """Whether only a number is told of it: "yesterday 1,850; on Monday 1,790"."""
    if moment.dated or not scope.is_code(moment.stop) or sentence.senses or sentence.has("event"):
        return False
    return moment.stop + 1 == sentence.stop and not scope.texts[moment.stop + 1]


def _is_after(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it is of what something came after: "after the update on Sunday the counters start at minus one"."""
    if scope.texts[sentence.start + 1] not in _THE or moment.dated or scope.texts[first - 1] != "on":
        return False
    return not any(at < first or sense is Sense.FUTURE for at, sense in sentence.senses.items())


def _is_history(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it goes on a tale of what has been: "it was reverted on the 2nd, and on the 6th"."""
    if moment.back is not None and "ago" in scope.texts[max(sentence.start, first - 4) : first]:
        return True  # "two years ago, on 1 December"
    if moment.back is None or scope.texts[first - 1] not in ("the", "on", "from"):
        return False
    if sentence.has("event") or sentence.has("future"):
        return False
    before = [sense for at, sense in sentence.senses.items() if at < first]
    return bool(before) and all(sense is Sense.PAST for sense in before)


def _is_spent(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether somebody had so much time and has used it: "we had a two-hour deadline and made it"."""
    if "had" not in scope.texts[max(sentence.start, first - 3) : first]:
        return False
    return len(sentence.senses) > 1 and all(sense is Sense.PAST for sense in sentence.senses.values())


def _was_due(scope: Scope, sentence: Sentence, moment: Moment, limit: int) -> bool:
    """Whether a thing that was due then is told of: "her loan, due on 27 November, was displayed as overdue"."""
    if scope.texts[limit] != "due" or scope.texts[limit - 1] in _IS:
        return False
    if scope.texts[limit - 1] == "was" and moment.back is not None and scope.today - moment.back <= _JUST:
        return True  # "was due on the 13th"
    if sentence.has("need"):
        return False
    after = [sense for at, sense in sorted(sentence.senses.items()) if at >= moment.stop]
    return bool(after) and all(sense is Sense.PAST for sense in after)
