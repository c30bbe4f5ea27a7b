"""Whether a sentence makes a limit of a time expression, a past event, or nothing."""

from dataclasses import dataclass
from datetime import timedelta

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.sentence import Sense, Sentence, governing
from snow_escalations.triage.reading.words import listed

JUST_PASSED = timedelta(days=45)
_FILLERS = listed(
    "the this coming our on at around about approximately latest : , ( - – = is by in of a an * next your "
    "their upcoming not later than or before and be for"
)
_HARD_FILLERS = frozenset({"the", "on", "about", "around", "our", "this", "a", "an", "(", "at"})
_GRANT_FILLERS = frozenset({"only", "just", "exactly", "the", "a", "another"})


def cue_before(scope: Scope, sentence: Sentence, heading: str, first: int, fillers: frozenset[str]) -> int | None:
    """The first word of a cue that ends right before an expression, fillers aside."""
    ends = sentence.ends.get(heading)
    if ends is None:
        return None
    at = first
    for _ in range(5):
        if at in ends:
            return ends[at]
        if at <= sentence.start or scope.words[at - 1].text not in fillers:
            return None
        at -= 1
    return None


def cue_after(scope: Scope, sentence: Sentence, heading: str, stop: int) -> int | None:
    """The word after a cue that follows an expression at once, a comma aside."""
    return sentence.starts.get(heading, {}).get(scope.skip(stop, ",", ")"))


@dataclass(frozen=True, slots=True)
class Judged:
    """An expression that imposes a limit, from its cue to its end."""

    first: int
    stop: int
    is_promise: bool


def judge(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> Judged | None:
    """What the sentence makes of an expression; None if it imposes nothing."""
    if _speaks_against(scope, sentence, first, moment):
        return None
    limit = cue_before(scope, sentence, "limit", first, _FILLERS)
    after = cue_after(scope, sentence, "limit_after", moment.stop)
    start, stop = first if limit is None else limit, moment.stop if after is None else after
    limited = limit is not None or after is not None
    if moment.span and moment.needs is Needs.LIMIT:
        start, limited = _granted(scope, sentence, first, moment, start, limited=limited)
    sense = governing(scope, sentence, first, moment.stop)
    if sense is Sense.HABIT and (moment.span or not limited):
        return None
    if moment.span and cue_before(scope, sentence, "grant", first, _GRANT_FILLERS) is not None:
        sense = Sense.FUTURE  # "they gave us 24 hours" tells of what is to come
    if limited and sentence.has("ours"):
        sense = Sense.FUTURE  # and so does "you promised it by Friday"
    if _is_past(scope, moment, sense, limited=limited) or not _suffices(sentence, moment, sense, limited=limited):
        return None
    return Judged(start, stop, sentence.has("ours"))


def _speaks_against(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    for heading in ("back", "every"):
        if cue_before(scope, sentence, heading, first, _HARD_FILLERS) is not None:
            return True
    if moment.numeric and cue_before(scope, sentence, "named", first, frozenset()) is not None:
        return True
    if cue_after(scope, sentence, "back_after", moment.stop) is not None:
        return True
    if moment.back is None and cue_before(scope, sentence, "from", first, _HARD_FILLERS) is not None:
        return True
    if _is_weekday_range(scope, first, moment):
        return True
    if moment.span and sentence.has("technical"):
        return True
    return sentence.shares_clause("own", first) or sentence.shares_clause("away", first)


def _is_weekday_range(scope: Scope, first: int, moment: Moment) -> bool:
    """Whether it is an end of "Monday to Friday"."""
    days, links = scope.vocabulary.weekdays, ("to", "through", "thru", "-", "–")
    after = scope.word(moment.stop) in links and scope.word(moment.stop + 1) in days
    return scope.word(first) in days and (after or (scope.word(first - 1) in links and scope.word(first - 2) in days))


def _granted(
    scope: Scope, sentence: Sentence, first: int, moment: Moment, start: int, *, limited: bool
) -> tuple[int, bool]:
    lead = cue_before(scope, sentence, "lead", first, frozenset({"the"}))
    if lead is not None:
        return min(lead, start), True
    given = cue_before(scope, sentence, "grant", first, _GRANT_FILLERS)
    if given is not None:
        return min(given, start), True
    alone = first == sentence.start and moment.stop >= sentence.stop - 1 and moment.instant is not None
    return start, limited or alone or cue_after(scope, sentence, "grant_after", moment.stop) is not None


def _is_past(scope: Scope, moment: Moment, sense: Sense, *, limited: bool) -> bool:
    today = scope.today
    if moment.last < today:
        return True
    if moment.back is None:
        return sense is Sense.PAST and (moment.span or not limited or moment.first - today <= timedelta(days=6))
    if today - moment.back <= JUST_PASSED and moment.first - today > JUST_PASSED:
        return True
    if sense is Sense.PAST and not limited:
        return True
    looks_ahead = limited or sense in (Sense.FUTURE, Sense.PRESENT)
    return not looks_ahead and today - moment.back < moment.first - today


def _suffices(sentence: Sentence, moment: Moment, sense: Sense, *, limited: bool) -> bool:
    if limited or moment.needs is Needs.NOTHING:
        return True
    if moment.needs is Needs.LIMIT:
        is_today = not moment.span and moment.at is None and moment.instant is None
        return is_today and sentence.has("future")
    if sentence.has("event"):
        return True
    return moment.needs is Needs.FUTURE and sense is Sense.FUTURE
