"""The cues and titles that ship as data, with a team's additions, compiled.

The data stand in `data/*.yaml` beside this module. A caller may replace the loader, and `ReadingSettings` adds to what
ships: cues to a group by its name (`stalled.silence`), spellings to a title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from pydantic import Field

from snow_escalations.documents import parse, suggest, validate
from snow_escalations.errors import ConfigurationError
from snow_escalations.model.base import Model
from snow_escalations.triage.reading.cues import Hit, Matcher, Pattern, Sets, compile_pattern
from snow_escalations.triage.reading.scopes import negated, over, supposed
from snow_escalations.triage.reading.tokens import Sentence

NEAR_BEFORE = 5
NEAR_AFTER = 7

Loader = Callable[[str], str]


class CueGroup(Model):
    """Cues that mean the same, and what makes them mean it.

    `needs`: one of these patterns must match somewhere in the sentence. `unless`: none of these may match near the cue
    (five words before, seven after). `negatable`, `supposable`, `past`: whether a negation before the cue, a condition,
    and a past that is over take its meaning away.
    """

    name: str
    cues: tuple[str, ...]
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negatable: bool = True
    supposable: bool = True
    past: bool = True


class CueFile(Model):
    """One file of cues: named sets of words, and groups."""

    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    groups: tuple[CueGroup, ...]


class Title(Model):
    """A rank and its spellings. `certain`: the spelling alone means a person; others need more (`president`)."""

    title: str
    words: tuple[str, ...]
    certain: bool = False


class TitleFile(Model):
    """The titles, and the sets of words that tell persons from things."""

    sets: dict[str, tuple[str, ...]]
    titles: tuple[Title, ...]


class ReadingSettings(Model):
    """A team's additions: cues by `book.group` (as `stalled.silence`), spellings by title (a new title is certain)."""

    extra_cues: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    extra_titles: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class CueBook:
    """The groups of one file, compiled."""

    def __init__(self, groups: Iterable[CueGroup], sets: Sets) -> None:
        self._groups = {group.name: group for group in groups}
        self._cues = _matcher(((group.name, group.cues) for group in self._groups.values()), sets)
        self._needs = _matcher(((group.name, group.needs) for group in self._groups.values()), sets)
        self._unless = _matcher(((group.name, group.unless) for group in self._groups.values()), sets)

    def hits(self, sentences: tuple[Sentence, ...]) -> Iterator[tuple[int, Hit]]:
        """What is meant, with the number of its sentence, in the order of the text."""
        for number, sentence in enumerate(sentences):
            hits = self._cues.hits(sentence)
            if not hits:
                continue
            needs = {hit.group for hit in self._needs.hits(sentence)}
            against = self._unless.hits(sentence)
            following = sentences[number + 1] if number + 1 < len(sentences) else None
            for hit in hits:
                group = self._groups[hit.group]
                if group.needs and hit.group not in needs:
                    continue
                if any(other.group == hit.group and _near(hit, other) for other in against):
                    continue
                if not _taken_away(group, hit, following):
                    yield number, hit


def _near(hit: Hit, other: Hit) -> bool:
    return other.end > hit.begin - NEAR_BEFORE and other.begin < hit.end + NEAR_AFTER


def _taken_away(group: CueGroup, hit: Hit, following: Sentence | None) -> bool:
    return (
        (group.negatable and negated(hit))
        or (group.supposable and supposed(hit))
        or (group.past and over(hit.sentence, following))
    )


def _matcher(groups: Iterable[tuple[str, tuple[str, ...]]], sets: Sets) -> Matcher:
    return Matcher(Pattern(name, compile_pattern(cue, sets)) for name, cues in groups for cue in cues)


class Grammar:
    """All that reading needs: three books of cues, and the titles with their sets."""

    BOOKS = ("stalled", "impact", "asks")

    def __init__(self, settings: ReadingSettings, read: Loader) -> None:
        files_of = {name: _cue_file(name, read) for name in self.BOOKS}
        books = {name: _extended(name, file, settings.extra_cues) for name, file in files_of.items()}
        _refuse_unknown(settings.extra_cues, [f"{name}.{group.name}" for name in books for group in books[name]])
        self.stalled, self.impact, self.asks = (CueBook(books[name], files_of[name].sets) for name in self.BOOKS)
        titles = validate(parse(read("titles.yaml"), "titles.yaml"), TitleFile)
        self.sets = {name: frozenset(words) for name, words in titles.sets.items()}
        listed = _titles_extended(titles.titles, settings.extra_titles)
        self.certain = frozenset(title.title for title in listed if title.certain)
        self.titles = _matcher(((title.title, title.words) for title in listed), titles.sets)


def packaged(name: str) -> str:
    """The text of a data file of the package."""
    return files("snow_escalations.triage.reading").joinpath("data", name).read_text("utf-8")


def load_grammar(settings: ReadingSettings | None = None, read: Loader = packaged) -> Grammar:
    """The grammar that ships, with a team's additions; `read` gives the text of a data file by its name.

    Raises:
        DocumentError: a data file is not as it must be.
        ConfigurationError: a cue cannot be compiled, or an addition names a group that there is not.
    """
    return Grammar(settings or ReadingSettings(), read)


@cache
def shipped_grammar() -> Grammar:
    """The grammar without additions, compiled once."""
    return load_grammar()


def _cue_file(name: str, read: Loader) -> CueFile:
    return validate(parse(read(f"{name}.yaml"), f"{name}.yaml"), CueFile)


def _extended(book: str, file: CueFile, extra: Mapping[str, tuple[str, ...]]) -> tuple[CueGroup, ...]:
    return tuple(
        group.model_copy(update={"cues": group.cues + extra.get(f"{book}.{group.name}", ())}) for group in file.groups
    )


def _refuse_unknown(extra: Iterable[str], known: list[str]) -> None:
    for name in extra:
        if name not in known:
            raise ConfigurationError(
                f"extra_cues: there is no group `{name}` of cues{suggest(name, known)}; there are {', '.join(known)}"
            )


def _titles_extended(titles: tuple[Title, ...], extra: Mapping[str, tuple[str, ...]]) -> tuple[Title, ...]:
    known = {title.title: title for title in titles}
    for name, words in extra.items():
        found = known.get(name)
        known[name] = (
            Title(title=name, words=words, certain=True)
            if found is None
            else found.model_copy(update={"words": found.words + words})
        )
    return tuple(known.values())
