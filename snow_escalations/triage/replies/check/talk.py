"""How a reply offers to talk: in words, and by a number that may be dialled."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby

from snow_escalations.triage.replies.check.clauses import is_torn
from snow_escalations.triage.replies.check.cues import Hit
from snow_escalations.triage.replies.check.read import Read
from snow_escalations.triage.replies.check.text import words_of

_TELEPHONE = re.compile(
    r"(?<![a-zß-ÿ0-9_.,/-])(?:\+|\(?0|\()\(?\d[\d ()./-]{5,17}\d(?![a-zß-ÿ0-9_-])"
    r"|(?<![a-zß-ÿ0-9_.-])\d{3}[ -]\d{3,4}(?:[ -]\d{3,4})?(?![a-zß-ÿ0-9_-])"
)
_DIALLED = re.compile(r"[+(\d][\d ()./-]{5}")
"""Where a telephone number can begin at the earliest."""
_DATE = re.compile(r"\(?\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}")

_JOINING = ("turn", "onset", "joins")
"""Groups of words that begin something else in a clause."""
_LIMITS = ("condition", "when", "moment", "later", "sometimes")
"""Groups that limit what a clause says to a time or a condition."""


@dataclass(frozen=True)
class Talk(Read):
    """How a text offers to talk, and where it denies that, or takes it back."""

    @cached_property
    def offers_talk(self) -> bool:
        """Whether the text offers a way to talk, in words."""
        return any(self._stands(hit) for hit in self._in_words)

    @cached_property
    def telephone(self) -> bool:
        """Whether it gives a number that may be dialled."""
        return any(not hits or any(self._stands(hit) for hit in hits) for hits in self._numbers.values())

    def gives(self, promised: str) -> bool:
        """Whether a number or a promised contact that the text holds may be used, as far as a sentence tells."""
        hits = self._places(promised)
        return not hits or any(self._stands(hit) for hit in hits)

    @property
    def ways(self) -> list[str]:
        """All ways to talk that are named, whether they stand or not, as they are read."""
        return [self.said[way.sentence][way.begin : way.end].strip() for ways in self._ways.values() for way in ways]

    @cached_property
    def _in_words(self) -> list[Hit]:
        """What offers to talk, wherever it stands, and what does at the beginning of a clause only."""
        return [*self.of("offers"), *(hit for hit in self.of("asks") if self._begins_clause(hit))]

    @cached_property
    def _numbers(self) -> dict[str, list[Hit]]:
        """The telephone numbers, with where each stands within a sentence."""
        return {number: self._places(number) for number in telephones_in(self.reply.folded)}

    @cached_property
    def _ways(self) -> dict[int, list[Hit]]:
        """All ways to talk that are named, by sentence, in the order of the text."""
        ways = sorted({*self._in_words, *(hit for hits in self._numbers.values() for hit in hits)})
        return {number: list(hits) for number, hits in groupby(ways, key=lambda hit: hit.sentence)}

    @cached_property
    def _text(self) -> tuple[str, list[int]]:
        """The sentences as one text, and where each begins in it."""
        return "\n".join(self.said), [0, *accumulate(len(said) + 1 for said in self.said)]

    def _places(self, words: str) -> list[Hit]:
        """Where some words stand within a sentence."""
        said = words_of(words).strip()
        sought = f"{said} " if self.words.spaced else "".join(said.split())
        text, starts = self._text
        found, at = [], text.find(sought) if sought.strip() else -1
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.append(Hit(number, at - starts[number], at - starts[number] + len(sought)))
            at = text.find(sought, at + len(sought))
        return found

    def _begins_clause(self, hit: Hit) -> bool:
        before = self.said[hit.sentence][: hit.begin].split()
        return not before or hit.begin in self.begins[hit.sentence] or before[-1] in self.words.leads

    def _stands(self, hit: Hit) -> bool:
        return not (self._is_denied_talk(hit) or self._is_refused(hit) or self._is_taken_back(hit))

    def _is_denied_talk(self, hit: Hit) -> bool:
        if hit not in self._denied_talk:
            self._denied_talk[hit] = self.is_denied(hit, "no_talk")
        return self._denied_talk[hit]

    @cached_property
    def _denied_talk(self) -> dict[Hit, bool]:
        """Of the offers that were asked for, whether they are denied."""
        return {}

    def _is_refused(self, hit: Hit) -> bool:
        """Whether it stands in a clause that only sounds like an offer: "it is pointless to call"."""
        for other in self.hits_in("no_offers", hit.sentence):
            marks = [*self.begins[hit.sentence], *(turn.begin for turn in self.hits_in("turn", hit.sentence))]
            first = max(mark for mark in marks if mark <= other.begin)
            last = min((mark for mark in marks if mark >= other.end), default=len(self.said[hit.sentence]))
            if first <= hit.begin < last and not self._goes_on(hit, last):
                return True
        return False

    def _goes_on(self, hit: Hit, mark: int) -> bool:
        """Whether an offer in a script without blanks names a way to talk behind a comma too."""
        rest = self.said[hit.sentence][mark : hit.end]
        return not self.words.spaced and any(word in rest for word in self.words.by_call | self.words.by_text)

    def _is_taken_back(self, hit: Hit) -> bool:
        """Whether its sentence goes on to take it back, or the next one does: "but nobody will answer"."""
        following = (hit.sentence, hit.sentence + 1)
        return any(self._takes_back(back, hit) for number in following for back in self._retractions(number))

    def _takes_back(self, back: Hit, hit: Hit) -> bool:
        """Whether it is this offer that nobody answers: one before it, and of the way to talk that it speaks of."""
        same = hit.sentence == back.sentence
        before = [way for way in self._ways.get(back.sentence, ()) if way.end <= back.begin]
        if hit.begin >= back.end if same else before:
            return False
        nearest = before if same else self._ways.get(hit.sentence, ())
        if nearest and self._is_denied_talk(nearest[-1]):
            return False
        begin = max(mark for mark in self.begins[back.sentence] if mark <= back.begin)
        one, other = self._channels(hit), self._channels(back._replace(begin=begin), self.words.answering)
        return not one or not other or not one.isdisjoint(other)

    def _retractions(self, number: int) -> list[Hit]:
        """Where a sentence says that nobody answers, at any time and on no condition."""
        if number not in self._retracted:
            found = [*self.hits_in("unanswered", number)]
            found += [hit for hit in self.hits_in("unanswered_first", number) if self._begins_part(hit)]
            found += [hit for hit in self.hits_in("unanswered_last", number) if self._ends_clause(hit)]
            whole = [hit for hit in found if not is_torn(hit, self.hits_in("joins", number), self.begins[number])]
            self._retracted[number] = [hit for hit in whole if not self._is_limited(hit)]
        return self._retracted[number]

    @cached_property
    def _retracted(self) -> dict[int, list[Hit]]:
        """The retractions of the sentences that were asked for."""
        return {}

    def _begins_part(self, hit: Hit) -> bool:
        """Whether it begins a clause, after a word such as "but" too."""
        if hit.begin in self.begins[hit.sentence]:
            return True
        return any(other.end == hit.begin for group in _JOINING for other in self.hits_in(group, hit.sentence))

    def _ends_clause(self, hit: Hit) -> bool:
        if hit.end == len(self.said[hit.sentence]) or hit.end in self.begins[hit.sentence]:
            return True
        return any(hit.end == other.begin for group in _JOINING for other in self.hits_in(group, hit.sentence))

    def _is_limited(self, hit: Hit) -> bool:
        """Whether it holds for a time only, on a condition, or not at all: "I will not answer before Monday"."""
        number, sentence = hit.sentence, self.said[hit.sentence]
        first = max(mark for mark in self.begins[number] if mark <= hit.begin)
        last = min((mark for mark in self.begins[number] if mark >= hit.end), default=len(sentence))
        if any(other.begin < hit.end and hit.begin < other.end for other in self.hits_in("despite", number)):
            return True
        limits = [other for group in _LIMITS for other in self.hits_in(group, number)]
        rest = sentence[hit.begin : last]
        still = any(word in (rest.split() if self.words.spaced else rest) for word in self.words.not_yet)
        return still or any(
            first <= other.begin < last and not hit.begin <= other.begin < other.end <= hit.end for other in limits
        )

    def _channels(self, hit: Hit, besides: frozenset[str] = frozenset()) -> set[str]:
        """Whether it speaks of calls or of what is written, beside some words; nothing where it says neither."""
        said = self.said[hit.sentence][hit.begin : hit.end]
        words = set(said.split()) - besides
        channels = {"call": self.words.by_call, "text": self.words.by_text}
        return {
            name
            for name, known in channels.items()
            if (not known.isdisjoint(words) if self.words.spaced else any(word in said for word in known))
        }


def telephones_in(text: str) -> list[str]:
    """What is dialled: telephone numbers, and no dates."""
    first = _DIALLED.search(text)
    if first is None:
        return []
    found = (match[0].strip("() ") for match in _TELEPHONE.finditer(text, first.start()))
    return [number for number in found if not _DATE.fullmatch(number)]
