"""What the trouble does: to production, money, safety, law, users and sites; and whether a workaround is known."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, cast, get_args

from snow_escalations.model.evidence import Quote
from snow_escalations.triage.reading.counts import counted
from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.grammar import Found, Grammar, shipped_grammar
from snow_escalations.triage.reading.numbers import count_of
from snow_escalations.triage.reading.quotes import quote, quote_of_sentence
from snow_escalations.triage.reading.tokens import Said, sentences

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
    return impact_among(text, said, used.find(said))


def impact_among(text: str, said: Said, found: Found) -> ImpactReading:
    """The same from what the words of the text match, and what its sentences sound like."""
    sounding = found.heard.sounding
    if not found.hits["impact"] and not sounding:
        return NO_IMPACT
    effects: dict[tuple[int, str], Impact] = {}
    numbers: list[tuple[int, Hit]] = []
    workaround = Workaround()
    for number, hit in found.hits["impact"]:
        if hit.group in _AFFECTED:
            numbers.append((number, hit))
            continue
        words = quote(text, hit)
        if hit.group == "no_workaround":
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
    affected = _affected(numbers, text, said, troubled=bool(told)) if numbers else []
    return ImpactReading(told, tuple(affected), workaround) if told or affected or workaround.quote else NO_IMPACT


def _denied(hit: Hit, before: Workaround) -> bool:
    """Whether the same words were already read as "no workaround"."""
    if before.known != "no" or before.quote is None:
        return False
    start, end = hit.sentence.span(hit.begin, hit.end)
    return start < before.quote.end and end > before.quote.start


def _affected(hits: Sequence[tuple[int, Hit]], text: str, said: Said, *, troubled: bool) -> list[Affected]:
    """How many users and sites are affected; where a number stands in the words, "all" says no more."""
    counts = [(hit, counted(hit, said, number, troubled=troubled)) for number, hit in hits if _has_number(hit)]
    found = [(hit, Affected(_what(hit), quote(text, hit), *count)) for hit, count in counts if count is not None]
    for _, hit in hits:
        if not _has_number(hit) and not any(_overlap(hit, other) for other, _ in found):
            found.append((hit, Affected(_what(hit), quote(text, hit), all=hit.sentence.words[hit.begin] not in _MANY)))
    return [affected for _, affected in sorted(found, key=lambda pair: pair[1].quote.start)]


def _what(hit: Hit) -> Literal["users", "sites"]:
    return "users" if hit.group in {"users", "counted_users"} else "sites"


def _has_number(hit: Hit) -> bool:
    return hit.group in _COUNTED or count_of(hit.sentence.words[hit.begin]) is not None


def _overlap(hit: Hit, other: Hit) -> bool:
    same = hit.sentence is other.sentence and _what(hit) == _what(other)
    return same and hit.begin < other.end and other.begin < hit.end


_COUNTED = frozenset({"counted_users", "counted_sites"})
_AFFECTED = frozenset({"users", "sites"}) | _COUNTED
_MANY = frozenset({"hundreds", "thousands", "dozens", "tens", "lakhs", "most", "any"})
