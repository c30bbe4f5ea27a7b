"""Cues as data: words in order, `a|b` for either, `a?` for what may be missing, `..` for a gap of up to three words.

No regular expressions: a cue is tried only where its first word stands, and takes at most its own length in steps.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, TypeAlias

from snow_escalations.triage.reading.words import Kind, Word, kind_of

GAP = 3
LONGEST = 12
Step: TypeAlias = frozenset[str] | None  # None is a gap
Cue: TypeAlias = tuple[Step, ...]
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


class _Begun(NamedTuple):
    """The cues that begin with one word: those that end with it, and of the others the rest after the second word."""

    whole: list[str]
    seconds: dict[str, list[tuple[str, Cue]]]
    gaps: dict[str, list[tuple[str, Cue, int]]]  # by the word after the gap; the number is that of the cue


class Found:
    """The cues of a sentence by heading: of several that end or begin at one place the longest.

    `ends` has, by the place after a cue, its first word, and `starts` the other way round, both in the order of the
    first words.
    """

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.ends: dict[str, dict[int, int]] = {}
        self.starts: dict[str, dict[int, int]] = {}

    def add(self, heading: str, first: int, end: int) -> None:
        """Note a cue; the first words of those that are noted before do not stand after its own."""
        starts = self.starts.get(heading)
        if starts is None:
            self.starts[heading], self.ends[heading] = {first: end}, {end: first}
            return
        if starts.setdefault(first, end) < end:
            starts[first] = end
        self.ends[heading].setdefault(end, first)


class Patterns:
    """Cues by heading, found in a sequence of words."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._first: dict[str, _Begun] = {}
        self._telling: dict[str, list[Cue]] = {}
        for heading, lines in cues.items():
            for cue in dict.fromkeys(cue for line in lines for cue in compiled(line)):
                for word in max((step for step in cue if step is not None), key=_telling):
                    self._telling.setdefault(word, []).append(cue)
                for word in cue[0] or ():
                    self._add(self._first.setdefault(word, _Begun([], {}, {})), heading, cue[1:])
        self._telling_words = frozenset(self._telling)

    @staticmethod
    def _add(begun: _Begun, heading: str, rest: Cue) -> None:
        if not rest:
            begun.whole.append(heading)
        elif rest[0] is not None:
            for second in rest[0]:
                begun.seconds.setdefault(second, []).append((heading, rest[1:]))
        else:
            for after in rest[1] or ():
                begun.gaps.setdefault(after, []).append((heading, rest[2:], id(rest)))

    def find(self, texts: Sequence[str], start: int, stop: int) -> Found:
        """The cues between two places."""
        found = Found()
        said = texts[start:stop]
        for index, begun in enumerate(map(self._first.get, said), start):
            if begun is None:
                continue
            whole, seconds, gaps = begun
            for heading in whole:
                found.add(heading, index, index + 1)
            if seconds and index + 1 < stop and (goes_on := seconds.get(texts[index + 1])) is not None:
                for heading, rest in goes_on:
                    end = _match(texts, rest, index + 2, stop) if rest else index + 2
                    if end is not None:
                        found.add(heading, index, end)
            if gaps and not gaps.keys().isdisjoint(texts[index + 1 : index + 2 + GAP]):
                _add_after_gap(found, texts, gaps, index, stop)
        return found

    def any(self, words: Sequence[Word]) -> bool:
        """Whether there is any cue in a text."""
        texts = ["" if word.kind is Kind.BREAK else word.text for word in words]
        return bool(self.find(texts, 0, len(texts)).starts)

    def may_be_in(self, known: frozenset[str]) -> bool:
        """Whether all words of any cue are among these."""
        return any(
            all(step is None or not step.isdisjoint(known) for step in cue)
            for word in known & self._telling_words
            for cue in self._telling[word]
        )


def _add_after_gap(
    found: Found, texts: Sequence[str], gaps: Mapping[str, list[tuple[str, Cue, int]]], index: int, stop: int
) -> None:
    """Add the cues that begin at a word and go on after a gap, each where it ends first."""
    known: set[int] = set()
    for at in range(index + 1, min(index + 2 + GAP, stop)):
        for heading, rest, cue in gaps.get(texts[at], ()):
            end = _match(texts, rest, at + 1, stop) if cue not in known else None
            if end is not None:
                known.add(cue)
                found.add(heading, index, end)
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
