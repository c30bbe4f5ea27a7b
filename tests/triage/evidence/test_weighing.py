"""A test of facts says yes, no, or that it is open; it asks no more than it needs, and what decides it is named."""

from collections.abc import Callable

import pytest

from snow_escalations.model import FACTS, Fact, Source
from snow_escalations.triage.evidence.weighing import All, Any, Both, Facts, Finding, Says, Test, WeighingSettings

SETTINGS = WeighingSettings()
YES, NO = Finding(holds=True, rests_on=("source",), note="yes"), Finding(holds=False, rests_on=("account",))
OPEN = Finding(holds=None, rests_on=("priority",))


def facts(*missed: str) -> Facts:
    """All facts, known to be nothing but for those that could not be read."""
    why = {name: "closed" if name in missed else None for name in FACTS}
    return Facts({name: Fact(name, None, "", Source("t", "f"), (), why[name]) for name in FACTS}, set(missed), set())


def says(*, holds: bool) -> Says:
    return lambda _facts, _settings: holds


def gives(finding: Finding) -> Test:
    return lambda _facts, _settings: finding


def never(*_: object) -> bool:
    raise AssertionError("nothing more needs to be asked")


def run(test: Test, *missed: str) -> Finding:
    return test(facts(*missed), SETTINGS)


def test_all_holds_where_its_parts_do_and_names_each_fact_once() -> None:
    test = All("so it is", (("source",), says(holds=True)), (("source", "account"), says(holds=True)))
    assert run(test) == Finding(holds=True, rests_on=("source", "account"), note="so it is")


def test_one_part_that_is_known_not_to_hold_decides_before_what_comes_after_is_asked() -> None:
    test = All(never, (("source",), says(holds=False)), (("account",), never))
    assert run(test, "account") == Finding(holds=False, rests_on=("source",))


def test_a_part_that_could_not_be_read_leaves_open_what_no_other_decides() -> None:
    test = All(never, (("source",), says(holds=False)), (("account",), says(holds=True)))
    assert run(test, "source") == Finding(holds=None, rests_on=("source", "account"))
    decided = All(never, (("source",), says(holds=False)), (("account",), says(holds=False)))
    assert run(decided, "source") == Finding(holds=False, rests_on=("account",))


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (YES, YES, Finding(holds=True, rests_on=("source",), note="yes, and yes")),
        (YES, NO, NO),
        (OPEN, NO, NO),
        (YES, OPEN, Finding(holds=None, rests_on=("source", "priority"))),
        (OPEN, YES, Finding(holds=None, rests_on=("priority", "source"))),
    ],
)
def test_both_hold_or_one_decides_or_it_is_open(first: Finding, second: Finding, found: Finding) -> None:
    assert run(Both(gives(first), gives(second))) == found
    assert run(Both(gives(NO), never)) == NO  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        ((NO, OPEN, YES), YES),
        ((NO, OPEN), Finding(holds=None, rests_on=("account", "priority"))),
        ((NO, NO), Finding(holds=False, rests_on=("account",))),
    ],
)
def test_any_holds_with_the_first_that_does_or_it_is_open_or_none_does(
    findings: tuple[Finding, ...], found: Finding
) -> None:
    assert run(Any(*map(gives, findings))) == found
    ask: Callable[..., Finding] = never  # type: ignore[assignment]
    assert run(Any(gives(YES), ask)) == YES


def test_what_is_open_names_the_facts_and_why_the_first_could_not_be_read() -> None:
    assert facts("account").why_open(("source", "account")) == "it depends on account: closed"
