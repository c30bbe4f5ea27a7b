"""Where the clauses of a reply begin, and how far a negation reaches in them: "if not, call us" denies no call."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from snow_escalations.triage.replies.check.cues import Hit
from snow_escalations.triage.replies.check.text import CLAUSE, LONGEST_CHARACTERS, LONGEST_WORD, LONGEST_WORDS, Reply

BEFORE, AFTER = 12, 5
"""Words that a negation reaches forward and back."""
INSERTED = 4
"""Words that can stand between two commas within a clause."""
BEHIND, WITHIN = 14, 8
"""In Japanese, characters that a negation stands behind what it denies, or before the end of it."""

Begins = Sequence[Sequence[int]]


class Denials(NamedTuple):
    """What a sentence has of the groups that tell of a negation and its reach."""

    denial: Sequence[Hit]
    despite: Sequence[Hit]
    turn: Sequence[Hit]
    premise: Sequence[Hit]
    onset: Sequence[Hit]
    joins: Sequence[Hit]


def begins_of(reply: Reply, *, spaced: bool) -> Begins:
    """For each sentence, as it is read, where its clauses begin."""
    return [begins for words in reply.marked for begins in (_of_words(words) if spaced else _of_pieces(words))]


def _of_words(words: Iterable[str]) -> list[list[int]]:
    found: list[list[int]] = [[0]]
    at = count = 0
    for word in words:
        if word == CLAUSE:
            if found[-1][-1] != at:
                found[-1].append(at)
            continue
        if count == LONGEST_WORDS:
            found.append([0])
            at = count = 0
        at += min(len(word), LONGEST_WORD) + 1
        count += 1
    return found


def _of_pieces(words: Iterable[str]) -> list[list[int]]:
    found: list[list[int]] = [[0]]
    at = 0
    for word in words:
        if word == CLAUSE:
            found[-1].append(at)
            continue
        at += len(word)
        while at > LONGEST_CHARACTERS:
            found.append([0])
            at -= LONGEST_CHARACTERS
    return found


def denies(hit: Hit, said: Denials, begins: Sequence[int], between: Callable[[int, int], int]) -> bool:
    """Whether a negation of the same clause denies a hit.

    Args:
        hit: what may be denied, such as an offer.
        said: what its sentence says.
        begins: where the clauses of the sentence begin.
        between: the number of words between two places of the sentence.
    """
    denials = [
        each for each in said.denial if not _is_lifted(each, said, begins) and not is_torn(each, said.joins, begins)
    ]
    if not denials:
        return False
    begin, end = _clause(hit, begins, denials, between)
    return any(_reaches(each, hit, said, between) for each in denials if begin <= each.begin < end)


def _reaches(denial: Hit, hit: Hit, said: Denials, between: Callable[[int, int], int]) -> bool:
    """Whether nothing between a negation and a hit of its clause begins something else."""
    if denial.end <= hit.begin:
        turned = any(denial.end <= turn.begin <= hit.begin for turn in said.turn)
        return not turned and between(denial.end, hit.begin) <= BEFORE
    if hit.end <= denial.begin:
        away = any(hit.end <= other.begin < denial.begin for other in (*said.premise, *said.onset))
        return not away and between(hit.end, denial.begin) <= AFTER
    return True


def denies_behind(hit: Hit, said: Denials, begins: Sequence[int]) -> bool:
    """The same in Japanese, where the negation ends what it denies."""
    return any(
        max(hit.begin, hit.end - WITHIN) <= each.begin <= hit.end + BEHIND
        and not any(hit.end <= mark <= each.begin for mark in begins)
        and not any(other.begin < each.end and each.begin < other.end for other in said.despite)
        for each in said.denial
    )


def _is_lifted(denial: Hit, said: Denials, begins: Sequence[int]) -> bool:
    """Whether a negation denies nothing: in "do not hesitate", or in a condition."""
    whole = [other for other in said.despite if not any(other.begin < mark < other.end for mark in begins)]
    if any(other.begin < denial.end and denial.begin < other.end for other in whole):
        return True
    clause = max(mark for mark in begins if mark <= denial.begin)
    return any(clause <= premise.begin <= denial.begin for premise in said.premise)


def is_torn(hit: Hit, joins: Sequence[Hit], begins: Sequence[int]) -> bool:
    """Whether words that would say something together stand in two clauses: "we declined it, please call"."""
    if any(hit.begin < mark < hit.end for mark in begins):
        return True
    return any(hit.begin < each.begin and each.end < hit.end for each in joins)


def _clause(
    hit: Hit, begins: Sequence[int], denials: Sequence[Hit], between: Callable[[int, int], int]
) -> tuple[int, int]:
    """Where the clause of a hit begins and ends; "nobody, sadly, is there" is one, and what is inserted another."""
    ends = {denial.end for denial in denials}
    inside = {mark for mark in begins if mark in ends}
    for first, last in pairwise(begins):
        if first in inside and between(first, last) <= INSERTED and not first <= hit.begin < last:
            begins = [mark for mark in begins if mark not in {first, last}]
    begin = max(mark for mark in begins if mark <= hit.begin)
    return begin, min((mark for mark in begins if mark >= hit.end), default=hit.end + LONGEST_WORDS * LONGEST_WORD)
