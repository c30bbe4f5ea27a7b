"""What a team adds to the words that ship."""

from snow_escalations.triage.reading.deadlines import DeadlineSettings
from snow_escalations.triage.reading.grammar import ReadingSettings as SignalSettings


class ReadingSettings(SignalSettings):
    """Cues and titles (see `grammar`), and in `deadlines` the cues and named days of deadlines."""

    deadlines: DeadlineSettings = DeadlineSettings()
