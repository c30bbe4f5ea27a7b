"""The shipped schema files, and a person's own on top of them, to one `Schema`."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from snow_escalations.documents import Document, DocumentError, Problem, parse, read_text, validate
from snow_escalations.sandbox.schema.check import invalid_conditions
from snow_escalations.sandbox.schema.documents import SchemaDocument
from snow_escalations.sandbox.schema.merge import merge
from snow_escalations.sandbox.schema.model import Schema
from snow_escalations.sandbox.schema.resolve import Resolver

Parsed = tuple[Document, SchemaDocument]
_FOLDER = "tables"


@cache
def shipped() -> Schema:
    """The schema that ships with the sandbox. Read once in a process; schemas are immutable."""
    return _build(_shipped_files())


def load(paths: Sequence[Path]) -> Schema:
    """The shipped schema with the files of `paths` merged in, in their order.

    Raises:
        ConfigurationError: a file cannot be read.
        DocumentError: every problem of every file, at once.
    """
    if not paths:
        return shipped()
    own: list[Parsed] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            document = parse(read_text(path), str(path))
            own.append((document, validate(document, SchemaDocument)))
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(problems)
    return _build((*_shipped_files(), *own))


@cache
def _shipped_files() -> tuple[Parsed, ...]:
    folder = files("snow_escalations.sandbox.schema").joinpath(_FOLDER)
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    parsed = []
    for entry in found:
        document = parse(entry.read_text(encoding="utf-8"), f"{_FOLDER}/{entry.name}")
        parsed.append((document, validate(document, SchemaDocument)))
    return tuple(parsed)


def _build(parsed: Iterable[Parsed]) -> Schema:
    drafts, problems = merge(parsed)
    resolver = Resolver(drafts)
    resolver.resolve()
    problems += resolver.problems
    if problems:
        raise DocumentError(problems)
    schema = Schema(resolver.tables)
    problems = list(invalid_conditions(schema, drafts))
    if problems:
        raise DocumentError(problems)
    return schema
