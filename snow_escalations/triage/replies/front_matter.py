"""The head of a template, between two lines of `---`: the format and the language of the letter below it."""

import re
from typing import Annotated, Literal, NamedTuple

from pydantic import StringConstraints

from snow_escalations.documents import Document, DocumentError, Mapping, Position, Problem, parse, validate
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

    So places stay as they are. Where nothing can be read of the head, one of text stands for it, to check the letter.
    """

    head: FrontMatter
    letter: str
    problems: tuple[Problem, ...]


def parted(source: str, text: str, language: str) -> Parts:
    """The parts of a template of a language; where the head is missing, or has no end, the rest is the letter."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if number and _FENCE.fullmatch(line)), None)
    is_there = _FENCE.fullmatch(lines[0])
    if not is_there or end is None:
        how = f"write `---`, `format: text`, `language: {language}` and `---`, each in a line of its own, at the top"
        message = f"the front matter is missing; {how}"
        if is_there:
            message = "the front matter that begins here has no end; write `---` in a line of its own below it"
        problem = problem_at(source, lines, Position(1, 1), message)
        return Parts(FrontMatter(format="text", language=language), text, (problem,))
    head, problems = _head(source, lines[1:end], language)
    if not "".join(lines[end + 1 :]).strip():
        problems.append(problem_at(source, lines, Position(end + 1, 1), "there is no letter below the front matter"))
    return Parts(head, "\n" * (end + 1) + "\n".join(lines[end + 1 :]), tuple(problems))


def language_of(text: str) -> str | None:
    """The language that the head of a template says, if it can be read and is one."""
    lines = "\n".join(text.splitlines()).split("\n")
    end = next((number for number, line in enumerate(lines) if number and _FENCE.fullmatch(line)), 0)
    try:
        named = _written(parse("\n".join(lines[1:end]), ""), "language")
    except DocumentError:
        return None
    return named if named is not None and CODE.fullmatch(named) else None


def _head(source: str, lines: list[str], language: str) -> tuple[FrontMatter, list[Problem]]:
    """The head as far as it can be read, for the language that the name of the file says."""
    head = FrontMatter(format="text", language=language)
    try:
        # A blank line stands for the first fence, so that what is wrong is told at its line.
        document = parse("\n".join(["", *lines]), source)
    except DocumentError as error:
        return head, list(error.problems)
    problems: list[Problem] = []
    try:
        validate(document, FrontMatter)
    except DocumentError as error:
        problems += error.problems
    if _written(document, "format") == "html":
        head = FrontMatter(format="html", language=language)
    named = _written(document, "language")
    if named is not None and CODE.fullmatch(named) and named != language:
        message = f"`language` is `{named}`, but the name of the file says `{language}`; change one of them"
        problems.append(document.problem(("language",), message))
    return head, problems


def _written(document: Document, key: str) -> str | None:
    root = document.root
    found = root.find(key) if isinstance(root, Mapping) and key not in root.repeated else None
    value = found[1].plain() if found is not None and not document.is_unclear(found[1]) else None
    return value if isinstance(value, str) else None
