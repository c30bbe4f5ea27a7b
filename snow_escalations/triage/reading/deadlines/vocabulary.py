"""The words of deadlines: shipped as data beside the code, extended by a team's settings."""

from collections.abc import Callable, Mapping
from datetime import time
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from pydantic import Field

from snow_escalations.documents import parse, validate
from snow_escalations.model.base import Model
from snow_escalations.triage.reading.deadlines.model import DeadlineSettings
from snow_escalations.triage.reading.deadlines.named_days import NamedDay
from snow_escalations.triage.reading.deadlines.patterns import Patterns

CLOSE = "close"
RELAXED = "relaxed"  # said of a whole text


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
    """The words ready for use. ValueError (DocumentError for the file itself) tells what of them cannot be used."""

    def __init__(self, model: VocabularyModel, settings: DeadlineSettings) -> None:
        if unknown := sorted(set(settings.extra_cues) - set(model.cues)):
            raise ValueError(f"there are no cues called {unknown[0]!r}; there are {', '.join(model.cues)}")
        cues = {heading: (*lines, *settings.extra_cues.get(heading, ())) for heading, lines in model.cues.items()}
        self.relaxed = Patterns({RELAXED: cues.pop(RELAXED, ())})
        self.patterns = Patterns(cues)
        self.months, self.weekdays, self.units = model.months, model.weekdays, model.units
        self.numbers, self.ordinals = model.numbers, model.ordinals
        self.times = {word: None if at == CLOSE else time.fromisoformat(at) for word, at in model.times.items()}
        self.zones = {word: ZoneInfo(name) for word, name in model.zones.items()}
        days = {name: NamedDay(day.day, day.elsewhere) for name, day in model.holidays.items()}
        days |= {name: NamedDay(day, {}) for name, day in settings.extra_holidays.items()}
        self.holidays: dict[str, list[tuple[tuple[str, ...], NamedDay]]] = {}
        for name, day in sorted(days.items(), key=lambda item: -len(item[0].split())):
            words = tuple(name.lower().split())
            self.holidays.setdefault(words[0], []).append((words, day))


@lru_cache(maxsize=4)
def _model(text: str) -> VocabularyModel:
    return validate(parse(text, source="reading/data/deadlines.yaml"), VocabularyModel)


def load_vocabulary(settings: DeadlineSettings | None = None, load: Callable[[], str] = shipped_text) -> Vocabulary:
    """The shipped words, or those that `load` returns in the same form, with a team's own."""
    return Vocabulary(_model(load()), settings if settings is not None else DeadlineSettings())
