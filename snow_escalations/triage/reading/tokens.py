"""A text as sentences of folded words, each word with its offsets in the text as given."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain

from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.speech import FILLER, spoken


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


_Chunk = tuple[tuple[tuple[str, str, tuple[str, ...]], ...], str]
"""What stands between two blanks: tokens as written and as folded words, each with what stands before it; the rest."""


class Sentence:
    """Words folded to lower case, the punctuation before each, and where they stand, which is told when it is asked."""

    __slots__ = ("_layout", "_spots", "marks", "words")

    def __init__(self, words: Iterable[str], marks: Iterable[str], spots: Sequence[int], layout: "_Layout") -> None:
        self.words, self.marks = tuple(words), tuple(marks)
        self._spots, self._layout = spots, layout

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The offsets of the words from `begin` up to `end` in the text as given."""
        bounds = self._layout.bounds()
        return bounds[self._spots[begin] - 1], bounds[self._spots[end - 1]]

    def tied(self, place: int) -> bool:
        """Whether nothing but a hyphen stands between a word and the one before it."""
        return self.marks[place : place + 1] == ("-",) and self._layout.pieces[self._spots[place] - 1] == "-"

    def find(self, words: frozenset[str], begin: int = 0, end: int | None = None) -> int:
        """The place of the first word of a set in a range of places, or -1."""
        inside = self.words[max(begin, 0) :] if end is None else self.words[max(begin, 0) : max(end, 0)]
        if words.isdisjoint(inside):
            return -1
        return max(begin, 0) + next(place for place, word in enumerate(inside) if word in words)


class _Layout:
    """The pieces of a text, a token after what stands before it, and where each of them ends."""

    __slots__ = ("_bounds", "_pieces", "_said")

    def __init__(self, said: str) -> None:
        self._said = said
        self._pieces: list[str] | None = None
        self._bounds: list[int] | None = None

    @property
    def pieces(self) -> list[str]:
        if self._pieces is None:
            self._pieces = _pieces(self._said)
        return self._pieces

    def bounds(self) -> list[int]:
        if self._bounds is None:
            self._bounds = list(accumulate(map(len, self.pieces)))
        return self._bounds


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences that the customer speaks, in their order; linear in the length of the text."""
    said = spoken(text)
    layout, chunks = _Layout(said), _CHUNKS
    found: list[Sentence] = []
    folded: list[tuple[str, ...]] = []
    marks: dict[int, str] = {}
    begin, between = 0, ""
    for chunk in said.split(" "):
        tokens, tail = chunks[chunk]
        for before, raw, plain in tokens:
            words = plain
            if before:
                between += before
            if between != " ":
                number = len(folded)
                if between[-1:] == "/" and not (raw.isalnum() or _NUMBER.fullmatch(raw)):
                    words = (OPAQUE,)
                if number > begin and _cuts(between, folded[-1][-1], raw):
                    found.append(_sentence(folded, marks, begin, layout))
                    begin = number
                if mark := "".join(between.split()):
                    marks[number] = mark
            folded.append(words)
            between = ""
        between += tail
    if begin < len(folded):
        found.append(_sentence(folded, marks, begin, layout))
    return tuple(found)


def _sentence(folded: list[tuple[str, ...]], marks: dict[int, str], begin: int, layout: _Layout) -> Sentence:
    """The tokens from `begin` on as a sentence; a mark stands before the first word of its token."""
    chosen, end = folded[begin:], len(folded)
    words = [*chain.from_iterable(chosen)]
    if len(words) == end - begin:
        spots: Sequence[int] = range(2 * begin + 1, 2 * end + 1, 2)
    else:
        spots = [2 * number + 1 for number, token in enumerate(chosen, begin) for _ in token]
    before = [""] * len(words)
    for number, mark in marks.items():
        before[spots.index(2 * number + 1)] = mark
    marks.clear()
    return Sentence(words, before, spots, layout)


def _chunk(chunk: str) -> _Chunk:
    pieces = _pieces(chunk)
    tokens = tuple((before, raw, _folded(raw)) for before, raw in zip(pieces[0::2], pieces[1::2], strict=False))
    return tokens, f"{pieces[-1]} "


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


def _cuts(between: str, last: str, following: str) -> bool:
    """Whether a sentence ends between two words."""
    if "\n" in between:
        blank = between.count("\n") > 1
        if blank or _BULLET.search(between) or between.lstrip()[:1] in {":", "."}:
            return True
        soft = last in _JOINS or "," in between or not following[:1].isupper()
        return not soft or _ENDS.search(between) is not None
    end = _ENDS.search(between)
    if end is None:
        return False
    abbreviated = end[0] == "." and (last in _ABBREVIATIONS or len(last) == 1) and between.count(".") == 1
    return not abbreviated


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
