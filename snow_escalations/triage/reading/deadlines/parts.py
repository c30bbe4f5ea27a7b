"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count
from operator import itemgetter
from typing import NamedTuple

from snow_escalations.triage.reading.composed import composed
from snow_escalations.triage.reading.deadlines.patterns import Patterns
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.words import ENDS, LINE, Kind, Word, bare_of, ends_line, fold, listed, words_of

_LETTERS = re.compile(r"[^\W\d_]+")
_OWNED = re.compile(r"[^\W\d_]+'[^\W\d_]+")  # in a name, as "founder's gala"
_WITH_DIGITS = frozenset({"h", "d", "am", "pm"})  # of time only after digits; "we'd" and "I am" have them as well
_SHAPE = re.compile(  # in lower case
    r"\b20[2-4]\d[01]\d[0-3]\d\b|"
    r"\d(?:(?:st|nd|rd|th|[hd]|hrs?|days?|am|pm|[ap])\b|[-/.:h]\d|[ap]\.m)|[td](?<!\w[td])-\d|2(?<!\d2)0[2-4]\d(?!\d)"
)
_DIGITS_OF_DATES = (len("2026"), len("20261201"))  # if there are no other signs
_AFTER_DIGITS = re.compile(r"(?:[hd]|am|pm)\b|[ap]\.m")
_SHORTENED = listed(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun approx no max st"
)
_WEEKDAYS = listed("mon tue tues wed thu thur thurs fri sat sun")
_MONTH_NAMES = listed(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december"
)
_MONTHS = listed("jan feb mar mär apr may mai jun jul aug sep oct okt nov dec dez")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}")
_STEM = 3
_NOTHING, _ENDS, _SHORTENS, RELAXES, CALMS, _IF_AFTER_DIGITS, _SURELY = 0, 1, 2, 4, 8, 16, 32
STARTS, TELLS, DIGITS = 1, 2, 3


class Piece(NamedTuple):
    """The words of what stands between two blanks."""

    texts: tuple[str, ...]  # of the words, empty at the ends of sentences
    keys: bytes  # of each word, what it is to a time: STARTS, TELLS, DIGITS, or 0


_TEXTS, _KEYS = map(itemgetter, range(len(Piece._fields)))
_END = Piece(("",), bytes(1))
_AFTER = 24  # longer than any expression: a few words, and as many to skip between each two
_NO_TEXTS = ("",) * _AFTER
_NO_KEYS = bytes(_AFTER)


class Pieces(Memo[Piece]):
    """What is known of pieces of texts, given the words without which there is no time, and those that may begin one.

    `notes` has what most pieces are asked, as flags: whether a sentence surely ends with it, or a full stop that may
    merely shorten a word, whether it has a word that may tell that nobody waits, or one without which that is not told,
    and whether there may be a time in it, after digits or surely. `words` has the words with their offsets in the
    piece.
    """

    __slots__ = ("_calming", "_keys", "_relaxing", "_telling", "notes", "words")

    def __init__(self, core: frozenset[str], starts: frozenset[str], relaxed: Patterns) -> None:
        super().__init__(self._piece)
        self._telling, self._relaxing, self._calming = core - _WITH_DIGITS, relaxed.telling, relaxed.seldom
        self._keys = dict.fromkeys(starts, STARTS) | dict.fromkeys(core, TELLS)
        self.notes, self.words = Memo(self._noted), Memo(_unshortened)

    def _piece(self, chunk: str) -> Piece:
        if (bare := bare_of(chunk)) and "." not in chunk[:-1]:
            return self._piece_of_bare(bare, chunk)
        words = _unshortened(chunk)
        texts = tuple([sys.intern(_text(word)) for word in words])  # so that looking them up compares no letters
        return Piece(texts, bytes([self._key(word) for word in words]))

    def _piece_of_bare(self, bare: str, chunk: str) -> Piece:
        """The same of a word that has nothing but signs around it."""
        before, _, after = chunk.partition(bare)
        texts = [*before, sys.intern(bare.lower()), *after]
        keys = bytearray([self._keys.get(text, 0) for text in texts])
        if not bare.isalpha():
            keys[len(before)] = DIGITS
        if not ENDS.isdisjoint(chunk):
            texts = ["" if text in ENDS else text for text in texts]
        return Piece(tuple(texts), bytes(keys))

    def _key(self, word: Word) -> int:
        return DIGITS if word.kind is Kind.CODE else self._keys.get(word.text, 0)

    def _noted(self, chunk: str) -> int:
        if bare := bare_of(chunk):
            return self._noted_of_bare(bare.lower(), chunk)
        chunk = composed(chunk)
        note = self._tells(fold(chunk))
        words = _unshortened(chunk)
        for text in map(_text, words):
            note |= self._relaxes(text)
        if words and words[-1].kind is Kind.BREAK:
            note |= _SHORTENS if _shortens(words) else _ENDS
        return note

    def _noted_of_bare(self, word: str, chunk: str) -> int:
        """The same of a word that has nothing but signs around it."""
        if word.isalpha():
            is_after_digits = word in _WITH_DIGITS and chunk[0].isalpha()
            note = _SURELY if word in self._telling else _IF_AFTER_DIGITS if is_after_digits else _NOTHING
        elif word.isdigit() and len(word) not in _DIGITS_OF_DATES:
            note = _NOTHING
        else:
            tells = _SHAPE.search(word) is not None or not self._telling.isdisjoint(_LETTERS.findall(word))
            note = _SURELY if tells else _NOTHING
        note |= self._relaxes(word)
        if chunk[-1] in ENDS:
            is_short = chunk[-1] == "." and chunk[-2].isalnum() and (word in _SHORTENED or word.isdigit())
            note |= _SHORTENS if is_short else _ENDS
        return note

    def _relaxes(self, text: str) -> int:
        return (RELAXES if text in self._relaxing else 0) | (CALMS if text in self._calming else 0)

    def _tells(self, chunk: str) -> int:
        names = chain(_LETTERS.findall(chunk), _OWNED.findall(chunk))
        if not self._telling.isdisjoint(names) or _SHAPE.search(chunk) is not None:
            return _SURELY
        return _IF_AFTER_DIGITS if _AFTER_DIGITS.match(chunk) is not None else _NOTHING


class _Sentence(NamedTuple):
    """A line and where it begins, and a sentence of it by the number of its first piece and all its pieces as words."""

    start: int
    line: str
    first: int
    found: Sequence[Piece]


_LINE_END = _Sentence(-1, "\n", 0, (_END,))


class Parts:
    """The words of those sentences that are looked at, and after them a few ends of sentences.

    Where the words stand is worked out when it is asked for, which most texts are not.
    """

    __slots__ = (
        "_asked", "_begins", "_chunks", "_keys", "_lengths", "_line", "_place", "_sentences", "_stops", "_words",
        "keys", "known", "relaxes", "texts",
    )  # fmt: skip
    _chunks: list[str]  # the pieces of that line as written, and how long those before each are
    _lengths: list[int]
    _stops: list[int]  # the places after the pieces of that sentence, after 0
    _place: int  # the last of its pieces that was asked for, and the words of it
    _words: list[Word]

    def __init__(self, known: Pieces) -> None:
        self.known = known
        self.texts: list[str] = []  # of the words, empty at the ends of sentences
        self.keys = b""  # of the words: may start a time (1), there is none without it (2), has digits (3)
        self.relaxes = 0  # whether a word of the whole text may tell that nobody waits: RELAXES, CALMS
        self._keys: list[bytes] = []  # the same by piece
        self._begins: list[int] = []  # the places of the first words of the sentences
        self._sentences: list[_Sentence] = []
        self._asked: _Sentence | None = None  # where a word was looked for, and its line
        self._line = ""

    def add(self, sentence: _Sentence) -> None:
        """Add a sentence."""
        texts = self.texts
        if texts and texts[-1] and sentence is not _LINE_END:
            self.add(_LINE_END)
        self._begins.append(len(texts))
        self._sentences.append(sentence)
        texts += chain.from_iterable(map(_TEXTS, sentence.found))
        self._keys += map(_KEYS, sentence.found)

    def close(self) -> "Parts":
        """The same with some ends of sentences after it, beyond which nobody looks."""
        self.texts += _NO_TEXTS
        self.keys = b"".join([*self._keys, _NO_KEYS])
        return self

    def spot(self, index: int) -> tuple[int, int]:
        """The offsets of a word in the text."""
        number = bisect_right(self._begins, index) - 1
        sentence = start, line, first, found = self._sentences[number]
        if sentence is not self._asked:
            self._asked, self._place = sentence, -1
            self._stops = [*accumulate(map(len, map(_TEXTS, found)), initial=0)]
            if line is not self._line:
                self._line, self._chunks = line, line.split(" ")  # once more, as it was not kept
                self._lengths = [*accumulate(map(len, self._chunks), initial=0)]
        inside = index - self._begins[number]
        place = bisect_right(self._stops, inside) - 1
        at = first + place
        if place != self._place:
            self._place, self._words = place, self.known.words[self._chunks[at]]
        word = self._words[inside - self._stops[place]]
        begin = start + self._lengths[at] + at  # with a blank after each
        return begin + word.start, begin + word.end

    def is_end(self, index: int) -> bool:
        """Whether there are only ends of sentences from a place on."""
        return index >= len(self.texts) - _AFTER


class TaggedParts(Parts):
    """The words of a text that has tags, all of which are looked at."""

    __slots__ = ()

    def __init__(self, text: str, known: Pieces) -> None:
        super().__init__(known)
        self._words = _unshortened(text)
        self.texts += map(_text, self._words)
        self._keys.append(bytes([DIGITS if word.kind is Kind.CODE else TELLS for word in self._words]))
        self.relaxes = RELAXES | CALMS
        self.close()

    def spot(self, index: int) -> tuple[int, int]:
        """The offsets of a word in the text."""
        word = self._words[index]
        return word.start, word.end


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
    if not notes or max(notes) < _IF_AFTER_DIGITS:
        return None
    if "<" in text:  # a tag may have blanks inside
        return TaggedParts(text, known)
    parts = Parts(known)
    if is_one_line:
        _add_sentences(parts, 0, text, chunks, notes)
    else:
        for start, line in _lines(text, known):
            chunks = line.split(" ")
            _add_sentences(parts, start, line, chunks, [*map(known.notes.__getitem__, chunks)])
    return parts.close() if parts.texts else None


def _unshortened(text: str) -> list[Word]:
    """The words of a whole text, full stops that only shorten a word left out."""
    words = words_of(text)
    if "." not in text[:-1]:
        return words  # none, or one that ends it
    for index in range(len(words) - 2, 0, -1):
        if _shortens(words[index - 1 : index + 1]) and _goes_on(words[index - 1], words[index + 1], text):
            del words[index]
    return words


def said_in(text: str, known: Pieces) -> list[str]:
    """All words of a text without tags, as if it were one sentence."""
    return [*filter(None, chain.from_iterable(map(_TEXTS, map(known.__getitem__, text.split()))))]


def everything_in(text: str, known: Pieces) -> list[str]:
    """The same with the ends of its sentences, which are empty."""
    return [*chain.from_iterable(map(_TEXTS, map(known.__getitem__, text.split())))]


def _lines(text: str, known: Pieces) -> Iterator[tuple[int, str]]:
    """What stands between line breaks that end a sentence, with its offset; other line breaks as blanks."""
    begun, reached = 0, 0
    joined = ""
    for line in LINE.finditer(text):
        joined += text[reached : line.start()]
        reached = line.end()
        if ends_line(known.words[joined.rpartition(" ")[2]], text, line):
            yield begun, joined
            begun, joined = reached, ""
        else:
            joined += " " * (reached - line.start())
    yield begun, joined + text[reached:]


def _add_sentences(parts: Parts, start: int, line: str, chunks: list[str], notes: list[int]) -> None:
    """Add each sentence of a line in which there may be a time."""
    known = parts.known
    first, noted, tells = 0, _NOTHING, False
    notes.append(_ENDS)
    for at in compress(count(), notes):
        note = notes[at]
        noted |= note
        if note >= _IF_AFTER_DIGITS and (note >= _SURELY or (at and chunks[at - 1][-1:].isdigit())):
            tells = True
        if note & _ENDS:
            if tells:
                said = chunks[first : at + 1]
                found = [*map(known.__getitem__, said)]
                found = found if not noted & _SHORTENS else [*_joined(said, found, known)]
                parts.add(_Sentence(start, line, first, found))
            first, tells = at + 1, False
    parts.relaxes |= noted & (RELAXES | CALMS)


def _joined(chunks: Sequence[str], found: Sequence[Piece], known: Pieces) -> Iterator[Piece]:
    """Pieces without the full stops that only shorten a word."""
    for index, piece in enumerate(found):
        if known.notes[chunks[index]] & _SHORTENS:
            after = next(((chunk, words[0]) for chunk in chunks[index + 1 :] if (words := known.words[chunk])), None)
            if after is not None and _goes_on(known.words[chunks[index]][-2], after[1], after[0]):
                yield Piece(piece.texts[:-1], piece.keys[:-1])
                continue
        yield piece


def _goes_on(before: Word, after: Word, text: str) -> bool:
    """Whether a full stop between two words only shortens the first: "Dec. 4", "Wed. Dec 2", "27. November"."""
    if before.kind is Kind.WORD:
        if before.text == "st" or after.text == ",":
            return True
        return after.kind is Kind.CODE or (before.text in _WEEKDAYS and after.text in _MONTH_NAMES)
    if after.kind is Kind.BREAK:
        return False
    if before.text.isdigit():
        return after.text[:_STEM] in _MONTHS
    return not text[after.start].isupper()
