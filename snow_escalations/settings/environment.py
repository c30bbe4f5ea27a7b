"""The environment as a source of settings: every variable read by itself, so that each problem names its variable.

`SNOW_ESCALATIONS_INSTANCE__AUTH__USER` sets `instance.auth.user`. A variable for a section is a JSON object, one for a
list is a JSON array or text with commas; what sets a single value goes before what sets the section around it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from snow_escalations.documents import Problem, suggest
from snow_escalations.documents.nodes import Path

PREFIX = "SNOW_ESCALATIONS_"
CONFIG_VARIABLE = f"{PREFIX}CONFIG"
DELIMITER = "__"


@dataclass(frozen=True)
class Environment:
    """What the environment sets: the values as a tree, where each came from, and what is wrong with it."""

    values: dict[str, Any] = field(default_factory=dict, repr=False)
    origins: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def around(self, path: Path) -> str | None:
        """The variable that sets the nearest section around a path, or None."""
        lengths = range(len(path), 0, -1)
        return next((self.origins[path[:length]] for length in lengths if path[:length] in self.origins), None)

    def beside(self, path: Path) -> str | None:
        """The variable that sets something else of the same section, or None."""
        section = path[:-1]
        return next((name for origin, name in self.origins.items() if origin[: len(section)] == section), None)


class EnvironmentSource(PydanticBaseSettingsSource):
    """The readable part of the environment, for pydantic-settings."""

    def __init__(self, settings: type[BaseSettings], environ: Mapping[str, str]) -> None:
        super().__init__(settings)
        self._values = read_environment(settings, environ).values

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002
        """One value of the first level."""
        return self._values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        """All values."""
        return self._values


def read_environment(settings: type[BaseModel], environ: Mapping[str, str]) -> Environment:
    """Everything that variables of the project set; empty ones set nothing."""
    known = variables(settings)
    found = Environment()
    for name in sorted(environ, key=lambda name: (name.count(DELIMITER), name)):
        upper = name.upper()
        if not upper.startswith(PREFIX) or upper == CONFIG_VARIABLE:
            continue
        path, free = _path(upper, known)
        if path is None:
            near = suggest(upper, {word.lower() for word in known}).upper().replace("DID YOU MEAN", "did you mean")
            found.problems.append(variable_problem(name, f"sets nothing that is known{near}"))
        elif environ[name]:
            try:
                value = environ[name] if free else _decoded(environ[name], known[upper], upper)
            except ValueError as error:
                found.problems.append(variable_problem(name, str(error)))
            else:
                _put(found, path, value, name)
    return found


def merged(below: Mapping[Any, Any], above: Mapping[Any, Any]) -> dict[Any, Any]:
    """Values with those that go before them, section by section."""
    values = {**below}
    for key, value in above.items():
        under = values.get(key)
        values[key] = merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return values


def variable_problem(variable: str, message: str) -> Problem:
    """A problem of an environment variable, which has no lines."""
    return Problem(f"environment variable {variable}", 0, 0, message)


def variables(settings: type[BaseModel]) -> dict[str, FieldInfo]:
    """Every environment variable that sets something, with the model's field behind it."""
    found: dict[str, FieldInfo] = {}

    def walk(model: type[BaseModel], prefix: str) -> None:
        for name, info in model.model_fields.items():
            variable = f"{prefix}{name}".upper()
            found[variable] = info
            for nested in _models(info):
                walk(nested, f"{variable}{DELIMITER}")

    walk(settings, PREFIX)
    return found


def _models(info: FieldInfo) -> list[type[BaseModel]]:
    """The model that a field is, or may be; the keys of a mapping are the user's own, so its values are no sections."""
    if _is_mapping(info):
        return []
    candidates = [info.annotation, *get_args(info.annotation)]
    return [item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)]


def _is_mapping(info: FieldInfo) -> bool:
    return get_origin(info.annotation) in {dict, Mapping}


def _path(upper: str, known: Mapping[str, FieldInfo]) -> tuple[Path | None, bool]:
    """Where a variable leads to, and whether its last part is a key of the user's own."""
    path = tuple(upper.removeprefix(PREFIX).lower().split(DELIMITER))
    if upper in known:
        return path, False
    section, _, key = upper.rpartition(DELIMITER)
    is_free = bool(key) and section in known and _is_mapping(known[section])
    return (path if is_free else None), is_free


def _decoded(text: str, info: FieldInfo, variable: str) -> object:
    kind = get_origin(info.annotation)
    if kind in {tuple, list, set, frozenset} and not text.lstrip().startswith("["):
        return [item.strip() for item in text.split(",") if item.strip()]
    nested = _models(info)
    is_mapping = _is_mapping(info)
    if kind in {set, frozenset}:
        kind = list
    if kind not in {tuple, list} and not is_mapping and not nested:
        return text
    example = f"{variable}{DELIMITER}{next(iter(nested[0].model_fields)).upper() if nested else 'KEY'}"
    wanted = "a JSON array, or texts with commas between them" if kind in {tuple, list} else "a JSON object"
    remedy = wanted if kind in {tuple, list} else f"{wanted}, or set single values such as {example}"
    value = _json(text, remedy)
    if not isinstance(value, list if kind in {tuple, list} else dict):
        raise ValueError(f"holds JSON of another kind; write {remedy}")  # noqa: TRY004  (a wrong value, not a defect)
    return value


def _json(text: str, remedy: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg} at character {error.pos + 1}); write {remedy}") from None
    except ValueError:
        raise ValueError(f"holds a number that is too long to be read; write {remedy}") from None
    except RecursionError:
        raise ValueError(f"is nested too deeply to be read; write {remedy}") from None


def _put(found: Environment, path: Path, value: object, variable: str) -> None:
    owner = found.values
    for part in path[:-1]:
        below = owner.setdefault(str(part), {})
        if not isinstance(below, dict):  # a section around it was set to something else, which is told by itself
            return
        owner = below
    owner[str(path[-1])] = value
    found.origins.update(dict.fromkeys(_paths(path, value), variable))


def _paths(path: Path, value: object) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _paths((*path, key), item)
