"""What a reply says to the customer: the decision, a reason, what comes next, and how to talk."""

from dataclasses import dataclass
from functools import cached_property

from snow_escalations.triage.replies.check.cues import Hit
from snow_escalations.triage.replies.check.read import AFTER
from snow_escalations.triage.replies.check.reasons import Reasons
from snow_escalations.triage.replies.check.talk import Talk

NEAR_OBJECT, NEAR_NEGATION, SHORT_SENTENCE, NEAR_GRANTED = 12, 6, 16, 5
NEAR_SENTENCES = 3
"""Sentences before one that is about the escalation still, as long as nothing else is named."""


@dataclass(frozen=True)
class Decision:
    """Whether a text says that the escalation was refused, and whether it says that it was granted."""

    refused: bool
    granted: bool


@dataclass(frozen=True)
class Meaning(Talk, Reasons):
    """What a text in a known language says."""

    @cached_property
    def decision(self) -> Decision:
        """The decision that the text states, of the two."""
        granted, refused = set[int](), set[int]()
        for hit in self.of("granted"):
            if not self._is_of_escalation(hit, NEAR_GRANTED) or self._on_condition(hit, None):
                continue
            if not self.is_negated(hit, NEAR_NEGATION, after=True):
                granted.add(hit.sentence)
            elif not self._open(hit):
                refused.add(hit.sentence)
        for hit in self.of("refused"):
            of_escalation = self._is_of_escalation(hit, SHORT_SENTENCE)
            if of_escalation and not self._on_condition(hit, 4) and not self.is_negated(hit, 4, after=False):
                refused.add(hit.sentence)
        for hit in self.of("refused_so"):
            if not self._on_condition(hit, 4) and not self._earlier(hit) and not self._open(hit):
                refused.add(hit.sentence)
        if not granted and not refused:
            self._spoken(granted, refused)
        return Decision(bool(refused), bool(granted - refused))

    def _spoken(self, granted: set[int], refused: set[int]) -> None:
        """Add the decisions in words that say nothing of themselves, such as "went through": the topic decides."""
        for hit in self.of("granted_topic"):
            if not self._on_topic(hit) or self._on_condition(hit, None) or self._open(hit):
                continue
            (refused if self.is_negated(hit, NEAR_NEGATION, after=True) else granted).add(hit.sentence)
        for hit in self.of("refused_topic"):
            if self._on_topic(hit) and not self._on_condition(hit, 4) and not self._open(hit):
                refused.add(hit.sentence)

    def _on_topic(self, hit: Hit) -> bool:
        """Whether a sentence, or one shortly before it, speaks of the escalation and of nothing else nearer."""
        if self._earlier(hit):
            return False
        elsewhere = [self.distance(hit, other) for other in self.hits_in("elsewhere", hit.sentence)]
        here = [self.distance(hit, other) for other in self.hits_in("object", hit.sentence)]
        if here:
            return not elsewhere or min(here) < min(elsewhere)
        before = range(max(0, hit.sentence - NEAR_SENTENCES), hit.sentence)
        return not elsewhere and any(self.hits_in("object", number) for number in before)

    @cached_property
    def next_steps(self) -> bool:
        """Whether the text says what happens next."""
        if any(self.comes(hit) for hit in self.of("next_steps")):
            return True
        if any(self._is_to_come(hit) for hit in self.of("later")):
            return True
        return any(self._is_to_come(hit) and not self.is_past(hit.sentence) for hit in self.of("moment"))

    def _is_to_come(self, hit: Hit) -> bool:
        """Whether a time to come is one at which something happens, and not only an offer to talk."""
        return not self.hits_in("offers", hit.sentence) and not self.closes(hit) and not self.is_denied(hit)

    def told(self, group: str) -> list[str]:
        """The words of the hits of a group that tell something of ours, and not of what the public knows."""
        return [
            self.said[hit.sentence][hit.begin : hit.end].strip()
            for hit in self.of(group)
            if not any(self.distance(hit, other) <= 2 for other in self.hits_in("public", hit.sentence))
        ]

    def _is_of_escalation(self, hit: Hit, short: int) -> bool:
        if self._earlier(hit):
            return False
        here = [self.distance(hit, other) for other in self.hits_in("object", hit.sentence)]
        elsewhere = [
            self.distance(hit, other)
            for other in self.hits_in("elsewhere", hit.sentence)
            if other.begin < hit.begin or self.distance(hit, other) <= 1
        ]
        near = min(here, default=99)
        if near <= NEAR_OBJECT or not self.words.spaced:
            return not elsewhere or near < min(elsewhere) or (near < 99 and not self.words.spaced)
        if here or elsewhere or self.hits_in("courtesy", hit.sentence):
            return False
        pronoun = any(self.distance(hit, other) == 0 for other in self.hits_in("pronoun", hit.sentence))
        return pronoun or self.said[hit.sentence].count(" ") <= short

    def _earlier(self, hit: Hit) -> bool:
        return any(
            other.begin < hit.end and self.distance(hit, other) <= 5 for other in self.hits_in("earlier", hit.sentence)
        )

    def _on_condition(self, hit: Hit, within: int | None) -> bool:
        for other in self.hits_in("condition", hit.sentence):
            if not self.words.spaced:
                if 0 <= other.begin - hit.begin <= 12:
                    return True
                continue
            before = other.begin < hit.begin and (within is None or self.distance(hit, other) < within)
            if before or other.begin == hit.end:
                return True
        return False

    def _open(self, hit: Hit) -> bool:
        """Whether the sentence says that it is not decided yet."""
        sentence = self.said[hit.sentence]
        if not self.words.spaced:
            return any(word in sentence for word in self.words.not_yet)
        around = sentence[: hit.begin].split()[-NEAR_NEGATION:] + sentence[hit.begin :].split()[: AFTER + 2]
        return not self.words.not_yet.isdisjoint(around)
