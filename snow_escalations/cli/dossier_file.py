"""A real escalation as a policy test: its dossier in a file, and the test that expects the verdict of today."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from snow_escalations.documents.whole import write_new, write_whole
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import Dossier, Outcome, Verdict


def dossier_text(dossier: Dossier) -> str:
    """The dossier as JSON, indented, in the order of its fields; what has no order is sorted."""
    text = json.dumps(dossier.model_dump(), indent=2, ensure_ascii=False, default=_plain) + "\n"
    # Half of a character, which an instance may leave where it cuts a text, has no form in UTF-8 but this one in JSON.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _plain(value: Any) -> Any:
    """What JSON has no form for.

    Raises:
        TypeError: a dossier has nothing of the kind.
    """
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"a dossier has no {type(value).__name__}")


def write_dossier(dossier: Dossier, path: Path, *, overwrite: bool = False) -> None:
    """Write a dossier for a policy test, readable by its owner alone: it holds what customers and colleagues wrote.

    Raises:
        ConfigurationError: the file is there, and may not be overwritten.
        SnowEscalationsError: it cannot be written, or no file is there but a directory, a device or a pipe.
    """
    if path.exists() and not path.is_file():
        raise SnowEscalationsError(f"{path}: the dossier cannot be written: this is no file; name one, or a new one")
    try:
        (write_whole if overwrite else write_new)(path, dossier_text(dossier))
    except FileExistsError as error:
        raise ConfigurationError(
            f"{path} is already there; nothing was written. Name another file, or replace it with --overwrite"
        ) from error
    except OSError as error:
        raise SnowEscalationsError(f"{path}: the dossier cannot be written: {error.strerror or error}") from error


def policy_test(name: str, verdict: Verdict, path: Path, directory: Path) -> str:
    """The policy test that expects a verdict of the dossier in a file, in lines for the tests in a directory."""
    file, beside = path.resolve(), directory.resolve()
    place = str(file.relative_to(beside)) if file.is_relative_to(beside) else str(file)
    expected = {"verdict": verdict.outcome.value}
    if verdict.rule is not None:
        expected["rule"] = verdict.rule
    if verdict.outcome is Outcome.HOLD and verdict.cause is not None:
        expected["cause"] = verdict.cause.value
    if verdict.proposed is not None:
        expected["proposed"] = verdict.proposed.value
    lines = [f"  - name: {_quoted(name)}", f"    dossier: {_quoted(place)}", "    expect:"]
    return "\n".join([*lines, *(f"      {key}: {_quoted(value)}" for key, value in expected.items())])


def _quoted(text: str) -> str:
    """A text as YAML takes it whatever is in it: JSON's form is one of YAML's."""
    return json.dumps(text, ensure_ascii=False)
