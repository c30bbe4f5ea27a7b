"""Cues as data: words in order, `a|b` for either, `a?` for what may be missing, `..` for a gap of up to three words.

No regular expressions: a cue is tried only where its first word stands, and takes at most its own length in steps.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from operator import itemgetter
from typing import TypeAlias

from snow_escalations.triage.reading.words import Kind, Word, kind_of

GAP = 3
LONGEST = 12
Step: TypeAlias = frozenset[str] | None  # None is a gap
Cue: TypeAlias = tuple[Step, ...]
_Gaps: TypeAlias = dict[str, list[tuple[str, Cue, int]]]  # cues by the word after the gap, with a number of their own
_IS_KNOWN = itemgetter(1)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]*)?")


def compiled(text: str) -> Iterator[Cue]:
    """The cues that one line stands for. ValueError says what is wrong with it."""
    parts = re.sub(r"\s*\|\s*", "|", text.strip().lower()).split()
    if not parts or len(parts) > LONGEST:
        raise ValueError(f"the cue {text!r} has {len(parts)} words; write between 1 and {LONGEST}")
    choices: list[tuple[tuple[Step, ...], ...]] = []
    for part in parts:
        if part == "..":
            choices.append(((None,),))
            continue
        words = frozenset(part.removesuffix("?").split("|"))
        if wrong := sorted(word for word in words if not _WORD.fullmatch(word)):
            raise ValueError(f"the cue {text!r} has {wrong[0]!r}, which is no word; write words, `a|b`, `a?` or `..`")
        choices.append(((words,), ()) if part.endswith("?") else ((words,),))
    for made in product(*choices):
        cue = tuple(step for piece in made for step in piece)
        if cue and cue[0] is not None and cue[-1] is not None:
            yield cue
        else:
            raise ValueError(f"the cue {text!r} begins or ends with a gap or has nothing that must be there")


def _telling(step: frozenset[str]) -> float:
    """How much the words of a step tell: long words are rare."""
    return sum(map(len, step)) / len(step)


class Found:
    """The cues of a sentence by heading: of several that end or begin at one place the longest.

    `ends` has, by the place after a cue, its first word, and `starts` the other way round, both in the order of the
    first words.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, hits: Iterable[tuple[int, int, str]]) -> None:
        """`hits` are first words, the places after the last ones, and headings, in order."""
        self.ends: dict[str, dict[int, int]] = {}
        self.starts: dict[str, dict[int, int]] = {}
        for first, end, heading in hits:
            if (starts := self.starts.get(heading)) is None:
                self.starts[heading], self.ends[heading] = {first: end}, {end: first}
            else:
                starts[first] = end  # the longest comes last
                self.ends[heading].setdefault(end, first)


class Patterns:
    """Cues by heading, found in a sequence of words."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._alone: dict[str, list[str]] = {}  # headings of the cues that are one word
        self._pairs: dict[tuple[str, str], list[tuple[str, Cue]]] = {}  # by the first two words, with what follows them
        self._gaps: dict[str, _Gaps] = {}  # by the first word, which a gap follows
        self._telling: dict[str, list[Cue]] = {}
        for heading, lines in cues.items():
            for cue in dict.fromkeys(cue for line in lines for cue in compiled(line)):
                for word in max((step for step in cue if step is not None), key=_telling):
                    self._telling.setdefault(word, []).append(cue)
                for word in cue[0] or ():
                    self._add(sys.intern(word), heading, cue[1:])
        self.telling = frozenset(self._telling)  # without one of these words there is no cue

    def _add(self, word: str, heading: str, rest: Cue) -> None:
        if not rest:
            self._alone.setdefault(word, []).append(heading)
        elif rest[0] is not None:
            for second in rest[0]:
                self._pairs.setdefault((word, sys.intern(second)), []).append((heading, rest[1:]))
        else:
            gaps = self._gaps.setdefault(word, {})
            for after in rest[1] or ():
                gaps.setdefault(after, []).append((heading, rest[2:], id(rest)))

    def find(self, texts: Sequence[str], start: int, stop: int) -> Found:
        """The cues between two places."""
        said = texts[start:stop]
        hits: list[tuple[int, int, str]] = []
        for index, headings in filter(_IS_KNOWN, enumerate(map(self._alone.get, said), start)):
            hits += [(index, index + 1, heading) for heading in headings or ()]
        for index, cues in filter(_IS_KNOWN, enumerate(map(self._pairs.get, pairwise(said)), start)):
            for heading, rest in cues or ():
                end = _match(texts, rest, index + 2, stop) if rest else index + 2
                if end is not None:
                    hits.append((index, end, heading))
        for index, gaps in filter(_IS_KNOWN, enumerate(map(self._gaps.get, said), start)):
            if gaps is not None and not gaps.keys().isdisjoint(texts[index + 1 : index + 2 + GAP]):
                hits += _after_gap(texts, gaps, index, stop)
        hits.sort()
        return Found(hits)

    def any(self, words: Sequence[Word]) -> bool:
        """Whether there is any cue in a text."""
        texts = ["" if word.kind is Kind.BREAK else word.text for word in words]
        return bool(self.find(texts, 0, len(texts)).starts)

    def may_be_in(self, known: frozenset[str]) -> bool:
        """Whether all words of any cue are among these."""
        return any(
            all(step is None or not step.isdisjoint(known) for step in cue)
            for word in known & self.telling
            for cue in self._telling[word]
        )


def _after_gap(texts: Sequence[str], gaps: _Gaps, index: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """The cues that begin at a word and go on after a gap, each where it ends first."""
    known: set[int] = set()
    for at in range(index + 1, min(index + 2 + GAP, stop)):
        for heading, rest, cue in gaps.get(texts[at], ()):
            end = _match(texts, rest, at + 1, stop) if cue not in known else None
            if end is not None:
                known.add(cue)
                yield index, end, heading
        if kind_of(texts[at]) is Kind.MARK:
            return


def _match(texts: Sequence[str], cue: Cue, index: int, stop: int) -> int | None:
    for at, step in enumerate(cue):
        if step is None:
            rest = cue[at + 1 :]
            for skipped in range(GAP + 1):
                if index + skipped >= stop or any(kind_of(t) is Kind.MARK for t in texts[index : index + skipped]):
                    return None
                if (end := _match(texts, rest, index + skipped, stop)) is not None:
                    return end
            return None
        if index >= stop or texts[index] not in step:
            return None
        index += 1
    return index
