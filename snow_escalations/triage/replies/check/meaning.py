"""What a reply says to the customer: the decision, a reason, what comes next, and how to talk."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from snow_escalations.triage.replies.check.clauses import Begins, Denials, begins_of, is_denied, is_denied_behind
from snow_escalations.triage.replies.check.cues import Hit, Hits
from snow_escalations.triage.replies.check.text import Reply, words_of
from snow_escalations.triage.replies.check.vocabulary import Vocabulary

NEAR_OBJECT, NEAR_NEGATION, AFTER, SHORT_SENTENCE, NEAR_GRANTED = 12, 6, 4, 16, 5
REASON_WORDS, FACT_WORDS, FACT_LENGTH, HEADING = 2, 3, 5, 6
NEAR_SENTENCES = 3
"""Sentences before one that is about the escalation still, as long as nothing else is named."""
REASON_CHARACTERS, FACT_CHARACTERS = 6, 8
_TELEPHONE = re.compile(
    r"(?<![a-zß-ÿ0-9_.,/-])(?:\+|\(?0|\()\(?\d[\d ()./-]{5,17}\d(?![a-zß-ÿ0-9_-])"
    r"|(?<![a-zß-ÿ0-9_.-])\d{3}[ -]\d{3,4}(?:[ -]\d{3,4})?(?![a-zß-ÿ0-9_-])"
)
_DIALLED = re.compile(r"[+(\d][\d ()./-]{5}")
"""Where a telephone number can begin at the earliest."""
_DATE = re.compile(r"\(?\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}")
_NUMBERS = re.compile(r"(?:\d+ )+")
TELEPHONE_DIGITS = 7
"""Digits in a row from which on a number is dialled, and tells no fact."""


@dataclass(frozen=True)
class Decision:
    """Whether a text says that the escalation was refused, and whether it says that it was granted."""

    refused: bool
    granted: bool


@dataclass(frozen=True)
class Meaning:
    """What a text in a known language says."""

    reply: Reply
    words: Vocabulary

    @cached_property
    def _layers(self) -> dict[str, tuple[tuple[str, ...], Callable[[], Hits]]]:
        """What is known how to be found; the layers that few replies need are read when one of them is asked for."""
        often, _ = self.words.read(self.reply)
        return {group: (groups, matched) for groups, matched in often() for group in groups}

    def _layer(self, group: str) -> tuple[tuple[str, ...], Callable[[], Hits]]:
        layers = self._layers
        if group not in layers and not self._seldom_read:
            self._seldom_read.append(True)
            _, seldom = self.words.read(self.reply)
            layers |= {name: (groups, matched) for groups, matched in seldom() for name in groups}
        return layers.get(group, ((group,), dict))

    @cached_property
    def _seldom_read(self) -> list[bool]:
        """Not empty once they were read."""
        return []

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

    @cached_property
    def decision(self) -> Decision:
        """The decision that the text states, of the two."""
        granted, refused = set[int](), set[int]()
        for hit in self.of("granted"):
            if not self._is_of_escalation(hit, NEAR_GRANTED) or self._on_condition(hit, None):
                continue
            if not self._negated(hit, NEAR_NEGATION, after=True):
                granted.add(hit.sentence)
            elif not self._open(hit):
                refused.add(hit.sentence)
        for hit in self.of("refused"):
            of_escalation = self._is_of_escalation(hit, SHORT_SENTENCE)
            if of_escalation and not self._on_condition(hit, 4) and not self._negated(hit, 4, after=False):
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
            (refused if self._negated(hit, NEAR_NEGATION, after=True) else granted).add(hit.sentence)
        for hit in self.of("refused_topic"):
            if self._on_topic(hit) and not self._on_condition(hit, 4) and not self._open(hit):
                refused.add(hit.sentence)

    def _on_topic(self, hit: Hit) -> bool:
        """Whether a sentence, or one shortly before it, speaks of the escalation and of nothing else nearer."""
        if self._earlier(hit):
            return False
        elsewhere = [self._distance(hit, other) for other in self._in("elsewhere", hit.sentence)]
        here = [self._distance(hit, other) for other in self._in("object", hit.sentence)]
        if here:
            return not elsewhere or min(here) < min(elsewhere)
        before = range(max(0, hit.sentence - NEAR_SENTENCES), hit.sentence)
        return not elsewhere and any(self._in("object", number) for number in before)

    @cached_property
    def reason(self) -> bool:
        """Whether a sentence gives a reason that is more than the decision and talk of policy."""
        because = self.of("because")
        if any(self._reason(hit, facts=facts) for facts in (False, True) for hit in because if self._tells(hit)):
            return True
        return any(self._fact(number) for number in range(len(self.said)) if not self._in("unsaid", number))

    def _tells(self, hit: Hit) -> bool:
        """Whether a reason is not only named to say that it is not given."""
        return not self._in("unsaid", hit.sentence)

    @cached_property
    def next_steps(self) -> bool:
        """Whether the text says what happens next."""
        if any(self._comes(hit) for hit in self.of("next_steps")):
            return True
        if any(self._is_to_come(hit) for hit in self.of("later")):
            return True
        return any(self._is_to_come(hit) and not self._is_past(hit.sentence) for hit in self.of("moment"))

    def _is_to_come(self, hit: Hit) -> bool:
        """Whether a time to come is one at which something happens, and not only an offer to talk."""
        return not self._in("offers", hit.sentence) and not self._closes(hit) and not self._denied(hit)

    def _is_past(self, number: int) -> bool:
        """Whether a sentence speaks of what was."""
        past, endings = self.words.past, self.words.past_endings
        return any(word in past or word.endswith(endings) for word in self.said[number].split())

    @cached_property
    def offers_talk(self) -> bool:
        """Whether the text offers a way to talk, in words."""
        against = {hit.sentence for hit in self.of("no_offers")}
        return any(hit.sentence not in against and not self._denied(hit) for hit in self.of("offers"))

    @cached_property
    def telephone(self) -> bool:
        """Whether it gives a number that may be dialled."""
        numbers = [words_of(number).strip() for number in telephones_in(self.reply.folded)]
        return any(self._is_given(number) for number in numbers)

    def _is_given(self, number: str) -> bool:
        sought = f"{number} " if self.words.spaced else "".join(number.split())
        stands = [(at, said.find(sought)) for at, said in enumerate(self.said) if sought in said]
        return not stands or any(not self._denied(Hit(at, begin, begin + len(sought))) for at, begin in stands)

    @cached_property
    def _begins(self) -> Begins:
        """Where the clauses of each sentence begin."""
        begins = begins_of(self.reply, spaced=self.words.spaced)
        return begins if len(begins) == len(self.said) else [[0]] * len(self.said)

    def _denied(self, hit: Hit) -> bool:
        """Whether a negation denies what a hit says."""
        if not self._in("denial", hit.sentence):
            return False
        said = Denials(*(self._in(group, hit.sentence) for group in Denials._fields))
        begins, sentence = self._begins[hit.sentence], self.said[hit.sentence]
        if not self.words.spaced:
            return is_denied_behind(hit, said, begins)
        return is_denied(hit, said, begins, lambda first, last: sentence.count(" ", first, last))

    def _comes(self, hit: Hit) -> bool:
        """Whether a hit of `next_steps` says that something happens, and not that it does not."""
        if self._closes(hit) or self._denied(hit):
            return False
        return self.words.spaced or not self._negated(hit, 2, after=False)

    def _closes(self, hit: Hit) -> bool:
        """Whether what comes is only the end of the escalation, or what the customer will think of it."""
        return any(other.begin < hit.end and hit.begin < other.end for other in self._in("closing", hit.sentence))

    def told(self, group: str) -> list[str]:
        """The words of the hits of a group that tell something of ours, and not of what the public knows."""
        return [
            self.said[hit.sentence][hit.begin : hit.end].strip()
            for hit in self.of(group)
            if not any(self._distance(hit, other) <= 2 for other in self._in("public", hit.sentence))
        ]

    def _is_of_escalation(self, hit: Hit, short: int) -> bool:
        if self._earlier(hit):
            return False
        here = [self._distance(hit, other) for other in self._in("object", hit.sentence)]
        elsewhere = [
            self._distance(hit, other)
            for other in self._in("elsewhere", hit.sentence)
            if other.begin < hit.begin or self._distance(hit, other) <= 1
        ]
        near = min(here, default=99)
        if near <= NEAR_OBJECT or not self.words.spaced:
            return not elsewhere or near < min(elsewhere) or (near < 99 and not self.words.spaced)
        if here or elsewhere or self._in("courtesy", hit.sentence):
            return False
        pronoun = any(self._distance(hit, other) == 0 for other in self._in("pronoun", hit.sentence))
        return pronoun or self.said[hit.sentence].count(" ") <= short

    def _distance(self, one: Hit, other: Hit) -> int:
        """Words between two hits of a sentence, or characters where there are no words."""
        first, second = sorted((one, other), key=lambda hit: hit.begin)
        between = self.said[one.sentence][first.end : second.begin]
        return between.count(" ") if self.words.spaced else len(between)

    def _earlier(self, hit: Hit) -> bool:
        return any(
            other.begin < hit.end and self._distance(hit, other) <= 5 for other in self._in("earlier", hit.sentence)
        )

    def _on_condition(self, hit: Hit, within: int | None) -> bool:
        for other in self._in("condition", hit.sentence):
            if not self.words.spaced:
                if 0 <= other.begin - hit.begin <= 12:
                    return True
                continue
            before = other.begin < hit.begin and (within is None or self._distance(hit, other) < within)
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

    def _negated(self, hit: Hit, before: int, *, after: bool) -> bool:
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

    def _reason(self, hit: Hit, *, facts: bool) -> bool:
        """Whether what follows a word such as `because` (what precedes it, in Japanese) says something."""
        sentence = self.said[hit.sentence]
        if not self.words.spaced:
            return self._says(hit.sentence, 0, hit.begin, REASON_CHARACTERS, facts=facts)
        if self._says(hit.sentence, hit.end, len(sentence), REASON_WORDS, facts=facts):
            return True
        following = hit.sentence + 1
        if not self._is_heading(hit) or following >= len(self.said) or self._in("courtesy", following):
            return False
        return self._says(following, 0, len(self.said[following]), REASON_WORDS, facts=facts)

    def _is_heading(self, hit: Hit) -> bool:
        """Whether the reason is announced here and given in the sentence that follows."""
        rest = self.said[hit.sentence][hit.end :]
        return rest.count(" ") <= HEADING and not self._in("hollow", hit.sentence)

    def _fact(self, number: int) -> bool:
        """Whether a sentence tells a fact of the case, before it speaks of what comes next."""
        sentence = self.said[number]
        if any(hit.begin <= 12 for hit in self._in("courtesy", number)):
            return False
        later = [hit.begin for group in ("offers", "condition") for hit in self._in(group, number)]
        later += [hit.begin for hit in self._in("next_steps", number) if self._comes(hit)]
        end = min(later, default=len(sentence))
        if not self.words.spaced:
            return self._fact_unspaced(number, end)
        if sentence[:end].count(" ") < FACT_LENGTH or not self._anchored(number, end):
            return False
        return self._says(number, 0, end, FACT_WORDS)

    def _fact_unspaced(self, number: int, end: int) -> bool:
        """The same where words are not told apart: with a next step in the sentence, a fact must stand before it."""
        if self._in("next_steps", number) and not any(hit.end <= end for hit in self._in("facts", number)):
            return False
        return self._anchored(number, end) and self._says(number, 0, end, FACT_CHARACTERS)

    def _by_sentence(self, group: str) -> dict[int, list[Hit]]:
        if group not in self._found:
            groups, matched = self._layer(group)
            hits = matched()
            for name in groups:
                by_sentence = self._found[name] = {}
                for hit in hits.get(name, ()):
                    by_sentence.setdefault(hit.sentence, []).append(hit)
        return self._found[group]

    def _in(self, group: str, number: int) -> list[Hit]:
        return self._by_sentence(group).get(number, [])

    def _anchored(self, number: int, end: int) -> bool:
        if any(hit.begin < end for hit in self._in("facts", number)):
            return True
        if self._in("moment", number) and not self._is_past(number):
            return False
        if any(hit.begin < end for hit in self._in("when", number)):
            return True
        if not self.words.spaced:
            return False
        numbers = _NUMBERS.finditer(self.said[number][:end])
        return any(len(match[0].replace(" ", "")) < TELEPHONE_DIGITS for match in numbers)

    def _says(self, number: int, begin: int, end: int, enough: int, *, facts: bool = True) -> bool:
        """Whether a part of a sentence says enough words (or characters) beside decision, courtesy and policy."""
        sentence = self.said[number]
        hollow = [hit for group in ("hollow", "courtesy", "scores", "thresholds") for hit in self._in(group, number)]
        gone = sorted((hit.begin, hit.end) for hit in [*hollow, *self._in("when", number)])
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
            for hit in self._in("facts", number)
        )
        return told and content + (2 if self.words.spaced else 4) >= enough


def telephones_in(text: str) -> list[str]:
    """What is dialled: telephone numbers, and no dates."""
    first = _DIALLED.search(text)
    if first is None:
        return []
    found = (match[0].strip("() ") for match in _TELEPHONE.finditer(text, first.start()))
    return [number for number in found if not _DATE.fullmatch(number)]
