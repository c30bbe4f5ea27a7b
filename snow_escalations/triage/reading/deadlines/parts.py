"""The parts of a text in which a time may stand, as words; the rest is not looked at."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from snow_escalations.triage.reading.words import Kind, Word, listed, words_of

_CUT = re.compile(r"[!?]\s+|\.(?<![.\W]\w\.)(?<!\d\.)\s+(?=[A-Z])|\n\s*\n")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DIGIT = re.compile(r"\d")
_WITH_DIGITS = frozenset({"h", "d", "am", "pm"})  # of time only after digits; "we'd" and "I am" have them as well
_SHAPE = re.compile(  # in lower case; begins with one of few characters, so that the rest is skipped at once
    r"\d(?:(?:st|nd|rd|th|\s?[hd]|hrs?|days?|\s?am|\s?pm|[ap])\b|[-/.:h]\d|\s?[ap]\.m)|[td](?<!\w[td])-\d"
    r"|2(?<!\d2)0[2-4]\d(?!\d)"
)
_SHORTENED = listed(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun approx no"
)
_MONTHS = listed("jan feb mar mär apr may mai jun jul aug sep oct okt nov dec dez")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}")
_STEM = 3


class _Blanks(dict[int, int]):
    """Blanks for all that is no letter, as `str.translate` wants it."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        self[code] = code if letter.isalnum() and not letter.isdecimal() else ord(" ")
        return self[code]


_LETTERS = _Blanks()


def letters_of(text: str) -> list[str]:
    """The words of a text without their places."""
    return _WORDS.findall(text.lower().replace("’", "'"))


def parts_of(text: str, core: frozenset[str]) -> list[Word]:
    """The words of those parts that have a word without which there is no time, or digits in the shape of one."""
    lower = text.lower()
    hits = core.intersection(lower.translate(_LETTERS).split()) - _WITH_DIGITS
    places = [shape.start() for shape in _SHAPE.finditer(lower)] if _DIGIT.search(lower) is not None else []
    if not hits and not places:
        return []
    cuts = [cut.end() for cut in _CUT.finditer(text)]
    if not cuts:
        return _whole(words_of(text), text)
    if len(lower) != len(text):
        kept: Iterable[int] = range(len(cuts) + 1)
    else:
        places += [place for hit in hits for place in _places(lower, hit)]
        kept = sorted({bisect_right(cuts, place) for place in places})
    bounds = [0, *cuts, len(text)]
    words: list[Word] = []
    for part in kept:
        if words and words[-1].kind is not Kind.BREAK:
            words.append(Word("\n", Kind.BREAK, bounds[part], bounds[part]))
        words += _whole(words_of(text, bounds[part], bounds[part + 1]), text)
    return words


def _places(lower: str, hit: str) -> Iterator[int]:
    place = lower.find(hit)
    while place >= 0:
        yield place
        place = lower.find(hit, place + 1)


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
