"""The reason that a reply gives: what follows a word such as `because`, or a fact of the case."""

import re
from dataclasses import dataclass
from functools import cached_property

from snow_escalations.triage.replies.check.cues import Hit
from snow_escalations.triage.replies.check.read import Read

REASON_WORDS, FACT_WORDS, FACT_LENGTH, HEADING = 2, 3, 5, 6
REASON_CHARACTERS, FACT_CHARACTERS = 6, 8
_NUMBERS = re.compile(r"(?:\d+ )+")
TELEPHONE_DIGITS = 7
"""Digits in a row from which on a number is dialled, and tells no fact."""


@dataclass(frozen=True)
class Reasons(Read):
    """Whether a text gives a reason."""

    @cached_property
    def reason(self) -> bool:
        """Whether a sentence gives a reason that is more than the decision and talk of policy."""
        because = self.of("because")
        if any(self._reason(hit, facts=facts) for facts in (False, True) for hit in because if self._tells(hit)):
            return True
        return any(self._fact(number) for number in range(len(self.said)) if not self.hits_in("unsaid", number))

    def _tells(self, hit: Hit) -> bool:
        """Whether a reason is not only named to say that it is not given."""
        return not self.hits_in("unsaid", hit.sentence)

    def _reason(self, hit: Hit, *, facts: bool) -> bool:
        """Whether what follows a word such as `because` (what precedes it, in Japanese) says something."""
        sentence = self.said[hit.sentence]
        if not self.words.spaced:
            return self._says(hit.sentence, 0, hit.begin, REASON_CHARACTERS, facts=facts)
        if self._says(hit.sentence, hit.end, len(sentence), REASON_WORDS, facts=facts):
            return True
        following = hit.sentence + 1
        if not self._is_heading(hit) or following >= len(self.said) or self.hits_in("courtesy", following):
            return False
        return self._says(following, 0, len(self.said[following]), REASON_WORDS, facts=facts)

    def _is_heading(self, hit: Hit) -> bool:
        """Whether the reason is announced here and given in the sentence that follows."""
        rest = self.said[hit.sentence][hit.end :]
        return rest.count(" ") <= HEADING and not self.hits_in("hollow", hit.sentence)

    def _fact(self, number: int) -> bool:
        """Whether a sentence tells a fact of the case, before it speaks of what comes next."""
        sentence = self.said[number]
        if any(hit.begin <= 12 for hit in self.hits_in("courtesy", number)):
            return False
        later = [hit.begin for group in ("offers", "condition") for hit in self.hits_in(group, number)]
        later += [hit.begin for hit in self.hits_in("next_steps", number) if self.comes(hit)]
        end = min(later, default=len(sentence))
        if not self.words.spaced:
            return self._fact_unspaced(number, end)
        if sentence[:end].count(" ") < FACT_LENGTH or not self._anchored(number, end):
            return False
        return self._says(number, 0, end, FACT_WORDS)

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

    def _says(self, number: int, begin: int, end: int, enough: int, *, facts: bool = True) -> bool:
        """Whether a part of a sentence says enough words (or characters) beside decision, courtesy and policy."""
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
        if self.words.spaced:
            known = self.words.contentless
            content = sum(word not in known and not word[0].isdigit() for part in kept for word in part.split())
        else:
            rest = "".join(kept)
            for word in self.words.contentless_longest_first:
                rest = rest.replace(word, "")
            content = len(rest)
        if content >= enough or not facts:
            return content >= enough
        told = any(
            begin <= hit.begin < end and not any(first <= hit.begin < last for first, last in gone)
            for hit in self.hits_in("facts", number)
        )
        return told and content + (2 if self.words.spaced else 4) >= enough
