"""The sentences of a text in which a time may stand, as words; the rest is not looked at."""

import re
from collections.abc import Iterator, Sequence
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
    words: tuple[Word, ...]  # with their offsets in it


def pieces(core: frozenset[str]) -> Memo[Piece]:
    """What is known of pieces of texts, given the words without which there is no time."""

    def piece(chunk: str) -> Piece:
        words = tuple(words_of(chunk))
        return Piece(_tells(chunk.lower(), core), bool(words) and _ends(words), words)

    return Memo(piece)


def _tells(chunk: str, core: frozenset[str]) -> int:
    if chunk.isalpha():
        hit = chunk in core and chunk not in _WITH_DIGITS
    else:
        hit = not (core - _WITH_DIGITS).isdisjoint(_LETTERS.findall(chunk)) or _SHAPE.search(chunk) is not None
    if hit:
        return _SURELY
    return _IF_AFTER_DIGITS if _AFTER_DIGITS.match(chunk) is not None else _NOT


def _ends(words: Sequence[Word]) -> bool:
    if words[-1].kind is not Kind.BREAK:
        return False
    before = words[-2] if words[-1].text == "." and len(words) > 1 else None
    return before is None or not (
        before.text in _SHORTENED or before.text.isdigit() or _DOTTED.fullmatch(before.text) is not None
    )


def said_in(text: str, known: Memo[Piece]) -> frozenset[str]:
    """All words of a text without their places."""
    return frozenset([word[0] for chunk in text.split() for word in known[chunk].words])


def parts_of(text: str, known: Memo[Piece]) -> list[Word]:
    """The words of those sentences that have a word without which there is no time, or digits in the shape of one."""
    if "<" in text:  # a tag may have blanks inside
        return _whole(words_of(text), text) if any(known[chunk].tells for chunk in text.split()) else []
    words: list[Word] = []
    for start, line in _lines(text, known) if "\n" in text else ((0, text),):
        chunks = line.split(" ")
        found = [known[chunk] for chunk in chunks]
        hits = [index for index, piece in enumerate(found) if piece[0] and _is_hit(chunks, index, piece)]
        for first, stop in _sentences(found, hits):
            at = start + sum(map(len, chunks[:first])) + first
            if words and words[-1].kind is not Kind.BREAK:
                words.append(Word("\n", Kind.BREAK, at, at))
            words += _whole(_placed(chunks[first:stop], found[first:stop], at), text)
    return words


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


def _sentences(found: Sequence[Piece], hits: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each sentence that has a hit, the last one excluded."""
    stop = 0
    for hit in hits:
        if hit < stop:
            continue
        first, stop = hit, hit + 1
        while first > 0 and not found[first - 1].ends:
            first -= 1
        while stop < len(found) and not found[stop - 1].ends:
            stop += 1
        yield first, stop


def _placed(chunks: Sequence[str], found: Sequence[Piece], at: int) -> list[Word]:
    """The words of some pieces, of which the first begins at an offset."""
    words: list[Word] = []
    add, made = words.append, tuple.__new__  # which spares a call for each word
    for chunk, (_, _, pieced) in zip(chunks, found, strict=True):
        for folded, kind, first, end in pieced:
            add(made(Word, (folded, kind, at + first, at + end)))
        at += len(chunk) + 1
    return words


def _whole(words: list[Word], text: str) -> list[Word]:
    """The words without full stops that only shorten a word: "Dec. 4", "approx. 3 days"."""
    dots = [index for index, word in enumerate(words) if word[0] == "." and 0 < index < len(words) - 1]
    for index in reversed(dots):
        before, after = words[index - 1], words[index + 1]
        shortens = after.kind is Kind.CODE and before.kind is Kind.WORD and before.text in _SHORTENED
        counts = before.kind is Kind.CODE and before.text.isdigit() and after.text[:_STEM] in _MONTHS  # "27. November"
        dated = before.kind is Kind.CODE and _DOTTED.fullmatch(before.text) and not text[after.start].isupper()
        if shortens or counts or (dated and after.kind is not Kind.BREAK):
            del words[index]
    return words
