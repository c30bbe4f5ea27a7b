"""A configuration directory, loaded: settings, policy and reply templates, with every problem at once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from snow_escalations.documents import Document, DocumentError, Problem, parse, read_text, text_or_problem
from snow_escalations.documents.validate import is_unread
from snow_escalations.errors import ConfigurationError
from snow_escalations.settings.environment import CONFIG_VARIABLE, Environment, merged, read_environment
from snow_escalations.settings.model import Settings
from snow_escalations.settings.problems import literal_secrets, problem_of, unknown_key
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.evidence import EvidenceReader
from snow_escalations.triage.policy import Policy, load_policy
from snow_escalations.triage.reading import ReadingSettings, unusable_words
from snow_escalations.triage.replies import ReplyTemplates
from snow_escalations.triage.replies.templates import SUFFIX

SETTINGS_FILE = "settings.yaml"


@dataclass(frozen=True)
class Configuration:
    """A configuration directory; policy and templates are read when they are asked for."""

    directory: Path
    settings: Settings

    def check(self) -> None:
        """Read the words, the policy and the reply templates.

        Raises:
            ConfigurationError: one of them cannot be used; a DocumentError has the problems of both.
        """
        problems: list[Problem] = []
        for read in (lambda: self.evidence_reader, lambda: self.reply_templates, lambda: self.policy):
            try:
                read()
            except DocumentError as error:
                problems += error.problems
        if problems:
            raise DocumentError(problems)

    @cached_property
    def evidence_reader(self) -> EvidenceReader:
        """Reads evidence by the team's calendars, words and weights.

        Raises:
            DocumentError: an addition to the words cannot be used.
        """
        settings = self.settings
        try:
            return EvidenceReader(settings.calendars, settings.reading, settings.weighing, settings.reply_check)
        except (ConfigurationError, ValueError) as error:
            path = self.directory / SETTINGS_FILE
            document = parse(read_text(path), str(path), confidential=True)
            raise DocumentError([document.problem(("reading",), str(error))]) from error

    @cached_property
    def policy(self) -> Policy:
        """The team's policy, each reply that it names being there and needing no fact that may be missing.

        Raises:
            DocumentError: the policy cannot be used, or a reply template.
        """
        return self.policy_with_replies(self.directory / self.settings.policy)

    def policy_with_replies(self, path: Path) -> Policy:
        """A policy file with the team's replies, each that it names being there and needing no more than it knows.

        Raises:
            DocumentError: the file cannot be read, or it or a reply template has problems, all of which are told.
        """
        reasons, (replies, problems) = self.settings.dialect.reasons.values(), self._replies
        text = text_or_problem(path)
        if isinstance(text, Problem):
            raise DocumentError([text, *problems])
        try:
            policy = load_policy(text, str(path), reasons=reasons, replies=replies)
        except DocumentError as error:
            raise DocumentError([*error.problems, *problems]) from error
        if problems:
            raise DocumentError(problems)
        return policy

    @property
    def reply_templates(self) -> ReplyTemplates:
        """The reply templates by name and language: `approved.de.j2` is `approved` in German.

        Raises:
            DocumentError: the directory is missing or a template cannot be used.
        """
        replies, problems = self._replies
        if replies is None or problems:
            raise DocumentError(problems)
        return replies

    @cached_property
    def _replies(self) -> tuple[ReplyTemplates | None, tuple[Problem, ...]]:
        """The reply templates that can be used, if there is a directory of them, and what is wrong with the others."""
        directory = self.directory / self.settings.reply_templates
        if not directory.is_dir():
            return None, (Problem(str(directory), 0, 0, "there is no such directory of reply templates"),)
        paths = sorted(directory.glob(f"*{SUFFIX}"))
        texts = {path.name.removesuffix(SUFFIX): (str(path), text_or_problem(path)) for path in paths}
        fallback = self.settings.fallback_language
        replies = ReplyTemplates.read(texts, self.settings.commitments, fallback_language=fallback)
        return replies, replies.problems


def load_configuration(directory: Path | None) -> Configuration:
    """The configuration of a directory.

    Without one: the directory that SNOW_ESCALATIONS_CONFIG names, else `config` here, else the shipped one.

    Raises:
        ConfigurationError: it cannot be read, or (DocumentError) has problems: all of them are told.
    """
    directory = _directory(directory)
    path = directory / SETTINGS_FILE
    return Configuration(directory, load_settings(read_text(path), str(path)))


def _directory(directory: Path | None) -> Path:
    named = os.environ.get(CONFIG_VARIABLE)
    if directory is None and named:
        directory = Path(named)
    if directory is not None:
        if not directory.is_dir():
            raise ConfigurationError(f"{directory}: there is no such directory; write one with `snow-escalations init`")
        return directory
    here = Path("config")
    return here if (here / SETTINGS_FILE).is_file() else shipped_config()


def load_settings(text: str, source: str) -> Settings:
    """Settings from the text of a file and from the environment, which goes before the file.

    Raises:
        DocumentError: with every problem of both.
    """
    document = parse(text, source, confidential=True)
    environment = read_environment(Settings, os.environ)
    problems = [*document.problems, *literal_secrets(document), *environment.problems]
    plain = document.plain()
    if not isinstance(plain, dict):
        raise DocumentError([*problems, document.problem((), "the document must be a mapping of keys to values")])
    # pydantic-settings takes arguments with an underscore for switches of its own.
    problems += [unknown_key(document, (key,)) for key in plain if key.startswith("_")]
    values = {key: value for key, value in plain.items() if not key.startswith("_")}
    try:
        settings = Settings(**cast("dict[str, Any]", values))
    except ValidationError as error:
        told = (item for item in error.errors() if not is_unread(document, item))
        problems += [problem_of(document, environment, item) for item in told]
        problems += [*_unusable_words(document, environment)]
        raise DocumentError(problems) from None  # a traceback would show keys, and `password:x` is one
    problems += [*_unusable_words(document, environment)]
    if problems:
        raise DocumentError(problems)
    return settings


def _unusable_words(document: Document, environment: Environment) -> Iterator[Problem]:
    """What of the team's own words cannot be used, as far as they are words, whatever else is wrong."""
    plain = document.plain()
    values = merged(plain if isinstance(plain, dict) else {}, environment.values).get("reading", {})
    try:
        reading = ReadingSettings.model_validate(values)
    except ValidationError:  # told already
        return
    for path, why in unusable_words(reading):
        error = ErrorDetails(type="value_error", loc=("reading", *path), msg=why, input=None)
        yield problem_of(document, environment, error)
