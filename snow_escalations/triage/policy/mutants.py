"""Mutants of a policy: small mistakes that a person could make. Tests that let one live do not hold the policy.

Only rules that act have mutants: what a shadow rule notes changes no verdict. Mutants of which it is proven that they
give the same verdicts as the policy are not made.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from snow_escalations.model import Evidence, Outcome
from snow_escalations.model.facts import FACTS, Kind
from snow_escalations.triage.policy.cells import cells_of
from snow_escalations.triage.policy.checks import Expectation, meets
from snow_escalations.triage.policy.conditions import Join, Node, When
from snow_escalations.triage.policy.judge import judge
from snow_escalations.triage.policy.lengths import Length, written
from snow_escalations.triage.policy.matchers import Condition
from snow_escalations.triage.policy.model import Policy
from snow_escalations.triage.policy.regions import Cover, Region, Space, TooManyBoxes
from snow_escalations.triage.policy.rules import Mode, NeverAuto, Rule
from snow_escalations.triage.policy.sentences import condition_sentence, part_sentence
from snow_escalations.triage.policy.steps import days_beside, listed


class Mutant(NamedTuple):
    """A policy with one mistake: which, in words, and in which rule (None for a guard)."""

    what: str
    rule: str | None
    policy: Policy


def survivors(policy: Policy, tested: Iterable[tuple[Evidence, Expectation]]) -> tuple[int, list[Mutant]]:
    """How many mutants there are, and those that meet every expectation."""
    cases = list(tested)
    count, alive = 0, []
    for mutant in mutants(policy):
        count += 1
        if all(meets(expected, judge(evidence, mutant.policy)) for evidence, expected in cases):
            alive.append(mutant)
    return count, alive


def mutants(policy: Policy) -> Iterator[Mutant]:
    """All mutants of a policy that may judge otherwise."""
    yield from _guards(policy)
    for place, rule in enumerate(policy.rules):
        if rule.mode is Mode.SHADOW:
            continue
        if len(policy.rules) > 1:
            rules = (*policy.rules[:place], *policy.rules[place + 1 :])
            yield Mutant("the rule is dropped", rule.name, _with(policy, rules=rules))
        for what, changed in _changed(rule):
            yield Mutant(what, rule.name, _replaced(policy, place, changed))
        for what, parts in _of_parts(rule.when.parts):
            changed = rule.model_copy(update={"when": When(parts)})
            if not _same(policy, place, changed):
                yield Mutant(what, rule.name, _replaced(policy, place, changed))


def _with(policy: Policy, **changes: Any) -> Policy:
    return Policy.model_construct(**{**dict(policy), **changes})


def _replaced(policy: Policy, place: int, rule: Rule) -> Policy:
    return _with(policy, rules=(*policy.rules[:place], rule, *policy.rules[place + 1 :]))


def _guards(policy: Policy) -> Iterator[Mutant]:
    if policy.start_date is not None:
        yield Mutant("the start date is dropped", None, _with(policy, start_date=None))
        for moved in days_beside(policy.start_date):
            yield Mutant(f"the start date became {moved.isoformat()}", None, _with(policy, start_date=moved))
    for name, names in policy.never_auto:
        for item in names:
            fewer = NeverAuto(**{**dict(policy.never_auto), name: tuple(other for other in names if other != item)})
            yield Mutant(f"`{item}` is dropped from never_auto.{name}", None, _with(policy, never_auto=fewer))


def _changed(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for outcome in Outcome:
        if outcome is not rule.verdict:
            changed = rule.model_copy(update={"verdict": outcome, "reply": rule.reply or "none"})
            yield f"the verdict became {outcome.value}", changed
    if rule.mode is Mode.PROPOSE and rule.verdict is not Outcome.HOLD:
        yield "the mode became enforce", rule.model_copy(update={"mode": Mode.ENFORCE})


def _of_parts(parts: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Parts that must all hold, each with one mistake."""
    for place, part in enumerate(parts):
        before, after = parts[:place], parts[place + 1 :]
        yield f"`{part_sentence(part)}` is dropped", (*before, *after)
        changes = _of_condition(part) if isinstance(part, Condition) else _of_join(part)
        for what, changed in changes:
            yield what, (*before, changed, *after)


def _of_join(join: Join) -> Iterator[tuple[str, Node]]:
    if join.kind == "not":
        yield f"`{part_sentence(join)}` lost its not", Join("all", join.parts)
        for what, parts in _of_parts(join.parts):
            if parts:
                yield what, Join("not", parts)
        return
    if len(join.parts) > 1:
        other = Join("all" if join.kind == "any" else "any", join.parts)
        yield f"`{part_sentence(join)}` became `{part_sentence(other)}`", other
    for place, part in enumerate(join.parts):
        before, after = join.parts[:place], join.parts[place + 1 :]
        if join.kind == "any" and len(join.parts) > 1:
            yield f"`{part_sentence(part)}` is dropped from `any`", Join("any", (*before, *after))
        for what, changed in _of_branch(part):
            yield what, Join(join.kind, (*before, changed, *after))


def _of_branch(part: Node) -> Iterator[tuple[str, Node]]:
    """One mistake in a part of `all` or `any`, which is itself a mapping of facts."""
    if isinstance(part, Condition):
        yield from _of_condition(part)
        return
    for what, parts in _of_parts(part.parts):
        if parts:
            yield what, Join("all", parts)


_EDGES = {"at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most"}


def _of_condition(condition: Condition) -> Iterator[tuple[str, Node]]:
    said = condition_sentence(condition)
    yield f"`{said}` is turned around", Join("not", (condition,))
    if condition.matcher in _EDGES:
        changed = Condition(condition.fact, _EDGES[condition.matcher], condition.wanted)
        yield f"`{said}` became `{condition_sentence(changed)}`", changed
    for wanted in _moved(condition):
        changed = Condition(condition.fact, condition.matcher, wanted)
        yield f"`{said}` became `{condition_sentence(changed)}`", changed


def _moved(condition: Condition) -> Iterator[Any]:
    """What a condition could compare with instead: a bound moved by a step, a value left out."""
    if condition.matcher == "is_known":
        return
    items = listed(condition)
    if condition.matcher in {"one_of", "contains"}:
        if len(items) > 1:
            yield from (tuple(item for item in items if item != left) for left in items)
        return
    if condition.matcher == "between":
        low, high = items
        yield from ((moved, high) for moved in _steps(low) if moved <= high)
        yield from ((low, moved) for moved in _steps(high) if moved >= low)
    elif FACTS[condition.fact].kind not in {Kind.TEXT, Kind.NAME, Kind.BOOLEAN}:
        yield from _steps(items[0])


def _steps(value: Any) -> Iterator[Any]:
    """A step less and a step more: an hour (or a minute, of minutes), a day, one."""
    if isinstance(value, Length):
        step = 1 / 60 if "minute" in value.text else 1
        for hours in (value.hours - step, value.hours + step):
            if hours >= 0:
                yield written(hours, is_business=value.is_business)
    elif isinstance(value, dt.date):
        yield from days_beside(value)
    else:
        yield from (item for item in (value - 1, value + 1) if item >= 0)


def _same(policy: Policy, place: int, changed: Rule) -> bool:
    """Whether it is proven that a changed rule ends the search where the rule does, and nowhere else.

    Where the two differ, an earlier rule must have ended it.
    """
    rule = policy.rules[place]
    conditions = [item for other in (*policy.rules[: place + 1], changed) for item in other.when.conditions]
    if any(item.matcher == "is_known" for item in (*rule.when.conditions, *changed.when.conditions)):
        return False  # a rejection takes these more strictly, which regions do not tell
    space = Space(cells_of(conditions))
    cover = Cover(space)
    try:
        for other in policy.rules[:place]:
            if other.mode is not Mode.SHADOW:
                cover.add(space.where(other.when.parts, live=True), 0)
        return all(cover.takes(region) is not None for region in _differences(space, rule, changed))
    except TooManyBoxes:
        return False


def _differences(space: Space, rule: Rule, changed: Rule) -> Iterator[Region]:
    for live in (True, False):
        for one, other in ((rule, changed), (changed, rule)):
            yield space.both(space.where(one.when.parts, live=live), space.where_not(other.when.parts, live=not live))
