"""The dossiers of policy tests: each is a JSON file beside the tests, or written out among them."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from snow_escalations.cli.stored_json import json_of
from snow_escalations.documents import read_text
from snow_escalations.documents.validate import message_of
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import Dossier, Evidence
from snow_escalations.settings import Configuration

DOSSIER_LIMIT = 64 * 1024 * 1024
"""Bytes of a dossier, whose journals may be long."""


class DossiersOfTests:
    """Dossiers as the tests in a directory name them, each file read once."""

    def __init__(self, configuration: Configuration, directory: Path) -> None:
        self._configuration, self._directory = configuration, directory
        self._read: dict[str, Evidence] = {}

    def evidence(self, dossier: str | dict[str, Any]) -> Evidence:
        """The evidence of a dossier, as of the instant at which it was read.

        Raises:
            ConfigurationError: it cannot be used.
            SnowEscalationsError: no calendar knows the instant at which it was read.
        """
        if not isinstance(dossier, str):
            return self._of(_made(dossier, ""))
        if dossier not in self._read:
            path = self._directory / dossier
            content = json_of(read_text(path, limit=DOSSIER_LIMIT), str(path))
            self._read[dossier] = self._of(_made(content, f"{path}: "))
        return self._read[dossier]

    def trouble(self, dossier: str | dict[str, Any]) -> str | None:
        """Why a dossier cannot be used, None if it can."""
        try:
            self.evidence(dossier)
        except SnowEscalationsError as error:
            return str(error)
        return None

    def _of(self, dossier: Dossier) -> Evidence:
        return self._configuration.evidence_reader.read(dossier, dossier.read_at)


def _made(content: Any, source: str) -> Dossier:
    try:
        return Dossier.model_validate(content)
    except ValidationError as error:
        told = "; ".join(dict.fromkeys(message_of(Dossier, one) for one in error.errors()))
        raise ConfigurationError(f"{source}this is not a dossier: {told}") from error
