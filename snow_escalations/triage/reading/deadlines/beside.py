"""The words right beside a day: whether they make a limit of it, or something else."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.deadlines.sentence import REACH, Sentence
from snow_escalations.triage.reading.words import listed

HARD_FILLERS = frozenset({"the", "on", "about", "around", "our", "this", "a", "an", "(", "at"})
_GIVEN = frozenset({"have", "got", "us", "only", "you", "needed"})
_ONTO = frozenset({"to", "until", "till", "onto", "into"})
_LONGEST_RANGE = 6
_SLOTS = frozenset({"window", "slot", "rollout", "weekend", "night", "day"})
_NEXT = frozenset({"now", "then", "later", "finally", "again", "from"})
_TO_ANOTHER = _ONTO | {"it", "the", "there", "on"}
_SAYS = re.compile(r"\s*[\"“„«]")
_MOVED = frozenset({"moved", "shifted", "postponed", "delayed", "pushed", "extended"})
_PASSED = frozenset({"lapsed", "elapsed"})
_FAR = timedelta(days=75)
_SORTED = listed("filter filtered filters sort sorted sorts group grouped search")
_BREAKS = frozenset({"break", "holidays", "holiday", "shutdown", "closure", "vacation"})
_CALLED_OFF = frozenset({"cancelled", "canceled", "scrapped", "aborted"})
_WILL_BE = frozenset({"is", "are", "be", "gets", "get"})
_AFTER_THE = frozenset({"after", "the", "our"})
_BESIDE_PAST = _AFTER_THE | {"", ",", "that", "it's", "is"}
_OVER = _PASSED | _CALLED_OFF
_BULLETS = frozenset({"-", "–", "—", "•", "*"})
_AFTERWARDS = frozenset({"after", "following"})
_WEEK_NAMES = frozenset({"week", "wk", "day"})
_NOW = frozenset({"today", "now", "yesterday"})
_UP_TO = frozenset({"until", "till"})
_THE = frozenset({"the"})
_TOLD = listed("that which you deadline notice period term rule mentioned stated allowed granted given they we")
_THEN = frozenset({"later", "gone"})
_DENIALS = listed("don't doesn't didn't not isn't aren't wasn't needn't no")
_NEEDED = listed("need needed have required necessary require due urgent")
_EACH = frozenset({"each", "every"})
_TIMES = frozenset({"year", "month", "week", "season", "quarter", "winter", "summer"})
_ITS_DATE = frozenset({"date", "dates", "timestamp"})
_WHETHER = frozenset({"whether", "if"})
_COUNTS = frozenset({"is", "counts", "falls", "was"})
_KINDS_OF_DAYS = frozenset({"day", "holiday", "weekend"})
_DUE = listed("needed required for due by before until till latest promised deadline eta")
_TO_COME = frozenset({"need", "ceases", "condition"})
_RECENT = timedelta(days=31)
_MINUTES, _LAST_MINUTE = 5, 59  # of an hour: what is planned begins every five minutes, or ends with the hour
_MEASURES = listed(
    "percent pct percentage % times x fold gb mb tb kb kib mib gib million billion mio seconds sec secs minutes min "
    "hours hrs days weeks points degrees km m cm mm kg tons tonnes euros dollars pounds eur usd gbp ms"
)


def cue_before(scope: Scope, sentence: Sentence, heading: str, first: int, fillers: frozenset[str]) -> int | None:
    """The first word of a cue that ends right before an expression, fillers aside."""
    if heading not in sentence.starts:
        return None
    ends, at, texts = sentence.ends(heading), first, scope.texts
    for _ in range(5):
        if at in ends:
            return ends[at]
        if at <= sentence.start or texts[at - 1] not in fillers:
            return None
        at -= 1
    return None


def cue_after(scope: Scope, sentence: Sentence, heading: str, stop: int) -> int | None:
    """The word after a cue that follows an expression at once, a comma aside."""
    starts = sentence.starts.get(heading)
    return starts.get(scope.skip(stop, ",", ")")) if starts is not None else None


def is_no_limit(scope: Scope, sentence: Sentence, first: int, moment: Moment, limit: int) -> bool:
    """Whether what looks like a limit is none: "late by one hour", "waits up to 10 minutes", "filter by today"."""
    if scope.texts[limit] in _UP_TO and _began_then(scope, limit):
        return True
    if scope.texts[limit] == "by" and scope.texts[limit - 1] in _SORTED:
        return not (sentence.has_before("condition", first) or sentence.has("need"))  # "if it isn't sorted by 5pm"
    if moment.span:
        return scope.texts[first - 1] == "by" or scope.texts[first - 2 : first] == ["up", "to"]
    return moment.needs is Needs.LIMIT and scope.texts[limit] in _MOVED


def _began_then(scope: Scope, limit: int) -> bool:
    """Whether it is the end of a time that was told with its beginning: "from that moment until Boxing Day"."""
    before = scope.texts[max(0, limit - _LONGEST_RANGE) : limit]
    at = before.index("from") + 1 if "from" in before else len(before)
    if at >= len(before) or "" in before[at:]:
        return False
    return before[at] in ("that", "then", "the", "when") or before[at] in scope.vocabulary.months


def speaks_against(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether the words right beside it make it something else: a past day, one of many, a version, a label.

    What cannot be said without a word beside it, or a cue, is not looked for where there is none.
    """
    texts, starts = scope.texts, sentence.starts
    before = texts[first - 1]
    for heading in ("back", "every", "recurring"):
        if heading in starts and cue_before(scope, sentence, heading, first, HARD_FILLERS) is not None:
            return texts[first - 2 : first] != ["at", "most"]
    if texts[first] == "today" and moment.at is None and before in _UP_TO:
        return texts[first - 2] not in _GIVEN
    if moment.at is not None and moment.dated and _is_logged(scope, sentence, first, moment):
        return True
    if first <= sentence.start + 1 and _heads_a_list(scope, sentence, first, moment):
        return True
    if _is_mentioned(scope, sentence, first, moment) or _is_elsewhere(scope, sentence, first, moment):
        return True
    if before == "between" or (before == "and" and _began(scope, sentence, first)):
        return not ("event" in starts or "need" in starts)
    if moment.numeric and _is_version(scope, sentence, first, moment):
        return True
    tells = "label" in starts or "back_after" in starts or "moved" in starts or before == "from"
    return tells and _is_of_something(scope, sentence, first, moment)


def _is_logged(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether a day with a time has been, and nothing beside it was due then: "18/11 06:12 link down".

    Of a day that may be of this month or the next, what was seen then tells it, or a minute for which nobody makes an
    appointment: "the spike at 13:05 on the 16th".
    """
    if moment.at is None or scope.texts[first - 1] in _DUE:
        return False
    if cue_before(scope, sentence, "limit", first, HARD_FILLERS) is not None:
        return False
    if moment.last == scope.today:
        zone = moment.zone if moment.zone is not None else scope.written.tzinfo
        is_over = datetime.combine(moment.last, moment.at, zone).timestamp() < scope.written.timestamp()
        return is_over and cue_after(scope, sentence, "limit_after", moment.stop) is None
    if moment.back is None or scope.today - moment.back > _RECENT or not sentence.starts.keys().isdisjoint(_TO_COME):
        return False
    is_odd = moment.at.minute % _MINUTES != 0 and moment.at.minute != _LAST_MINUTE
    return is_odd or cue_before(scope, sentence, "observed", first, HARD_FILLERS) is not None


def _is_elsewhere(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it is now, of each time, denied, or the end of what began."""
    before, words = scope.texts[first - 1], sentence.words
    if (before in _BESIDE_PAST or not _OVER.isdisjoint(words)) and _has_come(scope, sentence, first, moment):
        return True
    if not _EACH.isdisjoint(words) and _is_each_time(scope, moment.stop):
        return True
    if not (_DENIALS.isdisjoint(words) or _NEEDED.isdisjoint(words)) and _is_not_needed(scope, sentence, first):
        return True
    return _ends_range(scope, sentence, first)


def _ends_range(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether it ends what began on a weekday: "open from Friday to Sunday", not "moved from Friday to Sunday"."""
    if scope.texts[first - 1] not in _ONTO or scope.texts[first - 3] != "from":
        return False
    days = scope.vocabulary.weekdays
    return scope.texts[first] in days and scope.texts[first - 2] in days and not sentence.has("moved")


def _is_not_needed(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether it is denied that something is needed by then: "we don't need it before Friday"."""
    clause = sentence.clause_of(scope, first)
    for at in range(max(sentence.start, first - REACH), first - 1):
        if scope.texts[at] in _DENIALS and scope.texts[at + 1] in _NEEDED and sentence.clause_of(scope, at) == clause:
            return scope.texts[at + 1] != "have" or scope.texts[at + 2] == "to"
    return False


def _is_each_time(scope: Scope, stop: int) -> bool:
    """Whether it goes on that it is so each time: "from 29.11. to 24.12. each year"."""
    for at in range(stop, stop + _LONGEST_RANGE):
        if scope.texts[at] in ("", ","):
            return False
        if scope.texts[at] in _EACH and scope.texts[at + 1] in _TIMES:
            return True
    return False


def _is_mentioned(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it is only what is spoken of: "see tomorrow's date", "whether 26 November is a business day"."""
    texts, stop = scope.texts, moment.stop
    before, after = texts[first - 1], texts[stop]
    if texts[first].endswith("'s"):
        if before in _AFTERWARDS and "need" not in sentence.starts:
            return True  # "after Sunday's move the deeds open in reverse order"
        if stop == first + 1 and (texts[stop + 1] == ":" or after in _ITS_DATE or not scope.is_letters(stop)):
            return True  # "today's request: ...", or "from Tuesday's call to Thursday's"
    if texts[first] == "this" and cue_before(scope, sentence, "observed", first, frozenset()) is not None:
        return True  # "the third outage this week"
    if before == "count":
        return texts[first - 2] == "to"  # "ten days, starting to count tomorrow"
    if before not in _WHETHER or after not in _COUNTS:
        return False
    return not _KINDS_OF_DAYS.isdisjoint(texts[stop : stop + _LONGEST_RANGE])


def _has_come(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it has passed or is now: "within 14 days, which has since lapsed", "this is Wednesday"."""
    if moment.span and moment.needs is Needs.LIMIT and _is_known(scope, sentence, first, moment):
        return True
    if moment.span and not _PASSED.isdisjoint(scope.texts[moment.stop : min(sentence.stop, moment.stop + REACH)]):
        return True
    if (
        scope.texts[moment.stop] in _BREAKS
        and scope.texts[first - 1] in _AFTER_THE
        and "after" in scope.texts[max(0, first - 2) : first]
    ):
        return True  # "after the Christmas break"
    if scope.texts[first] in scope.vocabulary.weekdays and _is_told_day_by_day(scope, sentence, first, moment.stop):
        return True
    if scope.texts[first - 1] == "that" and scope.texts[first] in scope.vocabulary.weekdays and not moment.dated:
        return True  # "that Friday is long gone"
    if scope.texts[first - 2 : first] == ["today", ","] or _is_called_off(scope, sentence, moment.stop):
        return not sentence.has("need")  # "yesterday, today, tomorrow", "planned for Saturday but cancelled"
    begin = first - 1 if scope.texts[first - 1] == "the" else first
    says = scope.texts[begin - 1] == "it's" or scope.texts[begin - 2 : begin] in (["this", "is"], ["it", "is"])
    if not says or scope.texts[moment.stop] not in ("", "now", "and", "already", "in"):
        return False
    return not (sentence.has("event") or sentence.has("need"))


def _is_called_off(scope: Scope, sentence: Sentence, stop: int) -> bool:
    """Whether it goes on soon that it has been cancelled, which no threat is: "by Friday it is cancelled"."""
    is_told = not _CALLED_OFF.isdisjoint(sentence.words)
    if not is_told or sentence.has("condition") or scope.texts[stop] in ("or", "otherwise"):
        return False
    rest = scope.texts[stop - 1 : min(sentence.stop, stop + _LONGEST_RANGE)]
    return any(word in _CALLED_OFF and before not in _WILL_BE for before, word in pairwise(rest))


def _is_known(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether a span is one that was told before and began then: "the 72 hours that the law allows are up tomorrow"."""
    if scope.texts[first - 1] != "the" or scope.texts[moment.stop] not in _TOLD:
        return False
    return (
        cue_before(scope, sentence, "lead", first, _THE) is None
        and cue_before(scope, sentence, "grant", first, _THE) is None
    )


def _is_told_day_by_day(scope: Scope, sentence: Sentence, first: int, stop: int) -> bool:
    """Whether days are listed up to now: "Monday network, Tuesday database, today networking again"."""
    if scope.texts[stop : stop + 2] == ["before", ""] and scope.texts[first - 1] == "the":
        return True  # "and on the Tuesday before."
    if scope.texts[first - 1] not in ("", ",") or sentence.has("need") or sentence.has("event"):
        return False
    rest = scope.texts[first : sentence.stop]
    return any(before == "," and word in _NOW for before, word in pairwise(rest))


def _is_of_something(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it is the label of a thing, the first of two days, or followed by what takes it back."""
    if not sentence.has("need") and _is_label(scope, sentence, first):
        return cue_before(scope, sentence, "limit", first, frozenset()) is None
    if scope.texts[first - 1] == "from" and sentence.has("moved") and scope.texts[moment.stop] in _ONTO:
        return True  # of "slipped from 25 November to 9 December" the second counts
    if "moved" in sentence.starts and scope.texts[first - 1] in _ONTO and _moves_on(scope, moment.stop):
        return True  # of "to 1 December, and now to 15 December" the last
    back = cue_after(scope, sentence, "back_after", moment.stop)
    if back is None or (scope.texts[moment.stop] == "," and _goes_on(scope, sentence, moment, back)):
        return False
    if scope.texts[back] in _SLOTS and moment.dated:
        return False  # "on 27 November release window"
    return back >= (cue_after(scope, sentence, "grant_after", moment.stop) or 0)


def _goes_on(scope: Scope, sentence: Sentence, moment: Moment, back: int) -> bool:
    """Whether another clause begins after a comma, which takes nothing back.

    As in "paper is allowed until 15 December, later the vessel stays in port", or "we need it before Black Friday, last
    year we lost a million".
    """
    if moment.dated and scope.texts[back - 1] in _THEN:
        return True
    return scope.texts[moment.stop + 1] == "last" and sentence.has("need") and scope.is_letters(back)


def _moves_on(scope: Scope, stop: int) -> bool:
    """Whether another day of what was moved follows: "to 1 December, and now to 15 December", "... then the 15th"."""
    at = scope.skip(stop, ",", "and", "-", "–", ";")
    return at > stop and scope.texts[at] in _NEXT and scope.texts[at + 1] in _TO_ANOTHER


def _is_label(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether it says of which day a thing is: "the logs of the 27th and the 29th"."""
    if cue_before(scope, sentence, "label", first, HARD_FILLERS) is not None:
        return True
    link = first - 2 if scope.texts[first - 1] == "the" else first - 1
    if scope.texts[link] != "and" or not scope.is_code(link - 1) or not scope.is_code(first):
        return False
    return cue_before(scope, sentence, "label", link - 1, HARD_FILLERS) is not None


def _is_version(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether digits are named as a version or measure, or too far ahead: "moved to 25.4", "by 1.2 percent"."""
    if "." in scope.texts[first] and scope.texts[moment.stop] in _MEASURES:
        return True
    if cue_before(scope, sentence, "named", first, frozenset()) is not None:
        return True
    if (
        "." not in scope.texts[first]
        or moment.first - scope.today < _FAR
        or scope.texts[first - 1] not in ("to", "from")
    ):
        return False
    return not (sentence.has("event") or sentence.has("need"))


def _heads_a_list(scope: Scope, sentence: Sentence, first: int, moment: Moment) -> bool:
    """Whether it only says when something listed was or is done: "Tuesday: send the dump", "Week 2. New engineer"."""
    if first == sentence.start and moment.stop == sentence.stop and scope.texts[first] in _WEEK_NAMES:
        return True
    opens = first == sentence.start or (first == sentence.start + 1 and scope.texts[first - 1] in _BULLETS)
    if not opens or scope.texts[moment.stop] != ":" or scope.texts[first] not in scope.vocabulary.weekdays:
        return False
    if _SAYS.match(scope.text, scope.end(moment.stop)) is not None:
        return True
    return not (moment.dated or sentence.has("event") or sentence.has("need") or sentence.senses)


def _began(scope: Scope, sentence: Sentence, first: int) -> bool:
    """Whether a range "between this and that" ends here."""
    return "between" in scope.texts[max(sentence.start, first - _LONGEST_RANGE) : first]
