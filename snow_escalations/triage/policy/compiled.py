"""A policy in the form that it is judged by: for each fact a table from its value to the conditions that hold of it.

Every condition of the policy is one bit of an integer, and one more where it is asked that it does not hold; equal
conditions share their bits. Judging looks each fact up once, and so has in two integers which conditions hold and which
are unknown. A rule is masks over them. These integers are the record of the comparisons too: `trace` spells it out.

Above the bits of the conditions there is one for each rule, which a value sets if it alone keeps the rule from
matching. So most rules are never looked at.

A policy judges a hundred thousand evidences a second. So the tables that are dictionaries run through `map`, without a
line of Python for each fact.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, getitem, itemgetter, or_
from typing import Any, NamedTuple, TypeAlias

from snow_escalations.model import Fact, Source
from snow_escalations.model.facts import FACTS, Kind
from snow_escalations.triage.policy.conditions import Node
from snow_escalations.triage.policy.lengths import Length
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.partial import may_be_partial, may_turn
from snow_escalations.triage.policy.rules import Mode, NeverAuto, Rule
from snow_escalations.triage.policy.steps import bounds_of, folded, keys_of, listed, masks_of

NO, YES, UNKNOWN = 0, 1, 2
ABSENT = "the evidence does not have it"
_UNREAD = object()
_VALUE, _UNREADABLE = attrgetter("value"), attrgetter("unreadable")
_ABSENT = Fact("", None, "", Source(table="", field=""), (), ABSENT)
Literal: TypeAlias = tuple[Condition, bool]
"""A condition, and whether it is asked to hold."""
Lookup: TypeAlias = Callable[[Any], int]
Sealed: TypeAlias = Callable[[int], int]
"""Adds to the bits that hold of a fact those of the rules that can no longer match."""
Test: TypeAlias = Callable[[int, int], int]


class Table(NamedTuple):
    """How one fact is compared: which bits hold of it.

    `texts` has the bits of values that conditions name, where values are texts or booleans; `steps` the keys to search
    a number or a date in, and the bits of each stretch; `lookup` gives the bits of any value but a text or a boolean.
    `otherwise` are the bits of other values, and where there is none. Of a fact that could not be read
    `of_unreadable` hold and `unknown` are unknown. `asks_known` ask whether it could be read.
    """

    fact: str
    texts: dict[Any, int] | None
    steps: tuple[list[Any], list[int]] | None
    lookup: Lookup
    otherwise: int
    of_unreadable: int
    unknown: int
    asks_known: int


class CompiledRule(NamedTuple):
    """A rule: the bits that must all hold, those of which any must, the test of the rest, and what follows."""

    needs: int
    either: int
    test: Test | None
    place: int
    rule: Rule

    def result(self, matched: int, unknown: int) -> int:
        """Whether the rule matches: NO, YES or UNKNOWN."""
        live, needs, either = matched | unknown, self.needs, self.either
        if live & needs != needs or (either and not live & either):
            return NO
        sure = matched & needs == needs and (not either or matched & either)
        if self.test is None:
            return YES if sure else UNKNOWN
        other = self.test(matched, unknown)
        return other if sure or other == NO else UNKNOWN


class Guard(NamedTuple):
    """What keeps a policy from deciding by itself: the condition that says when, and the words for it."""

    condition: Condition
    bit: int
    name: str


class Columns:
    """The tables of all facts that a policy asks about: first the dictionaries, then the searches, then the others."""

    __slots__ = (
        "_facts",
        "_keys",
        "_lost",
        "_masks",
        "_names",
        "_others",
        "_otherwise",
        "_step_from",
        "_step_to",
        "_texts",
    )

    def __init__(self, tables: Sequence[Table]) -> None:
        texts = [table for table in tables if table.texts is not None]
        steps = [table for table in tables if table.steps is not None]
        others = [*steps, *(table for table in tables if table.texts is None and table.steps is None)]
        # A policy that asks nothing looks at any one fact.
        self._names = tuple(table.fact for table in (*texts, *others)) or ("reason",)
        self._facts = itemgetter(*self._names, self._names[0])  # one name more, as of a single one it gives no tuple
        self._texts = tuple({**(table.texts or {}), _UNREAD: table.of_unreadable} for table in texts)
        self._otherwise = tuple(table.otherwise for table in texts)
        self._others = tuple((table.lookup, table.otherwise, table.of_unreadable) for table in others)
        self._step_from, self._step_to = len(texts), len(texts) + len(steps)
        self._keys = tuple(table.steps[0] for table in steps if table.steps is not None)
        self._masks = tuple(table.steps[1] for table in steps if table.steps is not None)
        self._lost = tuple(table.unknown for table in (*texts, *others))

    def compare(self, facts: Mapping[str, Fact]) -> tuple[int, int]:
        """The bits that hold, and those that are unknown because their facts could not be read."""
        try:
            found = self._facts(facts)
        except KeyError:
            found = tuple(facts.get(name, _ABSENT) for name in self._names)
        seen, unreadable = tuple(map(_VALUE, found)), tuple(map(_UNREADABLE, found))
        unknown = 0
        if unreadable.count(None) != len(unreadable):
            seen = tuple(map(_seen, seen, unreadable))
            for lost, why in zip(self._lost, unreadable, strict=False):
                if why is not None:
                    unknown |= lost
        matched = reduce(or_, map(dict.get, self._texts, seen, self._otherwise), 0)
        steps = seen[self._step_from : self._step_to]
        if None in steps or _UNREAD in steps:
            others = zip(self._others, seen[self._step_from :])  # noqa: B905 one more name than tables
        else:
            matched = reduce(or_, map(getitem, self._masks, map(bisect_right, self._keys, steps)), matched)
            others = zip(self._others[len(steps) :], seen[self._step_to :])  # noqa: B905 as above
        for (lookup, otherwise, of_unreadable), value in others:
            if value is None:
                matched |= otherwise
            else:
                matched |= of_unreadable if value is _UNREAD else lookup(value)
        return matched, unknown


def _seen(value: object, why: str | None) -> object:
    return value if why is None else _UNREAD


@dataclass(frozen=True, slots=True)
class Compiled:
    """A policy as tables and masks.

    `acting` are the rules that are no shadows, as bits shifted by `shift`; `asking` are the tables of facts of which it
    is asked whether they are known, `raised` the conditions on each fact that may be known in part. `start` is the
    guard of the start date, `never_auto` are the other guards.
    """

    columns: "Columns"
    asking: tuple[Table, ...]
    raised: tuple[tuple[str, Mapping[Literal, int]], ...]
    rules: tuple[CompiledRule, ...]
    masks: tuple[tuple[int, int], ...]
    acting: int
    shift: int
    bits: Mapping[Literal, int]
    start: Guard | None
    never_auto: tuple[Guard, ...]

    def compare(self, facts: Mapping[str, Fact]) -> tuple[int, int]:
        """The bits that hold, and those that are unknown because their facts could not be read."""
        return self.columns.compare(facts)

    def first(self, matched: int, unknown: int, until: int | None = None) -> tuple[CompiledRule | None, int]:
        """The first acting rule that does not fail, and whether it matches: YES or UNKNOWN.

        Without one, None and NO. With `until`, rules from that place on are not asked.
        """
        left = (self.acting & ~matched) >> self.shift
        if until is not None:
            left &= (1 << until) - 1
        live, masks = matched | unknown, self.masks
        while left:
            place = (left & -left).bit_length() - 1
            needs, either = masks[place]
            if live & needs == needs and (not either or live & either):
                rule = self.rules[place]
                result = rule.result(matched, unknown)
                if result != NO:
                    return rule, result
            left &= left - 1
        return None, NO

    def doubtful(self, facts: Mapping[str, Fact]) -> int:
        """The bits on which no rejection may rest.

        They ask whether a fact is known, of facts that are not, or what more words could answer otherwise.
        """
        asked = 0
        for name, literals in self.raised:
            fact = facts.get(name, _ABSENT)
            if fact.partial:
                asked |= sum(bit for (condition, _), bit in literals.items() if may_turn(condition, fact))
        for table in self.asking:
            if facts.get(table.fact, _ABSENT).unreadable is not None:
                asked |= table.asks_known
        return asked

    def state(self, condition: Condition, matched: int, unknown: int) -> int:
        """Whether a condition holds: NO, YES or UNKNOWN."""
        bit = self.bits.get((condition, True))
        if bit is not None:
            return YES if matched & bit else UNKNOWN if unknown & bit else NO
        bit = self.bits[condition, False]
        return NO if matched & bit else UNKNOWN if unknown & bit else YES


def compile_rules(rules: Sequence[Rule], start_date: dt.date | None, never_auto: NeverAuto) -> Compiled:
    """A policy's rules and guards as tables and masks."""
    start, never = _guards(start_date, never_auto)
    bits: dict[Literal, int] = {}
    compiled = tuple(_rule(place, rule, bits) for place, rule in enumerate(rules))
    guards = [Guard(condition, _bit((condition, True), bits), name) for condition, name in {**start, **never}.items()]
    shift = len(bits)
    needing = _needing(compiled, shift)
    by_fact: dict[str, dict[Literal, int]] = {}
    for literal, bit in bits.items():
        by_fact.setdefault(literal[0].fact, {})[literal] = bit
    tables = tuple(_table(name, literals, needing) for name, literals in by_fact.items())
    return Compiled(
        columns=Columns(tables),
        asking=tuple(table for table in tables if table.asks_known),
        raised=tuple(item for item in by_fact.items() if may_be_partial(item[0])),
        rules=compiled,
        masks=tuple((rule.needs, rule.either) for rule in compiled),
        acting=sum(1 << (rule.place + shift) for rule in compiled if rule.rule.mode is not Mode.SHADOW),
        shift=shift,
        bits=bits,
        start=guards[0] if start else None,
        never_auto=tuple(guards[len(start) :]),
    )


def _needing(rules: Iterable[CompiledRule], shift: int) -> dict[int, int]:
    """For each bit of a condition the bits of the rules that need it."""
    needing: dict[int, int] = {}
    for rule in rules:
        needs = rule.needs
        while needs:
            bit = needs & -needs
            needing[bit] = needing.get(bit, 0) | 1 << (rule.place + shift)
            needs ^= bit
    return needing


def _guards(start_date: dt.date | None, never_auto: NeverAuto) -> tuple[dict[Condition, str], dict[Condition, str]]:
    start: dict[Condition, str] = {}
    if start_date is not None:
        name = f"it was requested before the start date {start_date.isoformat()}"
        start[Condition("requested_on", "less_than", start_date)] = name
    lists = {"account": never_auto.accounts, "severity": never_auto.severities, "priority": never_auto.priorities}
    return start, {
        Condition(fact, "one_of", names): f"the {fact} is one that is never decided without a person"
        for fact, names in lists.items()
        if names
    }


def _bit(literal: Literal, bits: dict[Literal, int]) -> int:
    return bits.setdefault(literal, 1 << len(bits))


def _rule(place: int, rule: Rule, bits: dict[Literal, int]) -> CompiledRule:
    needs, eithers, tests = _all(rule.when.parts, bits, wanted=True)
    either = eithers.pop(0) if eithers else 0
    tests += [_either(mask) for mask in eithers]
    return CompiledRule(needs, either, _all_of(tests) if tests else None, place, rule)


def _all(parts: Iterable[Node], bits: dict[Literal, int], *, wanted: bool) -> tuple[int, list[int], list[Test]]:
    """Parts that must all hold (or all fail, unless `wanted`): bits, masks of bits of which any, and the rest."""
    needs, eithers, tests = 0, [], []
    for part in parts:
        if isinstance(part, Condition):
            needs |= _bit((part, wanted), bits)
            continue
        holds = wanted is not (part.kind == "not")
        if (part.kind == "any") is holds:
            mask, test = _any(part.parts, bits, wanted=holds)
            if test is None:
                eithers.append(mask)
            else:
                tests.append(test)
        else:
            more, masks, inner = _all(part.parts, bits, wanted=holds)
            needs |= more
            eithers += masks
            tests += inner
    return needs, eithers, tests


def _any(parts: Iterable[Node], bits: dict[Literal, int], *, wanted: bool) -> tuple[int, Test | None]:
    """Parts of which any must hold (or, unless `wanted`, fail): a mask of bits, and a test where that is not enough."""
    mask, tests = 0, []
    for part in parts:
        needs, eithers, inner = _all((part,), bits, wanted=wanted)
        if not inner and not eithers and needs & (needs - 1) == 0:
            mask |= needs
        elif not inner and not needs and len(eithers) == 1:
            mask |= eithers[0]
        else:
            tests.append(_all_of([_needed(needs), *(_either(item) for item in eithers), *inner]))
    return mask, _any_of([_either(mask), *tests]) if tests else None


def _needed(needs: int) -> Test:
    def test(matched: int, unknown: int) -> int:
        if matched & needs == needs:
            return YES
        return UNKNOWN if (matched | unknown) & needs == needs else NO

    return test


def _either(mask: int) -> Test:
    def test(matched: int, unknown: int) -> int:
        if matched & mask:
            return YES
        return UNKNOWN if unknown & mask else NO

    return test


def _all_of(tests: list[Test]) -> Test:
    def test(matched: int, unknown: int) -> int:
        results = [item(matched, unknown) for item in tests]
        return NO if NO in results else UNKNOWN if UNKNOWN in results else YES

    return tests[0] if len(tests) == 1 else test


def _any_of(tests: list[Test]) -> Test:
    def test(matched: int, unknown: int) -> int:
        results = [item(matched, unknown) for item in tests]
        return YES if YES in results else UNKNOWN if UNKNOWN in results else NO

    return test


def _table(fact: str, literals: Mapping[Literal, int], needing: Mapping[int, int]) -> Table:
    otherwise = of_unreadable = unknown = asks = 0
    turns: dict[Condition, int] = {}
    for (condition, wanted), bit in literals.items():
        if condition.matcher == "is_known":
            asks |= bit
            if condition.wanted is wanted:
                otherwise |= bit
            else:
                of_unreadable |= bit
            continue
        unknown |= bit
        turns[condition] = turns.get(condition, 0) | bit
        otherwise |= 0 if wanted else bit

    def sealed(holding: int, unsure: int = 0) -> int:
        failed = 0
        for bit in literals.values():
            if not (holding | unsure) & bit:
                failed |= needing.get(bit, 0)
        return holding | failed

    kind = FACTS[fact].kind
    texts = _TEXTS[kind](turns, otherwise, sealed) if kind in _TEXTS else None
    steps = _stepped(turns, otherwise, sealed) if kind in {Kind.NUMBER, Kind.DATE} else None
    lookup = _no_lookup if kind in _TEXTS else _LOOKUPS[kind](turns, otherwise, sealed)
    return Table(fact, texts, steps, lookup, sealed(otherwise), sealed(of_unreadable, unknown), unknown, asks)


def _no_lookup(value: Any) -> int:
    raise TypeError(f"{value!r} is looked up in `texts`")


def _texts(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed, *, fold: bool = False) -> dict[str, int]:
    """The bits of the texts that conditions name; where a condition holds, its bits turn around."""
    masks: dict[str, int] = {}
    for condition, bits in turns.items():
        for text in {folded(text) if fold else text for text in listed(condition)}:
            masks[text] = masks.get(text, otherwise) ^ bits
    return {text: sealed(mask) for text, mask in masks.items()}


def _by_name(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed) -> Lookup:
    masks, other = _texts(turns, otherwise, sealed, fold=True), sealed(otherwise)
    return lambda name: masks.get(folded(name), other)


def _booleans(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed) -> dict[bool, int]:
    masks = {True: otherwise, False: otherwise}
    for condition, bits in turns.items():
        masks[condition.wanted is True] ^= bits
    return {value: sealed(mask) for value, mask in masks.items()}


def _stepped(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed) -> tuple[list[Any], list[int]]:
    bounds = bounds_of(turns)
    return keys_of(bounds), [sealed(mask) for mask in masks_of(turns, bounds, otherwise)]


def _by_step(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed) -> Lookup:
    keys, masks = _stepped(turns, otherwise, sealed)
    return lambda value: masks[bisect_right(keys, value)]


def _is_business(condition: Condition) -> bool:
    first = listed(condition)[0]
    return isinstance(first, Length) and first.is_business


def _parted(turns: Mapping[Condition, int]) -> tuple[dict[Condition, int], dict[Condition, int]]:
    """Conditions in hours of the clock, and those in business hours."""
    clock = {item: bits for item, bits in turns.items() if not _is_business(item)}
    return clock, {item: bits for item, bits in turns.items() if item not in clock}


def _by_measure(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed) -> Lookup:
    of_clock, of_business = _parted(turns)
    bounds = bounds_of(of_clock), bounds_of(of_business)
    clock, business = keys_of(bounds[0]), keys_of(bounds[1])
    if not of_business:
        masks = [sealed(mask) for mask in masks_of(of_clock, bounds[0], otherwise)]
        return lambda span: masks[bisect_right(clock, span[0])]
    if not of_clock:
        masks = [sealed(mask) for mask in masks_of(of_business, bounds[1], otherwise)]
        return lambda span: masks[bisect_right(business, span[1])]
    masks, turned = masks_of(of_clock, bounds[0], otherwise), masks_of(of_business, bounds[1], 0)
    return lambda span: masks[bisect_right(clock, span[0])] ^ turned[bisect_right(business, span[1])]


def _by_list(turns: Mapping[Condition, int], otherwise: int, sealed: Sealed) -> Lookup:
    contains = {item: bits for item, bits in turns.items() if item.matcher == "contains"}
    within = {item: bits for item, bits in turns.items() if item.matcher == "within"}
    counted = {item: bits for item, bits in turns.items() if item not in contains and item not in within}
    has: dict[str, int] = {}
    for condition, bits in contains.items():
        for key in listed(condition):
            has[key] = has.get(key, 0) | bits
    if not contains and not within:
        count = _by_step(counted, otherwise, sealed)
        return lambda items: count(len(items))
    bounds = bounds_of(counted)
    lengths, by_length = keys_of(bounds), masks_of(counted, bounds, otherwise)
    by_deadline = _by_measure(within, 0, lambda bits: bits) if within else None

    def lookup(items: Any) -> int:
        found = by_length[bisect_right(lengths, len(items))]
        if not items:
            return found
        if has:
            turned = 0
            for item in items:
                turned |= has.get(item.key, 0)
            found ^= turned
        if by_deadline is not None and items[0].hours_left >= 0:
            found ^= by_deadline((items[0].hours_left, items[0].business_hours_left))
        return found

    return lookup


_LOOKUPS: dict[Kind, Callable[[Mapping[Condition, int], int, Sealed], Lookup]] = {
    Kind.NAME: _by_name,
    Kind.NUMBER: _by_step,
    Kind.DATE: _by_step,
    Kind.DURATION: _by_measure,
    Kind.LIST: _by_list,
}
_TEXTS: dict[Kind, Callable[[Mapping[Condition, int], int, Sealed], dict[Any, int]]] = {
    Kind.TEXT: _texts,
    Kind.BOOLEAN: _booleans,
}
