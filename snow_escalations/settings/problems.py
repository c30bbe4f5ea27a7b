"""What is wrong with settings, told at its place in the file or by its variable, and never with a secret in it.

Of the file nothing is quoted but the value of a known key that holds no secret: a misspelt key may be one for a secret.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pydantic_core import ErrorDetails

from snow_escalations.documents import Document, Mapping, Node, Problem, Scalar, suggest
from snow_escalations.documents.confidential import MASK, looks_secret
from snow_escalations.documents.nodes import Path, locate
from snow_escalations.documents.problems import presentable
from snow_escalations.documents.validate import keys_at, message_of
from snow_escalations.secrets import is_reference
from snow_escalations.secrets.reference import FORMS
from snow_escalations.settings.addresses import has_password
from snow_escalations.settings.environment import Environment, variable_problem
from snow_escalations.settings.model import SECRETS, Settings

_KEY = re.compile(r"[A-Za-z0-9_.-]+")
_LOGIN_KEY = re.compile(r"[A-Za-z_-]+")


def problem_of(document: Document, environment: Environment, error: ErrorDetails) -> Problem:
    """An error of the model, at the variable or the place in the file that caused it."""
    path: Path = error["loc"]
    variable = environment.origins.get(path)
    written = _written(document, path)
    if variable is None and written is None:
        variable = environment.around(path)
        if variable is None and len(path) > 1 and _written(document, path[:-1]) is None:
            variable = environment.beside(path)
    unknown = error["type"] == "extra_forbidden"
    if variable is not None:
        message = _unknown(path, bare=False) if unknown else message_of(Settings, error)
        return variable_problem(variable, message)
    if unknown:
        return unknown_key(document, path)
    problem = document.problem(path, message_of(Settings, error, document))
    return replace(problem, line_text=_quoted(path, written))


def unknown_key(document: Document, path: Path) -> Problem:
    """A key that the settings do not know."""
    node = _written(document, path)
    return document.problem(path, _unknown(path, bare=isinstance(node, Scalar) and node.value is None))


def literal_secrets(document: Document) -> Iterator[Problem]:
    """The secrets that are written into the file instead of a reference to where they are."""
    path: Path
    for key in SECRETS:
        path = ("instance", "auth", key)
        node = _written(document, path)
        if isinstance(node, Scalar) and node.value is not None and not is_reference(node.text):
            message = f"`instance.auth.{key}` is a literal secret; write {FORMS} instead"
            yield document.problem_at(locate(document.root, path)[0], message)
    path = ("instance", "proxy")
    node = _written(document, path)
    if isinstance(node, Scalar) and not is_reference(node.text) and has_password(node.text):
        message = f"`instance.proxy` holds a literal password; write {FORMS} for the whole address instead"
        yield document.problem_at(locate(document.root, path)[0], message)


def _written(document: Document, path: Path) -> Node | None:
    """What stands at a path, None where the document does not go that far."""
    node: Node | None = document.root
    for part in path:
        if isinstance(node, Mapping):
            found = node.find(str(part))
            node = found[1] if found is not None else None
        elif node is not None and not isinstance(node, Scalar) and isinstance(part, int):
            node = node.items[part] if part < len(node.items) else None
        else:
            return None
    return node


def _quoted(path: Path, node: Node | None) -> str:
    """`key: value` as written, where the value can hold no secret."""
    if not isinstance(node, Scalar) or not isinstance(path[-1], str):
        return ""
    if any(looks_secret(str(part)) for part in path) or any(mark in node.text for mark in "@?#"):
        return ""
    return presentable(f"{path[-1]}: {node.text}")


def _unknown(path: Path, *, bare: bool) -> str:
    """The message about an unknown key. `password:hunter2` without a blank is a key too, so not every key is shown."""
    name, near = str(path[-1]), suggest(str(path[-1]), keys_at(Settings, path[:-1]))
    in_login = any(looks_secret(str(part)) for part in path)
    shown = (_LOGIN_KEY if in_login else _KEY).fullmatch(name) and not (bare and in_login and not near)
    if shown:
        return f"unknown key `{name}`{near}"
    return f"unknown key `{MASK}`{near}; a key is followed by a colon and a blank"
