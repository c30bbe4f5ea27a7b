"""A text as sentences of folded words, each word with its offsets in the text as given."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import compress, islice
from typing import NamedTuple, overload

from snow_escalations.triage.reading.composed import FILLER, filled
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.speech import spoken


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
    """What stands before a token, the token as written, and its folded words."""

    before: str
    raw: str
    words: tuple[str, ...]


class _Chunk(NamedTuple):
    """What stands between two blanks: a word and nothing else, or (`special`) tokens, and the rest with the blank."""

    word: str
    special: bool
    tokens: tuple[_Token, ...]
    tail: str


class _Cut(Enum):
    """Whether a sentence ends in what stands between two words."""

    NEVER = "never"
    ALWAYS = "always"
    UNLESS_SHORT = "unless an abbreviation stands before it"
    BY_LINE = "by the line that breaks there"


_NEVER, _ALWAYS, _UNLESS_SHORT = _Cut.NEVER, _Cut.ALWAYS, _Cut.UNLESS_SHORT


class Sentence:
    """Words folded to lower case, the punctuation before each, and where they stand, which is told when it is asked."""

    __slots__ = ("_first", "_said", "words")

    def __init__(self, words: Iterable[str], first: int, said: "Said") -> None:
        self.words = tuple(words)
        self._first, self._said = first, said

    def mark(self, place: int) -> str:
        """The punctuation before a word, without blanks."""
        between = self._said.between.get(self._first + place) if 0 <= place < len(self.words) else None
        return "" if between is None else "".join(between.split())

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The offsets of the words from `begin` up to `end` in the text as given."""
        said, first = self._said, self._first
        return said.spot(first + begin)[0], said.spot(first + end - 1)[1]

    def tied(self, place: int) -> bool:
        """Whether nothing but a hyphen stands between a word and the one before it."""
        return place < len(self.words) and self._said.between.get(self._first + place) == "-"

    def find(self, words: frozenset[str], begin: int = 0, end: int | None = None) -> int:
        """The place of the first word of a set in a range of places, or -1."""
        inside = self.words[max(begin, 0) :] if end is None else self.words[max(begin, 0) : max(end, 0)]
        if words.isdisjoint(inside):
            return -1
        return max(begin, 0) + next(place for place, word in enumerate(inside) if word in words)


class Said(Sequence[Sentence]):
    """The sentences of a text; each is made when it is asked for.

    `words` are those of the whole text, `begins` the number of the first word of each sentence, and `between` has, by
    the number of a word, what stands before it if that is more than blanks.
    """

    __slots__ = ("_made", "_spots", "_unknown_spots", "begins", "between", "words")

    def __init__(self, chunks: list[str]) -> None:
        self.words: list[str] = []
        self.begins = [0]
        self.between: dict[int, str] = {}
        self._made: dict[int, Sentence] = {}
        self._spots: list[tuple[int, int]] = []
        self._unknown_spots = _spots(chunks)
        self._read(chunks)

    def _read(self, chunks: list[str]) -> None:
        """Note the words; those between two chunks that are more than a word are taken over as they are."""
        found = [*map(_CHUNKS.__getitem__, chunks)]
        plain, special, of_tokens, tails = zip(*found, strict=True)
        words, at, between = self.words, 0, " "
        for place in compress(range(len(found)), special):
            if place > at:
                if between != " ":
                    self._break_off(between, chunks[at])
                    between = " "
                words += plain[at:place]
            for before, raw, folded in of_tokens[place]:
                if before:
                    between += before
                if between != " ":
                    self._break_off(between, raw)
                words += folded
                between = ""
            between += tails[place]
            at = place + 1
        if at < len(found):
            if between != " ":
                self._break_off(between, chunks[at])
            words += plain[at:]
        if not words:
            self.begins.clear()

    def _break_off(self, between: str, raw: str) -> None:
        """Note what stands before the word to come, and whether a sentence begins with it."""
        is_marked, cut = _GAPS[between]
        number = len(self.words)
        if is_marked:
            self.between[number] = between
        if cut is not _NEVER and number > self.begins[-1]:
            last = self.words[-1]
            if cut is _UNLESS_SHORT:
                cuts = len(last) > 1 and last not in _ABBREVIATIONS
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
            begin = self.begins[number]
            made = self._made[number] = Sentence(self.words[begin : self.end(number)], begin, self)
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

    def spot(self, word: int) -> tuple[int, int]:
        """Begin and end of a word; of the words of one token, those of the token. None beyond it is worked out."""
        self._spots += islice(self._unknown_spots, max(word + 1 - len(self._spots), 0))
        return self._spots[word]


def _spots(chunks: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, in their order."""
    at = 0
    for chunk in chunks:
        _, special, tokens, _ = _CHUNKS[chunk]
        size = len(chunk) + 1
        if not special:
            yield at, at + size - 1
        begin = at
        for before, raw, words in tokens:
            begin += len(before)
            for _ in words:
                yield begin, begin + len(raw)
            begin += len(raw)
        at += size


def sentences(text: str) -> Said:
    """The sentences that the customer speaks, in their order; linear in the length of the text."""
    return Said(spoken(text).split(" "))


def _is_part(raw: str) -> bool:
    """Whether a token after a slash is a word of its own, and not of a path."""
    return raw.isalnum() or _NUMBER.fullmatch(raw) is not None


def _chunk(chunk: str) -> _Chunk:
    if chunk.isalpha() and len(folded := _folded(chunk)) == 1:
        return _Chunk(folded[0], special=False, tokens=(), tail=" ")
    pieces = _pieces(filled(chunk))
    tail = f"{pieces[-1]} "
    tokens = tuple([_token(before, raw) for before, raw in zip(pieces[0::2], pieces[1::2], strict=False)])
    if len(tokens) == 1 and not tokens[0].before and len(tokens[0].words) == 1 and tail == " ":
        return _Chunk(tokens[0].words[0], special=False, tokens=(), tail=tail)
    return _Chunk("", special=True, tokens=tokens, tail=tail)


def _token(before: str, raw: str) -> _Token:
    folded = _folded(raw)
    return _Token(before, raw, folded if before[-1:] != "/" or _is_part(raw) else (OPAQUE,) * len(folded))


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


def _gap(between: str) -> tuple[bool, _Cut]:
    """Whether there is more than blanks between two words, and whether a sentence ends there."""
    is_marked = between != "" and not between.isspace()
    if "\n" in between:
        return is_marked, _Cut.BY_LINE
    end = _ENDS.search(between)
    if end is None:
        return is_marked, _Cut.NEVER
    return is_marked, _Cut.UNLESS_SHORT if end[0] == "." and between.count(".") == 1 else _Cut.ALWAYS


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
    if plain[1:2] == "." and all(len(part) <= 1 for part in plain.split(".")):
        return (plain.replace(".", ""),)
    head, apostrophe, tail = plain.partition("'")
    if apostrophe and head.isalnum() and tail.isalnum():
        if tail == "t" and head.endswith("n"):
            verb = {"ca": "can", "wo": "will", "sha": "shall"}.get(head[:-1], head[:-1])
            return (verb, "not")
        return (head, *_ENDINGS.get(tail, (tail,)))
    return (plain,) if _NUMBER.fullmatch(plain) else (OPAQUE,)
