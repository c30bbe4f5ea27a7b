"""A sentence with its cues, its clauses, and where its verbs look."""

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import accumulate, compress, count

from snow_escalations.triage.reading.deadlines.moment import Scope
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.words import Kind, kind_of, listed

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
_AS_OF = frozenset({"of", "from", "per"})  # after "as", which begins no clause then
_DENIABLE = listed("need needed required requested expected urgent critical mandatory")
_WANTED = listed("wanted hoped planned intended meant")
_GOALS = listed("target goal aim request wish expectation deadline expected needed required")
_MODAL = frozenset({"must", "should"})
_DENIES = listed("nothing not no isn't hardly")
_LIMITING = frozenset({"at", "the", "very"})
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


_DOUBTFUL = listed("may am works end left go")  # as verbs
_NONE: Mapping[int, int] = {}
_SENSES = (("present", Sense.PRESENT), ("past", Sense.PAST), ("future", Sense.FUTURE), ("habit", Sense.HABIT))
_WISHED = frozenset({"needed", "required", "wanted"})
_LIMITS = listed("by before within in until no latest eod eob cob eow eom today tomorrow on at for asap")
_SUBJECTS = listed("was were had have has been we i they you he she it who customer client boss team")
_PREFIXES = frozenset({"re", "pre", "-"})


class Sentence:
    """A sentence from its first word to the end, its cues by heading, its clauses, and where its verbs look.

    `starts` has the place after a cue by its first word. Clauses and verbs are read when they are first asked for.
    """

    __slots__ = ("_clauses", "_ends", "_found", "_scope", "_verbs", "_words", "start", "starts", "stop")

    def __init__(self, scope: Scope, start: int, stop: int) -> None:
        found = scope.vocabulary.patterns.find(scope.texts, start, stop)
        self.start, self.stop = start, stop
        self.starts, self._found = found.starts, found
        self._ends: dict[str, dict[int, int]] = {}
        self._scope = scope
        self._clauses: list[int] | None = None
        self._verbs: Verbs | None = None
        self._words: frozenset[str] | None = None
        if "need" in self.starts:
            _drop_denied(scope, self.starts)
        if "every" in self.starts:
            _drop_at_most(scope, self)

    @property
    def senses(self) -> dict[int, Sense]:
        """Where verbs look, by the places of their words."""
        return self.verbs.senses

    @property
    def verbs(self) -> "Verbs":
        """The verbs."""
        if self._verbs is None:
            self._verbs = _read_verbs(self._scope, self)
        return self._verbs

    @property
    def words(self) -> frozenset[str]:
        """All its words, which tell what need not be looked for."""
        if self._words is None:
            self._words = frozenset(self._scope.texts[self.start : self.stop])
        return self._words

    def has(self, heading: str) -> bool:
        """Whether there is such a cue anywhere in the sentence."""
        return heading in self.starts

    def ends(self, heading: str) -> dict[int, int]:
        """The first words of the cues under a heading, by the places after them."""
        ends = self._ends.get(heading)
        if ends is None:
            ends = self._ends[heading] = self._found.ends(heading)
        return ends

    def has_before(self, heading: str, index: int) -> bool:
        """Whether there is such a cue before a word; they are noted in order."""
        starts = self.starts.get(heading)
        return starts is not None and next(iter(starts), index) < index

    def clause_of(self, scope: Scope, index: int) -> int:
        """The number of the clause in which a word of the sentence stands."""
        if self._clauses is None:
            self._clauses = [*accumulate(map(_CLAUSES.__contains__, scope.texts[self.start : self.stop]))]
        return self._clauses[index - self.start]


class Verbs:
    """Where the verbs of a sentence look, by the places of their words."""

    __slots__ = ("loose", "reported", "senses")

    def __init__(self) -> None:
        self.senses: dict[int, Sense] = {}
        self.reported: set[int] = set()  # "was moved", unless a day follows at once
        self.loose: set[int] = set()  # participles of a noun: "the job scheduled for Sunday did not run"


def sentence_around(scope: Scope, index: int, start: int = 0) -> Sentence:
    """The sentence of a word, which does not begin before `start`."""
    texts = scope.texts
    while (stop := texts.index("", start)) < index:
        start = stop + 1
    return Sentence(scope, start, stop)


def _drop_denied(scope: Scope, starts: dict[str, dict[int, int]]) -> None:
    """Forget needs that are denied: "nothing needed", "not urgent"."""
    texts, needs = scope.texts, starts["need"]
    for at in [at for at in needs if texts[at] in _DENIABLE and texts[at - 1] in _DENIES]:
        del needs[at]
    for at in [at for at in needs if scope.texts[at] in _MODAL and _has_been(scope, at + 1)]:
        del needs[at]
    if not needs:
        del starts["need"]


def _drop_at_most(scope: Scope, sentence: Sentence) -> None:
    """Forget "most" where it limits: "in at most four days", not "most days"."""
    starts = sentence.starts["every"]
    for at in [at for at in starts if scope.texts[at] == "most" and scope.texts[at - 1] in _LIMITING]:
        sentence.ends("every").pop(starts.pop(at), None)
    if not starts:
        del sentence.starts["every"]


def _has_been(scope: Scope, index: int) -> bool:
    """Whether it goes on as a guess at the past: "something must have been altered", "it should have run"."""
    return scope.texts[index] == "have" and (scope.texts[index + 1] == "been" or scope.texts[index + 1].endswith("ed"))


def _is_regular(word: str) -> bool:
    return word.endswith("ed") and len(word) > len("shed") and word not in _NO_PAST and kind_of(word) is Kind.WORD


_REGULAR = Memo(_is_regular)


def _read_regular(scope: Scope, sentence: Sentence, verbs: Verbs) -> None:
    """Note the verbs that end with -ed, but wishes ("be fixed") and attributes ("the corrected adapter")."""
    texts, first = scope.texts, sentence.start
    for index in compress(count(first), map(_REGULAR.__getitem__, texts[first : sentence.stop])):
        if texts[index] in _WISHED and texts[index + 1] in _LIMITS and texts[index - 1] not in _SUBJECTS:
            verbs.senses[index] = Sense.FUTURE  # "RCA wanted by next Tuesday"
        elif texts[index - 1] not in _ARTICLES and not _is_wish(scope, index):
            verbs.senses[index] = Sense.PAST


def _read_verbs(scope: Scope, sentence: Sentence) -> Verbs:
    verbs = Verbs()
    senses, texts, starts = verbs.senses, scope.texts, sentence.starts
    _read_regular(scope, sentence, verbs)
    for index in starts.get("system", ()):
        after = texts[index + 1]
        if texts[index - 1] in _VERBAL:
            continue
        if after[-1:] == "s" and len(after) > 3 and after not in _NO_VERBS and scope.is_letters(index + 1):
            senses[index + 1] = Sense.HABIT
    longest: dict[int, int] = {}
    for heading, sense in _SENSES:
        for first, end in starts.get(heading, _NONE).items():
            length = end - first
            if (sense is Sense.PAST and texts[first - 1] in _NOT_PAST) or (
                length == 1 and _is_noun(scope, first, sense)
            ):
                continue
            if sense is Sense.FUTURE and texts[first].endswith("ed"):
                if length == 1 and texts[first - 1] in _ARTICLES and scope.is_letters(end):
                    continue  # "got the requested dump"
                _note_participle(scope, verbs, first, end)
            for index in range(first, end):
                if length >= longest.get(index, 0):
                    senses[index], longest[index] = sense, length
    return verbs


def _note_participle(scope: Scope, verbs: Verbs, first: int, end: int) -> None:
    """Note where a participle of what is to come may tell of the past: "the job scheduled for", "was moved"."""
    if scope.texts[first - 1] in ("was", "were"):
        verbs.reported.update(range(first, end))
    elif _is_attribute(scope, first) and not (scope.texts[first] in _WISHED and scope.texts[end] in _LIMITS):
        verbs.loose.update(range(first, end))


def _is_attribute(scope: Scope, index: int) -> bool:
    """Whether a participle belongs to the noun before it: "the job scheduled for Sunday"."""
    before = scope.texts[index - 1]
    return (
        scope.is_letters(index - 1)
        and before not in _PASSIVE
        and before not in ("we", "i", "you", "they", "have", "has")
    )


def _is_noun(scope: Scope, index: int, sense: Sense) -> bool:
    """Whether a word that looks like a verb is none: "go-live", "Sat 28 Nov", "the works council", "end of life"."""
    texts = scope.texts
    word, before = texts[index], texts[index - 1]
    if sense is Sense.PRESENT and before == "to" and texts[index - 2] in _WANTED:
        return True  # "we had wanted to start on 1 December"
    if sense in (Sense.PRESENT, Sense.HABIT) and before in _DETERMINERS:
        return True
    if sense is Sense.HABIT and before in scope.vocabulary.numbers and scope.is_letters(index - 1):
        return True  # "we saw five crashes"
    if word not in _DOUBTFUL:
        return word in scope.vocabulary.weekdays and (scope.is_capital(index) or scope.is_code(index + 1))
    if word in ("may", "am") and (scope.is_code(index - 1) or (word == "may" and scope.is_code(index + 1))):
        return True  # "on 9 May", "till 11 am"
    if (word == "works" and before == "ex") or (word == "end" and texts[index + 1] == "of"):
        return True
    if word == "left" and (before in scope.vocabulary.units or before == "time" or scope.is_code(index - 1)):
        return True  # "one week left", "24h left"
    return word == "go" and texts[index + 1] in ("live", "no")


def _is_wish(scope: Scope, index: int) -> bool:
    """Whether a participle is what is to be: "be fixed", "need this sorted", not "have sorted", "was sorted"."""
    bare = index - 1
    while scope.texts[bare] in _PREFIXES:
        bare -= 1
    if scope.texts[bare] in _PASSIVE or (scope.texts[index - 1] == ":" and scope.texts[index - 2] in _GOALS):
        return True
    if scope.texts[index - 1] in ("and", "or") and scope.texts[index - 2].endswith("ed") and _is_wish(scope, index - 2):
        return True  # "gets tested and released on Friday"
    before = index - 1
    while scope.texts[before] in _ADVERBS:
        before -= 1
    if scope.texts[before] in ("have", "has", "had"):
        return False
    return any(scope.texts[at] in _CAUSATIVE for at in range(before - 3, before + 1))


def governing(scope: Scope, sentence: Sentence, first: int, stop: int) -> Sense:
    """Where the nearest verb looks: to the left in the clause, else to the right, else beyond the clause."""
    texts, verbs = scope.texts, sentence.verbs
    if not verbs.senses:
        return Sense.UNKNOWN
    least, most = max(sentence.start, first - REACH), min(sentence.stop, stop + REACH)
    left, found = _verb(texts, verbs, range(first - 1, least - 1, -1), _BOUNDS)
    if found is not None and left in verbs.reported and first - left > _AT_ONCE:
        return Sense.PAST
    if found is not None and left not in verbs.loose:
        return found
    opens = first - left <= 3 and texts[left] != ","  # "On Friday, your engineer said"
    right = stop + 1 if opens and stop < most and texts[stop] == "," else stop
    end, after = _verb(texts, verbs, range(right, most), _BOUNDS)
    if found is not None:
        if after is Sense.PRESENT and not sentence.has("event"):
            return Sense.HABIT  # "reports scheduled for Monday are sent on Sunday"
        return after if after is Sense.PAST else found
    found = after
    if found is None and first - left <= 3 and end - right <= 2:
        _, found = _verb(texts, verbs, range(left, least - 1, -1), frozenset())
    if found is None and texts[left] == "and" and not _has_event(sentence, left, first):
        _, beyond = _verb(texts, verbs, range(left, least - 1, -1), frozenset({",", ";", "("}))
        found = beyond if beyond is Sense.PAST else None  # "went red on Sunday at 4 and green on Sunday at 5"
    return found if found is not None else Sense.UNKNOWN


def _has_event(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether an event is told between two places: "it was a success and we go live on 1 December"."""
    return any(start < at < stop for at in sentence.starts.get("event", ()))


def _verb(texts: Sequence[str], verbs: Verbs, places: range, bounds: frozenset[str]) -> tuple[int, Sense | None]:
    """The first place with a verb, or at which the clause ends, and where that verb looks."""
    senses = verbs.senses
    for index in places:
        if texts[index] in bounds and not (texts[index] == "as" and texts[index + 1] in _AS_OF):
            return index, None
        if index in senses:
            return index, senses[index]
    return places.stop, None
