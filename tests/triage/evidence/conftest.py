"""Fixtures for tests of evidence."""

from collections.abc import Callable

import pytest

from snow_escalations.triage.evidence import reader


@pytest.fixture
def explains(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable], None]:
    """Set what counts as an explanation of a rejection, which the reply check decides."""
    return lambda judge: monkeypatch.setattr(
        reader.EvidenceReader, "_explains", lambda self, text, rejected: judge(text, rejected)
    )
