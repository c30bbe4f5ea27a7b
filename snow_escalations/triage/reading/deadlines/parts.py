"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
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
_NOT, _IF_AFTER_DIGITS, _SURELY = range(3)


class Piece(NamedTuple):
    """What stands between two blanks."""

    tells: int  # whether there may be a time in it
    ends: bool  # whether a sentence surely ends with it
    shortens: bool  # whether it ends with a full stop that may merely shorten a word
    words: tuple[Word, ...]  # with their offsets in it
    texts: tuple[str, ...]  # of the words, empty at the ends of sentences
    keys: tuple[bool, ...]  # whether they have digits, or no time is without them


_BREAK = Word("\n", Kind.BREAK, 0, 0)
_END = Piece(_NOT, ends=True, shortens=False, words=(_BREAK,), texts=("",), keys=(False,))
_AFTER = (_BREAK,) * 24  # longer than any expression: a few words, and as many to skip between each two
_NO_TEXTS = ("",) * len(_AFTER)


class Pieces(Memo[Piece]):
    """What is known of pieces of texts, given the words without which there is no time."""

    __slots__ = ("_core", "_telling")

    def __init__(self, core: frozenset[str]) -> None:
        super().__init__(self._piece)
        self._core, self._telling = core, core - _WITH_DIGITS

    def _piece(self, chunk: str) -> Piece:
        words = tuple(_unshortened(chunk))
        stops, shortens = bool(words) and words[-1].kind is Kind.BREAK, _shortens(words)
        texts = tuple(_text(word) for word in words)
        keys = tuple(word.kind is Kind.CODE or word.text in self._core for word in words)
        tells = _tells(chunk.lower(), self._telling)
        return Piece(tells, stops and not shortens, shortens, words, texts, keys)


class Parts:
    """The words of those sentences that are looked at, and after them a few ends of sentences."""

    __slots__ = ("_bases", "_sentences", "keys", "texts", "words")

    def __init__(self) -> None:
        self.words: list[Word] = []  # with their offsets in what stands between two blanks
        self.texts: list[str] = []
        self.keys: list[bool] = []
        self._sentences: list[tuple[int, Sequence[str], Sequence[Piece]]] = []
        self._bases: list[int] = []

    def add(self, chunks: Sequence[str], found: Sequence[Piece], at: int) -> None:
        """Add a sentence that begins at an offset."""
        if self.texts and self.texts[-1]:
            chunks, found = ["", *chunks], [_END, *found]
            at -= 1
        self._sentences.append((at, chunks, found))
        self.words += chain.from_iterable([piece[3] for piece in found])
        self.texts += chain.from_iterable([piece[4] for piece in found])
        self.keys += chain.from_iterable([piece[5] for piece in found])

    def close(self) -> "Parts":
        """The same with some ends of sentences after it, beyond which nobody looks."""
        self.words += _AFTER
        self.texts += _NO_TEXTS
        return self

    def base(self, index: int) -> int:
        """What to add to the offsets of a word."""
        if not self._bases:
            for start, chunks, found in self._sentences:
                at = start
                for chunk, piece in zip(chunks, found, strict=True):
                    self._bases += [at] * len(piece[3])
                    at += len(chunk) + 1
        return self._bases[index]


def _text(word: Word) -> str:
    return "" if word.kind is Kind.BREAK else word.text


def _tells(chunk: str, telling: frozenset[str]) -> int:
    if chunk.isalpha():
        hit = chunk in telling
    else:
        hit = not telling.isdisjoint(_LETTERS.findall(chunk)) or _SHAPE.search(chunk) is not None
    if hit:
        return _SURELY
    return _IF_AFTER_DIGITS if _AFTER_DIGITS.match(chunk) is not None else _NOT


def _shortens(words: Sequence[Word]) -> bool:
    if len(words) < 2 or words[-1].text != ".":
        return False
    before = words[-2].text
    return before in _SHORTENED or before.isdigit() or _DOTTED.fullmatch(before) is not None


def parts_of(text: str, known: Pieces) -> Parts | None:
    """The words of those sentences that have a word without which there is no time, or digits in the shape of one."""
    if "<" in text:  # a tag may have blanks inside
        return _tagged(text, known)
    parts: Parts | None = None
    for start, line in _lines(text, known) if "\n" in text else ((0, text),):
        chunks = line.split(" ")
        found = [known[chunk] for chunk in chunks]
        hits = [index for index, piece in enumerate(found) if piece[0] and _is_hit(chunks, index, piece)]
        if hits:
            parts = parts if parts is not None else Parts()
            _add_sentences(parts, chunks, found, start, hits)
    return parts.close() if parts is not None else None


def _tagged(text: str, known: Pieces) -> Parts | None:
    if not any(known[chunk].tells for chunk in text.split()):
        return None
    words = tuple(_unshortened(text))
    texts, keys = tuple(_text(word) for word in words), (True,) * len(words)
    whole = Piece(_SURELY, ends=True, shortens=False, words=words, texts=texts, keys=keys)
    parts = Parts()
    parts.add([text], [whole], 0)
    return parts.close()


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


def _is_hit(chunks: Sequence[str], index: int, piece: Piece) -> bool:
    return piece.tells == _SURELY or (index > 0 and chunks[index - 1][-1:].isdigit())


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


def _add_sentences(parts: Parts, chunks: list[str], found: list[Piece], at: int, hits: Sequence[int]) -> None:
    """Add each sentence that has a hit, given the offset of the first piece."""
    stop, size = 0, len(found)
    for hit in hits:
        if hit < stop:
            continue
        first = hit
        while first > stop and not found[first - 1][1]:
            first -= 1
        at += sum(map(len, chunks[stop:first])) + first - stop
        stop = hit + 1
        while stop < size and not found[stop - 1][1]:
            stop += 1
        sentence = found[first:stop]
        if True in [piece[2] for piece in sentence]:
            sentence = list(_joined(chunks[first:stop], sentence))
        parts.add(chunks[first:stop], sentence, at)
        at += sum(map(len, chunks[first:stop])) + stop - first


def _joined(chunks: Sequence[str], found: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces without the full stops that only shorten a word."""
    for index, piece in enumerate(found):
        rest = zip(chunks[index + 1 :], found[index + 1 :], strict=True) if piece.shortens else ()
        after = next(((chunk, each.words[0]) for chunk, each in rest if each.words), None)
        if after is not None and _goes_on(piece.words[-2], after[1], after[0]):
            yield piece._replace(words=piece.words[:-1], texts=piece.texts[:-1], keys=piece.keys[:-1])
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
