"""Problems of a document, each with its place, and the one error that carries all of them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from snow_escalations.documents.confidential import without_secrets
from snow_escalations.documents.nodes import Position
from snow_escalations.errors import ConfigurationError

_LINE_LIMIT = 160


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong at one place. `line_text` is what stands there, with secrets taken out.

    Lines and columns count from 1; line 0 is for what has no lines, such as an environment variable.
    """

    source: str
    line: int
    column: int
    message: str
    line_text: str = ""

    def __str__(self) -> str:
        """file:line:column: message, and the offending line below it."""
        place = f"{self.source}:{self.line}:{self.column}" if self.line else self.source
        head = f"{place}: {self.message}"
        return f"{head}\n    {self.line_text}" if self.line_text else head


class DocumentError(ConfigurationError):
    """A document cannot be used; `problems` holds every reason, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def problem_at(source: str, lines: list[str], position: Position, message: str) -> Problem:
    """A problem with the line that it is about, as far as that line may be shown."""
    text = lines[position.line - 1] if position.line <= len(lines) else ""
    return Problem(source, position.line, position.column, message, presentable(text))


def presentable(line: str) -> str:
    """The line without its indentation, cut to a readable length; a literal secret becomes `***`.

    References to secrets (`env:NAME`, `file:PATH`, `keyring:SERVICE/USER`) are not secrets and stay.
    """
    line = "".join(character if character.isprintable() else " " for character in without_secrets(line)).strip()
    return line if len(line) <= _LINE_LIMIT else line[: _LINE_LIMIT - 1] + "…"


def suggest(word: str, known: Iterable[str]) -> str:
    """`; did you mean `x`?` for the nearest known word, or an empty text."""
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near is not None else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was perhaps meant."""
    near = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return near[0] if near else None
