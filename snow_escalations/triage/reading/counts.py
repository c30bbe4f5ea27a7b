"""How many users or sites a text says are affected.

A number beside a noun of persons or places is often none that is affected: "we have 4,000 employees", "licences for 250
users", "three of your people". So what stands between, before and after both is looked at, and whether the text tells
of trouble at all.
"""

from collections.abc import Sequence
from typing import NamedTuple

from snow_escalations.triage.reading.cues import Hit
from snow_escalations.triage.reading.numbers import TIMES, Phrase, is_part, lower_end, phrase_at
from snow_escalations.triage.reading.scopes import over
from snow_escalations.triage.reading.tokens import Said, Sentence, word_set

_YEARS = range(1950, 2060)

_BETWEEN = word_set(
    "hour hours day days week weeks month months year years minute minutes min second seconds sec am pm percent "
    "pct per times x eur usd gbp inr euro euros dollars pounds francs rupees k m gb mb tb ms km kg tons tonnes "
    "degrees o'clock and or but nor in on at by for from to with within than as after before until since because "
    "while when where if that who which what is are was were be been has have had can could will would do does "
    "did may must should not no without i we you your yours they he she it this there then so again us them lines "
    "rows records tickets cases calls orders requests messages emails mails copies licences licenses accounts "
    "servers nodes tables jobs files pages versions tries attempts steps reports january february march april "
    "june july august september october november december st nd rd th worker software kafka message database api "
    "monitoring printer display full cars buses trains planes"
)
"""Words of which none stands between a number and what it counts."""
_UNITS = {(word,) for word in ("hours", "hour", "days", "weeks", "months", "years", "minutes", "percent", "h")}
_LABELS = word_set(
    "version versions release port code error errors chapter page pages step floor room building plant ticket "
    "case order type level tier batch gate status number no nr id ext extension build patch article section "
    "paragraph figure table row field node phase priority sev severity loop v win windows http sla ios android "
    "rev revision invoice unit line item clause rule option slide appendix annex act platform terminal wave "
    "january february march april may june july august september october november december customer user store "
    "site branch query"
)
"""Words whose number is their name."""
_IN_YEAR = word_set("in since of from year until by before after till during")
_OURS = word_set("asked ask asks spoke talked met with meet told consulted your took takes take invited thank thanks")
"""Words right before a number whose persons are asked or told, not hurt."""
_OWNED = word_set(
    "has have had with employ employs employing serve serves serving are is support supports runs run operate "
    "operates across own owns manage manages"
)
"""Words right before a number that only tells how large the customer is."""
_WISHED = word_set(
    "add adds adding create need needs want wants wish buy licence licences license licenses licensed licensing "
    "capacity limit limited maximum max handle handles pay pays paid price plan plans planned planning training "
    "course meeting webinar workshop conference invoice contract list lists contains contain include includes "
    "attached named per allow allows roll rollout onboard onboarding invite behalf extend upgrade hire hiring "
    "recruit seats audit visit tender quote pilot would might maybe perhaps took takes take"
)
"""Words near a number of persons or places that are to come, to be paid, or listed."""
_TO_COME = word_set(
    "plan plans planning rollout roll onboard onboarding licences licenses training course webinar pilot"
)
"""The same anywhere in the sentence."""
_AND = frozenset({"and", "but", "or"})
_OTHERS = word_set("others other rest remaining")
_RATES = {("a", "day"), ("per", "day"), ("an", "hour"), ("per", "hour"), ("a", "week"), ("a", "month"), ("a", "year")}
_SHARES = word_set(
    "couple half third thirds quarter quarters most some many few part several percent pct share fraction bulk"
)
_POSSESSIVE = word_set("our the my these those its their all a total of out in some current")
_ASKING = word_set("how does do is are can could would may will should what which when where who attached thanks thank")
_HARM = word_set(
    "not no never nobody nothing none without neither unable down blocked stuck problem problems lost lose loses "
    "losing slow slower locked kicked disconnected stranded idle idling broken stopped stop stops outage unusable "
    "offline interrupted waiting wait waits waited stand stands standing sit sits sitting stare stares staring "
    "dark dead out shut closed wrong wrongly miss misses missed missing empty blank twice trouble troubles "
    "vanished vanish gone frozen freeze freezes freezing hang hangs hung crash crashes crashed timeout timeouts "
    "denied rejected reject rejects refuse refuses refused error errors issue issues hit complain complains "
    "complained complaints struggle struggling worse halted halt standstill paralysed cut unavailable unreachable "
    "inaccessible kept stays delayed delay leaked leak visible exposed hurt injured danger damage damaged doubled "
    "duplicate duplicated black grey spinning hourglass oversells oversold crooked slips lapse lapsed depend "
    "depends stalled suspended unpaid overpaid garbled disappear disappears disappeared dropped drops drop "
    "unsigned barred logged bounced bounces hampered breach breached zero disrupted disrupts affected affects "
    "affect impacted impact impacts fail fails failed failing failure suffer suffers suffering incorrect "
    "invisible mixed misrouted stuttering degraded unanswered unsafe risk alone paper stale swapped cold flicker "
    "flickers lockout overcharged undercharged fined fine_d threatened evacuated"
)
"""Words that tell of trouble."""
_SIGNS = _HARM | {"since", "after", "although", "instead"}

_EACH = frozenset({"every", "each", "not", "single"})
_SINGULAR = word_set(
    "user employee pupil nurse site store office location branch hospital plant depot factory warehouse school "
    "clinic shop terminal ward hotel bakery brewery mill mine campus pharmacy outlet restaurant airport station "
    "laboratory lab museum library supermarket theatre facility refinery port"
)
_SHARE = -1
"""Stands for a number that is a share of another one, as "half of 80"."""


class Count(NamedTuple):
    """A range of numbers; `least` equals `most` for one."""

    least: int
    most: int


def counted(hit: Hit, said: Said, number: int, *, troubled: bool) -> Count | None:
    """How many are affected by the words of a hit in the sentence of a number, or None if they do not tell so.

    `troubled`: whether the text tells of an effect of the trouble.
    """
    sentence, words = hit.sentence, hit.sentence.words
    if over(said, number) and _OTHERS.isdisjoint(words):
        return None
    if words[hit.begin] == "both":
        return Count(2, 2) if _is_affected(hit, hit.begin, hit.end, said, troubled=troubled) else None
    phrase = _phrase_of(hit)
    if phrase is None or _is_name(sentence, phrase) or not _is_counted(hit, phrase):
        return None
    least = lower_end(sentence, phrase)
    begin = phrase.begin if least is None else least.begin
    chosen = _chosen_of(sentence, begin) if least is None else None
    if chosen is not None:
        phrase, begin = chosen, chosen.begin
    if phrase.value == _SHARE or not _is_affected(hit, begin, max(hit.end, phrase.end), said, troubled=troubled):
        return None
    if phrase.value == 1 and not _is_single(words, begin, hit.end):
        return None
    return Count(phrase.value if least is None else least.value, phrase.value)


def _phrase_of(hit: Hit) -> Phrase | None:
    """The last number of a hit."""
    for place in range(hit.end - 1, hit.begin - 1, -1):
        if is_part(hit.sentence.words[place]):
            return phrase_at(hit.sentence, place)
    return None


def _is_name(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether the number is a year, money, a share, or what something is called."""
    words, begin = sentence.words, phrase.begin
    before = words[begin - 1] if begin else ""
    if (phrase.value == 1 and before in _EACH) or (before == "in" and begin > 1 and is_part(words[begin - 2])):
        return True
    if set("$€£¥#%/@") & set(sentence.mark(begin) + sentence.mark(phrase.end)):
        return True
    if before in _LABELS and not (sentence.mark(begin) or begin == 0):
        return True
    if words[begin] in TIMES and before in _SHARES:
        return True
    return phrase.value in _YEARS and words[begin].isdigit() and (before in _IN_YEAR or before in _LABELS)


def _is_counted(hit: Hit, phrase: Phrase) -> bool:
    """Whether the words after a number are what it counts."""
    sentence, words = hit.sentence, hit.sentence.words
    last = hit.end - 1
    if phrase.end > last:
        return words[phrase.end : phrase.end + 1] not in _UNITS
    if any(sentence.mark(place) not in {"", "-", '"', "'", "+", "("} for place in range(phrase.end, hit.end)):
        return False
    begin = phrase.end + 2 if words[phrase.end : phrase.end + 2] == ("or", "so") else phrase.end
    if not _BETWEEN.isdisjoint(words[begin:last]):
        return False
    alone = phrase.value != 1 or words[phrase.end] == "of"
    return not (alone and words[last] in _SINGULAR)


def _chosen_of(sentence: Sentence, begin: int) -> Phrase | None:
    """The number of those affected before "of our" and the number of all; `_SHARE` if it is a share."""
    words, place = sentence.words, begin - 1
    while place >= 0 and words[place] in _POSSESSIVE and not sentence.mark(place + 1):
        place -= 1
    if place < 0 or "of" not in words[place + 1 : begin]:
        return None
    word = words[place]
    if word in _SHARES or "%" in sentence.mark(place + 1):
        return Phrase(place, place + 1, _SHARE)
    if not is_part(word) or sentence.mark(place + 1):
        return None
    if word == "one" and place and words[place - 1] in _EACH:
        return None
    return phrase_at(sentence, place)


def _is_single(words: Sequence[str], begin: int, end: int) -> bool:
    """Whether one is said to be counted, and not only told of ("one captain reported")."""
    if words[begin] != "one" or "of" in words[begin:end] or words[end - 1] in _SINGULAR:
        return True
    return begin > 0 and words[begin - 1] in {"only", "just", "exactly"}


def _is_affected(hit: Hit, begin: int, end: int, said: Said, *, troubled: bool) -> bool:
    """Whether the text says that something is wrong with those who are counted."""
    words = hit.sentence.words
    before = words[begin - 1] if begin else ""
    if before in _OURS or "your" in words[max(begin - 1, 0) : end] or words[end : end + 2] in _RATES:
        return False
    is_owned = before in _OWNED or (before in _AND and _is_listed(words[max(begin - 5, 0) : begin - 1]))
    near = (*words[max(begin - 6, 0) : begin], *_clause(hit.sentence, end, 4))
    if is_owned or not _WISHED.isdisjoint(near) or not _TO_COME.isdisjoint(words):
        return not _HARM.isdisjoint(_clause(hit.sentence, end, 6))
    if words[0] in _ASKING and "," not in hit.sentence.mark(begin):
        return False
    return troubled or not _SIGNS.isdisjoint(said.words)


def _is_listed(words: Sequence[str]) -> bool:
    """Whether words tell how large the customer is: "with 300 stores" before "and 12,000 staff"."""
    return not _OWNED.isdisjoint(words) and any(map(is_part, words))


def _clause(sentence: Sentence, begin: int, most: int) -> tuple[str, ...]:
    """The words from a place on, as far as no punctuation stands between them."""
    end = begin
    last = min(begin + most, len(sentence.words))
    while end < last and not sentence.mark(end) and sentence.words[end] not in _AND:
        end += 1
    return sentence.words[begin:end]
