"""A text as sentences of folded words, each word with its offsets in the text as given."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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
    r"https?://\S+"
    r"|(?<!\w)(?:[A-Za-z]\.){2,6}(?:[A-Za-z]\b)?"
    r"|[\w\x00]+(?:(?:[.:=\\@/\[]|::|:\\|->|['’‘ʼ,])[\w\x00]+)*"
)
_INSIDE = re.compile(r"[\w\x00]+(?:['’‘ʼ][\w\x00]+)*")
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words folded to lower case, their offsets, and the punctuation before each."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[str, ...]

    def find(self, words: frozenset[str], begin: int = 0, end: int | None = None) -> int:
        """The place of the first word of a set in a range of places, or -1."""
        inside = self.words[max(begin, 0) :] if end is None else self.words[max(begin, 0) : max(end, 0)]
        if words.isdisjoint(inside):
            return -1
        return max(begin, 0) + next(place for place, word in enumerate(inside) if word in words)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences that the customer speaks, in their order; linear in the length of the text."""
    said = spoken(text)
    found: list[Sentence] = []
    words: list[tuple[str, int, int, str]] = []
    at = 0
    for raw, start, end in _tokens(said):
        between = said[at:start]
        if between == " ":
            mark = ""
        else:
            if words and _cuts(between, words[-1][0], raw):
                found.append(_sentence(words))
                words = []
            mark = "".join(between.split())
        for word in _folded(raw):
            words.append((word, start, end, mark))
            mark = ""
        at = end
    if words:
        found.append(_sentence(words))
    return tuple(found)


def _sentence(words: list[tuple[str, int, int, str]]) -> Sentence:
    return Sentence(*zip(*words, strict=True))


def _tokens(said: str) -> Iterator[tuple[str, int, int]]:
    """Tokens with offsets; what is written together although it is two sentences or two words comes apart."""
    for match in _TOKEN.finditer(said):
        raw, start = match[0], match.start()
        if raw.isalnum() or _NUMBER.fullmatch(raw):
            yield raw, start, match.end()
        elif start and said[start - 1] == "/":
            yield OPAQUE, start, match.end()
        elif _APART.fullmatch(raw) or _GLUED.fullmatch(raw):
            for inside in _INSIDE.finditer(raw):
                yield inside[0], start + inside.start(), start + inside.end()
        else:
            yield raw, start, match.end()


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


@lru_cache(maxsize=8192)
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
