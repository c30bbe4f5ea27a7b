"""What is found in a reply: hits of the groups of words by sentence, and whether what they say is denied."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from snow_escalations.triage.replies.check.clauses import Begins, Denials, begins_of, denies, denies_behind
from snow_escalations.triage.replies.check.cues import Hit, Hits, Reading
from snow_escalations.triage.replies.check.text import Reply
from snow_escalations.triage.replies.check.vocabulary import SET_OF, Vocabulary

AFTER = 4
"""Words behind a hit in which some negations stand."""


@dataclass(frozen=True)
class Read:
    """A text in a known language, with what its sentences hold."""

    reply: Reply
    words: Vocabulary

    @cached_property
    def _layers(self) -> dict[str, tuple[tuple[str, ...], Callable[[], Hits]]]:
        """What is known how to be found; the layers that few replies need are read when one of them is asked for."""
        return {}

    @cached_property
    def _sets(self) -> list[Callable[[], Reading] | None]:
        """How the sets of groups are read; None where that was done."""
        return list(self.words.read(self.reply))

    def _layer(self, group: str) -> tuple[tuple[str, ...], Callable[[], Hits]]:
        number = SET_OF[group]
        read, self._sets[number] = self._sets[number], None
        if read is not None:
            self._layers.update({name: (groups, matched) for groups, matched in read() for name in groups})
        return self._layers.get(group, ((group,), dict))

    @cached_property
    def _found(self) -> dict[str, dict[int, list[Hit]]]:
        """The hits by group and sentence, of the groups that were asked for."""
        return {}

    @cached_property
    def said(self) -> list[str]:
        """The sentences in the form that they are read in."""
        return self.words.said(self.reply)

    def of(self, group: str) -> list[Hit]:
        """The hits of a group."""
        return [hit for hits in self._by_sentence(group).values() for hit in hits]

    def _by_sentence(self, group: str) -> dict[int, list[Hit]]:
        if group not in self._found:
            groups, matched = self._layer(group)
            hits = matched()
            for name in groups:
                by_sentence = self._found[name] = {}
                for hit in hits.get(name, ()):
                    by_sentence.setdefault(hit.sentence, []).append(hit)
        return self._found[group]

    def hits_in(self, group: str, number: int) -> list[Hit]:
        """The hits of a group in a sentence."""
        return self._by_sentence(group).get(number, [])

    def distance(self, one: Hit, other: Hit) -> int:
        """Words between two hits of a sentence, or characters where there are no words."""
        first, second = sorted((one, other), key=lambda hit: hit.begin)
        between = self.said[one.sentence][first.end : second.begin]
        return between.count(" ") if self.words.spaced else len(between)

    @cached_property
    def begins(self) -> Begins:
        """Where the clauses of each sentence begin."""
        begins = begins_of(self.reply, spaced=self.words.spaced)
        return begins if len(begins) == len(self.said) else [[0]] * len(self.said)

    def is_denied(self, hit: Hit, *also: str) -> bool:
        """Whether a negation denies what a hit says.

        Args:
            hit: what may be denied.
            also: further groups that deny it.
        """
        denial = [other for group in ("denial", *also) for other in self.hits_in(group, hit.sentence)]
        if not denial:
            return False
        said = Denials(denial, *(self.hits_in(group, hit.sentence) for group in Denials._fields[1:]))
        begins, sentence = self.begins[hit.sentence], self.said[hit.sentence]
        if not self.words.spaced:
            return denies_behind(hit, said, begins)
        return denies(hit, said, begins, lambda first, last: sentence.count(" ", first, last))

    def is_negated(self, hit: Hit, before: int, *, after: bool) -> bool:
        """Whether a negation stands in a hit or near it: in so many words before it, or in a few behind."""
        sentence, words = self.said[hit.sentence], self.words
        if not words.spaced:
            following = sentence[hit.end : hit.end + 14]
            before_it = sentence[hit.begin - 1 : hit.begin]
            return bool(before_it and before_it in words.negation) or any(
                word in following for word in words.negation_after
            )
        if not words.negation.isdisjoint(sentence[: hit.begin].split()[-before:]):
            return True
        if not words.negation.isdisjoint(sentence[hit.begin : hit.end].split()[1:]):
            return True
        return after and not words.negation_after.isdisjoint(sentence[hit.end :].split()[:AFTER])

    def comes(self, hit: Hit) -> bool:
        """Whether a hit of `next_steps` says that something happens, and not that it does not."""
        if self.closes(hit) or self.is_denied(hit):
            return False
        return self.words.spaced or not self.is_negated(hit, 2, after=False)

    def closes(self, hit: Hit) -> bool:
        """Whether what comes is only the end of the escalation, or what the customer will think of it."""
        return any(other.begin < hit.end and hit.begin < other.end for other in self.hits_in("closing", hit.sentence))

    def is_past(self, number: int) -> bool:
        """Whether a sentence speaks of what was."""
        past, endings = self.words.past, self.words.past_endings
        return any(word in past or word.endswith(endings) for word in self.said[number].split())
