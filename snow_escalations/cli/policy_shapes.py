"""What `policy test` and `policy diff` print, for people and as JSON (docs/json.md)."""

from typing import Any

from rich.console import Console

from snow_escalations.cli.output import lines, styled, table, verdict_text
from snow_escalations.model import Verdict
from snow_escalations.triage.policy.checks import Checked
from snow_escalations.triage.policy.diff import Flipped, PolicyDiff
from snow_escalations.triage.policy.mutants import Mutant
from snow_escalations.triage.policy.values import with_unit

Mutants = tuple[int, list[Mutant]]


def tests_shape(checked: Checked, mutants: Mutants | None) -> dict[str, Any]:
    """The results of policy tests as JSON values."""
    return {
        "passed": checked.passed and not (mutants and mutants[1]),
        "tests": [
            {"name": item.test.name, "passed": not item.problems, "problems": list(item.problems)}
            for item in checked.tests
        ],
        "untested_rules": list(checked.untested),
        "mutants": None
        if mutants is None
        else {"made": mutants[0], "survived": [{"rule": item.rule, "mutant": item.what} for item in mutants[1]]},
    }


def print_tests(out: Console, checked: Checked, mutants: Mutants | None) -> None:
    """The failures, and a line that sums up."""
    for item in checked.failed:
        out.print(styled(f"FAILED {item.test.name}", "red"))
        for problem in item.problems:
            out.print(lines(f"  {problem}"))
    for name in checked.untested:
        out.print(styled(f"UNTESTED no test makes the rule `{name}` true", "red"))
    if mutants is not None:
        for mutant in mutants[1]:
            where = f"in the rule `{mutant.rule}`" if mutant.rule is not None else "in the guards"
            out.print(styled(f"SURVIVED {where}: {mutant.what}, and every test still passes", "red"))
    tests, rules = with_unit(len(checked.tests), "tests"), with_unit(len(checked.untested), "rules")
    told = f"{tests}, {len(checked.failed)} failed; {rules} untested"
    if mutants is not None:
        told += f"; {with_unit(mutants[0], 'mutants')}, {len(mutants[1])} survived"
    out.print(styled(told))


def diff_shape(found: PolicyDiff) -> dict[str, Any]:
    """The differences of two policies as JSON values."""
    return {
        "judged": found.judged,
        "flips": [_flipped(item) for item in found.flips],
        "other_rules": [_flipped(item) for item in found.others],
    }


def _flipped(item: Flipped) -> dict[str, Any]:
    return {"of": item.label, "old": _answer(item.old), "new": _answer(item.new), "differs": item.differs}


def _answer(verdict: Verdict) -> dict[str, Any]:
    return {
        "verdict": verdict.outcome.value,
        "rule": verdict.rule,
        "hold_cause": verdict.cause.value if verdict.cause is not None else None,
        "proposed": verdict.proposed.value if verdict.proposed is not None else None,
        "reply": verdict.reply,
        "why": verdict.explanation.sentence,
    }


def print_diff(out: Console, found: PolicyDiff) -> None:
    """The flips as a table, and a line that sums up."""
    if found.flips:
        made = table("Of", "Old", "New", "First difference", "Why now")
        for item in found.flips:
            made.add_row(
                styled(item.label),
                verdict_text(_said(item.old)),
                verdict_text(_said(item.new)),
                styled(item.differs),
                styled(item.new.explanation.sentence),
            )
        out.print(made)
    out.print(
        styled(
            f"{with_unit(found.judged, 'evidences')} judged by both: {with_unit(len(found.flips), 'flips')}, "
            f"{len(found.others)} more decided by another rule"
        )
    )


def _said(verdict: Verdict) -> str:
    return verdict.outcome.value if verdict.proposed is None else f"{verdict.outcome.value} ({verdict.proposed.value}?)"
