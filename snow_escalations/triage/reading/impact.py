"""What the trouble does: to production, money, safety, law, users and sites; and whether a workaround is known."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, cast, get_args

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.cues import NUMBER_WORDS, Hit
from snow_escalations.triage.reading.grammar import Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.kinds import Sounding
from snow_escalations.triage.reading.quotes import quote, quote_of_sentence
from snow_escalations.triage.reading.tokens import Said, sentences

_DIGITS = re.compile(r"(\d{1,3}(?:[,.]\d{3})+|\d+(?:\.\d+)?)(k?)\+?")
_LONGEST_COUNT = 15
"""Characters: more users than that are no count but an identifier."""
_RANGE = frozenset({"to", "or", "and", "till"})


Effect = Literal["production_down", "revenue", "safety", "legal"]


KINDS: frozenset[str] = frozenset(get_args(Effect))


class Impact(NamedTuple):
    """One effect: `production_down`, `revenue`, `safety` or `legal`."""

    kind: Effect
    quote: Quote


class Affected(NamedTuple):
    """How many users or sites: a range of numbers (`least` equals `most` for one number), or all, or not told."""

    what: Literal["users", "sites"]
    quote: Quote
    least: int | None = None
    most: int | None = None
    all: bool = False


class Workaround(NamedTuple):
    """Whether a workaround is known; `unknown` if the text does not say, without a quote then."""

    known: Literal["yes", "no", "unknown"] = "unknown"
    quote: Quote | None = None


class ImpactReading(NamedTuple):
    """All that a text says about impact, in the order of its words."""

    effects: tuple[Impact, ...] = ()
    affected: tuple[Affected, ...] = ()
    workaround: Workaround = Workaround()


NO_IMPACT = ImpactReading()


def impact_in(text: str, *, grammar: Grammar | None = None) -> ImpactReading:
    """What a text says about impact; of a kind of effect, only its first words in a sentence.

    Where a text says both that there is a workaround and that there is none, the last word counts.
    """
    used, said = grammar or shipped_grammar(), sentences(text)
    return impact_among(text, said, used.find(said), used.kinds.sounding(said))


def impact_among(text: str, said: Said, found: Found, sounding: Sequence[Sounding]) -> ImpactReading:
    """The same from what the words of the text match, and what its sentences sound like."""
    if not found.hits["impact"] and not sounding:
        return NO_IMPACT
    effects: dict[tuple[int, str], Impact] = {}
    affected: list[Affected] = []
    workaround = Workaround()
    for number, hit in found.hits["impact"]:
        words = quote(text, hit)
        if hit.group in {"users", "sites"}:
            affected.append(_affected(hit, words))
        elif hit.group == "no_workaround":
            workaround = Workaround(known="no", quote=words)
        elif hit.group == "workaround":
            workaround = Workaround(known="yes", quote=words) if not _denied(hit, workaround) else workaround
        elif (number, hit.group) not in effects:
            effects[number, hit.group] = Impact(cast("Effect", hit.group), words)
    named = {kind for _, kind in effects}
    for kind, number in sounding:
        if kind in KINDS and kind not in named and (number, kind) not in found.denied:
            effects[number, kind] = Impact(cast("Effect", kind), quote_of_sentence(text, said[number]))
    told = tuple(sorted(effects.values(), key=lambda effect: effect.quote.start))
    return ImpactReading(told, tuple(affected), workaround) if told or affected or workaround.quote else NO_IMPACT


def _denied(hit: Hit, before: Workaround) -> bool:
    """Whether the same words were already read as "no workaround"."""
    if before.known != "no" or before.quote is None:
        return False
    start, end = hit.sentence.span(hit.begin, hit.end)
    return start < before.quote.end and end > before.quote.start


def _affected(hit: Hit, words: Quote) -> Affected:
    written = hit.sentence.words
    most = 2 if written[hit.begin] == "both" else count_of(written[hit.begin])
    numbers = [count for word in written[hit.begin : hit.end] if (count := count_of(word)) is not None]
    what: Literal["users", "sites"] = "users" if hit.group == "users" else "sites"
    if most is None:
        return Affected(what, words, all=written[hit.begin] not in _MANY)
    before = _range_begin(hit)
    numbers += [before] if before is not None else []
    ranged = len(numbers) > 1
    least, most = (min(numbers), max(numbers)) if ranged else (most, most)
    return Affected(what, words, least, most)


_MANY = frozenset({"hundreds", "thousands", "dozens", "tens", "lakhs", "most", "any"})


def _range_begin(hit: Hit) -> int | None:
    words = hit.sentence.words
    if hit.begin >= 1 and hit.sentence.mark(hit.begin) in {"-", "–", "/"}:
        return count_of(words[hit.begin - 1])
    if hit.begin >= 2 and words[hit.begin - 1] in _RANGE:
        return count_of(words[hit.begin - 2])
    return None


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
