"""The files that `policy` commands work on: policies, tests, and stored evidence."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from snow_escalations.cli.policy_dossiers import DossiersOfTests
from snow_escalations.cli.policy_letters import TriedLetters
from snow_escalations.cli.stored_json import json_of
from snow_escalations.documents import DocumentError, Problem, read_text, text_or_problem
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import FACTS, Evidence, Fact, Source
from snow_escalations.model.evidence import is_partial, value_from_json, what_is_wrong
from snow_escalations.settings import Configuration
from snow_escalations.triage.policy import Policy, load_policy
from snow_escalations.triage.policy.checks import Checked, evidence_of_test, load_tests, run_tests
from snow_escalations.triage.policy.mutants import Mutant, survivors
from snow_escalations.triage.policy.written import names_written

TESTS_FILE = "policy_tests.yaml"
_NOWHERE = Source(table="", field="")
STORED_LIMIT = 1024 * 1024 * 1024
"""Bytes of a file of stored evidence: ten thousand take some 200 MB."""


def loaded_policy(configuration: Configuration, file: Path) -> Policy:
    """A policy file by itself.

    Raises:
        ConfigurationError: it cannot be used.
    """
    return load_policy(read_text(file), str(file), reasons=configuration.settings.dialect.reasons.values())


def loaded_policies(configuration: Configuration, *files: Path) -> list[Policy]:
    """Several policy files, each by itself.

    Raises:
        ConfigurationError: one cannot be used; a DocumentError has the problems of all.
    """
    made: list[Policy] = []
    problems: list[Problem] = []
    for file in files:
        try:
            made.append(loaded_policy(configuration, file))
        except DocumentError as error:
            problems += error.problems
    if problems:
        raise DocumentError(problems)
    return made


def checked_policy(configuration: Configuration, file: Path | None) -> tuple[Path, Policy]:
    """A policy file, or the configuration's own, with the replies that it names.

    Raises:
        ConfigurationError: it cannot be used; a DocumentError has every problem.
    """
    path = file if file is not None else configuration.directory / configuration.settings.policy
    return path, configuration.policy_with_replies(path)


def problem_shape(problem: Problem) -> dict[str, Any]:
    """A problem as JSON values."""
    return {
        "file": problem.source,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "text": problem.line_text,
    }


def run_policy_tests(configuration: Configuration, policy: Path | None, file: Path | None) -> tuple[Policy, Checked]:
    """A policy file and how the tests of a file went, each by default the configuration's own.

    Raises:
        ConfigurationError: they cannot be used; a DocumentError has every problem of both.
    """
    path = file if file is not None else configuration.directory / TESTS_FILE
    try:
        _, tested = checked_policy(configuration, policy)
    except DocumentError as error:
        written = text_or_problem(
            policy if policy is not None else configuration.directory / configuration.settings.policy
        )
        names = None if isinstance(written, Problem) else names_written(written)
        raise DocumentError([*error.problems, *_problems_of_tests(configuration, path, names)]) from error
    letters = TriedLetters(configuration.reply_templates, configuration.settings.reply_check, tuple(tested.names))
    dossiers = DossiersOfTests(configuration, path.parent)
    checked = run_tests(
        load_tests(read_text(path), str(path), tested.names, dossiers.trouble),
        tested,
        evidence_of=dossiers.evidence,
        render=letters.words,
        refusals=letters.refusals,
    )
    return tested, checked


def _problems_of_tests(configuration: Configuration, path: Path, rules: list[str] | None) -> tuple[Problem, ...]:
    """What is wrong with tests, whatever else is wrong with the policy, if it is known what its rules are called."""
    text = text_or_problem(path)
    if isinstance(text, Problem):
        return (text,)
    try:
        load_tests(text, str(path), rules, DossiersOfTests(configuration, path.parent).trouble)
    except DocumentError as error:
        return error.problems
    return ()


def surviving(tested: Policy, checked: Checked) -> tuple[int, list[Mutant]]:
    """How many mutants a policy has, and those that its tests let live."""
    return survivors(tested, [(item.evidence, item.test.expect) for item in checked.tests])


def evidences_of(
    configuration: Configuration, old: Policy, new: Policy, files: Iterable[Path]
) -> Iterator[tuple[str, Evidence]]:
    """Stored evidence with whose it is: of files, or where there are none of the policy tests.

    Raises:
        ConfigurationError: a file cannot be used.
    """
    paths = list(files)
    needed = frozenset(condition.fact for made in (old, new) for condition, _ in made.compiled.bits)
    for path in paths:
        yield from stored_evidence(path, needed)
    if not paths:
        # What they expect, and by which rules, is nothing to another policy.
        path = configuration.directory / TESTS_FILE
        dossiers = DossiersOfTests(configuration, path.parent)
        tests = load_tests(read_text(path), str(path), dossier_trouble=dossiers.trouble)
        for test in tests.tests:
            yield test.name, evidence_of_test(tests, test, dossiers.evidence)


def stored_evidence(path: Path, needed: frozenset[str]) -> Iterator[tuple[str, Evidence]]:
    """The evidence in a plan, in the output of `queue --json`, or in a file of a JSON object each line.

    Only the facts that are needed are read: a policy asks about some of them.

    Raises:
        ConfigurationError: the file holds no evidence, or some that cannot be used.
    """
    text = read_text(path, limit=STORED_LIMIT)
    for place, item in enumerate(_items(text, str(path)), start=1):
        facts = item.get("evidence", item) if isinstance(item, dict) else None
        if not isinstance(facts, dict) or not facts:
            raise ConfigurationError(f"{path}: entry {place} is no evidence: an object with an object for each fact")
        if FACTS.keys().isdisjoint(facts):
            raise ConfigurationError(f"{path}: entry {place} is no evidence: it has no fact that is known here")
        try:
            made = {name: _fact(name, fact) for name, fact in facts.items() if name in needed}
        except ValueError as error:
            raise ConfigurationError(f"{path}: entry {place}: {error}") from error
        yield _label(item, f"{path.name} {place}"), Evidence(made)


def _fact(name: str, content: Any) -> Fact:
    """A fact without the place where it was read: ten thousand evidences have half a million of them."""
    if not isinstance(content, dict) or ("value" in content) is ("unreadable" in content):
        raise ValueError(f"the fact `{name}` must have either `value` or `unreadable`")
    spec, why = FACTS[name], content.get("unreadable")
    if "unreadable" in content and not isinstance(why, str):
        raise ValueError(f"the fact `{name}` must say in words why it is unreadable")
    try:
        value = None if why is not None else value_from_json(spec, content["value"])
        partial = value is not None and is_partial(content)
    except (ValueError, TypeError, OverflowError) as error:
        raise ValueError(f"the fact `{name}` cannot be used: {what_is_wrong(error)}") from error
    if why is None and value is None and not spec.none:
        raise ValueError(f"the fact `{name}` is never without a value; write one, or `unreadable` with the reason")
    return Fact(name, value, spec.unit, _NOWHERE, (), why, partial=partial)


def _items(text: str, source: str) -> list[Any]:
    if text.lstrip().startswith("{") and "\n{" in text.strip():
        # Other line ends, such as U+2028, may stand in a text of JSON.
        lines = enumerate(text.split("\n"), start=1)
        return [json_of(line, source, line=place) for place, line in lines if line.strip()]
    content = json_of(text, source)
    if isinstance(content, dict):
        decisions = content.get("decisions", [content])
        return decisions if isinstance(decisions, list) else [content]
    if isinstance(content, list):
        return content
    raise ConfigurationError(f"{source}: this is neither a plan nor evidence")


def _label(item: dict[str, Any], otherwise: str) -> str:
    number = item.get("number")
    if number is None and isinstance(item.get("escalation"), dict):
        number = item["escalation"].get("number")
    return number if isinstance(number, str) and number else otherwise


def write_text(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        SnowEscalationsError: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SnowEscalationsError(f"{path}: cannot be written: {error.strerror or error}") from error
