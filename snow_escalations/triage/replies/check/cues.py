"""Cue patterns of the reply check: word patterns as data, compiled to bounded matchers.

    word      that word              a|b    one of these         @set   one of a named set of the file
    wor*      begins so              a_b    two words            word?  may be missing
    *ord      ends so                ...    up to three words between (`...6`: up to six)
    @number   a number in digits

In a script without blanks a pattern is made of pieces of text that follow each other directly, and a gap is counted in
characters. A pattern looks only as far as its own words and gaps, so a text is read in linear time.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from snow_escalations.errors import ConfigurationError

GAP_LIMIT, GAPS_LIMIT, PARTS_LIMIT = 24, 3, 12
_WORD = re.compile(r"\*?[^\W_]+\*?")

NUMBER = "#"
"""What stands for a number in digits among the first words of patterns; no word is it."""

Sets = Mapping[str, Sequence[str]]


class Hit(NamedTuple):
    """A match: the number of its sentence, and where it begins and ends there."""

    sentence: int
    begin: int
    end: int


Hits = dict[str, list[Hit]]


class SpacedCues:
    """Groups of patterns over sentences of words."""

    def __init__(self, groups: Mapping[str, Iterable[str]], sets: Sets) -> None:
        found: dict[tuple[str, str], list[str]] = {}
        for group, patterns in groups.items():
            for pattern in patterns:
                words, rest = _compiled(pattern, sets)
                for word in words:
                    found.setdefault((word, group), []).append(_word_regex(word) + rest)
        self._exact: dict[str, list[_Entry]] = {}
        self._prefixes: dict[str, list[_Entry]] = {}
        self._suffixes: dict[str, list[_Entry]] = {}
        for (word, group), regexes in found.items():
            chosen = self._prefixes if word.endswith("*") else self._suffixes if word[0] == "*" else self._exact
            first = word.strip("*").split("_")[0]
            alone = "_" not in word and _word_regex(word) in regexes and len(regexes) == 1
            known = "|".join(_longest_first(regexes))
            chosen.setdefault(first, []).append((group, None if alone else known))
        self._lengths = sorted({len(word) for word in self._prefixes})
        self._endings = sorted({len(word) for word in self._suffixes})
        self._beginning_with = lru_cache(maxsize=16384)(self._candidates)
        self._guarded = cache(_guarded)

    def _candidates(self, word: str) -> "_Candidates | None":
        found = list(self._exact.get(word, ()))
        if word[0].isdecimal():
            found += self._exact.get(NUMBER, ())
        for length in self._lengths:
            found += self._prefixes.get(word[:length], ()) if length <= len(word) else ()
        for length in self._endings:
            found += self._suffixes.get(word[-length:], ()) if length <= len(word) else ()
        return self._guarded(tuple(found)) if found else None

    def hits(self, sentences: Sequence[str]) -> Hits:
        """All matches by group, in the order of the text."""
        result: Hits = {}
        beginning_with = self._beginning_with
        for number, sentence in enumerate(sentences):
            at = 0
            for word in sentence.split():
                known = beginning_with(word)
                if known is not None:
                    alone, guard, patterns = known
                    for group in alone:
                        result.setdefault(group, []).append(Hit(number, at, at + len(word) + 1))
                    if guard is not None and guard(sentence, at):
                        for group, regex in patterns:
                            match = regex(sentence, at)
                            if match:
                                result.setdefault(group, []).append(Hit(number, at, match.end()))
                at += len(word) + 1
        return result


_Match = Callable[[str, int], re.Match[str] | None]
_Entry = tuple[str, str | None]
_Candidates = tuple[tuple[str, ...], _Match | None, tuple[tuple[str, _Match], ...]]


def _guarded(found: tuple[_Entry, ...]) -> _Candidates:
    """What a word can begin: groups that it makes alone, and patterns with one that matches if any of them does."""
    alone = tuple(group for group, regex in found if regex is None)
    longer = [(group, regex) for group, regex in found if regex is not None]
    if not longer:
        return alone, None, ()
    guard = re.compile("|".join(_longest_first([regex for _, regex in longer])))
    return alone, guard.match, tuple((group, re.compile(regex).match) for group, regex in longer)


class UnspacedCues:
    """Groups of patterns over sentences without blanks."""

    def __init__(self, groups: Mapping[str, Iterable[str]], sets: Sets) -> None:
        self._regexes = {
            group: re.compile("|".join(_longest_first([_pieces(pattern, sets) for pattern in patterns])))
            for group, patterns in groups.items()
            if patterns
        }

    def hits(self, sentences: Sequence[str]) -> Hits:
        """All matches by group, in the order of the text."""
        result: Hits = {}
        for group, regex in self._regexes.items():
            found = [
                Hit(number, match.start(), match.end())
                for number, sentence in enumerate(sentences)
                for match in regex.finditer(sentence)
            ]
            if found:
                result[group] = found
        return result


def _compiled(pattern: str, sets: Sets) -> tuple[list[str], str]:
    """The words that a pattern can begin with, and the regular expression of what follows the first."""
    parts = _parts(pattern)
    if parts[0].startswith("...") or parts[0].endswith("?"):
        raise _unusable(pattern, "it begins with what may be missing; begin it with a word or a set")
    first = list(_expanded(parts[0], pattern, sets))
    rest = ""
    for part in parts[1:]:
        if part.startswith("..."):
            rest += rf"(?:[^ ]+ ){{0,{_gap(part, pattern)}}}?"
            continue
        words = "|".join(_word_regex(word) for word in _expanded(part.removesuffix("?"), pattern, sets))
        rest += f"(?:{words})" + ("?" if part.endswith("?") else "")
    return first, rest


def _pieces(pattern: str, sets: Sets) -> str:
    regex = ""
    for part in _parts(pattern):
        if part.startswith("..."):
            regex += rf".{{0,{_gap(part, pattern)}}}?"
        else:
            words = "|".join(re.escape(word) for word in _expanded(part.removesuffix("?"), pattern, sets))
            regex += f"(?:{words})" + ("?" if part.endswith("?") else "")
    return regex


def _parts(pattern: str) -> list[str]:
    parts = pattern.lower().split()
    if not 1 <= len(parts) <= PARTS_LIMIT:
        raise _unusable(pattern, f"it has {len(parts)} parts; a pattern has 1 to {PARTS_LIMIT}")
    if sum(part.startswith("...") for part in parts) > GAPS_LIMIT:
        raise _unusable(pattern, f"it has more than {GAPS_LIMIT} gaps")
    return parts


def _gap(part: str, pattern: str) -> int:
    most = part[3:] or "3"
    if not (most.isdecimal() and 1 <= int(most) <= GAP_LIMIT):
        raise _unusable(pattern, f"the gap `{part}` is not of 1 to {GAP_LIMIT}; write `...` or `...6`")
    return int(most)


def _expanded(part: str, pattern: str, sets: Sets) -> Iterable[str]:
    for word in part.split("|"):
        if word == "@number":
            yield NUMBER
        elif word.startswith("@"):
            if word[1:] not in sets:
                raise _unusable(pattern, f"there is no set `{word}`; there are {', '.join(sorted(sets)) or 'none'}")
            yield from (inner.lower() for inner in sets[word[1:]])
        elif all(_WORD.fullmatch(piece) for piece in word.split("_")):
            yield word
        else:
            raise _unusable(pattern, f"`{word}` is not a word; write letters and digits")


def _word_regex(word: str) -> str:
    """A word with the blank after it."""
    if word == NUMBER:
        return r"\d[^ ]* "
    pieces = []
    for piece in word.split("_"):
        before, after = ("[^ ]*" if piece[0] == "*" else ""), ("[^ ]*" if piece[-1] == "*" else "")
        pieces.append(f"{before}{re.escape(piece.strip('*'))}{after} ")
    return "".join(pieces)


def _longest_first(regexes: list[str]) -> list[str]:
    return sorted(dict.fromkeys(regexes), key=lambda regex: (-len(regex), regex))


def _unusable(pattern: str, why: str) -> ConfigurationError:
    return ConfigurationError(f"the cue `{pattern}` cannot be used: {why}")
