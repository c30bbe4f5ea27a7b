"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count
from operator import itemgetter
from typing import NamedTuple

from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.words import LINE, Kind, Word, ends_line, listed, words_of

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
_NOTHING, _ENDS, _SHORTENS, _RELAXES, _IF_AFTER_DIGITS, _SURELY = 0, 1, 2, 4, 8, 16
STARTS, TELLS, DIGITS = 1, 2, 3


class Piece(NamedTuple):
    """What stands between two blanks."""

    words: tuple[Word, ...]  # with their offsets in it
    texts: tuple[str, ...]  # of the words, empty at the ends of sentences
    keys: tuple[int, ...]  # of each word, what it is to a time: STARTS, TELLS, DIGITS, or 0


_WORDS, _TEXTS, _KEYS = map(itemgetter, range(len(Piece._fields)))
_BREAK = Word("\n", Kind.BREAK, 0, 0)
_END = Piece((_BREAK,), ("",), (0,))
_AFTER = (_BREAK,) * 24  # longer than any expression: a few words, and as many to skip between each two
_NO_TEXTS = ("",) * len(_AFTER)
_NO_KEYS = (0,) * len(_AFTER)


class Pieces(Memo[Piece]):
    """What is known of pieces of texts, given the words without which there is no time, and those that may begin one.

    `notes` has what most pieces are asked, as flags: whether a sentence surely ends with it, or a full stop that may
    merely shorten a word, whether it has a word that may tell that nobody waits, and whether there may be a time in it,
    after digits or surely.
    """

    __slots__ = ("_keys", "_relaxing", "_telling", "notes")

    def __init__(self, core: frozenset[str], starts: frozenset[str], relaxing: frozenset[str]) -> None:
        super().__init__(self._piece)
        self._telling, self._relaxing = core - _WITH_DIGITS, relaxing
        self._keys = dict.fromkeys(starts, STARTS) | dict.fromkeys(core, TELLS)
        self.notes = Memo(self._noted)

    def _piece(self, chunk: str) -> Piece:
        words = tuple(_unshortened(chunk))
        texts = tuple([sys.intern(_text(word)) for word in words])  # so that looking them up compares no letters
        return Piece(words, texts, tuple([self._key(word) for word in words]))

    def _key(self, word: Word) -> int:
        return DIGITS if word.kind is Kind.CODE else self._keys.get(word.text, 0)

    def _noted(self, chunk: str) -> int:
        note = self._tells(chunk.lower())
        if chunk.isalpha():
            return note | _RELAXES if chunk.lower() in self._relaxing else note
        words, texts, _ = self[chunk]
        if not self._relaxing.isdisjoint(texts):
            note |= _RELAXES
        if words and words[-1].kind is Kind.BREAK:
            note |= _SHORTENS if _shortens(words) else _ENDS
        return note

    def _tells(self, chunk: str) -> int:
        if chunk.isalpha():
            hit = chunk in self._telling
        else:
            hit = not self._telling.isdisjoint(_LETTERS.findall(chunk)) or _SHAPE.search(chunk) is not None
        if hit:
            return _SURELY
        return _IF_AFTER_DIGITS if _AFTER_DIGITS.match(chunk) is not None else _NOTHING


class _Sentence(NamedTuple):
    """The pieces of a sentence: the number of the first one among all of its line, and where the line begins."""

    start: int
    chunks: Sequence[str]
    first: int
    found: Sequence[Piece]


class Parts:
    """The words of those sentences that are looked at, and after them a few ends of sentences.

    Where the words stand is worked out when it is asked for, which most texts are not.
    """

    __slots__ = ("_asked", "_begins", "_sentences", "_stops", "_words", "keys", "relaxes", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []  # of the words, empty at the ends of sentences
        self.keys: list[int] = []  # of the words: may start a time (1), there is none without it (2), has digits (3)
        self.relaxes = 0  # whether there is a word, in the whole text, that may tell that nobody waits
        self._begins: list[int] = []  # the places of the first words of the sentences
        self._sentences: list[_Sentence] = []
        self._words: list[Word] = []
        self._asked: _Sentence | None = None  # where a word was looked for, and the places after its pieces
        self._stops: list[int] = []

    def add(self, start: int, chunks: Sequence[str], first: int, found: Sequence[Piece]) -> None:
        """Add a sentence, given all pieces of its line as written, where the line begins, and its own pieces."""
        if self.texts and self.texts[-1]:
            self._append(_Sentence(0, ("",), 0, (_END,)))
        self._append(_Sentence(start, chunks, first, found))

    def _append(self, sentence: _Sentence) -> None:
        self._begins.append(len(self.texts))
        self._sentences.append(sentence)
        found = sentence.found
        self.texts += chain.from_iterable(map(_TEXTS, found))
        self.keys += chain.from_iterable(map(_KEYS, found))

    def close(self) -> "Parts":
        """The same with some ends of sentences after it, beyond which nobody looks."""
        self.texts += _NO_TEXTS
        self.keys += _NO_KEYS
        return self

    @property
    def words(self) -> list[Word]:
        """The words with their offsets in what stands between two blanks."""
        if not self._words:
            for sentence in self._sentences:
                self._words += chain.from_iterable(map(_WORDS, sentence.found))
            self._words += _AFTER
        return self._words

    def spot(self, index: int) -> tuple[int, int]:
        """The offsets of a word in the text."""
        number = bisect_right(self._begins, index) - 1
        sentence, begin = self._sentences[number], self._begins[number]
        if sentence is not self._asked:
            self._asked, self._stops = sentence, [*accumulate(map(len, map(_TEXTS, sentence.found)))]
        inside = index - begin
        place = bisect_right(self._stops, inside)
        before = sentence.chunks[: sentence.first + place]
        at = sentence.start + sum(map(len, before)) + len(before)
        words = sentence.found[place].words
        word = words[inside - self._stops[place] + len(words)]
        return at + word.start, at + word.end


class TaggedParts(Parts):
    """The words of a text that has tags, all of which are looked at."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        super().__init__()
        words = tuple(_unshortened(text))
        keys = tuple(DIGITS if word.kind is Kind.CODE else TELLS for word in words)
        self.add(0, (text,), 0, (Piece(words, tuple(_text(word) for word in words), keys),))
        self.relaxes = _RELAXES
        self.close()


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
    notes = [*map(known.notes.__getitem__, chunks)]
    if max(notes, default=_NOTHING) < _IF_AFTER_DIGITS:
        return None
    if "<" in text:  # a tag may have blanks inside
        return TaggedParts(text)
    parts = Parts()
    if is_one_line:
        _add_sentences(parts, 0, chunks, notes, known)
    else:
        for start, line in _lines(text, known):
            chunks = line.split(" ")
            _add_sentences(parts, start, chunks, [*map(known.notes.__getitem__, chunks)], known)
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
    return frozenset(chain.from_iterable(map(_TEXTS, map(known.__getitem__, text.split()))))


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


def _add_sentences(parts: Parts, start: int, chunks: list[str], notes: Sequence[int], known: Pieces) -> None:
    """Add each sentence of a line in which there may be a time."""
    first, noted, tells = 0, _NOTHING, False
    for at in compress(count(), notes):
        note = notes[at]
        noted |= note
        if note >= _IF_AFTER_DIGITS and (note >= _SURELY or (at and chunks[at - 1][-1:].isdigit())):
            tells = True
        if note & _ENDS:
            if tells:
                parts.add(start, chunks, first, _pieces(chunks[first : at + 1], known, noted))
            parts.relaxes |= noted & _RELAXES
            first, noted, tells = at + 1, _NOTHING, False
    if tells:
        parts.add(start, chunks, first, _pieces(chunks[first:], known, noted))
    parts.relaxes |= noted & _RELAXES


def _pieces(chunks: Sequence[str], known: Pieces, noted: int) -> Sequence[Piece]:
    found = [*map(known.__getitem__, chunks)]
    return [*_joined(chunks, found)] if noted & _SHORTENS else found


def _joined(chunks: Sequence[str], found: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces without the full stops that only shorten a word."""
    for index, piece in enumerate(found):
        rest = zip(chunks[index + 1 :], found[index + 1 :], strict=True) if _shortens(piece.words) else ()
        after = next(((chunk, each.words[0]) for chunk, each in rest if each.words), None)
        if after is not None and _goes_on(piece.words[-2], after[1], after[0]):
            yield Piece(*(each[:-1] for each in piece))
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
