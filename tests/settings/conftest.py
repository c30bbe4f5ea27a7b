"""No setting of this machine's environment reaches a test."""

import os

import pytest


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every variable of the project out of the environment."""
    for name in list(os.environ):
        if name.upper().startswith("SNOW_ESCALATIONS_"):
            monkeypatch.delenv(name)
