"""Cues as data: words in order, `a|b` for either, `a?` for what may be missing, `..` for a gap of up to three words.

No regular expressions: a cue is tried only where its first word stands, and takes at most its own length in steps.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from snow_escalations.triage.reading.words import Kind, Word

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


class Patterns:
    """Cues by heading, found in a sequence of words."""

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._first: dict[str, list[tuple[str, Cue]]] = {}
        for heading, lines in cues.items():
            for cue in dict.fromkeys(cue for line in lines for cue in compiled(line)):
                for word in cue[0] or ():
                    self._first.setdefault(word, []).append((heading, cue[1:]))

    def find(self, words: Sequence[Word], start: int, stop: int) -> Iterator[tuple[str, int, int]]:
        """Heading, first word and the word after the last of each cue between two places."""
        first = self._first
        for index in range(start, stop):
            found = first.get(words[index].text)
            if found is None:
                continue
            after = words[index + 1].text if index + 1 < stop else None
            for heading, rest in found:
                if not rest:
                    yield heading, index, index + 1
                elif rest[0] is None or after in rest[0]:
                    end = _match(words, rest, index + 1, stop)
                    if end is not None:
                        yield heading, index, end

    def any(self, words: Sequence[Word]) -> bool:
        """Whether there is any cue in a text."""
        return next(self.find(words, 0, len(words)), None) is not None

    def may_be_in(self, words: Iterable[str]) -> bool:
        """Whether all words of any cue are among these."""
        known = frozenset(words)
        return any(
            all(step is None or not step.isdisjoint(known) for step in rest)
            for word in known.intersection(self._first)
            for _, rest in self._first[word]
        )


def _match(words: Sequence[Word], cue: Cue, index: int, stop: int) -> int | None:
    for at, step in enumerate(cue):
        if step is None:
            rest = cue[at + 1 :]
            for skipped in range(GAP + 1):
                if index + skipped >= stop or any(w.kind is Kind.MARK for w in words[index : index + skipped]):
                    return None
                if (end := _match(words, rest, index + skipped, stop)) is not None:
                    return end
            return None
        if index >= stop or words[index].text not in step:
            return None
        index += 1
    return index
