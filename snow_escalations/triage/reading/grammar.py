"""The cues and titles that ship as data, with a team's additions, compiled.

The data stand in `data/*.yaml` beside this module. A caller may replace the loader, and `ReadingSettings` adds to what
ships: cues to a group by its name (`stalled.silence`), spellings to a title.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from pydantic import Field

from snow_escalations.documents import parse, validate
from snow_escalations.errors import ConfigurationError
from snow_escalations.model.base import Model
from snow_escalations.triage.reading import kinds
from snow_escalations.triage.reading.additions import Unusable, unusable_cues, unusable_titles
from snow_escalations.triage.reading.composed import composed
from snow_escalations.triage.reading.cues import Hit, Matcher, Pattern, Sets, pattern_of
from snow_escalations.triage.reading.hearing import Ear, Heard
from snow_escalations.triage.reading.language import LanguageFile, Languages
from snow_escalations.triage.reading.points import Classes, parsed
from snow_escalations.triage.reading.scopes import negated, over, supposed
from snow_escalations.triage.reading.tokens import Said

NEAR_BEFORE = 5
NEAR_AFTER = 7

COMPLAINTS = "stalled"
FAINT = -2.0
"""What a text and each of its sentences are worth by their words where cues cannot make it a complaint any more."""

Loader = Callable[[str], str]


class CueGroup(Model):
    """Cues that mean the same, and what makes them mean it.

    `needs`: one of these patterns must match somewhere in the sentence. `unless`: none of these may match near the cue
    (five words before, seven after). `negatable`, `supposable`, `past`: whether a negation before the cue, a condition,
    and a past that is over take its meaning away. `kind`: what they are read as, if that is not the name. `clear`: its
    cues have points of their own (`!clear`). `enough`: they are a complaint whatever else the text says. `alone`: they
    count only as the whole of the sentence with which a text begins.
    """

    name: str
    cues: tuple[str, ...]
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    negatable: bool = True
    supposable: bool = True
    past: bool = True
    kind: str = ""
    clear: bool = False
    enough: bool = False
    alone: bool = False


class CueFile(Model):
    """One file of cues: named sets of words, and groups."""

    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    groups: tuple[CueGroup, ...]


class ClassFile(Model):
    """Words by the class that they count as in a complaint."""

    classes: dict[str, tuple[str, ...]]


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


class Group:
    """One group of a book, compiled: which of its hits are meant."""

    __slots__ = (
        "_alone", "_needs", "_negatable", "_past", "_supposable", "_unless", "book", "clear", "enough", "kind", "name",
    )  # fmt: skip

    def __init__(self, book: str, spec: CueGroup, sets: Sets) -> None:
        self.book, self.name, self.kind = book, spec.name, spec.kind or spec.name
        self._negatable, self._supposable, self._past = spec.negatable, spec.supposable, spec.past
        self.clear, self.enough, self._alone = spec.clear, spec.enough, spec.alone
        self._needs, self._unless = _matcher(spec.needs, sets), _matcher(spec.unless, sets)

    def meant(self, hits: list[Hit], said: Said, number: int) -> list[Hit]:
        """Those of the hits of the sentence of a number that mean what the group means."""
        sentence = hits[0].sentence
        if self._alone and (number > 0 or hits[0].end - hits[0].begin < len(sentence.words)):
            return []
        if self._needs is not None and not self._needs.hits(sentence):
            return []
        told = [hit for hit in hits if not ((self._negatable and negated(hit)) or (self._supposable and supposed(hit)))]
        if not told or (self._past and over(said, number)):
            return []
        if self._unless is not None and (against := self._unless.hits(sentence)):
            told = [hit for hit in told if not any(_near(hit, other) for other in against)]
        kind = self.kind
        return [Hit(kind, sentence, hit.begin, hit.end) for hit in told]


class Cue(NamedTuple):
    """A cue of `stalled.yaml` that is meant.

    The number of its sentence, its words, whether its group is clear, and whether it is enough for a complaint: one
    that a team added is.
    """

    number: int
    hit: Hit
    clear: bool
    enough: bool


class Found(NamedTuple):
    """What the words of a text match, with the number of the sentence, in the order of the text.

    `hits`: by book, what is meant. `denied`: the groups of which all hits in a sentence are not. `titles`: every title,
    for a reader to judge. `heard`: what the words are worth as a complaint. `complaints`: None where the words are
    worth so little that no cue was looked for.
    """

    hits: dict[str, list[tuple[int, Hit]]]
    titles: list[tuple[int, Hit]]
    heard: Heard
    complaints: list[Cue] | None
    denied: set[tuple[int, str]]


def _near(hit: Hit, other: Hit) -> bool:
    return other.end > hit.begin - NEAR_BEFORE and other.begin < hit.end + NEAR_AFTER


def _matcher(cues: Iterable[str], sets: Sets) -> Matcher | None:
    patterns = [pattern_of("", cue, sets) for cue in cues]
    return Matcher(patterns) if patterns else None


class Grammar:
    """All that reading needs: the books of cues, the titles and the sets of their words, and the points of complaints.

    All is matched in one pass, with the cues of complaints only where they could matter.
    """

    BOOKS = ("impact", "asks")

    def __init__(self, settings: ReadingSettings, read: Loader) -> None:
        for wrong in unusable_words(settings, read):
            raise ConfigurationError(str(wrong))
        files_of = {name: _cue_file(name, read) for name in (*self.BOOKS, COMPLAINTS)}
        titles = _title_file(read("titles.yaml"))
        listed = _titles_extended(titles.titles, settings.extra_titles)
        self.sets = {name: frozenset(words) for name, words in titles.sets.items()}
        self.certain = frozenset(title.title for title in listed if title.certain)
        self._groups: dict[str, Group] = {}
        cues = [cue for book in self.BOOKS for cue in self._book(book, files_of[book], settings)]
        cues += [pattern_of(title.title, words, titles.sets) for title in listed for words in title.words]
        complaints = [*self._book(COMPLAINTS, files_of[COMPLAINTS], settings)]
        self._without_complaints, self._with_complaints = Matcher(cues), Matcher([*cues, *complaints])
        classes = validate(parse(read("classes.yaml"), "classes.yaml"), ClassFile)
        self.points = parsed(read("points.tsv"), Classes(classes.classes))
        of_kinds = validate(parse(read("kind_classes.yaml"), "kind_classes.yaml"), ClassFile)
        self.kinds = kinds.parsed(read("kinds.tsv"), of_kinds.classes)
        languages = validate(parse(read("languages.yaml"), "languages.yaml"), LanguageFile)
        self.ear = Ear(self.points, self.kinds)
        self.languages = Languages(languages, self.ear.knows)
        self.always = any(name.startswith(f"{COMPLAINTS}.") for name in settings.extra_cues)

    def _book(self, book: str, file: CueFile, settings: ReadingSettings) -> Iterator[Pattern]:
        """The patterns of a book, a team's own among them; of its complaints each is clear."""
        for spec in file.groups:
            extra = settings.extra_cues.get(f"{book}.{spec.name}", ())
            specs = [spec]
            if extra and book == COMPLAINTS:
                own = {"name": f"{spec.name} of the team", "kind": spec.kind or spec.name, "cues": extra}
                specs.append(spec.model_copy(update={**own, "clear": True, "enough": True, "alone": False}))
            elif extra:
                specs = [spec.model_copy(update={"cues": spec.cues + extra})]
            for each in specs:
                group = self._groups[f"{book}.{each.name}"] = Group(book, each, file.sets)
                yield from (pattern_of(f"{book}.{group.name}", cue, file.sets) for cue in each.cues)

    def find(self, said: Said, heard: Heard | None = None, *, everything: bool = False) -> Found:
        """What the words match.

        Args:
            said: the text.
            heard: what its words are worth, if that is known.
            everything: cues of complaints even where they could not make it one.
        """
        heard = heard if heard is not None else self.ear.heard(said)
        complaints = everything or self.always or heard.reaches(FAINT)
        found = Found({"impact": [], "asks": []}, [], heard, [] if complaints else None, set())
        matcher = self._with_complaints if complaints else self._without_complaints
        for number, hits in matcher.hits_in(said):
            if len(hits) == 1:
                self._sort_in(found, number, hits[0].group, hits, said)
                continue
            for name, of_group in _by_group(hits).items():
                self._sort_in(found, number, name, of_group, said)
        for book in found.hits.values():
            if len(book) > 1:
                book.sort(key=_order)
        if found.complaints and len(found.complaints) > 1:
            found.complaints.sort(key=lambda cue: (cue.number, cue.hit.begin))
        return found

    def _sort_in(self, found: Found, number: int, name: str, hits: list[Hit], said: Said) -> None:
        """Add the hits of a group in the sentence of a number, as far as they are meant."""
        group = self._groups.get(name)
        if group is None:
            found.titles.extend([(number, hit) for hit in hits])
        elif group.book == COMPLAINTS:
            if found.complaints is not None:
                found.complaints.extend(
                    [Cue(number, hit, group.clear, group.enough) for hit in group.meant(hits, said, number)]
                )
        else:
            meant = group.meant(hits, said, number)
            found.hits[group.book].extend([(number, hit) for hit in meant])
            if not meant:
                found.denied.add((number, group.name))


def _by_group(hits: list[Hit]) -> dict[str, list[Hit]]:
    by_group: dict[str, list[Hit]] = {}
    for hit in hits:
        by_group.setdefault(hit.group, []).append(hit)
    return by_group


def _order(pair: tuple[int, Hit]) -> tuple[int, int]:
    return pair[0], pair[1].begin


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


def unusable_words(settings: ReadingSettings, read: Loader = packaged) -> Iterator[Unusable]:
    """All cues and titles of the settings that cannot be used.

    Raises:
        DocumentError: a data file is not as it must be.
    """
    if settings.extra_cues:
        files_of = {book: _cue_file(book, read) for book in (*Grammar.BOOKS, COMPLAINTS)}
        known = {f"{book}.{group.name}": file.sets for book, file in files_of.items() for group in file.groups}
        yield from unusable_cues(settings.extra_cues, known)
    if settings.extra_titles:
        yield from unusable_titles(settings.extra_titles, _title_file(read("titles.yaml")).sets)


def _cue_file(name: str, read: Loader) -> CueFile:
    return _parsed_cues(read(f"{name}.yaml"), f"{name}.yaml")


@lru_cache(maxsize=4)
def _parsed_cues(text: str, source: str) -> CueFile:
    return validate(parse(text, source), CueFile)


@lru_cache(maxsize=1)
def _title_file(text: str) -> TitleFile:
    return validate(parse(text, "titles.yaml"), TitleFile)


def _titles_extended(titles: tuple[Title, ...], extra: Mapping[str, tuple[str, ...]]) -> tuple[Title, ...]:
    known = {title.title: title for title in titles}
    for name, words in ((composed(title), words) for title, words in extra.items()):
        found = known.get(name)
        known[name] = (
            Title(title=name, words=words, certain=True)
            if found is None
            else found.model_copy(update={"words": found.words + words})
        )
    return tuple(known.values())
