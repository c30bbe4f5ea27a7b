"""Whether a sentence makes a limit of a time expression, a past event, or nothing."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from snow_escalations.triage.reading.deadlines.moment import Moment, Needs, Scope
from snow_escalations.triage.reading.words import Kind

JUST_PASSED = timedelta(days=45)
_FILLERS = frozenset(
    [
        "the",
        "this",
        "coming",
        "our",
        "on",
        "at",
        "around",
        "about",
        "approximately",
        "latest",
        ":",
        ",",
        "(",
        "-",
        "–",
        "=",
        "is",
        "by",
        "in",
        "of",
        "a",
        "an",
        "*",
        "next",
        "your",
        "their",
        "upcoming",
        "not",
        "later",
        "than",
        "or",
        "before",
        "and",
        "be",
        "for",
    ]
)
_HARD_FILLERS = frozenset({"the", "on", "about", "around", "our", "this", "a", "an", "(", "at"})
_BOUNDS = frozenset(
    [
        "and",
        "but",
        "so",
        "because",
        "as",
        "which",
        "who",
        "while",
        "although",
        "however",
        ",",
        ";",
        "(",
        ")",
        "–",
        "—",
        ":",
        "-",
        "|",
    ]
)
_CLAUSES = frozenset({",", ";", "but", "because", "so", "(", "which"})
_REACH = 40  # words within which a verb governs an expression
_PASSIVE = frozenset(["be", "been", "being", "is", "are", "am", "to", "get", "gets", "not", "must", "need", "needs"])
_CAUSATIVE = frozenset(["need", "needs", "want", "wants", "have", "get", "like", "expect", "expects", "see"])
_ADVERBS = frozenset(["not", "yet", "already", "just", "never", "still", "also", "only", "since", "even"])
_GRANT_FILLERS = frozenset({"only", "just", "exactly", "the", "a", "another"})
_NO_PAST = frozenset(
    [
        "need",
        "indeed",
        "speed",
        "feed",
        "proceed",
        "exceed",
        "succeed",
        "agreed",
        "based",
        "related",
        "limited",
        "hundred",
        "red",
        "bed",
        "led",
        "shed",
        "weed",
        "embed",
        "unaffected",
        "affected",
        "blocked",
        "stuck",
        "urged",
    ]
)


class Sense(Enum):
    """Where the verb that governs an expression looks."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    HABIT = "habit"  # how a system behaves
    UNKNOWN = "unknown"


_SENSES = (("present", Sense.PRESENT), ("past", Sense.PAST), ("future", Sense.FUTURE), ("habit", Sense.HABIT))


@dataclass(slots=True)
class Sentence:
    """The cues of one sentence, by heading: where each begins and ends, and in which clauses it stands."""

    start: int
    stop: int
    ends: dict[str, dict[int, int]] = field(default_factory=dict)  # the place after a cue: its first word
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    clauses: dict[str, set[int]] = field(default_factory=dict)
    clause_of: list[int] = field(default_factory=list)
    senses: dict[int, Sense] = field(default_factory=dict)

    def has(self, heading: str) -> bool:
        """Whether there is such a cue anywhere in the sentence."""
        return heading in self.starts

    def shares_clause(self, heading: str, index: int) -> bool:
        """Whether there is such a cue in the clause of a word."""
        return self.clause_of[index - self.start] in self.clauses.get(heading, ())

    def add(self, heading: str, first: int, end: int) -> None:
        """Note a cue; of several that end or begin at one place the longest counts."""
        ends, starts = self.ends.setdefault(heading, {}), self.starts.setdefault(heading, {})
        ends[end] = min(first, ends.get(end, first))
        starts[first] = max(end, starts.get(first, end))
        self.clauses.setdefault(heading, set()).add(self.clause_of[first - self.start])


def sentence_around(scope: Scope, index: int) -> Sentence:
    """The sentence of a word, with its cues."""
    words = scope.words
    start, stop = index, index
    while start > 0 and words[start - 1].kind is not Kind.BREAK:
        start -= 1
    while stop < len(words) and words[stop].kind is not Kind.BREAK:
        stop += 1
    sentence = Sentence(start, stop)
    clause = 0
    for at in range(start, stop):
        clause += words[at].text in _CLAUSES
        sentence.clause_of.append(clause)
    for heading, first, end in scope.vocabulary.patterns.find(words, start, stop):
        sentence.add(heading, first, end)
    _read_verbs(scope, sentence)
    return sentence


def _read_verbs(scope: Scope, sentence: Sentence) -> None:
    for index in range(sentence.start, sentence.stop):
        word = scope.words[index].text
        regular = len(word) > 4 and word.endswith("ed") and scope.words[index].kind is Kind.WORD
        if regular and word not in _NO_PAST and not _is_wish(scope, index):
            sentence.senses[index] = Sense.PAST
    for heading, sense in _SENSES:
        for first, end in sentence.starts.get(heading, {}).items():
            for index in range(first, end):
                sentence.senses[index] = sense


def _is_wish(scope: Scope, index: int) -> bool:
    """Whether a participle is what is to be: "be fixed", "need this sorted", not "have sorted", "was sorted"."""
    if scope.word(index - 1) in _PASSIVE:
        return True
    before = index - 1
    while scope.word(before) in _ADVERBS:
        before -= 1
    if scope.word(before) in ("have", "has", "had"):
        return False
    return any(scope.word(at) in _CAUSATIVE for at in range(before - 3, before + 1))


def governing(scope: Scope, sentence: Sentence, first: int, stop: int) -> Sense:
    """Where the nearest verb looks: to the left in the clause, else to the right, else beyond the clause."""
    least, most = max(sentence.start, first - _REACH), min(sentence.stop, stop + _REACH)
    left, found = _verb(scope, sentence, range(first - 1, least - 1, -1), _BOUNDS)
    if found is not None:
        return found
    right = stop + 1 if stop < most and scope.words[stop].text == "," else stop
    _, found = _verb(scope, sentence, range(right, most), _BOUNDS)
    if found is None and first - left <= 3:
        _, found = _verb(scope, sentence, range(left, least - 1, -1), frozenset())
    return found if found is not None else Sense.UNKNOWN


def _verb(scope: Scope, sentence: Sentence, places: range, bounds: frozenset[str]) -> tuple[int, Sense | None]:
    """The first place with a verb, or at which the clause ends, and where that verb looks."""
    for index in places:
        if scope.words[index].text in bounds:
            return index, None
        if index in sentence.senses:
            return index, sentence.senses[index]
    return places.stop, None


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
