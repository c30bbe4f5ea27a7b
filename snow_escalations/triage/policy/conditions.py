"""What stands under `when`: conditions on facts, joined by `all`, `any` and `not`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from snow_escalations.documents import suggest
from snow_escalations.documents.nodes import Path
from snow_escalations.model.facts import FACTS
from snow_escalations.triage.policy.matchers import Condition, UnfitItems, matchers_of, unknown_matcher, wanted_of

DEPTH_LIMIT = 8
"""How many of `all`, `any` and `not` may stand inside of each other."""
JOINS = ("all", "any", "not")


@dataclass(frozen=True, slots=True)
class Join:
    """Conditions that must all hold, of which any must hold, or which must not all hold (`not`)."""

    kind: Literal["all", "any", "not"]
    parts: tuple["Condition | Join", ...]


Node: TypeAlias = Condition | Join


class Trouble(NamedTuple):
    """What is wrong with a condition: where, in words, and whether the key or its value is at fault."""

    path: Path
    message: str
    at_key: bool = True


@dataclass(frozen=True, slots=True)
class When:
    """What a rule asks for; all parts must hold."""

    parts: tuple[Node, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, those of joins included."""
        return tuple(_conditions(self.parts))

    def as_json(self) -> dict[str, Any]:
        """The conditions as a policy writes them."""
        return _plain(self.parts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Part of pydantic models by the form that a policy writes; with positions, troubles are told by the loader."""

        def validate(value: Any, info: core_schema.ValidationInfo[Any]) -> When:
            if isinstance(value, cls):
                return value
            made, troubles = when_of(value)
            if troubles and not (info.context or {}).get("troubles_are_told"):
                raise ValueError("; ".join(trouble.message for trouble in troubles))
            return made

        return core_schema.with_info_plain_validator_function(
            validate, serialization=core_schema.plain_serializer_function_ser_schema(cls.as_json)
        )


def _conditions(parts: tuple[Node, ...]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, Condition):
            yield part
        else:
            yield from _conditions(part.parts)


def _plain(parts: tuple[Node, ...]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for part in parts:
        if isinstance(part, Condition):
            plain.setdefault(part.fact, {})[part.matcher] = part.wanted_json
        elif part.kind == "not":
            plain["not"] = _plain(part.parts)
        else:
            plain[part.kind] = [_plain(item.parts) for item in part.parts if isinstance(item, Join)]
    return plain


def when_of(plain: Any, path: Path = ()) -> tuple[When, list[Trouble]]:
    """The conditions of a mapping, without those that are malformed, and what is wrong with these."""
    troubles: list[Trouble] = []
    return When(_parts(plain, path, troubles, depth=0)), troubles


def _parts(plain: Any, path: Path, troubles: list[Trouble], depth: int) -> tuple[Node, ...]:
    if not isinstance(plain, dict) or not plain:
        message = "must be a mapping of facts to matchers, and not empty: it would fit everything"
        troubles.append(Trouble(path, message, at_key=False))
        return ()
    if depth > DEPTH_LIMIT:
        troubles.append(Trouble(path, f"`all`, `any` and `not` are nested deeper than {DEPTH_LIMIT} levels"))
        return ()
    parts: list[Node] = []
    for name, content in plain.items():
        inner = (*path, name)
        if name == "not":
            parts.append(Join("not", _parts(content, inner, troubles, depth + 1)))
        elif name in JOINS:
            parts += _joined(name, content, inner, troubles, depth)
        else:
            parts += _of_fact(name, content, inner, troubles)
    return tuple(parts)


def _joined(name: str, content: Any, path: Path, troubles: list[Trouble], depth: int) -> Iterator[Join]:
    if not isinstance(content, list) or not content:
        message = f"`{name}` takes a list of mappings of facts to matchers, and not an empty one"
        troubles.append(Trouble(path, message, at_key=False))
        return
    items = (_parts(item, (*path, place), troubles, depth + 1) for place, item in enumerate(content))
    yield Join("any" if name == "any" else "all", tuple(Join("all", parts) for parts in items))


def _of_fact(name: str, content: Any, path: Path, troubles: list[Trouble]) -> Iterator[Condition]:
    spec = FACTS.get(name)
    if spec is None:
        troubles.append(Trouble(path, f"unknown fact `{name}`{suggest(name, [*FACTS, *JOINS])}"))
        return
    if not isinstance(content, dict) or not content:
        known = ", ".join(matchers_of(spec))
        troubles.append(Trouble(path, f"`{name}` needs a matcher, one of {known}"))
        return
    for matcher, value in content.items():
        if matcher not in matchers_of(spec):
            troubles.append(Trouble((*path, matcher), unknown_matcher(spec, matcher)))
            continue
        try:
            yield Condition(name, matcher, wanted_of(spec, matcher, value))
        except UnfitItems as error:
            items = error.troubles.items()
            troubles += [Trouble((*path, matcher, place), message, at_key=False) for place, message in items]
        except ValueError as error:
            troubles.append(Trouble((*path, matcher), str(error), at_key=False))
