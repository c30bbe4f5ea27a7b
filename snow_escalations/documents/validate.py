"""A document against a pydantic model: every error of the model, told at the line that caused it."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from snow_escalations.documents.nodes import Mapping, Path, Scalar, Sequence, locate
from snow_escalations.documents.parse import Document
from snow_escalations.documents.problems import DocumentError, Problem, nearest, suggest

ModelT = TypeVar("ModelT", bound=BaseModel)
_LISTS = frozenset({"tuple_type", "list_type", "set_type", "frozen_set_type"})
_MAPPINGS = frozenset({"dict_type", "mapping_type", "model_type"})

_CHOICES = frozenset({"literal_error", "enum"})
_KEY = "[key]"
"""What pydantic puts behind a key of a mapping that cannot be used itself."""


def validate(document: Document, model: type[ModelT], *, context: dict[str, Any] | None = None) -> ModelT:
    """The document as an instance of `model`.

    Raises:
        DocumentError: with the problems that parsing found and those that the model finds, all at once.
    """
    problems = list(document.problems)
    if not isinstance(document.root, Mapping):
        if document.is_unread(document.root):
            raise DocumentError(problems)
        problems.append(document.problem((), "the document must be a mapping of keys to values"))
        raise DocumentError(problems)
    try:
        value = model.model_validate(document.plain(), context=context)
    except ValidationError as error:
        raise DocumentError(problems + problems_of(document, model, error.errors())) from error
    if problems:
        raise DocumentError(problems)
    return value


def problems_of(document: Document, model: type[BaseModel], errors: Iterable[ErrorDetails]) -> list[Problem]:
    """The model's errors as problems of the document, without those that a written one already explains."""
    return [
        document.problem(error["loc"], message_of(model, error, document))
        for error in errors
        if not _follows(document, model, error)
    ]


def _follows(document: Document, model: type[BaseModel], error: ErrorDetails) -> bool:
    """Whether an error comes from one that is told by itself: a value or key could not be read, an item be used."""
    path = error["loc"]
    if is_unread(document, error):
        return True
    if error["type"] == "missing":
        _, node = locate(document.root, path[:-1])
        return isinstance(node, Mapping) and is_misspelt(node, str(path[-1]), keys_at(model, path[:-1]))
    if error["type"] != "too_short":
        return False
    _, node = locate(document.root, path)
    return isinstance(node, Sequence) and len(node.items) >= error["ctx"]["min_length"]


def is_unread(document: Document, error: ErrorDetails) -> bool:
    """Whether an error is about a value that could not be read, such as an alias, or one whose key could not be."""
    _, node = locate(document.root, error["loc"])
    if error["type"] == "missing" and isinstance(node, Mapping):
        return node.has_unread_keys
    return error["type"] != "extra_forbidden" and document.is_unread(node)


def is_misspelt(node: Mapping, key: str, known: Collection[str]) -> bool:
    """Whether a key that is not there may be meant by one that is there: not known and much alike, or not read."""
    written = {name for name, _, _ in node.entries}
    if key in written:
        return False
    return node.has_unread_keys or any(nearest(name, known) == key for name in written.difference(known))


def message_of(model: type[BaseModel], error: ErrorDetails, document: Document | None = None) -> str:
    """One error of pydantic in the words of this project: the key, what is wrong, what was meant perhaps."""
    path: Path = error["loc"]
    key = _dotted(path)
    kind = error["type"]
    if kind == "extra_forbidden":
        name = str(path[-1])
        return f"unknown key `{name}`{suggest(name, keys_at(model, path[:-1]))}"
    if kind == "missing":
        return f"`{key}` is missing"
    if path[-1:] == (_KEY,):
        return _of_a_key(error)
    message = _said(error)
    written = _written(document, path) or error.get("input")
    if kind in _CHOICES and isinstance(written, str):
        message += suggest(written, _choices(error))
    return f"`{key}`: {message}" if key else message


def _of_a_key(error: ErrorDetails) -> str:
    """What is wrong with a key of a mapping, of which pydantic tells as if it were a value below it."""
    *above, name, _ = error["loc"]
    if error["type"] not in _CHOICES:
        return f"the key `{name}` of `{_dotted(tuple(above))}`: {_said(error)}"
    return f"unknown key `{name}`: {_said(error)}{suggest(str(name), _choices(error))}"


def _choices(error: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", error["msg"])


def _said(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind in _LISTS:
        return "must be a list, such as `[]`"
    if kind in _MAPPINGS:
        return "must be a mapping of keys to values"
    if kind == "too_short":
        least = error["ctx"]["min_length"]
        return f"must have at least {least} {'item' if least == 1 else 'items'}"
    message = error["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text


def _written(document: Document | None, path: Path) -> object:
    if document is None:
        return None
    _, node = locate(document.root, path)
    return node.value if isinstance(node, Scalar) else None


def keys_at(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the model (or the models, where it is a union) knows at a place."""
    models: list[type[BaseModel]] = [model]
    for part in path:
        nested = [
            found
            for owner in models
            for name, info in owner.model_fields.items()
            if part in {name, info.alias}
            for found in _models_in(info.annotation)
        ]
        # A list index, a key of a plain dict or a union branch leads to the same models.
        models = nested or models
    return sorted({info.alias or name for owner in models for name, info in owner.model_fields.items()})


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    arguments = get_args(annotation)
    if arguments:
        for argument in arguments:
            yield from _models_in(argument)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
