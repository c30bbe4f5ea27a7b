"""The words of deadlines: shipped as data beside the code, extended by a team's settings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from pydantic import Field

from snow_escalations.documents import parse, validate
from snow_escalations.model.base import Model
from snow_escalations.triage.reading.additions import Unusable
from snow_escalations.triage.reading.deadlines.model import DeadlineSettings
from snow_escalations.triage.reading.deadlines.named_days import NamedDay
from snow_escalations.triage.reading.deadlines.patterns import Patterns, compiled
from snow_escalations.triage.reading.words import words_of

CLOSE = "close"
CUES, HOLIDAYS = "extra_cues", "extra_holidays"
RELAXED, ASIDE = "relaxed", "aside"  # said of a whole text, and of a day before it


class NamedDayModel(Model):
    """A named day as written: `12-25`, `4 thursday 11 +1`, `last monday 5`, `easter -2`, `IN Diwali`."""

    day: str
    elsewhere: Mapping[str, str] = Field(default={}, alias="in")


class VocabularyModel(Model):
    """The shipped file."""

    cues: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    times: Mapping[str, str]
    zones: Mapping[str, str]
    holidays: Mapping[str, NamedDayModel]


def shipped_text() -> str:
    """The file that ships with the package."""
    return (files("snow_escalations.triage.reading") / "data" / "deadlines.yaml").read_text(encoding="utf-8")


class Vocabulary:
    """The words ready for use."""

    def __init__(self, model: VocabularyModel, settings: DeadlineSettings) -> None:
        cues = {heading: (*lines, *settings.extra_cues.get(heading, ())) for heading, lines in model.cues.items()}
        self.relaxed = Patterns({heading: cues.pop(heading, ()) for heading in (RELAXED, ASIDE)})
        self.patterns = Patterns(cues)
        self._own = Patterns(settings.extra_cues)
        self._own_days = frozenset(map(_said, settings.extra_holidays))
        self.months, self.weekdays, self.units = model.months, model.weekdays, model.units
        self.numbers, self.ordinals = model.numbers, model.ordinals
        self.day_words = frozenset(model.numbers) | frozenset(model.ordinals)
        self.times = {word: None if at == CLOSE else time.fromisoformat(at) for word, at in model.times.items()}
        self.zones = {word: ZoneInfo(name) for word, name in model.zones.items()}
        days = {name: NamedDay(day.day, day.elsewhere) for name, day in model.holidays.items()}
        days |= {name: NamedDay(day) for name, day in settings.extra_holidays.items()}
        self.holidays: dict[str, list[tuple[tuple[str, ...], NamedDay]]] = {}
        said = ((_said(name), day) for name, day in days.items())
        for words, day in sorted(said, key=lambda item: -len(item[0])):
            self.holidays.setdefault(words[0], []).append((words, day))

    def is_own(self, texts: Sequence[str], sentence: tuple[int, int], day: tuple[int, int]) -> bool:
        """Whether a team has named a day, or added a cue that stands in its sentence."""
        if self._own_days and tuple(texts[slice(*day)]) in self._own_days:
            return True
        return bool(self._own.telling) and bool(self._own.find(texts, *sentence).starts)


def _said(name: str) -> tuple[str, ...]:
    """The words of a name as they are found in a text: "go-live" has two."""
    return tuple([word.text for word in words_of(name)])


def unusable_words(settings: DeadlineSettings, load: Callable[[], str] = shipped_text) -> Iterator[Unusable]:
    """All cues and named days of the settings that cannot be used, by their path under `reading.deadlines`."""
    if settings.extra_cues:
        yield from _unusable_cues(settings.extra_cues, _model(load()).cues)
    for name, rule in settings.extra_holidays.items():
        if not any(map(str.isalpha, "".join(_said(name)))):
            why = f"the named day {name!r} has no name in words; write one such as `founders day: 03-14`"
            yield Unusable((HOLIDAYS, name), why)
        try:
            NamedDay(rule)
        except ValueError as error:
            yield Unusable((HOLIDAYS, name), str(error))


def _unusable_cues(extra: Mapping[str, Sequence[str]], known: Mapping[str, object]) -> Iterator[Unusable]:
    for heading, lines in extra.items():
        if heading not in known:
            near = get_close_matches(heading, known, n=1)
            meant = f"did you mean {near[0]!r}? There are" if near else "there are"
            there_are = f"{meant} {', '.join(known)}. Write the cue under one of these."
            yield Unusable((CUES, heading), f"there are no cues called {heading!r}; {there_are}")
            continue
        for number, line in enumerate(lines):
            try:
                tuple(compiled(line))
            except ValueError as error:
                yield Unusable((CUES, heading, number), str(error))


@lru_cache(maxsize=4)
def _model(text: str) -> VocabularyModel:
    return validate(parse(text, source="reading/data/deadlines.yaml"), VocabularyModel)


def load_vocabulary(settings: DeadlineSettings | None = None, load: Callable[[], str] = shipped_text) -> Vocabulary:
    """The shipped words, or those that `load` returns in the same form, with a team's own.

    Raises:
        ValueError: an addition of the team cannot be used.
        DocumentError: what `load` returns is not as it must be.
    """
    settings = settings if settings is not None else DeadlineSettings()
    for wrong in unusable_words(settings, load):
        raise ValueError(f"reading.deadlines.{wrong}")
    return Vocabulary(_model(load()), settings)
