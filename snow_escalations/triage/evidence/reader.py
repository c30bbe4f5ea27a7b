"""All facts of a dossier at an instant."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from snow_escalations.errors import ConfigurationError
from snow_escalations.model import Dossier, Escalation, Evidence, Outcome
from snow_escalations.triage.calendars import BusinessCalendar, Calendars
from snow_escalations.triage.evidence.conversation import conversation_of, note_conversation
from snow_escalations.triage.evidence.history import note_history
from snow_escalations.triage.evidence.notes import Notes, Present
from snow_escalations.triage.evidence.reason import note_reason
from snow_escalations.triage.evidence.request import note_request
from snow_escalations.triage.evidence.said import Reading, Texts, Words, note_words
from snow_escalations.triage.evidence.standing import note_standing
from snow_escalations.triage.evidence.weighing import WeighingSettings
from snow_escalations.triage.reading import DeadlineReader, Grammar, ReadingSettings, load_grammar
from snow_escalations.triage.reading.composed import composed
from snow_escalations.triage.reading.deadlines.vocabulary import load_vocabulary
from snow_escalations.triage.replies.check import CheckContext, Profile, ReplyCheckSettings, check_reply

TOGETHER = 256
"""Dossiers whose texts are read together."""
_EXPLAINING = frozenset(
    {"names_escalation", "states_decision", "gives_reason", "says_next_steps", "offers_talk", "long_enough"}
)
"""The points by which a comment explains a rejection; the others, such as the leak lint, ask for no explanation."""


@lru_cache(maxsize=8)
def _grammar(settings: str) -> Grammar:
    """The grammar by the settings that it is made of, which takes a tenth of a second."""
    return load_grammar(ReadingSettings.model_validate_json(settings))


class _Opened(NamedTuple):
    """A dossier of which the facts are to be noted."""

    notes: Notes
    texts: Texts
    reading: Reading


class EvidenceReader:
    """Reads evidence as a team would: by its calendars, its words, and its weights.

    It keeps nothing of a dossier but what the last texts say.
    """

    def __init__(
        self,
        calendars: Calendars | None = None,
        reading: ReadingSettings | None = None,
        weighing: WeighingSettings | None = None,
        check: ReplyCheckSettings | None = None,
    ) -> None:
        """What is not given is as it ships.

        Raises:
            ConfigurationError: an addition to the words cannot be used.
        """
        self._calendars = calendars if calendars is not None else Calendars()
        self._settings = reading if reading is not None else ReadingSettings()
        self._weighing = weighing if weighing is not None else WeighingSettings()
        self._check = check if check is not None else ReplyCheckSettings()
        self._grammar = _grammar(self._settings.model_dump_json())
        try:
            self._vocabulary = load_vocabulary(self._settings.deadlines)
        except ValueError as error:
            told = str(error)
            section = "" if told.startswith("reading.deadlines") else "reading.deadlines: "
            raise ConfigurationError(f"{section}{told}") from error
        self._own = {_plain(name): name for name in self._calendars.accounts}
        self._laid_out: dict[str | None, tuple[BusinessCalendar, Reading]] = {}

    def read(self, dossier: Dossier, now: datetime) -> Evidence:
        """All facts of `FACTS` about a dossier, as of an aware instant.

        Of an account escalation the facts about a case are unreadable, as it has several or none.

        Raises:
            OutsideCalendarError: business calendars do not know the year of `now`.
        """
        return next(self.read_all([dossier], now))

    def read_all(self, dossiers: Iterable[Dossier], now: datetime) -> Iterator[Evidence]:
        """The same of many, in their order; some at a time, which is faster than one by one."""
        waiting = iter(dossiers)
        presents: dict[Reading, Present] = {}
        while some := [self._opened(dossier, now, presents) for dossier in islice(waiting, TOGETHER)]:
            said = {reading: iter(reading.listen(texts)) for reading, texts in _by_reading(some).items()}
            for notes, texts, reading in some:
                note_words(notes, texts, [*islice(said[reading], len(texts.readable))], reading)
                note_reason(notes, self._weighing)
            yield from [Evidence(each.notes.facts) for each in some]

    def calendar(self, dossier: Dossier) -> BusinessCalendar:
        """The calendar of the account, in whose business hours the times of a dossier are told."""
        return self._of(dossier)[0]

    def _opened(self, dossier: Dossier, now: datetime, presents: dict[Reading, Present]) -> "_Opened":
        calendar, reading = self._of(dossier)
        present = presents.get(reading)
        if present is None:
            present = presents[reading] = Present(now, calendar)
        notes = Notes(dossier, present)
        conversation = conversation_of(notes)
        note_request(notes)
        note_standing(notes)
        note_conversation(notes, conversation)
        note_history(notes, conversation, self._explains)
        return _Opened(notes, Texts(notes, conversation), reading)

    def _explains(self, text: str, rejected: Escalation) -> bool:
        """Whether a comment tells a rejection with its reason, what happens next and a way to talk."""
        context = CheckContext(profile=Profile.AUDIT, outcome=Outcome.REJECT, escalation_number=rejected.number)
        return not any(point.failed and point.name in _EXPLAINING for point in check_reply(text, context, self._check))

    def _of(self, dossier: Dossier) -> tuple[BusinessCalendar, Reading]:
        """The calendar of the account, and the reading of texts by it."""
        key = self._own_calendar(dossier) if self._calendars.accounts else None
        found = self._laid_out.get(key)
        if found is None:
            calendar = BusinessCalendar(self._calendars.of(key))
            deadlines = DeadlineReader(calendar, vocabulary=self._vocabulary)
            found = self._laid_out[key] = (calendar, Reading(calendar, deadlines, self._grammar))
        return found

    def _own_calendar(self, dossier: Dossier) -> str | None:
        """The name or number by which the account has a calendar of its own."""
        account, case = dossier.account, dossier.case
        names: tuple[str, ...] = ()
        if account is not None:
            names = (account.name, account.number)
        elif case is not None and case.account is not None:
            names = (case.account.number, case.account_number)
        return next((self._own[named] for named in map(_plain, names) if named and named in self._own), None)


def _plain(name: str) -> str:
    """A name without blanks around it, however its accents are written."""
    return composed(name).strip()


def _by_reading(some: Iterable[_Opened]) -> dict[Reading, list[Words]]:
    """The texts that are read in the same way, in their order."""
    found: dict[Reading, list[Words]] = {}
    for _, texts, reading in some:
        found.setdefault(reading, []).extend(texts.readable)
    return found
