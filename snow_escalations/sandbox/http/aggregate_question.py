"""What an aggregate request asks for: figures, groups, conditions on figures, orders; nonsense is ignored."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from snow_escalations.sandbox.query.tree import Path
from snow_escalations.sandbox.store.grouping import Figure, Group

Find: TypeAlias = Callable[[str], Path | None]

_FUNCTIONS = ("avg", "sum", "min", "max")
_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_COUNT = Figure("count", None)


@dataclass(frozen=True, slots=True)
class Having:
    """A condition on a figure: groups whose figure does not meet it are left out."""

    figure: Figure
    comparison: str
    bound: float

    def passes(self, group: Group) -> bool:
        """Whether a group meets the condition; one without a value never does."""
        value = group.number(self.figure)
        return value is not None and _COMPARISONS[self.comparison](value, self.bound)


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order of groups by a figure."""

    figure: Figure
    descending: bool


@dataclass(frozen=True, slots=True)
class Question:
    """An aggregate request, read.

    Attributes:
        figures: what is answered for each group.
        groups: the fields grouped by, as asked for, with their paths.
        having: all must pass.
        rankings: the first counts most.
    """

    figures: tuple[Figure, ...]
    groups: tuple[tuple[str, Path], ...]
    having: tuple[Having, ...]
    rankings: tuple[Ranking, ...]

    @property
    def computed(self) -> list[Figure]:
        """Every figure that the answer needs, once."""
        conditions = (condition.figure for condition in self.having)
        orders = (ranking.figure for ranking in self.rankings)
        return list(dict.fromkeys((*self.figures, *conditions, *orders)))


def question(parameters: Mapping[str, str], find: Find) -> Question:
    """Read the parameters of a request; `find` leads from a name to a field that the caller may read everywhere."""
    reader = _Reader(find)
    return Question(
        figures=tuple(reader.figures(parameters)),
        groups=tuple(reader.paths(parameters.get("sysparm_group_by", ""))),
        having=tuple(reader.having(parameters.get("sysparm_having", ""))),
        rankings=tuple(reader.rankings(parameters.get("sysparm_order_by", ""))),
    )


class _Reader:
    def __init__(self, find: Find) -> None:
        self._find = find

    def figures(self, parameters: Mapping[str, str]) -> Iterator[Figure]:
        if parameters.get("sysparm_count", "").lower() == "true":
            yield _COUNT
        for function in _FUNCTIONS:
            for name, path in self.paths(parameters.get(f"sysparm_{function}_fields", "")):
                yield Figure(function, path, name)

    def paths(self, names: str) -> Iterator[tuple[str, Path]]:
        for part in names.split(","):
            name = part.strip()
            path = self._find(name)
            if path is not None:
                yield name, path

    def having(self, text: str) -> Iterator[Having]:
        """`count^state^>^3`, several separated by commas."""
        for part in text.split(","):
            pieces = part.split("^")
            if len(pieces) != 4 or pieces[2] not in _COMPARISONS:
                continue
            figure = self._figure(pieces[0].lower(), pieces[1])
            try:
                bound = float(pieces[3])
            except ValueError:
                continue
            if figure is not None:
                yield Having(figure, pieces[2], bound)

    def rankings(self, text: str) -> Iterator[Ranking]:
        """`AVG^state`, `COUNT`, each with `^DESC` perhaps, several separated by commas."""
        for part in text.split(","):
            pieces = part.split("^")
            descending = pieces[-1].upper() == "DESC"
            name = pieces[1] if len(pieces) > 1 else ""
            figure = self._figure(pieces[0].lower(), name)
            if figure is not None:
                yield Ranking(figure, descending)

    def _figure(self, function: str, name: str) -> Figure | None:
        if function == "count":
            return _COUNT
        path = self._find(name)
        return Figure(function, path, name) if function in _FUNCTIONS and path is not None else None
