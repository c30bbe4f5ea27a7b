"""The head of a template, between two lines of `---`: the format and the language of the letter below it."""

import re
from typing import Annotated, Literal, NamedTuple

from pydantic import StringConstraints

from snow_escalations.documents import DocumentError, Position, Problem, parse, validate
from snow_escalations.documents.problems import problem_at
from snow_escalations.model import Model
from snow_escalations.triage.replies.languages import CODE

_FENCE = re.compile(r"---[ \t]*")


class FrontMatter(Model):
    """The head of a template."""

    format: Literal["text", "html"]
    language: Annotated[str, StringConstraints(pattern=CODE.pattern)]


class Parts(NamedTuple):
    """A template: its head, its letter with blank lines where the head was, and what is wrong with either.

    So places stay as they are. Where the head is wrong, a head of text stands for it, to check the letter with.
    """

    head: FrontMatter
    letter: str
    problems: tuple[Problem, ...]


def parted(source: str, text: str, language: str) -> Parts:
    """The parts of a template of a language.

    Raises:
        DocumentError: the head is missing, or has no end.
    """
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        how = f"write `---`, `format: text`, `language: {language}` and `---`, each in a line of its own, at the top"
        raise DocumentError([problem_at(source, lines, Position(1, 1), f"the front matter is missing; {how}")])
    end = next((number for number, line in enumerate(lines) if number and _FENCE.fullmatch(line)), None)
    if end is None:
        message = "the front matter that begins here has no end; write `---` in a line of its own below it"
        raise DocumentError([problem_at(source, lines, Position(1, 1), message)])
    head, problems = _head(source, lines[1:end], language)
    if not "".join(lines[end + 1 :]).strip():
        problems.append(problem_at(source, lines, Position(end + 1, 1), "there is no letter below the front matter"))
    return Parts(head, "\n" * (end + 1) + "\n".join(lines[end + 1 :]), tuple(problems))


def _head(source: str, lines: list[str], language: str) -> tuple[FrontMatter, list[Problem]]:
    try:
        # A blank line stands for the first fence, so that what is wrong is told at its line.
        document = parse("\n".join(["", *lines]), source)
        head = validate(document, FrontMatter)
    except DocumentError as error:
        return FrontMatter(format="text", language=language), list(error.problems)
    if head.language == language:
        return head, []
    message = f"`language` is `{head.language}`, but the name of the file says `{language}`; change one of them"
    return head, [document.problem(("language",), message)]
