"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, count
from operator import itemgetter
from typing import NamedTuple

from snow_escalations.triage.reading.composed import composed
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.words import LINE, Kind, Word, ends_line, fold, listed, words_of

_LETTERS = re.compile(r"[^\W\d_]+")
_OWNED = re.compile(r"[^\W\d_]+'[^\W\d_]+")  # in a name, as "founder's gala"
_WITH_DIGITS = frozenset({"h", "d", "am", "pm"})  # of time only after digits; "we'd" and "I am" have them as well
_SHAPE = re.compile(  # in lower case
    r"\b20[2-4]\d[01]\d[0-3]\d\b|"
    r"\d(?:(?:st|nd|rd|th|[hd]|hrs?|days?|am|pm|[ap])\b|[-/.:h]\d|[ap]\.m)|[td](?<!\w[td])-\d|2(?<!\d2)0[2-4]\d(?!\d)"
)
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
_AROUND_A_WORD = '(),:[]"'
_STEM = 3
_NOTHING, _ENDS, _SHORTENS, _RELAXES, _IF_AFTER_DIGITS, _SURELY = 0, 1, 2, 4, 8, 16
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
    merely shorten a word, whether it has a word that may tell that nobody waits, and whether there may be a time in it,
    after digits or surely. `words` has the words with their offsets in the piece.
    """

    __slots__ = ("_keys", "_relaxing", "_telling", "notes", "words")

    def __init__(self, core: frozenset[str], starts: frozenset[str], relaxing: frozenset[str]) -> None:
        super().__init__(self._piece)
        self._telling, self._relaxing = core - _WITH_DIGITS, relaxing
        self._keys = dict.fromkeys(starts, STARTS) | dict.fromkeys(core, TELLS)
        self.notes, self.words = Memo(self._noted), Memo(_unshortened)

    def _piece(self, chunk: str) -> Piece:
        words = _unshortened(chunk)
        texts = tuple([sys.intern(_text(word)) for word in words])  # so that looking them up compares no letters
        return Piece(texts, bytes([self._key(word) for word in words]))

    def _key(self, word: Word) -> int:
        return DIGITS if word.kind is Kind.CODE else self._keys.get(word.text, 0)

    def _noted(self, chunk: str) -> int:
        chunk = composed(chunk)
        note = self._tells(fold(chunk))
        if (bare := chunk.strip(_AROUND_A_WORD)).isalnum():
            return note | _RELAXES if bare.lower() in self._relaxing else note
        words = _unshortened(chunk)
        if not self._relaxing.isdisjoint(map(_text, words)):
            note |= _RELAXES
        if words and words[-1].kind is Kind.BREAK:
            note |= _SHORTENS if _shortens(words) else _ENDS
        return note

    def _tells(self, chunk: str) -> int:
        if chunk.isalpha():
            hit = chunk in self._telling
        else:
            names = chain(_LETTERS.findall(chunk), _OWNED.findall(chunk))
            hit = not self._telling.isdisjoint(names) or _SHAPE.search(chunk) is not None
        if hit:
            return _SURELY
        return _IF_AFTER_DIGITS if _AFTER_DIGITS.match(chunk) is not None else _NOTHING


class _Sentence(NamedTuple):
    """The pieces of a sentence, as written and as words, and where it begins."""

    start: int
    chunks: Sequence[str]
    found: Sequence[Piece]


_LINE_END = _Sentence(-1, ("\n",), (_END,))


class Parts:
    """The words of those sentences that are looked at, and after them a few ends of sentences.

    Where the words stand is worked out when it is asked for, which most texts are not.
    """

    __slots__ = (
        "_asked", "_begins", "_keys", "_known", "_lengths", "_place", "_sentences", "_stops", "_words", "keys",
        "relaxes", "texts",
    )  # fmt: skip

    def __init__(self, known: Pieces) -> None:
        self._known = known
        self.texts: list[str] = []  # of the words, empty at the ends of sentences
        self.keys = b""  # of the words: may start a time (1), there is none without it (2), has digits (3)
        self.relaxes = 0  # whether there is a word, in the whole text, that may tell that nobody waits
        self._keys: list[bytes] = []  # the same by piece
        self._begins: list[int] = []  # the places of the first words of the sentences
        self._sentences: list[_Sentence] = []
        self._asked: _Sentence | None = None  # where a word was looked for, and in which of its pieces
        self._place, self._words = -1, list[Word]()
        self._stops: list[int] = []  # the places after its pieces, and how long those before each are
        self._lengths: list[int] = []

    def add(self, start: int, chunks: Sequence[str], found: Sequence[Piece]) -> None:
        """Add a sentence, given where it begins and its pieces."""
        if self.texts and self.texts[-1]:
            self._append(_LINE_END)
        self._append(_Sentence(start, chunks, found))

    def _append(self, sentence: _Sentence) -> None:
        self._begins.append(len(self.texts))
        self._sentences.append(sentence)
        _, _, found = sentence
        self.texts += chain.from_iterable(map(_TEXTS, found))
        self._keys += map(_KEYS, found)

    def close(self) -> "Parts":
        """The same with some ends of sentences after it, beyond which nobody looks."""
        self.texts += _NO_TEXTS
        self.keys = b"".join([*self._keys, _NO_KEYS])
        return self

    def spot(self, index: int) -> tuple[int, int]:
        """The offsets of a word in the text."""
        number = bisect_right(self._begins, index) - 1
        sentence, begin = self._sentences[number], self._begins[number]
        if sentence is not self._asked:
            self._asked, self._stops = sentence, [*accumulate(map(len, map(_TEXTS, sentence.found)))]
            self._lengths = [0, *accumulate(map(len, sentence.chunks))]
            self._place = -1
        inside = index - begin
        place = bisect_right(self._stops, inside)
        at = sentence.start + self._lengths[place] + place
        if place != self._place:
            self._place, self._words = place, self._known.words[sentence.chunks[place]]
        word = self._words[inside - self._stops[place] + len(sentence.found[place].texts)]
        return at + word.start, at + word.end

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
        self.relaxes = _RELAXES
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
        if ends_line(known.words[joined.rpartition(" ")[2]], text, line):
            yield begun, joined
            begun, joined = reached, ""
        else:
            joined += " " * (reached - line.start())
    yield begun, joined + text[reached:]


def _add_sentences(parts: Parts, start: int, chunks: list[str], notes: list[int], known: Pieces) -> None:
    """Add each sentence of a line in which there may be a time."""
    first, noted, tells, reached = 0, _NOTHING, False, 0
    notes = [*notes, _ENDS]
    for at in compress(count(), notes):
        note = notes[at]
        noted |= note
        if note >= _IF_AFTER_DIGITS and (note >= _SURELY or (at and chunks[at - 1][-1:].isdigit())):
            tells = True
        if note & _ENDS:
            if tells:
                if first > reached:
                    start += sum(map(len, chunks[reached:first])) + first - reached
                    reached = first
                said = chunks[first : at + 1]
                found = [*map(known.__getitem__, said)]
                parts.add(start, said, [*_joined(said, found, known)] if noted & _SHORTENS else found)
            first, tells = at + 1, False
            parts.relaxes |= noted & _RELAXES
            noted = _NOTHING


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
