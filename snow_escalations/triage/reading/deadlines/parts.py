"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count
from operator import itemgetter
from typing import NamedTuple

from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.words import LINE, Kind, Word, ends_line, kind_of, listed, words_of

_LETTERS = re.compile(r"[^\W\d_]+")
_WITH_DIGITS = frozenset({"h", "d", "am", "pm"})  # of time only after digits; "we'd" and "I am" have them as well
_SHAPE = re.compile(  # in lower case
    r"\d(?:(?:st|nd|rd|th|[hd]|hrs?|days?|am|pm|[ap])\b|[-/.:h]\d|[ap]\.m)|[td](?<!\w[td])-\d|2(?<!\d2)0[2-4]\d(?!\d)"
)
_AFTER_DIGITS = re.compile(r"(?:[hd]|am|pm)\b|[ap]\.m")
_SHORTENED = listed(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun approx no"
)
_MONTHS = listed("jan feb mar mär apr may mai jun jul aug sep oct okt nov dec dez")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}")
_STEM = 3
_NOT, _IF_AFTER_DIGITS, _SURELY = range(3)
_ENDS, _SHORTENS = 4, 8


class Piece(NamedTuple):
    """What stands between two blanks."""

    words: tuple[Word, ...]  # with their offsets in it
    texts: tuple[str, ...]  # of the words, empty at the ends of sentences


_WORDS, _TEXTS = itemgetter(0), itemgetter(1)
_BREAK = Word("\n", Kind.BREAK, 0, 0)
_END = Piece((_BREAK,), ("",))
_AFTER = (_BREAK,) * 24  # longer than any expression: a few words, and as many to skip between each two
_NO_TEXTS = ("",) * len(_AFTER)


class Pieces(Memo[Piece]):
    """What is known of pieces of texts and of words, given the words without which there is no time.

    `tells` has, of each piece, whether there may be a time in it, which is all that most texts are asked. `noted` adds
    whether a sentence surely ends with it (4), or a full stop that may merely shorten a word (8). `kinds` has the kinds
    of words, and `keys` whether a word has digits or is one without which there is no time.
    """

    __slots__ = ("_core", "_telling", "keys", "kinds", "noted", "tells")

    def __init__(self, core: frozenset[str]) -> None:
        super().__init__(self._piece)
        self._core, self._telling = core, core - _WITH_DIGITS
        self.tells, self.noted = Memo(self._tells), Memo(self._noted)
        self.kinds, self.keys = Memo(kind_of), Memo(self._is_key)

    def _piece(self, chunk: str) -> Piece:
        words = tuple(_unshortened(chunk))
        return Piece(words, tuple(_text(word) for word in words))

    def _noted(self, chunk: str) -> int:
        words = self[chunk].words
        if not words or words[-1].kind is not Kind.BREAK:
            return self.tells[chunk]
        return self.tells[chunk] | (_SHORTENS if _shortens(words) else _ENDS)

    def _is_key(self, word: str) -> bool:
        return word in self._core or self.kinds[word] is Kind.CODE

    def _tells(self, chunk: str) -> int:
        chunk = chunk.lower()
        if chunk.isalpha():
            hit = chunk in self._telling
        else:
            hit = not self._telling.isdisjoint(_LETTERS.findall(chunk)) or _SHAPE.search(chunk) is not None
        if hit:
            return _SURELY
        return _IF_AFTER_DIGITS if _AFTER_DIGITS.match(chunk) is not None else _NOT


class Parts:
    """The words of those sentences that are looked at, and after them a few ends of sentences.

    Where the words stand is worked out when it is asked for, which most texts are not.
    """

    __slots__ = ("_known", "_sentences", "_spots", "_words", "kinds", "texts")

    def __init__(self, known: Pieces) -> None:
        self._known, self.kinds = known, known.kinds
        self.texts: list[str] = []  # of the words, empty at the ends of sentences
        self._sentences: list[tuple[int, Sequence[str], int, Sequence[Piece]]] = []
        self._words: list[Word] = []
        self._spots: list[tuple[int, int]] = []

    def add(self, start: int, chunks: Sequence[str], first: int, found: Sequence[Piece]) -> None:
        """Add a sentence, given all pieces of its line as written, where the line begins, and its own pieces."""
        if self.texts and self.texts[-1]:
            self._sentences.append((0, ("",), 0, (_END,)))
            self.texts.append("")
        self._sentences.append((start, chunks, first, found))
        self.texts += chain.from_iterable(map(_TEXTS, found))

    def close(self) -> "Parts":
        """The same with some ends of sentences after it, beyond which nobody looks."""
        self.texts += _NO_TEXTS
        return self

    def telling(self) -> list[int]:
        """The places of the words that have digits, or without which there is no time."""
        return [*compress(count(), map(self._known.keys.__getitem__, self.texts))]

    @property
    def words(self) -> list[Word]:
        """The words with their offsets in what stands between two blanks."""
        if not self._words:
            for _, _, _, found in self._sentences:
                self._words += chain.from_iterable(map(_WORDS, found))
            self._words += _AFTER
        return self._words

    def spot(self, index: int) -> tuple[int, int]:
        """The offsets of a word in the text."""
        if not self._spots:
            for start, chunks, first, found in self._sentences:
                at = start + first + sum(map(len, chunks[:first]))
                begins = accumulate(map(len, chunks[first:]), _after_blank, initial=at)
                placed = zip(begins, map(_WORDS, found), strict=False)
                self._spots += [(at + word[2], at + word[3]) for at, words in placed for word in words]
        return self._spots[index]


def _after_blank(at: int, length: int) -> int:
    return at + length + 1


class TaggedParts(Parts):
    """The words of a text that has tags, all of which are looked at."""

    __slots__ = ()

    def __init__(self, text: str, known: Pieces) -> None:
        super().__init__(known)
        words = tuple(_unshortened(text))
        self.add(0, (text,), 0, (Piece(words, tuple(_text(word) for word in words)),))
        self.close()

    def telling(self) -> list[int]:
        """The places of all words."""
        return [*range(len(self.texts) - len(_NO_TEXTS))]


def _text(word: Word) -> str:
    return "" if word.kind is Kind.BREAK else word.text


def _shortens(words: Sequence[Word]) -> bool:
    if len(words) < 2 or words[-1].text != ".":
        return False
    before = words[-2].text
    return before in _SHORTENED or before.isdigit() or _DOTTED.fullmatch(before) is not None


def parts_of(text: str, known: Pieces) -> Parts | None:
    """The words of those sentences that have a word without which there is no time, or digits in the shape of one."""
    is_one_line = "\n" not in text
    chunks = text.split(" ") if is_one_line else text.split()
    if not any(map(known.tells.__getitem__, chunks)):
        return None
    if "<" in text:  # a tag may have blanks inside
        return TaggedParts(text, known)
    parts = Parts(known)
    if is_one_line:
        _add_sentences(parts, 0, chunks, known)
    else:
        for start, line in _lines(text, known):
            _add_sentences(parts, start, line.split(" "), known)
    return parts.close() if parts.texts else None


def _unshortened(text: str) -> list[Word]:
    """The words of a whole text, full stops that only shorten a word left out."""
    words = words_of(text)
    for index in range(len(words) - 2, 0, -1):
        if _shortens(words[index - 1 : index + 1]) and _goes_on(words[index - 1], words[index + 1], text):
            del words[index]
    return words


def said_in(text: str, known: Pieces) -> frozenset[str]:
    """All words of a text without their places."""
    return frozenset(chain.from_iterable([known[chunk].texts for chunk in text.split()]))


def _lines(text: str, known: Pieces) -> Iterator[tuple[int, str]]:
    """What stands between line breaks that end a sentence, with its offset; other line breaks as blanks."""
    begun, reached = 0, 0
    joined = ""
    for line in LINE.finditer(text):
        joined += text[reached : line.start()]
        reached = line.end()
        if ends_line(known[joined.rpartition(" ")[2]].words, text, line):
            yield begun, joined
            begun, joined = reached, ""
        else:
            joined += " " * (reached - line.start())
    yield begun, joined + text[reached:]


def _add_sentences(parts: Parts, start: int, chunks: list[str], known: Pieces) -> None:
    """Add each sentence of a line in which there may be a time."""
    notes = [*map(known.noted.__getitem__, chunks)]
    first, tells, shortens = 0, False, 0
    for at in compress(count(), notes):
        note = notes[at]
        if note & _SURELY or (note & _IF_AFTER_DIGITS and at and chunks[at - 1][-1:].isdigit()):
            tells = True
        shortens |= note & _SHORTENS
        if note & _ENDS:
            if tells:
                parts.add(start, chunks, first, _pieces(chunks[first : at + 1], known, shortens))
            first, tells, shortens = at + 1, False, 0
    if tells:
        parts.add(start, chunks, first, _pieces(chunks[first:], known, shortens))


def _pieces(chunks: Sequence[str], known: Pieces, shortens: int) -> Sequence[Piece]:
    found = [*map(known.__getitem__, chunks)]
    return [*_joined(chunks, found)] if shortens else found


def _joined(chunks: Sequence[str], found: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces without the full stops that only shorten a word."""
    for index, piece in enumerate(found):
        rest = zip(chunks[index + 1 :], found[index + 1 :], strict=True) if _shortens(piece.words) else ()
        after = next(((chunk, each.words[0]) for chunk, each in rest if each.words), None)
        if after is not None and _goes_on(piece.words[-2], after[1], after[0]):
            yield Piece(piece.words[:-1], piece.texts[:-1])
        else:
            yield piece


def _goes_on(before: Word, after: Word, text: str) -> bool:
    """Whether a full stop between two words only shortens the first: "Dec. 4", "approx. 3 days", "27. November"."""
    if before.kind is Kind.WORD:
        return after.kind is Kind.CODE
    if after.kind is Kind.BREAK:
        return False
    if before.text.isdigit():
        return after.text[:_STEM] in _MONTHS
    return not text[after.start].isupper()
