"""Whether words are meant: not if they are negated, supposed, or told of a past that is over."""

from itertools import pairwise

from snow_escalations.triage.reading.cues import NEGATIONS, Hit
from snow_escalations.triage.reading.tokens import Said, Sentence, word_set

_NEGATION_REACH, _CONDITION_REACH = 3, 15
_SHORT = 12
"""Words of a sentence that may say of the one before it that it is past."""
_STOPS = word_set("but however although though because so still and")
_SUPPOSING = word_set("if unless whether suppose supposing assuming hypothetically imagine")
_MIGHT = word_set("would could might")
_CASES = {("in", "case"), ("in", "event"), ("the", "event"), ("were", "to"), ("should", "it"), ("should", "the")}
_CONDITIONS = _SUPPOSING | _MIGHT | {word for pair in _CASES for word in pair} - {"in", "the", "to", "it"}
"""Words of which one stands in whatever is a condition, without those that stand in nearly every text."""
_OVER = word_set(
    "fixed resolved solved restored recovered sorted rectified remedied cured working works fine stable normal"
)
_OVER_PAIRS = {("all", "good"), ("back", "up"), ("back", "online"), ("no", "longer"), ("not", "anymore")}
_NOT_YET = word_set("until till before when once unless if must should to yet never not no needs need be nothing")
_IS = word_set("is are was were been be got has have had now since meanwhile meantime already all")
_AT_WORK = {(word,) for word in ("on", "from", "with", "as", "for", "hard")}
_LONG_AGO = {
    ("last", "month"), ("last", "year"), ("last", "quarter"), ("months", "ago"), ("years", "ago"), ("year", "ago"),
    ("back", "then"), ("used", "to"), ("previous", "case"),
}  # fmt: skip

_OVER_WORDS = _OVER | {pair[1] for pair in _OVER_PAIRS}
_LONG_AGO_ENDS = frozenset(pair[1] for pair in _LONG_AGO)


def negated(hit: Hit) -> bool:
    """Whether a negation stands before the words, in their clause and no more than three words away."""
    words, least = hit.sentence.words, max(hit.begin - _NEGATION_REACH, 0)
    if NEGATIONS.isdisjoint(words[least : hit.begin]):
        return False
    for place in range(hit.begin - 1, least - 1, -1):
        if "," in hit.sentence.mark(place + 1) or words[place] in _STOPS:
            return False
        if words[place] in NEGATIONS:
            return not (words[place] == "not" and words[place + 1] == "only")
    return False


def supposed(hit: Hit) -> bool:
    """Whether the words stand in a condition or a supposition, not in what follows from it."""
    sentence = hit.sentence
    words = sentence.words
    if _CONDITIONS.isdisjoint(words[max(hit.begin - _CONDITION_REACH, 0) : max(hit.end, hit.begin + 2)]):
        return False
    for place in range(hit.begin, max(hit.begin - _CONDITION_REACH, -1), -1):
        if place < hit.begin and ("," in sentence.mark(place + 1) or words[place] in {"then", "but", "that"}):
            break
        if words[place] in _SUPPOSING and words[max(place - 1, 0)] != "as":
            return True
        if tuple(words[place : place + 2]) in _CASES:
            return True
    return sentence.find(_MIGHT, hit.begin - 2, hit.end) >= 0


def over(said: Said, number: int) -> bool:
    """Whether a sentence, or a short one after it, says that what it tells of is past and done."""
    sentence = said[number]
    words = sentence.words
    if is_resolved(sentence):
        return True
    begin = said.end(number)
    near = said.words[begin : begin + _SHORT]
    if not _OVER_WORDS.isdisjoint(near) and said.end(number + 1) - begin <= _SHORT and is_resolved(said[number + 1]):
        return True
    if _LONG_AGO_ENDS.isdisjoint(words):
        return False
    return any(pair in _LONG_AGO for pair in pairwise(words)) and not _still(sentence)


def _still(sentence: Sentence) -> bool:
    return sentence.find(frozenset({"since", "still", "again", "now"})) >= 0


def is_resolved(sentence: Sentence) -> bool:
    """Whether a sentence says that something is fixed, and not that it is to be."""
    words = sentence.words
    if _OVER_WORDS.isdisjoint(words):
        return False
    for place in range(1, len(words)):
        if (words[place - 1], words[place]) in _OVER_PAIRS:
            begin = place - 1
        elif words[place] in _OVER and words[place + 1 : place + 2] not in _AT_WORK:
            begin = place
        else:
            continue
        if sentence.find(_NOT_YET, begin - 4, begin) < 0 and (
            begin != place or sentence.find(_IS, begin - 4, begin) >= 0
        ):
            return True
    return False
