"""The parts of a text in which a time may stand, as words; the rest is not looked at."""

import re

from snow_escalations.triage.reading.words import Kind, Word, listed, words_of

_CUT = re.compile(r"[!?]\s+|(?<![.\W]\w)\.\s+(?=[A-Z])|\n\s*\n")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DIGIT = re.compile(r"\d")
_SHAPE = re.compile(
    r"\d(?:st|nd|rd|th|h|d|hrs?|days?|am|pm|[ap])\b|\d[-/.:h]\d|\b[TtDd]-\d|\d\s?[ap]\.m", re.IGNORECASE
)
_SHORTENED = listed("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur fri sat sun approx no")
_LONGEST_SHORT = 6


def letters_of(text: str) -> list[str]:
    """The words of a text without their places."""
    return _WORDS.findall(text.lower().replace("’", "'"))


def parts_of(text: str, core: frozenset[str]) -> list[Word]:
    """The words of those parts that have a word without which there is no time, or digits in the shape of one."""
    if core.isdisjoint(_LETTERS.findall(text.lower())) and not _has_shape(text, 0, len(text)):
        return []
    words: list[Word] = []
    start = 0
    for cut in _CUT.finditer(text):
        _add(words, text, start, cut.end(), core)
        start = cut.end()
    _add(words, text, start, len(text), core)
    return words


def _add(words: list[Word], text: str, start: int, stop: int, core: frozenset[str]) -> None:
    if core.isdisjoint(_LETTERS.findall(text[start:stop].lower())) and not _has_shape(text, start, stop):
        return
    if words and words[-1].kind is not Kind.BREAK:
        words.append(Word("\n", Kind.BREAK, start, start))
    words += _whole(words_of(text, start, stop))


def _has_shape(text: str, start: int, stop: int) -> bool:
    return _DIGIT.search(text, start, stop) is not None and _SHAPE.search(text, start, stop) is not None


def _whole(words: list[Word]) -> list[Word]:
    """The words without full stops that only shorten a word: "Dec. 4", "approx. 3 days"."""
    dots = [index for index, word in enumerate(words) if word[0] == "." and 0 < index < len(words) - 1]
    for index in reversed(dots):
        before, after = words[index - 1], words[index + 1]
        if after.kind is Kind.CODE and before.kind is Kind.WORD and before.text in _SHORTENED:
            del words[index]
    return words
