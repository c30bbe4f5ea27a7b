"""Cues as data: words in order, `a|b` for either, `a?` for what may be missing, `..` for a gap of up to three words.

No regular expressions: a cue is tried only where its first word stands, and takes at most its own length in steps.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from snow_escalations.triage.reading.composed import composed
from snow_escalations.triage.reading.words import Kind, kind_of, listed

GAP = 3
LONGEST = 12
Step: TypeAlias = frozenset[str] | None  # None is a gap
Cue: TypeAlias = tuple[Step, ...]
_Gaps: TypeAlias = dict[str, list[tuple[str, Cue, int]]]  # cues by the word after the gap, with a number of their own
_COMMON = listed(
    "a an the is are was be am it it's this that which you i we not no don't doesn't all only just at for with to so "
    "as or of on in by me us my your our one do have has need needs can could may when without if from time case "
    "ticket take day question put keep"
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]*)?")


def compiled(text: str) -> Iterator[Cue]:
    """The cues that one line stands for. ValueError says what is wrong with it."""
    parts = re.sub(r"\s*\|\s*", "|", composed(text).strip().lower()).split()
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


def _seldom(step: frozenset[str]) -> tuple[bool, float]:
    """How seldom the words of a step are said."""
    return step.isdisjoint(_COMMON), _telling(step)


class Found:
    """The cues of a sentence by heading: of several that end or begin at one place the longest.

    `starts` has, by the first word of a cue, the place after it, in the order of the first words.
    """

    __slots__ = ("_hits", "starts")

    def __init__(self, hits: Sequence[tuple[int, int, str]]) -> None:
        """`hits` are first words, the places after the last ones, and headings, in the order of the first words."""
        self._hits = hits
        self.starts: dict[str, dict[int, int]] = {}
        for first, end, heading in hits:
            if (starts := self.starts.get(heading)) is None:
                self.starts[heading] = {first: end}
            elif starts.get(first, end) <= end:
                starts[first] = end

    def ends(self, heading: str) -> dict[int, int]:
        """The first words of the cues under a heading, by the places after them."""
        return {end: first for first, end, of in reversed(self._hits) if of == heading}


class _Begun(NamedTuple):
    """The cues that begin with a word."""

    alone: list[str]  # headings of the cues that are one word
    pairs: dict[str, list[tuple[str, Cue]]]  # by the second word, with what follows it
    gaps: _Gaps  # those that go on after a gap


class Patterns:
    """Cues by heading, found in a sequence of words."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._begun: dict[str, _Begun] = {}  # by the first word
        telling, seldom = set[str](), set[str]()
        for heading, lines in cues.items():
            for cue in dict.fromkeys(cue for line in lines for cue in compiled(line)):
                steps = [step for step in cue if step is not None]
                most_telling, most_seldom = max(steps, key=_telling), max(steps, key=_seldom)
                telling |= most_telling
                seldom |= most_seldom
                for word in cue[0] or ():
                    self._add(sys.intern(word), heading, cue[1:])
        self.telling = frozenset(telling)  # without one of these words there is no cue
        self.seldom = frozenset(seldom)  # nor without one of these, which fewer texts have

    def _add(self, word: str, heading: str, rest: Cue) -> None:
        begun = self._begun.setdefault(word, _Begun([], {}, {}))
        if not rest:
            begun.alone.append(heading)
        elif rest[0] is not None:
            for second in rest[0]:
                begun.pairs.setdefault(sys.intern(second), []).append((heading, rest[1:]))
        else:
            for after in rest[1] or ():
                begun.gaps.setdefault(sys.intern(after), []).append((heading, rest[2:], id(rest)))

    def find(self, texts: Sequence[str], start: int, stop: int) -> Found:
        """The cues between two places."""
        said = [*texts[start:stop], ""]
        hits: list[tuple[int, int, str]] = []
        add = hits.append
        for after, begun in enumerate(map(self._begun.get, said), 1):
            if begun is None:
                continue
            first, (alone, pairs, gaps) = start + after - 1, begun
            for heading in alone:
                add((first, first + 1, heading))
            if (rests := pairs.get(said[after])) is not None:
                for heading, rest in rests:
                    end = _match(texts, rest, first + 2, stop) if rest else first + 2
                    if end is not None:
                        add((first, end, heading))
            if gaps and not gaps.keys().isdisjoint(said[after : after + 1 + GAP]):
                hits += _after_gap(texts, gaps, first, stop)
        return Found(hits)

    def are_in(self, texts: Sequence[str]) -> bool:
        """Whether there is any cue among words, empty at the ends of sentences."""
        return bool(self.find(texts, 0, len(texts)).starts)


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
