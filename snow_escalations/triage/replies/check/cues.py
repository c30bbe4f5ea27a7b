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
from functools import cache, partial
from typing import NamedTuple

from snow_escalations.errors import ConfigurationError

GAP_LIMIT, GAPS_LIMIT, PARTS_LIMIT = 24, 3, 12
WORDS_KEPT = 16384
"""Words of which it is remembered what they can begin."""
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
Layers = Sequence[tuple[str, ...]]
"""Groups that are matched together."""
Reading = list[tuple[tuple[str, ...], Callable[[], Hits]]]
"""The layers of a text: the groups, and how their matches are found."""


class SpacedCues:
    """Groups of patterns over sentences of words, found by their first word and, where it is certain, their second."""

    def __init__(self, groups: Mapping[str, Iterable[str]], sets: Sets, layers: Layers = ()) -> None:
        self._layers = [*layers, tuple(group for group in groups if not any(group in layer for layer in layers))]
        found: dict[str, dict[tuple[str, str], list[str]]] = {}
        for group, patterns in groups.items():
            for pattern in patterns:
                for word, second, regex in _compiled(pattern, sets):
                    found.setdefault(word, {}).setdefault((second, group), []).append(regex)
        self._exact: dict[str, list[_Entry]] = {}
        self._prefixes: dict[str, list[_Entry]] = {}
        self._suffixes: dict[str, list[_Entry]] = {}
        for word, known in found.items():
            chosen = self._prefixes if word.endswith("*") else self._suffixes if word[0] == "*" else self._exact
            entries = [
                (second, group, None if regexes == [_word_regex(word)] else "|".join(_longest_first(regexes)))
                for (second, group), regexes in known.items()
            ]
            chosen.setdefault(word.strip("*"), []).extend(entries)
        self._lengths = sorted({len(word) for word in self._prefixes})
        self._endings = sorted({len(word) for word in self._suffixes})
        self._known: dict[str, tuple[_Begun, ...]] = {}

    def _candidates(self, word: str) -> "tuple[_Begun, ...]":
        """What a word can begin, by layer."""
        found = list(self._exact.get(word, ()))
        if word[0].isdecimal():
            found += self._exact.get(NUMBER, ())
        for length in self._lengths:
            found += self._prefixes.get(word[:length], ()) if length <= len(word) else ()
        for length in self._endings:
            found += self._suffixes.get(word[-length:], ()) if length <= len(word) else ()
        layers = ((number, tuple(entry for entry in found if entry[1] in of)) for number, of in enumerate(self._layers))
        return tuple((number, *_guarded(entries)) for number, entries in layers if entries)

    def read(self, sentences: Sequence[str]) -> "Reading":
        """The sentences with what their words can begin; a layer of groups is matched when it is asked for."""
        begun: list[list[_Start]] = [[] for _ in self._layers]
        known = self._known
        if len(known) > WORDS_KEPT:
            known.clear()
        for number, sentence in enumerate(sentences):
            at = 0
            words = sentence.split()
            for word, second in zip(words, [*words[1:], ""], strict=True):
                begins = known.get(word)
                if begins is None:
                    begins = known[word] = self._candidates(word)
                for layer, alone, following, guard, patterns in begins:
                    if second in following:
                        begun[layer].append((number, at, word, alone, following[second], guard, patterns))
                    elif alone or guard:
                        begun[layer].append((number, at, word, alone, (), guard, patterns))
                at += len(word) + 1
        return [
            (groups, partial(_matched, sentences, starts)) for groups, starts in zip(self._layers, begun, strict=True)
        ]

    def hits(self, sentences: Sequence[str]) -> Hits:
        """All matches by group, in the order of the text."""
        return _all(self.read(sentences))


def _all(reading: Reading) -> Hits:
    result: Hits = {}
    for _, matched in reading:
        result |= matched()
    return result


def _matched(sentences: Sequence[str], starts: "list[_Start]") -> Hits:
    """What the patterns of a layer match where its words stand."""
    result: Hits = {}
    for number, at, word, alone, following, guard, patterns in starts:
        for group in alone:
            result.setdefault(group, []).append(Hit(number, at, at + len(word) + 1))
        if following:
            _add(result, following, number, sentences[number], at)
        if guard is not None and guard(sentences[number], at):
            _add(result, patterns, number, sentences[number], at)
    return result


_Match = Callable[[str, int], re.Match[str] | None]
_Entry = tuple[str, str, str | None]
_Patterns = tuple[tuple[str, str], ...]
_Candidates = tuple[tuple[str, ...], dict[str, _Patterns], _Match | None, _Patterns]
_Begun = tuple[int, tuple[str, ...], dict[str, _Patterns], _Match | None, _Patterns]
_Start = tuple[int, int, str, tuple[str, ...], _Patterns, _Match | None, _Patterns]


def _add(result: Hits, patterns: _Patterns, number: int, sentence: str, at: int) -> None:
    """Add the matches of some patterns at a place."""
    for group, regex in patterns:
        match = _match(regex)(sentence, at)
        if match:
            result.setdefault(group, []).append(Hit(number, at, match.end()))


@cache
def _match(regex: str) -> _Match:
    """The matcher of a regular expression, compiled when a text first needs it."""
    return re.compile(regex).match


@cache
def _guarded(found: tuple[_Entry, ...]) -> _Candidates:
    """What a word can begin: groups that it makes alone, patterns by their second word, and the other patterns.

    The third part matches if any of the other patterns does.
    """
    alone = tuple(dict.fromkeys(group for _, group, regex in found if regex is None))
    following: dict[str, _Patterns] = {}
    for second, group, regex in found:
        if second and regex is not None:
            following[second] = (*following.get(second, ()), (group, regex))
    rest = tuple((group, regex) for second, group, regex in found if not second and regex is not None)
    guard = _match("|".join(_longest_first([regex for _, regex in rest]))) if rest else None
    return alone, following, guard, rest


class UnspacedCues:
    """Groups of patterns over sentences without blanks."""

    def __init__(self, groups: Mapping[str, Iterable[str]], sets: Sets, layers: Layers = ()) -> None:
        del layers  # a group is a layer here: each is one regular expression
        self._regexes = {
            group: re.compile("|".join(_longest_first([_pieces(pattern, sets) for pattern in patterns])))
            for group, patterns in groups.items()
            if patterns
        }

    def read(self, sentences: Sequence[str]) -> Reading:
        """The sentences, of which a group is matched when it is asked for."""
        return [((group,), partial(_found, group, regex, sentences)) for group, regex in self._regexes.items()]

    def hits(self, sentences: Sequence[str]) -> Hits:
        """All matches by group, in the order of the text."""
        return _all(self.read(sentences))


def _found(group: str, regex: re.Pattern[str], sentences: Sequence[str]) -> Hits:
    found = [
        Hit(number, match.start(), match.end())
        for number, sentence in enumerate(sentences)
        for match in regex.finditer(sentence)
    ]
    return {group: found} if found else {}


def _compiled(pattern: str, sets: Sets) -> Iterable[tuple[str, str, str]]:
    """Each word that a pattern can begin with, the word that must follow it or nothing, and the regular expression."""
    parts = _parts(pattern)
    if parts[0].startswith("...") or parts[0].endswith("?"):
        raise _unusable(pattern, "it begins with what may be missing; begin it with a word or a set")
    certain = len(parts) > 1 and not parts[1].startswith("...") and not parts[1].endswith("?")
    seconds = list(_expanded(parts[1], pattern, sets)) if certain else []
    rest = _rest(parts[1:], pattern, sets)
    after = _rest(parts[2:], pattern, sets) if certain else ""
    for first in _expanded(parts[0], pattern, sets):
        word, *more = first.split("_")
        if more:
            yield word, _certain(more[0]), _word_regex(first) + rest
            continue
        for second in seconds:
            yield word, _certain(second.split("_")[0]), _word_regex(first) + _word_regex(second) + after
        if not certain:
            yield word, "", _word_regex(first) + rest


def _certain(word: str) -> str:
    """A word as it stands in a text; nothing where it may stand in many ways."""
    return "" if word == NUMBER or "*" in word else word


def _rest(parts: Sequence[str], pattern: str, sets: Sets) -> str:
    """The regular expression of some parts of a pattern."""
    regex = ""
    for part in parts:
        if part.startswith("..."):
            regex += rf"(?:[^ ]+ ){{0,{_gap(part, pattern)}}}?"
            continue
        words = "|".join(_word_regex(word) for word in _expanded(part.removesuffix("?"), pattern, sets))
        regex += f"(?:{words})" + ("?" if part.endswith("?") else "")
    return regex


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
