"""JSON that somebody stored, with the place of what is wrong with it."""

import json
from typing import Any

from snow_escalations.errors import ConfigurationError


def json_of(text: str, source: str, *, line: int | None = None) -> Any:
    """The content of a text, which is a line of its file by itself or all of it.

    Raises:
        ConfigurationError: it is no JSON.
    """
    place = source if line is None else f"{source}:{line}"
    try:
        return json.loads(text, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise ConfigurationError(
            f"{source}:{(line or 1) + error.lineno - 1}:{error.colno}: not JSON: {error.msg}"
        ) from error
    except RecursionError as error:
        raise ConfigurationError(f"{place}: cannot be read as JSON: it is nested too deeply") from error
    except ValueError as error:
        raise ConfigurationError(f"{place}: cannot be read as JSON: {error}") from error


def _refused(word: str) -> None:
    raise ValueError(f"{word} is no number that can be compared")
