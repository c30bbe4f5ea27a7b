"""Numbers of several words: "two hundred and fifty", "2.5 lakh", "4 500", "30 to 40"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from snow_escalations.triage.reading.cues import NUMBER_WORDS
from snow_escalations.triage.reading.tokens import Sentence

_DIGITS = re.compile(r"(\d{1,3}(?:[,.]\d{3})+|\d+(?:\.\d+)?)(k?)\+?")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_LONGEST_COUNT = 15
"""Characters: more users than that are no count but an identifier."""
_TENS = {"seventeen": 17, "eighteen": 18, "nineteen": 19, "seventy": 70, "eighty": 80, "ninety": 90}
_SMALL = (
    {word: value for word, value in NUMBER_WORDS.items() if value < 100 and word != "dozen"} | _TENS | {"single": 1}
)
TIMES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "dozen": 12,
}  # fmt: skip
_GROUP = 3
"""Digits of a group: "4 500"."""


class Phrase(NamedTuple):
    """A number as it is written: the place of its first word, and the one after its last."""

    begin: int
    end: int
    value: int


def count_of(word: str) -> int | None:
    """The number that a folded word writes (`1,200`, `40k`, `three`), or None."""
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    match = _DIGITS.fullmatch(word)
    if match is None or len(word) > _LONGEST_COUNT:
        return None
    digits = match[1]
    value = float(re.sub(r"[,.]", "", digits)) if re.fullmatch(r"\d{1,3}([,.]\d{3})+", digits) else float(digits)
    return int(value * (1000 if match[2] else 1))


def is_part(word: str) -> bool:
    """Whether a folded word may be a part of a number."""
    return word in _SMALL or word in TIMES or word[:1].isdigit()


def phrase_at(sentence: Sentence, place: int) -> Phrase | None:
    """The number that has a word at a place."""
    words, end = sentence.words, place + 1
    while end < len(words) and words[end] in TIMES and not sentence.mark(end):
        end += 1
    begin = place
    while begin and _joins(sentence, begin):
        begin -= 1
    if words[begin] == "and":
        begin += 1
    value = _value(words[begin:end])
    return None if value is None else Phrase(begin, end, value)


def _joins(sentence: Sentence, begin: int) -> bool:
    """Whether the word before a number is a part of it."""
    words, before = sentence.words, sentence.words[begin - 1]
    if sentence.mark(begin) not in {"", "-"}:
        return False
    if before == "and":
        return begin > 1 and words[begin - 2] in {"hundred", "thousand"}
    if before[:1].isdigit():
        grouped = before.isdigit() and len(before) <= _GROUP and words[begin].isdigit() and len(words[begin]) == _GROUP
        return words[begin] in TIMES or (grouped and not sentence.mark(begin))
    return before in TIMES or (before in _SMALL and (words[begin] in TIMES or _SMALL[before] >= 20))


def _value(words: Sequence[str]) -> int | None:
    """What the words of a number come to, or None if it is a decimal, an ordinal, or none."""
    total, current = 0.0, 0.0
    for at, word in enumerate(words):
        if word in TIMES:
            current = (current or 1) * TIMES[word]
            if word not in {"hundred", "dozen"}:
                total, current = total + current, 0.0
        elif word in _SMALL:
            current += _SMALL[word]
        elif word != "and":
            value = count_of(word)
            if _DECIMAL.fullmatch(word) and (value is None or "." in word) and len(re.split("[.,]", word)[1]) < _GROUP:
                if at + 1 == len(words):
                    return None
                current = float(word.replace(",", "."))
            elif value is None:
                return None
            else:
                current = current * 1000 + value if current else value
    return int(total + current) or None


def lower_end(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """The lower end of a range: "30-40", "two or three", "between 30 and 40"."""
    words, begin = sentence.words, phrase.begin
    if begin >= 1 and sentence.mark(begin) in {"-", "–", "/"} and is_part(words[begin - 1]):
        return phrase_at(sentence, begin - 1)
    if begin < 2 or not is_part(words[begin - 2]):
        return None
    found = phrase_at(sentence, begin - 2) if words[begin - 1] in {"to", "or", "till", "and"} else None
    if found is None or (words[begin - 1] == "and" and (found.begin == 0 or words[found.begin - 1] != "between")):
        return None
    return found if found.value < phrase.value else None
