"""A configuration directory, loaded: settings, policy and reply templates, with every problem at once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from snow_escalations.documents import Document, DocumentError, Mapping, Problem, Scalar, parse, read_text, suggest
from snow_escalations.documents.nodes import Path as NodePath
from snow_escalations.documents.nodes import locate
from snow_escalations.documents.validate import message_of
from snow_escalations.errors import ConfigurationError
from snow_escalations.secrets import is_reference
from snow_escalations.secrets.reference import FORMS
from snow_escalations.settings.model import PREFIX, SECRETS, Settings, known_variables
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.policy import Policy, load_policy
from snow_escalations.triage.replies import ReplyTemplates

CONFIG_VARIABLE = f"{PREFIX}CONFIG"
SETTINGS_FILE = "settings.yaml"
FREE_FORM = (f"{PREFIX}DIALECT__REASONS",)
"""Sections whose keys are the user's own."""
TEMPLATE_SUFFIX = ".txt.j2"


@dataclass(frozen=True)
class Configuration:
    """A configuration directory; policy and templates are read when they are asked for."""

    directory: Path
    settings: Settings

    @cached_property
    def policy(self) -> Policy:
        """The team's policy, each reply that it names being there.

        Raises:
            DocumentError: the policy cannot be used.
        """
        path = self.directory / self.settings.policy
        policy = load_policy(read_text(path), str(path))
        names = self.reply_templates.templates
        document = parse(read_text(path), str(path))
        problems = [
            document.problem(("rules", index, "reply"), f"there is no reply `{rule.reply}`{suggest(rule.reply, names)}")
            for index, rule in enumerate(policy.rules)
            if rule.reply is not None and rule.reply not in names
        ]
        if problems:
            raise DocumentError(problems)
        return policy

    @cached_property
    def reply_templates(self) -> ReplyTemplates:
        """The reply templates by name: `approved.txt.j2` is `approved`.

        Raises:
            ConfigurationError: the directory is missing or a template cannot be used.
        """
        directory = self.directory / self.settings.reply_templates
        if not directory.is_dir():
            raise ConfigurationError(f"{directory}: there is no such directory of reply templates")
        texts = {
            path.name.removesuffix(TEMPLATE_SUFFIX): (str(path), read_text(path))
            for path in sorted(directory.glob(f"*{TEMPLATE_SUFFIX}"))
        }
        return ReplyTemplates.load(texts, self.settings.commitments)


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
    document = parse(text, source)
    problems = [*document.problems, *_literal_secrets(document), *_unknown_variables()]
    plain = document.plain()
    if not isinstance(plain, dict):
        raise DocumentError([*problems, document.problem((), "the document must be a mapping of keys to values")])
    try:
        settings = Settings(**cast("dict[str, Any]", plain))
    except ValidationError as error:
        problems += [_problem(document, item) for item in error.errors() if not _is_unknown_variable(item)]
        raise DocumentError(problems) from error
    except SettingsError as error:
        # A variable for a whole section that is not JSON; pydantic-settings names the field.
        raise DocumentError([*problems, _variable_problem("environment", str(error))]) from error
    if problems:
        raise DocumentError(problems)
    return settings


def _problem(document: Document, error: ErrorDetails) -> Problem:
    message = message_of(Settings, error, document)
    variable = _variable_of(error["loc"])
    return document.problem(error["loc"], message) if variable is None else _variable_problem(variable, message)


def _is_unknown_variable(error: ErrorDetails) -> bool:
    return error["type"] == "extra_forbidden" and _variable_of(error["loc"]) is not None


def _variable_of(path: NodePath) -> str | None:
    """The environment variable that set the value at a path, or a section around it."""
    names = {name.upper(): name for name in os.environ}
    for length in range(len(path), 0, -1):
        name = PREFIX + "__".join(str(part) for part in path[:length]).upper()
        if os.environ.get(names.get(name, "")):
            return names[name]
    return None


def _variable_problem(variable: str, message: str) -> Problem:
    return Problem(f"environment variable {variable}", 0, 0, message)


def _literal_secrets(document: Document) -> Iterator[Problem]:
    for key in SECRETS:
        path = ("instance", "auth", key)
        position, node = locate(document.root, path)
        owner = locate(document.root, path[:-1])[1]
        written = isinstance(owner, Mapping) and owner.find(key) is not None
        if written and isinstance(node, Scalar) and node.value is not None and not is_reference(node.text):
            yield document.problem_at(position, f"`instance.auth.{key}` is a literal secret; write {FORMS} instead")


def _unknown_variables() -> Iterator[Problem]:
    known = known_variables()
    for name in sorted(os.environ):
        upper = name.upper()
        if upper.startswith(PREFIX) and upper != CONFIG_VARIABLE and upper not in known:
            free = any(upper.startswith(f"{prefix}__") for prefix in FREE_FORM)
            if not free:
                near = suggest(upper, {word.lower() for word in known}).upper().replace("DID YOU MEAN", "did you mean")
                yield _variable_problem(name, f"sets nothing that is known{near}")
