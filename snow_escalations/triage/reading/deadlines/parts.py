"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
from collections.abc import Iterable, Iterator, Sequence
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


_BREAK = Word("\n", Kind.BREAK, 0, 0)
_AFTER = (_BREAK,) * 24  # longer than any expression: a few words, and as many to skip between each two
_NO_TEXTS = ("",) * len(_AFTER)


class Piece(NamedTuple):
    """What stands between two blanks."""

    tells: int  # whether there may be a time in it
    ends: bool  # whether a sentence surely ends with it
    shortens: bool  # whether it ends with a full stop that may merely shorten a word
    words: tuple[Word, ...]  # with their offsets in it
    texts: tuple[str, ...]  # of the words, empty at the ends of sentences
    keys: tuple[bool, ...]  # whether they have digits, or no time is without them


class Parts(NamedTuple):
    """The words of those sentences that are looked at."""

    found: list[Piece]  # all of the text
    words: list[Word]  # with their offsets in what stands between two blanks
    texts: list[str]
    keys: list[bool]
    bases: list[int]  # where in the text begins what stands between two blanks


def pieces(core: frozenset[str]) -> Memo[Piece]:
    """What is known of pieces of texts, given the words without which there is no time."""
    telling = core - _WITH_DIGITS

    def piece(chunk: str) -> Piece:
        words = tuple(_unshortened(chunk))
        stops, shortens = bool(words) and words[-1].kind is Kind.BREAK, _shortens(words)
        texts = tuple(_text(word) for word in words)
        keys = tuple(word.kind is Kind.CODE or word.text in core for word in words)
        return Piece(_tells(chunk.lower(), telling), stops and not shortens, shortens, words, texts, keys)

    return Memo(piece)


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


def parts_of(text: str, known: Memo[Piece]) -> Parts | None:
    """The words of those sentences that have a word without which there is no time, or digits in the shape of one."""
    if "<" in text:  # a tag may have blanks inside
        return _tagged(text, known)
    found: list[Piece] = []
    parts: Parts | None = None
    for start, line in _lines(text, known) if "\n" in text else ((0, text),):
        chunks = line.split(" ")
        here = [known[chunk] for chunk in chunks]
        found += here
        for index, piece in enumerate(here):
            if piece[0] and _is_hit(chunks, index, piece):
                break
        else:
            continue
        parts = parts if parts is not None else Parts(found, [], [], [], [])
        _add_sentences(parts, chunks, here, start, index)
    return _closed(parts, len(text)) if parts is not None else None


def _closed(parts: Parts, at: int) -> Parts:
    """The same with some ends of sentences after it, beyond which nobody looks."""
    parts.words.extend(_AFTER)
    parts.texts.extend(_NO_TEXTS)
    parts.bases.extend([at] * len(_AFTER))
    return parts


def _tagged(text: str, known: Memo[Piece]) -> Parts | None:
    found = [known[chunk] for chunk in text.split()]
    if not any(piece.tells for piece in found):
        return None
    whole = _unshortened(text)
    parts = Parts(found, whole, [_text(word) for word in whole], [True] * len(whole), [0] * len(whole))
    return _closed(parts, len(text))


def _unshortened(text: str) -> list[Word]:
    """The words of a whole text, full stops that only shorten a word left out."""
    words = words_of(text)
    for index in range(len(words) - 2, 0, -1):
        if _shortens(words[index - 1 : index + 1]) and _goes_on(words[index - 1], words[index + 1], text):
            del words[index]
    return words


def said_in(found: Iterable[Piece]) -> frozenset[str]:
    """All words of a text without their places."""
    return frozenset(chain.from_iterable([piece.texts for piece in found]))


def _is_hit(chunks: Sequence[str], index: int, piece: Piece) -> bool:
    return piece.tells == _SURELY or (index > 0 and chunks[index - 1][-1:].isdigit())


def _lines(text: str, known: Memo[Piece]) -> Iterator[tuple[int, str]]:
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


def _add_sentences(parts: Parts, chunks: Sequence[str], found: Sequence[Piece], at: int, hit: int) -> None:
    """Add the words of each sentence that has a hit, given the first one and the offset of the first piece."""
    stop, size = 0, len(found)
    while hit < size:
        first = hit
        while first > stop and not found[first - 1].ends:
            first -= 1
        at += sum(map(len, chunks[stop:first])) + first - stop
        stop = hit + 1
        while stop < size and not found[stop - 1].ends:
            stop += 1
        at = _add_words(parts, chunks[first:stop], found[first:stop], at)
        hit = stop
        while hit < size and not (found[hit][0] and _is_hit(chunks, hit, found[hit])):
            hit += 1


def _add_words(parts: Parts, chunks: Sequence[str], found: Sequence[Piece], at: int) -> int:
    """Add the words of a sentence that begins at an offset, and tell the offset after it."""
    _, words, texts, keys, bases = parts
    if texts and texts[-1]:
        words.append(_BREAK)
        texts.append("")
        keys.append(False)
        bases.append(at)
    before: Word | None = None
    for chunk, (_, _, shortens, of_piece, of_texts, of_keys) in zip(chunks, found, strict=True):
        if before is not None and of_piece:
            if _goes_on(before, of_piece[0], chunk):
                for each in parts[1:]:
                    each.pop()
            before = None
        words += of_piece
        texts += of_texts
        keys += of_keys
        bases += [at] * len(of_piece)
        at += len(chunk) + 1
        if shortens:
            before = of_piece[-2]
    return at


def _goes_on(before: Word, after: Word, text: str) -> bool:
    """Whether a full stop between two words only shortens the first: "Dec. 4", "approx. 3 days", "27. November"."""
    if before.kind is Kind.WORD:
        return after.kind is Kind.CODE
    if after.kind is Kind.BREAK:
        return False
    if before.text.isdigit():
        return after.text[:_STEM] in _MONTHS
    return not text[after.start].isupper()
