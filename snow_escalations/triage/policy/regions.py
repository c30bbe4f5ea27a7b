"""Regions of evidence: where a rule matches, where it ends the search, and whether one region lies in others.

A region is a union of *boxes*, a box a product of cells: for some aspects the cells that it takes, of all others any.
Joins become regions exactly, as in Kleene's logic "not false" and "true" pass through all, any and not.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from snow_escalations.triage.policy.cells import UNREADABLE, Aspect, Cells, single
from snow_escalations.triage.policy.conditions import Join, Node
from snow_escalations.triage.policy.matchers import Condition

Box: TypeAlias = dict[Aspect, int]
Region: TypeAlias = list[Box]

BOX_LIMIT = 256
"""Rules that need more boxes than this are not reasoned about."""
STEP_LIMIT = 400
"""How many boxes are cut before a proof is given up."""


class TooManyBoxes(Exception):
    """A region has more boxes than it is worth to reason about."""


class Space:
    """The regions of conditions, over the cells that they can be told apart by."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def where(self, parts: Iterable[Node], *, live: bool) -> Region:
        """Where the parts are all true, or, if `live`, where none of them is false.

        Raises:
            TooManyBoxes: the region has more than BOX_LIMIT.
        """
        region: Region = [{}]
        for part in parts:
            region = self.both(region, self._part(part, wanted=True, live=live))
        return region

    def where_not(self, parts: Iterable[Node], *, live: bool) -> Region:
        """Where the parts are not all true: for certain, or, if `live`, where one of them may be false.

        Raises:
            TooManyBoxes: the region has more than BOX_LIMIT.
        """
        return self._part(Join("all", tuple(parts)), wanted=False, live=live)

    def _part(self, part: Node, *, wanted: bool, live: bool) -> Region:
        """Where a part is `wanted` for certain, or, if `live`, where it is not the opposite."""
        if isinstance(part, Condition):
            return self._condition(part, wanted=wanted, live=live)
        if part.kind == "not":
            wanted = not wanted
        regions = (self._part(item, wanted=wanted, live=live) for item in part.parts)
        if (part.kind == "any") is wanted:
            return self._small([box for region in regions for box in region])
        whole: Region = [{}]
        for region in regions:
            whole = self.both(whole, region)
        return whole

    def _condition(self, condition: Condition, *, wanted: bool, live: bool) -> Region:
        boxes: Region = []
        common: Box = {}
        for part in single(condition):
            aspect, true, not_false = self._cells.truth(part)
            domain = self._cells.domains[aspect]
            if wanted:
                boxes.append({aspect: not_false if live else true})
            else:
                common[aspect] = domain & ~(true if live else not_false)
        return self._small(boxes if wanted else [common])

    def both(self, one: Region, other: Region) -> Region:
        """What two regions have in common.

        Raises:
            TooManyBoxes: that is more than BOX_LIMIT.
        """
        boxes = []
        for first in one:
            for second in other:
                box = dict(first)
                for aspect, cells in second.items():
                    box[aspect] = box.get(aspect, cells) & cells
                boxes.append(box)
        return self._small(boxes)

    @staticmethod
    def _small(boxes: Region) -> Region:
        boxes = [box for box in boxes if all(box.values())]
        if len(boxes) > BOX_LIMIT:
            raise TooManyBoxes
        return boxes

    @property
    def domains(self) -> Mapping[Aspect, int]:
        """All cells of each aspect."""
        return self._cells.domains


class Cover:
    """Boxes of several owners, and proofs that a region lies in their union."""

    def __init__(self, space: Space) -> None:
        self._domains = space.domains
        self._boxes: list[tuple[Box, int]] = []
        self._by_cells: dict[Aspect, dict[int, int]] = {}

    def add(self, region: Region, owner: int) -> None:
        """Add the boxes of a region."""
        for box in region:
            bit = 1 << len(self._boxes)
            self._boxes.append((box, owner))
            for aspect, cells in box.items():
                of_aspect = self._by_cells.setdefault(aspect, {})
                of_aspect[cells] = of_aspect.get(cells, 0) | bit

    def takes(self, region: Region) -> frozenset[int] | None:
        """Owners of boxes in whose union a region lies, or None if that is not proven."""
        used: set[int] = set()
        steps = _Steps(STEP_LIMIT)
        # Where everything can be read there is the least overlap, and so the quickest way to see that it does not lie.
        for box in (
            *({aspect: cells & ~UNREADABLE or cells for aspect, cells in box.items()} for box in region),
            *region,
        ):
            owners = self._owners(box, self._near(box), steps)
            if owners is None:
                return None
            used |= owners
        return frozenset(used)

    def _near(self, box: Box) -> list[tuple[Box, int]]:
        """The boxes that share a point with one."""
        apart = 0
        for aspect, cells in box.items():
            for other, bits in self._by_cells.get(aspect, {}).items():
                if not other & cells:
                    apart |= bits
        near = ~apart & ((1 << len(self._boxes)) - 1)
        found = []
        while near:
            bit = near & -near
            found.append(self._boxes[bit.bit_length() - 1])
            near ^= bit
        return found

    def _owners(self, box: Box, near: list[tuple[Box, int]], steps: "_Steps") -> set[int] | None:
        domains = self._domains
        for other, owner in near:
            if all(not box.get(aspect, domains[aspect]) & ~cells for aspect, cells in other.items()):
                return {owner}
        if len(near) < 2 or steps.are_used_up():
            return None
        (other, owner), rest = near[0], near[1:]
        used, core = {owner}, dict(box)
        for aspect, cells in other.items():
            whole = core.get(aspect, domains[aspect])
            if outside := whole & ~cells:
                part = {**core, aspect: outside}
                owners = self._owners(part, [item for item in rest if _meet(part, item[0])], steps)
                if owners is None:
                    return None
                used |= owners
            core[aspect] = whole & cells
        return used


class _Steps:
    """How often a box may still be cut."""

    def __init__(self, left: int) -> None:
        self._left = left

    def are_used_up(self) -> bool:
        self._left -= 1
        return self._left < 0


def _meet(box: Box, other: Box) -> bool:
    return all(box[aspect] & cells for aspect, cells in other.items() if aspect in box)
