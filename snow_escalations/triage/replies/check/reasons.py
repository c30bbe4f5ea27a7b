"""The reason that a reply gives: what follows a word such as `because`, or a fact of the case."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from snow_escalations.triage.replies.check.cues import Hit
from snow_escalations.triage.replies.check.read import Read

REASON_WORDS, FACT_WORDS, FACT_LENGTH, HEADING = 2, 3, 5, 6
REASON_CHARACTERS, FACT_CHARACTERS = 4, 8
_NUMBERS = re.compile(r"(?:\d+ )+")
TELEPHONE_DIGITS = 7
"""Digits in a row from which on a number is dialled, and tells no fact."""

CLAUSE_WORDS = 3
"""Words from which on what stands before an "and" is a clause."""


@cache
def _longest_first(words: frozenset[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


@dataclass(frozen=True)
class Reasons(Read):
    """Whether a text gives a reason."""

    @cached_property
    def reason(self) -> bool:
        """Whether a sentence gives a reason that is more than the decision and talk of policy."""
        because = self.of("because")
        if any(self._reason(hit, facts=facts) for facts in (False, True) for hit in because if self._tells(hit)):
            return True
        if any(self._concludes(hit) for hit in self.of("therefore")):
            return True
        if any(self._is_told_next(hit, heads=hit.begin == 0) for hit in self.of("asked") if self._tells(hit)):
            return True
        return any(self._fact(number) for number in range(len(self.said)))

    def _concludes(self, hit: Hit) -> bool:
        """Whether what precedes a word such as `therefore` says something."""
        if self._says(hit.sentence, 0, hit.begin, REASON_WORDS, thin=True):
            return True
        before = hit.sentence - 1
        if hit.begin > 0 or before < 0 or any(self.hits_in(group, before) for group in ("courtesy", "unsaid")):
            return False
        return self._says(before, 0, len(self.said[before]), FACT_WORDS, thin=True)

    def _tells(self, hit: Hit) -> bool:
        """Whether it says why, and not that no reason is given, nor "as soon as the" or "that is why"."""
        like = [other for group in ("comparison", "therefore") for other in self.hits_in(group, hit.sentence)]
        compares = any(other.begin < hit.end and hit.begin < other.end for other in like)
        return not compares and not self.hits_in("unsaid", hit.sentence)

    def _reason(self, hit: Hit, *, facts: bool) -> bool:
        """Whether what follows a word such as `because` (what precedes it, in Japanese) says something."""
        number = hit.sentence
        heads = any(other.begin < hit.end and hit.begin < other.end for other in self.hits_in("heading", number))
        if not self.words.spaced:
            end = len(self.said[number])
            told = self._says(number, 0, hit.begin, REASON_CHARACTERS, facts=facts, thin=True)
            return told or (heads and self._says(number, hit.end, end, REASON_CHARACTERS, facts=facts, thin=True))
        if self._says(number, hit.end, len(self.said[number]), REASON_WORDS, facts=facts, thin=True):
            return self._says(number, hit.end, self._end_of_reason(hit), REASON_WORDS, facts=facts, thin=True)
        return self._is_told_next(hit, heads=heads, facts=facts)

    def _is_told_next(self, hit: Hit, *, heads: bool, facts: bool = True) -> bool:
        """Whether a word only announces the reason, and the next sentence gives it."""
        number, following = hit.sentence, hit.sentence + 1
        if following >= len(self.said) or self.hits_in("courtesy", following) or not self._is_short(hit):
            return False
        bare = hit.end == len(self.said[number])
        if number in self.reply.announcing and (heads or bare):
            end = len(self.said[following])
        elif heads:
            end = self._before_what_comes(following)
        else:
            return False
        return self._says(following, 0, end, REASON_WORDS, facts=facts, thin=True)

    def _is_short(self, hit: Hit) -> bool:
        """Whether the sentence says so little after it that it may announce the next one."""
        return self.said[hit.sentence].count(" ", hit.end) <= HEADING and not self.hits_in("hollow", hit.sentence)

    def _before_what_comes(self, number: int) -> int:
        """Where a sentence begins to speak of what comes next, with the condition that it stands on."""
        comes = [hit.begin for hit in self.hits_in("next_steps", number) if self.comes(hit)]
        comes += [hit.begin for group in ("offers", "later") for hit in self.hits_in(group, number)]
        if not comes:
            return len(self.said[number])
        return min([*comes, *(hit.begin for hit in self.hits_in("condition", number))])

    def _end_of_reason(self, hit: Hit) -> int:
        """Where the clauses that follow a reason begin to speak of what comes next: "..., and Rita will call you"."""
        number, sentence = hit.sentence, self.said[hit.sentence]
        begins = [mark for mark in self.begins[number] if mark > hit.end]
        if hit.end in self.begins[number]:
            begins = begins[1:]  # what is inserted after the word is not the reason yet
        begins += [
            turn.begin
            for turn in self.hits_in("turn", number)
            if turn.begin > hit.end and sentence.count(" ", hit.end, turn.begin) >= CLAUSE_WORDS
        ]
        marks = sorted({*begins, len(sentence)})
        comes = [other.begin for other in self.hits_in("next_steps", number) if self.comes(other)]
        comes += [other.begin for other in self.hits_in("offers", number)]
        return next(
            (first for first, last in pairwise(marks) if any(first <= begin < last for begin in comes)), len(sentence)
        )

    def _fact(self, number: int) -> bool:
        """Whether a sentence tells a fact of the case, before it speaks of what comes next."""
        sentence = self.said[number]
        if any(hit.begin <= 12 for hit in self.hits_in("courtesy", number)):
            return False
        later = [hit.begin for group in ("offers", "condition") for hit in self.hits_in(group, number)]
        later += [hit.begin for hit in self.hits_in("next_steps", number) if self.comes(hit)]
        later += [self._clause_begin(hit) for hit in self.hits_in("unsaid", number)]
        end = min(later, default=len(sentence))
        if not self.words.spaced:
            return self._fact_unspaced(number, end)
        if sentence[:end].count(" ") < FACT_LENGTH or not self._anchored(number, end):
            return False
        return self._says(number, 0, end, FACT_WORDS)

    def _clause_begin(self, hit: Hit) -> int:
        return max(mark for mark in self.begins[hit.sentence] if mark <= hit.begin)

    def _fact_unspaced(self, number: int, end: int) -> bool:
        """The same where words are not told apart: with a next step in the sentence, a fact must stand before it."""
        if self.hits_in("next_steps", number) and not any(hit.end <= end for hit in self.hits_in("facts", number)):
            return False
        return self._anchored(number, end) and self._says(number, 0, end, FACT_CHARACTERS)

    def _anchored(self, number: int, end: int) -> bool:
        if any(hit.begin < end for hit in self.hits_in("facts", number)):
            return True
        if self.hits_in("moment", number) and not self.is_past(number):
            return False
        if any(hit.begin < end for hit in self.hits_in("when", number)):
            return True
        if not self.words.spaced:
            return False
        numbers = _NUMBERS.finditer(self.said[number][:end])
        return any(len(match[0].replace(" ", "")) < TELEPHONE_DIGITS for match in numbers)

    def _says(self, number: int, begin: int, end: int, enough: int, *, facts: bool = True, thin: bool = False) -> bool:
        """Whether a part of a sentence says enough words (or characters) beside decision, courtesy and policy.

        Args:
            number: the sentence.
            begin: where the part begins.
            end: where it ends.
            enough: what is enough.
            facts: whether a fact makes up for some words.
            thin: whether words that give no reason are not counted, such as "so", "say" and "want".
        """
        sentence = self.said[number]
        hollow = [
            hit for group in ("hollow", "courtesy", "scores", "thresholds") for hit in self.hits_in(group, number)
        ]
        gone = sorted((hit.begin, hit.end) for hit in [*hollow, *self.hits_in("when", number)])
        kept, at = [], begin
        for first, last in gone:
            if first >= end or last <= at:
                continue
            kept.append(sentence[at : max(first, at)])
            at = min(last, end)
        kept.append(sentence[at:end])
        known = self.words.thin if thin else self.words.contentless
        if self.words.spaced:
            content = sum(word not in known and not word[0].isdigit() for part in kept for word in part.split())
        else:
            rest = "".join(kept)
            for word in _longest_first(known):
                rest = rest.replace(word, "")
            content = len(rest)
        if content >= enough or not facts:
            return content >= enough
        told = any(
            begin <= hit.begin < end and not any(first <= hit.begin < last for first, last in gone)
            for hit in self.hits_in("facts", number)
        )
        return told and content + (2 if self.words.spaced else 4) >= enough
