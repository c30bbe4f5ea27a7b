"""Data files: a folder of `<table>.json`, each a JSON array of rows."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from snow_escalations.documents import suggest
from snow_escalations.errors import ConfigurationError
from snow_escalations.sandbox.content.problems import DataError
from snow_escalations.sandbox.schema.model import Schema

RawRow: TypeAlias = Mapping[str, Any]
RawTables: TypeAlias = dict[str, tuple[str, Sequence[RawRow]]]
_SUFFIX = ".json"


def read_folder(folder: Path, schema: Schema) -> RawTables:
    """The rows of each file with the name of the file, by table.

    Raises:
        ConfigurationError: the folder cannot be read.
        DataError: a file is named after no table, or is not a JSON array of objects.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == _SUFFIX)
    except OSError as error:
        raise ConfigurationError(f"{folder}: the data folder cannot be read: {error.strerror or error}") from error
    tables: RawTables = {}
    problems: list[str] = []
    for path in paths:
        if schema.find(path.stem) is None:
            near = suggest(path.stem, schema.tables)
            problems.append(f"{path}: no table is named `{path.stem}`{near}; add it with a schema file")
            continue
        try:
            tables[path.stem] = (str(path), _rows(path))
        except _Unusable as error:
            problems.append(str(error))
    if problems:
        raise DataError(problems)
    return tables


class _Unusable(Exception):
    """A file that yields no rows; the message starts with the place."""


def _rows(path: Path) -> list[RawRow]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _Unusable(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise _Unusable(f"{path}: byte {error.start + 1} is not UTF-8 ({error.reason})") from error
    try:
        rows = json.loads(text, object_pairs_hook=_object)
    except _KeyTwice:
        raise _Unusable(_told_twice(path, text)) from None
    except json.JSONDecodeError as error:
        message = error.msg[:1].lower() + error.msg[1:]
        raise _Unusable(f"{path}:{error.lineno}:{error.colno}: not valid JSON: {message}") from error
    except RecursionError as error:
        raise _Unusable(f"{path}:1:1: not usable JSON: nested too deeply") from error
    if not isinstance(rows, list):
        raise _Unusable(
            f"{_place(path, text, _start(text))}: a data file is a JSON array of rows, as in [{{...}}, ...]"
        )
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            offset = _offset_of_item(text, index)
            raise _Unusable(f"{_place(path, text, offset)}: row {index} is not an object of fields and values")
    return rows


class _KeyTwice(Exception):
    """An object has a key twice; `key` is that key."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _KeyTwice(key)
            seen.add(key)
    return values


def _told_twice(path: Path, text: str) -> str:
    """Where a key is written again: the first row that cannot be read, and there the second mention of the key."""
    decoder = json.JSONDecoder(object_pairs_hook=_object)
    offset = _skipped(text, text.index("[") + 1 if text.lstrip().startswith("[") else 0)
    while True:
        try:
            _, offset = decoder.raw_decode(text, offset)
        except _KeyTwice as error:
            name = re.escape(json.dumps(error.key, ensure_ascii=False)) + r"\s*:"
            mentions = [found.start() for found in re.finditer(name, text[offset:])]
            at = offset + mentions[1] if len(mentions) > 1 else offset
            return f"{_place(path, text, at)}: key `{error.key}` is written twice in one row; leave one out"
        offset = _skipped(text, text.index(",", offset) + 1)


def _start(text: str) -> int:
    return len(text) - len(text.lstrip())


def _offset_of_item(text: str, index: int) -> int:
    decoder = json.JSONDecoder()
    offset = text.index("[") + 1
    for _ in range(index):
        offset = _skipped(text, offset)
        _, offset = decoder.raw_decode(text, offset)
        offset = text.index(",", offset) + 1
    return _skipped(text, offset)


def _skipped(text: str, offset: int) -> int:
    while text[offset].isspace():
        offset += 1
    return offset


def _place(path: Path, text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return f"{path}:{line}:{column}"
