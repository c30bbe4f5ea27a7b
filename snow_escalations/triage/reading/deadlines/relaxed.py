"""Whether a text says that nobody waits, or after a day that nobody has to meet it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from snow_escalations.triage.reading.deadlines.moment import Scope
from snow_escalations.triage.reading.deadlines.parts import Pieces, said_in
from snow_escalations.triage.reading.deadlines.vocabulary import ASIDE, RELAXED
from snow_escalations.triage.reading.words import Kind, listed, words_of

_TROUBLE = listed(
    "need needs needed must require requires required expect expects expected can't cannot won't couldn't without "
    "unless still fail fails failing fix crashes drops blocks blocking stops penalty otherwise however urgent urgently "
    "asap critical deadline gone please latest escalate escalating"
)
_TAKES_BACK = frozenset({"until", "till", "but", "only", "unless", "except"})


class Relaxed(NamedTuple):
    """The offset before which no day binds by itself; whether that holds also if a word makes a limit of the day."""

    until: int
    has_limits: bool


_NOT_AT_ALL = Relaxed(0, has_limits=False)


def relaxed_in(scope: Scope, known: Pieces) -> Relaxed:
    """For which days a text says that nobody waits."""
    relaxed, text = scope.vocabulary.relaxed, scope.text
    if not scope.calms or ("<" not in text and not relaxed.are_in(said_in(text, known))):
        return _NOT_AT_ALL
    words = words_of(text)
    texts = [*("" if word.kind is Kind.BREAK else word.text for word in words), ""]
    starts = relaxed.find(texts, 0, len(texts)).starts
    calm = [(at, stop) for at, stop in starts.get(RELAXED, {}).items() if not _is_said_of_the_rest(texts, at, stop)]
    if calm:
        ends = [_but(texts, stop) for _, stop in calm]
        if None in ends:
            return Relaxed(len(text), has_limits=True)
        return Relaxed(max(words[end].start for end in ends if end is not None), has_limits=True)
    at = _last_aside(texts, starts.get(ASIDE, {}))
    return Relaxed(words[at].start, has_limits=False) if at is not None else _NOT_AT_ALL


def _is_said_of_the_rest(texts: Sequence[str], at: int, stop: int) -> bool:
    """Whether it is said of all but what was asked: "before our freeze, please. Not urgent otherwise"."""
    return "otherwise" in (texts[at - 1], texts[stop])


def _but(texts: Sequence[str], stop: int) -> int | None:
    """Where its sentence goes on with what nevertheless binds: "no rush, but end of February is a hard limit"."""
    end = next(at for at in range(stop, len(texts)) if not texts[at])
    return next((at for at in range(stop, end) if texts[at] == "but"), None)


def _last_aside(texts: Sequence[str], asides: Mapping[int, int]) -> int | None:
    """Where the last aside begins that nothing takes back; none in a text that tells of trouble."""
    if not asides or not _TROUBLE.isdisjoint(texts):
        return None
    return max(
        (at for at, stop in asides.items() if not _is_taken_back([*texts[stop : stop + 2], "", ""])), default=None
    )


def _is_taken_back(after: Sequence[str]) -> bool:
    """Whether it goes on until when it holds, or with what is otherwise: "keeps running until 15 December"."""
    return after[0] in _TAKES_BACK or (after[0] == "," and after[1] == "but")
