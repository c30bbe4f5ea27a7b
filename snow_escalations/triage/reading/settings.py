"""What a team adds to the words that ship."""

from collections.abc import Iterator

from snow_escalations.triage.reading import grammar
from snow_escalations.triage.reading.additions import Unusable
from snow_escalations.triage.reading.deadlines import DeadlineSettings, vocabulary
from snow_escalations.triage.reading.grammar import ReadingSettings as SignalSettings


class ReadingSettings(SignalSettings):
    """Cues and titles (see `grammar`), and in `deadlines` the cues and named days of deadlines."""

    deadlines: DeadlineSettings = DeadlineSettings()


def unusable_words(settings: ReadingSettings) -> Iterator[Unusable]:
    """Everything among a team's own words that cannot be used, by its path under `reading`."""
    yield from grammar.unusable_words(settings)
    for path, why in vocabulary.unusable_words(settings.deadlines):
        yield Unusable(("deadlines", *path), why)
