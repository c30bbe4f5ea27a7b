"""A text as words with their offsets: any case, quotes, hyphens, line breaks, bullets and HTML entities."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from snow_escalations.triage.reading.composed import filled, without_filler


class Kind(Enum):
    """What a piece of text is."""

    WORD = "word"  # letters, an apostrophe inside included: friday, don't
    CODE = "code"  # anything with a digit, glued parts included: 48, 3rd, 2026-12-01, 10.2.3, CS0012345
    MARK = "mark"  # one sign: comma, bracket, dash
    BREAK = "break"  # the end of a sentence, a line that stands alone, a bullet


class Word(NamedTuple):
    """A piece of a text: folded (lower case, plain apostrophes), its kind, and where it stands."""

    text: str
    kind: Kind
    start: int
    end: int


_WORD, _CODE, _MARK, _BREAK = Kind.WORD, Kind.CODE, Kind.MARK, Kind.BREAK


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(text.split())


_PIECE = re.compile(
    r"(?P<dotted>\b(?:[AaPp]\.[Mm]|[EeIi]\.[GgEe])\b\.?)"
    r"|(?P<run>[^\W_]+(?:(?:['’‘ʼ´`]|&\#39;|&apos;|&rsquo;)[^\W\d_]+|[-‐‑./:,_@\\]+[^\W_]+)*)"
    r"|(?P<line>(?<![^\S\n])[^\S\n]*\n\s*)"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});)"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,200}>)"
    r"|(?P<sign>\S)"
)
_PART = re.compile(r"[^\W\d_]+(?:(?:['’‘ʼ´`]|&\#39;|&apos;|&rsquo;)[^\W\d_]+)*")
_APOSTROPHE = re.compile(r"[’‘ʼ´`]|&#39;|&apos;|&rsquo;")
_SIGNS = '(),:[]".?!;'  # that stand around a word without being a part of it
_DIGIT = re.compile(r"\d")
LINE = re.compile(r"(?<![^\S\n])[^\S\n]*\n\s*")
_HYPHENS = frozenset("-‐‑")
ENDS = frozenset(".!?;•▪·…")
_BLANK_ENTITIES = frozenset({"&nbsp;", "&#160;", "&#xa0;", "&ensp;", "&emsp;", "&thinsp;"})
_BREAK_TAGS = ("<br", "<p", "</p", "<li", "</li", "<div", "</div", "<tr", "<td", "<h")
_HANGING = listed(
    "a an the by on at of in to for and or our your this next until till before within is are be than with from"
)


def fold(text: str) -> str:
    """Lower case with plain apostrophes; may differ in length from what was given."""
    return _APOSTROPHE.sub("'", text).lower()


def bare_of(chunk: str) -> str:
    """What a chunk of plain letters and digits is without the signs around it; empty if it is anything else."""
    bare = chunk.strip(_SIGNS)
    return bare if bare.isalnum() and bare.isascii() else ""


def kind_of(word: str) -> Kind:
    """The kind of a folded word by its letters; the end of a sentence has none."""
    if not word:
        return _BREAK
    if not word[0].isalnum():
        return _MARK
    return _WORD if _DIGIT.search(word) is None else _CODE


def words_of(text: str) -> list[Word]:
    """The words of a text in order. Takes time linear in its length."""
    if bare := bare_of(text):
        return _around(bare, text)
    if text.isascii() or (full := filled(text)) == text:
        return _words_of(text)
    text, offsets = without_filler(full)
    return [Word(word.text, word.kind, offsets[word.start], offsets[word.end]) for word in _words_of(text)]


def _around(bare: str, text: str) -> list[Word]:
    """A word with the signs around it."""
    first = text.index(bare)
    end = first + len(bare)
    words = [_sign(text, at) for at in range(first)]
    words.append(Word(bare.lower(), _WORD if bare.isalpha() else _CODE, first, end))
    words += [_sign(text, at) for at in range(end, len(text))]
    return words


def _sign(text: str, at: int) -> Word:
    sign = text[at]
    return Word(sign, _BREAK if sign in ENDS else _MARK, at, at + 1)


def _words_of(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _PIECE.finditer(text):
        group, piece = match.lastgroup, match[0]
        first, end = match.span()
        if group == "run":
            if piece.isalpha():
                words.append(Word(piece.lower(), _WORD, first, end))
            else:
                _add_run(words, piece, first)
        elif group == "sign":
            words.append(Word(piece, _BREAK if piece in ENDS else _MARK, first, end))
        elif group == "dotted":
            words.append(Word((piece[0] + piece[2]).lower(), _WORD, first, end))
        elif group == "line":
            if ends_line(words, text, match):
                words.append(Word("\n", _BREAK, first, end))
        elif group == "tag":
            if piece.lower().startswith(_BREAK_TAGS):
                words.append(Word("\n", _BREAK, first, end))
        elif piece.lower() not in _BLANK_ENTITIES:
            words.append(Word(piece.lower(), _MARK, first, end))
    return words


def _add_run(words: list[Word], piece: str, start: int) -> None:
    if _DIGIT.search(piece) is not None and _DIGIT.search(_APOSTROPHE.sub("'", piece)) is not None:
        words.append(Word(piece.lower(), _CODE, start, start + len(piece)))
        return
    reached = 0
    for part in _PART.finditer(piece):
        between = piece[reached : part.start()]
        if between and reached and between not in _HYPHENS:
            kind = _BREAK if between == "." and part[0][0].isupper() else _MARK
            words.append(Word(between, kind, start + reached, start + part.start()))
        words.append(Word(fold(part[0]), _WORD, start + part.start(), start + part.end()))
        reached = part.end()


def ends_line(words: Sequence[Word], text: str, line: re.Match[str]) -> bool:
    """Whether a line break ends what was said, and is not merely where the line was full."""
    if line[0].count("\n") > 1 or not words:
        return True
    after = text[line.end() : line.end() + 1]
    if not after or words[-1].text in _HANGING or words[-1].text == ",":
        return not after
    return after.isupper() or after.isdigit() or after in "-*•▪·–—>#[("
