"""A sentence with its cues, its clauses, and where its verbs look."""

from dataclasses import dataclass, field
from enum import Enum
from itertools import accumulate

from snow_escalations.triage.reading.deadlines.moment import Scope
from snow_escalations.triage.reading.words import listed

_BOUNDS = listed("and but so because as which who while although however , ; ( ) – — : - |")
_CLAUSES = frozenset({",", ";", "but", "because", "so", "(", "which"})
_AT_ONCE = 3
REACH = 40  # words within which a verb governs an expression
_PASSIVE = listed("be been being is are am isn't aren't it's to get gets not must need needs")
_VERBAL = listed("to we i you they must can will should and not please us")  # before "report", "import" as verbs
_NO_VERBS = listed("credits levels contracts releases users logs jobs tests packs status access process class")
_IS = frozenset({"is", "are", "be", "being", "am", "gets", "get"})  # before a participle: "is held"
_NOT_PAST = _IS | listed("to will must can could should would shall may might")  # "have to put it on a slide"
_ARTICLES = listed("the a an our your my their its any these those")
_DETERMINERS = listed("the a an our your my its their his her")
_CAUSATIVE = listed("need needs want wants have get like expect expects see")
_ADVERBS = listed("not yet already just never still also only since even")
_DENIABLE = listed("need needed required requested expected urgent critical mandatory")
_WANTED = listed("wanted hoped planned intended meant")
_MODAL = frozenset({"must", "should"})
_DENIES = listed("nothing not no isn't hardly")
_NO_PAST = listed(
    "need indeed speed feed proceed exceed succeed agreed based related limited hundred red bed led shed "
    "weed embed unaffected affected blocked stuck urged"
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
    clauses: list[int] = field(default_factory=list)  # filled when first asked for
    senses: dict[int, Sense] = field(default_factory=dict)
    reported: set[int] = field(default_factory=set)  # "was moved", unless a day follows at once
    loose: set[int] = field(default_factory=set)  # participles of a noun: "the job scheduled for Sunday did not run"

    def has(self, heading: str) -> bool:
        """Whether there is such a cue anywhere in the sentence."""
        return heading in self.starts

    def has_before(self, heading: str, index: int) -> bool:
        """Whether there is such a cue before a word; they are noted in order."""
        return next(iter(self.starts.get(heading, ())), index) < index

    def clause_of(self, scope: Scope, index: int) -> int:
        """The number of the clause in which a word of the sentence stands."""
        if not self.clauses:
            self.clauses = list(accumulate(word in _CLAUSES for word in scope.texts[self.start : self.stop]))
        return self.clauses[index - self.start]


def sentence_around(scope: Scope, index: int) -> Sentence:
    """The sentence of a word, with its cues; of several that end or begin at one place the longest counts."""
    texts = scope.texts
    start = stop = index
    while start > 0 and texts[start - 1]:
        start -= 1
    while stop < len(texts) and texts[stop]:
        stop += 1
    sentence = Sentence(start, stop)
    all_ends, all_starts = sentence.ends, sentence.starts
    for heading, first, end in scope.vocabulary.patterns.find(scope.words, texts, start, stop):
        ends = all_ends.get(heading)
        if ends is None:
            all_ends[heading], all_starts[heading] = {end: first}, {first: end}
            continue
        starts = all_starts[heading]
        if ends.setdefault(end, first) > first:
            ends[end] = first
        if starts.setdefault(first, end) < end:
            starts[first] = end
    _drop_denied(scope, sentence)
    _read_verbs(scope, sentence)
    return sentence


def _drop_denied(scope: Scope, sentence: Sentence) -> None:
    """Forget needs that are denied: "nothing needed", "not urgent"."""
    needs = sentence.starts.get("need", {})
    for at in [at for at in needs if scope.word(at) in _DENIABLE and scope.word(at - 1) in _DENIES]:
        del needs[at]
    for at in [at for at in needs if scope.word(at) in _MODAL and _has_been(scope, at + 1)]:
        del needs[at]
    if not needs:
        sentence.starts.pop("need", None)


def _has_been(scope: Scope, index: int) -> bool:
    """Whether it goes on as a guess at the past: "something must have been altered", "it should have run"."""
    return scope.word(index) == "have" and (scope.word(index + 1) == "been" or scope.word(index + 1).endswith("ed"))


def _read_regular(scope: Scope, sentence: Sentence) -> None:
    """Note the verbs that end with -ed, but wishes ("be fixed") and attributes ("the corrected adapter")."""
    texts, first = scope.texts, sentence.start
    for index in [index for index, word in enumerate(texts[first : sentence.stop], first) if word[-2:] == "ed"]:
        word = texts[index]
        if len(word) <= len("shed") or not scope.is_letters(index):
            continue
        if word not in _NO_PAST and scope.word(index - 1) not in _ARTICLES and not _is_wish(scope, index):
            sentence.senses[index] = Sense.PAST


def _read_verbs(scope: Scope, sentence: Sentence) -> None:
    _read_regular(scope, sentence)
    for index in sentence.starts.get("system", ()):
        after = scope.word(index + 1)
        if scope.word(index - 1) in _VERBAL:
            continue
        if len(after) > 3 and after.endswith("s") and after not in _NO_VERBS and scope.is_letters(index + 1):
            sentence.senses[index + 1] = Sense.HABIT
    longest: dict[int, int] = {}
    for heading, sense in _SENSES:
        for first, end in sentence.starts.get(heading, {}).items():
            if (end - first == 1 and _is_noun(scope, first, sense)) or (
                sense is Sense.PAST and scope.word(first - 1) in _NOT_PAST
            ):
                continue
            if sense is Sense.FUTURE and scope.words[first].text.endswith("ed"):
                if end - first == 1 and scope.word(first - 1) in _ARTICLES and scope.is_letters(end):
                    continue  # "got the requested dump"
                _note_participle(scope, sentence, first, end)
            for index in range(first, end):
                if end - first >= longest.get(index, 0):
                    sentence.senses[index], longest[index] = sense, end - first


def _note_participle(scope: Scope, sentence: Sentence, first: int, end: int) -> None:
    """Note where a participle of what is to come may tell of the past: "the job scheduled for", "was moved"."""
    if scope.word(first - 1) in ("was", "were"):
        sentence.reported.update(range(first, end))
    elif _is_attribute(scope, first):
        sentence.loose.update(range(first, end))


def _is_attribute(scope: Scope, index: int) -> bool:
    """Whether a participle belongs to the noun before it: "the job scheduled for Sunday"."""
    before = scope.word(index - 1)
    return (
        scope.is_letters(index - 1)
        and before not in _PASSIVE
        and before not in ("we", "i", "you", "they", "have", "has")
    )


def _is_noun(scope: Scope, index: int, sense: Sense) -> bool:
    """Whether a word that looks like a verb is none: "go-live", "Sat 28 Nov", "the works council", "end of life"."""
    word = scope.word(index)
    before = scope.word(index - 1)
    if sense is Sense.PRESENT and before == "to" and scope.word(index - 2) in _WANTED:
        return True  # "we had wanted to start on 1 December"
    if sense in (Sense.PRESENT, Sense.HABIT) and before in _DETERMINERS:
        return True
    if sense is Sense.HABIT and scope.is_letters(index - 1) and before in scope.vocabulary.numbers:
        return True  # "we saw five crashes"
    if word == "may" and (scope.is_code(index - 1) or scope.is_code(index + 1)):
        return True  # "on 9 May"
    if word == "end" and scope.word(index + 1) == "of":
        return True
    if word == "left" and scope.word(index - 1) in scope.vocabulary.units:
        return True  # "one week left"
    return (word == "go" and scope.word(index + 1) in ("live", "no")) or (
        word in scope.vocabulary.weekdays and (scope.is_capital(index) or scope.is_code(index + 1))
    )


def _is_wish(scope: Scope, index: int) -> bool:
    """Whether a participle is what is to be: "be fixed", "need this sorted", not "have sorted", "was sorted"."""
    if scope.word(index - 1) in _PASSIVE:
        return True
    if scope.word(index - 1) in ("and", "or") and scope.word(index - 2).endswith("ed") and _is_wish(scope, index - 2):
        return True  # "gets tested and released on Friday"
    before = index - 1
    while scope.word(before) in _ADVERBS:
        before -= 1
    if scope.word(before) in ("have", "has", "had"):
        return False
    return any(scope.word(at) in _CAUSATIVE for at in range(before - 3, before + 1))


def governing(scope: Scope, sentence: Sentence, first: int, stop: int) -> Sense:
    """Where the nearest verb looks: to the left in the clause, else to the right, else beyond the clause."""
    least, most = max(sentence.start, first - REACH), min(sentence.stop, stop + REACH)
    left, found = _verb(scope, sentence, range(first - 1, least - 1, -1), _BOUNDS)
    if found is not None and left in sentence.reported and first - left > _AT_ONCE:
        return Sense.PAST
    if found is not None and left not in sentence.loose:
        return found
    opens = first - left <= 3 and scope.word(left) != ","  # "On Friday, your engineer said"
    right = stop + 1 if opens and stop < most and scope.words[stop].text == "," else stop
    end, after = _verb(scope, sentence, range(right, most), _BOUNDS)
    if found is not None:
        if after is Sense.PRESENT and not sentence.has("event"):
            return Sense.HABIT  # "reports scheduled for Monday are sent on Sunday"
        return after if after is Sense.PAST else found
    found = after
    if found is None and first - left <= 3 and end - right <= 2:
        _, found = _verb(scope, sentence, range(left, least - 1, -1), frozenset())
    if found is None and scope.word(left) == "and" and not _has_event(sentence, left, first):
        _, beyond = _verb(scope, sentence, range(left, least - 1, -1), frozenset({",", ";", "("}))
        found = beyond if beyond is Sense.PAST else None  # "went red on Sunday at 4 and green on Sunday at 5"
    return found if found is not None else Sense.UNKNOWN


def _has_event(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether an event is told between two places: "it was a success and we go live on 1 December"."""
    return any(start < at < stop for at in sentence.starts.get("event", ()))


def _verb(scope: Scope, sentence: Sentence, places: range, bounds: frozenset[str]) -> tuple[int, Sense | None]:
    """The first place with a verb, or at which the clause ends, and where that verb looks."""
    for index in places:
        if scope.words[index].text in bounds and not _is_as_of(scope, index):
            return index, None
        if index in sentence.senses:
            return index, sentence.senses[index]
    return places.stop, None


def _is_as_of(scope: Scope, index: int) -> bool:
    return scope.word(index) == "as" and scope.word(index + 1) in ("of", "from", "per")
