"""A text as sentences of folded words, each word with its offsets in the text as given."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate, compress, count
from operator import add
from sys import intern
from typing import NamedTuple, cast, overload

from snow_escalations.triage.reading.composed import FILLER, filled
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.speech import begins_spoken, has_signs, spoken


def words_of(text: str) -> tuple[str, ...]:
    """The words of a list that is written with blanks."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """The same as a set."""
    return frozenset(text.split())


OPAQUE = "\x01"
"""The word that stands for an address, a path or an identifier; no cue names it."""

_TOKEN = re.compile(
    r"(https?://\S+"
    r"|(?<!\w)(?:[A-Za-z]\.){2,6}(?:[A-Za-z]\b)?"
    r"|[\w\x00]+(?:(?:[.:=\\@/\[]|::|:\\|->|['’‘ʼ,])[\w\x00]+)*)"
)
_INSIDE = re.compile(r"([\w\x00]+(?:['’‘ʼ][\w\x00]+)*)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\w{0,3}")
_APART = re.compile(r"[^\W\d_][^\W_]*(?:['’‘ʼ][^\W_]+)?(?:[/,:][^\W\d_][^\W_]*(?:['’‘ʼ][^\W_]+)?){1,3}")
_GLUED = re.compile(r"[^\W\d_]*[^\W\d_A-Z]\.[A-Z][^\W\d_]*")
_EDGES = "()[]{}<>\"'.,;:!?*-"
"""Punctuation that is no part of a token of letters and digits if it stands before or after it."""
_ENDS = re.compile(r"[.!?;…。！？]")
_BULLET = re.compile(r"\n[ \t]*(?:[-*•–·‣]|\(?\d{1,2}[.)]|[a-z]\))[ \t]")
_ABBREVIATIONS = word_set("mr mrs ms dr prof sr jr approx pres vs no eg ie dept st resp incl etc gen asst dir exec")
_JOINS = word_set(
    "a an the our my your their his her its this that of to in on by for from with and or but is are was were be been "
    "has have had not no any some at as who which chief vice senior executive managing general deputy"
)
_ENDINGS = {"s": (), "m": ("am",), "re": ("are",), "ve": ("have",), "ll": ("will",), "d": ()}
_RUN_TOGETHER = {
    f"{verb}nt": (verb, "not")
    for verb in words_of("do does did have has had is are was were could would should need must")
} | {"cant": ("can", "not"), "cannot": ("can", "not"), "wont": ("will", "not"), "ive": ("i", "have")}
_APOSTROPHES = str.maketrans("’‘ʼ", "'''", FILLER)


class _Token(NamedTuple):
    """A token as written, what stands before it, and which of the words of its chunk is its first."""

    first: int
    before: str
    raw: str


class _Special(NamedTuple):
    """What stands between two blanks if that is not just a word.

    `word` is its word if it has just one, else `words` are its words; `before` stands before its first token `raw`,
    `further` are its other tokens, and `tail` is the rest with the blank. `signs`: whether it has one of what is not
    spoken.
    """

    word: str | None
    before: str
    raw: str
    tail: str
    words: tuple[str, ...]
    further: tuple[_Token, ...]
    signs: bool


class _Cut(Enum):
    """Whether a sentence ends in what stands between two words."""

    NEVER = "never"
    ALWAYS = "always"
    UNLESS_SHORT = "unless an abbreviation stands before it"
    BY_LINE = "by the line that breaks there"


_NEVER, _ALWAYS, _UNLESS_SHORT = _Cut.NEVER, _Cut.ALWAYS, _Cut.UNLESS_SHORT


class _Gap(NamedTuple):
    """What stands between two words: the punctuation without blanks, whether it is but a hyphen, and what it cuts."""

    mark: str
    ties: bool
    cut: _Cut


class _Places:
    """Where the words of a text stand, which is worked out when it is asked for.

    `chunks` are what stands between blanks. `uneven` has those that are not one word: the number of the first word,
    the place of the chunk, and how many words it is.
    """

    __slots__ = ("_begins", "_split", "chunks", "uneven")

    def __init__(self, split: list[str]) -> None:
        self._split = split
        self.chunks = [*filter(None, split)] if "" in split else split  # how many blanks makes no difference
        self.uneven: list[tuple[int, int, int]] = []
        self._begins: list[int] | None = None

    def spot(self, word: int) -> tuple[int, int]:
        """Begin and end of a word; of the words of one token, those of the token."""
        if self._begins is None:
            begins = map(add, accumulate(map(len, self._split), initial=0), count())
            self._begins = [*compress(begins, self._split)]
        place, inside = self._place(word)
        begin = self._begins[place]
        chunk = self.chunks[place]
        special = _CHUNKS[chunk]
        if isinstance(special, str):
            return begin, begin + len(chunk)
        begin += len(special.before)
        end = begin + len(special.raw)
        for first, before, raw in special.further:
            if first > inside:
                break
            begin = end + len(before)
            end = begin + len(raw)
        return begin, end

    def _place(self, word: int) -> tuple[int, int]:
        """The place of the chunk of a word, and which of its words it is."""
        before = bisect_left(self.uneven, (word + 1,))
        if not before:
            return word, 0
        number, place, size = self.uneven[before - 1]
        inside = word - number
        return (place, inside) if inside < size else (place + 1 + inside - size, 0)


class Sentence:
    """Words folded to lower case, the punctuation before each, and where they stand, which is told when it is asked."""

    __slots__ = ("_first", "_gaps", "_places", "words")

    def __init__(self, words: tuple[str, ...], first: int, gaps: dict[int, _Gap], places: _Places) -> None:
        self.words, self._first, self._gaps, self._places = words, first, gaps, places

    def mark(self, place: int) -> str:
        """The punctuation before a word, without blanks."""
        gap = self._gaps.get(self._first + place) if 0 <= place < len(self.words) else None
        return "" if gap is None else gap.mark

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The offsets of the words from `begin` up to `end` in the text as given."""
        spot, first = self._places.spot, self._first
        return spot(first + begin)[0], spot(first + end - 1)[1]

    def tied(self, place: int) -> bool:
        """Whether nothing but a hyphen stands between a word and the one before it."""
        gap = self._gaps.get(self._first + place) if place < len(self.words) else None
        return gap is not None and gap.ties

    def find(self, words: frozenset[str], begin: int = 0, end: int | None = None) -> int:
        """The place of the first word of a set in a range of places, or -1."""
        inside = self.words[max(begin, 0) :] if end is None else self.words[max(begin, 0) : max(end, 0)]
        if words.isdisjoint(inside):
            return -1
        return max(begin, 0) + next(place for place, word in enumerate(inside) if word in words)


class Said(Sequence[Sentence]):
    """The sentences of a text; each is made when it is asked for.

    `words` are those of the whole text, `begins` the number of the first word of each sentence, and `gaps` has, by
    the number of a word, what stands before it if that is more than blanks. No sentence has its text, so that all of it
    is free as soon as it was read, without a search for cycles.
    """

    __slots__ = ("_made", "_places", "begins", "gaps", "signs", "words")

    def __init__(self, split: list[str]) -> None:
        self.begins = [0]
        self.gaps: dict[int, _Gap] = {}
        self.signs = False
        self._places = _Places(split)
        self._made: dict[int, Sentence] = {}
        self.words = self._read([*map(_CHUNKS.__getitem__, self._places.chunks)])
        if not self.words:
            self.begins.clear()

    def _read(self, found: list[str | _Special]) -> tuple[str, ...]:
        """The words; what stands between them is noted on the way, where it is more than a blank."""
        words = cast("list[str]", found)  # as soon as each that is special has become its words
        chunks, uneven = self._places.chunks, self._places.uneven
        at, between, more = 0, " ", 0
        for place, special in [(place, each) for place, each in enumerate(found) if not isinstance(each, str)]:
            word, before, raw, tail, several, further, signs = special
            if between != " " and place > at:
                self._break_off(words, at + more, between, chunks[at])
                between = " "
            number = place + more
            if signs:
                self.signs = True
            if word is not None:
                words[number] = word
            else:
                uneven.append((number, place, len(several)))
                words[number : number + 1] = several
                more += len(several) - 1
            between += before
            if raw:
                if between != " ":
                    self._break_off(words, number, between, raw)
                for first, within, later in further:
                    self._break_off(words, number + first, within, later)
                between = tail
            else:
                between += tail
            at = place + 1
        if between != " " and at < len(chunks):
            self._break_off(words, at + more, between, chunks[at])
        return tuple(words)

    def _break_off(self, words: list[str], number: int, between: str, raw: str) -> None:
        """Note what stands before a word, and whether a sentence begins with it."""
        gap = _GAPS[between]
        mark, _, cut = gap
        if mark:
            self.gaps[number] = gap
        if cut is not _NEVER and number > self.begins[-1]:
            last = words[number - 1]
            if cut is _UNLESS_SHORT:
                cuts = (len(last) > 1 or last == OPAQUE) and last not in _ABBREVIATIONS
            else:
                cuts = cut is _ALWAYS or _cuts_line(between, last, raw)
            if cuts:
                self.begins.append(number)

    def __len__(self) -> int:
        return len(self.begins)

    @overload
    def __getitem__(self, number: int) -> Sentence: ...

    @overload
    def __getitem__(self, number: slice) -> tuple[Sentence, ...]: ...

    def __getitem__(self, number: int | slice) -> Sentence | tuple[Sentence, ...]:
        if isinstance(number, slice):
            return tuple([self[each] for each in range(*number.indices(len(self)))])
        made = self._made.get(number)
        if made is None:
            begin, end = self.begins[number], self.end(number)
            made = self._made[number] = Sentence(self.words[begin:end], begin, self.gaps, self._places)
        return made

    def end(self, number: int) -> int:
        """The number of the word after a sentence."""
        return self.begins[number + 1] if number + 1 < len(self.begins) else len(self.words)

    def holding(self, word: int) -> int:
        """The number of the sentence of a word."""
        return bisect_right(self.begins, word) - 1

    def following(self, number: int) -> Sentence | None:
        """The sentence after one."""
        return self[number + 1] if number + 1 < len(self) else None


def sentences(text: str) -> Said:
    """The sentences that the customer speaks, in their order; linear in the length of the text."""
    if begins_spoken(text):
        said = Said(text.split(" "))
        if not said.signs:
            return said
    return Said(spoken(text).split(" "))


def _is_part(raw: str) -> bool:
    """Whether a token after a slash is a word of its own, and not of a path."""
    return raw.isalnum() or _NUMBER.fullmatch(raw) is not None


def _chunk(chunk: str) -> str | _Special:
    """A chunk of letters and digits with punctuation around them has a short way, as every text has new ones."""
    if chunk.isascii():
        core = chunk.strip(_EDGES)
        if core.isalnum():
            before, _, after = chunk.partition(core)
            return _sorted_in(chunk, _folded(core), [_Token(0, before, core)], after)
    elif chunk.isalpha() and len(folded := _folded(chunk)) == 1:
        return intern(folded[0])
    words: tuple[str, ...] = ()
    tokens = []
    pieces = _pieces(filled(chunk))
    for before, raw in zip(pieces[0::2], pieces[1::2], strict=False):
        folded = _folded(raw)
        tokens.append(_Token(len(words), before, raw))
        words += folded if before[-1:] != "/" or _is_part(raw) else (OPAQUE,) * len(folded)
    return _sorted_in(chunk, words, tokens, pieces[-1])


def _sorted_in(chunk: str, words: tuple[str, ...], tokens: list[_Token], tail: str) -> str | _Special:
    """A chunk as the word that it is, or as special.

    A word has one object wherever it stands, so that dictionaries of words find it at once.
    """
    signs = has_signs(chunk)
    (_, before, raw), *further = tokens or [_Token(0, "", "")]
    if len(words) != 1:
        return _Special(None, before, raw, f"{tail} ", tuple(map(intern, words)), tuple(further), signs)
    if not (before or tail or signs):
        return intern(words[0])
    return _Special(intern(words[0]), before, raw, f"{tail} ", (), (), signs)


_CHUNKS = Memo(_chunk)


def _pieces(said: str) -> list[str]:
    """Tokens, each after what stands before it; what is two sentences or two words written together comes apart."""
    pieces = _TOKEN.split(said)
    if "".join(pieces[1::2]).isalnum():
        return pieces
    apart = [pieces[0]]
    for spot in range(1, len(pieces), 2):
        raw, after = pieces[spot], pieces[spot + 1]
        inside = None if raw.isalnum() or apart[-1][-1:] == "/" else _inside(raw)
        if inside is None:
            apart += (raw, after)
        else:
            apart[-1] += inside[0]
            apart += inside[1:-1]
            apart.append(inside[-1] + after)
    return apart


def _inside(raw: str) -> list[str] | None:
    """The pieces of a token that is several words (`and/or`, `today.Nobody`), or None."""
    if _NUMBER.fullmatch(raw) or not (_APART.fullmatch(raw) or _GLUED.fullmatch(raw)):
        return None
    return _INSIDE.split(raw)


def _gap(between: str) -> _Gap:
    """What there is to know of what stands between two words."""
    mark = "".join(between.split())
    if "\n" in between:
        cut = _Cut.BY_LINE
    elif (end := _ENDS.search(between)) is None:
        cut = _Cut.NEVER
    else:
        cut = _Cut.UNLESS_SHORT if end[0] == "." and between.count(".") == 1 else _Cut.ALWAYS
    return _Gap(mark, between == "-", cut)


_GAPS = Memo(_gap)


def _cuts_line(between: str, last: str, following: str) -> bool:
    """Whether a sentence ends where a line does."""
    blank = between.count("\n") > 1
    if blank or _BULLET.search(between) or between.lstrip()[:1] in {":", "."}:
        return True
    soft = last in _JOINS or "," in between or not following[:1].isupper()
    return not soft or _ENDS.search(between) is not None


def _folded(raw: str) -> tuple[str, ...]:
    """The words of a token in lower case: contractions in full, possessives without their ending."""
    plain = raw.translate(_APOSTROPHES).casefold()
    if plain.isalnum():
        return _RUN_TOGETHER.get(plain, (plain,))
    if plain[1:2] == "." and not plain[0].isdigit() and all(len(part) <= 1 for part in plain.split(".")):
        return (plain.replace(".", ""),)
    head, apostrophe, tail = plain.partition("'")
    if apostrophe and head.isalnum() and tail.isalnum():
        if tail == "t" and head.endswith("n"):
            verb = {"ca": "can", "wo": "will", "sha": "shall"}.get(head[:-1], head[:-1])
            return (verb, "not")
        return (head, *_ENDINGS.get(tail, (tail,)))
    return (plain,) if _NUMBER.fullmatch(plain) else (OPAQUE,)
