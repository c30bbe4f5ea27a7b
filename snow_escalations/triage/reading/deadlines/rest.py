"""How much the rest of a text, the sentences beside that of a day, sounds as if somebody waits.

Of a day that is told in passing mostly the sentence itself tells nothing: "the film festival begins on 26 November".
What the writer is after stands elsewhere: "the lamp is red, the machine works", or "the server has taken in no film
since Sunday". So the words of the other sentences have points too (`data/deadline_points.tsv`), one by one and two side
by side, which are added to those of the day. They are looked at only in texts that impose something otherwise.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise, repeat
from operator import add, mul

from snow_escalations.triage.reading.deadlines.moment import Scope
from snow_escalations.triage.reading.deadlines.parts import Pieces, everything_in
from snow_escalations.triage.reading.deadlines.points import stem_of
from snow_escalations.triage.reading.deadlines.sentence import Sentence
from snow_escalations.triage.reading.deadlines.vocabulary import Vocabulary
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.points import Key

WORD, PAIR, ANY = "rest", "rests", "any"
USUAL = 60
"""Words: those of a longer rest count less each, so that all together count as much as so many."""
SLACK = 300
"""Points that the rest may take from a day beyond those that it has to spare, and it still binds."""
SLACK_OF_NEEDED = 400
"""The same, if something is needed or promised by then."""
CERTAIN = 600
"""Points to spare with which a day binds whatever the rest says, so that it is not looked at."""
NEAR = 200
"""Points that a day may lack to bind with the help of the rest."""
HELPS = 50
"""Least points of a rest that helps."""
_UNKNOWN, _END = 0, 1  # the numbers of what has no points, and of the end of a sentence
_ENDS = "$"
_LEAST = 5
_NO_POINTS: Mapping[str, int] = {}


class Rest:
    """The points of the rest of texts, by a table of lines `name<TAB>key<TAB>points`."""

    __slots__ = ("_any", "_numbers", "_pairs", "_step", "_words")

    def __init__(self, vocabulary: Vocabulary, table: Mapping[str, Mapping[str, int]]) -> None:
        words, pairs = table.get(WORD, _NO_POINTS), table.get(PAIR, _NO_POINTS)
        stems = dict.fromkeys(chain(words, *(pair.split(" ") for pair in pairs)))
        stems.pop(_ENDS, None)
        numbers = {stem: number for number, stem in enumerate(stems, _END + 1)}
        self._numbers = Memo(lambda word: numbers.get(stem_of(word, vocabulary), _UNKNOWN) if word else _END)
        self._words = [0, 0, *(words.get(stem, 0) for stem in stems)]
        self._step, self._any = len(self._words), table.get(ANY, _NO_POINTS).get(ANY, 0)
        at = {**numbers, _ENDS: _END}
        told = ((pair.split(" "), points) for pair, points in pairs.items())
        self._pairs = {
            at[one] * self._step + at[other]: points + self._words[at[other]] for (one, other), points in told
        }

    def points_of(self, texts: Sequence[str]) -> int:
        """The points of some words with the ends of sentences between them, and one at either end."""
        numbers = [_END, *map(self._numbers.__getitem__, texts), _END]
        pairs = map(add, map(mul, numbers, repeat(self._step)), numbers[1:])
        return sum(map(self._pairs.get, pairs, map(self._words.__getitem__, numbers[1:])))

    def beside(self, scope: Scope, known: Pieces, sentences: Sequence[Sentence]) -> Iterator[int]:
        """The points of what a text says beside each of some sentences of it; none where it says nothing else."""
        texts = whole_of(scope, known)
        whole, words = self.points_of(texts), len(texts) - texts.count("")
        before, points = None, 0
        for sentence in sentences:
            if sentence is not before:
                own = scope.texts[sentence.start : sentence.stop]
                rest = words - len(own)
                points = 0
                if rest >= _LEAST:
                    points = whole - self.points_of(own)
                    points = self._any + (points if rest <= USUAL else points * USUAL // rest)
                before = sentence
            yield points


def whole_of(scope: Scope, known: Pieces) -> Sequence[str]:
    """All words of a text, empty at the ends of its sentences."""
    return everything_in(scope.text, known) if "<" not in scope.text else scope.texts


def around(scope: Scope, known: Pieces, sentence: Sentence) -> dict[Key, float]:
    """What has points beside a sentence, as `deadline_points.tsv` has it, and how often it counts."""
    texts, own = whole_of(scope, known), scope.texts[sentence.start : sentence.stop]
    rest = len(texts) - texts.count("") - len(own)
    if rest < _LEAST:
        return {}
    keys = Counter(_keys(texts, scope.vocabulary))
    keys.subtract(_keys(own, scope.vocabulary))
    each = min(1.0, USUAL / rest)
    counts: dict[Key, float] = {f"{ANY}\t{ANY}": 1.0}
    counts.update((key, often * each) for key, often in keys.items() if often > 0)
    return counts


def _keys(texts: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    stems = [_ENDS, *(stem_of(word, vocabulary) if word else _ENDS for word in texts), _ENDS]
    for before, stem in pairwise(stems):
        if stem != _ENDS:
            yield f"{WORD}\t{stem}"
        if before != stem or stem != _ENDS:
            yield f"{PAIR}\t{before} {stem}"
