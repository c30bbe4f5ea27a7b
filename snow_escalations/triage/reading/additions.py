"""What of a team's own words cannot be used, each with its place under `reading` in the settings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from snow_escalations.documents import suggest
from snow_escalations.errors import ConfigurationError
from snow_escalations.triage.reading.cues import Sets, compile_pattern

CUES, TITLES = "extra_cues", "extra_titles"


class Unusable(NamedTuple):
    """An entry of the settings that cannot be used: its path, and why with what could stand there."""

    path: tuple[str | int, ...]
    why: str

    def __str__(self) -> str:
        """The entry and the reason in one sentence."""
        return f"{'.'.join(map(str, self.path))}: {self.why}"


def unusable_cues(extra: Mapping[str, Sequence[str]], known: Mapping[str, Sets]) -> Iterator[Unusable]:
    """Cues under a group that there is not, and those that are no pattern; `known` has the sets of each group."""
    for group, cues in extra.items():
        if group not in known:
            there_are = f"there are {', '.join(known)}"
            why = f"there is no group `{group}` of cues{suggest(group, known)}; {there_are}"
            yield Unusable((CUES, group), why)
        else:
            yield from _unusable_patterns((CUES, group), cues, known[group])


def unusable_titles(extra: Mapping[str, Sequence[str]], sets: Sets) -> Iterator[Unusable]:
    """Titles without a name or a spelling, and spellings that are no pattern."""
    for title, words in extra.items():
        if not any(map(str.isalnum, title)):
            yield Unusable((TITLES, title), f"the title `{title}` has no name; write one such as `CIO`")
        if not words:
            why = f'the title `{title}` has 0 spellings; write 1 at least, such as `["it chief"]`, or leave it out'
            yield Unusable((TITLES, title), why)
        yield from _unusable_patterns((TITLES, title), words, sets)


def _unusable_patterns(path: tuple[str, ...], patterns: Sequence[str], sets: Sets) -> Iterator[Unusable]:
    for number, pattern in enumerate(patterns):
        try:
            compile_pattern(pattern, sets)
        except ConfigurationError as error:
            yield Unusable((*path, number), str(error))
