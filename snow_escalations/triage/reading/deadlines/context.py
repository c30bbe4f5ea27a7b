"""Whether a sentence makes a limit of a time expression, a past event, or nothing."""

import re
from datetime import timedelta
from typing import NamedTuple

from snow_escalations.triage.reading.deadlines.asked import (
    SOMEBODY,
    is_asked,
    is_bidden,
    is_ordered,
    is_threatened,
    is_wanted,
)
from snow_escalations.triage.reading.deadlines.beside import (
    HARD_FILLERS,
    cue_after,
    cue_before,
    is_no_limit,
    speaks_against,
)
from snow_escalations.triage.reading.deadlines.inert import is_inert, is_labelled
from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.passing import is_in_passing
from snow_escalations.triage.reading.deadlines.reference import is_referred_to
from snow_escalations.triage.reading.deadlines.sentence import REACH, Sense, Sentence, governing
from snow_escalations.triage.reading.deadlines.shapes import day_number
from snow_escalations.triage.reading.words import listed

JUST_PASSED = timedelta(days=45)
_FILLERS = listed(
    "the this coming our on at around about approximately latest : , ( - – = is by in of a an * next your then "
    "their upcoming not later than or before and be for calendar fiscal financial current"
)
_BEFORE_PADDED = frozenset({"on", "by", "until", "am", "for"})
_OF_TIME = frozenset({"date", "on", "is", ":", "-", "–", "=", "am", "(", "due", "as", "from"})
_TODAY = frozenset({"today", "today's"})
_WHO = frozenset({"i", "we", "they", "he", "she"})
_THREATENS = SOMEBODY | {"then", "it's", "i'm", "we're", "i'll", "my"}
_PERFECT = listed("has have had hasn't haven't hadn't been seen heard")
_AHEAD = frozenset({"tomorrow's", "tonight's"})
_NEAR = 4
_LONGEST_NAME = 8
_OR_ELSE = frozenset({"or", "otherwise", "means"})
_EXTENDED = frozenset({"extend", "extended"})
_HAS = listed("has have")
_TO = frozenset({"to", "until", "till"})
_OURS = frozenset({"the", "our", "my"})
_NOTHING = listed("no not nothing nobody none never still only without zero haven't hasn't hadn't didn't isn't")
_LONG, _SIX_DAYS = timedelta(hours=1), timedelta(days=6)
_DOTTED = re.compile(r"\.(?:[,;):]| [a-z])")
_POSSESSIVE = "'s"
_PADDED = re.compile(r"0\d\.\d\d|\d\d\.0\d")
_STILL = re.compile(r"[\s.!…]*(?:not|no|nothing|nobody|still|zero|silence|without|never|none)\b", re.IGNORECASE)
_THEN = re.compile(
    r"[\s.!…]*(?:then|after that|afterwards|thereafter|that(?:['’]?s| is) (?:what|all|how(?! long)|"
    r"how long (?:i|we|you|they|he|she)(?:['’]ll)? (?:can|will|may|keep|give|wait|have(?! been)|get|stay)))\b",
    re.IGNORECASE,
)
_TODAY_FILLERS = listed(
    "is are at on for planned scheduled set happening taking takes place starts begins the later , ("
)
_DO = listed("solve fix resolve send deliver provide give repair call answer finish close ship release reply respond")
_IS_THAT = listed("when the our my where what as")
_AT = frozenset({"at", "is"})
_RESPITE = listed("time grace patience slack buffer runway notice stock supply fuel reserve reserves this that our my")
_LOGGED = listed("error errors log logs line entry crash issue failure alert message timestamp exception outage spike")
_ROUTINE = listed(
    "backup backups batch job jobs import export report reports cron snapshot script sync scan replication"
)
_BY = frozenset({"before", "by", "until", "till"})
_UNTIL = frozenset({"until", "till"})
_AIMS = ("event", "need", "limit", "condition")
_GRANT_FILLERS = listed("only just exactly the a another at most for : now still max maximum")


class Judged(NamedTuple):
    """An expression that imposes a limit, from its cue to its end."""

    first: int
    stop: int
    is_promise: bool
    is_weak: bool  # neither a limit nor an event nor a need is told with it
    is_needed: bool  # with a limit and a need, so that no "whenever it suits you" takes it back
    is_sure: bool = False  # its words sound so much like a limit that nothing said elsewhere takes it back
    is_guessed: bool = False  # the grammar knows nothing of it, it only sounds so


def judge(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> Judged | None:
    """What the sentence makes of an expression; None if it imposes nothing."""
    if speaks_against(scope, sentence, first, moment):
        return None
    judged = _judged(scope, sentence, first, moment)
    if judged is not None and not judged.is_weak:
        if scope.relaxes and not judged.is_needed and is_referred_to(scope, sentence, moment):
            return judged._replace(is_needed=True)  # so that no word of calm takes it back
        return judged
    if is_referred_to(scope, sentence, moment):
        passed = _is_past(scope, moment, governing(scope, sentence, first, moment.stop), limited=False, is_event=True)
        return judged if passed else Judged(first, moment.stop, is_promise=False, is_weak=False, is_needed=True)
    return judged


def _judged(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> Judged | None:
    """What the sentence itself makes of an expression."""
    starts = sentence.starts
    limit = cue_before(scope, sentence, "limit", first, _FILLERS)
    after = cue_after(scope, sentence, "limit_after", moment.stop)
    if limit is not None and is_no_limit(scope, sentence, first, moment, limit):
        limit = None
    start, stop = first if limit is None else limit, moment.stop if after is None else after
    has_cue = limit is not None or after is not None
    limited = has_cue or _is_promised_for(scope, sentence, first)
    if is_inert(scope, sentence, first, moment, limited=limited):
        return None
    given = moment.span and cue_before(scope, sentence, "grant", first, _GRANT_FILLERS) is not None
    if moment.span:
        start, limited = _granted(scope, sentence, first, moment, start, limited=limited)
    sense = _sense_of(scope, sentence, first, moment, limited=limited)
    lasts = limit is not None and scope.texts[limit] in _UNTIL and _is_hour(scope, first, moment)
    if sense is Sense.HABIT and not given and (moment.span or not limited or lasts):
        return None  # or "shows the old numbers till 11 am"
    promised = "ours" in starts
    if promised and _was_promised(scope, moment):
        return None
    if given or _looks_ahead(scope, sentence, first, moment, limit, limited=limited):
        sense = Sense.FUTURE
    if not _binds_then(scope, sentence, first, moment, sense, limited=limited):
        return None
    if is_in_passing(scope, sentence, first, moment, limit, limited=has_cue):
        return None
    late = "late" in sentence.words and _is_too_late(scope, moment)
    weak = late or not (limited or "event" in starts or "need" in starts or "ceases" in starts)
    weak = weak or _is_look(scope, sentence, first, moment)
    weak = weak or (not limited and _is_hour(scope, first, moment))
    asked = "need" in starts or scope.texts[start] == "due"
    needed = limited and not late and (asked or _is_told_to_us(scope, sentence, first))
    return Judged(start, stop, promised, weak, needed)


def _is_told_to_us(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether a limit is ordered, or somebody says what they will do otherwise."""
    return is_bidden(scope, sentence, first) or is_threatened(scope, sentence, first)


def _binds_then(scope: Scope, sentence: Sentence, first: int, moment: Moment, sense: Sense, *, limited: bool) -> bool:
    """Whether something has still to be done by then, or happens then, as the verbs look."""
    if not limited and _begins(scope, sentence, first, moment, sense):
        return False
    if _is_past(scope, moment, sense, limited=limited, is_event="event" in sentence.starts):
        return False
    return _suffices(scope, sentence, first, moment, sense, limited=limited)


def _is_promised_for(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether a day is one that something was promised for: "I was promised by your manager a fix for 25 November"."""
    before = scope.texts[first - 1]
    if before != "for" and (before != "the" or scope.texts[first - 2] != "for"):
        return False
    return sentence.has_before("ours", first) or sentence.has_before("pledged", first)


def _sense_of(scope: Scope, sentence: Sentence, first: int, moment: Moment, *, limited: bool) -> Sense:
    """Where the sentence looks, what the words beside the day say about it considered."""
    sense, owns = governing(scope, sentence, first, moment.stop), scope.texts[first].endswith(_POSSESSIVE)
    if owns and not limited:
        sense = _of_owner(scope, sentence, first, moment.stop, sense)
    if sense is not Sense.HABIT:
        return sense
    if owns and sentence.has_before("condition", first):
        return Sense.FUTURE  # "if Monday's run fails again"
    begins = not moment.span and cue_before(scope, sentence, "from", first, HARD_FILLERS) is not None
    if begins and ((moment.dated and not moment.numeric) or sentence.has("need")):
        return Sense.FUTURE  # "from 16 December the desk works in two shifts"
    if moment.dated and scope.texts[moment.stop] in ("if", "unless"):
        return Sense.FUTURE  # "the points vanish on 31 December if the job still fails"
    if scope.texts[first] in ("this", "next") and not moment.span:
        return Sense.PRESENT  # "line 4 restarts this Friday"
    return sense


def _of_owner(scope: Scope, sentence: Sentence, first: int, stop: int, sense: Sense) -> Sense:
    """Where a sentence looks that names a day's event: "how Monday's call went", "has guests for tomorrow's launch"."""
    if scope.texts[first] in _AHEAD:
        return Sense.FUTURE if sentence.has("event") else sense
    after = next((at for at in range(stop, min(sentence.stop, stop + _NEAR)) if at in sentence.senses), None)
    return Sense.PAST if after is not None and sentence.senses[after] is Sense.PAST else sense


def _is_look(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether somebody shall merely look today, which a limit that is told beside it outweighs."""
    return (
        scope.texts[first] == "today"
        and not moment.close
        and "look" in scope.texts[max(sentence.start, first - REACH) : first]
    )


def _is_too_late(scope: Scope, moment: Moment) -> bool:
    """Whether it only tells what is too late: "mid next week would be too late, we decide on Tuesday"."""
    at = scope.skip(moment.stop, "is", "would", "will", "be", "might", "far", "much")
    return scope.texts[at : at + 2] == ["too", "late"]


def _is_hour(scope: Scope, first: int, moment: Moment) -> bool:
    """Whether it is an hour of an event, which may be of a day that is named beside it."""
    hour = moment.needs is Needs.LIMIT and moment.at is not None and not moment.span
    return hour and _TODAY.isdisjoint(scope.texts[first : moment.stop])


def _was_promised(scope: Scope, moment: Moment) -> bool:
    """Whether a promise has passed: "you promised to call within the hour" counts from then, "for the 13th" as well."""
    if moment.span and moment.needs is Needs.LIMIT:
        return True
    return moment.back is not None and scope.today - moment.back < moment.first - scope.today


def _looks_ahead(
    scope: Scope, sentence: Sentence, first: int, moment: Moment, limit: int | None, *, limited: bool
) -> bool:
    """Whether a limit is still to come although its verb is of the past.

    As in "they gave us 24 hours", "the judge gave us till Monday", "unless somebody has called by Friday", and "you
    promised it by Friday".
    """
    if limit is not None and (scope.texts[limit] in _EXTENDED or limit in sentence.ends("grant")):
        return True
    if not moment.span and sentence.has_before("ceases", first):
        return True  # "the bank retires it on 1 December"
    if not limited:
        return False
    if scope.texts[moment.stop] in _OR_ELSE:
        return True  # "by Friday or we put the old one back"
    return "ours" in sentence.starts or "pledged" in sentence.starts or sentence.has_before("condition", first)


def _begins(scope: Scope, sentence: Sentence, first: int, moment: Moment, sense: Sense) -> bool:
    """Whether it is where something began: "from Monday"; a date, or a sentence that looks ahead, has it begin then."""
    if moment.back is not None or cue_before(scope, sentence, "from", first, HARD_FILLERS) is None:
        return False
    if scope.texts[moment.stop] in ("on", "onward", "onwards", "forward") and sense is not Sense.PAST:
        return False  # "from Friday on"
    if moment.dated:
        return sense is Sense.PAST
    ahead = sense in (Sense.PRESENT, Sense.FUTURE)
    return not (ahead and (sentence.has("event") or sentence.has("need")))


def _is_of_a_thing(scope: Scope, stop: int) -> bool:
    """Whether a span measures a thing that somebody has: "we have two weeks of logs", not "of time"."""
    return scope.texts[stop] == "of" and scope.is_letters(stop + 1) and scope.texts[stop + 1] not in _RESPITE


def _granted(
    scope: Scope, sentence: Sentence, first: int, moment: Moment, start: int, *, limited: bool
) -> tuple[int, bool]:
    lead = cue_before(scope, sentence, "lead", first, frozenset({"the"}))
    if lead is not None and scope.texts[sentence.start] in scope.vocabulary.numbers and not sentence.has("need"):
        lead = lead if any(at < first for at in sentence.senses) else None  # "two engineers in three days"
    if lead is not None and not sentence.has("need") and _is_count(scope, lead):
        lead = None
    if (
        lead is not None
        and (_has_aim(scope, sentence, lead) or scope.texts[sentence.start] in _DO)
        and not _is_silence(scope, sentence, first)
    ):
        return min(lead, start), True
    given = cue_before(scope, sentence, "grant", first, _GRANT_FILLERS)
    if given is not None and not _is_of_a_thing(scope, moment.stop):
        return min(given, start), True
    goes_on = scope.skip(moment.stop, "of", "this", "that")  # "one more week of this and I cancel"
    opens = first == sentence.start and (
        scope.texts[goes_on] in ("then", "or")
        or (scope.texts[goes_on] == "and" and _threatens(scope, sentence, goes_on))
    )
    ends, begins = moment.stop >= sentence.stop - 1, first == sentence.start
    if ends and begins and _STILL.match(scope.text, scope.end(moment.stop - 1)):
        return start, limited  # "72h. Not a peep."
    leads_on = (begins or scope.texts[first - 1] == ":") and _THEN.match(scope.text, scope.end(moment.stop - 1))
    long = moment.instant is not None and moment.instant - scope.written >= _LONG
    alone = opens or (ends and (leads_on or (begins and long)))
    if scope.texts[moment.stop] == "before" and not begins:
        return start, limited  # "fire three days before the due date"
    if begins and scope.texts[moment.stop] == "before":
        alone = not _is_told_by_day(scope, sentence, moment.stop)
    elif begins and scope.texts[moment.stop] in _TO and scope.texts[moment.stop + 1] in _OURS:
        rest = range(moment.stop, min(sentence.stop, moment.stop + _LONGEST_NAME))
        alone = any(at in sentence.starts.get("event", ()) for at in rest)  # "five days to the roadshow opening"
    if alone or scope.texts[first - 2 : first] == ["up", "to"]:
        return start, limited or bool(alone)  # "takes up to three days at most"
    return start, limited or cue_after(scope, sentence, "grant_after", moment.stop) is not None


def _is_count(scope: Scope, lead: int) -> bool:
    """Whether it tells how many there are in a time: "4,100 guests in three hours"."""
    if not scope.is_letters(lead - 1) or not scope.texts[lead - 1].endswith("s"):
        return False
    return scope.is_code(lead - 2) or scope.texts[lead - 2] in scope.vocabulary.numbers


def _is_told_by_day(scope: Scope, sentence: Sentence, stop: int) -> bool:
    """Whether what a span goes before has a day: "48 hours before the hearing on the 27th"."""
    for index in range(stop, min(sentence.stop, stop + _LONGEST_NAME)):
        number = day_number(scope.texts[index]) if scope.is_code(index) else None
        if (number is not None and number[1]) or scope.texts[index] in scope.vocabulary.weekdays:
            return True
    return False


def _threatens(scope: Scope, sentence: Sentence, stop: int) -> bool:
    """Whether it goes on with what is to come: "two days and we go to your CEO", not "six days and no answer"."""
    rest = scope.texts[stop : sentence.stop]
    if "more" in scope.texts[sentence.start : stop]:
        return True
    if not _NOTHING.isdisjoint(rest) or rest[1:2] == ["all"]:
        return False  # or "three weeks and all I have to show for it is an auto-reply"
    sense = next((sense for at, sense in sorted(sentence.senses.items()) if at >= stop), Sense.UNKNOWN)
    return sense is Sense.FUTURE or (sense is not Sense.PAST and rest[1:2] != [] and rest[1] in _THREATENS)


def _is_silence(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether a span is how long nothing was done: "has seen no movement in 3 weeks", "no reply in ten days"."""
    if scope.texts[first - 1] != "in" and scope.texts[first - 2] != "in":
        return False
    if sentence.has("need") or sentence.has("future") or sentence.has("condition"):
        return False
    if first - 1 == sentence.start and _has_done(scope, sentence, first):
        return True
    start = max(sentence.start, first - REACH)
    before = scope.texts[start:first]
    if sentence.has("event") and _PERFECT.isdisjoint(before):
        return False
    numbered = "no" in before and scope.is_code(start + before.index("no") + 1)  # "store no. 100 opens in ten days"
    return not (_NOTHING - {"no"} if numbered else _NOTHING).isdisjoint(before)


def _has_done(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether it goes on with what has been done: "in six days your side has managed one sentence"."""
    verbs = sorted(at for at in sentence.senses if at > first)
    return len(verbs) > 1 and scope.texts[verbs[0]] in _HAS and sentence.senses[verbs[1]] is Sense.PAST


def _has_aim(scope: Scope, sentence: Sentence, lead: int) -> bool:
    """Whether a sentence says what a span is for, or who does something: not "three engineers in two weeks"."""
    told = bool(sentence.senses) or any(sentence.has(heading) for heading in _AIMS)
    return told or not _WHO.isdisjoint(scope.texts[sentence.start : lead])


def _is_subject(scope: Scope, sentence: Sentence, first: int, stop: int) -> bool:
    """Whether something is merely said of a day: "Dec 24 is a half day in our calendar"."""
    if scope.texts[stop] in ("is", "was") and "holiday" in scope.texts[stop + 1 : stop + 5]:
        return True  # "please note that Monday is a public holiday"
    if scope.texts[first - 1] not in ("", ",", "and") or scope.texts[stop] not in ("is", "are", "has", "was"):
        return False
    if "day" in scope.texts[stop + 1 : stop + 4] or scope.texts[stop + 1] in _IS_THAT:
        return False
    return not (sentence.has("event") or sentence.has("need"))


def _is_past(scope: Scope, moment: Moment, sense: Sense, *, limited: bool, is_event: bool) -> bool:
    today = scope.today
    if moment.last < today:
        return True
    if moment.back is None:
        return sense is Sense.PAST and (moment.span or not limited or moment.first - today <= _SIX_DAYS)
    if today - moment.back <= JUST_PASSED and moment.first - today > JUST_PASSED:
        return True
    if sense is Sense.PAST and not limited:
        return True
    looks_ahead = limited or sense in (Sense.FUTURE, Sense.PRESENT) or (sense is Sense.UNKNOWN and is_event)
    return not looks_ahead and today - moment.back < moment.first - today


def _suffices(scope: Scope, sentence: Sentence, first: int, moment: Moment, sense: Sense, *, limited: bool) -> bool:
    if limited:
        return (
            moment.needs is not Needs.LIMIT
            or moment.span
            or is_wanted(scope, sentence, first)
            or is_ordered(scope, sentence, first)
        )
    if moment.needs is Needs.NOTHING:
        if _is_subject(scope, sentence, first, moment.stop) or _is_spent(scope, sentence, first):
            return False
        return not is_labelled(scope, sentence, first, moment) or sentence.has("event")
    if moment.needs is Needs.LIMIT:
        return _suffices_today(scope, sentence, first, moment, sense)
    if moment.numeric:
        return not _is_hours(scope, sentence, first) and _stands_as_day(scope, sentence, first, moment)
    if moment.span:
        return sense is Sense.FUTURE and (first - 1) not in sentence.starts.get("need", ())
    if sentence.has("event"):
        return True
    return sentence.has("need") if moment.needs is Needs.EVENT else sense is Sense.FUTURE


def _suffices_today(scope: Scope, sentence: Sentence, first: int, moment: Moment, sense: Sense) -> bool:
    """Whether something is asked for or happens today, or at an hour."""
    words = scope.texts[first : moment.stop]
    if not _TODAY.isdisjoint(words):
        if moment.at is not None and not _BY.isdisjoint(words) and sense not in (Sense.PAST, Sense.HABIT):
            return True  # "today before 17:00"
        return (
            is_ordered(scope, sentence, first)
            or is_asked(scope, sentence, first, moment.stop, sense)
            or _is_todays(scope, sentence, first, moment.stop, sense)
        )
    return _is_hour_of(scope, sentence, first, moment, sense)


def _is_hour_of(scope: Scope, sentence: Sentence, first: int, moment: Moment, sense: Sense) -> bool:
    """Whether an hour to come is that of an event or a need: "the demo is at 4 pm", "the cut-off is 16:30"."""
    if moment.at is None or moment.at <= scope.written.time() or sense not in (Sense.PRESENT, Sense.FUTURE):
        return False
    if scope.texts[first - 1] == "from" and sentence.has("condition"):
        return True  # "the line stands from 16:00 if nobody acts"
    if scope.texts[moment.stop : moment.stop + 2] in (["the", "previous"], ["the", "day"], ["the", "evening"]):
        return False  # "the cut-off is 14:00 the previous day"
    if scope.texts[first - 1] not in _AT or scope.texts[first - 2] in _LOGGED or sentence.has("recurring"):
        return False
    if not _ROUTINE.isdisjoint(scope.texts[sentence.start : first]):
        return False  # "the backup starts at 22:00"
    return sentence.has("event") or sentence.has("need") or sentence.has("condition")


def _is_spent(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether a sentence without a verb counts what somebody has spent: "four hours on the phone on Monday"."""
    if sentence.senses or first == sentence.start or scope.texts[sentence.start + 1] not in scope.vocabulary.units:
        return False
    counts = scope.is_code(sentence.start) or scope.texts[sentence.start] in scope.vocabulary.numbers
    return counts and not (sentence.has("event") or sentence.has("need"))


def _stands_as_day(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether digits that may be a version are said of time: "on 12/3", "go-live 30.11.", "meeting: 27.11."."""
    before = scope.texts[first - 1]
    if moment.at is not None or moment.close:
        return True  # "closes at 5 pm on 11/20"
    if before == "for" and "/" in scope.texts[first] and sentence.senses.get(first - 1, Sense.FUTURE) is Sense.FUTURE:
        return sentence.has("future")  # "is booked for 12/4"
    if first == sentence.start and "/" in scope.texts[first] and scope.texts[first + 1] == "is":
        return True
    if (before or scope.texts[first + 1] == "is") and _is_dotted(scope, first, before):
        return True
    if "/" in scope.texts[first] and sentence.senses.get(first - 1) in (Sense.PRESENT, Sense.FUTURE):
        return True  # "the tender closes 25/11"
    if before in (",", "(") and "/" in scope.texts[first] and sentence.has("need"):
        return True  # "until Friday, 20/11, we must decide"
    if before in _OF_TIME or before in scope.vocabulary.weekdays:
        return before != "on" or "." not in scope.texts[first] or sentence.has("event")
    return cue_before(scope, sentence, "event", first, _TODAY_FILLERS) is not None


def _is_hours(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether it is from when to when: "lunch is 12-13"."""
    if "-" not in scope.texts[first] or scope.texts[first - 1] in _BEFORE_PADDED:
        return False
    return not (sentence.has("event") or sentence.has("need"))


def _is_dotted(scope: Scope, first: int, before: str) -> bool:
    """Whether a full stop ends it as that of a day: "on 31.12., no parallel run", "opens the hall on 04.12. We ..."."""
    end = scope.end(first)
    if _DOTTED.match(scope.text, end) is not None:
        return True
    padded = before in _BEFORE_PADDED and _PADDED.fullmatch(scope.texts[first]) is not None
    return padded and scope.text[end : end + 1] == "."


def _is_todays(scope: Scope, sentence: Sentence, first: int, stop: int, sense: Sense) -> bool:
    """Whether an event is today's: "the audit is today", "today is our go-live", "leaves at 4pm today"."""
    if sense in (Sense.PAST, Sense.HABIT):
        return False
    if cue_before(scope, sentence, "event", first, _TODAY_FILLERS) is not None:
        return True
    if scope.texts[first - 1] not in ("", "at") and not scope.is_code(first) and sense is not Sense.PRESENT:
        return False
    if sense is Sense.PRESENT and scope.is_code(first):
        return True  # "the truck leaves at 4pm today"
    at = scope.skip(stop, "is", "'s", "we", "have", "our", "the", "at", "a")
    return at in sentence.starts.get("event", {})
