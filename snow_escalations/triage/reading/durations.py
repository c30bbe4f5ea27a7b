"""How long something has been going on by the words of a sentence, in wall-clock hours."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import compress

from snow_escalations.triage.reading.cues import NUMBER_WORDS
from snow_escalations.triage.reading.memo import Memo
from snow_escalations.triage.reading.tokens import Sentence, word_set, words_of

TECHNICAL = -1.0
"""Seconds and milliseconds: a time-out of a program, not the patience of a person."""

_UNITS = {
    "hour": 1.0, "hours": 1.0, "hr": 1.0, "hrs": 1.0, "h": 1.0, "day": 24.0, "days": 24.0, "d": 24.0,
    "week": 168.0, "weeks": 168.0, "wk": 168.0, "wks": 168.0, "fortnight": 336.0, "fortnights": 336.0,
    "month": 720.0, "months": 720.0, "minute": 1 / 60, "minutes": 1 / 60, "mins": 1 / 60,
    "year": 8760.0, "years": 8760.0,
    "second": TECHNICAL, "seconds": TECHNICAL, "sec": TECHNICAL, "secs": TECHNICAL, "ms": TECHNICAL, "s": TECHNICAL,
}  # fmt: skip
_GLUED = re.compile(r"(\d+(?:[.,]\d+)?)(h|hrs?|d|days?|wks?|ms|s|min)")
_BETWEEN = word_set(
    "full whole long entire working business calendar straight consecutive solid more good plus odd of last past"
)
_BEFORE_A = word_set(
    "for over about nearly almost in after of than been since past took taken takes roughly around already waited "
    "waiting is was spent lost again only and like within exactly least whole another"
)
_AHEAD = word_set("cost costs lasted lasts within next coming another under upcoming by every each per")
_VAGUE = {
    "couple": 2.0,
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "last": 1.0,
    "past": 1.0,
    "half": 0.5,
    "whole": 1.0,
    "this": None,
}
_DAYS = {
    name: number for number, name in enumerate(words_of("monday tuesday wednesday thursday friday saturday sunday"))
}
_DAYS |= {name[:3]: number for name, number in _DAYS.items()}
_SINCE = word_set("since from")
_REACH_OF_TECHNICAL = 8
"""Words within which seconds tell that what is said is of a program."""
_AGO = word_set("ago back")
_REACH_OF_AGO = 5
"""Words from the number on in which "ago" stands: "two and a half weeks ago"."""


LONGEST_HOURS = 24 * 3650.0
"""Nobody waits longer than ten years: what claims more is a number of something else."""


def claimed_hours(sentence: Sentence, near: int, now: datetime | None) -> float | None:
    """The duration in a sentence that stands nearest to a place, or None; `TECHNICAL` if it is of seconds."""
    known = [
        (place, hours)
        for place, hours in _durations(sentence)
        if hours <= LONGEST_HOURS and (hours >= 0 or abs(place - near) <= _REACH_OF_TECHNICAL)
    ]
    if known:
        return round(min(known, key=lambda pair: abs(pair[0] - near))[1], 2)
    return _since(sentence, now) if now is not None else None


def tells_time(words: Iterable[str]) -> bool:
    """Whether any duration may be in the words."""
    return any(map(_TELLING_OR_SINCE.__getitem__, words))


def hours_ago(sentence: Sentence) -> float | None:
    """How long ago something was by the words of a sentence ("two weeks ago"); the longest time, or None."""
    words = sentence.words
    if _AGO.isdisjoint(words):
        return None
    known = [h for begin, h in _durations(sentence) if not _AGO.isdisjoint(words[begin : begin + _REACH_OF_AGO])]
    return round(max(known), 2) if known and 0 < max(known) <= LONGEST_HOURS else None


def _tells(word: str) -> bool:
    """Whether a word may be of a duration: a unit, or a number with one."""
    return word in _UNITS or (word[:1].isdecimal() and _GLUED.fullmatch(word) is not None)


_TELLING = Memo(_tells)
_TELLING_OR_SINCE = Memo(lambda word: word in _SINCE or _tells(word))


def _durations(sentence: Sentence) -> Iterator[tuple[int, float]]:
    words = sentence.words
    for place in compress(range(len(words)), map(_TELLING.__getitem__, words)):
        word = words[place]
        if (glued := _GLUED.fullmatch(word)) is not None:
            yield place, _scaled(float(glued[1].replace(",", ".")), _UNITS.get(glued[2], 1.0))
        elif place:
            amount, begin = _amount(words, place)
            if amount is not None and (_is_past(words, place) or _AHEAD.isdisjoint(words[max(begin - 2, 0) : begin])):
                yield begin, _scaled(amount, _UNITS[word])


def _is_past(words: tuple[str, ...], unit: int) -> bool:
    return not _AGO.isdisjoint(words[unit + 1 : unit + 2])


def _scaled(amount: float, unit: float) -> float:
    return TECHNICAL if unit == TECHNICAL else amount * unit


def _amount(words: tuple[str, ...], unit: int) -> tuple[float | None, int]:
    """The number before a unit and where its words begin; a bare "a week" is one."""
    place = unit - 1
    while place > 0 and words[place] in _BETWEEN and words[place - 1] not in {"the", "since", "for", "in"}:
        place -= 1
    word = words[place]
    value = _number(word)
    if value is None and word in _VAGUE:
        rate = word in {"a", "an"} and place > 0 and words[place - 1] not in _BEFORE_A and not _is_past(words, unit)
        value = None if rate else _VAGUE[word]
    return value, place


def _number(word: str) -> float | None:
    if word in NUMBER_WORDS:
        return float(NUMBER_WORDS[word])
    try:
        return float(word.replace(",", ".")) if word[:1].isdecimal() else None
    except ValueError:
        return None


def _since(sentence: Sentence, now: datetime | None) -> float | None:
    words = sentence.words
    if _SINCE.isdisjoint(words):
        return None
    for place, word in enumerate(words[:-1]):
        if now is None or word not in _SINCE:
            continue
        ahead = words[place + 1 : place + 4]
        if word == "from" and "to" in ahead:
            continue
        if "yesterday" in ahead:
            return 24.0
        day = next((_DAYS[name] for name in ahead if name in _DAYS), None)
        if day is not None:
            return ((now.weekday() - day) % 7 or 7) * 24.0
    return None
